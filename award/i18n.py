"""Languages: lazy texts, their translation outside a page, and texts that organisers write per language."""
import gettext as _gettext
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

LANGUAGES = ("nl", "fr", "de", "en")
SOURCE = "en"
NAMES = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}
CATALOGUES = Path(__file__).parent / "translations"
SAYINGS = {}
"""How values are said, {name: function(*values, language=…)}: the pages register day, clock, moment, number …"""


@dataclass(frozen=True)
class Text:
    """A sentence still to be translated: source text, its plural where it counts something, and the values to fill in."""

    one: str
    many: str | None = None
    number: int | None = None
    values: dict = field(default_factory=dict, hash=False)

    def __str__(self):
        return translate(self, SOURCE)

    def filled(self, **values):
        """The same sentence with these values as well."""
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True)
class Said:
    """A value that each language says in its own way, such as a date, still to be said."""

    name: str
    values: tuple

    def __str__(self):
        return translate(self, SOURCE)


def said(name, *values):
    """A lazy value for a text: `said("day", instant, zone)`; `name` is a key of SAYINGS."""
    return Said(name, values)


def text(message, **values):
    """A lazy text; values fill the %(name)s placeholders and may be texts themselves."""
    return Text(message, values=values)


def ntext(one, many, number, **values):
    """A lazy text that counts: `one` or `many`, by the plural rule of the reader's language; %(num)s is the number."""
    return Text(one, many, number, {"num": number, **values})


@cache
def catalogue(language):
    """The compiled catalogue of a language. The source needs none; unknown languages read the source.

    Raises FileNotFoundError where a catalogue is not compiled: a page in half a language helps nobody.
    """
    if language == SOURCE or language not in LANGUAGES:
        return _gettext.NullTranslations()
    return _gettext.translation("messages", CATALOGUES, [language])


def translate(message, language):
    """The text in the language. Plain strings pass through unchanged."""
    if isinstance(message, Said):
        return SAYINGS[message.name](*message.values, language=language)
    if not isinstance(message, Text):
        return str(message)
    words = catalogue(language)
    found = words.gettext(message.one) if message.many is None else words.ngettext(message.one, message.many, message.number)
    values = {name: translate(v, language) if isinstance(v, Text | Said) else v for name, v in message.values.items()}
    return found % values if values else found


def pick(texts, language, order=LANGUAGES):
    """The text an organiser wrote, in the language or else in the first of `order` that has one.

    `texts` is {"nl": "…", "fr": "…"}; a missing or blank text falls back; nothing written gives "".
    """
    texts = texts or {}
    for candidate in (language, *order, *LANGUAGES):
        if (texts.get(candidate) or "").strip():
            return texts[candidate]
    return ""


SAYINGS["words"] = lambda texts, order, *, language: pick(texts, language, order)
