"""The tables of a report as typed cells. Every format writes these, so a figure is the same everywhere.

Columns of figures that the result does not hold are left out.
"""

from award.domain import reasons
from award.exports import beside, fields, jury_tables
from award.exports.cells import Column, Table, filled
from award.exports.sheet import ballots, criteria, excluded
from award.exports.vouching import VOUCHED, vouched
from award.exports.words import OUTCOMES, STATUSES, named
from award.i18n import text, translate

FIGURES = (("status", text("Status"), "text"), ("reason", text("Reason"), "long"), ("score", text("Score"), "figure"),
           ("raw_mean", text("Raw mean"), "figure"), ("ballots", text("Ballots"), "whole"), ("spread", text("Spread"), "figure"))
"""The figures of an entry that a result holds: (field, title, kind)."""


def tables(report, language):
    """All tables that this report fills, in order; the first is the ranking."""
    return (
        ranking(report, language),
        *fields.tables(report, language),
        scores(report, language),
        shares(report, language),
        *jury_tables.tables(report, language),
        decisions(report, language),
        rulebook(report, language),
    )


def ranking(report, language):
    """One row per entry, in the order of the result: place, figures, decision."""
    kept = [
        c
        for c in _ranking_columns(report)
        if c[2] is None or any(c[2](e) is not None for e in report.result["entries"])
    ]
    known = {e.key: e for e in report.entries}
    rows = tuple(
        tuple(read(row) if read else _told(field, known.get(row["entry"]), language) for field, _, read in kept)
        for row in map(_worded(language), report.result["entries"])
    )
    return Table("ranking", text("Ranking"), tuple(column for _, column, _ in kept), rows)


def _ranking_columns(report):
    """(field, column, reader of a result's entry or None for what the report tells) per possible column."""
    values = [(c["name"], Column(f"criterion:{c['name']}", _shown(report, c["name"]), "figure"), _value(c["name"])) for c in criteria(report.result)]
    return [
        ("rank", Column("rank", text("Rank"), "whole"), _get("rank")),
        ("entry", Column("entry", text("Entry")), _get("entry")),
        ("title", Column("title", text("Title"), "long"), None),
        ("team", Column("team", text("Team"), "long"), None),
        *((field, Column(field, title, kind), _get(field)) for field, title, kind in FIGURES),
        *values,
        *((field, Column(field, title, kind), read) for field, title, kind, read in beside.columns(report.result)),
        ("decision", Column("decision", text("Decision")), None),
    ]


def _get(field):
    return lambda entry: entry.get(field)


def _value(criterion):
    return lambda entry: (entry.get("criteria") or {}).get(criterion)


def _worded(language):
    """An entry of the result with its codes in the words of the language."""
    told = {key: translate(words, language) for key, words in beside.YES_NO.items()}

    def worded(entry):
        stable = told.get(entry.get("stable_without_any_juror"))
        return {**entry, "status": translate(named(STATUSES, entry["status"]), language), "stable_without_any_juror": stable}
    return worded


def _told(field, entry, language):
    """What the report, not the result, knows about an entry."""
    if entry is None:
        return None
    if field == "decision":
        return translate(named(OUTCOMES, entry.decision.outcome), language) if entry.decision else None
    return {"title": entry.title, "team": entry.team.name}[field] or None


def _shown(report, key):
    return next((c.name for c in report.process.criteria if c.key == key and c.name), key)


