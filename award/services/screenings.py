"""Whether each submitted entry may take part, with the reason."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Assignment, Entry, Screening
from award.services import entry_versions, history, versions


def of_round(round_):
    """Every entry that was submitted and not withdrawn, by number, with its screening, in one statement."""
    return session.scalars(
        select(Entry)
        .where(Entry.round_id == round_.id, Entry.number.is_not(None), Entry.state != "withdrawn")
        .options(joinedload(Entry.screening))
        .order_by(Entry.number)
    ).all()


def following(round_):
    """The first entry that nobody has screened yet; None when all are done."""
    return session.scalar(
        select(Entry)
        .outerjoin(Screening)
        .where(Entry.round_id == round_.id, Entry.state == "submitted", Screening.id.is_(None))
        .order_by(Entry.number)
        .limit(1)
    )


def save(entry, *, verdict, version, actor, now):
    """Record that the entry is eligible or not: verdict {"eligible": bool, "reason": str}. Gives the Screening.

    Raises Refused before the call is closed, for an entry that is not submitted and for one that jurors already read;
    Invalid without a reason for a no; Stale when somebody else screened it since.
    """
    lives.require("screen", entry.round.state)
    if entry.state != "submitted":
        raise Refused(text("Only a submitted entry is screened. This one was withdrawn or sent back to its team."))
    if not verdict["eligible"] and not verdict["reason"]:
        raise Invalid(
            text("Say which condition is not met and why. The team reads it after publication."), field="reason"
        )
    row = entry.screening
    if row is not None:
        versions.require(row, version)
        if (row.eligible, row.reason) == (verdict["eligible"], verdict["reason"]):
            return row
    if not verdict["eligible"]:
        _take_back_proposals(entry)
    row = _set(entry, verdict, actor=actor, now=now)
    _settle(entry)
    history.add(
        row,
        "entry_screened",
        actor=actor,
        now=now,
        payload={"entry": entry.number, "eligible": row.eligible},
        about={"reason": row.reason},
    )
    return row


def _settle(entry):
    """From here on lists name the entry as its newest version does: what a team typed later and never submitted is not judged."""
    submitted = entry_versions.newest(entry)
    for name in ("title", "team", "summary", "initiative"):
        setattr(entry, name, getattr(submitted, name))


def _set(entry, verdict, *, actor, now):
    row = entry.screening
    if row is None:
        row = Screening(entry=entry)
        session.add(row)
    row.eligible, row.reason, row.at, row.by_id = verdict["eligible"], verdict["reason"], now, actor.id
    return row


def _take_back_proposals(entry):
    """An entry that may not take part keeps no planned readers; where jurors read it already, the organiser takes them back first."""
    for assignment in session.scalars(select(Assignment).where(Assignment.entry_id == entry.id)):
        if assignment.state == "notified":
            raise Refused(text("Jurors have been asked to judge this entry. Take these assignments back first."))
        if assignment.state == "proposed":
            session.delete(assignment)
