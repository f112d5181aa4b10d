"""Conflicts of interest: found, declared, named late; a juror with one neither reads nor scores."""

import pytest
from sqlalchemy import select

from award import db
from award.errors import FaultyInput, Refused
from award.models import Ballot, Conflict, Event, Mail
from award.permissions import Permission, can
from award.services import assignments, conflicts, score_sheets
from tests import builders as b
from tests import jury


@pytest.fixture
def world(context):
    return jury.build(submitted=[(0, 0)])


def reads(world, juror, entry):
    assignment = world["pairs"][juror, entry]
    db.session.expire_all()
    return can(world["jurors"][juror].user, Permission.JUDGE, assignment)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stad Gent", "STAD  GENT"),
        ("Société Générale S.A.", "societe generale"),
        ("Nieuwe Werken vzw", "Nieuwe Werken"),
        ("FÖD Justiz", "föd justiz"),
    ],
)
def test_one_organisation_has_one_spelling(one, other):
    assert conflicts.tidy(one) == conflicts.tidy(other)


def test_other_organisations_stay_apart():
    assert len({conflicts.tidy(n) for n in ("Town 1", "Town 2", "Town", "ΥΠ", "МО", "")}) == 6


@pytest.mark.parametrize(
    ("juror", "member", "kind"),
    [
        ({"organisation": "Town 0"}, {}, "organisation"),
        ({}, {}, None),
        ({"organisation": ""}, {"organisation": ""}, None),
        ({"email": "a@town0.example"}, {}, "domain"),
        ({"email": "a@gmail.com"}, {"email": "b@gmail.com"}, None),
    ],
)
def test_a_conflict_shows_in_organisation_or_domain(world, juror, member, kind):
    row, team = world["jurors"][1], world["entries"][0].members[0]
    row.organisation = row.user.organisation = juror.get("organisation", "University")
    row.user.email = juror.get("email", "a@uni.example")
    team.organisation = team.user.organisation = member.get("organisation", "Town 0")
    team.user.email = member.get("email", "b@town0.example")
    assert conflicts.detect(row, world["entries"][0]) == kind


def test_somebody_invited_to_the_team_has_a_conflict_before_joining(world):
    b.member(world["entries"][2], world["jurors"][1].user, joined=False)
    assert conflicts.detect(world["jurors"][1], world["entries"][2]) == "member"


def test_until_the_stage_opens_the_newest_declaration_counts_whole(context):
    world = jury.build(state="draft")
    juror, (first, second, _third) = world["jurors"][0], world["entries"]
    conflicts.declare(juror, declared={first.id: "My sister works there"}, now=b.NOW)
    conflicts.declare(juror, declared={second.id: "I advised them"}, now=b.NOW)
    db.session.flush()
    assert [(c.entry_id, c.kind, c.reason) for c in db.session.scalars(select(Conflict))] == [
        (second.id, "declared", "I advised them")
    ]
    assert juror.cleared_at == b.NOW


def test_a_declared_conflict_takes_a_planned_pair_away(context):
    world = jury.build(state="draft")
    conflicts.declare(world["jurors"][0], declared={world["entries"][0].id: "own work"}, now=b.NOW)
    db.session.flush()
    db.session.expire_all()
    assert [a.entry_id for a in world["jurors"][0].assignments] == [e.id for e in world["entries"][1:]]


def test_once_the_stage_is_open_conflicts_are_only_added(world):
    juror = world["jurors"][0]
    conflicts.declare(juror, declared={world["entries"][0].id: "own work"}, now=b.NOW)
    conflicts.declare(juror, declared={}, now=b.NOW)
    assert [c.entry_id for c in juror.conflicts] == [world["entries"][0].id]


def test_a_conflict_needs_a_reason_and_a_known_list(world):
    with pytest.raises(FaultyInput):
        conflicts.declare(world["jurors"][0], declared={world["entries"][0].id: ""}, now=b.NOW)
    world["round"].state = "open"
    with pytest.raises(Refused):
        conflicts.declare(world["jurors"][0], declared={}, now=b.NOW)


def test_nobody_declares_before_accepting(world):
    world["jurors"][0].state = "invited"
    with pytest.raises(Refused):
        conflicts.declare(world["jurors"][0], declared={}, now=b.NOW)


@pytest.mark.parametrize("how", ["report", "name", "declare"])
def test_a_late_conflict_voids_visibly_and_keeps_the_ballot(world, how):
    juror, entry = world["jurors"][0], world["entries"][0]
    assert reads(world, 0, 0)
    if how == "report":
        conflicts.report(world["pairs"][0, 0], reason="own work", now=b.NOW)
    elif how == "name":
        conflicts.name(juror, entry=entry, reason="own work", actor=world["organiser"], now=b.NOW)
    else:
        conflicts.declare(juror, declared={entry.id: "own work"}, now=b.NOW)
    db.session.flush()
    assert not reads(world, 0, 0)
    assert world["pairs"][0, 0].state == "voided"
    assert db.session.scalar(select(Ballot)).state == "submitted"
    sheet, excluded = score_sheets.of_stage(world["stage"])
    assert not sheet.ballots.any()
    assert {"juror": juror.code, "entry": entry.number, "cause": "conflict"} in excluded
    assert len(db.session.scalars(select(Event)).all()) == 1
    assert len(db.session.scalars(select(Mail)).all()) == (how == "name")
    assert reads(world, 0, 1)


