"""The feedback letter: what the jury tells the team of one entry, with no other entry and no juror in it."""

from award.exports.paper import letter_page
from award.exports.paper.documents import Document, Part
from award.i18n import text


def parts(pages):
    """The letter to the team of the entry that was chosen. Raises ValueError where none was."""
    if pages.choice.entry not in pages.entries:
        raise ValueError("A feedback letter is about one entry: choose it")
    yield Part("feedback_letter/letter.html", {"view": letter_page.LetterPages(pages, pages.choice.entry), "points": letter_page.points})


DOCUMENT = Document(
    key="feedback_letter",
    title=text("Feedback letter"),
    about=text("What the jury tells the team of an entry"),
    parts=parts,
    subject="entry",
    variants=("team",),
    applies=lambda report: bool(report.result["entries"]),
    order=20,
)
