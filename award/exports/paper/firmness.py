"""How firm a ranking is, in sentences: under other rules, without one juror, with other shares, and how alike the jurors judged."""

from award.domain import certainty_words
from award.exports.paper import certainty_page
from award.exports.paper.ranking_page import chance
from award.i18n import text


def known(pages):
    """Whether there is a ranking of more than one entry that says how certain it is."""
    return certainty_page.known(pages) and len(pages.by_status("ranked")) > 1


def sentences(pages):
    """What the result says of its own firmness, as Texts; [] where it says nothing."""
    if not known(pages):
        return []
    told = [by_rule(pages), certainty_words.without_one(pages.result), by_shares(pages)]
    return [one for one in told if one is not None]


def by_rule(pages):
    """Under how many of the rules that were tried the same entries come first; None without a comparison."""
    found = certainty_words.rules(pages.result)
    if not found:
        return None
    tried, same = found
    if tried == same:
        return text("Whichever rule is applied, the same entry comes first.")
    return text("Under %(same)s of %(all)s rules the same entry comes first.", same=same, all=tried)


def by_shares(pages):
    """Which part of all possible shares of the criteria puts the first entry first; None where that is not known."""
    first = [line for line in pages.by_status("ranked") if line["rank"] == 1]
    part = first[0].get("first_under_shares") if len(first) == 1 and len(pages.shared) > 1 else None
    if part is None:
        return None
    return text("Of all possible ways to divide the shares, %(part)s put “%(entry)s” first.", part=chance(pages, part),
                entry=pages.title(first[0]["entry"]))


def moved(pages):
    """[(entry, jurors without whom it crosses a line)] as printed, in the order of the ranking."""
    return [(line["entry"], ", ".join(pages.short.get(juror, juror) for juror in line["moved_by"]))
            for line in pages.result["entries"] if line.get("moved_by")]
