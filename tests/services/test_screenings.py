"""Screening: eligible or not, with a reason, in time."""

import pytest
from sqlalchemy import select

from award import db
from award.errors import Invalid, Refused, Stale
from award.models import Assignment, Event
from award.services import screenings
from tests import builders as b
from tests import jury

YES = {"eligible": True, "reason": ""}
NO = {"eligible": False, "reason": "Started too long ago."}


@pytest.fixture
def world(context):
    return jury.build(state="draft", assigned=False)


def save(world, verdict, *, entry=None, version=None):
    entry = entry or world["entries"][0]
    return screenings.save(
        entry,
        verdict=verdict,
        version=version if version is not None else getattr(entry.screening, "version", 0),
        actor=world["organiser"],
        now=b.NOW,
    )


def test_an_entry_is_screened_once_the_call_is_closed(world):
    fresh = b.entry(world["round"], title="Fresh")
    for state in ("draft", "open", "decided", "published"):
        world["round"].state = state
        with pytest.raises(Refused):
            save(world, YES, entry=fresh)
    world["round"].state = "judging"
    row = save(world, NO, entry=fresh)
    assert (row.eligible, row.reason, row.by_id) == (False, "Started too long ago.", world["organiser"].id)


def test_a_no_needs_a_reason(world):
    with pytest.raises(Invalid) as refusal:
        save(world, {"eligible": False, "reason": ""})
    assert refusal.value.field == "reason"


def test_each_change_of_the_verdict_is_an_event_and_the_same_verdict_is_none(world):
    for verdict in (NO, NO, YES):
        save(world, verdict)
        db.session.flush()
    events = db.session.scalars(select(Event).order_by(Event.id)).all()
    assert [(e.act, e.payload["eligible"], e.about["reason"]) for e in events] == [
        ("entry_screened", False, "Started too long ago."),
        ("entry_screened", True, ""),
    ]


def test_a_verdict_on_an_older_version_is_refused(world):
    version = world["entries"][0].screening.version
    save(world, NO)
    db.session.flush()
    with pytest.raises(Stale):
        save(world, YES, version=version)


@pytest.mark.parametrize("state", ["withdrawn", "returned"])
def test_only_a_submitted_entry_is_screened(world, state):
    world["entries"][0].state = state
    with pytest.raises(Refused):
        save(world, NO)


def test_a_no_takes_planned_readers_away_but_not_those_who_read_already(world):
    b.assignment(world["jurors"][0], world["entries"][0], state="proposed")
    save(world, NO)
    db.session.flush()
    assert db.session.scalars(select(Assignment)).all() == []
    b.assignment(world["jurors"][0], world["entries"][1], state="notified")
    with pytest.raises(Refused):
        save(world, NO, entry=world["entries"][1])


def test_the_next_entry_is_the_first_that_nobody_screened(world):
    assert screenings.following(world["round"]) is None
    fresh = b.entry(world["round"], title="Fresh")
    b.entry(world["round"], title="Draft", submitted=False)
    assert screenings.following(world["round"]) == fresh
    assert [e.title for e in screenings.of_round(world["round"])] == ["Entry 0", "Entry 1", "Entry 2", "Fresh"]


def test_what_a_team_typed_and_never_submitted_is_not_what_lists_show(world):
    fresh = b.entry(world["round"], title="Fresh")
    fresh.title, fresh.team = "A title typed too late", "Another team"
    save(world, YES, entry=fresh)
    assert (fresh.title, fresh.team) == ("Fresh", "Desk team")
