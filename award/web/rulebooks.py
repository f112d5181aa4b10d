"""Frozen rules, for everybody to read: what determines a result, and the checksum to hold it against."""

import json

from flask import Blueprint, Response, render_template
from sqlalchemy.orm import joinedload, selectinload

from award.models import Round, Rulebook, Stage
from award.permissions import Permission
from award.services import rulebooks
from award.web import rule_words
from award.web.access import requires

bp = Blueprint("rulebooks", __name__)
bp.add_app_template_filter(rule_words.rules, "rules_in_words")
WITH = (
    joinedload(Rulebook.stage).options(
        joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.rulebooks), selectinload(Stage.criteria),
        selectinload(Stage.special_awards),
    ),
)


@bp.get("/rulebooks/<int:rulebook_id>")
@requires(Permission.READ_CALL, Rulebook, options=WITH)
def show(rulebook):
    return render_template(
        "rulebooks/show.html",
        row=rulebook,
        stage=rulebook.stage,
        round=rulebook.stage.round,
        rulebook=rulebooks.read(rulebook),
        table=json.loads(rulebook.body),
    )


@bp.get("/rulebooks/<int:rulebook_id>.json")
@requires(Permission.READ_CALL, Rulebook, options=WITH)
def download(rulebook):
    """The very bytes whose checksum is shown."""
    name = f"{rulebook.stage.round.code}-rules-{rulebook.number}.json"
    return Response(
        rulebook.body, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
