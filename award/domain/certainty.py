"""How certain a ranking is: places in redrawn juries, chances of the top k, groups without a clear difference.

Every figure counts places in redrawn juries; nothing here changes a rank. Source: methods, section 3; Hall and Miller, Using the
bootstrap to quantify the authority of an empirical ranking (2009).
"""
from dataclasses import dataclass

import numpy as np

GRID = 10**9  # scores are compared on this grid, as ranks are
CHUNK = 50
CLEAR = 0.95  # a band ends where its first entry is ahead in so many of the redrawn juries


@dataclass(frozen=True, eq=False)
class Certainty:
    """Of entries in the order of their ranks: `intervals` int (entries, 2), the places that hold each in 95 of 100 redrawn juries;
    `scores` float (entries, 2), the same of scores on 0..1; `top` {k: chance to be among the first k, float (entries,)}, a tie shared;
    `bands` int (entries,), counted from 1; `draws` their number.
    """

    intervals: np.ndarray
    scores: np.ndarray
    bands: np.ndarray
    top: dict
    draws: int


class Tally:
    """Counts places of `size` entries, in the order of their ranks, in blocks of scores; `certainty` sums up.

    `places` int (entries, place); `lost` {k: what ties across the k-th place take from chances (entries,)}.
    """

    def __init__(self, size, top):
        self.size, self.places, self.kept = size, np.zeros((size, size), np.int64), []
        self.lost = {k: np.zeros(size) for k in top}

    def add(self, scores):
        """Count the places in a block of scores, float (draws, entries), higher is better."""
        grid = on_grid(scores)
        self.kept.append(grid)
        who, value = in_order(grid)
        apart, first = value[:, 1:] != value[:, :-1], np.arange(self.size)
        if not apart.all():
            first = np.zeros_like(who)
            first[:, 1:] = np.where(apart, np.arange(1, self.size), 0)
            np.maximum.accumulate(first, axis=1, out=first)
            for k in self.lost:
                if k < self.size:
                    self.share(k, (who, value, first))
        who *= self.size
        who += first
        self.places += np.bincount(who.ravel(), minlength=self.size**2).reshape(self.size, self.size)

    def share(self, k, order):
        """Take from entries tied across the k-th place the part of the chance that is not theirs."""
        who, value, first = order
        rows = np.flatnonzero(first[:, k] == first[:, k - 1])
        tied = value[rows] == value[rows, k - 1][:, None]
        group = tied.sum(axis=1)
        beyond = (group - (k - first[rows, k - 1])) / group
        self.lost[k] += np.bincount(who[rows][tied], weights=np.broadcast_to(beyond[:, None], tied.shape)[tied], minlength=self.size)

    def certainty(self, ranks):
        """The Certainty of what was counted; `ranks` of the entries, in order. An interval runs from the 2.5 % to the 97.5 % point of
        an entry's places; tied entries share the better place."""
        draws = sum(map(len, self.kept))
        reached = np.cumsum(self.places, axis=1)
        lowest, highest = ((reached >= part * draws).argmax(axis=1) + 1 for part in (0.025, 0.975))
        chances = {k: (reached[:, min(k, self.size) - 1] - lost) / draws for k, lost in self.lost.items()}
        return Certainty(np.stack([lowest, highest], axis=1), *spans_and_bands(self.kept, ranks), chances, draws)


def on_grid(scores):
    """Scores rounded to 1e-9 as whole numbers, int32 where they fit."""
    grid = scores * GRID
    np.rint(grid, out=grid)
    return grid.astype(np.int32 if max(-grid.min(initial=0), grid.max(initial=0)) < 2**31 else np.int64)


def in_order(grid):
    """(entry, its distance from the highest score) in each draw, the best first, int64 (draws, entries) each; equal scores by entry."""
    shift = max(1, (grid.shape[1] - 1).bit_length())
    keys = np.subtract(int(grid.max(initial=0)), grid, dtype=np.int64)
    keys <<= shift
    keys |= np.arange(grid.shape[1])
    keys.sort(axis=1)
    value = keys >> shift
    keys &= (1 << shift) - 1
    return keys, value


def spans_and_bands(blocks, ranks):
    """(`scores`, `bands`) of a Certainty from all blocks of scores on the grid, a few entries at a time.

    A span runs from the score that 2.5 % of the draws reach or stay below to that of 97.5 %. A new band begins where the first of the
    band above is ahead in at least 95 of 100 redrawn juries; never between entries that share their place.
    """
    size = len(ranks)
    draws, spans, found = sum(map(len, blocks)), np.empty((size, 2)), np.ones(size, int)
    ends = [max(1, int(np.ceil(part * draws))) - 1 for part in (0.025, 0.975)]
    leader = None
    for start in range(0, size, CHUNK):
        columns = np.ascontiguousarray(np.concatenate([block[:, start:start + CHUNK] for block in blocks]).T)
        spans[start:start + CHUNK] = np.partition(columns, ends, axis=1)[:, ends] / GRID
        for entry, own in enumerate(columns, start):
            new = leader is not None and ranks[entry] != ranks[entry - 1] and np.count_nonzero(leader > own) >= CLEAR * draws
            found[entry] = found[max(entry - 1, 0)] + new
            leader = own if new or leader is None else leader
    return spans, found
