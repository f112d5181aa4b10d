"""The kinds of question an entry form can ask: what each accepts, what is still wrong with an answer, how it reads.

One class a kind, registered in TYPES under its key; templates/fields/<key>.html draws it. A value is plain JSON; None
where nothing was answered. What cannot be kept at all is refused by `parse`; what must be mended before the entry is
submitted (too many words, off the range) is told by `faults`, so that a draft can always be saved.
"""
import re
import unicodedata
from urllib.parse import urlsplit

from award.domain import numbers
from award.errors import Invalid
from award.i18n import LANGUAGES, ntext, pick, text

TYPES = {}
LINE, LONG, ADDRESS, LABEL = 300, 50_000, 2_000, 200
MOST_WORDS, MOST_CHOICES, MOST_FILES, MOST_MEGABYTES = 5_000, 30, 5, 50
MEGABYTE = 1_000_000
MEDIA = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}
UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TWICE = text("This was sent twice in one form. Load the page again and send it once more.")
CHARACTER = text("The text holds a character that cannot be kept. Type it again without copying.")
OPTION = text("Choose one of the answers listed.")
LINK = text("Write a web address that begins with https:// or http://, for example https://www.example.org.")


def field_type(kind):
    """Register a kind of question under its key. Gives the class."""
    TYPES[kind.key] = kind()
    return kind


def count_words(written):
    """The number of words in a text: runs of characters between white space."""
    return len(written.split())


def choices_from_lines(lines, *, earlier=()):
    """Choices [{"key", "label": {language: text}}] of one text per language that holds one choice a line.

    The n-th lines belong together. A choice that reads, in some language, like one of `earlier` (choices too) keeps its
    key, so that answers already given stay with their choice; a new choice gets a key never used before.
    """
    columns = {code: [line.strip() for line in lines.get(code, "").strip().splitlines()] for code in LANGUAGES}
    labels = [{code: column[place] for code, column in columns.items() if place < len(column) and column[place]}
              for place in range(max(map(len, columns.values()), default=0))]
    known = {(code, label): choice["key"] for choice in earlier for code, label in choice["label"].items()}
    used, found = set(), []
    for label in filter(None, labels):
        key = next((known[pair] for pair in label.items() if known.get(pair) not in (None, *used)), None)
        key = key or _new_key(used | set(known.values()))
        used.add(key)
        found.append({"key": key, "label": label})
    return found


def _new_key(used):
    return next(key for key in (f"c{n}" for n in range(1, len(used) + 2)) if key not in used)


class FieldType:
    """What kinds share. `control` (line, text, one, many, file) is what the form draws; `accepts` names the options."""

    key, name, control, accepts = "", None, "line", ()

    def options(self, given):
        """The options as they are kept, of typed or kept ones. Raises Invalid whose `field` names the option."""
        foreign = set(given) - set(self.accepts)
        if foreign:
            raise Invalid(text("This kind of question has no setting “%(name)s”.", name=min(foreign)))
        return {name: getattr(self, f"_{name}")(given.get(name)) for name in self.accepts}

    def parse(self, raw, options):
        """The value of the list of strings a form sent. Raises Invalid for what cannot be kept."""
        if len(raw) > 1:
            raise Invalid(TWICE)
        written = raw[0].replace("\r\n", "\n").strip() if raw else ""
        if UNKEPT.search(written):
            raise Invalid(CHARACTER)
        return self._read(written, options) if written else None

    def faults(self, _value, _options):
        """What must be mended in a kept value before it is submitted, as a list of Text."""
        return []

    def to_text(self, value, _options, *, language):
        """The value as text in a language; "" for None."""
        return value or ""

    def _read(self, written, _options):
        return _at_most(written, LONG)


def _at_most(written, limit):
    if len(written) > limit:
        raise Invalid(text("This is %(length)s characters long; at most %(limit)s fit. Shorten it.",
                           length=len(written), limit=limit))
    return unicodedata.normalize("NFC", written)


@field_type
class ShortText(FieldType):
    """One line of at most 300 characters."""

    key, name = "short_text", text("Short text")

    def _read(self, written, _options):
        return _at_most(" ".join(written.split()), LINE)


@field_type
class LongText(FieldType):
    """Paragraphs, with a limit in words where `max_words` is set."""

    key, name, control, accepts = "long_text", text("Long text"), "text", ("max_words",)

    def _max_words(self, given):
        return _whole(given, 1, MOST_WORDS, "max_words")

    def faults(self, value, options):
        """Too many words."""
        used, limit = count_words(value or ""), options.get("max_words")
        if not limit or used <= limit:
            return []
        return [ntext("%(used)s words, %(num)s more than allowed", "%(used)s words, %(num)s more than allowed",
                      used - limit, used=used)]


def _whole(given, low, high, name):
    if given in (None, ""):
        return None
    if not re.fullmatch("[0-9]{1,9}", str(given).strip()) or not low <= int(given) <= high:
        raise Invalid(text("Write a whole number from %(low)s to %(high)s.", low=low, high=high), field=name)
    return int(given)


@field_type
class SingleChoice(FieldType):
    """One of the choices; the value is its key."""

    key, name, control, accepts = "single_choice", text("One choice"), "one", ("choices",)

    def _choices(self, given):
        choices = [{"key": c["key"], "label": {code: c["label"][code] for code in LANGUAGES if c["label"].get(code)}}
                   for c in given or ()]
        longest = max((len(label) for c in choices for label in c["label"].values()), default=0)
        keys = {c["key"] for c in choices}
        if not 2 <= len(choices) <= MOST_CHOICES or len(keys) < len(choices) or not all(c["label"] for c in choices):
            raise Invalid(text("Give 2 to %(most)s different answers to choose from, one a line.", most=MOST_CHOICES),
                          field="choices")
        if longest > LABEL:
            raise Invalid(text("An answer to choose from has at most %(limit)s characters.", limit=LABEL),
                          field="choices")
        return choices

    def _read(self, written, options):
        if written not in _keys(options):
            raise Invalid(OPTION)
        return written

    def faults(self, value, options):
        """A choice that the organiser has taken away since."""
        return [] if value is None or value in _keys(options) else [OPTION]

    def to_text(self, value, options, *, language):
        """The label of the choice."""
        return next((pick(c["label"], language) for c in options["choices"] if c["key"] == value), "")


