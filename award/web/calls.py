"""Calls, for everybody: which are open, and what each asks, promises and decides by."""
from flask import Blueprint, render_template
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from award.models import Round, Stage
from award.permissions import Permission
from award.services import calls
from award.web.access import requires
from award.web.clock import now

bp = Blueprint("calls", __name__)


@bp.get("/calls")
@requires(Permission.OPEN_PAGE)
def index():
    at = now()
    return render_template("calls/index.html",
                           calls=[(round_, calls.phase(round_, now=at)) for round_ in calls.listed(now=at)])


@bp.get("/rounds/<int:round_id>/call")
@requires(Permission.READ_CALL, Round, options=(joinedload(Round.programme), selectinload(Round.categories),
                                                selectinload(Round.stages).options(
                                                    selectinload(Stage.criteria), selectinload(Stage.special_awards))))
def show(round_):
    at = now()
    return render_template("calls/show.html", round=round_, phase=calls.phase(round_, now=at),
                           judgings=calls.judgings(round_), own=calls.own_entries(round_, current_user),
                           days=(round_.closes_at - at).days)
