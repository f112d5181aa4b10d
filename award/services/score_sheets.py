"""From stored ballots to the score sheet of a stage: which ballots count, and why each other one does not."""
import numpy as np
from sqlalchemy import BigInteger, and_, case, exists, select, type_coerce

from award.db import session
from award.domain import score_sheet
from award.models import Assignment, Ballot, Conflict, Criterion, Entry, Juror, Score, Screening
from award.models.types import PLACES
from award.services import entrants

RECUSED = exists().where(Conflict.juror_id == Assignment.juror_id, Conflict.entry_id == Assignment.entry_id)
CAUSE = case((RECUSED, "conflict"), (Assignment.state == "voided", "voided"), (Assignment.state == "declined", "declined"),
             (Ballot.id.is_(None), "not_started"), (Ballot.state == "draft", "not_submitted"), else_=None)
"""Why an assignment gives no ballot that counts; NULL when it does. The order is that of importance."""


def of_stage(stage, found=None):
    """(ScoreSheet, exclusions): the submitted ballots on eligible entries, and [{juror, entry, cause}] for every other pair.

    Entries are named by their number, jurors by their code, criteria by their key; `found` is `pairs(stage)` when that is
    known already. Three statements, whatever the size; the scores come as numbers only, and go into arrays at once.
    """
    found = pairs(stage) if found is None else found
    excluded = [{"juror": juror, "entry": entry, "cause": cause} for juror, entry, cause, _ballot in found if cause]
    counted = [(entry, juror, ballot) for juror, entry, cause, ballot in found if not cause]
    axes = (sorted({*_eligible(stage), *(entry for entry, _juror, _ballot in counted)}), sorted({pair[0] for pair in found}),
            sorted(c.key for c in stage.criteria))
    return _filled(axes, counted, {c.id: c.key for c in stage.criteria}, _scores(stage)), excluded


def _filled(axes, counted, keys, scores):
    """The sheet over the axes (entries, jurors, criteria) of counted (entry, juror, ballot id) and scores
    (columns: ballot id, criterion id, value)."""
    entries, jurors, criteria = ({name: place for place, name in enumerate(axis)} for axis in axes)
    known = {ballot: place for place, (_entry, _juror, ballot) in enumerate(counted)}
    ballots, of, values = scores
    line = np.fromiter((known.get(ballot, -1) for ballot in ballots), np.intp, len(ballots))
    column = np.fromiter(map({id_: criteria[key] for id_, key in keys.items()}.__getitem__, of), np.intp, len(of))
    pair = np.array([(entries[entry], jurors[juror]) for entry, juror, _ballot in counted], np.intp).reshape(-1, 2)
    missing = np.fromiter((value is None for value in values), bool, len(values))
    exact = np.fromiter((value or 0 for value in values), np.int64, len(values)) * (score_sheet.UNIT // PLACES)
    kept = line >= 0
    at = (*pair[line[kept]].T, column[kept])
    return score_sheet.from_places(axes, at, exact[kept], missing=missing[kept])


def pairs(stage):
    """[(juror code, entry number, why it does not count or None, ballot id or None)] of all assignments. One statement."""
    return session.execute(
        select(Juror.code, Entry.number, CAUSE, Ballot.id).select_from(Assignment).join(Juror).join(Entry).outerjoin(Ballot)
        .where(Assignment.stage_id == stage.id).order_by(Entry.number, Juror.code)).all()


def _scores(stage):
    """(ballot ids, criterion ids, values times PLACES or None) of the submitted ballots of the stage, as three columns.

    The driver's own tuples: an object for each of 30,000 rows would take three times as long as the query.
    """
    session.flush()
    wanted = (select(Score.ballot_id, Score.criterion_id, type_coerce(Score.value, BigInteger)).join(Ballot).join(Assignment)
              .where(Assignment.stage_id == stage.id, Ballot.state == "submitted"))
    rows = session.connection().execute(wanted).cursor.fetchall()
    return list(zip(*rows, strict=True)) or [(), (), ()]


def _eligible(stage):
    return session.scalars(select(Entry.number).join(Screening).where(
        and_(Entry.round_id == stage.round_id, Screening.eligible, Entry.state != "withdrawn", Entry.number.is_not(None),
             entrants.admitted(stage)))).all()


def comments(stage):
    """The statement that gives (juror code, entry number, criterion key, comment) of the ballots that count, by entry and criterion."""
    return (select(Juror.code, Entry.number, Criterion.key, Score.comment).select_from(Assignment).join(Juror).join(Entry).join(Ballot)
            .join(Score).join(Criterion).where(Assignment.stage_id == stage.id, CAUSE.is_(None), Score.comment != "")
            .order_by(Entry.number, Criterion.position, Juror.code))


def progress(found):
    """(ballots that count, ballots asked for) among `pairs`; recused, declined and voided pairs are not asked for."""
    causes = [cause for _juror, _entry, cause, _ballot in found]
    return causes.count(None), sum(cause in (None, "not_started", "not_submitted") for cause in causes)
