"""A juror's ballot on an entry: what the page shows, and saving it, as often as somebody types."""

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import flag_modified, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from award.db import session
from award.domain import criteria as scales
from award.domain import lives
from award.errors import Invalid, Refused, Stale
from award.i18n import text
from award.models import Assignment, Ballot, Criterion, Juror, Score, Stage
from award.services import history

OVERTAKEN = text(
    "You saved this ballot somewhere else meanwhile. Nothing is lost: what is saved stands below, "
    "what you typed is in the form. Keep one, or combine them."
)
NEAR = 1
"""Two totals, of 100, closer than this are shown as a near tie."""
NOT_OPEN = text("This assignment is not open any more. Your ballot is kept as it is.")
IS_SUBMITTED = text("You submitted this ballot. Ask the chair or the organiser to reopen it.")


@dataclass(frozen=True)
class Marks:
    """What a juror gives: scores {criterion id: Decimal or None}, comments {criterion id: str}, a private note, and
    `read`, the
    id of the entry version that was on the page."""

    scores: dict
    comments: dict
    note: str = ""
    read: int | None = None


@dataclass(frozen=True)
class Desk:
    """One line of a juror's own list: the assignment, its place, and how far its ballot is. `total` is None until
    complete."""

    assignment: Assignment
    place: int
    given: int
    of: int
    total: Fraction | None
    uncommented: list = field(default_factory=list)

    @property
    def state(self):
        """submitted, complete, started or todo; void when it does not count; declined."""
        if self.assignment.state != "notified":
            return "void" if self.assignment.state == "voided" else self.assignment.state
        ballot = self.assignment.ballot
        if ballot is not None and ballot.state == "submitted":
            return "submitted"
        if self.of and self.given == self.of:
            return "complete"
        return "started" if self.given else "todo"


def rule(row):
    """The domain Criterion of a row, as far as single scores need it."""
    return scales.Criterion(
        row.key, *(Fraction(n) for n in (row.share, row.low, row.high, row.step)), better=row.better
    )


def criteria(stage):
    """The criteria of the stage, in order. One statement."""
    rows = session.scalars(select(Criterion).where(Criterion.stage_id == stage.id).order_by(Criterion.position)).all()
    set_committed_value(stage, "criteria", list(rows))
    return rows


def hold(assignment):
    """The stage with its criteria, kept from being locked until this transaction ends. Whether it is open, `require_open` says."""
    stage = assignment.stage
    rows = session.execute(
        select(Stage.state, Criterion)
        .outerjoin(Stage.criteria)
        .where(Stage.id == stage.id)
        .order_by(Criterion.position)
        .with_for_update(read=True, of=Stage)
    ).all()
    set_committed_value(stage, "state", rows[0].state)
    set_committed_value(stage, "criteria", [row.Criterion for row in rows if row.Criterion])
    return stage


def is_open(assignment):
    """Whether the juror may still score this entry."""
    ballot = assignment.ballot
    return (
        lives.allows("judge", assignment.stage.state)
        and assignment.state == "notified"
        and (ballot is None or ballot.state == "draft")
    )


def save(assignment, *, marks, version, now):
    """Save a juror's draft. The same content twice changes nothing and leaves no event. Gives the Ballot.

    Raises Refused when the stage is not open, the assignment void or the ballot submitted; Stale when the form was
    opened on an
    older version; Invalid for a score off its scale and for a version of another entry. The stage is to be held
    (`hold`).
    """
    ballot, changed = keep(assignment, marks=marks, version=version, now=now)
    if changed is not None:
        history.add(ballot, "ballot_saved", actor=assignment.juror.user, now=now, payload=_trace(assignment, changed))
    return ballot


def keep(assignment, *, marks, version, now):
    """Save without an event, for acts that leave their own: (Ballot, the scores that changed or None). Raises as
    `save`."""
    ballot = require_open(assignment)
    _check(assignment, marks)
    if ballot is not None and _same(ballot, marks):
        return ballot, None
    if version != (ballot.version if ballot else 0):
        raise Stale(OVERTAKEN)
    try:
        changed = _set(assignment, marks, now=now)
        session.flush()
    except (IntegrityError, StaleDataError):
        raise Stale(OVERTAKEN) from None
    return assignment.ballot, changed


def require_open(assignment):
    """The ballot, None before the first is saved. Raises Refused when the stage is not open, the assignment void or the ballot submitted."""
    lives.require("judge", assignment.stage.state)
    if assignment.state != "notified":
        raise Refused(NOT_OPEN)
    if assignment.ballot is not None and assignment.ballot.state == "submitted":
        raise Refused(IS_SUBMITTED)
    return assignment.ballot


def _check(assignment, marks):
    if marks.read not in {v.id for v in assignment.entry.versions}:
        raise Invalid(text("This version of the entry does not exist. Load the page again."))
    for row in assignment.stage.criteria:
        value = marks.scores.get(row.id)
        if value is not None:
            scales.check(rule(row), Fraction(value))