def _keys(options):
    return [choice["key"] for choice in options["choices"]]


@field_type
class MultipleChoice(SingleChoice):
    """Any of the choices; the value is the list of their keys, in the order of the form."""

    key, name, control = "multiple_choice", text("Several choices"), "many"

    def parse(self, raw, options):
        """The keys chosen, each once. Raises Invalid for one not on offer."""
        chosen = {written.strip() for written in raw} - {""}
        if chosen - set(_keys(options)):
            raise Invalid(OPTION)
        return [key for key in _keys(options) if key in chosen] or None

    def faults(self, value, options):
        """Choices that the organiser has taken away since."""
        return [OPTION] if set(value or ()) - set(_keys(options)) else []

    def to_text(self, value, options, *, language):
        """The labels, one a line."""
        return "\n".join(pick(c["label"], language) for c in options["choices"] if c["key"] in (value or ()))


@field_type
class Number(FieldType):
    """A number in the grammar of award.domain.numbers, kept exactly, as text with a decimal point."""

    key, name, control, accepts = "number", text("A number"), "line", ("low", "high")

    def options(self, given):
        """Lowest and highest number allowed, None where open. Raises Invalid for what is no range."""
        kept = super().options(given)
        if None not in kept.values() and numbers.parse(kept["low"]) >= numbers.parse(kept["high"]):
            raise Invalid(text("The highest number must be above the lowest."), field="high")
        return kept

    _low = staticmethod(lambda given: _number(given, "low"))
    _high = staticmethod(lambda given: _number(given, "high"))

    def _read(self, written, _options):
        return numbers.plain(numbers.parse(written))

    def faults(self, value, options):
        """Off the range."""
        low, high = options.get("low"), options.get("high")
        if value is not None and low is not None and numbers.parse(value) < numbers.parse(low):
            return [text("Write a number of at least %(low)s.", low=low)]
        if value is not None and high is not None and numbers.parse(value) > numbers.parse(high):
            return [text("Write a number of at most %(high)s.", high=high)]
        return []

    def to_text(self, value, _options, *, language):
        """In the signs of the language, in groups of thousands, with a true minus: "1,234.5", "1.234,5"."""
        return numbers.written(value, language) if value else ""


def _number(given, name):
    try:
        return None if given in (None, "") else numbers.plain(numbers.parse(str(given)))
    except Invalid as refusal:
        raise Invalid(refusal.message, field=name) from refusal


@field_type
class WebAddress(FieldType):
    """The address of a page, http or https; anything else (javascript:, data:, file:) is refused."""

    key, name = "web_address", text("Web address")

    def _read(self, written, _options):
        if re.search(r"[\s\\<>\"\x00-\x1f\x7f-\x9f]", written) or not re.match("https?://", written, re.IGNORECASE):
            raise Invalid(LINK)
        try:
            parts = urlsplit(written)
            fits = bool(parts.hostname) and parts.username is None and parts.port != 0
        except ValueError:
            fits = False
        if not fits or not re.fullmatch(r"[^.]+(\.[^.]+)+\.?|localhost", parts.hostname):
            raise Invalid(LINK)
        return _at_most(written, ADDRESS)


@field_type
class File(FieldType):
    """Files of the media types allowed; the value lists {"id", "name", "media_type", "size", "sha256"} of each.

    Files are uploaded, not typed: `parse` refuses every text.
    """

    key, name, control, accepts = "file", text("File"), "file", ("types", "max_mb", "most")

    def _types(self, given):
        types = [media for media in MEDIA if media in (list(MEDIA) if given is None else given)]
        if not types or set(given or ()) - set(MEDIA):
            raise Invalid(text("Choose at least one kind of file: PDF, PNG or JPEG."), field="types")
        return types

    def _max_mb(self, given):
        return _whole(given, 1, MOST_MEGABYTES, "max_mb")

    def _most(self, given):
        return _whole(given, 1, MOST_FILES, "most") or 1

    def parse(self, raw, _options):
        """None. Raises Invalid when a text stands where a file should be."""
        if any(raw):
            raise Invalid(text("Choose a file."))

    def refuse(self, held, upload, options):
        """Raise Invalid when `upload` (a dict as in the value) cannot join the list `held`: by type, size or number."""
        allowed = options.get("types") or list(MEDIA)
        if upload["media_type"] not in allowed:
            raise Invalid(text("Attach a file of this kind: %(kinds)s.", kinds=", ".join(MEDIA[m] for m in allowed)))
        if options.get("max_mb") and upload["size"] > options["max_mb"] * MEGABYTE:
            raise Invalid(too_large(options["max_mb"] * MEGABYTE))
        if len(held or ()) >= options.get("most", 1):
            raise Invalid(ntext("One file fits here. Remove the other one first.",
                                "%(num)s files fit here. Remove one first.", options.get("most", 1)))

    def to_text(self, value, _options, *, language):
        """The names of the files, one a line."""
        return "\n".join(file["name"] for file in value or ())


def too_large(limit):
    """What to say of a file above `limit` bytes."""
    return text("The file is too large: at most %(limit)s MB. Make it smaller, for example with lighter images.",
                limit=max(1, limit // MEGABYTE))
