"""Submitting ballots and reopening them; the receipt that lets a juror check later that nothing changed."""

import hashlib
import secrets

from sqlalchemy import select

from award.db import session
from award.domain import lives
from award.domain.canonical import canonical_json
from award.errors import Invalid, Refused
from award.i18n import ntext, said, text
from award.models import Juror, Stage
from award.services import ballots, history, mails

SALT_BYTES = 16


def canonical(ballot):
    """The bytes a receipt covers: who (by code) judged which version of which entry, each score exactly as given, each comment."""
    assignment = ballot.assignment
    keys = {c.id: c.key for c in assignment.stage.criteria}
    return canonical_json(
        {
            "round": assignment.stage.round.code,
            "stage": assignment.stage.position,
            "entry": assignment.entry.number,
            "juror": assignment.juror.code,
            "version": ballot.entry_version.number,
            "scores": {keys[s.criterion_id]: None if s.value is None else f"{s.value:f}" for s in ballot.scores},
            "comments": {keys[s.criterion_id]: s.comment for s in ballot.scores if s.comment},
        }
    )


def receipt_of(ballot, salt):
    """SHA-256 over the canonical ballot and its salt, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(ballot) + bytes.fromhex(salt)).hexdigest()


def holds(ballot):
    """Whether a submitted ballot still fits its receipt."""
    return ballot.receipt == receipt_of(ballot, ballot.salt)


def submit(assignment, *, marks, version, now):
    """Save and submit one ballot. Gives the Ballot with its receipt, which is mailed too.

    Raises as `ballots.save`, and Invalid naming a criterion without a score.
    """
    ballot = ballots.keep(assignment, marks=marks, version=version, now=now)[0]
    require_complete(ballot)
    _seal([ballot], now=now)
    return ballot


def submit_all(juror, *, now):
    """Submit every complete draft of the juror: one event, one mail. Gives the ballots. Raises Refused when there is none."""
    _hold(juror)
    found = [desk.assignment.ballot for desk in ballots.own(juror) if desk.state == "complete"]
    if not found:
        raise Refused(text("No ballot is complete yet. A ballot is complete when every criterion has a score."))
    _seal(found, now=now)
    return found


def _hold(juror):
    """Keep the stage from being locked and the juror from submitting twice at once."""
    lives.require(
        "judge", session.scalar(select(Stage.state).where(Stage.id == juror.stage_id).with_for_update(read=True))
    )
    session.execute(select(Juror.id).where(Juror.id == juror.id).with_for_update())


def require_complete(ballot):
    """Raises Invalid, naming the first criterion without a score."""
    missing = {s.criterion_id for s in ballot.scores if s.value is None}
    for row in ballot.assignment.stage.criteria:
        if row.id in missing:
            raise Invalid(incomplete(row), field=f"score_{row.id}")


def incomplete(row):
    """What is said of a criterion without a score."""
    return text(
        "No score for %(criterion)s yet. An incomplete ballot does not count; a missing score is never a zero.",
        criterion=said("words", row.name, row.stage.round.languages),
    )


def _seal(found, *, now):
    juror = found[0].assignment.juror
    for ballot in found:
        ballot.state, ballot.submitted_at, ballot.salt = "submitted", now, secrets.token_hex(SALT_BYTES)
        ballot.receipt = receipt_of(ballot, ballot.salt)
    session.flush()
    history.add(
        juror,
        "ballots_submitted",
        actor=juror.user,
        now=now,
        payload={"juror": juror.code, "receipts": {b.assignment.entry.number: b.receipt for b in found}},
    )
    _mail(juror, found, now=now)


def _mail(juror, found, *, now):
    round_ = juror.stage.round
    codes = "\n\n".join(f"{b.assignment.entry.number} · {b.assignment.entry.title}\n{b.receipt}" for b in found)
    first = ntext(
        "Your ballot is in. Keep this receipt:", "Your %(num)s ballots are in. Keep these receipts:", len(found)
    )
    mails.write(
        juror.user,
        kind="receipts",
        now=now,
        round_=round_,
        message=(
            text("Your receipts: %(round)s", round=said("words", round_.title, round_.languages)),
            text(
                "%(first)s\n\n%(codes)s\n\nAfter publication, look them up in the public list to check that your "
                "scores are unchanged.",
                first=first,
                codes=codes,
            ),
        ),
    )


def reopen(assignment, *, reason, actor, now):
    """The chair or the organiser gives a submitted ballot back to its juror, who is mailed. The old receipt stays in the history."""
    stage, ballot = assignment.stage, assignment.ballot
    lives.require("reopen", stage.state)
    if ballot is None or ballot.state != "submitted" or assignment.state != "notified":
        raise Refused(text("There is no submitted ballot to reopen here."))
    before = ballot.receipt
    ballot.state, ballot.submitted_at, ballot.salt, ballot.receipt = "draft", None, "", ""
    history.add(
        ballot,
        "ballot_reopened",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"entry": assignment.entry.number, "juror": assignment.juror.code, "receipt": before},
    )
    _tell(assignment, reason, now=now)
    return ballot


def _tell(assignment, reason, *, now):
    round_, juror = assignment.stage.round, assignment.juror
    mails.write(
        juror.user,
        kind="ballot_reopened",
        now=now,
        round_=round_,
        message=(
            text("One of your ballots is open again: %(round)s", round=said("words", round_.title, round_.languages)),
            text(
                "Your ballot on “%(entry)s” is a draft again and does not count until you submit it. Reason: "
                "%(reason)s",
                entry=assignment.entry.title,
                reason=reason,
            ),
        ),
    )
