"""Pages: read the request, call one use case, answer. No rules, no queries."""
from importlib import import_module
from pkgutil import iter_modules

from flask import has_request_context, request
from flask import session as cookie
from flask_login import AnonymousUserMixin, current_user

from award.i18n import LANGUAGES
from award.services import sign_ins
from award.web import answers, frame, spoken, ways
from award.web.access import Number, check_every_view
from award.web.clock import now


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    id, name, language, role, offices = None, "", None, "visitor", ()


def sign_in(login):
    """Tie flask-login to the sign-ins kept on the server."""
    login.anonymous_user = Visitor
    login.session_protection = None
    login.user_loader(lambda token: sign_ins.user_of(token, now=now()))
    login.unauthorized_handler(answers.ask_to_sign_in)


def language():
    """The language of the page: that of its address, else the person's choice, else the one chosen in this browser, else what it asks for."""
    if not has_request_context():
        return "en"
    chosen = ways.asked_language() or cookie.get("language") or current_user.language
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, default="en")


def init_app(app):
    """Register every blueprint of this package, the frame around the pages and the answers to what goes wrong."""
    app.url_map.converters["int"] = Number
    for module in iter_modules(__path__):
        found = import_module(f"{__name__}.{module.name}")
        if hasattr(found, "bp") and getattr(found, "wanted", lambda _config: True)(app.config):
            app.register_blueprint(found.bp)
    frame.init_app(app)
    spoken.init_app(app)
    answers.init_app(app)
    check_every_view(app)


__all__ = ["init_app", "language", "sign_in"]
