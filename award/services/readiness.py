"""What is missing before the next step: gathers what the checks of `domain.readiness` look at, in a fixed number of statements."""

from sqlalchemy import select

from award.db import session
from award.domain import jury_readiness, readiness
from award.domain.jury_readiness import Judging
from award.domain.readiness import Plan, missing, passed, require
from award.models import Assignment, Ballot, Conflict, Entry, Juror, Score, Screening, User
from award.services import criteria, rulebooks

__all__ = ["before_call", "before_lock", "before_stage", "judging", "missing", "passed", "plan", "require"]


def before_call(round_, *, now):
    """The checks before the call of a round can open."""
    return readiness.before_call(plan(round_), now=now)


def before_stage(stage, found=None):
    """The checks before a stage can open; `found` is its `judging` when that is known already."""
    return jury_readiness.before_stage(found or judging(stage), _scales(stage), faults=rulebooks.faults(stage))


def before_lock(stage, found=None):
    """The checks before a stage can be locked; `found` is its `judging` when that is known already."""
    unchanged = rulebooks.unchanged(stage, stage.rulebooks[-1] if stage.rulebooks else None)
    return jury_readiness.before_lock(found or judging(stage), _scales(stage), unchanged=unchanged)


def plan(round_):
    """The round as set up, with its first scoring stage."""
    stage = next((stage for stage in round_.stages if stage.kind == "scoring"), None)
    rows = stage.criteria if stage else []
    texts = [
        round_.title,
        round_.purpose,
        *(words for field in round_.fields for words in (field.label, field.hint)),
        *(words for row in rows for words in (row.name, row.description, *row.anchors.values())),
    ]
    return Plan(
        languages=tuple(round_.languages),
        closes_at=round_.closes_at,
        purpose=round_.purpose or {},
        texts=tuple(filter(None, texts)),
        fields=len(round_.fields),
        criteria=_scales(stage) if stage else (),
        anchors=tuple(row.anchors for row in rows),
        faults=tuple(rulebooks.faults(stage)) if rows else (),
        stage=stage is not None,
    )


def judging(stage):
    """Who judges what in the stage, and how far it is, in five statements."""
    entries = session.execute(
        select(Entry.number, Entry.language, Screening.eligible)
        .outerjoin(Entry.screening)
        .where(Entry.round_id == stage.round_id, Entry.state == "submitted")
    ).all()
    jurors = session.execute(
        select(Juror.id, User.name, Juror.code, Juror.languages, Juror.state)
        .join(Juror.user)
        .where(Juror.stage_id == stage.id)
    ).all()
    labels = _labels(jurors)
    return Judging(
        entries={number: language for number, language, eligible in entries if eligible},
        unscreened=sum(eligible is None for _number, _language, eligible in entries),
        refused=sum(eligible is False for _number, _language, eligible in entries),
        jurors={
            labels[id_]: tuple(languages or ()) for id_, _name, _code, languages, state in jurors if state == "accepted"
        },
        waiting=sum(juror.state == "invited" for juror in jurors),
        pairs={(labels[id_], number): state for id_, number, state in session.execute(_pairs(stage))},
        conflicts=frozenset((labels[id_], number) for id_, number in session.execute(_conflicts(stage))),
        commented=frozenset(session.scalars(_commented(stage))),
        min_ballots=stage.rules.get("min_ballots", 1),
    )


def _labels(jurors):
    """The name of each juror, with the code where two have the same name."""
    names = [juror.name for juror in jurors]
    return {
        juror.id: juror.name if names.count(juror.name) == 1 else f"{juror.name} ({juror.code})" for juror in jurors
    }


def _pairs(stage):
    return (
        select(Assignment.juror_id, Entry.number, Ballot.state)
        .join(Assignment.entry)
        .outerjoin(Assignment.ballot)
        .where(Assignment.stage_id == stage.id, Assignment.state.in_(("proposed", "notified")))
    )


def _conflicts(stage):
    return (
        select(Conflict.juror_id, Entry.number)
        .join(Conflict.juror)
        .join(Conflict.entry)
        .where(Juror.stage_id == stage.id, Entry.number.is_not(None))
    )


def _commented(stage):
    return (
        select(Entry.number)
        .distinct()
        .select_from(Score)
        .join(Score.ballot)
        .join(Ballot.assignment)
        .join(Assignment.entry)
        .where(Assignment.stage_id == stage.id, Ballot.state == "submitted", Score.comment != "")
    )


def _scales(stage):
    return tuple(criteria.scale_of(row) for row in stage.criteria)
