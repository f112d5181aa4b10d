"""The minutes of a stage: what the jury did, saw and decided, to be signed by its chair and members."""

from award.exports.paper import register_page
from award.exports.paper.documents import Document, Part
from award.exports.paper.minutes_page import MinutesPages
from award.i18n import text


def parts(pages):
    """One part, so that its pages are counted through: who signs can see that none is missing."""
    shown = register_page.chosen(pages)
    yield Part("minutes/minutes.html", {"pages": shown, "view": MinutesPages(shown), "register": register_page})


DOCUMENT = Document(
    key="minutes",
    title=text("Minutes"),
    about=text("Acts, ranking, decisions and reasons, to be signed"),
    parts=parts,
    attached=True,
    names=True,
    order=30,
)
