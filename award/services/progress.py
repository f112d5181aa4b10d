"""How far the jury of a stage is: counts per juror, never a score."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from award.db import session
from award.models import Assignment, Ballot, Juror, User


@dataclass(frozen=True)
class JurorProgress:
    """One juror's ballots: how many entries are assigned, how many ballots are in, how many are begun."""

    juror_id: int
    name: str
    chair: bool
    state: str
    languages: tuple[str, ...]
    total: int
    submitted: int
    begun: int
    last_seen: datetime | None

    @property
    def standing(self):
        """invited, declined, waiting (nothing assigned), not_started, under_way or finished."""
        if self.state != "accepted":
            return self.state
        if self.total == 0:
            return "waiting"
        if self.submitted == self.total:
            return "finished"
        return "under_way" if self.submitted or self.begun else "not_started"


def of_stages(stages):
    """{stage id: the progress of its jurors, the chair first, then by name}, in one statement. Voided assignments do not count."""
    live = Assignment.state.in_(("proposed", "notified"))
    counted = (
        select(
            Juror.stage_id,
            Juror.id,
            User.name,
            Juror.chair,
            Juror.state,
            Juror.languages,
            func.count(case((live, Assignment.id))),
            func.count(case((live & (Ballot.state == "submitted"), Ballot.id))),
            func.count(case((live & (Ballot.state == "draft"), Ballot.id))),
            func.max(Ballot.saved_at),
            Juror.answered_at,
        )
        .join(Juror.user)
        .outerjoin(Assignment, Assignment.juror_id == Juror.id)
        .outerjoin(Ballot, Ballot.assignment_id == Assignment.id)
        .where(Juror.stage_id.in_([stage.id for stage in stages]))
        .group_by(Juror.id, User.id)
        .order_by(Juror.chair.desc(), User.name, Juror.id)
    )
    found = {stage.id: [] for stage in stages}
    for stage_id, id_, name, chair, state, languages, *counts, saved, answered in session.execute(counted):
        found[stage_id].append(JurorProgress(id_, name, chair, state, tuple(languages or ()), *counts, saved or answered))
    return found


def ballots(jurors):
    """Of a list of JurorProgress: the ballots submitted and the ballots asked for, as (int, int)."""
    return sum(juror.submitted for juror in jurors), sum(juror.total for juror in jurors)


def unfinished(jurors):
    """The jurors of the list who accepted and still have ballots to submit."""
    return [juror for juror in jurors if juror.standing in ("not_started", "under_way")]
