"""The audit: is the history of each programme and round whole, does each result follow from its figures, each ballot fit its receipt?"""

import hashlib
import json
import re
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import verification
from award.errors import Refused
from award.i18n import Text, text
from award.models import Assignment, Ballot, Event, Juror, Programme, Result, Round, Rulebook, Stage
from award.services import history, receipts

BROKEN, DIFFERS, NO_RECEIPT = 2, 3, 4
"""What a finding is about, as the exit code of `python -m award audit`; 0 means that all is whole."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: its exit code and what it is, in words."""

    code: int
    words: Text


def rounds():
    """All rounds, oldest first."""
    return session.scalars(select(Round).order_by(Round.id)).all()


def programmes():
    """All programmes, oldest first."""
    return session.scalars(select(Programme).order_by(Programme.id)).all()


def audit(round_):
    """Everything that is wrong with a round, the gravest first; [] when it is whole."""
    noted = _noted(round_)
    return [*of_history(round_), *_results(round_, noted), *_receipts(round_, noted)]


def of_history(chain):
    """What is wrong with the history of a round or a programme: its first break; nothing when it is whole."""
    broken = history.first_break(chain)
    last = session.scalar(select(func.max(Event.sequence)).where(history.in_chain(chain))) or 0
    if broken is not None:
        yield Finding(
            BROKEN,
            text(
                "The history is broken at line %(line)s: that line is not what was written, or one before it is missing.",
                line=broken,
            ),
        )
    elif last != chain.sequence:
        yield Finding(BROKEN, text("The history is broken at line %(line)s: the lines from there on are missing.", line=last + 1))


def _results(round_, noted):
    for rulebook in session.scalars(select(Rulebook).join(Stage).where(Stage.round_id == round_.id).order_by(Rulebook.id)):
        if _sha256(rulebook.body) not in noted:
            yield Finding(
                DIFFERS,
                text(
                    "Version %(number)s of the rules is not what was fixed: its checksum is not in the history.",
                    number=rulebook.number,
                ),
            )
    for result in session.scalars(select(Result).join(Stage).where(Stage.round_id == round_.id).order_by(Result.id)):
        place = _difference(result, noted)
        if place:
            yield Finding(
                DIFFERS,
                text(
                    "Result %(number)s differs from a recount. First difference: %(place)s",
                    number=result.number,
                    place=place,
                ),
            )


def _difference(result, noted):
    """Where a result first differs from what its own figures give, or from its checksum in the history; None when nowhere."""
    if _sha256(result.body) != result.sha256 or result.sha256 not in noted:
        return "sha256"
    try:
        return verification.verify(verification.read(result.body.encode()))
    except Refused as refusal:
        return str(refusal.message)


def _receipts(round_, noted):
    """Submitted ballots whose receipt is missing, does not fit the scores, or is not the newest in the history."""
    newest = _newest_receipts(round_)
    for ballot in session.scalars(
        select(Ballot)
        .join(Assignment)
        .join(Stage)
        .where(Stage.round_id == round_.id, Ballot.state == "submitted")
        .options(
            joinedload(Ballot.entry_version),
            joinedload(Ballot.assignment).options(joinedload(Assignment.juror), joinedload(Assignment.entry), joinedload(Assignment.stage)),
            selectinload(Ballot.scores),
        )
        .order_by(Ballot.id)
    ):
        pair = (ballot.assignment.stage_id, ballot.assignment.juror.code, ballot.assignment.entry.number)
        known = newest[pair] == ballot.receipt if pair in newest else ballot.receipt in noted
        if not (ballot.receipt and known and receipts.holds(ballot)):
            yield Finding(
                NO_RECEIPT,
                text(
                    "The ballot of %(juror)s on %(entry)s does not fit its receipt, or has none.",
                    juror=pair[1],
                    entry=pair[2],
                ),
            )


def _newest_receipts(round_):
    """{(stage id, juror, entry): receipt} as last given out when ballots were submitted."""
    found = session.execute(
        select(Juror.stage_id, Event.payload)
        .join(Juror, Juror.id == Event.object_id)
        .where(Event.round_id == round_.id, Event.act == "ballots_submitted", Event.kind == "juror")
        .order_by(Event.sequence)
    )
    return {(stage_id, payload["juror"], entry): receipt for stage_id, payload in found for entry, receipt in payload["receipts"].items()}


def _noted(round_):
    """All checksums that the history of the round names."""
    payloads = session.scalars(select(Event.payload).where(Event.round_id == round_.id))
    return {checksum for payload in payloads for checksum in re.findall(r"\b[0-9a-f]{64}\b", json.dumps(payload))}


def _sha256(body):
    return hashlib.sha256(body.encode()).hexdigest()
