"""One-time links that were mailed. Opening one shows what it is for; the button on that page uses it up."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user

from award.errors import Missing, Refused
from award.i18n import text
from award.permissions import Permission
from award.services import attempts, links
from award.web import answers
from award.web.access import requires
from award.web.clock import even_out, now
from award.web.forms import Form
from award.web.sessions import enter
from award.web.ways import own_path

bp = Blueprint("links", __name__)


class FollowForm(Form):
    """The button alone."""


WORDS = {
    # purpose: (title, lead, button)
    "sign_in": (text("Sign in"), text("This link signs in %(email)s."), text("Sign in")),
    "confirm": (
        text("Confirm your address"),
        text("This link confirms %(email)s and signs you in."),
        text("Confirm and sign in"),
    ),
    "password": (
        text("Choose a new password"),
        text("This link signs in %(email)s. Your present password ends with it, and you choose another on the next page."),
        text("Choose a new password"),
    ),
    "member": (
        text("Join the team"),
        text("This invitation is for %(email)s. You join the team and see its entry."),
        text("Join the team"),
    ),
    "juror": (
        text("Open your invitation to the jury"),
        text("This invitation is for %(email)s. On the next page you accept or decline."),
        text("Open the invitation"),
    ),
}


@bp.route("/links/<token>", methods=["GET", "POST"])
@requires(Permission.SIGN_IN)
def show(token):
    form = FollowForm()
    try:
        link = links.find(token)
        if not links.is_good(link, now=now()):
            return _over(link, token)
        return answers.after(form, lambda: _follow(token), done=lambda where: where, page=lambda: _page(form, link))
    except Missing:
        return _over(None, token)
    except Refused:
        return _over(links.find(token), token)


def _page(form, link):
    title, lead, button = WORDS[link.purpose]
    other = current_user if current_user.is_authenticated and current_user.id != link.user_id else None
    return render_template(
        "links/show.html",
        form=form,
        title=title,
        lead=lead.filled(email=link.user.email),
        button_words=button,
        other=other,
    )


def _over(link, token):
    return render_template("links/over.html", form=FollowForm(), link=link, token=token), 410 if link else 404


def _follow(token):
    """Use the link, sign its person in, and give where it leads."""
    link = links.follow(token, now=now())
    user = enter(link.user_id)
    return LEADS[link.purpose](link, user)


def _to_home(_link, _user):
    return own_path(request.args.get("next")) or url_for("pages.home")


def _to_password(_link, _user):
    return url_for("accounts.password")


def _to_entry(link, user):
    from award.services import members

    member = links.subject(link)
    if member is None:
        return url_for("pages.home")
    if member.joined_at is None:
        members.join(member, actor=user, now=now())
    return url_for("entries.show", entry_id=member.entry_id)


def _to_jury(link, _user):
    juror = links.subject(link)
    return url_for("jurors.show", juror_id=juror.id) if juror else url_for("pages.home")


LEADS = {"sign_in": _to_home, "confirm": _to_home, "password": _to_password, "member": _to_entry, "juror": _to_jury}


@bp.post("/links/<token>/again")
@requires(Permission.SIGN_IN)
def again(token):
    form = FollowForm()
    return answers.after(
        form,
        lambda: _renew(token),
        done=lambda _none: url_for("sessions.sent"),
        page=lambda: render_template("links/over.html", form=form, link=None, token=token),
    )


def _renew(token):
    with even_out():
        link = links.find(token)
        attempts.take("mail", email=link.user.email, address=request.remote_addr, now=now())
        links.renew(link, now=now())
