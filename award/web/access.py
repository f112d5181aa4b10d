"""The gate in front of every page."""
from functools import wraps

from flask import abort, current_app
from flask_login import current_user
from werkzeug.routing import IntegerConverter

from award.db import session
from award.permissions import VISITORS, can

NO_GATE = {"static"}


class Number(IntegerConverter):
    """A number in an address, as far as a row can have it; a larger one is no page."""

    def __init__(self, map, *args, **kwargs):
        super().__init__(map, *args, **{"max": 2**31 - 1, **kwargs})


def requires(permission, model=None, *, options=()):
    """Let the request through when the person holds the permission; give the view its subject.

    With a model, `<model>_id` in the path is loaded (with `options` for what the page needs along) and takes the place of the
    number: a view never sees a subject that it may not touch. What is absent and what is forbidden look alike to visitors,
    teams and jurors (404); people who hold an office get 403.
    """
    def decorate(view):
        @wraps(view)
        def guarded(**path):
            if not current_user.is_authenticated and permission not in VISITORS:
                return current_app.login_manager.unauthorized()
            subject = _subject(model, path, options)
            if not can(current_user, permission, subject):
                abort(403 if getattr(current_user, "offices", None) else 404)
            return view(**path) if model is None else view(subject, **path)
        guarded.permission, guarded.model = permission, model
        return guarded
    return decorate


def _subject(model, path, options):
    if model is None:
        return None
    key = path.pop(f"{model.__tablename__}_id")
    return session.get(model, key, options=options) or abort(404)


def check_every_view(app):
    """Stop the start-up when a page has no permission."""
    for endpoint, view in app.view_functions.items():
        if endpoint not in NO_GATE and not hasattr(view, "permission"):
            raise RuntimeError(f"page {endpoint} names no permission")
