"""The recurring award: who runs it, under which name, and who holds an office in it."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Entry, Office, Programme, Round, User
from award.services import accounts, history, posted, versions


def of(user):
    """The programmes in which the person holds an office, as (programme, kind of office, number of rounds), oldest first."""
    rounds = select(func.count(Round.id)).where(Round.programme_id == Programme.id).scalar_subquery()
    return session.execute(
        select(Programme, Office.kind, rounds).join(Office).where(Office.user_id == user.id).order_by(Programme.id)
    ).all()


def rounds_of(programme):
    """The rounds of a programme, newest first, as (round, number of entries submitted)."""
    entries = (
        select(func.count(Entry.id)).where(Entry.round_id == Round.id, Entry.number.is_not(None)).scalar_subquery()
    )
    return session.execute(
        select(Round, entries).where(Round.programme_id == programme.id).order_by(Round.id.desc())
    ).all()


def offices_of(programme):
    """Who holds an office in the programme, organisers first, each with its person loaded."""
    return session.scalars(
        select(Office)
        .join(Office.user)
        .where(Office.programme_id == programme.id)
        .options(joinedload(Office.user))
        .order_by(Office.kind.desc(), User.name)
    ).all()


def create(given, *, key, actor, now):
    """Found a programme; whoever founds it becomes its organiser. `given`: name, organiser (per language), contact.

    A second post with the same key gives the programme of the first.
    """
    if earlier := posted.earlier(Programme, key, user=actor):
        return earlier
    programme = Programme(**given, created_at=now)
    programme.offices = [Office(user=actor, kind="organiser")]
    session.add(programme)
    session.flush()
    history.add(programme, "programme_created", actor=actor, now=now, payload=_told(programme))
    posted.remember(programme, key, user=actor, now=now)
    return programme


def change(programme, *, given, version, actor, now):
    """Set name, organiser and contact of a programme. Raises Stale when somebody else was first."""
    versions.require(programme, version)
    changed = [name for name in ("name", "organiser", "contact") if getattr(programme, name) != given[name]]
    for name in changed:
        setattr(programme, name, given[name])
    history.add(programme, "programme_changed", actor=actor, now=now, payload={"changed": changed, **_told(programme)})
    return programme


def _told(programme):
    """What the history keeps of a programme; the contact may be somebody's own address."""
    return {"name": programme.name, "organiser": programme.organiser}


def appoint(programme, *, email, kind, actor, now):
    """Give the person of an address an office; an address not yet known gets an account. Raises Invalid when they hold one."""
    user = accounts.find_or_invite(email, now=now)
    if session.scalar(select(Office.id).where(Office.programme_id == programme.id, Office.user_id == user.id)):
        raise Invalid(text("This person already holds an office in the programme."), field="email")
    office = Office(programme=programme, user=user, kind=kind)
    session.add(office)
    session.flush()
    history.add(office, "office_given", actor=actor, now=now, **_kept(office))
    return programme


def dismiss(programme, *, office_id, actor, now):
    """Take an office back. Raises Refused for the last organiser; an office of another programme is left alone."""
    offices = {office.id: office for office in offices_of(programme)}
    office = offices.get(office_id)
    if office is None:
        return programme
    if office.kind == "organiser" and sum(other.kind == "organiser" for other in offices.values()) == 1:
        raise Refused(text("A programme needs an organiser. Appoint another one first."))
    history.add(office, "office_ended", actor=actor, now=now, **_kept(office))
    session.delete(office)
    session.flush()
    return programme


def _kept(office):
    return {"payload": {"kind": office.kind, "user": office.user_id}, "about": {"object": office.user.name}}
