"""What every form shares: its version, its idempotency key, and faults that say what to do, tied to their field."""
import re
import secrets
from functools import cache

from babel.support import Translations
from flask import request
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.fields.choices import SelectFieldBase
from wtforms.validators import StopValidation, ValidationError

from award.domain import numbers
from award.domain.fields import UNKEPT
from award.domain.names import INVISIBLE
from award.i18n import NAMES, text
from award.web.frame import page_language
from award.web.typed import FEW, remember

ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
PARAGRAPH = 500
ONCE = text("This was sent twice in one form. Load the page again and send it once more.")
LISTED = text("Choose one of the answers listed.")
FOREIGN = text("The form sent something this page does not ask for. Load the page again and send it once more.")


@cache
def of_the_library(language):
    """The messages of WTForms in a language. Kept, because reading them takes as long as the rest of a form."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class Form(FlaskForm):
    """The base of every form. A field given twice, or one that the page does not have, is refused."""

    class Meta:
        def get_translations(self, form):
            """The library's own messages in the language of the page."""
            return of_the_library(str(get_locale()))

    version = HiddenField()
    key = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.refusals = []
        if not self.key.data:
            self.key.data = secrets.token_urlsafe(16)
        remember(self)

    def opened_on(self):
        """The version of the object that the form was opened on; None when it names none."""
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None

    def validate(self, extra_validators=None):
        valid = super().validate(extra_validators)
        for field in flat(self):
            if isinstance(field, SelectFieldBase):
                field.errors = [LISTED if isinstance(error, str) else error for error in field.errors]
        self.refusals += [FOREIGN] if self._foreign() else []
        self.refusals += [ONCE] if self._doubled() else []
        return valid and not self.refusals

    def refuse(self, refusal):
        """Show what a use case refused, beside the field it names or above the form."""
        field = self._fields.get(refusal.field) if refusal.field else None
        field = next(iter(field.form)) if hasattr(field, "form") else field
        messages = getattr(refusal, "faults", [refusal.message])
        if field is None:
            self.refusals += messages
        else:
            field.errors = [*field.errors, *messages]

    def unasked(self):
        """Texts that came under names this form does not have, such as a language taken away meanwhile: shown, so that none is lost."""
        return [words for name in sorted(self._foreign()) for words in request.form.getlist(name) if len(words.strip()) > FEW]

    def _names(self):
        return {f.name: f for f in flat(self)} | {"csrf_token": None}

    def _foreign(self):
        return set(request.form) - set(self._names()) - {"act"}

    def _doubled(self):
        single = {n for n, f in self._names().items() if f is None or not getattr(f, "takes_many", _takes_many(f))}
        return [n for n in single if len(request.form.getlist(n)) > 1]


def _takes_many(field):
    return type(field).__name__ in ("SelectMultipleField", "MultipleFileField")


def flat(form):
    """The fields of a form, those of its parts included."""
    for field in form:
        if hasattr(field, "form"):
            yield from flat(field.form)
        elif hasattr(field, "entries"):
            for entry in field.entries:
                yield from flat(entry.form) if hasattr(entry, "form") else (entry,)
        else:
            yield field


class Needed:
    """The field must be filled in. `message` says what to write."""

    field_flags = {"required": True}

    def __init__(self, message):
        self.message = message

    def __call__(self, _form, field):
        if not (field.data.strip() if isinstance(field.data, str) else field.data):
            field.errors = []
            raise StopValidation(self.message)


def figure(number):
    """A number inside a message, in the signs of the page's language."""
    return numbers.written(number, page_language())


class AtMost:
    """At most `limit` characters, all of which can be kept; on one line also seen."""

    def __init__(self, limit):
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form, field):
        if field.data and len(field.data) > self.limit:
            raise StopValidation(text("This is %(length)s characters long; at most %(limit)s fit. Shorten it.",
                                      length=figure(len(field.data)), limit=figure(self.limit)))
        if (UNKEPT if isinstance(field, TextAreaField) else INVISIBLE).search(field.data or ""):
            raise StopValidation(text("The text holds a character that cannot be kept. Type it again without copying."))


class Address:
    """An e-mail address of the usual form."""

    def __call__(self, _form, field):
        if not ADDRESS.fullmatch((field.data or "").strip()) or len(field.data) > 254:
            raise ValidationError(text("Write an e-mail address such as name@example.org."))


def trimmed(value):
    """Without white space around; None stays None."""
    return value.strip() if isinstance(value, str) else value


def localised(label, languages, *, limit=200, needed=None, hint=None):
    """One text in each of the round's languages, as a part of a form; `needed` is the message when the first is missing.

    A text that may be longer than a paragraph gets a field of several lines.
    """
    kind = TextAreaField if limit > PARAGRAPH else StringField
    parts = {}
    for place, code in enumerate(languages):
        rules = [Needed(needed)] if needed and place == 0 else []
        parts[code] = kind(NAMES[code], filters=[trimmed], validators=[*rules, AtMost(limit)], render_kw={"lang": code})
    return FormField(type("Localised", (PlainForm,), parts), label=label, description=hint or "", separator="-")
