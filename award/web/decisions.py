"""The jury's decisions on a frozen result."""
from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from award.domain import lives
from award.i18n import text
from award.models import Result, Round, Stage
from award.permissions import Permission
from award.services import decisions, publications
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed
from award.web.results import Confirm

bp = Blueprint("decisions", __name__)
WITH = (joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)


class DecisionForm(Form):
    outcome = RadioField(text("Decision"), choices=[SelectChoice(key, words) for key, words in decisions.OUTCOMES.items()],
                         validators=[Needed(text("Choose what the jury decided."))])
    reason = TextAreaField(text("Reasons of the decision"), filters=[trimmed], validators=[AtMost(10_000)],
                           description=text("The team reads this, and it stands in the jury report. "
                                            "It is required when the decision departs from the ranking."))


@bp.get("/results/<int:result_id>/decisions")
@requires(Permission.READ_ROUND, Result, options=WITH)
def index(result):
    return _index(result, Confirm())


def _index(result, form):
    lines = decisions.of_result(result)
    return render_template("decisions/index.html", result=result, stage=result.stage, round=result.stage.round, lines=lines, form=form,
                           missing=sum(line.decision is None for line in lines), outcomes=decisions.OUTCOMES)


@bp.route("/results/<int:result_id>/decisions/<number>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Result, options=WITH)
def edit(result, number):
    lives.require("deliberate", result.stage.round.state)
    lines = decisions.of_result(result)
    line = next((line for line in lines if line.entry.number == number), None) or abort(404)
    form = DecisionForm(data={"outcome": line.decision.outcome, "reason": line.decision.reason} if line.decision else None)
    return answers.after(form, lambda: decisions.record(result, line.entry, outcome=form.outcome.data, reason=form.reason.data or "",
                                                        by=(current_user, now())),
                         done=lambda decision: url_for(".index", result_id=result.id) + f"#{number}",
                         page=lambda: render_template("decisions/edit.html", result=result, stage=result.stage, round=result.stage.round,
                                                      placing=line, form=form, outcomes=decisions.OUTCOMES))


@bp.post("/results/<int:result_id>/conclusion")
@requires(Permission.ORGANISE, Result, options=WITH)
def conclude(result):
    form = Confirm()
    return answers.after(form, lambda: publications.conclude(result, actor=current_user, now=now()),
                         done=lambda _none: url_for("rounds.show", round_id=result.stage.round_id), page=lambda: _index(result, form))
