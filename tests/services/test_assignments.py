"""Who judges what: plans without conflicts, one mail a juror, changes by hand."""

from collections import Counter

import pytest
from sqlalchemy import select

from award import db
from award.errors import Invalid, Refused
from award.models import Assignment, Conflict, Mail
from award.services import assignments
from tests import builders as b
from tests import jury


@pytest.fixture
def world(context):
    return jury.build(state="draft", entries=6, jurors=4, assigned=False)


def confirm(world, readers=2, seed=1):
    return assignments.confirm(world["stage"], settings=(readers, seed), actor=world["organiser"], now=b.NOW)


def pairs(world):
    db.session.flush()
    return sorted(
        (a.entry_id, a.juror_id, a.state)
        for a in db.session.scalars(select(Assignment).where(Assignment.stage_id == world["stage"].id))
    )


def test_everyone_judges_everything_but_conflicts(world):
    jury.conflict(world["jurors"][0], world["entries"][0])
    db.session.flush()
    db.session.expire_all()
    plan = assignments.plan(world["stage"], readers=assignments.EVERYONE, seed=1)
    assert len(plan.pairs) == 23
    assert (world["entries"][0].id, world["jurors"][0].id) not in plan.pairs


def test_some_judge_each_entry_with_equal_loads(world):
    plan = assignments.plan(world["stage"], readers=2, seed=1)
    assert set(Counter(e for e, _j in plan.pairs).values()) == {2}
    assert set(Counter(j for _e, j in plan.pairs).values()) == {3}


def test_the_same_seed_gives_the_same_plan(world):
    plans = [assignments.plan(world["stage"], readers=2, seed=seed).pairs for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


def test_a_plan_writes_nothing(world):
    assignments.plan(world["stage"], readers=2, seed=1)
    assert pairs(world) == []


def test_a_language_that_is_not_read_bars_a_pair_where_some_judge(world):
    world["jurors"][0].languages = ["nl"]
    plan = assignments.plan(world["stage"], readers=2, seed=1)
    assert world["jurors"][0].id not in {j for _e, j in plan.pairs}
    assert len(assignments.plan(world["stage"], readers=0, seed=1).pairs) == 24


def test_entries_that_come_too_short_are_named(world):
    for juror in world["jurors"][:3]:
        jury.conflict(juror, world["entries"][5])
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Refused, match=r"LA27-006 \(1\)"):
        assignments.plan(world["stage"], readers=2, seed=1)


def test_only_eligible_entries_and_jurors_who_accepted_take_part(world):
    world["entries"][0].screening.eligible = False
    world["entries"][1].state = "withdrawn"
    world["jurors"][0].state = "declined"
    plan = assignments.plan(world["stage"], readers=0, seed=1)
    assert {e for e, _j in plan.pairs} == {e.id for e in world["entries"][2:]}
    assert {j for _e, j in plan.pairs} == {j.id for j in world["jurors"][1:]}


def test_without_entries_or_jurors_there_is_no_plan(world):
    for juror in world["jurors"]:
        juror.state = "invited"
    with pytest.raises(Refused, match="No juror has accepted yet"):
        assignments.plan(world["stage"], readers=0, seed=1)
    for entry in world["entries"]:
        entry.screening.eligible = False
    with pytest.raises(Refused, match="No entry is eligible yet"):
        assignments.plan(world["stage"], readers=0, seed=1)


def test_a_confirmed_plan_replaces_the_proposals_before_and_mails_nobody_yet(world):
    confirm(world, 2, 1)
    confirm(world, 1, 2)
    assert len(pairs(world)) == 6
    assert {state for _e, _j, state in pairs(world)} == {"proposed"}
    assert db.session.scalars(select(Mail)).all() == []


def test_conflicts_that_show_are_put_on_record_by_the_confirmation(world):
    world["jurors"][0].organisation = "Town 3"
    confirm(world, 2, 1)
    assert [(c.juror.code, c.entry.number, c.kind) for c in db.session.scalars(select(Conflict))] == [
        ("J01", "LA27-004", "organisation")
    ]


