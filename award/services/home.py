"""What the first page shows: calls and results for everyone; programmes, entries and juries for those who have them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from award.db import session
from award.i18n import text
from award.models import Assignment, Ballot, Entry, Juror, Member, Office, Programme, Round, Stage

ROUND_WORDS = {
    "draft": ("todo", text("Being prepared")),
    "open": ("doing", text("Call open")),
    "judging": ("doing", text("In judging")),
    "decided": ("doing", text("Decided, not yet public")),
    "published": ("done", text("Published")),
    "archived": ("done", text("Archived")),
}
ENTRY_WORDS = {
    "draft": ("todo", text("Draft")),
    "submitted": ("done", text("Submitted")),
    "returned": ("alert", text("Returned for correction")),
    "withdrawn": ("stop", text("Withdrawn")),
}
JUROR_WORDS = {
    "invited": ("alert", text("Awaits your answer")),
    "accepted": ("doing", text("Accepted")),
    "declined": ("stop", text("Declined")),
}


@dataclass(frozen=True)
class Seat:
    """A place in a jury: the juror, how many entries are assigned, how many ballots are submitted."""

    juror: Juror
    assigned: int
    submitted: int

    @property
    def to_go(self):
        """Entries that still await scores, while scores can be given."""
        return self.assigned - self.submitted if self.juror.state == "accepted" and self.juror.stage.state == "open" else 0


def open_calls(*, now):
    """Rounds that accept entries at this instant, the first to close first; two statements at most."""
    return session.scalars(
        select(Round)
        .where(Round.state == "open", Round.opens_at <= now, Round.closes_at > now)
        .options(joinedload(Round.programme))
        .order_by(Round.closes_at, Round.id)
    ).all()


def results():
    """Rounds whose result is public, the newest first."""
    return session.scalars(
        select(Round)
        .where(Round.state.in_(("published", "archived")))
        .options(joinedload(Round.programme))
        .order_by(Round.published_at.desc(), Round.id.desc())
        .limit(20)
    ).all()


def programmes(user):
    """The programmes in which the person holds an office, with their rounds, newest first."""
    held = select(Office.programme_id).where(Office.user_id == user.id)
    return session.scalars(
        select(Programme).where(Programme.id.in_(held)).options(selectinload(Programme.rounds)).order_by(Programme.id.desc())
    ).all()


def memberships(user):
    """The person's places in teams, newest first, each with its entry and round."""
    return session.scalars(
        select(Member)
        .join(Member.entry)
        .where(Member.user_id == user.id)
        .options(contains_eager(Member.entry).joinedload(Entry.round))
        .order_by(Member.id.desc())
    ).all()


def seats(user):
    """The person's places in juries, newest first, with the count of entries and ballots."""
    jurors = session.scalars(
        select(Juror).where(Juror.user_id == user.id).order_by(Juror.id.desc()).options(joinedload(Juror.stage).joinedload(Stage.round))
    ).all()
    counts = {
        juror_id: (assigned, submitted)
        for juror_id, assigned, submitted in session.execute(
            select(Assignment.juror_id, func.count(Assignment.id), func.count(Ballot.id))
            .outerjoin(Ballot, (Ballot.assignment_id == Assignment.id) & (Ballot.state == "submitted"))
            .where(Assignment.juror_id.in_([j.id for j in jurors]), Assignment.state == "notified")
            .group_by(Assignment.juror_id)
        )
    }
    return [Seat(juror, *counts.get(juror.id, (0, 0))) for juror in jurors]
