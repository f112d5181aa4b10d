"""What is missing before the next step: gathers what the checks of `domain.readiness` look at, in a fixed number of statements."""

from collections import defaultdict

from sqlalchemy import select

from award.db import session
from award.domain import jury_readiness, readiness
from award.domain.jury_readiness import Judging
from award.domain.readiness import Plan, missing, passed, require
from award.i18n import said
from award.models import Assignment, Ballot, Conflict, Entry, Juror, Score, Screening, User
from award.services import criteria, entrants, rulebooks

__all__ = ["before_call", "before_lock", "before_stage", "judging", "judgings", "missing", "passed", "plan", "require"]


def before_call(round_, *, now):
    """The checks before the call of a round can open."""
    return [*readiness.before_call(plan(round_), now=now), *jury_readiness.further(_further(round_))]


def _further(round_):
    """[(title, how many criteria)] of the scoring stages after the first."""
    scoring = [stage for stage in round_.stages if stage.kind == "scoring"]
    return [(said("words", stage.title, round_.languages), len(stage.criteria)) for stage in scoring[1:]]


def before_stage(stage, found=None):
    """The checks before a stage can open; `found` is its `judging` when that is known already."""
    return jury_readiness.before_stage(found or judging(stage), _scales(stage), faults=rulebooks.faults(stage))


def before_lock(stage, found=None):
    """The checks before a stage can be locked; `found` is its `judging` when that is known already."""
    unchanged = rulebooks.unchanged(stage, stage.rulebooks[-1] if stage.rulebooks else None)
    return jury_readiness.before_lock(found or judging(stage), _scales(stage), unchanged=unchanged)


def plan(round_):
    """The round as set up, with its first scoring stage and the texts of all."""
    scoring = [stage for stage in round_.stages if stage.kind == "scoring"]
    stage = scoring[0] if scoring else None
    rows = stage.criteria if stage else []
    texts = [
        round_.title,
        round_.purpose,
        *(words for field in round_.fields for words in (field.label, field.hint)),
        *(words for each in scoring for row in each.criteria for words in (row.name, row.description, *row.anchors.values())),
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
    """Who judges what in the stage, and how far it is; a fixed number of statements."""
    return judgings([stage])[stage.id]


def judgings(stages):
    """{stage id: its Judging}, in six statements for any number of stages of loaded rounds, one less without a later stage."""
    rounds, ids = [stage.round_id for stage in stages], [stage.id for stage in stages]
    before = {stage.id: entrants.preceding(stage) for stage in stages}
    through = entrants.going_on(list(filter(None, before.values())))
    entries = _by_first(
        select(Entry.round_id, Entry.id, Entry.number, Entry.language, Screening.eligible)
        .outerjoin(Entry.screening)
        .where(Entry.round_id.in_(rounds), Entry.state == "submitted")
    )
    jurors = _by_first(
        select(Juror.stage_id, Juror.id, User.name, Juror.code, Juror.languages, Juror.state)
        .join(Juror.user)
        .where(Juror.stage_id.in_(ids))
    )
    pairs, conflicts, commented = (_by_first(wanted(ids)) for wanted in (_pairs, _conflicts, _commented))
    return {
        stage.id: _judging(
            _entries(entries[stage.round_id], before[stage.id], through),
            jurors[stage.id],
            (pairs[stage.id], conflicts[stage.id], commented[stage.id]),
            stage,
        )
        for stage in stages
    }


def _by_first(wanted):
    """The rows of a statement without their first column, {first column: [the rest, …]}."""
    found = defaultdict(list)
    for first, *rest in session.execute(wanted):
        found[first].append(rest)
    return found


def _entries(found, before, through):
    """What a Judging says of the entries, by its names: those of the stage, and how many of the round are eligible or not."""
    admitted = None if before is None else through[before.id]
    verdicts = [eligible for *_entry, eligible in found]
    return {
        "entries": {n: language for id_, n, language, eligible in found if eligible and (admitted is None or id_ in admitted)},
        "unscreened": verdicts.count(None),
        "refused": verdicts.count(False),
        "eligible": verdicts.count(True),
        "before": before.state if before else None,
    }


def _judging(entries, jurors, by_pair, stage):
    labels, (pairs, conflicts, commented) = _labels(jurors), by_pair
    return Judging(
        **entries,
        jurors={
            labels[id_]: tuple(languages or ()) for id_, _name, _code, languages, state in jurors if state == "accepted"
        },
        waiting=sum(state == "invited" for *_juror, state in jurors),
        pairs={(labels[id_], number): state for id_, number, state in pairs},
        conflicts=frozenset((labels[id_], number) for id_, number in conflicts),
        commented=frozenset(number for (number,) in commented),
        min_ballots=stage.rules.get("min_ballots", 1),
    )


def _labels(jurors):
    """The name of each juror, with the code where two have the same name."""
    names = [name for _id, name, *_juror in jurors]
    return {id_: name if names.count(name) == 1 else f"{name} ({code})" for id_, name, code, *_juror in jurors}


def _pairs(stages):
    return (
        select(Assignment.stage_id, Assignment.juror_id, Entry.number, Ballot.state)
        .join(Assignment.entry)
        .outerjoin(Assignment.ballot)
        .where(Assignment.stage_id.in_(stages), Assignment.state.in_(("proposed", "notified")))
    )


def _conflicts(stages):
    return (
        select(Juror.stage_id, Conflict.juror_id, Entry.number)
        .join(Conflict.juror)
        .join(Conflict.entry)
        .where(Juror.stage_id.in_(stages), Entry.number.is_not(None))
    )


def _commented(stages):
    return (
        select(Assignment.stage_id, Entry.number)
        .distinct()
        .select_from(Score)
        .join(Score.ballot)
        .join(Ballot.assignment)
        .join(Assignment.entry)
        .where(Assignment.stage_id.in_(stages), Ballot.state == "submitted", Score.comment != "")
    )


def _scales(stage):
    return tuple(criteria.scale_of(row) for row in stage.criteria)
