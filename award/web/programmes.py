"""Programmes: the recurring awards, their names, their rounds, and who holds an office in them."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from wtforms import HiddenField, StringField

from award.i18n import LANGUAGES, text
from award.models import Programme
from award.permissions import Permission
from award.services import home, programmes
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Address, AtMost, Form, Needed, localised, trimmed
from award.web.inputs import one_of, written

bp = Blueprint("programmes", __name__)
KINDS = {"organiser": text("organiser"), "auditor": text("auditor")}


class ProgrammeForm(Form):
    name = localised(
        text("Name of the award"),
        LANGUAGES,
        hint=text("In one language at least. Readers of other languages see that one."),
    )
    organiser = localised(
        text("Who runs it"), LANGUAGES, hint=text("The name of the office or ministry, as it stands on the report.")
    )
    contact = StringField(
        text("Contact address"),
        filters=[trimmed],
        description=text("Teams and jurors write here when they have a question."),
        validators=[Needed(text("Write the address that people can write to.")), AtMost(254), Address()],
    )

    def validate(self, extra_validators=None):
        """Name and organiser must each stand in some language."""
        valid = super().validate(extra_validators)
        for group, message in (
            (self.name, text("Write the name in at least one language.")),
            (self.organiser, text("Write who runs it in at least one language.")),
        ):
            if not written(group.data):
                first = next(iter(group.form))
                first.errors = [*first.errors, message]
                valid = False
        return valid

    def given(self):
        """What the form says, as the use case takes it."""
        return {
            "name": written(self.name.data),
            "organiser": written(self.organiser.data),
            "contact": self.contact.data,
        }


class OfficeForm(Form):
    email = StringField(
        text("E-mail address"),
        filters=[trimmed],
        validators=[Needed(text("Write the person’s e-mail address.")), AtMost(254), Address()],
    )
    kind = one_of(
        text("Office"),
        [
            ("organiser", text("Organiser"), text("Sets up rounds, invites jurors, publishes.")),
            ("auditor", text("Auditor"), text("Reads everything of a round, changes nothing.")),
        ],
        default="auditor",
    )


class DismissForm(Form):
    office = HiddenField()


@bp.get("/programmes")
@requires(Permission.OWN_ACCOUNT)
def index():
    return render_template("programmes/index.html", programmes=programmes.of(current_user), kinds=KINDS)


@bp.route("/programmes/new", methods=["GET", "POST"])
@requires(Permission.CREATE_PROGRAMME)
def new():
    form = ProgrammeForm()
    return answers.after(
        form,
        lambda: programmes.create(form.given(), key=form.key.data, actor=current_user._get_current_object(), now=now()),
        done=lambda made: url_for(".show", programme_id=made.id),
        page=lambda: render_template("programmes/new.html", form=form),
    )


@bp.get("/programmes/<int:programme_id>")
@requires(Permission.READ_ROUND, Programme)
def show(programme):
    return render_template(
        "programmes/show.html", programme=programme, rounds=programmes.rounds_of(programme), states=home.ROUND_WORDS
    )


def filled(programme, **more):
    """The form of a programme as it stands."""
    return ProgrammeForm(
        name=programme.name, organiser=programme.organiser, contact=programme.contact, version=programme.version, **more
    )


@bp.route("/programmes/<int:programme_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Programme)
def edit(programme):
    form = filled(programme)
    return answers.after(
        form,
        lambda: programmes.change(
            programme, given=form.given(), version=form.opened_on(), actor=current_user._get_current_object(), now=now()
        ),
        done=lambda saved: url_for(".show", programme_id=saved.id),
        page=lambda: render_template(
            "programmes/edit.html",
            form=form,
            programme=programme,
            theirs=overtaken.saved(form, programme, lambda: filled(programme, formdata=None)),
        ),
    )


@bp.route("/programmes/<int:programme_id>/offices", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Programme)
def offices(programme):
    form = OfficeForm()
    return answers.after(
        form,
        lambda: programmes.appoint(
            programme, email=form.email.data, kind=form.kind.data, actor=current_user._get_current_object(), now=now()
        ),
        done=lambda saved: url_for(".offices", programme_id=saved.id),
        page=lambda: _offices(programme, form),
    )


def _offices(programme, form, refusals=()):
    form.refusals += refusals
    offices = programmes.offices_of(programme)
    return render_template("programmes/offices.html", form=form, programme=programme, kinds=KINDS, offices=offices)


@bp.post("/programmes/<int:programme_id>/offices/end")
@requires(Permission.ORGANISE, Programme)
def dismiss(programme):
    form = DismissForm()
    office_id = int(form.office.data) if (form.office.data or "").isdecimal() and len(form.office.data) < 10 else None
    return answers.after(
        form,
        lambda: programmes.dismiss(programme, office_id=office_id, actor=current_user._get_current_object(), now=now()),
        done=lambda saved: url_for(".offices", programme_id=saved.id),
        page=lambda: _offices(programme, OfficeForm(formdata=None), form.refusals),
    )
