"""A result under every rule, side by side. The rule of the round decides; the others inform."""
from flask import Blueprint, render_template, request
from sqlalchemy.orm import joinedload, selectinload

from award.models import Round, Stage
from award.permissions import Permission
from award.services import comparisons, rankings, results
from award.web import comparison_words
from award.web.access import requires

bp = Blueprint("comparisons", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.rulebooks), selectinload(Stage.results), joinedload(Stage.criteria))
TOP = 10


@bp.get("/stages/<int:stage_id>/comparison")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def show(stage):
    document, preview = results.shown(stage)
    ranked = [line for line in document["entries"] if line["rank"]]
    whole = request.args.get("page") == "all"
    return render_template("comparisons/show.html", stage=stage, round=stage.round, result=document, preview=preview,
                           frozen=results.newest(stage), compared=comparisons.read(document), ranked=ranked, whole=whole,
                           rows=ranked if whole else ranked[:TOP], top=TOP, titles=rankings.titles(stage.round), words=comparison_words)