def test_a_conflict_is_named_once_and_not_after_the_decisions(world):
    juror, entry = world["jurors"][0], world["entries"][0]
    conflicts.name(juror, entry=entry, reason="own work", actor=world["organiser"], now=b.NOW)
    with pytest.raises(Refused):
        conflicts.name(juror, entry=entry, reason="own work", actor=world["organiser"], now=b.NOW)
    world["stage"].state = "decided"
    with pytest.raises(Refused):
        conflicts.report(world["pairs"][0, 1], reason="x", now=b.NOW)


def take_back(world, juror=0, entry=0):
    row = world["jurors"][juror]
    conflicts.take_back(row, entry=world["entries"][entry], reason="Another town", actor=world["organiser"], now=b.NOW)
    db.session.flush()
    return row


def test_a_named_conflict_taken_back_lets_the_pair_be_assigned_again_and_the_kept_ballot_counts_from_then_on(world):
    juror, entry = world["jurors"][0], world["entries"][0]
    receipt = world["pairs"][0, 0].ballot.receipt
    conflicts.name(juror, entry=entry, reason="own work", actor=world["organiser"], now=b.NOW)
    db.session.flush()
    with pytest.raises(Refused):
        assignments.add(world["stage"], entry=entry, juror=juror, actor=world["organiser"], now=b.NOW)
    take_back(world)
    assert (world["pairs"][0, 0].state, reads(world, 0, 0)) == ("voided", True)
    sheet, excluded = score_sheets.of_stage(world["stage"])
    assert not sheet.ballots.any()
    newest = db.session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (newest.act, newest.payload, newest.about, newest.actor) == (
        "conflict_taken_back",
        {"juror": juror.code, "entry": entry.number, "kind": "named"},
        {"reason": "Another town"},
        world["organiser"],
    )
    mail = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(m.user_id, "Another town" in m.body, "came to light" in m.body) for m in mail] == [
        (juror.user_id, False, True),
        (juror.user_id, True, False),
    ]
    assignments.add(world["stage"], entry=entry, juror=juror, actor=world["organiser"], now=b.NOW)
    db.session.flush()
    db.session.expire_all()
    pair = world["pairs"][0, 0]
    assert (pair.state, pair.ballot.state, pair.ballot.receipt, reads(world, 0, 0)) == ("notified", "submitted", receipt, True)
    sheet, excluded = score_sheets.of_stage(world["stage"])
    assert (sheet.ballots.sum(), [e for e in excluded if e["cause"] == "conflict"]) == (1, [])


@pytest.mark.parametrize("recorded", [True, False])
def test_a_conflict_detected_in_error_is_taken_back_for_good_and_without_a_mail(context, recorded):
    world = jury.build(state="draft", assigned=False)
    juror, entry = world["jurors"][0], world["entries"][0]
    juror.user.email = "a@town0.example"
    if recorded:
        conflicts.record(juror, entry, "domain", by=world["organiser"], now=b.NOW)
        db.session.flush()
    assert conflicts.returnable(juror, world["entries"]) == {entry: "domain"}
    take_back(world)
    assert (conflicts.detect(juror, entry), juror.conflicts, db.session.scalars(select(Mail)).all()) == (None, [], [])
    assignments.confirm(world["stage"], settings=(0, 1), actor=world["organiser"], now=b.NOW)
    db.session.expire_all()
    assert (juror.conflicts, entry.id in {a.entry_id for a in juror.assignments}) == ([], True)
    with pytest.raises(Refused):
        take_back(world)


def test_a_declared_conflict_and_that_of_a_member_are_not_the_organisers_to_take_back(world):
    jury.conflict(world["jurors"][0], world["entries"][0])
    b.member(world["entries"][1], world["jurors"][0].user)
    world["jurors"][0].conflict_free = [world["entries"][1].id]
    db.session.flush()
    db.session.expire_all()
    assert conflicts.returnable(world["jurors"][0], world["entries"]) == {}
    assert conflicts.detect(world["jurors"][0], world["entries"][1]) == "member"
    for entry in range(3):
        with pytest.raises(Refused) as refusal:
            take_back(world, entry=entry)
        assert refusal.value.field == "entry"


def test_no_conflict_is_taken_back_once_the_stage_is_decided(world):
    jury.conflict(world["jurors"][0], world["entries"][0], "named")
    world["stage"].state = "decided"
    db.session.flush()
    with pytest.raises(Refused):
        take_back(world)
