"""The jury report: what a government hands over when asked why."""

from award.exports.paper import certainty_page, fields_page
from award.exports.paper.documents import Document, Part, Section
from award.exports.paper.entry_pages import EntryPages
from award.i18n import text

SECTIONS = (
    Section("summary", text("On one page"), text("outcome and figures")),
    Section("process", text("How the ranking came about"), text("criteria, shares, rules")),
    Section("jury", text("The jury"), text("members, conflicts and recusals"), lambda pages: bool(pages.jurors)),
    Section("ranking", text("Ranking"), text("all entries with their figures")),
    Section("certainty", text("Agreement and stability"), text("how firm the ranking is"), certainty_page.known),
    Section("special_awards", text("Special awards"), text("rankings by their own shares"), lambda pages: bool(fields_page.awards(pages))),
    Section(
        "entries", text("The entries"), text("scores and comments, entry by entry"), lambda pages: bool(pages.entries)
    ),
    Section("decisions", text("Decisions"), text("with reasons"), lambda pages: bool(pages.outcome_counts)),
    Section("verify", text("How to verify"), text("formula, data, checksums")),
)


def parts(pages):
    """Cover, contents, the chosen sections, one part for each entry."""
    chosen = pages.choice.sections
    sections = [(i, s) for i, s in enumerate((s for s in SECTIONS if s.applies(pages) and (not chosen or s.key in chosen)), 1)]
    yield Part("report/cover.html", {"sections": sections})
    yield Part("report/contents.html", {"sections": sections})
    for number, section in sections:
        yield Part(f"report/{section.key}.html", {"sections": sections, "number": number, "section": section})
        if section.key == "entries":
            for key in pages.entries:
                yield Part("report/entry.html", {"entry": pages.entries[key], "view": EntryPages(pages, key)})


DOCUMENT = Document(
    key="jury_report",
    title=text("Jury report"),
    about=text("Ranking, scores, decisions and the data to check them"),
    parts=parts,
    attached=True,
    variants=("full", "public", "team"),
    names=True,
    sections=SECTIONS,
    order=1,
)
