"""Decisions, the reason when one departs from the ranking, and publishing."""
import pytest
from sqlalchemy import select

from award.db import session
from award.errors import Invalid, Refused
from award.models import Event, Mail
from award.services import decisions, publications, results
from tests import builders as b
from tests.services import judged


@pytest.fixture
def world(context):
    found = judged.stage()
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    found.result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    found.by = (found.organiser, b.NOW)
    return found


def decide(world, place, outcome, reason=""):
    return decisions.record(world.result, world.entries[place - 1], outcome=outcome, reason=reason, by=world.by)


def test_lines_stand_in_the_order_of_the_ranking(world):
    assert [(line.entry.number, line.decision) for line in decisions.of_result(world.result)] == [
        ("LA27-001", None), ("LA27-002", None), ("LA27-003", None)]


def test_following_the_ranking_needs_no_reason(world):
    made = [decide(world, 1, "winner"), decide(world, 2, "commended"), decide(world, 3, "stops")]
    assert [d.departs for d in made] == [False, False, False]


@pytest.mark.parametrize(("before", "place", "outcome"), [
    ([], 2, "winner"), ([(1, "stops")], 2, "winner"), ([(3, "commended")], 2, "stops"), ([(2, "winner")], 1, "commended")])
def test_departing_from_the_ranking_needs_a_reason(world, before, place, outcome):
    for earlier, what in before:
        decide(world, earlier, what, "because")
    with pytest.raises(Invalid, match="departs from the ranking"):
        decide(world, place, outcome)
    assert decide(world, place, outcome, "The jury saw it on site.").departs is True


def test_equal_places_may_be_decided_differently(context):
    found = judged.stage(scores={"LA27-001": ((5, 5), (4, 5)), "LA27-002": ((5, 5), (4, 5))})
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    by = (found.organiser, b.NOW)
    assert decisions.record(result, found.entries[1], outcome="winner", reason="", by=by).departs is False
    assert decisions.record(result, found.entries[0], outcome="stops", reason="", by=by).departs is False


def test_an_unknown_outcome_is_refused(world):
    with pytest.raises(Invalid, match="Choose one of the decisions"):
        decide(world, 1, "champion")


def test_a_new_decision_takes_the_place_of_the_earlier_one_which_stays(world):
    decide(world, 1, "commended")
    decide(world, 1, "winner")
    assert decisions.current(world.result)[world.entries[0].id].outcome == "winner"
    assert len(session.scalars(select(Event).where(Event.act == "decision_recorded")).all()) == 2


def test_the_deliberation_is_closed_only_with_every_decision(world):
    decide(world, 1, "winner")
    with pytest.raises(Refused, match="2 entries have no decision yet"):
        publications.conclude(world.result, actor=world.organiser, now=b.NOW)
    assert world.round.state == "judging"


def concluded(world):
    for place, outcome in ((1, "winner"), (2, "commended"), (3, "stops")):
        decide(world, place, outcome, "Clear effect.")
    publications.conclude(world.result, actor=world.organiser, now=b.NOW)


def test_a_closed_deliberation_takes_no_decision(world):
    concluded(world)
    with pytest.raises(Refused, match="The deliberation is closed"):
        decide(world, 1, "stops", "Second thoughts.")
    with pytest.raises(Refused, match="The deliberation is closed"):
        publications.conclude(world.result, actor=world.organiser, now=b.NOW)


def test_publishing_before_the_decisions_is_refused(world):
    with pytest.raises(Refused, match="Publishing comes after the decisions"):
        publications.publish(world.round, actor=world.organiser, now=b.NOW)


def test_publishing_mails_every_member_who_joined_once_an_entry(world):
    b.member(world.entries[0], b.user("colleague@port.example"))
    b.member(world.entries[0], b.user("invited@port.example"), joined=False)
    concluded(world)
    assert publications.readiness(world.round).mailed == 4
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    mails = session.scalars(select(Mail).where(Mail.kind == "published").order_by(Mail.id)).all()
    assert (world.round.state, world.round.published_at, len(mails)) == ("published", b.NOW, 4)
    assert "The jury’s decision: Winner." in mails[0].body
    assert f"/rounds/{world.round.id}/result" in mails[0].body


def test_an_entry_that_was_not_eligible_is_told_the_reason(world):
    outside = b.entry(world.round, title="Too early")
    b.screening(outside, world.organiser, eligible=False, reason="Not started yet.")
    concluded(world)
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    mail = session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    assert "Reason: Not started yet." in mail.body


def test_publishing_twice_is_refused(world):
    concluded(world)
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    with pytest.raises(Refused):
        publications.publish(world.round, actor=world.organiser, now=b.NOW)


def test_receipts_of_all_ballots_are_listed(world):
    assert publications.receipts(world.round) == ["r"] * 6


def test_nothing_is_decided_on_a_result_that_a_newer_one_replaces(world):
    for place, outcome in enumerate(("winner", "commended", "stops"), 1):
        decide(world, place, outcome)
    results.freeze(world.stage, actor=world.organiser, now=b.NOW)
    for act in (lambda: decide(world, 1, "commended"), lambda: publications.conclude(world.result, actor=world.organiser, now=b.NOW)):
        with pytest.raises(Refused, match="There is a newer result of this stage"):
            act()
    assert world.stage.state == "locked"
