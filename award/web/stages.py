"""A stage: its title, its closing time, the rules of its result, and its opening."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import TextAreaField

from award.domain import lives
from award.i18n import said, text
from award.models import Round, Stage
from award.permissions import Permission
from award.services import criteria, entrants, readiness, rulebooks, stages
from award.web import answers, overtaken, rule_forms
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, trimmed
from award.web.inputs import Dated, clock, day, local

bp = Blueprint("stages", __name__)
WITH = (
    joinedload(Stage.round).joinedload(Round.programme),
    selectinload(Stage.criteria),
    selectinload(Stage.rulebooks),
)
WHY = text("Why")


@bp.app_template_global("which_stage")
def which(stage):
    """Which stage of how many this is, as a Text; None where the round has this one alone."""
    number, total = entrants.place(stage)
    title = said("words", stage.title, stage.round.languages)
    return text("Stage %(number)s of %(total)s: %(stage)s", number=number, total=total, stage=title) if total > 1 else None


class ReasonForm(Form):
    reason = TextAreaField(
        WHY, description=text("The jury and the auditor read this."), filters=[trimmed], validators=[AtMost(1000)]
    )


class DeadlineForm(Dated):
    moments = ("closes",)
    closes_on = day(text("Date"), text("Write the date."))
    closes_at = clock(text("Time"), text("Write the time."))
    reason = TextAreaField(
        WHY, description=text("The jury and the auditor read this."), filters=[trimmed], validators=[AtMost(1000)]
    )

    def zone_name(self):
        return self.zone_of_round


@bp.route("/stages/<int:stage_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def edit(stage):
    criteria.require_draft(stage)
    form = rule_forms.form_for(stage)
    return answers.after(
        form,
        lambda: stages.change(stage, given=rule_forms.given(form, stage), version=form.opened_on(), actor=current_user, now=now()),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template(
            "stages/edit.html",
            form=form,
            stage=stage,
            round=stage.round,
            ties=rule_forms.TIES,
            more=rule_forms.groups(form),
            advice=rule_forms.advice(stage),
            theirs=overtaken.saved(form, stage, lambda: rule_forms.form_for(stage, formdata=None)),
        ),
    )


@bp.route("/stages/<int:stage_id>/deadline", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def deadline(stage):
    lives.require("move_stage_deadline", stage.state)
    kind = type("StageDeadlineForm", (DeadlineForm,), {"zone_of_round": stage.round.zone})
    form = kind(**local("closes", stage.closes_at, stage.round.zone))
    return answers.after(
        form,
        lambda: stages.move_deadline(
            stage, closes_at=form.instants["closes"], reason=form.reason.data, actor=current_user, now=now()
        ),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template("stages/deadline.html", form=form, stage=stage, round=stage.round),
    )


@bp.route("/stages/<int:stage_id>/open", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def open_(stage):
    lives.require("open_stage", stage.state)
    lives.require("open_stage_of_round", stage.round.state)
    form = ReasonForm()
    return answers.after(
        form,
        lambda: stages.open_(stage, reason=form.reason.data or "", actor=current_user, now=now()),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template(
            "stages/open.html",
            form=form,
            stage=stage,
            round=stage.round,
            rulebook=_draft(stage),
            checks=readiness.before_stage(stage),
            table={**stages.START, **rulebooks.as_table(stage)},
        ),
    )


def _draft(stage):
    return None if rulebooks.faults(stage) else rulebooks.draft(stage)


@bp.route("/stages/<int:stage_id>/back", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def back(stage):
    stages.require_way_back(stage)
    form = ReasonForm()
    return answers.after(
        form,
        lambda: stages.back(stage, reason=form.reason.data or "", actor=current_user, now=now()),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template("stages/back.html", form=form, stage=stage, round=stage.round),
    )
