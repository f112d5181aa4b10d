"""The jury report: what a government hands over when asked why."""

from award.exports.paper import certainty_page, dictionary, fields_page, firmness, funnel_page, heat_page, reading_page
from award.exports.paper.documents import Document, Part, Section
from award.exports.paper.entry_pages import EntryPages
from award.i18n import text

SECTIONS = (
    Section("summary", text("On one page"), text("winners, numbers, how firm it is")),
    Section("reading", text("How to read this report"), text("figures, signs and charts"), lambda pages: bool(pages.entries)),
    Section("process", text("Process and rulebook"), text("criteria, shares, rules")),
    Section("jury", text("The jury"), text("members, conflicts and recusals"), lambda pages: bool(pages.jurors)),
    Section("ranking", text("Ranking"), text("all entries with their figures")),
    Section("chart", text("The scores side by side"), text("each entry with its interval"), lambda pages: bool(certainty_page.intervals(pages))),
    Section("heat", text("The criteria compared"), text("all entries on each criterion"), heat_page.known),
    Section("certainty", text("Agreement and stability"), text("how firm the ranking is"), firmness.known),
    Section("funnel", text("From entry to award"), text("how many were left after each step"), funnel_page.known),
    Section("special_awards", text("Special awards"), text("rankings by their own shares"), lambda pages: bool(fields_page.awards(pages))),
    Section("entries", text("The entries"), text("scores and comments, entry by entry"), lambda pages: bool(pages.paged)),
    Section("decisions", text("Decisions"), text("with reasons"), lambda pages: bool(pages.outcome_counts)),
    Section("recommendations", text("Recommendations of the jury"), text("for the organiser and the next round"),
            lambda pages: bool(pages.report.recommendations.strip())),
    Section("changes", text("What changed"), text("compared with the earlier result"), lambda pages: pages.report.earlier is not None),
    Section("verify", text("Appendix"), text("formula, data, checksums, how to verify")),
)
PAGES = {"dictionary": dictionary, "firmness": firmness, "funnel": funnel_page, "heat": heat_page, "reading": reading_page}
"""What the templates of the sections read figures from, beside the pages themselves."""


def parts(pages):
    """Cover, contents, the chosen sections, one part for each entry that has pages of its own."""
    chosen = pages.choice.sections
    sections = [(i, s) for i, s in enumerate((s for s in SECTIONS if (not chosen or s.key in chosen) and s.applies(pages)), 1)]
    yield Part("report/cover.html", {"sections": sections})
    yield Part("report/contents.html", {"sections": sections})
    for number, section in sections:
        yield Part(f"report/{section.key}.html", {"sections": sections, "number": number, "section": section, **PAGES})
        if section.key == "entries":
            for key in pages.entries:
                if key in pages.paged:
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
