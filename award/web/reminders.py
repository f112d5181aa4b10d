"""Reminding jurors: a question that says how many are mailed, and the act."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.domain import lives
from award.i18n import ntext
from award.models import Round, Stage
from award.permissions import Permission
from award.services import reminders
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form

bp = Blueprint("reminders", __name__)


class ReminderForm(Form):
    """The button alone."""


@bp.route("/stages/<int:stage_id>/reminder", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=(joinedload(Stage.round).joinedload(Round.programme),))
def create(stage):
    lives.require("remind", stage.state)
    form = ReminderForm()
    return answers.after(
        form,
        lambda: _send(stage),
        done=lambda _rows: url_for("rounds.show", round_id=stage.round_id),
        page=lambda: render_template(
            "reminders/create.html", stage=stage, round=stage.round, form=form, found=reminders.open_ballots(stage)
        ),
    )


def _send(stage):
    found = reminders.send(stage, actor=current_user._get_current_object(), now=now())
    answers.say(ntext("%(num)s juror is reminded by mail.", "%(num)s jurors are reminded by mail.", len(found)))
    return found
