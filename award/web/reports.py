"""The documents of a result: asked for, on their way, ready to take away."""
from flask import Blueprint, abort, render_template, request, send_file, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.exports.paper.documents import DOCUMENTS
from award.i18n import ntext, text
from award.models import Entry, Report, Result, Round, Stage
from award.permissions import Permission
from award.services import report_files, report_readers, reports
from award.web import answers, report_forms
from award.web.access import requires
from award.web.clock import now
from award.web.results import stem

bp = Blueprint("reports", __name__)
WITH = (joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)
OF_REPORT = (joinedload(Report.result).joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)
PAGE = 50
STATES = {"requested": ("todo", text("asked for")), "rendering": ("doing", text("being made")), "ready": ("done", text("ready")),
          "sealed": ("done", text("sealed")), "failed": ("alert", text("could not be made")), "cancelled": ("stop", text("cancelled"))}
USUAL = "jury_report"


@bp.get("/results/<int:result_id>/reports")
@requires(Permission.READ_ROUND, Result, options=WITH)
def index(result):
    kind = request.args.get("kind", "")
    form = report_forms.of_kind(kind or USUAL, result)
    return _page(result, form, chosen=kind if "languages" in form else "")


@bp.post("/results/<int:result_id>/reports")
@requires(Permission.ORGANISE, Result, options=WITH)
def create(result):
    form = report_forms.of_kind(request.form.get("kind", ""), result)
    known = "languages" in form
    if not known:
        form.refusals.append(report_forms.UNKNOWN)
        return _page(result, form), 422
    return answers.after(form, lambda: _asked(result, form), done=lambda _rows: url_for(".index", result_id=result.id),
                         page=lambda: _page(result, form, chosen=form.kind.data))


def _asked(result, form):
    rows = reports.request_all(result, report_forms.wanted(form, result), actor=current_user, now=now())
    coming = sum(row.state in reports.COMING for row in rows)
    answers.say(ntext("%(num)s document is on its way.", "%(num)s documents are on their way.", coming) if coming
                else text("It was made before and is ready: nothing has changed since."))
    return rows


def _page(result, form, chosen=""):
    counted = reports.count(result)
    last = max(1, -(-sum(counted.values()) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template("reports/index.html", result=result, stage=result.stage, round=result.stage.round, form=form, chosen=DOCUMENTS.get(chosen),
                           usual=DOCUMENTS[USUAL], documents=DOCUMENTS, offered=report_forms.offered(result), states=STATES,
                           variants=report_forms.VARIANTS, audience=report_forms.AUDIENCE,
                           reports=reports.of_result(result, skip=(page - 1) * PAGE, most=PAGE),
                           page=page, last=last, coming=sum(counted.get(state, 0) for state in reports.COMING))


@bp.post("/reports/<int:report_id>/cancellation")
@requires(Permission.ORGANISE, Report, options=OF_REPORT)
def cancel(report):
    reports.cancel(report, actor=current_user, now=now())
    return answers.done(text("The document is cancelled."), ".index", result_id=report.result_id)


@bp.post("/reports/<int:report_id>/again")
@requires(Permission.ORGANISE, Report, options=OF_REPORT)
def again(report):
    reports.again(report, actor=current_user, now=now())
    return answers.done(text("The document is asked for again."), ".index", result_id=report.result_id)


@bp.get("/reports/<int:report_id>.pdf")
@requires(Permission.READ_ROUND, Report, options=OF_REPORT)
def show(report):
    return sent(report)


@bp.get("/entries/<int:entry_id>/documents/<int:number>.pdf")
@requires(Permission.READ_ENTRY, Entry, options=(joinedload(Entry.round).joinedload(Round.programme), joinedload(Entry.members)))
def own(entry, number):
    """A document for the team of an entry, by its number, once the round is published."""
    return sent(next((row for row in report_readers.own(entry) if row.id == number), None) or abort(404))


def sent(report):
    """The file of a finished report, under a name that says what it is."""
    if report.state not in reports.FINISHED or not report_files.is_there(report):
        abort(404)
    parts = [stem(report.result), report.kind.replace("_", "-"), report.variant if report.variant != "full" else "",
             report.entry.number if report.entry else "", str(report.result.number), report.language]
    return send_file(report_files.path(report), mimetype="application/pdf", as_attachment=True, etag=False,
                     download_name=f"{'-'.join(filter(None, parts))}.pdf")


def titles():
    """{kind: what it is called}; for pages that offer documents."""
    return {key: document.title for key, document in DOCUMENTS.items()}
