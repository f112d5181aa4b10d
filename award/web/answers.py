"""Answers: after a form, and to everything that goes wrong, in the reader's language and with a way on."""
import secrets

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from award.db import drop
from award.errors import Forbidden, Invalid, Missing, Refused, Stale, TooMany
from award.i18n import text
from award.web.typed import given_back


def after(form, act, *, done, page):
    """One form, one use case, one answer.

    `act()` runs when a posted form is valid and gives what `done(given)` turns into the next address (303). A page asked for,
    a form with faults (422), overtaken by somebody else (409) or sent too often (429) is answered by `page()`, with all that was typed.
    """
    if request.method != "POST":
        return page()
    if not form.validate():
        return page(), 422
    try:
        given = act()
    except (Invalid, Stale, TooMany) as refusal:
        form.refuse(refusal)
        return page(), refusal.status
    return redirect(done(given), 303)


def say(message):
    """Say on the next page what was done. A pair of texts sets the first in bold."""
    flash(message, "good")


def done(message, endpoint, **values):
    """Say what was done on the next page, and go there."""
    say(message)
    return redirect(url_for(endpoint, **values), 303)


def ask_to_sign_in():
    """Send a visitor to the sign-in page; a page that was asked for is come back to afterwards. What was typed is given back."""
    typed = given_back()
    if typed:
        return _page(401, typed=typed)
    where = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sessions.new", next=where), 303)


def init_app(app):
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(refusal):
    if isinstance(refusal, Missing | Forbidden):
        return _page(refusal.status)
    return _page(refusal.status, message=refusal.message, typed=given_back())


def _overtaken(_error):
    """Two people saved the same thing at the same instant; the second is told, and nothing of it is kept."""
    drop()
    message = text("Somebody else saved this at the same moment. Go back, load the page again and look before you save.")
    return _page(409, message=message, typed=given_back())


def _expired(_error):
    message = text("This form was open for too long, or came from another page. Go back, load the page again and send it once more.")
    return _page(400, message=message, typed=given_back())


def _http(error):
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):
        return _strange_host()
    return _page(error.code, headers=error.get_response().headers if error.code == 405 else None)


def _strange_host():
    """For a host name that is not ours no address can be made, and so no page: one line of text."""
    answer = current_app.make_response(("400 Bad Request: this site has another name.\n", 400))
    answer.mimetype = "text/plain"
    return answer


def _broken(error):
    number = secrets.token_hex(4)
    current_app.logger.error("error %s at %s %s", number, request.method, request.path, exc_info=error)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return _page(500, number=number)


def _page(status, *, headers=None, **values):
    answer = current_app.make_response((render_template("errors/error.html", status=status, **{"message": None, "number": None, **values}), status))
    if headers and "Allow" in headers:
        answer.headers["Allow"] = headers["Allow"]
    return answer
