"""From stored ballots to the score sheet of a stage: which ballots count, and why each other one does not."""
from decimal import Decimal
from functools import cache

from sqlalchemy import BigInteger, and_, case, exists, select, type_coerce

from award.db import session
from award.domain import score_sheet
from award.models import Assignment, Ballot, Conflict, Criterion, Entry, Juror, Score, Screening
from award.models.types import PLACES

RECUSED = exists().where(Conflict.juror_id == Assignment.juror_id, Conflict.entry_id == Assignment.entry_id)
CAUSE = case((RECUSED, "conflict"), (Assignment.state == "voided", "voided"), (Assignment.state == "declined", "declined"),
             (Ballot.id.is_(None), "not_started"), (Ballot.state == "draft", "not_submitted"), else_=None)
"""Why an assignment gives no ballot that counts; NULL when it does. The order is that of importance."""


def of_stage(stage):
    """(ScoreSheet, exclusions): the submitted ballots on eligible entries, and [{juror, entry, cause}] for every other pair.

    Entries are named by their number, jurors by their code, criteria by their key. Two statements, whatever the size.
    """
    pairs = _pairs(stage)
    excluded = [{"juror": juror, "entry": entry, "cause": cause} for juror, entry, cause in pairs if cause]
    sheet = score_sheet.from_rows([(juror, entry, criterion, _decimal(value)) for juror, entry, criterion, value in _rows(stage)],
                                  entries=_eligible(stage), jurors={juror for juror, _entry, _cause in pairs},
                                  criteria=[c.key for c in stage.criteria])
    return sheet, excluded


@cache
def _decimal(value):
    return None if value is None else Decimal(value) / PLACES


def _pairs(stage):
    return session.execute(
        select(Juror.code, Entry.number, CAUSE).select_from(Assignment).join(Juror).join(Entry).outerjoin(Ballot)
        .where(Assignment.stage_id == stage.id).order_by(Entry.number, Juror.code)).all()


def _rows(stage):
    return session.execute(
        select(Juror.code, Entry.number, Criterion.key, type_coerce(Score.value, BigInteger)).select_from(Assignment)
        .join(Juror).join(Entry).join(Ballot).join(Score).join(Criterion)
        .where(Assignment.stage_id == stage.id, CAUSE.is_(None))).all()


def _eligible(stage):
    return session.scalars(select(Entry.number).join(Screening).where(
        and_(Entry.round_id == stage.round_id, Screening.eligible, Entry.state != "withdrawn", Entry.number.is_not(None)))).all()


def progress(stage):
    """(ballots that count, ballots asked for) of a stage; recused, declined and voided pairs are not asked for."""
    causes = [cause for _juror, _entry, cause in _pairs(stage)]
    return causes.count(None), sum(cause in (None, "not_started", "not_submitted") for cause in causes)
