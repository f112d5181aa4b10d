"""From fragments of HTML to one file: PDF/A-3a and PDF/UA-1, no network, the same bytes each time.

Each fragment is laid out by itself with one shared stylesheet and becomes a piece; the pieces are joined. Imports WeasyPrint,
so only the child process imports this.
"""

import io
import re
from functools import partial

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from award.exports.paper import labels  # noqa: F401 - sets the words of charts
from award.exports.paper.frame import framed
from award.exports.paper.glyphs import FONTS
from award.exports.paper.merging import merged
from award.exports.paper.painting import painted
from award.exports.paper.reading import Fragment

BASE = "https://assets.invalid/"  # a name that resolves nowhere; only the dictionary answers
ASSETS = {f"{BASE}fonts/{path.name}": path for path in FONTS.glob("*.ttf")}
STYLES = FONTS.parent / "print.css"
ANCHOR = re.compile(r"""<[^<>]*?\sid=["']?([^\s"'<>]+)""")
LINK = re.compile(r"""<a\s[^<>]*?href=["']?#([^\s"'<>]+)""")


class NotBundled(FatalURLFetchingError):
    """A document asked for something that is not on the list: the render stops."""


class NamedAssets(URLFetcher):
    """Answers for the bundled fonts by name; refuses every other address, files and data: included."""

    def fetch(self, url, headers=None):
        if url not in ASSETS:
            raise NotBundled(f"Not a bundled asset: {url[:80]}")
        return URLFetcherResponse(url, ASSETS[url].read_bytes(), {"Content-Type": "font/ttf"})


class Setter:
    """Sets fragments one by one with the shared stylesheet and typefaces. `set(fragment, elsewhere)` gives the Piece."""

    def __init__(self):
        self.fetcher, self.fonts = NamedAssets(), FontConfiguration()
        self.styles = CSS(string=STYLES.read_text("utf-8"), base_url=BASE, url_fetcher=self.fetcher, font_config=self.fonts)

    def set(self, fragment, elsewhere):
        """The Piece of a fragment that links to the anchors `elsewhere` in other fragments."""
        page = Fragment(fragment, base_url=BASE, url_fetcher=self.fetcher)
        return painted(page.render(stylesheets=[self.styles], font_config=self.fonts, pdf_tags=True), elsewhere)


def bind(fragments, *, attachments, frozen_at):
    """The PDF of the fragments. `attachments` holds (name, description, bytes); all dates are `frozen_at`."""
    setter, target = Setter(), io.BytesIO()
    pieces = (setter.set(fragment, elsewhere) for fragment, elsewhere in zip(fragments, linked(fragments), strict=True))
    join(pieces, target, fragments[0], attachments=attachments, frozen_at=frozen_at)
    return target.getvalue()


def join(pieces, target, first, *, attachments, frozen_at):
    """Write the PDF of the pieces to a binary file; the fragment `first` says its title and language."""
    merged(pieces, target, partial(framed, first, attachments=attachments, frozen_at=frozen_at, fetcher=NamedAssets()))


def linked(fragments):
    """For each fragment, the anchors that it links to and that only others have: a link to nowhere is no link."""
    anchors = [set(ANCHOR.findall(fragment)) for fragment in fragments]
    known = set().union(*anchors)
    return [known.intersection(LINK.findall(fragment)) - own for fragment, own in zip(fragments, anchors, strict=True)]
