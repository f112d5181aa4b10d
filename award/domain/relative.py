"""Methods that compare the ballots of each juror with one another before the jurors are put together.

Each gives, ballot by ballot, what it adds to an entry's score and how much it weighs: score = Σ parts / Σ weights. What a ballot is
worth beside the juror's others does not change when jurors are redrawn.
"""
import math

import numpy as np

from award.domain import redraws
from award.domain.method import fractions, method
from award.i18n import text


def beaten(values):
    """Twice the number of the juror's other ballots that each ballot beats, a tie counting half: int64 (entries, jurors), 0 without.

    `values` Values (entries, jurors).
    """
    points = np.zeros(values.counted.shape, np.int64)
    for j, there in enumerate(values.counted.T):
        own = values.numerators[there, j]
        line = np.sort(own)
        points[there, j] = np.searchsorted(line, own, "left") + np.searchsorted(line, own, "right") - 1
    return points


def others(values):
    """Of each juror, the number of ballots less one, int64 (jurors,)."""
    return values.counted.sum(axis=0) - 1


def redrawn_mean_rank(values, rulebook):
    """The redraw of mean_rank."""
    rest = others(values)
    worth = np.where(rest > 0, beaten(values) / np.where(rest > 0, 2 * rest, 1), 0.5)
    return redraws.weighed(np.where(values.counted, worth, 0.0), values.counted.astype(float))


@method("mean_rank", label=text("mean rank"), orders=("ballot",), missing=("strict",), redraw=redrawn_mean_rank,
        breaks=("complete_mean",))
def mean_rank(values, rulebook):
    """Σ (nⱼ − r) / (nⱼ − 1) / n: the mean over an entry's n jurors of its place r among the nⱼ ballots of each, 1 for the best, exact.

    r is the middle of the places that tied ballots share; a juror with one ballot gives 1/2. `values` Values (entries, jurors);
    gives Fractions (entries,) from 0 to 1. Source: Friedman's mean ranks (1937), put on 0..1 so that juries of unequal size compare.
    """
    points, rest = beaten(values), others(values)
    whole = math.lcm(*(2 * rest[rest > 0]).tolist(), 2)
    shares = np.array([whole // (2 * n) if n > 0 else 0 for n in rest.tolist()], object)
    single = np.array([whole // 2 if n == 0 else 0 for n in rest.tolist()], object)
    sums = ((points * shares + single) * values.counted).sum(axis=1)
    return fractions(sums, values.sizes.astype(object) * whole)


def redrawn_borda(values, rulebook):
    """The redraw of borda; 1/2 where no juror drawn had a second ballot."""
    rest = others(values)
    won = redraws.weighed(np.where(values.counted, beaten(values) / 2, 0.0), values.counted * np.maximum(rest, 0.0))

    def redraw(counts):
        found = won(counts)
        return np.where(np.isnan(found) & (counts @ values.counted.T > 0), 0.5, found)
    return redraw


@method("borda", label=text("Borda count"), orders=("ballot",), missing=("strict",), redraw=redrawn_borda,
        breaks=("complete_mean",))
def borda(values, rulebook):
    """Σ (nⱼ − r) / Σ (nⱼ − 1): the part of all comparisons within jurors that the entry wins, a tie counting half, exact.

    r and nⱼ as in mean_rank; 1/2 where no juror had a second ballot. `values` Values (entries, jurors); gives Fractions
    (entries,) from 0 to 1. Source: Borda (1784), points over points possible.
    """
    points = beaten(values).sum(axis=1)
    possible = 2 * (others(values) * values.counted).sum(axis=1)
    return fractions(np.where(possible, points, 1), np.where(possible, possible, 2))


def standardised(values):
    """z of each ballot, float (entries, jurors), NaN without: (y − meanⱼ) / sdⱼ, 0 where sdⱼ is 0 or the juror has one ballot."""
    y = values.floats
    z = np.where(values.counted, 0.0, np.nan)
    for j, there in enumerate(values.counted.T):
        own = y[there, j]
        if len(own) > 1 and own.min() < own.max():
            z[there, j] = (own - own.mean()) / own.std(ddof=1)
    return z


def redrawn_zscore(values, rulebook):
    """The redraw of zscore."""
    return redraws.weighed(np.where(values.counted, 0.5 + np.nan_to_num(standardised(values)) / 10, 0.0), values.counted.astype(float))


@method("zscore", label=text("z-score per juror"), exact=False, orders=("ballot",), missing=("strict",), redraw=redrawn_zscore,
        breaks=("complete_mean", "raised_rank"), cautions=("few_ballots_each", "uneven_panels"))
def zscore(values, rulebook):
    """1/2 + z̄ / 10, z̄ the mean of z = (y − meanⱼ) / sdⱼ over the entry's jurors; z is 0 where sdⱼ is 0.

    meanⱼ and sdⱼ (sample) are those of the juror's own ballots. `values` Values (entries, jurors); gives floats (entries,). On
    0..100 it is the T score 50 + 10 z̄. Source: methods, section 2; McCall (1922) for the scale.
    """
    z = standardised(values)
    return 0.5 + np.where(values.counted, z, 0).sum(axis=1) / values.sizes / 10
