"""Versions of the rules and of the result, two at a time."""
import pytest

from award.db import session
from award.models import Ballot
from award.services import history, rankings, rulebook_versions, rulebooks
from tests import builders as b
from tests.services import judged


@pytest.fixture
def world(context):
    found = judged.stage()
    found.criteria[0].share = 20
    rulebooks.freeze(found.stage, reason="Novelty weighs more", actor=found.organiser, now=b.NOW)
    session.expire(found.stage, ["rulebooks"])
    return found


def sides(world):
    return [rulebook_versions.of_rules(world.stage, row) for row in world.stage.rulebooks]


def test_each_version_ranks_the_ballots_as_they_are(world):
    before, after = sides(world)
    assert after.ranking == rankings.compute(world.stage)
    assert [line["score"] for line in before.ranking["entries"]] == [94.0, 64.0, 22.0]
    assert (before.row.number, after.table["criterion"][0]["share"], before.refused) == (1, 20, None)


def test_a_ballot_changed_since_is_seen(world):
    before = sides(world)[0].ranking
    session.query(Ballot).order_by(Ballot.id).first().scores[0].value = 0
    history.add(world.stage, "ballot_saved", actor=world.organiser, now=b.NOW)
    session.expire(world.round)
    assert sides(world)[0].ranking["sheet_sha256"] != before["sheet_sha256"]


def test_shares_are_compared_as_parts_of_the_whole(world):
    tables = [side.table for side in sides(world)]
    shares = {name: (aspect, before, after) for name, aspect, before, after in rulebook_versions.criteria(*tables)}
    assert shares == {"Impact": ("share", 0.6, pytest.approx(1 / 3)), "Novelty": ("share", 0.4, pytest.approx(2 / 3))}
    same = {"criterion": [one | {"share": one["share"] * 2} for one in tables[0]["criterion"]]}
    assert list(rulebook_versions.criteria(tables[0], same)) == []


LINES = {"A": 1, "B": 2, "C": None}


def test_places_stand_in_the_order_of_the_second_with_what_only_the_first_has_at_the_end():
    before, after = ({"entries": [{"entry": entry, "rank": rank} for entry, rank in ranks.items()]} for ranks in (LINES, {"B": 1, "D": None, "A": 1}))
    pairs = rulebook_versions.places(before, after)
    assert [tuple(line and line["entry"] for line in pair) for pair in pairs] == [("B", "B"), (None, "D"), ("A", "A"), ("C", None)]
    assert [new["entry"] for _old, new in rulebook_versions.moved(pairs)] == ["B"]


def test_what_counts_and_no_longer_counts_is_told_apart():
    first, second = ({"juror": "J1", "entry": entry, "cause": "voided"} for entry in "AB")
    before, after = ({"exclusions": found, "sheet_sha256": sha} for found, sha in (([first], "x"), ([second], "y")))
    assert rulebook_versions.ballots(before, after) == ([("J1", "B", "voided")], [("J1", "A", "voided")], True)
    assert rulebook_versions.ballots(before, before) == ([], [], False)


def test_only_so_many_rankings_are_kept(world, monkeypatch):
    monkeypatch.setattr(rulebook_versions, "KEPT", 1)
    assert [side.ranking["rulebook"]["sha256"] for side in sides(world)] == [row.sha256 for row in world.stage.rulebooks]
