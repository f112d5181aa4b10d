"""Score sheets to print: for each entry the criteria with boxes to tick, for a jury on paper or as a reserve. They hold no score."""

from award.exports.paper.documents import Document, Part
from award.exports.paper.sheet_page import SheetPages
from award.i18n import text


def parts(pages):
    """One part for each entry; a page that says so where there is none."""
    for number, key in enumerate(pages.entries, 1):
        yield Part("score_sheets/entry.html", {"view": SheetPages(pages, key), "number": number})
    if not pages.entries:
        yield Part("score_sheets/none.html")


DOCUMENT = Document(
    key="score_sheets",
    title=text("Score sheets to print"),
    about=text("For each entry the criteria with boxes, to fill in by hand"),
    parts=parts,
    order=50,
)
