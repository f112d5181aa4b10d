"""A stage: its title, its closing time, the rules of its result, and its opening."""

from decimal import Decimal

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import StringField, TextAreaField

from award.domain import lives
from award.domain.aggregation import METHODS
from award.domain.rulebook import BY_CRITERION, FIRSTS
from award.domain.rules_file import MISSING, ORDERS
from award.i18n import said, text
from award.models import Round, Stage
from award.permissions import Permission
from award.services import criteria, readiness, rulebooks, stages
from award.web import answers, overtaken, rule_words
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, localised, trimmed
from award.web.inputs import Between, Dated, Figure, Given, clock, day, local, one_of, written

bp = Blueprint("stages", __name__)
WITH = (
    joinedload(Stage.round).joinedload(Round.programme),
    selectinload(Stage.criteria),
    selectinload(Stage.rulebooks),
)
TIES = ("tie_1", "tie_2", "tie_3")
ORDER_WORDS = {
    "ballot": (
        text("Each ballot first"),
        text("Each juror’s ballot becomes one figure; the figures of the jurors become the score."),
    ),
    "criterion": (
        text("Each criterion first"),
        text("The jurors’ scores on a criterion become one figure; the figures of the criteria become the score."),
    ),
}
MISSING_WORDS = {
    "strict": (
        text("The ballot does not count"),
        text("A missing score is never a zero. The juror sees what is missing before submitting."),
    ),
    "renormalise": (
        text("The other criteria count for it"),
        text("For that ballot, the shares of the criteria that were scored are made up to 100%."),
    ),
}
WHOLE = text("Write a whole number.")
WHY = text("Why")


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


class RulesForm(Dated):
    """The part of a stage's form that is the same for every round."""

    moments = ("closes",)
    closes_on, closes_at = day(text("Date")), clock(text("Time"))
    method = one_of(
        text("How ballots become a score"),
        [(key, method.label, rule_words.rule({"method": key, "trim": 1})) for key, method in METHODS.items()],
    )
    order = one_of(text("What is reckoned first"), [(key, *ORDER_WORDS[key]) for key in ORDERS])
    trim = Figure(
        text("Left out at each end"),
        description=text("For the trimmed mean: how many of the lowest and of the highest."),
        validators=[Given(WHOLE), Between(0, 50, whole=True)],
    )
    missing = one_of(text("When a score is missing"), [(key, *MISSING_WORDS[key]) for key in MISSING])
    min_ballots = Figure(
        text("Fewest ballots"),
        description=text("An entry with fewer counted ballots has no place. That is not the same as last place."),
        validators=[Given(WHOLE), Between(1, 1000, whole=True)],
    )
    top = StringField(
        text("How many may go on or win"),
        filters=[trimmed],
        validators=[AtMost(60)],
        description=text("One or more whole numbers, such as 1, 5. The result says how sure it is who is among them."),
    )

    def zone_name(self):
        return self.zone_of_round

    def validate(self, extra_validators=None):
        """The list of whole numbers must be one."""
        valid = super().validate(extra_validators)
        if numbers_of(self.top.data) is None:
            self.top.errors = [text("Write whole numbers from 1 to 1000, with commas between them, such as 1, 5.")]
        return valid and not self.top.errors

    def rules(self):
        """The rules as the stage keeps them."""
        ties = list(dict.fromkeys(self[name].data for name in TIES if self[name].data))
        return {
            "method": self.method.data,
            "order": self.order.data,
            "trim": int(self.trim.data),
            "missing": self.missing.data,
            "min_ballots": int(self.min_ballots.data),
            "ties": ties,
            "top": numbers_of(self.top.data),
        }


def numbers_of(typed):
    """The whole numbers of a list such as "1, 5", each once, ascending; None when it is no such list."""
    parts = [part.strip() for part in (typed or "").replace(";", ",").split(",") if part.strip()]
    if not parts or not all(
        part.isascii() and part.isdigit() and len(part) < 5 and 1 <= int(part) <= 1000 for part in parts
    ):
        return None
    return sorted({int(part) for part in parts})


def form_for(stage, **more):
    """The form of a stage as it stands: its texts in the round's languages, its tie chain over its criteria."""
    steps = [
        ("", text("nothing: equal scores share a place")),
        *((BY_CRITERION + c.key, text("the mean on %(criterion)s", criterion=said("words", c.name, stage.round.languages))) for c in stage.criteria),
        (FIRSTS, text("the number of first places")),
    ]
    labels = (text("Equal scores are separated by"), text("Then by"), text("Then by"))
    chain = {name: one_of(label, steps, listed=True, default="") for name, label in zip(TIES, labels, strict=True)}
    parts = {
        "title": localised(text("Title"), stage.round.languages, needed=text("Write the title of the stage.")),
        **chain,
        "zone_of_round": stage.round.zone,
    }
    return type("StageForm", (RulesForm,), parts)(**_data(stage), **more)


def _data(stage):
    rules = {**stages.START, **stage.rules}
    ties = dict(zip(TIES, rules["ties"], strict=False))
    return {
        "title": stage.title,
        **local("closes", stage.closes_at, stage.round.zone),
        "method": rules["method"],
        "order": rules["order"],
        "trim": Decimal(rules["trim"]),
        "missing": rules["missing"],
        "min_ballots": Decimal(rules["min_ballots"]),
        **ties,
        "top": ", ".join(map(str, rules["top"])),
        "version": stage.version,
    }


def given(form, stage):
    """What the form says, as the use case takes it; a setting that the form does not show stays as it is."""
    return {
        "title": written(form.title.data),
        "closes_at": form.instants["closes"],
        "rules": {**stage.rules, **form.rules()},
    }


@bp.route("/stages/<int:stage_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def edit(stage):
    criteria.require_draft(stage)
    form = form_for(stage)
    return answers.after(
        form,
        lambda: stages.change(stage, given=given(form, stage), version=form.opened_on(), actor=current_user, now=now()),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template(
            "stages/edit.html",
            form=form,
            stage=stage,
            round=stage.round,
            ties=TIES,
            theirs=overtaken.saved(form, stage, lambda: form_for(stage, formdata=None)),
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
            table={**stages.START, **stage.rules},
        ),
    )


def _draft(stage):
    return None if rulebooks.faults(stage) else rulebooks.draft(stage)


@bp.route("/stages/<int:stage_id>/back", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH)
def back(stage):
    stages.require_open(stage)
    form = ReasonForm()
    return answers.after(
        form,
        lambda: stages.back(stage, reason=form.reason.data or "", actor=current_user, now=now()),
        done=lambda saved: url_for("rounds.show", round_id=saved.round_id),
        page=lambda: render_template("stages/back.html", form=form, stage=stage, round=stage.round),
    )