def scores(report, language):
    """One row per score: whether its ballot counts, and the comment that goes with it where the variant has it."""
    said, ruled_out = _comments(report), excluded(report.result)
    shown = {c["name"]: _shown(report, c["name"]) for c in criteria(report.result)}
    counts = {kind: translate(words, language) for kind, words in beside.YES_NO.items()}
    causes = {pair: translate(reasons.cause(code), language) for pair, code in ruled_out.items()}
    rows = [
        (juror, entry, shown.get(name, name), value, counts[(juror, entry) not in ruled_out], causes.get((juror, entry)),
         "\n".join(said.pop((juror, entry, name), ())) or None)
        for (juror, entry), ballot in ballots(report.result).items()
        for name, value in ballot.items()
    ]
    rows += [(juror, entry, shown.get(name, name) or None, None, None, None, "\n".join(words)) for (juror, entry, name), words in said.items()]
    columns = (
        Column("juror", text("Juror")),
        Column("entry", text("Entry")),
        Column("criterion", text("Criterion"), "long"),
        Column("score", text("Score"), "figure"),
        Column("counts", text("Counts")),
        Column("cause", text("Why it does not count"), "long"),
        Column("comment", text("Comment"), "long"),
    )
    return filled(Table("scores", text("Scores"), columns, tuple(rows)), {"cause", "comment"})


def _comments(report):
    """{(juror, entry, criterion): what the juror wrote}, as far as the variant holds it."""
    said = {}
    for c in report.jury.comments:
        said.setdefault((c.juror, c.entry, c.criterion), []).append(c.words)
    return said


def shares(report, language):
    """The criteria: share, scale, threshold, what the share did, question."""
    told = {c.key: c.description for c in report.process.criteria}
    did = report.result.get("weights") or {}
    figures = ("effective_share", "winner_stable_from", "winner_stable_to")
    rows = tuple(
        (
            _shown(report, c["name"]),
            c["share"],
            *c["scale"],
            c.get("step"),
            c.get("threshold"),
            *(did.get(c["name"], {}).get(figure) for figure in figures),
            told.get(c["name"]) or None,
        )
        for c in criteria(report.result)
    )
    columns = (
        Column("criterion", text("Criterion"), "long"),
        Column("share", text("Share"), "figure"),
        Column("low", text("Scale, from"), "figure"),
        Column("high", text("Scale, to"), "figure"),
        Column("step", text("Step"), "figure"),
        Column("threshold", text("Threshold"), "figure"),
        Column("effective_share", text("Part of the differences"), "figure"),
        Column("winner_stable_from", text("First stays first, from"), "figure"),
        Column("winner_stable_to", text("First stays first, to"), "figure"),
        Column("question", text("Description"), "long"),
    )
    return Table("criteria", text("Criteria"), columns, rows)


def decisions(report, language):
    """What the jury decided about each entry, and why."""
    ranks = {e["entry"]: e.get("rank") for e in report.result["entries"]}
    told = (text("no"), text("yes"))
    rows = tuple(
        (
            e.key,
            e.title or None,
            ranks.get(e.key),
            translate(named(OUTCOMES, e.decision.outcome), language),
            translate(told[e.decision.departs], language),
            e.decision.reason or None,
        )
        for e in report.entries
        if e.decision
    )
    columns = (
        Column("entry", text("Entry")),
        Column("title", text("Title"), "long"),
        Column("rank", text("Rank"), "whole"),
        Column("decision", text("Decision")),
        Column("departs", text("Departs from the ranking")),
        Column("reason", text("Reasons"), "long"),
    )
    return Table("decisions", text("Decisions"), columns, rows)


def rulebook(report, language):
    """Every rule as it is frozen, and what vouches for it."""
    heading = report.heading
    named_rows = [
        (text("Programme"), heading.programme),
        (text("Round"), heading.round),
        (text("Organiser"), heading.organiser),
        (text("Stage"), report.process.stage),
        *((VOUCHED[f], v) for f, v in vouched(report, language).items()),
        (text("History"), heading.proof.history),
        (text("Public page"), heading.proof.url),
    ]
    rules = [(name, _flat(value)) for name, value in sorted(report.result["rulebook"].items()) if name != "criterion"]
    rows = tuple((translate(name, language), value) for name, value in named_rows + rules if value not in ("", None))
    return Table(
        "rulebook", text("Rulebook"), (Column("rule", text("Matter")), Column("value", text("Rule"), "long")), rows
    )


def _flat(value):
    """A rule as one cell."""
    if isinstance(value, list):
        return ", ".join(str(_flat(v)) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_flat(v)}" for k, v in sorted(value.items()))
    if isinstance(value, bool):
        return str(value).lower()
    return value
