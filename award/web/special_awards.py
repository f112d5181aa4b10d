"""The special awards of a stage, as its organiser sets them up."""

from flask import Blueprint, abort, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField

from award.domain import lives
from award.i18n import said, text
from award.models import Round, SpecialAward, Stage
from award.permissions import Permission
from award.services import criteria, special_awards
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form, localised
from award.web.inputs import Between, Figure, some_of, written

bp = Blueprint("special_awards", __name__)
OF_STAGE = (joinedload(Stage.round).joinedload(Round.programme), joinedload(Stage.round).selectinload(Round.stages),
            selectinload(Stage.criteria), selectinload(Stage.rulebooks), selectinload(Stage.special_awards))
WITH = (joinedload(SpecialAward.stage).options(*OF_STAGE),)


class MoveForm(Form):
    direction = HiddenField()


class RemoveForm(Form):
    """A button and nothing else."""


def form_for(stage, award=None, **more):
    """The form of a special award, filled from it when there is one."""
    round_ = stage.round
    counts = {
        f"c{c.id}": Figure(said("words", c.name, round_.languages), validators=[Between(0, 100_000)]) for c in stage.criteria
    }
    parts = {
        "name": localised(text("Name"), round_.languages, needed=text("Write the name of the special award.")),
        "description": localised(
            text("What it honours"), round_.languages, limit=500, hint=text("One sentence. It stands on the page of the call.")
        ),
        "shares": FormField(
            type("SharesForm", (PlainForm,), counts),
            label=text("What counts for it"),
            description=text("Any number for each criterion that counts; empty for one that does not. They are turned into shares."),
            separator="_",
        ),
    }
    return type("SpecialAwardForm", (Form,), parts)(**(_data(award) if award else {}), **more)


def _data(award):
    shares = {f"c{row.criterion_id}": row.share for row in award.shares}
    return {"name": award.name, "description": award.description, "shares": shares, "version": award.version}


def given(form, stage):
    """What the form says, as the use case takes it."""
    shares = {c.id: form.shares.form[f"c{c.id}"].data for c in stage.criteria}
    return {"name": written(form.name.data), "description": written(form.description.data), "shares": shares}


def changes(stage):
    """Whether the rules of the stage may change now."""
    try:
        criteria.require_draft(stage)
    except criteria.Refused:
        return False
    return True


@bp.get("/stages/<int:stage_id>/special-awards")
@requires(Permission.READ_ROUND, Stage, options=OF_STAGE)
def index(stage):
    return render_template("special_awards/index.html", stage=stage, round=stage.round, changes=changes(stage),
                           limits=lives.allows("set_up_stage", stage.state), rows=[(a, parts_of(a)) for a in stage.special_awards])


def parts_of(award):
    """What counts for a special award: (name of the criterion as a text per language, share of the whole)."""
    criteria_ = {c.id: c for c in award.stage.criteria}
    total = sum(row.share for row in award.shares)
    return [(criteria_[row.criterion_id].name, row.share / total) for row in award.shares]


@bp.route("/stages/<int:stage_id>/special-awards/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=OF_STAGE)
def new(stage):
    criteria.require_draft(stage)
    form = form_for(stage)
    return answers.after(
        form,
        lambda: special_awards.add(stage, given=given(form, stage), key=form.key.data, actor=current_user, now=now()),
        done=lambda _award: url_for(".index", stage_id=stage.id),
        page=lambda: render_template("special_awards/new.html", form=form, stage=stage, round=stage.round),
    )


@bp.route("/special-awards/<int:special_award_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, SpecialAward, options=WITH)
def edit(award):
    stage = award.stage
    criteria.require_draft(stage)
    form = form_for(stage, award)
    return answers.after(
        form,
        lambda: special_awards.change(award, given=given(form, stage), version=form.opened_on(), actor=current_user, now=now()),
        done=lambda _award: url_for(".index", stage_id=stage.id),
        page=lambda: render_template(
            "special_awards/edit.html",
            form=form,
            award=award,
            stage=stage,
            round=stage.round,
            theirs=overtaken.saved(form, award, lambda: form_for(stage, award, formdata=None)),
        ),
    )


def limit_form(award, **more):
    """The form that names the entries of a special award."""
    listed = [(number, text("%(number)s · %(title)s", number=number, title=title)) for number, title in special_awards.candidates(award.stage)]
    parts = {"entries": some_of(text("Entries"), listed)}
    return type("LimitForm", (Form,), parts)(entries=award.entries, version=award.version, **more)


@bp.route("/special-awards/<int:special_award_id>/entries", methods=["GET", "POST"])
@requires(Permission.ORGANISE, SpecialAward, options=WITH)
def limit(award):
    lives.require("set_up_stage", award.stage.state)
    form = limit_form(award)
    return answers.after(
        form,
        lambda: special_awards.limit(award, entries=form.entries.data or [], version=form.opened_on(), actor=current_user, now=now()),
        done=lambda _award: url_for(".index", stage_id=award.stage_id),
        page=lambda: render_template(
            "special_awards/limit.html",
            form=form,
            award=award,
            stage=award.stage,
            round=award.round,
            theirs=overtaken.saved(form, award, lambda: limit_form(award, formdata=None)),
        ),
    )


@bp.post("/special-awards/<int:special_award_id>/move")
@requires(Permission.ORGANISE, SpecialAward, options=WITH)
def move(award):
    form = MoveForm()
    if form.direction.data not in special_awards.STEPS:
        abort(422)
    return answers.after(
        form,
        lambda: special_awards.move(award, direction=form.direction.data, actor=current_user, now=now()),
        done=lambda _award: url_for(".index", stage_id=award.stage_id),
        page=lambda: abort(422),
    )


@bp.route("/special-awards/<int:special_award_id>/delete", methods=["GET", "POST"])
@requires(Permission.ORGANISE, SpecialAward, options=WITH)
def delete(award):
    stage = award.stage
    criteria.require_draft(stage)
    form = RemoveForm()
    return answers.after(
        form,
        lambda: special_awards.remove(award, actor=current_user, now=now()),
        done=lambda _stage: url_for(".index", stage_id=stage.id),
        page=lambda: render_template("special_awards/delete.html", form=form, award=award, stage=stage, round=stage.round),
    )
