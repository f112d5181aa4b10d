"""Registering, and one's own account: name, language, password, sign-ins."""

from flask import Blueprint, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user
from wtforms import EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from award.i18n import NAMES, text
from award.models import SignIn
from award.permissions import Permission
from award.services import accounts, attempts, sign_ins
from award.services.passwords import SHORTEST
from award.web import answers
from award.web.access import requires
from award.web.clock import even_out, now
from award.web.forms import Address, AtMost, Form, Needed, trimmed
from award.web.frame import page_language
from award.web.ways import own_path

bp = Blueprint("accounts", __name__)

NAME = {
    "label": text("Your name"),
    "filters": [trimmed],
    "render_kw": {"autocomplete": "name"},
    "validators": [Needed(text("Write your name.")), AtMost(120)],
}
ORGANISATION = {
    "label": text("Your organisation"),
    "filters": [trimmed],
    "render_kw": {"autocomplete": "organization"},
    "validators": [AtMost(200)],
    "description": text("Its usual name. It keeps jurors from judging entries of their own organisation."),
}
GOOD = text("At least %(length)s characters. Four words in a row make a good one.", length=SHORTEST)


class RegisterForm(Form):
    name = StringField(**NAME)
    email = EmailField(
        text("Your e-mail address"),
        filters=[trimmed],
        render_kw={"autocomplete": "username"},
        validators=[Needed(text("Write your e-mail address.")), Address(), AtMost(254)],
    )
    organisation = StringField(**ORGANISATION)
    password = PasswordField(
        text("Password"),
        description=GOOD,
        render_kw={"autocomplete": "new-password"},
        validators=[Needed(text("Choose a password.")), AtMost(200)],
    )
    next = HiddenField()


class AccountForm(Form):
    name = StringField(**NAME)
    organisation = StringField(**ORGANISATION)
    language = SelectField(text("Language of pages and mails"), choices=[SelectChoice(code, own) for code, own in NAMES.items()])


class PasswordForm(Form):
    old = PasswordField(text("Present password"), render_kw={"autocomplete": "current-password"}, validators=[AtMost(200)])
    password = PasswordField(
        text("New password"),
        description=GOOD,
        render_kw={"autocomplete": "new-password"},
        validators=[Needed(text("Choose a password.")), AtMost(200)],
    )


@bp.route("/register", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
def new():
    form = RegisterForm(next=request.args.get("next"))
    where = own_path(form.next.data)
    return answers.after(
        form,
        lambda: _register(form, where),
        done=lambda _none: url_for(".sent"),
        page=lambda: render_template("accounts/new.html", form=form, then=where),
    )


def _register(form, where):
    wanted = {"name": form.name.data, "email": form.email.data, "organisation": form.organisation.data or ""}
    with even_out():
        attempts.take("mail", email=form.email.data, address=request.remote_addr, now=now())
        accounts.register(wanted=wanted, password=form.password.data, language=page_language(), then=where, now=now())


@bp.get("/register/sent")
@requires(Permission.SIGN_IN)
def sent():
    return render_template("accounts/sent.html")


@bp.route("/account", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def show():
    form = AccountForm(
        name=current_user.name,
        organisation=current_user.organisation,
        language=current_user.language or page_language(),
    )
    return answers.after(
        form,
        lambda: _change(form),
        done=lambda _none: url_for(".show"),
        page=lambda: render_template("accounts/show.html", form=form, others=_sign_ins()),
    )


def _change(form):
    accounts.change(current_user, name=form.name.data, organisation=form.organisation.data or "", language=form.language.data)
    cookie.pop("language", None)
    answers.say(text("Your account is changed."))


def _sign_ins():
    return [(row, row.token_hash == sign_ins.digest(current_user.token)) for row in sign_ins.of(current_user, now=now())]


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def password():
    form = PasswordForm()
    return answers.after(
        form,
        lambda: _change_password(form),
        done=lambda _none: url_for(".show"),
        page=lambda: render_template("accounts/password.html", form=form, first=current_user.password_hash is None),
    )


def _change_password(form):
    accounts.change_password(current_user, old=form.old.data, new=form.password.data, token=current_user.token, now=now())
    answers.say((text("Your password is set."), text("Every other sign-in of yours has ended.")))


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@requires(Permission.OWN_ACCOUNT, SignIn)
def end(sign_in):
    sign_ins.end_one(current_user, sign_in.id)
    return answers.done(text("That sign-in has ended."), ".show")
