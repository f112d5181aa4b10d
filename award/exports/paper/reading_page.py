"""How to read the report: each figure and sign that it uses, in plain words, and one line of a chart explained."""

from award.exports.paper import certainty_page, charts
from award.exports.paper.charts import GOLD, GREEN, INK, LINE, PALE, Chart, line, shape, triangle, words
from award.exports.paper.glyphs import width
from award.exports.paper.ranking_page import interval
from award.i18n import text, translate

FROM, TO, DEEP = 118, 312, 44  # where the interval of the example stands, in points


def figures(pages):
    """[(what it is called, its explanation)] as Texts, of the figures that the report prints."""
    low, high = map(pages.natural, pages.ends)
    yield text("Ballot"), text("All scores of one juror for one entry. A missing score is never counted as zero.")
    yield text("Score"), text("The criteria count by their shares. Together they give each entry one figure from %(low)s to %(high)s. "
                              "Higher is better.", low=low, high=high)
    if not pages.plain:
        yield text("Raw mean"), text("The plain mean of the ballots. The score can differ from it, because the rules correct, leave out "
                                     "or add something.")
    yield text("Rank"), text("The place in the order of the scores. The sign = says that entries share a place. "
                             "The sign – says that an entry has no place; that is not the same as last.")
    if any(one["spread"] is not None for one in pages.result["entries"]):
        yield text("Spread"), text("How far the ballots for one entry lie apart. The smaller the spread, the more the jurors agreed.")
    yield from certain(pages)


def certain(pages):
    """The same for the figures on certainty, where the result has them."""
    if not certainty_page.known(pages):
        return
    ends = example_ends(pages)
    yield text("Rank interval"), text("The places that an entry would take with 95 of 100 comparable juries. “%(ends)s” means: from place %(first)s "
                                      "to place %(last)s. This jury’s answer is one of them.", ends=interval(ends), first=ends[0], last=ends[1])
    if any(one.get("p_top") for one in pages.result["entries"]):
        yield text("Chance"), text("How often an entry came first, or among the first, when a computer drew the jury anew thousands of times. "
                                   "“%(least)s” is almost never, “%(most)s” almost always.",
                                   least="<" + pages.percent(0.01), most=">" + pages.percent(0.99))
    if any(one.get("band") is not None for one in pages.result["entries"]):
        yield text("Group without a clear difference"), text("Entries that these ballots cannot tell apart stand under one heading. "
                                                             "Read their order as an indication, not as a verdict.")


def example_ends(pages):
    """The rank interval that serves as an example: the first one of more than one place, otherwise any."""
    ends = [tuple(one["rank_interval"]) for one in pages.result["entries"] if one.get("rank_interval")]
    return next((one for one in ends if one[0] != one[1]), ends[0])


def example(pages):
    """(entry, Chart): the line of the first entry with an interval, with a word beside each mark; None without one."""
    one = next((e for e in pages.by_status("ranked") if e.get("score_interval") and e["score_interval"][0] < e["score_interval"][1]), None)
    if not one:
        return None
    low, high = one["score_interval"]

    def x(value):
        return min(461, max(10, FROM + (TO - FROM) * (value - low) / (high - low)))

    kind = pages.kind(one["entry"])
    marks = [line((60, DEEP), (420, DEEP), PALE), line((FROM, DEEP), (TO, DEEP), GOLD if kind == "distinction" else GREEN, 2),
             *ends(pages, (low, high)), *scored(pages, one, x), shape((x(one["score"]), DEEP), kind, 3)]
    said = text("A line of the chart with its parts named: the score %(score)s, and the interval from %(low)s to %(high)s.",
                score=pages.score(one["score"]), low=pages.score(low), high=pages.score(high))
    return one["entry"], Chart(charts.WIDE, 96, translate(said, pages.language), tuple(marks))


def ends(pages, values):
    """The ends of the interval and what it means, below the line."""
    for at, value in zip((FROM, TO), values, strict=True):
        yield line((at, DEEP + 6), (at, DEEP + 22), LINE)
        yield words((at, DEEP + 32), pages.score(value), size=8.5, colour=INK, **{"text-anchor": "middle"})
    said = translate(text("with 95 of 100 comparable juries the score lies in here"), pages.language)
    yield words(((FROM + TO) / 2, DEEP + 46), said, size=8.5, **{"text-anchor": "middle"})


def scored(pages, one, x):
    """The labels above the line: the score, and the raw mean on its own side where it differs."""
    own = translate(text("score %(score)s", score=pages.score(one["score"])), pages.language)
    mean = certainty_page.raw_mean(pages, one)
    right = mean is None or mean <= one["score"]
    yield line((x(one["score"]), 16), (x(one["score"]), 34), LINE)
    yield beside(x(one["score"]), own, right=right, weight=600)
    if mean is not None:
        raw = translate(text("raw mean %(score)s", score=pages.score(mean)), pages.language)
        yield line((x(mean), 16), (x(mean), 32), LINE)
        yield line((x(mean), DEEP - 10), (x(mean), DEEP + 10), INK, 0.9)
        yield beside(x(mean), raw, right=not right, weight=400)


def beside(x, said, *, right, weight):
    """A label above the line, to the right or the left of where it points, kept on the page."""
    place = min(x + 4, charts.WIDE - 1.1 * width(said, 8.5)) if right else max(x - 4, 1.1 * width(said, 8.5))
    return words((place, 13), said, size=8.5, colour=INK, **{"text-anchor": "start" if right else "end", "font-weight": weight})


def signs(pages):
    """Chart of the marks that the charts use, each with its meaning, on two lines where one is not enough."""
    known = [("distinction", text("distinction")), ("entry", text("entry")), ("outside", text("entry without a place")),
             ("triangle", text("value of the jury")), ("tick", text("raw mean")), ("dashes", text("mean of all entries"))]
    x, y, marks = 4.0, 8.0, []
    for kind, told in known:
        said = translate(told, pages.language)
        wide = 9 + width(said, 8.5) + 14
        if x + wide > charts.WIDE:
            x, y = 4.0, y + 16
        marks += [mark((x, y), kind), words((x + 9, y + 3), said, size=8.5, colour=INK)]
        x += wide
    title = translate(text("The signs of the charts and what they stand for."), pages.language)
    return Chart(charts.WIDE, y + 8, title, tuple(marks))


def mark(at, kind):
    """One sign of the charts."""
    x, y = at
    if kind == "triangle":
        return triangle((x, y - 3))
    if kind == "tick":
        return line((x, y - 5), (x, y + 5), INK, 0.9)
    if kind == "dashes":
        return line((x, y - 5), (x, y + 5), INK, 0.8, **{"stroke-dasharray": "2 1.6"})
    return shape(at, kind, 2.2 if kind == "distinction" else 3)
