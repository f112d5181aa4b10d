"""What the columns and parts of the attached files hold, for a reader who opens them without the report."""

from award.exports import sheet, tables
from award.i18n import text, translate

COLUMNS = {
    "rank": text("place in the order of the scores; empty: no place"),
    "entry": text("number of the entry"),
    "title": text("title of the entry"),
    "team": text("name of the team"),
    "status": text("whether the entry is ranked, and if not, why not"),
    "reason": text("why the entry has no place"),
    "score": text("the figure on which the rank rests"),
    "raw_mean": text("plain mean of the ballots that count"),
    "ballots": text("number of ballots that count"),
    "spread": text("standard deviation of the ballots"),
    "rank_from": text("ends of the rank interval: where the place lies with 95 of 100 comparable juries"),
    "score_from": text("ends of the interval of the score, in the same way"),
    "p_top": text("part of the redrawn juries that put the entry in these places, from 0 to 1"),
    "stable_without_any_juror": text("whether the entry stays on its side of every line when any one juror is left out"),
    "moved_by": text("codes of the jurors without whom it crosses a line"),
    "band": text("number of the group of entries that the ballots cannot tell apart"),
    "first_under_shares": text("part of all possible shares of the criteria under which the entry comes first, from 0 to 1"),
    "decision": text("what the jury decided"),
    "method": text("how ballots became scores"),
    "result": text("checksum of the frozen result"),
    "frozen": text("when the result was frozen"),
}
"""By field of the ranking, or by how the field begins."""
ENDS = {"rank_to": "rank_from", "score_to": "score_from"}
"""Fields that are told together with another."""
VOUCHED = (("method", text("Method")), ("result", text("SHA-256 of the result")), ("frozen", text("Frozen at")))
"""What stands on every row behind the figures."""
CRITERION = text("value on the criterion, in units of its scale")
PARTS = (
    ("rulebook", text("every rule, as it was fixed before anyone scored")),
    ("sheet", text("all scores: for each ballot the places of entry and juror in the lists, then the scores by criterion; null is missing")),
    ("exclusions", text("ballots that do not count, with their cause")),
    ("facts", text("what is known of entries beside their scores: category, amount asked, score of the stage before")),
    ("entries", text("the ranking with all its figures")),
    ("categories", text("the rankings by category")),
    ("special_awards", text("the rankings of the special awards")),
    ("comparison", text("the ranks under other rules")),
    ("agreement", text("measures of how alike the jurors judged")),
    ("weights", text("what each share did, and between which shares the first entry stays first")),
    ("seed", text("the number from which the redraws start, so that everyone gets the same")),
    ("software", text("name and version of the program")),
)


def ranking(pages):
    """[(titles of columns, what they hold)] of the attached ranking.csv, in its order; those without a meaning here are left out."""
    columns = tables.ranking(pages.report, pages.language).columns
    criteria = {c["name"] for c in sheet.criteria(pages.result)}
    found = {}
    for field, title in [*((column.field, column.title) for column in columns), *VOUCHED]:
        told = CRITERION if field in criteria else meaning(field)
        if told is not None:
            found.setdefault(told.one, (told, []))[1].append(translate(title, pages.language))
    return [(", ".join(dict.fromkeys(titles)), told) for told, titles in found.values()]


def meaning(field):
    """What a column holds, as a Text; None where its title says it all."""
    key = ENDS.get(field, field)
    return COLUMNS.get("p_top" if key.startswith("p_top") else key)


def result(pages):
    """[(name, what it holds)] of the parts of result.json that this result has."""
    return [(key, told) for key, told in PARTS if pages.result.get(key) not in (None, [], {})]
