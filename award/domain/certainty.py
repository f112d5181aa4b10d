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
    top: dict
    bands: np.ndarray
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
        shift = max(1, (self.size - 1).bit_length())
        keys = np.sort(((int(grid.max(initial=0)) - grid.astype(np.int64)) << shift) | np.arange(self.size), axis=1)
        who, value = keys & ((1 << shift) - 1), keys >> shift
        first = np.zeros_like(who)
        first[:, 1:] = np.where(value[:, 1:] != value[:, :-1], np.arange(1, self.size), 0)
        np.maximum.accumulate(first, axis=1, out=first)
        self.places += np.bincount((who * self.size + first).ravel(), minlength=self.size**2).reshape(self.size, self.size)
        for k in self.lost:
            if k < self.size:
                self.share(k, (who, value, first))

    def share(self, k, order):
        """Take from entries tied across the k-th place the part of the chance that is not theirs."""
        who, value, first = order
        rows = np.flatnonzero(first[:, k] == first[:, k - 1])
        tied = value[rows] == value[rows, k - 1][:, None]
        group = tied.sum(axis=1)
        beyond = (group - (k - first[rows, k - 1])) / group
        self.lost[k] += np.bincount(who[rows][tied], weights=np.broadcast_to(beyond[:, None], tied.shape)[tied], minlength=self.size)

    def certainty(self):
        """The Certainty of what was counted. An interval runs from the 2.5 % to the 97.5 % point of an entry's places; tied entries
        share the better place."""
        draws = sum(map(len, self.kept))
        reached = np.cumsum(self.places, axis=1)
        lowest, highest = ((reached >= part * draws).argmax(axis=1) + 1 for part in (0.025, 0.975))
        chances = {k: (reached[:, min(k, self.size) - 1] - lost) / draws for k, lost in self.lost.items()}
        return Certainty(np.stack([lowest, highest], axis=1), middle(self.kept, self.size), chances, bands(self.kept, self.size), draws)


def on_grid(scores):
    """Scores rounded to 1e-9 as whole numbers, int32 where they fit."""
    grid = np.rint(scores * GRID)
    return grid.astype(np.int32 if np.abs(grid).max(initial=0) < 2**31 else np.int64)


def middle(blocks, size):
    """The scores that hold each entry in 95 of 100 redrawn juries, float (entries, 2): those which 2.5 % and 97.5 % reach or stay below."""
    draws, found = sum(map(len, blocks)), np.empty((size, 2))
    ends = [max(1, int(np.ceil(part * draws))) - 1 for part in (0.025, 0.975)]
    for start in range(0, size, CHUNK):
        columns = np.ascontiguousarray(np.concatenate([block[:, start:start + CHUNK] for block in blocks]).T)
        found[start:start + CHUNK] = np.partition(columns, ends, axis=1)[:, ends] / GRID
    return found


def bands(blocks, size):
    """The number of each entry's group without a clear difference, int (entries,), counted from 1, entries in the order of ranks.

    A new group begins where the first of the group above is ahead in at least 95 of 100 redrawn juries.
    """
    found, leader, draws = np.ones(size, int), 0, sum(map(len, blocks))
    for entry in range(1, size):
        ahead = sum(int((block[:, leader] > block[:, entry]).sum()) for block in blocks)
        new = ahead >= CLEAR * draws
        found[entry] = found[entry - 1] + new
        leader = entry if new else leader
    return found
