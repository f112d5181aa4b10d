"""The plain mean of each criterion for each entry over the counted ballots, exact."""
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.domain.numbers import UNIT


@dataclass(frozen=True, eq=False)
class Means:
    """`sums` in millionths of scale units and `sizes`, int64 (entries, criteria); size 0: no counted score."""

    sums: np.ndarray
    sizes: np.ndarray

    def exact(self, entry, criterion):
        """The mean of a criterion (both by index) in scale units as a Fraction; None without a counted score."""
        size = int(self.sizes[entry, criterion])
        return Fraction(int(self.sums[entry, criterion]), size * UNIT) if size else None


def means(counted):
    """The Means of Counted ballots, Σ x / n over the n counted scores; criteria in the rulebook's order."""
    return Means(counted.scores.sum(axis=1), counted.scored.sum(axis=1))


def floats(means):
    """The means as lists [entry][criterion] of the nearest floats in scale units; None without a counted score."""
    rows = zip(means.sums.tolist(), means.sizes.tolist(), strict=True)
    return [[total / (size * UNIT) if size else None for total, size in zip(*row, strict=True)] for row in rows]


def below_thresholds(means, rulebook):
    """Bool (entries, criteria): the mean misses the threshold, compared exactly; equal passes, no mean passes."""
    missed = np.zeros(means.sums.shape, bool)
    for c, criterion in enumerate(rulebook.criteria):
        if criterion.threshold is not None:
            above = means.sums[:, c] - int(criterion.threshold * UNIT) * means.sizes[:, c]
            missed[:, c] = above < 0 if criterion.better == "higher" else above > 0
    return missed


def without_mean(means, rulebook, applicable):
    """Bool (entries, criteria): it has a threshold, applies to the entry (`applicable`) and has no counted score."""
    asked = np.array([criterion.threshold is not None for criterion in rulebook.criteria])
    return applicable & asked & (means.sizes == 0)


def together(means, rulebook, applicable):
    """[(sum of an entry's means or None with a gap, what it must reach)] by entry, Fractions in scale units.

    Where criteria do not apply to an entry, it must reach the same part of what it can reach at most.
    """
    part = rulebook.threshold / sum(criterion.high for criterion in rulebook.criteria)
    return [summed(means, rulebook, e, np.flatnonzero(row).tolist(), part) for e, row in enumerate(applicable)]


def summed(means, rulebook, entry, applying, part):
    """(the sum of the means of the applying criteria (by index), the part of their highest sum that it must reach)."""
    found = [means.exact(entry, c) for c in applying]
    highest = sum(rulebook.criteria[c].high for c in applying)
    return None if None in found else sum(found, Fraction(0)), part * highest