def _same(ballot, marks):
    kept = {s.criterion_id: (s.value, s.comment) for s in ballot.scores}
    given = {key: (marks.scores.get(key), marks.comments.get(key, "")) for key in kept}
    return kept == given and (ballot.note, ballot.entry_version_id) == (marks.note, marks.read)


def _set(assignment, marks, *, now):
    """Set the rows; gives the scores that changed. Every criterion has a row, so that later saves only update."""
    ballot, given = (
        assignment.ballot,
        {c.id: (marks.scores.get(c.id), marks.comments.get(c.id, "")) for c in assignment.stage.criteria},
    )
    if ballot is None:
        return _begin(assignment, marks, given, now=now)
    ballot.note, ballot.entry_version_id, ballot.saved_at = marks.note, marks.read, now
    changed = [s for s in ballot.scores if (s.value, s.comment) != given[s.criterion_id]]
    for score in changed:
        score.value, score.comment = given[score.criterion_id]
        flag_modified(score, "value")
        flag_modified(score, "comment")
    flag_modified(ballot, "saved_at")
    return changed


def _begin(assignment, marks, given, *, now):
    """The first save: all scores in one statement."""
    ballot = Ballot(assignment=assignment, note=marks.note, entry_version_id=marks.read, saved_at=now)
    session.add(ballot)
    session.flush()
    rows = [
        {"ballot_id": ballot.id, "criterion_id": id_, "value": value, "comment": comment}
        for id_, (value, comment) in given.items()
    ]
    scores = session.scalars(insert(Score).returning(Score), rows).all() if rows else []
    set_committed_value(ballot, "scores", sorted(scores, key=lambda s: s.criterion_id))
    return [s for s in ballot.scores if s.value is not None or s.comment]


def _trace(assignment, changed):
    """What of a save the history keeps: scores by criterion, the checksum of comments, no person."""
    keys = {c.id: c.key for c in assignment.stage.criteria}
    return {
        "entry": assignment.entry.number,
        "juror": assignment.juror.code,
        "scores": {keys[s.criterion_id]: None if s.value is None else f"{s.value:f}" for s in changed},
        "comments": hashlib.sha256("\x1f".join(s.comment for s in changed).encode()).hexdigest()[:16],
    }


def total(rows, scores):
    """The weighted total of complete scores {criterion id: Decimal}, 0..100 as a Fraction; None while one is
    missing."""
    weight = sum(Fraction(row.share) for row in rows)
    if not weight or any(scores.get(row.id) is None for row in rows):
        return None
    return 100 * sum(Fraction(row.share) * scales.unit(rule(row), Fraction(scores[row.id])) for row in rows) / weight


def own(juror):
    """The juror's own list, in the juror's own order, drawn once from the juror's number. Three statements,
    whatever its length."""
    rows = criteria(juror.stage)
    found = session.scalars(
        select(Assignment)
        .where(Assignment.juror_id == juror.id, Assignment.state != "proposed")
        .options(joinedload(Assignment.entry), joinedload(Assignment.ballot).selectinload(Ballot.scores))
    ).all()
    return [_desk(assignment, place, rows) for place, assignment in enumerate(sorted(found, key=_own_order), 1)]


def _own_order(assignment):
    return hashlib.sha256(f"{assignment.juror_id}:{assignment.entry_id}".encode()).digest()


def _desk(assignment, place, rows):
    scores = assignment.ballot.scores if assignment.ballot else []
    values = {s.criterion_id: s.value for s in scores}
    commented = {s.criterion_id for s in scores if s.comment}
    return Desk(
        assignment,
        place,
        sum(v is not None for v in values.values()),
        len(rows),
        total(rows, values),
        [row for row in rows if row.id not in commented],
    )


def near_ties(ranked):
    """The places in a list by total, from 0, whose total is less than NEAR from the one above or below."""
    pairs = [n for n in range(1, len(ranked)) if ranked[n - 1].total - ranked[n].total < NEAR]
    return {n for pair in pairs for n in (pair - 1, pair)}


def neighbours(assignment):
    """(place, number of places, next assignment still to submit or None) in the juror's own order. One statement."""
    found = session.execute(
        select(Assignment.id, Assignment.juror_id, Assignment.entry_id, Ballot.state)
        .outerjoin(Ballot)
        .where(Assignment.juror_id == assignment.juror_id, Assignment.state == "notified")
    ).all()
    order = sorted(found, key=_own_order)
    ids = [row.id for row in order]
    at = ids.index(assignment.id) if assignment.id in ids else -1
    rest = [row.id for row in order[at + 1 :] + order[: max(at, 0)] if row.state != "submitted"]
    return at + 1, len(ids), rest[0] if rest else None


def reopenable(stage):
    """Every pair of the stage that jurors were told of, whether or not there is a ballot, so that nothing shows who
    is how far."""
    return session.scalars(
        select(Assignment)
        .join(Juror)
        .where(Assignment.stage_id == stage.id, Assignment.state == "notified")
        .options(joinedload(Assignment.juror).joinedload(Juror.user), joinedload(Assignment.entry))
        .order_by(Juror.code, Assignment.entry_id)
    ).all()
