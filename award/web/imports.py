"""Bringing a score sheet into a stage."""
from flask import Blueprint, render_template, url_for
from flask_login import current_user
from flask_wtf.file import FileField
from sqlalchemy.orm import joinedload, selectinload

from award.domain import lives
from award.i18n import text
from award.models import Round, Stage
from award.permissions import Permission
from award.services import imports
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form, Needed

bp = Blueprint("imports", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.rulebooks), selectinload(Stage.criteria), selectinload(Stage.jurors))


class SheetForm(Form):
    sheet = FileField(text("Score sheet (CSV)"), validators=[Needed(text("Choose the CSV file with the scores."))],
                      description=text("Columns juror, entry, criterion, score and, if you like, comment. An empty score is missing."))


@bp.route("/stages/<int:stage_id>/import", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def new(stage):
    form = SheetForm()
    lives.require("import", stage.state)
    return answers.after(form, lambda: imports.bring_in(stage, form.sheet.data.read(), actor=current_user._get_current_object(), now=now(),
                                                        name=form.sheet.data.filename[-60:]),
                         done=lambda _count: url_for("rankings.show", stage_id=stage.id),
                         page=lambda: render_template("imports/new.html", form=form, stage=stage, round=stage.round))
