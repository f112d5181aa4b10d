"""Jury reports: asked for, on their way, ready to take away."""
from flask import Blueprint, abort, render_template, send_file, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload
from wtforms import SelectField
from wtforms.fields import SelectChoice

from award.i18n import LANGUAGES, NAMES, text
from award.models import Report, Result, Round, Stage
from award.permissions import Permission
from award.services import reports
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form
from award.web.frame import page_language
from award.web.results import stem

bp = Blueprint("reports", __name__)
WITH = (joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)


STATES = {"requested": ("todo", text("asked for")), "rendering": ("doing", text("being made")), "ready": ("done", text("ready")),
          "failed": ("alert", text("could not be made"))}


class ReportForm(Form):
    language = SelectField(text("Language of the report"), choices=[SelectChoice(code, NAMES[code]) for code in LANGUAGES])


@bp.get("/results/<int:result_id>/reports")
@requires(Permission.READ_ROUND, Result, options=WITH)
def index(result):
    return _page(result, ReportForm(data={"language": page_language()}))


@bp.post("/results/<int:result_id>/reports")
@requires(Permission.ORGANISE, Result, options=WITH)
def create(result):
    form = ReportForm()
    return answers.after(form, lambda: reports.request(result, language=form.language.data, actor=current_user, now=now()),
                         done=lambda _row: url_for(".index", result_id=result.id), page=lambda: _page(result, form))


def _page(result, form):
    return render_template("reports/index.html", result=result, stage=result.stage, round=result.stage.round, form=form,
                           reports=reports.of_result(result), states=STATES)


@bp.get("/reports/<int:report_id>.pdf")
@requires(Permission.READ_ROUND, Report, options=(joinedload(Report.result).joinedload(Result.stage).joinedload(Stage.round),))
def show(report):
    return sent(report)


def sent(report):
    """The file of a ready report, under a name that says what it is."""
    if report.state != "ready":
        abort(404)
    return send_file(reports.path(report), mimetype="application/pdf", as_attachment=True, etag=False,
                     download_name=f"{stem(report.result)}-jury-report-{report.result.number}-{report.language}.pdf")
