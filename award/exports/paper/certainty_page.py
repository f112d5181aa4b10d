"""How firm the ranking is, as it is printed: intervals drawn, agreement in words, the first entries under other rules."""

import math
from dataclasses import dataclass

from award.domain import certainty_words, pairwise
from award.domain.aggregation import METHODS
from award.exports.paper import charts
from award.exports.paper.words import intervals_title
from award.i18n import translate

LEFT, RIGHT, STEP = 200, 40, 10.5  # points for the names, for the figures, and from row to row
MOST = 48  # rows of a chart that fits a page
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


def intervals(pages):
    """[Chart]: each ranked entry's score and the interval that holds it in 95 of 100 juries, a page at a time; [] without any."""
    rows = [line for line in pages.by_status("ranked") if line.get("score_interval")]
    if len(rows) < 2:
        return []
    least, most = min(line["score_interval"][0] for line in rows), max(line["score_interval"][1] for line in rows)
    ends = ends_of(min([least, *(line["score"] for line in rows)]), max([most, *(line["score"] for line in rows)]))
    size = math.ceil(len(rows) / math.ceil(len(rows) / MOST))
    return [chart(pages, rows[at:at + size], ends) for at in range(0, len(rows), size)]


def ends_of(least, most):
    """((low, high), ticks): round ends for a line that holds all intervals."""
    ticks = charts.scale_ticks(least, most, 8)
    gap = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    return (ticks[0] - gap * (least < ticks[0]), ticks[-1] + gap * (most > ticks[-1])), ticks


def chart(pages, rows, scale):
    """The rows of one page: name, interval as a line, score as disc or diamond, the figure; a hairline between bands."""
    (low, high), ticks = scale
    deep = STEP * len(rows)
    room = charts.WIDE - LEFT - RIGHT

    def across(value):
        return LEFT + room * (value - low) / (high - low) if high > low else LEFT + room / 2
    marks = [charts.line((across(t), 0), (across(t), deep), charts.PALE) for t in ticks]
    for i, (line, before) in enumerate(zip(rows, [None, *rows], strict=False)):
        y = STEP * (i + 0.5)
        if before and before.get("band") != line.get("band"):
            marks.append(charts.line((0, STEP * i), (charts.WIDE, STEP * i), charts.LINE))
        marks += row(pages, line, (y, across))
    marks += [charts.words((across(t), deep + 9), pages.natural(t), **{"text-anchor": "middle"}) for t in ticks]
    first = rows[0]
    title = intervals_title(len(rows), pages.label(first["entry"]), [pages.score(v) for v in (first["score"], *first["score_interval"])])
    return charts.Chart(charts.WIDE, deep + 14, translate(title, pages.language), tuple(marks))


def row(pages, line, at):
    """The marks of one entry; at: (y, where a value stands)."""
    y, across = at
    low, high = line["score_interval"]
    name = charts.fitted(pages.label(line["entry"]), LEFT - 14, 8)
    return [charts.words((0, y + 2.8), name, colour=charts.INK),
            charts.line((across(low), y), (across(high), y), charts.GREEN, 1.6),
            charts.shape((across(line["score"]), y), pages.kind(line["entry"]), 2.6),
            charts.words((charts.WIDE, y + 2.8), pages.score(line["score"]), colour=charts.INK, **{"text-anchor": "end"})]


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

