"""The magazine: the entries of the teams that consent, told in their own words, made to be read for pleasure."""
from award.exports.paper import emblems
from award.exports.paper.documents import Document, Part
from award.exports.paper.magazine_pages import Magazine, criteria, facts
from award.i18n import text


def parts(pages):
    """Cover, contents, a spread for each entry, and how the jury judged."""
    magazine = Magazine(pages)
    yield Part("magazine/cover.html", {"magazine": magazine, "emblems": emblems})
    if magazine.opens:
        yield Part("magazine/opening.html", {"magazine": magazine, "emblems": emblems})
    for number, lines in enumerate(magazine.listed):
        yield Part("magazine/contents.html", {"magazine": magazine, "lines": lines, "page": 2 + magazine.opens + number, "first": number == 0})
    for story in magazine.stories:
        yield Part("magazine/story.html", {"magazine": magazine, "story": story, "facts": facts})
    yield Part("magazine/closing.html", {"magazine": magazine, "criteria": criteria(pages), "emblems": emblems})


DOCUMENT = Document(
    key="magazine",
    title=text("Magazine"),
    about=text("The entries whose teams consent to publication, in their own words"),
    parts=parts,
    applies=lambda report: any(entry.consented for entry in report.entries),
    order=60,
)
