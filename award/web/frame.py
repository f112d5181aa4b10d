"""The frame of every page: what templates may use, and the headers that keep pages private and closed to foreign content."""
from flask import request
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup

import award
from award import i18n, permissions
from award.web import charts, formats

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
           "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
           "Permissions-Policy": "camera=(), geolocation=(), microphone=()"}
SHOWN = ("day", "moment", "clock", "exact_clock", "score", "share", "chance", "number", "size", "zone_words")


def page_language():
    """The language code of the page being answered."""
    return str(get_locale() or i18n.SOURCE).split("_")[0]


def say(message):
    """A lazy text in the page's language; plain strings pass through."""
    return message if isinstance(message, Markup) else i18n.translate(message, page_language())


def allowed(permission, subject=None):
    """For templates: whether the person holds the permission, named by its value."""
    return permissions.can(current_user, permissions.Permission(permission), subject)


def init_app(app):
    app.jinja_env.filters["t"] = say
    app.jinja_env.filters["pick"] = lambda texts, order=i18n.LANGUAGES: i18n.pick(texts, page_language(), order)
    for name in SHOWN:
        i18n.SAYINGS[name] = getattr(formats, name)
        app.jinja_env.filters[name] = _in_page_language(getattr(formats, name))
    app.jinja_env.filters["strip_words"] = _in_page_language(charts.strip_words)
    app.jinja_env.globals.update(can=allowed, charts=charts)
    app.context_processor(_values)
    app.after_request(_close_to_foreigners)


def _in_page_language(function):
    return lambda value, *rest, **named: function(value, *rest, **named, language=page_language())


def _values():
    return {"language": page_language(), "languages": i18n.NAMES, "user": current_user, "site_name": "Award",
            "version": award.__version__, "masthead": None, "history_head": None}


def _close_to_foreigners(response):
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = page_language()
    return response
