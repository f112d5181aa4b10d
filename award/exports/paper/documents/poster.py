"""The poster: one page of A3 for each winner, made to hang."""
from award.exports.paper import plates
from award.exports.paper.documents import Document, Part
from award.i18n import text


def parts(pages):
    """A page for each winner, in the order of the ranking."""
    for plate in plates.posters(pages):
        yield Part("poster/page.html", {"plate": plate})


DOCUMENT = Document(
    key="poster",
    title=text("Poster of the winner"),
    about=text("One page of A3 for each winner: the title, the team, what it is and why it won"),
    parts=parts,
    applies=lambda report: any(entry.decision and entry.decision.outcome == "winner" for entry in report.entries),
    order=50,
)
