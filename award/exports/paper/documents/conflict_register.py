"""The register of conflicts of interest: between whom, since when, and what followed from it."""

from award.exports.paper import register_page
from award.exports.paper.documents import Document, Part
from award.i18n import text


def parts(pages):
    """One part: the register and the jurors without a conflict."""
    shown = register_page.chosen(pages)
    yield Part("conflict_register/register.html", {"pages": shown, "register": register_page, "lines": register_page.lines(shown),
                                                    "free": register_page.free(shown)})


DOCUMENT = Document(
    key="conflict_register",
    title=text("Register of conflicts of interest"),
    about=text("Every conflict of interest and what followed from it"),
    parts=parts,
    names=True,
    order=40,
)
