"""The tables beside the main ranking: categories, special awards, ranks under other rules, agreement. Figures are those of the result."""

from award.domain import pairwise, reasons
from award.domain.aggregation import METHODS
from award.exports import beside
from award.exports.cells import Column, Table
from award.exports.words import STATUSES, named
from award.i18n import text, translate

LABELS = {key: method.label for key, method in METHODS.items()} | pairwise.LABELS
MEASURES = {"alpha_interval": text("Krippendorff’s alpha"), "kendall_w": text("Kendall’s W"),
            "kendall_w_p": text("Kendall’s W: chance of so much agreement by accident"),
            **{f"icc_{form}_{of}": f"ICC({form},{of})" for form in "123" for of in "1k"}}
FIELDS = ("rank_from", "rank_to", "score_from", "score_to", "p_top", "stable_without_any_juror", "moved_by", "band", "first_under_shares")
"""What stands beside a rank in a category and in a special award."""


def tables(report, language):
    """The tables that the result fills, in order."""
    makers = (("categories", categories), ("special_awards", special_awards), ("comparison", comparison), ("agreement", agreement))
    return [make(report, language) for key, make in makers if report.result.get(key)]


def categories(report, language):
    """One row per category and entry with a place in it, by the scores of the main ranking."""
    scores = {entry["entry"]: entry["score"] for entry in report.result["entries"]}
    lines = [(name, line) for name, found in sorted(report.result["categories"].items()) for line in found]
    more = columns([line for _name, line in lines])
    titles = _titles(report)
    rows = tuple((name, line["rank"], line["entry"], titles.get(line["entry"]) or None, scores[line["entry"]],
                  *(_said(read(line), language) for *_head, read in more)) for name, line in lines)
    heads = (Column("category", text("Category"), "long"), *_entry(), Column("score", text("Score"), "figure"))
    return Table("categories", text("Categories"), heads + _heads(more), rows)


def special_awards(report, language):
    """One row per special award and entry: its place, score and values by the shares of that award, and the method it was ranked by."""
    lines = [(award, line) for award in report.result["special_awards"] for line in award["entries"]]
    more = columns([line for _award, line in lines])
    titles, known = _titles(report), [c["name"] for c in report.result["rulebook"]["criterion"]]
    used = [name for name in known if any(name in award["criteria"] for award, _line in lines)]
    shown, named_awards = {c.key: c.name for c in report.process.criteria}, {one.key: one.name for one in report.awards}
    rows = tuple(
        (named_awards.get(award["name"]) or award["name"], line["rank"], line["entry"], titles.get(line["entry"]) or None,
         translate(named(STATUSES, line["status"]), language), line["score"], line["raw_mean"], line["ballots"], line["spread"],
         *((line["criteria"] or {}).get(name) for name in used),
         *(_said(read(line), language) for *_head, read in more),
         translate(LABELS[award["method"]], language), translate(reasons.note(award["note_code"]), language) if award["note_code"] else None)
        for award, line in lines)
    heads = (Column("special_award", text("Special award"), "long"), *_entry(), Column("status", text("Status")),
             Column("score", text("Score"), "figure"), Column("raw_mean", text("Raw mean"), "figure"),
             Column("ballots", text("Ballots"), "whole"), Column("spread", text("Spread"), "figure"),
             *(Column(f"criterion:{name}", shown.get(name) or name, "figure") for name in used), *_heads(more),
             Column("method", text("Method")), Column("note", text("Note"), "long"))
    return Table("special_awards", text("Special awards"), heads, rows)


def comparison(report, language):
    """One row per entry: its rank under every rule that says something about these ballots."""
    ranks = {rule: found for rule, found in report.result["comparison"].items() if found}
    titles = _titles(report)
    rows = tuple((line["entry"], titles.get(line["entry"]) or None, *(found.get(line["entry"]) for found in ranks.values()))
                 for line in report.result["entries"])
    heads = (Column("entry", text("Entry")), Column("title", text("Title"), "long"), *(Column(rule, LABELS[rule], "whole") for rule in ranks))
    return Table("comparison", text("Under other rules"), heads, rows)


def agreement(report, language):
    """One row per measure of agreement; where it is undefined, why."""
    codes = report.result.get("agreement_note_codes") or {}
    rows = tuple((translate(MEASURES[name], language), value, translate(reasons.note(codes[name]), language) if name in codes else None)
                 for name, value in report.result["agreement"].items())
    heads = (Column("measure", text("Measure")), Column("value", text("Value"), "figure"), Column("note", text("Note"), "long"))
    return Table("agreement", text("Agreement"), heads, rows)


def columns(lines):
    """Those of the columns beside a rank that the lines of a category or special award fill."""
    found = beside.of_lines(lines)
    return [one for one in found if one[0].startswith(FIELDS) and any(one[3](line) is not None for line in lines)]


def _heads(more):
    return tuple(Column(field, title, kind) for field, title, kind, _read in more)


def _entry():
    return Column("rank", text("Rank"), "whole"), Column("entry", text("Entry")), Column("title", text("Title"), "long")


def _titles(report):
    return {entry.key: entry.title for entry in report.entries}


def _said(value, language):
    return translate(beside.YES_NO[value], language) if isinstance(value, bool) else value
