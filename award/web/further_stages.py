"""A stage after the first: added, removed, and given the jury of the stage before."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField

from award.domain import lives
from award.i18n import ntext, said, text
from award.models import Round, Stage
from award.permissions import Permission
from award.services import entrants, further_stages
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form, localised
from award.web.inputs import written
from award.web.results import Confirm

bp = Blueprint("further_stages", __name__)
ROUND = (joinedload(Round.programme), selectinload(Round.stages).selectinload(Stage.criteria))
STAGE = (
    joinedload(Stage.round).options(joinedload(Round.programme), selectinload(Round.stages)),
    selectinload(Stage.criteria),
    selectinload(Stage.rulebooks),
)


class StageForm(Form):
    criteria = BooleanField(
        text("Take over the criteria"), description=text("A copy with scales, shares and anchors, which you can change until the stage opens.")
    )
    jury = BooleanField(
        text("Take over the jury"),
        description=text("The jurors who accepted, with their conflicts of interest. They declare conflicts again once they know who goes on."),
    )
    def given(self):
        """What the use case takes."""
        return {"title": written(self.title.data), "criteria": self.criteria.data, "jury": self.jury.data}


def stage_form(round_, **data):
    """The form of a further stage, its title in the round's languages."""
    parts = {"title": localised(text("Title"), round_.languages, needed=text("Write the title of the stage."))}
    return type("FurtherStageForm", (StageForm,), parts)(**data)


@bp.route("/rounds/<int:round_id>/stages/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=ROUND)
def new(round_):
    lives.require("add_stage", round_.state)
    form = stage_form(round_, criteria=True, jury=True)
    return answers.after(
        form,
        lambda: further_stages.add(round_, given=form.given(), key=form.key.data, actor=current_user._get_current_object(), now=now()),
        done=lambda stage: url_for("criteria.index", stage_id=stage.id),
        page=lambda: render_template("further_stages/new.html", form=form, round=round_),
    )


@bp.route("/stages/<int:stage_id>/delete", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=STAGE)
def delete(stage):
    further_stages.require_removable(stage)
    form, round_id = Confirm(), stage.round_id
    title = said("words", stage.title, stage.round.languages)
    return answers.after(
        form,
        lambda: _remove(stage, title),
        done=lambda _round: url_for("rounds.show", round_id=round_id),
        page=lambda: render_template("further_stages/delete.html", form=form, stage=stage, round=stage.round),
    )


def _remove(stage, title):
    round_ = further_stages.remove(stage, actor=current_user._get_current_object(), now=now())
    answers.say(text("The stage “%(stage)s” is removed.", stage=title))
    return round_


@bp.route("/stages/<int:stage_id>/jury", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=STAGE)
def jury(stage):
    lives.require("set_up_stage", stage.state)
    form = Confirm()
    return answers.after(
        form,
        lambda: _take_over(stage),
        done=lambda _rows: url_for("jurors.index", stage_id=stage.id),
        page=lambda: render_template(
            "further_stages/jury.html",
            form=form,
            stage=stage,
            round=stage.round,
            before=entrants.preceding(stage),
            jurors=further_stages.missing_jurors(stage),
        ),
    )


def _take_over(stage):
    made = further_stages.take_over_jury(stage, actor=current_user._get_current_object(), now=now())
    answers.say(ntext("%(num)s juror is taken over.", "%(num)s jurors are taken over.", len(made)))
    return made
