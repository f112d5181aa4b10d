"""How many entries were left after each step of the round, as bars with their numbers."""

from award.exports.paper import charts
from award.exports.paper.charts import GOLD, INK, SHARES, Chart, fitted, words
from award.exports.paper.glyphs import width
from award.i18n import text, translate

TALL, STEP, LONGEST = 24.5, 38.5, 231  # of a bar, from bar to bar, of the longest bar, in points


def known(pages):
    """Whether there are steps to show: at least two, and an entry to begin with."""
    steps = pages.report.process.funnel
    return len(steps) > 1 and steps[0].entries > 0


def chart(pages):
    """The bars, as long as their numbers; the last one, the winners, in gold."""
    steps = pages.report.process.funnel
    most = max(step.entries for step in steps)
    marks = [mark for i, step in enumerate(steps) for mark in bar(pages, step, STEP * i, look(i, steps, most))]
    told = ", ".join(f"{step.name} {pages.number(step.entries)}" for step in steps)
    title = translate(text("Entries left after each step: %(steps)s.", steps=told), pages.language)
    return Chart(charts.WIDE, STEP * (len(steps) - 1) + TALL, title, tuple(marks))


def look(i, steps, most):
    """(length, colour, ink) of a bar."""
    fill, ink = (GOLD, "#ffffff") if i == len(steps) - 1 else SHARES[max(0, 4 - i)]
    return LONGEST * steps[i].entries / most, fill, ink


def bar(pages, step, y, looks):
    """One bar: the number inside where it fits, otherwise behind it; the name follows."""
    long, fill, ink = looks
    number = pages.number(step.entries)
    room = width(number, 17)
    inside = long > room + 18
    yield "rect", {"x": 0, "y": charts.at(y), "width": charts.at(long), "height": TALL, "fill": fill}, ""
    yield words((9 if inside else long + 8, y + 18), number, size=17, colour=ink if inside else INK, **{"font-family": "Award Display, Award Sans"})
    start = long + 8 + (0 if inside else room + 8)
    yield words((start, y + 16.5), fitted(step.name, charts.WIDE - start, 10.8), size=10, colour=INK, **{"font-weight": 600})


def rows(pages):
    """[(step, entries, how many went no further)] as printed; "" where none left."""
    steps = pages.report.process.funnel
    left = [before.entries - after.entries for before, after in zip(steps, steps[1:], strict=False)]
    return [(step.name, pages.number(step.entries), pages.number(gone) if gone and gone > 0 else "")
            for step, gone in zip(steps, [*left, None], strict=True)]
