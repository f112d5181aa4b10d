"""The call as everybody reads it: when it is open, what the jury looks at, who judges, how ties are settled."""
import json
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.i18n import said, text
from award.models import Juror, Round, Rulebook, Stage
from award.services import entries, rulebooks, stages

PHASES = ("preview", "soon", "open", "closed", "published")
TIES = {"firsts": text("The higher number of first places among jurors.")}
BY_CRITERION = text("The higher average on %(criterion)s.")


@dataclass(frozen=True)
class Judging:
    """A stage of a call: the stage, its criteria as (criterion, share of the whole, anchors), the sentences of its tie
    chain, its rules under the keys of RULES.toml, its newest frozen rules or None, and how many jurors of how many organisations judge."""

    stage: Stage
    criteria: list
    ties: list
    rules: dict
    rulebook: Rulebook | None
    jurors: int
    organisations: int


def phase(round_, *, now):
    """One of PHASES: where the call stands at this instant."""
    if round_.state == "draft":
        return "preview"
    if round_.state in ("published", "archived"):
        return "published"
    if round_.state != "open" or now >= round_.closes_at:
        return "closed"
    return "soon" if now < round_.opens_at else "open"


def listed(*, now):
    """Rounds whose call is open or still to open, the first to close first."""
    return session.scalars(select(Round).where(Round.state == "open", Round.closes_at > now)
                           .options(joinedload(Round.programme)).order_by(Round.closes_at, Round.id)).all()


def judgings(round_):
    """The stages of the round that have criteria, in order; a fixed number of statements."""
    jurors = {stage_id: rest for stage_id, *rest in session.execute(
        select(Juror.stage_id, func.count(), func.count(func.distinct(func.nullif(Juror.organisation, "")))).join(Stage)
        .where(Stage.round_id == round_.id, Juror.state == "accepted").group_by(Juror.stage_id))}
    newest = {row.stage_id: row for row in session.scalars(
        select(Rulebook).join(Stage).where(Stage.round_id == round_.id).order_by(Rulebook.number))}
    return [Judging(stage, shares(stage), ties(stage), rules(stage, newest.get(stage.id)),
                    newest.get(stage.id), *jurors.get(stage.id, (0, 0)))
            for stage in round_.stages if stage.criteria]


def rules(stage, frozen):
    """The rules of the stage under the keys of RULES.toml: as frozen, or as they stand."""
    return json.loads(frozen.body) if frozen else {**stages.START, **rulebooks.as_table(stage)}


def shares(stage):
    """The criteria as (criterion, share of the whole, 0 to 1, anchors)."""
    total = sum(criterion.share for criterion in stage.criteria)
    return [(criterion, criterion.share / total if total else 0, anchors(criterion)) for criterion in stage.criteria]


def anchors(criterion):
    """The described steps of a scale, [(score as text, {language: text})], the best first."""
    described = [(score, words) for score, words in criterion.anchors.items() if words]
    return sorted(described, key=lambda step: float(step[0]), reverse=criterion.better == "higher")


def ties(stage):
    """What separates equal scores, step by step, as a list of Text; [] when equal scores share a place."""
    names = {criterion.key: criterion.name for criterion in stage.criteria}
    return [_tie(step, names, stage.round.languages) for step in stage.rules.get("ties") or ()]


def _tie(step, names, languages):
    key = step.removeprefix("criterion:")
    if key in names:
        return BY_CRITERION.filled(criterion=said("words", names[key], languages))
    return TIES.get(step, step)


def own_entries(round_, user):
    """The entries of the round that a person is a member of; none for a visitor."""
    return entries.of_person(round_, user) if user.is_authenticated else []
