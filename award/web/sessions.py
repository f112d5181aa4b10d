"""Signing in and out: by password, or by a link that is mailed. A wrong guess and an unknown address look the same."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user, login_user
from wtforms import EmailField, HiddenField, PasswordField

from award.db import transaction
from award.errors import Invalid
from award.i18n import text
from award.permissions import Permission
from award.services import accounts, attempts, passwords, sign_ins
from award.web import answers
from award.web.access import requires
from award.web.clock import even_out, now
from award.web.forms import Address, AtMost, Form, Needed, trimmed
from award.web.ways import own_path

bp = Blueprint("sessions", __name__)

ADDRESS = text("Your e-mail address")
WRONG = text("We do not know this address and password together. Type both again, or have a link mailed to you.")


class SignInForm(Form):
    email = EmailField(
        ADDRESS,
        filters=[trimmed],
        validators=[Needed(text("Write your e-mail address.")), Address(), AtMost(254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(text("Password"), validators=[Needed(text("Write your password.")), AtMost(200)])
    next = HiddenField()


class LinkForm(Form):
    email = EmailField(
        ADDRESS,
        filters=[trimmed],
        validators=[Needed(text("Write your e-mail address.")), Address(), AtMost(254)],
        render_kw={"autocomplete": "username"},
        description=text("The one your invitation came to. Jurors: the link in your invitation signs you in without this page."),
    )
    next = HiddenField()


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
def new():
    form = SignInForm(next=request.args.get("next"))
    where = own_path(form.next.data)
    if current_user.is_authenticated and request.method == "GET":
        return redirect(where or url_for("pages.home"), 303)
    return answers.after(
        form,
        lambda: enter(_proven(form)),
        done=lambda _user: where or url_for("pages.home"),
        page=lambda: render_template("sessions/new.html", form=form, then=where, people=demo_people()),
    )


def _proven(form):
    """The number of the person who knows the password.

    The try is counted in a transaction of its own, before it is judged: parallel guesses cannot slip by, and nobody
    waits for the database while the password is hashed.
    """
    who = {"email": form.email.data, "address": request.remote_addr}
    with transaction():
        attempts.take("password", **who, now=now())
        user_id, known = accounts.known(form.email.data)
    if not passwords.matches(known, form.password.data):
        raise Invalid(WRONG)
    attempts.forget("password", **who)
    return user_id


def enter(user_id):
    """Sign the person in on this browser: the cookie starts afresh with a new token, the sign-in it held before ends."""
    replaced = current_user.token if current_user.is_authenticated else None
    chosen = cookie.get("language")
    cookie.clear()
    user = accounts.sign_in(user_id, now=now(), replaced=replaced, language=chosen)
    login_user(user)
    return user


def demo_people():
    """The people of the demonstration for the buttons that sign in with one click; nobody elsewhere."""
    if not current_app.config["DEMO"]:
        return []
    from award.services import demo

    return demo.DEMO_PEOPLE


@bp.post("/sign-out")
@requires(Permission.OWN_ACCOUNT)
def destroy():
    sign_ins.end(current_user.token)
    chosen = cookie.get("language") or current_user.language
    cookie.clear()
    if chosen:
        cookie["language"], cookie.permanent = chosen, True
    return answers.done((text("You are signed out."), text("Until next time.")), "pages.home")


@bp.route("/sign-in/link", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
def link():
    return _ask("sign_in")


@bp.route("/sign-in/password", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
def password():
    return _ask("password")


def _ask(purpose):
    form = LinkForm(next=request.args.get("next"))
    where = own_path(form.next.data)
    return answers.after(
        form,
        lambda: _mail(form.email.data, purpose, where),
        done=lambda _none: url_for("sessions.sent"),
        page=lambda: render_template("sessions/link.html", form=form, then=where, purpose=purpose),
    )


def _mail(email, purpose, where):
    with even_out():
        attempts.take("mail", email=email, address=request.remote_addr, now=now())
        accounts.mail_link(email, purpose=purpose, now=now(), then=where)


@bp.get("/sign-in/sent")
@requires(Permission.SIGN_IN)
def sent():
    return render_template("sessions/sent.html")
