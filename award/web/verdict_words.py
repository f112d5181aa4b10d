"""What the public page says of a file or a checksum, in words."""
from dataclasses import dataclass

from flask import url_for

from award.exports.paper.documents import DOCUMENTS
from award.i18n import NAMES, said, text

SAME = text("Recalculated from the data inside it, the ranking is identical.")
REPORT = text("This is the published jury report of %(round)s, version %(number)s of %(date)s.")
DOCUMENT = text("This file was published for %(round)s, version %(number)s of %(date)s: %(document)s.")
RESULT = text("This is the published result of %(round)s, version %(number)s of %(date)s.")
EARLIER = text("The same document was made again since. The public page has the new one.")
NEWER = text("A newer version of the result has been published since.")
NO_DATA = text("It was not recomputed: it carries no data, or more than this page recomputes. Its bytes are those that we published.")
STANDINGS = {
    "draft": (text("This is a draft"),
              text("It was made here for %(round)s before the decisions were complete: %(document)s. It is not the published report.")),
    "apart": (text("This file was made here, but it is not public"),
              text("It was made here from the published result of %(round)s: %(document)s. It is not one of the files on the public page.")),
}
FAULTS = {
    "unreadable": (text("This file cannot be read"), text("It begins like a PDF, but it is damaged. Download it again and send the copy.")),
    "locked": (text("This file is protected with a password"),
               text("A report that was published here has no password. Save the file without one and send it again.")),
    "bare": (text("This PDF carries no result"),
             text("It is not one of the published files, and it has no data inside that could be recomputed. A jury report has them; a print, a "
                  "letter, a certificate or a poster has none.")),
    "no result": (text("This is not a report or result of Award"),
                  text("Send the PDF of a jury report, or the JSON file of a result, as it was downloaded.")),
    "incomplete": (text("This result is incomplete"), text("It lacks data that the calculation needs, or they contradict one another.")),
    "heavy": (text("This file is too much for this page"),
              text("Reading it took more time or memory than this page gives a file. The command “python -m award verify FILE” has no such limit.")),
}
PARTS = {"rulebook": text("the rules"), "sheet": text("the scores"), "exclusions": text("the ballots that do not count"),
         "facts": text("what is known of the entries")}
FIGURES = {"score": text("score of entry %(entry)s"), "rank": text("rank of entry %(entry)s"), "ballots": text("ballots of entry %(entry)s")}


@dataclass(frozen=True)
class Said:
    """An answer: its tone (good, warn, bad), heading, sentences, pairs of facts, and the address of the public page."""

    tone: str
    title: object
    words: tuple
    facts: tuple = ()
    address: str | None = None


def of_file(verdict):
    """The answer about a file."""
    if verdict.kind in FAULTS:
        title, words = FAULTS[verdict.kind]
        return Said("warn", title, (words,))
    return {"report": of_report, "data": of_data, "result": of_wrapped, "other": of_other, "differs": of_difference}[verdict.kind](verdict)


def of_report(verdict):
    known = verdict.known
    recomputed = SAME if verdict.recomputed else NO_DATA
    if known.standing in STANDINGS:
        title, words = STANDINGS[known.standing]
        return Said("warn", title, (words.filled(**values(known)), recomputed, *after(known)), facts(known), page(known))
    return Said("good", text("This file is genuine"), (named(known), recomputed, *after(known)), facts(known), page(known))


def of_data(verdict):
    known = verdict.known
    again = (SAME,) if verdict.recomputed else ()
    return Said("good", text("This file is genuine"), (RESULT.filled(**values(known)), *again, *after(known)), facts(known), page(known))


def of_wrapped(verdict):
    """The result inside is ours, the file around it is not."""
    known = verdict.known
    words = (text("The data inside are the published result of %(round)s, version %(number)s of %(date)s.", **values(known)), SAME,
             text("The file around them is not one that we published, so its pages may say something else. Trust the data, or get the original."))
    return Said("warn", text("The data are genuine, the file is not"), (*words, *after(known)), facts(known), page(known))


