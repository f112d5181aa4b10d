"""The jury's decisions on a frozen result."""
from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice

from award.domain import lives
from award.i18n import ntext, text
from award.models import Result, Round, Stage
from award.permissions import Permission
from award.services import decisions, entrants, publications, results, stages
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed
from award.web.results import Confirm

bp = Blueprint("decisions", __name__)
WITH = (joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)


class DecisionForm(Form):
    outcome = RadioField(text("Decision"), validators=[Needed(text("Choose what the jury decided."))])
    reason = TextAreaField(text("Reasons of the decision"), filters=[trimmed], validators=[AtMost(10_000)],
                           description=text("The team reads this, and it stands in the jury report. "
                                            "It is required when the decision departs from the ranking."))


def decision_form(stage, decision):
    """The form of a decision, with the outcomes that the stage offers, as `decision` has it."""
    form = DecisionForm(data={"outcome": decision.outcome, "reason": decision.reason} if decision else None)
    form.outcome.choices = [SelectChoice(key, words) for key, words in decisions.offered(stage).items()]
    return form


@bp.get("/results/<int:result_id>/decisions")
@requires(Permission.READ_ROUND, Result, options=WITH)
def index(result):
    return _index(result, Confirm())


def _index(result, form):
    lines = decisions.of_result(result)
    taken = [line.decision.outcome for line in lines if line.decision]
    offered = decisions.offered(result.stage)
    return render_template("decisions/index.html", result=result, stage=result.stage, round=result.stage.round, lines=lines, form=form,
                           missing=len(lines) - sum(outcome in offered for outcome in taken), outcomes=decisions.OUTCOMES,
                           newest=results.newest(result.stage), following=entrants.following(result.stage), onwards=taken.count("goes_on"),
                           cut=decisions.cut_line(result))


@bp.post("/results/<int:result_id>/decisions")
@requires(Permission.ORGANISE, Result, options=WITH)
def create(result):
    form = Confirm()
    return answers.after(form, lambda: _follow(result), done=lambda _made: url_for(".index", result_id=result.id), page=lambda: _index(result, form))


def _follow(result):
    made = decisions.follow(result, by=(current_user, now()))
    answers.say(ntext("%(num)s decision is recorded as the ranking has it.", "%(num)s decisions are recorded as the ranking has it.", len(made)))
    return made


@bp.route("/results/<int:result_id>/decisions/<number>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Result, options=WITH)
def edit(result, number):
    lives.require("deliberate", result.stage.round.state)
    lives.require("settle", result.stage.state)
    lines = decisions.of_result(result)
    line = next((line for line in lines if line.entry.number == number), None) or abort(404)
    form = decision_form(result.stage, line.decision)
    return answers.after(form, lambda: decisions.record(result, line.entry, outcome=form.outcome.data, reason=form.reason.data or "",
                                                        by=(current_user, now())),
                         done=lambda decision: url_for(".index", result_id=result.id) + f"#{number}",
                         page=lambda: render_template("decisions/edit.html", result=result, stage=result.stage, round=result.stage.round,
                                                      placing=line, form=form))


@bp.post("/results/<int:result_id>/stage-conclusion")
@requires(Permission.ORGANISE, Result, options=WITH)
def conclude_stage(result):
    form = Confirm()
    return answers.after(form, lambda: stages.decide(result, actor=current_user, now=now()),
                         done=lambda stage: url_for("rounds.show", round_id=stage.round_id), page=lambda: _index(result, form))


@bp.post("/results/<int:result_id>/conclusion")
@requires(Permission.ORGANISE, Result, options=WITH)
def conclude(result):
    form = Confirm()
    return answers.after(form, lambda: publications.conclude(result, actor=current_user, now=now()),
                         done=lambda _none: url_for("rounds.show", round_id=result.stage.round_id), page=lambda: _index(result, form))
