"""Juries redrawn from a jury, the same on every machine for one seed, and what each method gives under them.

A redraw takes how often each juror is in each redrawn jury, int (draws, jurors), and gives scores, float (draws, entries), NaN
where no juror of the entry is left.
"""
import numpy as np

GRID = 10**9
DRAWS = 10_000
SMALL = 5  # a complete panel of at most so many jurors is enumerated: every jury that could be drawn, once
HALF = np.uint64(32)


def juries(there, *, seed):
    """How often each juror is in each redrawn jury, int (draws, jurors); each row sums to the number of jurors.

    `there` (entries, jurors) bool. A complete panel of m ≤ 5 jurors gives all mᵐ, otherwise 10,000 are drawn with replacement.
    Source: methods, section 3; Efron, The Jackknife, the Bootstrap (1982).
    """
    size = there.shape[1]
    if small(there):
        return every(size)
    drawn = below(size, number=DRAWS * size, seed=seed).reshape(DRAWS, size)
    places = drawn + np.arange(DRAWS)[:, None] * size
    return np.bincount(places.ravel(), minlength=DRAWS * size).reshape(DRAWS, size)


def small(there):
    """Whether all juries that can be drawn are few enough to enumerate: a complete panel (entries, jurors) of at most 5."""
    return there.shape[1] <= SMALL and bool(there.all())


def every(size):
    """All juries that can be drawn with replacement from `size` jurors, int (sizeˢⁱᶻᵉ, size)."""
    digits = np.arange(size**size)[:, None] // size ** np.arange(size) % size
    return np.stack([(digits == j).sum(axis=1) for j in range(size)], axis=1)


def bits(number, *, seed):
    """32 random bits each as uint64 (number,), from the stream of PCG64, which numpy keeps the same for good."""
    found = np.random.PCG64(seed).random_raw(number)
    found >>= HALF
    return found


def below(limit, *, number, seed):
    """Whole numbers from 0 up to `limit` (a number, or uint64 (number,)), int64 (number,), each equally likely to 2⁻³²."""
    return (bits(number, seed=seed) * np.asarray(limit, np.uint64) >> HALF).astype(np.int64)


def uniform(number, *, seed):
    """Floats between 0 and 1, both excluded, (number,)."""
    found = bits(number, seed=seed).astype(float)
    found += 0.5
    found /= 2.0**32
    return found


def without_each(size):
    """The juries that leave out one juror, int (size, size): row j is without juror j."""
    return 1 - np.eye(size, dtype=np.int64)


def weighed(parts, weights):
    """The redraw of Σ parts / Σ weights; both float (entries, jurors), 0 where there is no ballot.

    Parts are taken on a grid of 1e-9, so that their sums are the same in whatever order a processor adds them.
    """
    parts = np.rint(parts * GRID)

    def redraw(counts):
        counts = counts.astype(float)
        above, under = counts @ parts.T, counts @ weights.T
        return np.divide(above, under * GRID, out=np.full_like(above, np.nan), where=under > 0)
    return redraw


def mean(values, rulebook):
    """The redraw of the mean of Values."""
    return weighed(np.where(values.counted, values.floats, 0.0), values.counted.astype(float))


def median(values, rulebook):
    """The redraw of the median of Values: a juror drawn twice counts twice."""
    def middle(held, reached):
        size = reached[:, -1:]
        return (held[(reached > (size - 1) // 2).argmax(axis=1)] + held[(reached > size // 2).argmax(axis=1)]) / 2
    return in_order(values, middle)


def trimmed_mean(values, rulebook):
    """The redraw of the trimmed mean of Values; where fewer than three would remain, as many are left out as leave one or two."""
    def inner(held, reached):
        size = reached[:, -1:]
        out = np.minimum(rulebook.trim, (size - 1) // 2)
        kept = np.diff(np.clip(reached, out, size - out), axis=1, prepend=out)
        return kept @ held / (size - 2 * out)[:, 0]
    return in_order(values, inner)


def in_order(values, rule):
    """The redraw of a rule over sorted values: rule(values (n,) ascending, counts up to each (draws, n)) gives float (draws,)."""
    sorted_ = [(np.argsort(line[there], kind="stable"), line[there], np.flatnonzero(there))
               for line, there in zip(values.floats, values.counted, strict=True)]

    def redraw(counts):
        found = np.full((len(counts), len(sorted_)), np.nan)
        for e, (order, held, own) in enumerate(sorted_):
            reached = np.cumsum(counts[:, own[order]], axis=1)
            drawn = np.flatnonzero(reached[:, -1] > 0) if len(own) else []
            if len(drawn):
                found[drawn, e] = rule(held[order], reached[drawn])
        return found
    return redraw


def filled(redraw, there, *, seed):
    """The redraw with no gaps: an entry none of whose jurors is drawn takes one of its own ballots, drawn for it alone.

    `there` (entries, jurors) bool; an entry without a ballot stays NaN.
    """
    alone = redraw(np.eye(there.shape[1], dtype=np.int64))
    held = there.cumsum(axis=1)

    def whole(counts, block=0):
        found = redraw(counts)
        draw, entry = np.nonzero(np.isnan(found) & (held[:, -1] > 0))
        if len(draw):
            pick = below(held[entry, -1].astype(np.uint64), number=len(entry), seed=[seed, block, len(entry)])
            found[draw, entry] = alone[(held[entry] > pick[:, None]).argmax(axis=1), entry]
        return found
    return whole
