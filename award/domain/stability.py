"""Whether the first place hangs on the shares: for each criterion, and over all shares there could be.

`values` are u (entries, criteria) on 0..1, NaN where a criterion does not count for an entry; its shares are then made up by the
others: score = Σ w u / Σ w over those that count.
"""
import numpy as np

from award.domain import redraws

DRAWS = 10_000
BLOCK = 1000
NEAR = 1e-9


def effective_shares(values, shares):
    """The part of the differences between entries that each criterion makes, float (criteria,), summing to 1; None without differences.

    cov(w u, Σ w u) / var(Σ w u) over the entries to which all criteria apply; `shares` (criteria,) summing to 1. It can be negative
    where a criterion pulls against the others. Source: the shares of a sum's variance, after Saisana, Saltelli and Tarantola,
    Uncertainty and sensitivity analysis (2005).
    """
    parts = values[~np.isnan(values).any(axis=1)] * shares
    away = parts.sum(axis=1) - parts.sum(axis=1).mean() if len(parts) > 1 else np.zeros(1)
    whole = float((away**2).sum())
    return None if whole < 1e-24 else (parts - parts.mean(axis=0)).T @ away / whole


def scores(values, shares):
    """Σ w u / Σ w of each entry, float (..., entries) for shares (..., criteria); NaN where none of its criteria has a share."""
    above, under = shares @ np.nan_to_num(values).T, shares @ (~np.isnan(values)).T.astype(float)
    return np.divide(above, under, out=np.full_like(above, np.nan), where=under > NEAR)


def stable_shares(values, shares, leader):
    """From which share to which of each criterion `leader` (an index) stays first, float (criteria, 2) within 0..1.

    The other shares keep their proportions, so a score is a line in the share, or with gaps a quotient of two, and the ends are where
    two of them cross; a touch is no change. `shares` (criteria,) sum to 1, and each entry has a
    score under them.
    """
    return np.array([crossings(*quotients(values, shares, c), leader, float(shares[c])) for c in range(len(shares))])


def quotients(values, shares, criterion):
    """(numerator, denominator) of each entry's score as lines in the share of one criterion, float (2, entries) each: at 0, and the
    slope to 1; the others in proportion."""
    rest = shares.copy()
    rest[criterion] = 0
    rest = rest / rest.sum() if rest.sum() > 0 else np.where(np.arange(len(shares)) == criterion, 0, 1 / max(len(shares) - 1, 1))
    held, there = np.nan_to_num(values), (~np.isnan(values)).astype(float)
    above, under = np.stack([held @ rest, held[:, criterion]]), np.stack([there @ rest, there[:, criterion]])
    return (np.stack([one[0], one[1] - one[0]]) for one in (above, under))


def crossings(above, under, leader, share):
    """(from, to) around `share` within which no entry's score, the quotient above / under, is higher than the leader's."""
    a, b = above[:, [leader]], under[:, [leader]]
    constant = a[0] * under[0] - above[0] * b[0]
    linear = a[0] * under[1] + a[1] * under[0] - above[0] * b[1] - above[1] * b[0]
    square = a[1] * under[1] - above[1] * b[1]
    low, high = 0.0, 1.0
    for root, slope in roots(constant, linear, square):
        if slope > 0 and root <= share + NEAR:
            low = max(low, min(root, share))
        if slope < 0 and root >= share - NEAR:
            high = min(high, max(root, share))
    return low, high


def roots(constant, linear, square):
    """(root, slope there) of the quadratics constant + linear·t + square·t², float (entries,) each, of those that cross zero."""
    for c, b, a in zip(constant.tolist(), linear.tolist(), square.tolist(), strict=True):
        if abs(a) < 1e-12:
            if abs(b) > 1e-12:
                yield -c / b, b
        elif (inside := b * b - 4 * a * c) > 1e-15:
            for sign in (-1, 1):
                yield (-b + sign * inside**0.5) / (2 * a), sign * inside**0.5


def first_under_any_shares(values, *, seed):
    """The part of 10,000 sets of shares, all equally likely, under which each entry is first, a tie shared, float (entries,).

    Shares from the flat Dirichlet distribution, as the gaps between sorted random points.
    """
    size, firsts = values.shape[1], np.zeros(len(values))
    points = np.sort(redraws.uniform(DRAWS * (size - 1), seed=seed).reshape(DRAWS, size - 1), axis=1)
    edges = np.hstack([np.zeros((DRAWS, 1)), points, np.ones((DRAWS, 1))])
    for block in np.split(np.diff(edges, axis=1), DRAWS // BLOCK):
        grid = np.rint(scores(values, block) * 1e9)
        first = grid == np.nanmax(grid, axis=1, keepdims=True)
        firsts += (first / first.sum(axis=1, keepdims=True)).sum(axis=0)
    return firsts / DRAWS
