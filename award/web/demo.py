"""Signing in with one click as one of the invented people: in the demonstration only; elsewhere this page does not exist."""

from flask import Blueprint, abort, redirect, url_for
from wtforms import HiddenField

from award.permissions import Permission
from award.services import accounts
from award.web.access import requires
from award.web.forms import Form
from award.web.sessions import demo_people, enter

bp = Blueprint("demo", __name__)


def wanted(config):
    """The demonstration only."""
    return config["DEMO"]


class DemoForm(Form):
    email = HiddenField()


@bp.post("/demo/sign-in")
@requires(Permission.SIGN_IN)
def create():
    form = DemoForm()
    if not form.validate() or form.email.data not in dict(demo_people()).values():
        abort(422)
    person = accounts.find(form.email.data) or abort(404)
    enter(person.id)
    return redirect(url_for("pages.home"), 303)
