"""What a ranking may need to know about entries beside their scores: category, the amount asked, the score of the stage before."""

from decimal import Decimal

from sqlalchemy import JSON, func, null, select, type_coerce

from award.db import session
from award.models import Category, Entry, Result, Stage, Version
from award.services import categories, entrants, results


def of_stage(stage):
    """[{entry, category?, cost?, carried?}] of the entries of a stage, for `award.domain.result.compute`, by number.

    `category` is its name in the language the round falls back to; `cost` the number that the newest version answers to the
    question that the rules name as `cost_field`; `carried`, where the rules count it, the exact score in the newest result of
    the stage before, on 0 to 1, as a text. One statement, and one more for an earlier stage.
    """
    earlier = _carried(stage) if stage.rules.get("carried") else {}
    lines = ((number, _fact(stage, name, cost, earlier.get(number))) for number, name, cost in session.execute(_statement(stage)))
    return [{"entry": number, **fact} for number, fact in lines if fact]


def _statement(stage):
    field = stage.rules.get("cost_field")
    newest = select(func.max(Version.number)).where(Version.entry_id == Entry.id).correlate(Entry).scalar_subquery()
    cost = null() if field is None else type_coerce(Version.answers, JSON)[str(field)].as_string()
    return (
        select(Entry.number, Category.name, cost)
        .select_from(Entry)
        .join(Version, (Version.entry_id == Entry.id) & (Version.number == newest))
        .outerjoin(Category, Category.id == Entry.category_id)
        .where(Entry.round_id == stage.round_id, Entry.state != "withdrawn", entrants.admitted(stage))
        .order_by(Entry.number)
    )


def _fact(stage, name, cost, carried):
    found = {"category": categories.title(stage.round, name) if name else None, "cost": _amount(cost), "carried": carried}
    return {key: value for key, value in found.items() if value is not None}


def _amount(answer):
    """A number as the form keeps it, whole where it is; None where nothing was answered."""
    if answer is None:
        return None
    amount = Decimal(answer)
    return int(amount) if amount == amount.to_integral_value() else amount


def _carried(stage):
    """{entry number: its score in the newest result of the stage before, as a text on 0 to 1}; {} before there is one."""
    before = (
        select(Stage.id)
        .where(Stage.round_id == stage.round_id, Stage.kind == "scoring", Stage.position < stage.position)
        .order_by(Stage.position.desc())
        .limit(1)
    ).scalar_subquery()
    found = session.scalar(select(Result).where(Result.stage_id == before).order_by(Result.number.desc()).limit(1))
    lines = results.body(found)["entries"] if found else ()
    return {line["entry"]: score for line in lines if (score := _exactly(line)) is not None}


def _exactly(line):
    if line["score_exact"] is not None or line["score"] is None:
        return line["score_exact"]
    return f"{Decimal(str(line['score'])) / 100:f}"
