"""The ranking of a stage as it stands: the same function as the frozen result, without keeping it."""
from collections import OrderedDict
from dataclasses import dataclass, replace

from sqlalchemy import select

from award.db import kept, session
from award.domain import ballots, lives, result, special_awards
from award.errors import Invalid, Refused
from award.models import Entry, Juror, SpecialAward, Stage, User
from award.services import facts, rulebooks, score_sheets

KEPT = 32


@dataclass(frozen=True)
class Preview:
    """A ranking that nobody has frozen: the result as a dict, how many ballots are in, and how many were asked for.

    `refused`: why the method of the rules says nothing about these ballots yet, a Text; the result is then by the mean.
    """

    result: dict
    counted: int
    asked: int
    refused: object = None


def preview(stage):
    """The Preview of a stage, never stale: it is kept in memory only as long as the round's history has not moved."""
    memory = kept("previews", OrderedDict)
    key = (stage.id, stage.round.sequence)
    if key not in memory:
        memory[key] = _computed(stage)
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return memory[key]


def _computed(stage):
    pairs = score_sheets.pairs(stage)
    given, rules = _given(stage, pairs), _rules(stage)
    try:
        return Preview(result.compute(rules, **given), *score_sheets.progress(pairs))
    except Invalid:
        raise
    except Refused as refused:
        return Preview(result.compute(replace(rules, method="mean"), **given), *score_sheets.progress(pairs), refused=refused.message)


def compute(stage, rules=None):
    """The result of the stage's rules, or the Rulebook `rules` instead, and counted ballots, a dict in the form of award.domain.result.

    Raises Refused where the method says nothing about these ballots.
    """
    return result.compute(rules or _rules(stage), **_given(stage, score_sheets.pairs(stage)))


def _rules(stage):
    return rulebooks.frozen(stage) if stage.rulebooks else rulebooks.draft(stage)


def _given(stage, pairs):
    """What a result is computed from beside the rules. Figures on single jurors stay out of it: they are for the chair."""
    sheet, exclusions = score_sheets.of_stage(stage, pairs)
    return {"sheet": sheet, "exclusions": exclusions, "facts": facts.of_stage(stage), "seed": stage.rules.get("seed", 1),
            "diagnostics": False}


def titles(round_):
    """{entry number: (title, team)} of a round, in one statement."""
    found = session.execute(select(Entry.number, Entry.title, Entry.team).where(Entry.round_id == round_.id, Entry.number.is_not(None)))
    return {number: (title, team) for number, title, team in found}


def judged(round_):
    """The scoring stage whose result counts for the round: the last that has one, else the last of all; None when it has none."""
    found = select(Stage).where(Stage.round_id == round_.id, Stage.kind == "scoring")
    return session.scalar(found.order_by(Stage.results.any().desc(), Stage.position.desc()).limit(1))


def names(stage):
    """{juror code: name} of a stage."""
    return dict(session.execute(select(Juror.code, User.name).join(User, Juror.user_id == User.id).where(Juror.stage_id == stage.id)).all())


def awards(stage):
    """{key: texts of its name} of the special awards of a stage, in one statement."""
    return dict(session.execute(select(SpecialAward.key, SpecialAward.name).where(SpecialAward.stage_id == stage.id)).all())


def comments(stage, number):
    """{criterion key: [(juror code, comment), …]} on an entry; {} until the stage is locked, as jurors may still change them."""
    found = {}
    if lives.allows("decide", stage.state):
        for juror, _entry, criterion, comment in session.execute(score_sheets.comments(stage).where(Entry.number == number)):
            found.setdefault(criterion, []).append((juror, comment))
    return found


def totals(document):
    """{entry number: totals of its counted ballots on 0..100, ascending} of a result. Kept in memory under the result's checksums."""
    memory = kept("totals", OrderedDict)
    key = (document["sheet_sha256"], document["rulebook"]["sha256"], len(document["exclusions"]))
    if key not in memory:
        memory[key] = _totals(document)
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return memory[key]


def _totals(document):
    rules, sheet, passed = result.inputs(document)
    main = special_awards.main(rules)
    counted = ballots.count(main, special_awards.sheet(sheet, main), exclusions=passed).totals
    points = (counted.numerators * 100 / counted.denominator).tolist()
    return {number: sorted(p for p, there in zip(line, have, strict=True) if there)
            for number, line, have in zip(sheet.entries, points, counted.counted.tolist(), strict=True)}
