"""Who judges what in an invented round, and how good each entry truly is."""
import numpy as np
from scipy import special

from award.domain import panels, redraws

JURORS = 12
PANELS = 3  # a jury in parts: so many parts, of as many jurors each
ANCHORS = 3  # entries that everybody scores
THEMES = 6


def ranks(shape, *, seed):
    """A random order along the last axis, int of that shape."""
    return redraws.uniform(int(np.prod(shape)), seed=seed).reshape(shape).argsort(axis=-1).argsort(axis=-1)


def complete(rounds, entries, *, seed):
    """Everybody scores everything."""
    return np.ones((rounds, entries, JURORS), bool)


def overlapping(rounds, entries, *, seed):
    """Each entry is scored by four or five jurors drawn at random; drawn again until all are connected."""
    found = np.zeros((rounds, entries, JURORS), bool)
    open_, turn = np.arange(rounds), 0
    while len(open_):
        order = ranks((len(open_), entries, JURORS), seed=[*seed, turn])
        found[open_] = order < 4 + np.arange(entries)[:, None] % 2
        open_, turn = np.array([r for r in open_ if len(panels.components(found[r])) > 1], int), turn + 1
    return found


def by_theme(rounds, entries, *, seed):
    """Entries stand in the order of their themes, jurors in a ring: each entry is scored by four or five neighbours."""
    first = np.arange(entries) * JURORS // entries
    sizes = 4 + np.arange(entries) % 2
    there = (np.arange(JURORS) - first[:, None]) % JURORS < sizes[:, None]
    return np.repeat(there[None], rounds, axis=0)


def in_parts(rounds, entries, *, seed):
    """Three juries of four, each with a third of the entries, drawn at random; nothing connects them."""
    part = ranks((rounds, entries), seed=seed) % PANELS
    return part[:, :, None] == np.arange(JURORS) % PANELS


def anchored(rounds, entries, *, seed):
    """The same three juries, and three entries that all twelve jurors score."""
    chosen = ranks((rounds, entries), seed=[*seed, 1]) < ANCHORS
    return in_parts(rounds, entries, seed=seed) | chosen[:, :, None]


DESIGNS = {"complete": complete, "overlapping": overlapping, "by_theme": by_theme, "anchored": anchored, "in_parts": in_parts}


def truth(design, rounds, entries, *, seed):
    """How good each entry is, float (rounds, entries), standard normal; by theme, half of the variance is the theme's."""
    own = normal((rounds, entries), seed=seed)
    if design != "by_theme":
        return own
    themes = normal((rounds, THEMES), seed=[*seed, 1])[:, np.arange(entries) * THEMES // entries]
    return (own + themes) / np.sqrt(2)


def normal(shape, *, seed):
    """Standard normal numbers, the same on every machine for one seed."""
    return special.ndtri(redraws.uniform(int(np.prod(shape)), seed=seed)).reshape(shape)
