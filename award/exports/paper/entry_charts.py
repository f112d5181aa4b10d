"""The two small charts of an entry: the scores by criterion, and its place among all scores."""

from award.domain import criteria as scales
from award.domain.numbers import exact
from award.exports import sheet
from award.exports.paper import charts
from award.exports.paper.words import axis_note, dots_title, legend, strip_title


def dots(view):
    """The chart of scores by criterion; None where no ballot counts."""
    if not view.counted:
        return None
    rows = [
        dot_row(view, c)
        for c in view.pages.criteria
        if c["name"] not in sheet.inapplicable(view.pages.result, view.key)
    ]
    title = view.say(dots_title(view.pages.label(view.key), "; ".join(f"{row[0]} {row[4]}" for row in rows)))
    return charts.dots(rows, ticks(view), tuple(view.say(one) for one in legend(len(view.pages.entries))), title)


def dot_row(view, criterion):
    name = criterion["name"]
    values = [v for j in view.counted if (v := view.pages.ballots[j, view.key].get(name)) is not None]
    own = (view.outcome["criteria"] or {}).get(name)
    return (
        criterion["shown"],
        [place(view, criterion, v) for v in values],
        place(view, criterion, own),
        place(view, criterion, view.everyone(name)),
        view.value(name),
    )


def place(view, criterion, value):
    """Where a score stands between the ends of the scale, 0..1: as on the common scale, or worst to best."""
    if value is None:
        return None
    low, high = criterion["scale"]
    if sheet.scale_of_all(view.pages.result):
        return (value - low) / (high - low)
    return goodness(criterion, value)


def goodness(criterion, value):
    """Where a score stands from the worst end of its scale, 0, to the best, 1."""
    return float(scales.unit(sheet.criterion(criterion), exact(round(value, 6))))


def ticks(view):
    common = sheet.scale_of_all(view.pages.result)
    if not common:
        return [(k / 4, view.pages.percent(k / 4)) for k in range(5)]
    low, high = common
    return [((v - low) / (high - low), view.pages.natural(v)) for v in charts.scale_ticks(low, high)]


def strip(view):
    """(chart, note): the scores of all entries on one line, and where the line starts if not at the end of the scale.

    None where the entry has no score or stands alone.
    """
    scores = [e["score"] for e in view.pages.result["entries"] if e["score"] is not None]
    own, natural = view.outcome["score"], view.pages.natural
    if own is None or len(scores) < 2 or min(scores) == max(scores):
        return None
    low, high = span(min(scores), max(scores))
    written = view.pages.score(own)
    title = view.say(strip_title(len(scores), view.pages.label(view.key), written))
    ticks = [(v, natural(v)) for v in charts.scale_ticks(low, high, 10)]
    chart = charts.strip(scores, (own, view.pages.kind(view.key), view.key, written), (low, high, ticks), title)
    least = view.pages.ends[0]
    return chart, view.say(axis_note(natural(low), natural(least))) if low > least else ""


def span(least, most):
    """Round ends for a line that holds all scores."""
    steps = charts.scale_ticks(least, most, 8)
    gap = steps[1] - steps[0] if len(steps) > 1 else most - least
    return steps[0] - gap * (least < steps[0]), steps[-1] + gap * (most > steps[-1])
