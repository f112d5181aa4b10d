"""The ranking as it stands, the lock, and the frozen result."""
import json

import pytest
from sqlalchemy import select

from award.db import session
from award.domain import verification
from award.errors import Refused
from award.models import Ballot, Conflict, Event
from award.services import history, rankings, results
from tests import builders as b
from tests.services import judged

LATER = b.NOW


@pytest.fixture
def world(context):
    return judged.stage()


def acts(round_):
    return session.scalars(select(Event.act).where(Event.round_id == round_.id).order_by(Event.sequence)).all()


def places(document):
    return [(line["entry"], line["rank"], line["score"]) for line in document["entries"]]


def test_the_preview_is_the_weighted_mean_of_the_ballots(world):
    preview = rankings.preview(world.stage)
    assert places(preview.result) == [("LA27-001", 1, 94.0), ("LA27-002", 2, 64.0), ("LA27-003", 3, 22.0)]
    assert (preview.counted, preview.asked) == (6, 6)


def test_the_preview_is_never_stale(world):
    rankings.preview(world.stage)
    ballot = session.scalars(select(Ballot).order_by(Ballot.id)).first()
    ballot.scores[0].value = 0
    history.add(world.stage, "ballot_saved", actor=world.organiser, now=LATER)
    session.expire(world.round)
    assert places(rankings.preview(world.stage).result)[0][2] == 64.0


def test_a_draft_a_conflict_and_a_declined_pair_do_not_count_and_say_why(world):
    first, second, third = (session.scalars(select(Ballot).order_by(Ballot.id)).all()[n] for n in (0, 2, 4))
    first.state = "draft"
    session.add(Conflict(juror_id=second.assignment.juror_id, entry_id=second.assignment.entry_id, kind="declared", at=b.NOW,
                         by_id=world.organiser.id))
    third.assignment.state = "declined"
    session.flush()
    document = rankings.compute(world.stage)
    assert [(out["entry"], out["juror"], out["cause"]) for out in document["exclusions"]] == [
        ("LA27-001", "J01", "not_submitted"), ("LA27-002", "J01", "conflict"), ("LA27-003", "J01", "declined")]
    assert [line["ballots"] for line in document["entries"]] == [1, 1, 1]


def test_an_entry_that_is_not_eligible_is_not_ranked(world):
    world.entries[0].screening.eligible = False
    for ballot in session.scalars(select(Ballot)):
        if ballot.assignment.entry_id == world.entries[0].id:
            ballot.assignment.state = "voided"
    session.flush()
    assert [line["entry"] for line in rankings.compute(world.stage)["entries"]] == ["LA27-002", "LA27-003"]


def test_a_locked_stage_freezes_a_result_that_verifies_itself(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    frozen = results.freeze(world.stage, actor=world.organiser, now=LATER)
    assert verification.verify(json.loads(frozen.body)) is None
    assert results.body(frozen)["entries"][0]["score"] == 94.0
    assert (frozen.number, results.newest(world.stage)) == (1, frozen)
    assert acts(world.round) == ["stage_locked", "result_frozen"]


def test_the_frozen_result_names_no_person(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    text = results.freeze(world.stage, actor=world.organiser, now=LATER).body
    assert [j.user.name for j in world.jurors if j.user.name in text or j.user.email in text] == []


def test_a_result_that_was_changed_in_the_database_is_not_shown(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    frozen = results.freeze(world.stage, actor=world.organiser, now=LATER)
    frozen.body = frozen.body.replace("94.0", "95.0")
    with pytest.raises(Refused, match="no longer matches its checksum"):
        results.body(frozen)


def test_a_result_is_frozen_only_from_a_locked_stage(world):
    with pytest.raises(Refused, match="Lock the stage first"):
        results.freeze(world.stage, actor=world.organiser, now=LATER)


def test_a_locked_stage_opens_again_with_a_reason_until_a_result_is_frozen(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    results.unlock(world.stage, "A juror was ill.", actor=world.organiser, now=LATER)
    assert (world.stage.state, world.stage.locked_at) == ("open", None)
    results.lock(world.stage, actor=world.organiser, now=LATER)
    results.freeze(world.stage, actor=world.organiser, now=LATER)
    with pytest.raises(Refused, match="stays locked"):
        results.unlock(world.stage, "Again.", actor=world.organiser, now=LATER)


def test_a_locked_stage_cannot_be_locked_again(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    with pytest.raises(Refused, match="Only an open stage"):
        results.lock(world.stage, actor=world.organiser, now=LATER)


def test_totals_name_each_counted_ballot(world):
    assert rankings.totals(rankings.compute(world.stage)) == {"LA27-001": [88.0, 100.0], "LA27-002": [60.0, 68.0], "LA27-003": [16.0, 28.0]}


def test_freezing_twice_with_one_key_makes_one_result(world):
    results.lock(world.stage, actor=world.organiser, now=LATER)
    by = {"actor": world.organiser, "now": LATER}
    made = [results.freeze(world.stage, key=key, **by).number for key in ("a", "a", "b")]
    assert (made, acts(world.round)) == ([1, 1, 2], ["stage_locked", "result_frozen", "result_frozen"])