def of_other(_verdict):
    words = (SAME, text("Nothing in the file contradicts itself. That does not say whose result it is: no result that is public here equals it."))
    return Said("warn", text("This result was not published here"), words)


def of_difference(verdict):
    words = [text("First difference: %(place)s.", place=place(verdict)),
             text("It is not the published report, or it was changed afterwards.")]
    if verdict.known:
        words.append(text("Get the original from the public page of %(round)s and tell %(contact)s.", **values(verdict.known)))
    return Said("bad", text("This file does not match"), tuple(words), address=page(verdict.known))


def place(verdict):
    """Where a file first differs, and how, in words."""
    seen = verdict.difference
    what = about(seen)
    if seen["place"].endswith("sha256"):
        return text("wrong checksum, %(what)s", what=what)
    words = (text("%(what)s, %(given)s in the file, %(found)s in the published result") if verdict.like_published
             else text("%(what)s, %(given)s in the file, %(found)s when it is recomputed"))
    return words.filled(what=what, given=seen["given"].strip('"'), found=seen["found"].strip('"'))


def about(seen):
    """What a place in a result holds, as readers call it."""
    where, entry, juror = seen["place"], seen["entry"], seen["juror"]
    if entry and juror:
        return text("a score of juror %(juror)s for entry %(entry)s", juror=juror, entry=entry)
    if entry:
        return FIGURES.get(where.rpartition("].")[2], text("“%(part)s” of entry %(entry)s", part=where.rpartition("].")[2])).filled(entry=entry)
    if where.endswith("sha256"):
        return PARTS.get(where.split(".")[0].removesuffix("_sha256"), text("the data"))
    return text("“%(part)s”", part=where)


def of_code(found, *, whole):
    """The answer about a checksum, or the beginning of one."""
    if not found:
        return Said("warn", text("Nothing published here has this checksum"),
                    (text("Check that you copied it whole. What is not public yet is not recognised. Or send the file itself."),))
    sure = (text("Where you computed it from your own file, your file is this one, to the last byte.") if whole else
            text("A short code names what was published; it proves nothing about your file, as anybody can print it on another. Send the file "
                 "itself, or compare all 64 signs."))
    lines = tuple(line for known in found for line in (named(known), *after(known)))
    title = text("This checksum is of something published") if whole else text("Something published begins with this code")
    return Said("good" if whole else "warn", title, (*lines, sure), facts(found[0]), page(found[0]))


def named(known):
    """What is known, in one sentence."""
    if known.report is None:
        return RESULT.filled(**values(known))
    if known.standing in STANDINGS:
        return STANDINGS[known.standing][1].filled(**values(known))
    return (REPORT if known.report.kind == "jury_report" else DOCUMENT).filled(**values(known))


def after(known):
    """What took its place since, in sentences."""
    return (*((EARLIER,) if known.standing == "earlier" else ()), *((NEWER,) if known.newer else ()))


def values(known):
    """What the sentences about a result fill in."""
    round_ = known.round
    found = {"round": said("words", round_.title, round_.languages), "number": known.result.number,
             "date": said("day", known.result.frozen_at, round_.zone), "contact": said("words", round_.programme.organiser, round_.languages)}
    return found | ({"document": DOCUMENTS[known.report.kind].title} if known.report else {})


def facts(known):
    """Pairs that name what is known: which round, stage and file, with whole checksums."""
    report, stage, order = known.report, known.result.stage, known.round.languages
    rows = [(text("Award"), said("words", known.round.programme.name, order)), (text("Round"), said("words", known.round.title, order)),
            (text("Stage"), said("words", stage.title, order)), (text("SHA-256 of the result"), known.result.sha256)]
    if report:
        rows += [(text("Language"), NAMES[report.language]), (text("SHA-256 of the file"), report.sha256)]
    return tuple(rows)


def page(known):
    """The public page of the round."""
    return known and url_for("publications.show", round_id=known.round.id)
