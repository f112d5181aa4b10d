"""Versions of a stage's rules and of its result, two side by side."""
import re

from flask import Blueprint, render_template, request
from sqlalchemy.orm import joinedload, selectinload

from award.models import Result, Round, Rulebook, Stage
from award.permissions import Permission
from award.services import rankings, rulebook_versions
from award.web import rule_words, version_words
from award.web.access import requires

bp = Blueprint("rulebook_versions", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), joinedload(Stage.criteria), selectinload(Stage.special_awards),
        selectinload(Stage.rulebooks).joinedload(Rulebook.frozen_by), selectinload(Stage.results).joinedload(Result.frozen_by))
PAIR = re.compile(r"([1-9][0-9]{0,4})-([1-9][0-9]{0,4})")
TOP = 20


@bp.get("/stages/<int:stage_id>/rulebook-versions")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def show(stage):
    rules, frozen = (_chosen(rows, name) for rows, name in ((stage.rulebooks, "rules"), (stage.results, "results")))
    return render_template("rulebook_versions/show.html", stage=stage, round=stage.round, titles=rankings.titles(stage.round),
                           rules=rules and _compared([rulebook_versions.of_rules(stage, row) for row in rules], stage),
                           results=frozen and _compared([rulebook_versions.of_result(row) for row in frozen], stage),
                           pairs=pairs, whole=request.args.get("page") == "all", top=TOP, words=version_words, cause=rule_words.cause)


def pairs(rows):
    """The pairs of numbers to choose from: each version with the one before it, and the first with the last."""
    numbers = [row.number for row in rows]
    found = list(zip(numbers, numbers[1:], strict=False))
    return [*found, *([(numbers[0], numbers[-1])] if len(numbers) > 2 else [])]


def _chosen(rows, name):
    """The two rows that the address asks for, else the newest two; None where there are not two."""
    if len(rows) < 2:
        return None
    asked = PAIR.fullmatch(request.args.get(name, ""))
    known = {row.number: row for row in rows}
    found = [known.get(int(number)) for number in asked.groups()] if asked else []
    return found if all(found) and len(set(found)) == 2 else rows[-2:]


def _compared(sides, stage):
    """What the page shows of two versions."""
    before, after = sides
    ranked = before.ranking is not None and after.ranking is not None
    places = rulebook_versions.places(before.ranking, after.ranking) if ranked else []
    return {"sides": sides, "places": places, "moved": rulebook_versions.moved(places), "ranked": ranked,
            "sentences": version_words.changed(before.table, after.table, stage),
            "criteria": list(rulebook_versions.criteria(before.table, after.table)),
            "ballots": rulebook_versions.ballots(before.ranking, after.ranking) if ranked else None}
