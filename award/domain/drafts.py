"""A first draft of what the jury says about an entry, in the jurors' own words: their comments, parted by the scores beside them."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.domain.numbers import UNIT

LOWER = "lower"


@dataclass(frozen=True)
class Point:
    """A comment as it was written, on one line: `criterion` is its key, `jurors` the codes of those who wrote these very words."""

    criterion: str
    jurors: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Draft:
    """Points as strengths and as points to improve, each in the order of the comments given."""

    strengths: tuple[Point, ...] = ()
    improvements: tuple[Point, ...] = ()

    @property
    def jurors(self):
        """The codes of the jurors whose words the draft holds, sorted."""
        return tuple(sorted({juror for point in (*self.strengths, *self.improvements) for juror in point.jurors}))


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest score of a criterion, in scale units, and which end is `better`: "higher" or "lower"."""

    low: Fraction
    high: Fraction
    better: str = "higher"


def from_comments(sheet, entry, comments, scales):
    """The Draft for an entry (its name in the ScoreSheet `sheet`) from its comments [(criterion, juror, words), …], best in the order
    of the criteria; `scales` is {criterion: Scale}.

    A comment beside a score in the best quarter of the scale is a strength, in the worst quarter a point to improve. Between them it
    is a strength where the juror scored the entry above the juror's own mean on that criterion, a point to improve where below;
    where that says nothing, the entry's mean on the criterion beside that of all ballots does, and then the middle of the scale.
    A comment on which no score says anything is left out. No word is changed: line breaks become spaces, and words that several
    jurors share stand once.
    """
    sides = {1: {}, -1: {}}
    for criterion, juror, words in comments:
        line = " ".join(words.split())
        side = _side(sheet, (entry, juror, criterion), scales[criterion]) if line else 0
        if side:
            sides[side].setdefault((criterion, line), []).append(juror)
    return Draft(*(tuple(Point(criterion, tuple(jurors), line) for (criterion, line), jurors in sides[side].items()) for side in (1, -1)))


def joined(existing, points):
    """What a field holds (`existing`, a str), with the words of the points below it, one a line; those that it has already are not repeated."""
    lines = [line for line in existing.splitlines() if line.strip()]
    return "\n".join(dict.fromkeys([*lines, *(point.words for point in points)]))


def _side(sheet, at, scale):
    """1 for a strength, -1 for a point to improve, 0 when nothing tells; `at` names entry, juror, criterion."""
    axes = (sheet.entries, sheet.jurors, sheet.criteria)
    if any(name not in axis for name, axis in zip(at, axes, strict=True)):
        return 0
    e, j, c = (axis.index(name) for name, axis in zip(at, axes, strict=True))
    own, entry = _mean(sheet, (e, j, c)), _mean(sheet, (e, slice(None), c))
    middle, quarter = Fraction(scale.low + scale.high) * UNIT / 2, Fraction(scale.high - scale.low) * UNIT / 4
    score = own if own is not None else entry
    pairs = ((own, own if own is None or abs(own - middle) < quarter else middle), (own, _mean(sheet, (slice(None), j, c))),
             (entry, _mean(sheet, (slice(None), slice(None), c))), (score, middle))
    found = next((value - usual for value, usual in pairs if value is not None and value != usual), 0)
    return ((found > 0) - (found < 0)) * (-1 if scale.better == LOWER else 1)


def _mean(sheet, place):
    """The exact mean of the scores given at a place of the sheet, in millionths; None where there is none."""
    given = sheet.given[place]
    count = int(np.count_nonzero(given))
    return Fraction(int(np.where(given, sheet.millionths[place], 0).sum()), count) if count else None
