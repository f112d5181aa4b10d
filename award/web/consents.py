"""A team says whether the texts of its entry may be published."""
from flask import Blueprint, abort, render_template, request
from flask_login import current_user

from award.i18n import text
from award.models import Entry
from award.permissions import Permission
from award.services import consents
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.entries import READING

bp = Blueprint("consents", __name__)
ACTS = {"give": (consents.give, text("Thank you. The texts of the entry may be published.")),
        "take_back": (consents.take_back, text("The consent is taken back. Nothing new is printed of the entry."))}


@bp.route("/entries/<int:entry_id>/consent", methods=["GET", "POST"])
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def edit(entry):
    if request.method == "GET":
        consents.require(entry)
        return render_template("consents/edit.html", entry=entry, round=entry.round)
    act, said = ACTS.get(request.form.get("act")) or abort(400)
    act(entry, actor=current_user._get_current_object(), now=now())
    return answers.done(said, "entries.show", entry_id=entry.id)
