"""The rules of a stage: as they stand, and as they are frozen when the stage opens."""

import json
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import flag_modified

from award.db import session
from award.domain import rules_file
from award.domain.canonical import canonical_json
from award.domain.rulebook import to_dict
from award.errors import FaultyInput, Missing
from award.i18n import pick, text
from award.models import Assignment, Rulebook

NUMBERS = ("threshold", "margin", "budget", "carried")
"""Rules that a stage keeps as texts, such as "10.5", so that they stay exact."""
RULES = ("method", "order", "trim", "lambda", "missing", "min_ballots", "ties", "top", "cut", "unconnected", *NUMBERS)


def draft(stage, rules=None):
    """The domain Rulebook of the stage's criteria and its rules, or `rules` instead. Raises FaultyInput with what does not fit."""
    return rules_file.from_dict(as_table(stage, rules))


def as_table(stage, rules=None):
    """The criteria and special awards of the stage and its rules, or `rules` instead, under the keys of RULES.toml."""
    given = stage.rules if rules is None else rules
    rules = {name: _value(name, given[name]) for name in RULES if given.get(name) is not None}
    parts = {"criterion": [_criterion(criterion) for criterion in stage.criteria]}
    specials = [_special(award, stage) for award in stage.special_awards]
    return {"title": title(stage), **rules, **parts, **({"special": specials} if specials else {})}


def _value(name, value):
    exact = name in NUMBERS or (name == "lambda" and value != "reml")
    return Decimal(value) if exact else value


def _special(award, stage):
    shares = {row.criterion_id: row.share for row in award.shares}
    counting = [{"name": c.key, "share": shares[c.id]} for c in stage.criteria if c.id in shares]
    return {"name": award.key, "criterion": counting, **({"entries": award.entries} if award.entries else {})}


def title(stage):
    """The title of the stage's rules: that of its round, in the language the round falls back to."""
    return pick(stage.round.title, stage.round.languages[0], stage.round.languages)


def _criterion(criterion):
    return {
        "name": criterion.key,
        "share": criterion.share,
        "scale": [criterion.low, criterion.high],
        "step": criterion.step,
        "threshold": criterion.threshold,
        "better": criterion.better,
        "decimals": criterion.decimals,
    }


def recommended(stage):
    """The method that fits the assignments: "mean" when every juror judges every entry, otherwise "additive"; None before there are any."""
    pair = (Assignment.juror_id, Assignment.entry_id)
    jurors, entries, pairs = session.execute(
        select(*(func.count(func.distinct(one)) for one in pair), func.count())
        .where(Assignment.stage_id == stage.id, Assignment.state.in_(("proposed", "notified")))).one()
    return ("mean" if pairs == jurors * entries else "additive") if pairs else None


def newest(stage):
    """The newest frozen rules of the stage, a row; None when the stage has never opened."""
    return session.scalar(
        select(Rulebook).where(Rulebook.stage_id == stage.id).order_by(Rulebook.number.desc()).limit(1)
    )


def frozen(stage):
    """The domain Rulebook in the newest frozen rules of the stage. Raises Missing when the stage has never opened."""
    found = newest(stage)
    if found is None:
        raise Missing(text("The rules are fixed when the stage opens."))
    return read(found)


def read(row):
    """The domain Rulebook in frozen rules."""
    return rules_file.from_dict(json.loads(row.body))


def freeze(stage, *, reason="", actor, now):
    """Fix the rules as they stand: canonical JSON, its SHA-256, the next number. Gives the row. Raises FaultyInput."""
    body = canonical_json(to_dict(draft(stage))).decode()
    number = len(stage.rulebooks) + 1
    row = Rulebook(
        stage=stage,
        number=number,
        body=body,
        sha256=draft(stage).sha256,
        reason=reason,
        frozen_at=now,
        frozen_by_id=actor.id,
    )
    session.add(row)
    session.flush()
    return row


def unchanged(stage, row):
    """Whether the criteria and rules still are those that were frozen."""
    return row is not None and not faults(stage) and draft(stage).sha256 == row.sha256


def faults(stage):
    """What does not fit together in the rules as they stand, as a list of Text; [] when they can be frozen."""
    try:
        draft(stage)
    except FaultyInput as faulty:
        return faulty.faults
    return []


def touch(stage):
    """Count the stage's version up, as its criteria are part of it: whoever has it open hears that it changed."""
    flag_modified(stage, "rules")
