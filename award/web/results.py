"""Locking a stage, freezing its result, and taking the result away in every format."""
from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import TextAreaField

from award.domain import lives
from award.domain.report import Choice
from award.exports import FORMATS, csv_
from award.exports.tables import tables
from award.exports.vouching import on_every_row
from award.i18n import text
from award.models import Result, Stage
from award.permissions import Permission
from award.services import compositions, entrants, rankings, results
from award.web import answers, downloads
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed
from award.web.frame import page_language

bp = Blueprint("results", __name__)
FULL, PUBLIC = Choice(), Choice(variant="public")
WITH = (joinedload(Stage.round), selectinload(Stage.rulebooks), selectinload(Stage.results), joinedload(Stage.criteria))


class Confirm(Form):
    """A button and nothing else."""


class Reason(Form):
    reason = TextAreaField(text("Why now"), description=text("The jury and the auditor read this."), filters=[trimmed],
                           validators=[Needed(text("Write why, in one sentence.")), AtMost(2000)])


@bp.route("/stages/<int:stage_id>/lock", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def lock(stage):
    form = Confirm()
    lives.require("lock", stage.state)
    return answers.after(form, lambda: results.lock(stage, actor=current_user, now=now()),
                         done=lambda stage: url_for("rankings.show", stage_id=stage.id),
                         page=lambda: render_template("results/lock.html", form=form, stage=stage, round=stage.round,
                                                      preview=rankings.preview(stage), titles=rankings.titles(stage.round)))


@bp.route("/stages/<int:stage_id>/unlock", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def unlock(stage):
    form = Reason()
    lives.require("unlock", stage.state)
    return answers.after(form, lambda: results.unlock(stage, form.reason.data, actor=current_user, now=now()),
                         done=lambda stage: url_for("rounds.show", round_id=stage.round_id),
                         page=lambda: render_template("results/unlock.html", form=form, stage=stage, round=stage.round))


@bp.route("/stages/<int:stage_id>/result", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def create(stage):
    form = Confirm()
    lives.require("freeze", stage.state)
    return answers.after(form, lambda: results.freeze(stage, key=form.key.data, actor=current_user, now=now()),
                         done=lambda frozen: url_for("rankings.show", stage_id=stage.id),
                         page=lambda: render_template("results/create.html", form=form, stage=stage, round=stage.round,
                                                      preview=rankings.preview(stage)))


@bp.get("/results/<int:result_id>/<key>")
@requires(Permission.READ_ROUND, Result, options=(joinedload(Result.stage).joinedload(Stage.round),))
def download(result, key):
    return sent(result, key)


@bp.get("/results/<int:result_id>/csv/<table>")
@requires(Permission.READ_ROUND, Result, options=(joinedload(Result.stage).joinedload(Stage.round),))
def download_table(result, table):
    return sent_table(result, table)


def stem(result):
    """How the name of a file begins: the code of the round, and the number of the stage where it has several."""
    number, of = entrants.place(result.stage)
    return result.stage.round.code if of == 1 else f"{result.stage.round.code}-stage-{number}"


def sent(result, key, *, choice=FULL):
    """A frozen result in one of the quick formats, as a file to keep. PDF reports are made by the queue, not here."""
    if key not in FORMATS or key == "pdf":
        abort(404)
    made, language = FORMATS[key], page_language()
    document = compositions.compose(result, language=language, choice=choice)
    content = downloads.made(f"{key} {language}", [document], lambda: made.write(document, language=language))
    return downloads.answer(content, name=f"{stem(result)}-result-{result.number}-{language}.{made.extension}", mimetype=made.mimetype,
                            at=result.frozen_at)


def sent_table(result, key, *, choice=FULL):
    """One table of a frozen result as CSV; not found where this result has no such table."""
    language = page_language()
    document = compositions.compose(result, language=language, choice=choice)
    found = {table.key: table for table in tables(document, language)}
    table = on_every_row(found.get(key) or abort(404), document, language)
    return downloads.answer(csv_.document(table, language=language), name=f"{stem(result)}-result-{result.number}-{key}-{language}.csv",
                            mimetype=csv_.FORMAT.mimetype, at=result.frozen_at)
