"""The team: invited by mail, joined by the invited alone, the owner stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.errors import Invalid, Refused
from award.models import Event, Mail, Member, User
from award.services import links, members
from tests import builders as b
from tests.builders import NOW

INVITED = {"email": "Tom@Port.example", "name": "Tom Vandamme", "organisation": "Port", "role": "editor"}


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.fixture
def owner():
    return b.user("nora@port.example", name="Nora")


@pytest.fixture
def entry(owner):
    return b.entry(b.round_(state="open"), owner, submitted=False)


def test_a_colleague_is_invited_by_mail_and_has_not_joined_yet(entry, owner):
    member = members.invite(entry, invited=INVITED, actor=owner, now=NOW)
    assert (member.role, member.organisation, member.joined_at, member.invited_at) == ("editor", "Port", None, NOW)
    assert (member.user.email, member.user.name, member.user.password_hash) == (
        "tom@port.example",
        "Tom Vandamme",
        None,
    )
    mail = session.scalar(select(Mail))
    assert (mail.address, mail.subject) == ("tom@port.example", "Nora invites you to the team of “Night desk”")
    assert links.find(mail.body.split("/links/")[1].split()[0]).subject_id == member.id
    event = session.scalar(select(Event))
    assert (event.act, event.payload) == ("member_invited", {"entry": entry.id, "role": "editor"})


def test_somebody_who_has_not_joined_is_invited_again_with_what_was_typed_last(entry, owner):
    first = members.invite(entry, invited=INVITED, actor=owner, now=NOW)
    again = members.invite(entry, invited={**INVITED, "role": "reader"}, actor=owner, now=NOW + timedelta(days=1))
    assert (again, again.role) == (first, "reader")
    assert len(session.scalars(select(Mail)).all()) == 2


def test_somebody_in_the_team_is_not_invited_again(entry, owner):
    with pytest.raises(Invalid) as refusal:
        members.invite(entry, invited={**INVITED, "email": "NORA@port.example"}, actor=owner, now=NOW)
    assert (refusal.value.field, str(refusal.value)) == ("email", "nora@port.example is already in the team.")
    assert session.scalars(select(Mail)).all() == []


@pytest.mark.parametrize("state", ["decided", "published", "archived"])
def test_the_team_stays_as_it_is_once_the_jury_has_decided(entry, owner, state):
    entry.round.state = state
    with pytest.raises(Refused):
        members.invite(entry, invited=INVITED, actor=owner, now=NOW)


def test_nobody_is_invited_to_a_withdrawn_entry(entry, owner):
    entry.state = "withdrawn"
    with pytest.raises(Refused):
        members.invite(entry, invited=INVITED, actor=owner, now=NOW)
    assert session.scalar(select(User.id).where(User.email == "tom@port.example")) is None


def test_the_invited_person_joins_once(entry, owner):
    member = members.invite(entry, invited=INVITED, actor=owner, now=NOW)
    for _time in range(2):
        members.join(member, actor=member.user, now=NOW)
    assert member.joined_at == NOW
    assert session.scalars(select(Event.act).order_by(Event.sequence)).all() == ["member_invited", "member_joined"]


def test_nobody_joins_in_the_place_of_somebody_else(entry, owner):
    member = members.invite(entry, invited=INVITED, actor=owner, now=NOW)
    with pytest.raises(Refused):
        members.join(member, actor=owner, now=NOW)
    assert member.joined_at is None


def test_a_member_is_removed_and_the_owner_stays(entry, owner):
    member = b.member(entry, b.user())
    members.remove(member, actor=owner, now=NOW)
    session.flush()
    assert [m.role for m in members.of_entry(entry)] == ["owner"]
    with pytest.raises(Refused):
        members.remove(session.scalar(select(Member)), actor=owner, now=NOW)
