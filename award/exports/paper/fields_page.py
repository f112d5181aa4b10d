"""The rankings beside the main one, as they are printed: those of the categories, and of the special awards with their own shares."""

from award.domain import reasons
from award.exports.paper import rules
from award.i18n import text, translate


def awards(pages):
    """The special awards of the result; [] without any."""
    return pages.result.get("special_awards") or []


def firsts(pages):
    """[(special award, entry, score as printed)] of the entries that come first in a special award, in the order of the awards."""
    return [(pages.award(award["name"]).name or award["name"], line["entry"], pages.score(line["score"]))
            for award in awards(pages) for line in award["entries"] if line["rank"] == 1]


def categories(pages):
    """The names of the categories of the result; [] without any."""
    return sorted(pages.result.get("categories") or ())


def told(pages, award):
    """What a special award rests on: its entries, its shares, the ballots, and why its method may differ. A list of Texts."""
    rule = next(one for one in pages.rules["special"] if one["key"] == award["name"])
    found = [rules.special(rule, pages.language), text("It is ranked from the same ballots as the main ranking, with these shares of the criteria.")]
    return [*found, reasons.note(award["note_code"])] if award.get("note_code") else found


def unplaced(pages, award):
    """[(entry or "" where the sentence names it, why it has no place in the special award)]."""
    return pages.reasons_of(award["entries"])


def broken(pages, lines):
    """[(entry, step that separated it from an equal score)] as sentences."""
    return [translate(text("%(entry)s has the same score as another entry; what separates them: %(step)s.", entry=line["entry"],
                           step=rules.broken_by(pages.step(line["tie_broken_by"]))), pages.language) for line in lines if line.get("tie_broken_by")]