def test_opening_tells_each_juror_once_by_one_mail(world):
    confirm(world, 0, 1)
    with pytest.raises(Refused):
        assignments.notify(world["stage"], actor=world["organiser"], now=b.NOW)
    world["stage"].state = "open"
    assert len(assignments.notify(world["stage"], actor=world["organiser"], now=b.NOW)) == 4
    assert assignments.notify(world["stage"], actor=world["organiser"], now=b.NOW) == []
    mails = db.session.scalars(select(Mail)).all()
    assert sorted(m.address for m in mails) == sorted(j.user.email for j in world["jurors"])
    assert ["6 entries are waiting for your scores." in m.body for m in mails] == [True] * 4
    assert {state for _e, _j, state in pairs(world)} == {"notified"}


def test_a_late_juror_gets_everything_when_everyone_judges_everything(world):
    confirm(world, 0, 1)
    world["stage"].state = "open"
    assignments.notify(world["stage"], actor=world["organiser"], now=b.NOW)
    late = b.juror(world["stage"])
    confirm(world, 0, 1)
    assert len(pairs(world)) == 30
    assert db.session.scalars(select(Mail.address)).all().count(late.user.email) == 1
    with pytest.raises(Refused, match="Change single pairs by hand"):
        confirm(world, 2, 1)


def test_nothing_is_assigned_once_the_stage_is_locked(world):
    world["stage"].state = "locked"
    with pytest.raises(Refused):
        confirm(world)


def add(world, entry=0, juror=0):
    return assignments.add(
        world["stage"], entry=world["entries"][entry], juror=world["jurors"][juror], actor=world["organiser"], now=b.NOW
    )


def test_a_pair_is_added_by_hand_once(world):
    assert add(world).state == "proposed"
    with pytest.raises(Refused):
        add(world)
    world["stage"].state = "open"
    assert add(world, entry=1).state == "notified"


@pytest.mark.parametrize("hindrance", ["conflict", "shows", "screened_out", "not_accepted"])
def test_a_pair_that_may_not_be_is_not_added(world, hindrance):
    if hindrance == "conflict":
        jury.conflict(world["jurors"][0], world["entries"][0])
        db.session.flush()
        db.session.expire_all()
    elif hindrance == "shows":
        world["jurors"][0].organisation = "Town 0"
    elif hindrance == "screened_out":
        world["entries"][0].screening.eligible = False
    else:
        world["jurors"][0].state = "invited"
    with pytest.raises(Refused):
        add(world)
    assert pairs(world) == []


def test_a_planned_pair_vanishes_and_one_that_was_told_stays_void(world):
    assignments.remove(add(world), reason="", actor=world["organiser"], now=b.NOW)
    assert pairs(world) == []
    world["stage"].state = "open"
    row = add(world)
    with pytest.raises(Invalid):
        assignments.remove(row, reason="", actor=world["organiser"], now=b.NOW)
    assignments.remove(row, reason="Too many", actor=world["organiser"], now=b.NOW)
    assert (row.state, row.reason, row.voided_at) == ("voided", "Too many", b.NOW)
    with pytest.raises(Refused):
        assignments.remove(row, reason="Again", actor=world["organiser"], now=b.NOW)
    assert add(world).id == row.id
    assert (row.state, row.voided_at) == ("notified", None)


def test_a_juror_who_cannot_judge_says_why(world):
    world["stage"].state = "open"
    row = add(world)
    assert assignments.decline(row, reason="Not my field", now=b.NOW) is world["jurors"][0]
    assert (row.state, row.reason) == ("declined", "Not my field")
    with pytest.raises(Refused):
        assignments.decline(row, reason="Again", now=b.NOW)


def test_a_submitted_ballot_is_reopened_before_it_is_declined(world):
    world["stage"].state = "open"
    row = add(world)
    b.ballot(row, {world["criteria"][0]: 4, world["criteria"][1]: 50})
    with pytest.raises(Refused):
        assignments.decline(row, reason="Not my field", now=b.NOW)
