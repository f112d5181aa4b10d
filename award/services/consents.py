"""Consent to publication: a team says that the texts of its entry may be printed and published, and can take that back."""
from sqlalchemy import func, select, update

from award.db import session
from award.domain import lives
from award.errors import Refused
from award.models import Entry
from award.i18n import text
from award.services import entries, history

NOT_SUBMITTED = text("Submit the entry first. Then say whether its texts may be published.")
TAKING_PART = (Entry.number.is_not(None), Entry.state != "withdrawn")


def give(entry, *, actor, now):
    """The team agrees. Saying it twice changes nothing. Gives the entry. Raises Refused at the wrong moment."""
    if _set(entry, now):
        history.add(entry, "publication_agreed", actor=actor, now=now, payload={"number": entry.number})
    return entry


def take_back(entry, *, actor, now):
    """The team no longer agrees. Saying it twice changes nothing. Gives the entry. Raises Refused at the wrong moment."""
    if _set(entry, None):
        history.add(entry, "publication_stopped", actor=actor, now=now, payload={"number": entry.number})
    return entry


def _set(entry, consented_at):
    """Whether the answer is a new one. The row is changed beside its version: a colleague who is writing is not overtaken."""
    entries.hold(entry)
    session.refresh(entry, ["consented_at", "state"])
    require(entry)
    if (entry.consented_at is None) is (consented_at is None):
        return False
    session.execute(update(Entry).where(Entry.id == entry.id).values(consented_at=consented_at)
                    .execution_options(synchronize_session=False))
    session.refresh(entry, ["consented_at"])
    return True


def require(entry):
    """Pass while the team can say or take back that its texts may be published; otherwise raise Refused."""
    if entry.state == "withdrawn":
        raise Refused(entries.WITHDRAWN)
    if entry.number is None:
        raise Refused(NOT_SUBMITTED)
    lives.require("consent", entry.round.state)


def is_open(entry):
    """Whether the question can be put to the team at this moment."""
    try:
        require(entry)
    except Refused:
        return False
    return True


def counts(round_):
    """(how many entries consent, of how many that take part), in one statement."""
    return tuple(session.execute(select(func.count(Entry.consented_at), func.count()).where(Entry.round_id == round_.id, *TAKING_PART)).one())
