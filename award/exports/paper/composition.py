"""A document as fragments of HTML, one per part: each is laid out by itself and can be quoted by itself.

A part is a template below templates/print. Texts are plain and escaped; what the fonts cannot print is replaced.
"""

import re
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from award.domain import reasons
from award.exports.figures import LOCALES
from award.exports.paper import certainty_page, charts, entry_charts, fields_page, lines_page, method_words, ranking_page, rules
from award.exports.paper.arithmetic import of_entry
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.glyphs import Glyphs, width
from award.exports.paper.views import Pages
from award.exports.paper.words import rosette_title, shares_title
from award.exports.words import CONFLICTS, OUTCOMES, named
from award.i18n import catalogue, translate

KEPT = 150  # points of a word that stays whole
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


def compose(report, language, files=()):
    """The fragments of the document that `report.choice` names, in order, each a whole HTML document.

    `files` are the attachments: (name, words, bytes).
    """
    pages, glyphs = Pages(report, language), Glyphs()
    environment = typesetter(language, glyphs)
    document = DOCUMENTS[report.choice.kind]
    context = {
        "pages": pages,
        "document": document,
        "glyphs": glyphs,
        "files": [(n, w, sha256(b).hexdigest()) for n, w, b in files],
    }
    return [environment.get_template(f"print/{part.template}").render(context, **part.context) for part in document.parts(pages)]


def typesetter(language, glyphs):
    """The template environment of one language: escaped, strict, without Flask."""
    words = catalogue(language)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=printable(glyphs),
    )
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)
    environment.filters["t"] = lambda message: translate(message, language)
    environment.filters["fitted"] = lambda words, room: charts.fitted(unescaped(words), room, 8)
    environment.filters["paragraphs"] = paragraphs
    environment.filters["ending"] = ending
    environment.filters["hex"] = lambda digest: " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
    environment.globals |= {
        "base": "print/document.html",
        "language": language,
        "locale": LOCALES[language].replace("_", "-"),
        "rules": rules,
        "reasons": reasons,
        "rosette": rosette,
        "entry_charts": entry_charts,
        "certainty": certainty_page,
        "shares": shares,
        "ranking_page": ranking_page,
        "lines": lines_page,
        "fields": fields_page,
        "arithmetic": of_entry,
        "method_words": method_words,
        "size": size,
        "outcome_name": lambda decision: translate(named(OUTCOMES, decision.outcome), language),
        "conflict_name": lambda kind: translate(named(CONFLICTS, kind), language),
    }
    return environment


def printable(glyphs):
    """What every printed value passes through: only glyphs that the fonts have."""

    def finalize(value):
        if isinstance(value, Markup):
            return Markup(glyphs.printable(value))  # noqa: S704 - escaped before; only glyphs are replaced
        return glyphs.printable(value) if isinstance(value, str) else value

    return finalize


def unescaped(words):
    """The plain text of a translation, which is escaped already: it is measured and cut before it is escaped again."""
    return words.unescape() if isinstance(words, Markup) else words


def paragraphs(words):
    """The paragraphs of a plain text: what blank lines separate."""
    return [part.strip() for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if part.strip()]


def ending(words):
    """(what goes before, last word): what must not part stands beside the last word, unless that is too long to be kept whole."""
    before, last = re.fullmatch(r"(.*?)(\S*)", words, re.DOTALL).groups()
    return (before, last) if width(last, 10.5) < KEPT else (f"{words} ", "")


def size(title):
    """How large a title is set, by the room it takes: its class."""
    room = width(title, 33)
    return "t1" if room <= 2 * 471 else "t2" if room <= 4 * 471 else "t3"


def rosette(pages):
    """The ornament of the round: its own result."""
    low, high = pages.ends

    def ray(key):
        score = pages.outcomes[key]["score"]
        return (None if score is None else (score - low) / (high - low)), pages.kind(key)

    return charts.rosette(
        [ray(key) for key in pages.entries], translate(rosette_title(len(pages.entries)), pages.language)
    )


def shares(pages):
    """The bar of the criteria and their shares."""
    parts = [(c["shown"], c["part"], pages.percent(c["part"])) for c in pages.shared]
    return charts.share_bar(
        parts, translate(shares_title(", ".join(f"{name} {written}" for name, _, written in parts)), pages.language)
    )
