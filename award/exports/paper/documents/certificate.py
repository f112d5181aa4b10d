"""The certificate: one page for each distinction of an entry, to be signed and hung."""
from award.domain.report import DISTINCTIONS
from award.exports.paper import plates
from award.exports.paper.documents import Document, Part
from award.i18n import text


def parts(pages):
    """A page for each distinction of the chosen entry; of every entry that has one, where none is chosen."""
    for plate in plates.certificates(pages):
        yield Part("certificate/page.html", {"plate": plate, "signatures": plates.signatures(pages)})


def applies(report):
    """Whether the chosen entry, or any where none is chosen, is a winner, commended or first of a special award.

    Whoever took part has the receipt; a certificate that everybody gets distinguishes nobody.
    """
    chosen = report.choice.entry
    decided = {entry.key for entry in report.entries if entry.decision and entry.decision.outcome in DISTINCTIONS}
    first = {line["entry"] for award in report.result.get("special_awards") or () for line in award["entries"] if line["rank"] == 1}
    return chosen in decided | first if chosen else bool(decided | first)


DOCUMENT = Document(
    key="certificate",
    title=text("Certificate"),
    about=text("For winners, commended entries and the firsts of special awards: one page to sign and hang"),
    parts=parts,
    subject="entry",
    applies=applies,
    order=40,
)
