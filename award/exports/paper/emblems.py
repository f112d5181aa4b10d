"""The ornaments of certificates, posters and the magazine: each is drawn from a result, none carries a figure."""
from dataclasses import replace

from award.domain.criteria import unit
from award.domain.numbers import exact
from award.exports import sheet
from award.exports.paper import charts
from award.i18n import ntext, text, translate

UPWARD = 0.085  # of a turn: from where a rosette begins until it points up to the left
RINGS = "#b5cbc0"
ON_GREEN = {charts.GREEN: "#e3ece4", charts.GOLD: "#e7c979", RINGS: "#3f7d68", "#ffffff": "#17614a"}
QUIET = {charts.GREEN: "#b9cfc2", charts.GOLD: "#cdb37a", RINGS: "#e3e6da", "#ffffff": "#f7f4ec"}
GOLDEN = {charts.GREEN: "#cdb37a", charts.GOLD: "#cdb37a", RINGS: "#ebe3cf", "#ffffff": "#f7f4ec"}
ON_CREAM = {"#ffffff": "#f7f4ec"}


def of_round(pages, *, size, colours=None, turned=False):
    """The rosette of the round: one ray for each entry, those with a distinction in gold; turned until the first of these points up to the left."""
    said = ntext("One ray for the entry; its length is the score.",
                 "%(num)s rays in a circle, one for each entry in order of its number; the length of a ray is the score.", len(pages.entries))
    rays = [(_length(pages, key), pages.kind(key)) for key in pages.entries]
    if turned and pages.honours:
        rays = _turned(rays, list(pages.entries).index(pages.honours[0].key))
    return coloured(charts.rosette(rays, translate(said, pages.language), size=size), colours)


def marked(pages, key, *, size, colours=None, turned=False):
    """The rosette of the round with the ray of one entry in gold; turned until that ray points up to the left, where it shall be seen."""
    said = ntext("One golden ray for the entry; its length is the score.",
                 "%(num)s rays in a circle, one for each entry in order of its number; the length of a ray is the score. "
                 "The golden one is %(entry)s.",
                 len(pages.entries), entry=pages.title(key))
    kinds = {one: "outside" if pages.kind(one) == "outside" else "entry" for one in pages.entries} | {key: "distinction"}
    rays = [(_length(pages, one), kinds[one]) for one in pages.entries]
    if turned:
        rays = _turned(rays, list(pages.entries).index(key))
    return coloured(charts.rosette(rays, translate(said, pages.language), size=size), colours)


def _turned(rays, place):
    """The rays in the same circle, begun so that the one at a place points up to the left."""
    first = (place - round(UPWARD * len(rays))) % len(rays)
    return rays[first:] + rays[:first]


def of_ballots(pages, key, *, size):
    """The ornament of one entry: one ray for each score that counts; gold where the entry has a distinction. None without a ballot."""
    rays = [(score, "entry") for score in scores(pages, key)]
    if not rays:
        return None
    said = translate(text("An ornament drawn from the ballots on this entry: one ray for each score."), pages.language)
    return coloured(charts.rosette(rays, said, size=size), GOLDEN if pages.honour(key) else QUIET)


def scores(pages, key):
    """The scores that count on an entry, each on 0..1, criterion by criterion, in the order of the jurors."""
    counted = [juror for juror in pages.jurors if (juror, key) in pages.ballots and (juror, key) not in pages.excluded]
    found = [(pages.ballots[juror, key].get(c["name"]), sheet.criterion(c)) for c in sheet.criteria(pages.result) for juror in counted]
    return [float(unit(criterion, exact(value))) for value, criterion in found if value is not None]


def coloured(chart, colours):
    """The chart in other colours, {as drawn: as wanted}."""
    def paint(attributes):
        return {name: (colours or {}).get(value, value) if name in ("fill", "stroke") else value for name, value in attributes.items()}
    return replace(chart, marks=tuple((tag, paint(attributes), said) for tag, attributes, said in chart.marks))


def _length(pages, key):
    """How long the ray of an entry is, 0..1; None without a score."""
    low, high = pages.ends
    score = pages.outcomes[key]["score"]
    return None if score is None else (score - low) / (high - low)
