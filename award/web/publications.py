"""Publishing in two steps, and the public result of a round."""
from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.exports import FORMATS
from award.models import Round
from award.permissions import Permission
from award.services import decisions, publications, rankings, results
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.reports import sent as sent_report
from award.web.results import Confirm, sent

bp = Blueprint("publications", __name__)
WITH = (joinedload(Round.programme),)


@bp.route("/rounds/<int:round_id>/publication", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def new(round_):
    form = Confirm()
    return answers.after(form, lambda: publications.publish(round_, actor=current_user, now=now()),
                         done=lambda round_: url_for(".show", round_id=round_.id),
                         page=lambda: render_template("publications/new.html", form=form, round=round_, ready=publications.readiness(round_),
                                                      result=publications.frozen(round_),
                                                      step=_step(round_)))


def _step(round_):
    """1 checks, 2 asks for the last word; there is nothing to publish before the decisions are closed."""
    return 2 if round_.state == "decided" and (request.args.get("step") == "2" or request.method == "POST") else 1


@bp.get("/rounds/<int:round_id>/result")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def show(round_):
    result = publications.frozen(round_) or abort(404)
    return render_template("publications/show.html", round=round_, result=result, body=results.body(result), lines=decisions.of_result(result),
                           outcomes=decisions.OUTCOMES, reports=publications.public_reports(round_), stage=result.stage,
                           receipts=publications.receipts(round_), formats=FORMATS, titles=rankings.titles(round_))


@bp.get("/rounds/<int:round_id>/result.<key>")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def download(round_, key):
    return sent(publications.frozen(round_) or abort(404), key)


@bp.get("/rounds/<int:round_id>/report-<language>.pdf")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def report(round_, language):
    found = {report.language: report for report in publications.public_reports(round_)}
    return sent_report(found.get(language) or abort(404))
