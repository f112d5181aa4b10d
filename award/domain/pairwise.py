"""Rules that rest on comparisons of two entries by one juror. They stand in the table of comparison only, never decide a round."""
import numpy as np
import scipy

from award.i18n import text

RULES = {}
MOST = {"bradley_terry": 200, "schulze": 200, "kemeny": 12}  # entries; more take too long, and the table shows why it is empty
LABELS = {"bradley_terry": text("Bradley-Terry"), "schulze": text("Schulze"), "kemeny": text("Kemeny")}


def rule(function):
    """Registers a function (wins) under its name."""
    RULES[function.__name__] = function
    return function


def wins(values):
    """How many jurors put one entry above another, a tie counting half to each, float (entries, entries), 0 on the diagonal.

    `values` Values (entries, jurors); jurors without a ballot on both say nothing.
    """
    found = np.zeros((len(values.numerators),) * 2)
    for own, there in zip(values.numerators.T, values.counted.T, strict=True):
        both = there[:, None] & there
        found += np.where(both, (own[:, None] > own) + (own[:, None] == own) / 2, 0)
    np.fill_diagonal(found, 0)
    return found


@rule
def bradley_terry(wins):
    """Strengths p with P(e above f) = pₑ / (pₑ + p_f), float (entries,), by maximum likelihood with half a win and half a loss
    against an imagined entry of strength 1 for each, which keeps them finite.

    `wins` (entries, entries); gives log p, by Newton steps of the concave log likelihood. Source: Bradley and Terry (1952).
    """
    games, found = wins + wins.T, np.zeros(len(wins))
    for _ in range(100):
        chances = scipy.special.expit(found[:, None] - found)
        alone = scipy.special.expit(found)
        slope = wins.sum(axis=1) + 0.5 - (games * chances).sum(axis=1) - alone
        bend = games * chances * (1 - chances)
        step = np.linalg.solve(np.diag(bend.sum(axis=1) + alone * (1 - alone)) - bend, slope)
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-12:
            break
    return found


@rule
def schulze(wins):
    """The number of entries that each beats along the strongest chains, less those that beat it, float (entries,).

    `wins` (entries, entries). Source: Schulze, A new monotonic, clone-independent … single-winner election method (2011), strengths by
    winning votes.
    """
    paths = np.where(wins > wins.T, wins, 0.0)
    for through in range(len(wins)):
        np.maximum(paths, np.minimum(paths[:, through : through + 1], paths[through]), out=paths)
    beats = paths > paths.T
    return (beats.sum(axis=1) - beats.sum(axis=0)).astype(float)


@rule
def kemeny(wins):
    """The one order that agrees with most comparisons, as float (entries,), higher is better; None when several orders agree as much.

    `wins` (entries, entries), at most 12. By dynamic programming over sets of entries. Source: Kemeny (1959); Held and Karp (1962).
    """
    size = len(wins)
    best, ways, last = np.full(1 << size, -np.inf), np.zeros(1 << size, np.int64), np.zeros(1 << size, np.int64)
    best[0], ways[0] = 0.0, 1
    above = np.zeros((1 << size, size))  # comparisons won by the members of a set over each entry
    for member in range(size):
        above[1 << member : 2 << member] = above[: 1 << member] + wins[member]
    for chosen in range(1, 1 << size):
        ends = [e for e in range(size) if chosen >> e & 1]
        values = [best[chosen ^ 1 << e] + above[chosen ^ 1 << e, e] for e in ends]
        best[chosen] = max(values)
        winners = [e for e, value in zip(ends, values, strict=True) if value > best[chosen] - 1e-9]
        last[chosen], ways[chosen] = winners[0], sum(ways[chosen ^ 1 << e] for e in winners)
    return order(last, size) if ways[-1] == 1 else None


def order(last, size):
    """Scores (entries,) that put the entries in the order whose last members `last` holds for each set."""
    scores, chosen = np.zeros(size), (1 << size) - 1
    for score in range(size):
        scores[last[chosen]] = score
        chosen ^= 1 << int(last[chosen])
    return scores
