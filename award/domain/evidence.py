"""What stands beside every rank: its interval, the chances of the top k, whether it stays without any one juror.

The juries are redrawn once; the whole ranking, each category and each unconnected group count places in the same draws.
"""
from dataclasses import dataclass

import numpy as np

from award.domain import certainty, criteria, numbers, redraws
from award.domain.aggregation import METHODS
from award.domain.method import Values

FIELDS = ("rank_interval", "score_interval", "p_top", "stable_without_any_juror", "moved_by", "band")
BLOCK = 1000
DIGITS = 9


@dataclass(frozen=True)
class Field:
    """A ranking to study: entry indices `entries` in the order of their `ranks`, both lists, and the lines drawn in it, the k of
    `top` and the cut."""

    entries: list
    ranks: list
    lines: tuple


def study(rulebook, counted, fields, *, earlier=None, seed=0):
    """[{entry index: {field of FIELDS: value}}], one for each Field.

    `earlier`: score of an earlier stage, float (entries,), where the rulebook counts one; every Field's entries have a score.
    """
    if not any(field.entries for field in fields):
        return [{} for _field in fields]
    scores = Scores(rulebook, counted, earlier)
    tallies = [certainty.Tally(len(field.entries), field.lines) for field in fields]
    for block in scores.blocks(seed):
        for field, tally in zip(fields, tallies, strict=True):
            if field.entries:
                tally.add(block.take(field.entries, axis=1))
    without = scores.without_each()
    return [figures(rulebook, field, tally.certainty(field.ranks), (without[:, field.entries], scores.jurors)) if field.entries else {}
            for field, tally in zip(fields, tallies, strict=True)]


def figures(rulebook, field, found, left):
    """{entry index: {field of FIELDS: value}} of a Field from its Certainty and (scores without each juror, names of the jurors).

    The score interval is on 0..1.
    """
    moved = moves(field, left[0])
    chances = {str(k): found.top[k].tolist() for k in field.lines}
    return {e: {"rank_interval": found.intervals[i].tolist(), "score_interval": found.scores[i].tolist(),
                "p_top": {k: round(p[i], DIGITS) for k, p in chances.items()},
                "stable_without_any_juror": not moved[:, i].any(), "moved_by": [left[1][j] for j in np.flatnonzero(moved[:, i])],
                "band": int(found.bands[i])} for i, e in enumerate(field.entries)}


def moves(field, without):
    """Whether the entry crosses a line, or has no ballot left, when that juror leaves: bool (jurors, entries of the Field)."""
    there = ~np.isnan(without)
    grid = np.where(there, np.rint(np.nan_to_num(without) * certainty.GRID), -np.inf)
    above = (grid[:, None, :] > grid[:, :, None]).sum(axis=2) if grid.shape[1] <= 200 else np.array([places(row) for row in grid])
    official = np.array(field.ranks)
    crossed = [(above < k) != (official <= k) for k in field.lines]
    return np.any(crossed, axis=0) | ~there if crossed else ~there


def places(row):
    """How many entries are above each, int (entries,)."""
    return len(row) - np.searchsorted(np.sort(row), row, side="right")


class Scores:
    """The scores of all entries under redrawn juries, float (draws, entries), with an earlier stage counted in; NaN without a ballot.

    `jurors` are the names of those who have a ballot that counts, in the order of `without_each`.
    """

    def __init__(self, rulebook, counted, earlier):
        present = np.flatnonzero(counted.ballots.any(axis=0))
        self.rulebook, self.there = rulebook, counted.ballots[:, present]
        self.jurors = [counted.sheet.jurors[j] for j in present.tolist()]
        self.totals = Values(counted.totals.numerators[:, present], self.there, counted.totals.denominator)
        self.earlier, self.part = earlier, 0.0 if rulebook.carried is None else float(rulebook.carried) / 100
        in_ballots = rulebook.order == "ballot"
        self.redraw = METHODS[rulebook.method].redraw(self.totals, rulebook) if in_ballots else columns(rulebook, counted, present)

    def blocks(self, seed):
        """Blocks of scores: as the model draws them where the method has a model, otherwise those of redrawn juries."""
        drawn = METHODS[self.rulebook.method].draws and METHODS[self.rulebook.method].draws(self.totals, self.rulebook, seed)
        if drawn:
            yield from map(self.whole, drawn)
            return
        filled, judged = redraws.filled(self.redraw, self.there, seed=seed), self.there.any(axis=1)
        juries, now = redraws.juries(self.there[judged], seed=seed), self.redraw(np.ones((1, len(self.jurors)), np.int64))
        for start in range(0, len(juries), BLOCK):
            block = filled(juries[start:start + BLOCK], start)
            yield self.whole(np.where(np.isnan(block), now, block))

    def without_each(self):
        """The scores without one juror, float (jurors, entries)."""
        return self.whole(self.redraw(redraws.without_each(len(self.jurors))))

    def whole(self, scores):
        """The scores with the share of an earlier stage counted in."""
        return scores if self.earlier is None else (1 - self.part) * scores + self.part * self.earlier


def columns(rulebook, counted, present):
    """The redraw with order "criterion": the method on each criterion, rounded as the rulebook has it, then Σ w u / Σ w."""
    parts = [column(rulebook, counted, present, c) for c in range(len(rulebook.criteria))]
    sizes = counted.scored.any(axis=1).astype(float)
    shares = np.array([float(criterion.share) for criterion in rulebook.criteria])

    def redraw(counts):
        total = np.zeros((len(counts), len(sizes)))
        for part, own, share in zip(parts, sizes.T, shares, strict=True):
            total += share * np.where(own > 0, part(counts), 0.0)
        whole = sizes @ shares
        return np.divide(total, whole, out=np.full_like(total, np.nan), where=whole > 0)
    return redraw


def column(rulebook, counted, present, place):
    """The redraw of one criterion (by index) on 0..1."""
    one = rulebook.criteria[place]
    values = Values(counted.scores[:, present, place], counted.scored[:, present, place], numbers.UNIT)
    redraw = METHODS[rulebook.method].redraw(values, rulebook)
    step = None if one.decimals is None else 10.0**one.decimals

    def scaled(counts):
        found = redraw(counts)
        found = found if step is None else np.floor(found * step + 0.5 + 1e-7) / step
        return criteria.unit_float(one, found)
    return scaled
