"""The ranking of a stage: the live preview or the frozen result, and how one entry's score came about."""
from flask import Blueprint, abort, render_template, request
from sqlalchemy.orm import joinedload, selectinload

from award.domain import result as domain_result
from award.domain import workings
from award.models import Round, Stage
from award.permissions import Permission
from award.services import rankings, results
from award.web import rule_words
from award.web.access import requires

bp = Blueprint("rankings", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.rulebooks), selectinload(Stage.results), joinedload(Stage.criteria))
PAGE = 50
ALL = "all"


@bp.get("/stages/<int:stage_id>/ranking")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def show(stage):
    shown, preview = _shown(stage)
    page, last = _page(len(shown["entries"]))
    rows = shown["entries"] if page is None else shown["entries"][(page - 1) * PAGE:page * PAGE]
    totals = rankings.totals(shown)
    return render_template("rankings/show.html", stage=stage, round=stage.round, result=shown, rows=rows, preview=preview, page=page, last=last,
                           frozen=results.newest(stage), titles=rankings.titles(stage.round), ballots=totals, axis=_axis(totals, rows))


@bp.get("/stages/<int:stage_id>/ranking/<number>")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def entry(stage, number):
    shown, preview = _shown(stage)
    line = next((line for line in shown["entries"] if line["entry"] == number), None) or abort(404)
    rules, sheet, passed = domain_result.inputs(shown)
    lines = workings.of_entry(rules, sheet, entry=number, exclusions=passed)
    return render_template("rankings/entry.html", stage=stage, round=stage.round, result=shown, placing=line, lines=lines, rules=rules,
                           preview=preview, frozen=results.newest(stage), title=rankings.titles(stage.round).get(number, (number, "")),
                           missing=[e for e in shown["exclusions"] if e["entry"] == number], jurors=rankings.names(stage),
                           comments=rankings.comments(stage, number))


def _shown(stage):
    """(the result to show, its Preview): the frozen result once there is one, else the ranking as it stands."""
    frozen = results.newest(stage)
    if frozen is not None:
        return results.body(frozen), None
    preview = rankings.preview(stage)
    return preview.result, preview


def _page(rows):
    """(page number, last page): (None, n) when all rows are asked for on one page."""
    last = max(1, -(-rows // PAGE))
    asked = request.args.get("page", "1")
    if asked == ALL:
        return None, last
    return min(max(1, int(asked)), last) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1, last


def _axis(totals, rows):
    """The lowest score on the chart's axis, a multiple of ten; the highest is 100."""
    lowest = min((totals[line["entry"]][0] for line in rows if totals.get(line["entry"])), default=0)
    return min(90, int(lowest // 10) * 10)


for _name, _words in {"cause": rule_words.cause, "why": rule_words.why, "rule_in_words": rule_words.rule, "ties_in_words": rule_words.ties,
                      "tie_step": rule_words.tie_step, "criterion_name": rule_words.criterion}.items():
    bp.add_app_template_filter(_words, _name)
