"""How firm the ranking is, as it is printed: intervals drawn, agreement in words, the first entries under other rules."""

import math
from dataclasses import dataclass

from award.domain import certainty_words, pairwise
from award.domain.aggregation import METHODS
from award.exports.paper import charts
from award.exports.paper.words import intervals_title
from award.i18n import translate

NAMES, LEFT, RIGHT = 24, 216, 40  # points before the names, before the line, and for the figures
MOST, WIDE_STEP, STEP = 46, 17.5, 10.5  # rows of a chart that fits a page; from row to row where there are few and where there are many
FIRST = 6  # entries in the table of rules
words = certainty_words
LABELS = {key: method.label for key, method in METHODS.items()} | pairwise.LABELS


@dataclass(frozen=True)
class Compared:
    """A rule in the table: its name, whether it is the rulebook's own, and the rank of each entry as printed."""

    label: object
    own: bool
    ranks: tuple


def known(pages):
    """Whether the result says how certain its ranks are."""
    return any(line.get("rank_interval") for line in pages.result["entries"])


def drawn(pages):
    """The entries that the chart draws: all with a score, those with a place first."""
    return [line for status in ("ranked", "below_threshold") for line in pages.by_status(status) if line["score"] is not None]


def intervals(pages):
    """[Chart]: each entry's score and the interval that holds it in 95 of 100 juries, a page at a time; [] for fewer than two."""
    rows = drawn(pages)
    if len(rows) < 2:
        return []
    values = [v for line in rows for v in (line["score"], *(line.get("score_interval") or ()), raw_mean(pages, line)) if v is not None]
    ends = ends_of(min(values), max(values))
    size = math.ceil(len(rows) / math.ceil(len(rows) / MOST))
    return [chart(pages, rows[at:at + size], ends) for at in range(0, len(rows), size)]


def raw_mean(pages, line):
    """The raw mean where it can differ from the score and is a figure of the same stage."""
    return None if pages.plain or pages.result["rulebook"].get("carried") else line.get("raw_mean")


def ends_of(least, most):
    """((low, high), ticks): round ends for a line that holds all intervals."""
    ticks = charts.scale_ticks(least, most, 8)
    gap = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    return (ticks[0] - gap * (least < ticks[0]), ticks[-1] + gap * (most > ticks[-1])), ticks


def chart(pages, rows, scale):
    """The rows of one page: rank, name, interval as a line, score as disc or diamond, the figure; a hairline between bands."""
    (low, high), ticks = scale
    step = WIDE_STEP if len(rows) <= MOST * STEP / WIDE_STEP else STEP
    deep = step * len(rows)
    room = charts.WIDE - LEFT - RIGHT

    def across(value):
        return LEFT + room * (value - low) / (high - low) if high > low else LEFT + room / 2
    marks = [charts.line((across(t), 0), (across(t), deep), charts.PALE) for t in ticks]
    for i, (line, before) in enumerate(zip(rows, [None, *rows], strict=False)):
        if before and (before.get("group"), before.get("band")) != (line.get("group"), line.get("band")):
            marks.append(charts.line((0, step * i), (charts.WIDE, step * i), charts.LINE))
        marks += row(pages, line, (step * (i + 0.5), across))
    marks += [charts.words((across(t), deep + 9), pages.natural(t), **{"text-anchor": "middle"}) for t in ticks]
    return charts.Chart(charts.WIDE, deep + 14, translate(title(pages, rows), pages.language), tuple(marks))


def title(pages, rows):
    """The alternative text of one page of the chart."""
    first = rows[0]
    return intervals_title(len(rows), pages.label(first["entry"]), [pages.score(v) for v in (first["score"], *(first.get("score_interval") or ()))])


def row(pages, line, at):
    """The marks of one entry; at: (y, where a value stands)."""
    y, across = at
    yield charts.words((0, y + 2.8), pages.rank(line), colour=charts.INK, **{"font-weight": 600})
    yield charts.words((NAMES, y + 2.8), charts.fitted(pages.label(line["entry"]), LEFT - NAMES - 14, 8), colour=charts.INK)
    kind = pages.kind(line["entry"])
    if line.get("score_interval"):
        low, high = line["score_interval"]
        yield charts.line((across(low), y), (across(high), y), charts.GOLD if kind == "distinction" else charts.GREEN, 1.6)
    if (raw := raw_mean(pages, line)) is not None:
        yield charts.line((across(raw), y - 3.6), (across(raw), y + 3.6), charts.INK, 0.8)
    yield charts.shape((across(line["score"]), y), kind, 2.2 if kind == "distinction" else 2.6)
    yield charts.words((charts.WIDE, y + 2.8), pages.score(line["score"]), colour=charts.INK, **{"text-anchor": "end"})


def compared(pages):
    """(keys of the first entries, [Compared]): the rulebook's own rule first; None without a comparison or with one entry."""
    ranks = {rule: found for rule, found in (pages.result.get("comparison") or {}).items() if found}
    first = [line["entry"] for line in pages.by_status("ranked")][:FIRST]
    own = pages.result["rulebook"]["method"]
    if own not in ranks or len(first) < 2:
        return None
    ordered = sorted(ranks, key=lambda rule: rule != own)
    return first, [Compared(LABELS[rule], rule == own, tuple(ranks[rule].get(entry) for entry in first)) for rule in ordered]


def agreed(pages):
    """The sentence on agreement, a Text; None where the result does not say."""
    return certainty_words.agreement(pages.result)


def weighing(pages):
    """[(criterion, share, effective share, lowest and highest share under which the first stays first)] as printed; [] without."""
    found = []
    for criterion in pages.criteria:
        one = pages.result["weights"].get(criterion["name"], {})
        if one.get("effective_share") is not None:
            ends = [pages.percent(one[end]) for end in ("winner_stable_from", "winner_stable_to") if one[end] is not None]
            found.append((criterion["shown"], pages.percent(one["share"]), pages.percent(one["effective_share"]), "–".join(ends)))
    return found
