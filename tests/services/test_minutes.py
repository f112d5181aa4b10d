"""Minutes tell the acts of a stage in order, each reason with them, and name nobody."""

from datetime import timedelta

import pytest

from award.domain.report import Choice
from award.services import compositions, conflicts, decisions, minutes, receipts, results
from tests import builders as b
from tests.services import judged


@pytest.fixture
def world(context):
    """A stage that was locked, its result frozen and decided; a ballot was reopened and handed in again before."""
    found = judged.stage()
    found.minute = iter(b.NOW + timedelta(minutes=n) for n in range(99))
    ballot = found.jurors[0].assignments[2].ballot
    receipts.reopen(ballot.assignment, reason="A score was typed in the wrong place.", actor=found.organiser, now=next(found.minute))
    ballot.state = "submitted"
    results.lock(found.stage, actor=found.organiser, now=next(found.minute))
    found.result = results.freeze(found.stage, actor=found.organiser, now=next(found.minute))
    return found


def told(world, language="en"):
    return [event.words for event in minutes.events(world.stage, language)]


def test_acts_stand_in_order_with_their_reasons(world):
    by = (world.organiser, next(world.minute))
    decisions.record(world.result, world.entries[1], outcome="winner", reason="It moved us.", by=by)
    decisions.record(world.result, world.entries[0], outcome="stops", reason="It was done before.", by=by)
    decisions.record(world.result, world.entries[2], outcome="stops", reason="", by=by)
    code = world.result.sha256[:8]
    assert told(world) == [
        "Ballot reopened: juror J01, entry LA27-003\nReason: A score was typed in the wrong place.",
        "Stage locked, with 6 of 6 ballots submitted",
        f"Result 1 frozen, checksum {code}",
        "Decided, departing from the ranking: Winner: LA27-002",
        "Decided, departing from the ranking: Stops here: LA27-001",
        "Decided: Stops here: LA27-003",
    ]


def test_decisions_of_one_day_in_a_row_are_told_as_one(world):
    for entry in world.entries[::-1][:2]:
        decisions.record(world.result, entry, outcome="stops", reason=f"Reason of {entry.number}", by=(world.organiser, next(world.minute)))
    assert told(world)[-1] == "Decided: Stops here: LA27-002, LA27-003"


def test_the_reason_of_a_conflict_of_interest_is_not_told(world):
    conflicts.name(world.jurors[0], entry=world.entries[0], reason="Her brother leads the team.", actor=world.organiser, now=next(world.minute))
    assert told(world)[-1] == "Conflict of interest put on record: juror J01, entry LA27-001"


def test_times_and_language_are_those_of_the_document(world):
    found = minutes.events(world.stage, "nl")
    assert [event.at for event in found] == [b.NOW, b.NOW + timedelta(minutes=1), b.NOW + timedelta(minutes=2)]
    assert found[1].words == "Fase afgesloten, met 6 van 6 beoordelingen ingediend"


def test_acts_of_another_stage_are_left_out(world):
    other = b.stage(world.round, state="locked")
    results.unlock(other, "A juror was ill.", actor=world.organiser, now=next(world.minute))
    assert [event.words for event in minutes.events(other, "en")] == ["Stage unlocked\nReason: A juror was ill."]


def test_only_minutes_carry_the_acts(world):
    assert compositions.compose(world.result, language="en").events == ()
    assert len(compositions.compose(world.result, language="en", choice=Choice(kind="minutes")).events) == 3
