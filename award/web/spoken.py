"""Lazy texts in the cookie, so that a message said on the next page is in the language of that page."""

from flask.json.tag import JSONTag
from flask.sessions import SecureCookieSessionInterface

from award.i18n import Text


class TextTag(JSONTag):
    """A text keeps its source and its values; numbers and plain strings stay what they are, anything else becomes words."""

    __slots__ = ()
    key = " text"

    def check(self, value):
        return isinstance(value, Text)

    def to_json(self, value):
        values = {k: v if isinstance(v, Text | int | str) else str(v) for k, v in value.values.items()}
        return [value.one, value.many, value.number, self.serializer.tag(values)]

    def to_python(self, value):
        return Text(*value)


def init_app(_app):
    """Teach the cookie's serializer, which all applications of a process share, to keep texts."""
    serializer = SecureCookieSessionInterface.serializer
    if TextTag.key not in serializer.tags:
        serializer.register(TextTag, index=0)
