"""The team of an entry: who is in it, inviting a colleague, removing one."""
from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.i18n import text
from award.models import Entry, Member
from award.permissions import Permission
from award.services import members
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.entries import READING
from award.web.entry_forms import line
from award.web.forms import Address, Form, Needed
from award.web.inputs import one_of

bp = Blueprint("members", __name__)

ROLES = [("editor", text("Write and submit")), ("reader", text("Read only"))]


class InviteForm(Form):
    """Whom to invite, from where, and what for."""

    email = line(text("E-mail address"), Needed(text("Write an e-mail address such as name@example.org.")), Address())
    name = line(text("Name"), Needed(text("Write the name of your colleague.")))
    organisation = line(text("Organisation"), Needed(text("Name the organisation your colleague works for.")),
                        hint=text("It keeps jurors of the same organisation away from your entry."))
    role = one_of(text("What your colleague may do"), ROLES)


@bp.route("/entries/<int:entry_id>/members", methods=["GET", "POST"])
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def index(entry):
    form = InviteForm(role="editor")
    return answers.after(form, lambda: members.invite(
        entry, invited={name: form[name].data for name in ("email", "name", "organisation", "role")},
        actor=current_user._get_current_object(), now=now()),
        done=lambda member: _said(text("%(email)s is invited.", email=member.user.email), entry),
        page=lambda: render_template("members/index.html", form=form, entry=entry, round=entry.round,
                                     members=members.of_entry(entry)))


def _said(message, entry):
    answers.say(message)
    return url_for(".index", entry_id=entry.id)


@bp.post("/members/<int:member_id>/removal")
@requires(Permission.EDIT_ENTRY, Member, options=(joinedload(Member.user), joinedload(Member.entry).options(*READING)))
def remove(member):
    name, own = member.user.name, member.user_id == current_user.id
    entry = members.remove(member, actor=current_user._get_current_object(), now=now())
    if own:
        return answers.done(text("You are no longer in this team."), "pages.home")
    return answers.done(text("%(name)s is no longer in the team.", name=name), ".index", entry_id=entry.id)
