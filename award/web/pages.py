"""Pages for everyone: the first page, what is said about access and privacy, the choice of language, and signs of
health."""

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask import session as cookie
from flask_login import current_user
from wtforms import HiddenField, StringField

from award.i18n import LANGUAGES
from award.permissions import Permission
from award.services import accounts, checks, standings
from award.services import home as first
from award.web import next_steps
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form
from award.web.ways import in_any_language, own_path

bp = Blueprint("pages", __name__)


class LanguageForm(Form):
    language = StringField()
    next = HiddenField()


@bp.get("/")
@requires(Permission.OPEN_PAGE)
def home():
    calls = first.open_calls(now=now())
    if not current_user.is_authenticated:
        return render_template("pages/home.html", calls=calls, results=first.results())
    running = standings.running(current_user, now=now())
    return render_template(
        "pages/work.html",
        calls=calls,
        programmes=first.programmes(current_user),
        members=first.memberships(current_user),
        seats=first.seats(current_user),
        words=first,
        acts={found.round.id: next_steps.action(found) for found in running},
        due=sum(map(next_steps.is_due, running)),
    )


@bp.get("/favicon.ico")
@requires(Permission.OPEN_PAGE)
def favicon():
    """Browsers ask for it beside files that name no icon; a page in its place would begin a session of its own."""
    return redirect(url_for("static", filename="favicon.svg"), 303)


@bp.get("/accessibility")
@requires(Permission.OPEN_PAGE)
def accessibility():
    return render_template("pages/accessibility.html")


@bp.get("/privacy")
@requires(Permission.OPEN_PAGE)
def privacy():
    return render_template("pages/privacy.html")


@bp.get("/contact")
@requires(Permission.OPEN_PAGE)
def contact():
    rounds = {r.programme_id: r for r in (*first.open_calls(now=now()), *first.results())}
    return render_template("pages/contact.html", programmes=[r.programme for r in rounds.values()])


@bp.post("/language")
@requires(Permission.OPEN_PAGE)
def language():
    form = LanguageForm()
    if not form.validate() or form.language.data not in LANGUAGES:
        abort(422)
    cookie["language"] = form.language.data
    if current_user.is_authenticated:
        accounts.speak(current_user, form.language.data)
    else:
        cookie.permanent = True
    return redirect(in_any_language(own_path(form.next.data) or url_for(".home")), 303)


@bp.get("/health/live")
@requires(Permission.OPEN_PAGE)
def live():
    """The program answers."""
    return {"status": "live"}


@bp.get("/health/ready")
@requires(Permission.OPEN_PAGE)
def ready():
    """The database answers with the tables this version needs, and the data folder can be written."""
    usable = checks.is_usable(current_app.config["DATA_DIR"])
    return {"status": "ready" if usable else "not ready"}, 200 if usable else 503
