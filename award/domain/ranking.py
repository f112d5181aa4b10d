"""Who stands where: scores, thresholds and places, from counted ballots. Compares exact values and rounds none."""
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.domain import ballots, criteria, numbers
from award.domain.aggregation import METHODS, Values, aggregate, mean
from award.domain.means import below_thresholds, floats, means, without_mean
from award.domain.ties import UNPLACED, Place, places

RANKED = "ranked"
BELOW_THRESHOLD = "below_threshold"
NOT_RANKABLE = "not_rankable"
BY_THRESHOLD = ("below", "no_value")


@dataclass(frozen=True)
class Standing:
    """Where one entry stands. `score` and `raw_mean` are Fractions on 0..1, `spread` a float on 0..1; None: undefined.

    `place` has no rank unless `status` is "ranked"; `reasons` ({code, …}) say why. `criteria` {name: float in scale
    units, or None}: under order "ballot" the plain mean, under order "criterion" the value by the method.
    """

    entry: str
    status: str
    reasons: tuple
    score: Fraction | None
    raw_mean: Fraction | None
    spread: float | None
    ballots: int
    criteria: dict
    place: Place

    @property
    def rank(self):
        """The place, counted 1, 2, 2, 4; None unless `status` is "ranked"."""
        return self.place.rank


@dataclass(frozen=True, eq=False)
class Ranking:
    """The standings, by rank and then by name, and the counted ballots they rest on."""

    standings: tuple[Standing, ...]
    counted: ballots.Counted


def rank(rulebook, sheet, *, exclusions=()):
    """The Ranking of a score sheet under a rulebook.

    Ballots that `exclusions` [{juror, entry, cause}] name do not count. Raises Invalid as `ballots.count` does.
    Source: methods, rules 2 to 7.
    """
    counted = ballots.count(rulebook, sheet, exclusions=exclusions)
    plain = means(counted)
    by_order = in_ballot_order if rulebook.order == "ballot" else in_criterion_order
    scores, values = by_order(rulebook, counted, plain)
    raw = scores if (rulebook.method, rulebook.order) == ("mean", "ballot") else raw_means(counted.totals)
    reasons = shortcomings(rulebook, counted, plain, scores)
    ranked = {e: scores[e] for e in range(len(sheet.entries)) if not reasons[e]}
    found = places(rulebook, counted, plain, ranked)
    sizes = counted.totals.sizes.tolist()
    rows = zip(sheet.entries, reasons, scores, raw, spreads(counted.totals), sizes, values, strict=True)
    standings = [standing(rulebook, row, found.get(e)) for e, row in enumerate(rows)]
    return Ranking(tuple(sorted(standings, key=listed)), counted)


def listed(one):
    """Sort key: by rank, those without one last, then by name."""
    return (one.rank is None, one.rank or 0, one.entry)


def standing(rulebook, row, place):
    """The Standing of an entry from its figures and its Place, which is None when there are reasons against one."""
    entry, reasons, score, raw, spread, size, values = row
    status = RANKED if place else NOT_RANKABLE if any(one["code"] != "below" for one in reasons) else BELOW_THRESHOLD
    return Standing(entry=entry, status=status, reasons=tuple({"entry": entry, **reason} for reason in reasons),
                    score=None if status == NOT_RANKABLE else score, raw_mean=raw, spread=spread, ballots=size,
                    criteria=dict(zip(rulebook.names, values, strict=True)), place=place or UNPLACED)


def in_ballot_order(rulebook, counted, plain):
    """(score on 0..1 or None, [plain mean of each criterion]) by entry: criteria first, then jurors."""
    return aggregate(counted.totals, rulebook), floats(plain)


def in_criterion_order(rulebook, counted, plain):
    """(score on 0..1 or None, [value of each criterion by the method]) by entry: jurors first, then criteria.

    Each value is rounded half up where the criterion has `decimals`. Where nobody scored a criterion the other shares
    are renormalised; where too few did for the method there is no score. Source: cli.md (skating).
    """
    columns = [column(rulebook, counted, c) for c in range(len(rulebook.criteria))]
    rows = list(zip(*columns, strict=True))
    lines = weight_lines(rulebook)
    scores = [weighted(lines, values, sizes) for values, sizes in zip(rows, plain.sizes.tolist(), strict=True)]
    return scores, [[None if value is None else value.numerator / value.denominator for value in row] for row in rows]


def column(rulebook, counted, place):
    """The value of one criterion (by index) for each entry by the method, in scale units: Fractions or None."""
    found = aggregate(Values(counted.scores[:, :, place], counted.scored[:, :, place], numbers.UNIT), rulebook)
    decimals = rulebook.criteria[place].decimals
    if decimals is None:
        return found
    return [None if value is None else numbers.half_up(value, decimals=decimals) for value in found]


def weighted(lines, values, sizes):
    """Σ w·u / Σ w over the criteria that somebody scored, a Fraction on 0..1; None where the method left one open.

    `lines` (w, a, b) from `weight_lines`; `values` Fractions in scale units or None; `sizes` the scores of each.
    """
    there = [(line, value) for line, value, size in zip(lines, values, sizes, strict=True) if size]
    whole = sum(line[0] for line, _ in there)
    if not whole or any(value is None for _, value in there):
        return None
    common = math.lcm(*(value.denominator for _, value in there))
    above = sum(slope * value.numerator * (common // value.denominator) + start * common
                for (_, slope, start), value in there)
    return Fraction(above, whole * common)


def weight_lines(rulebook):
    """For each criterion (w, a, b), ints over one common denominator, such that w·u(value) = a·value + b."""
    lines = []
    for one in rulebook.criteria:
        slope = one.share * (criteria.unit(one, one.low + 1) - criteria.unit(one, one.low))
        lines.append((one.share, slope, one.share * criteria.unit(one, Fraction(0))))
    common = math.lcm(*(part.denominator for line in lines for part in line))
    return [tuple(int(part * common) for part in line) for line in lines]


def raw_means(totals):
    """The mean of the ballot totals of each entry on 0..1, a Fraction; None without a counted ballot."""
    there = totals.sizes > 0
    found = iter(mean(totals.of(there), None))
    return [next(found) if has else None for has in there.tolist()]


def spreads(totals):
    """The sample standard deviation of the ballot totals of each entry, a float on 0..1; None below two ballots.

    √((n Σx² − (Σx)²) / (n (n − 1))), the radicand exact and rounded once.
    """
    rows = zip(totals.numerators.tolist(), totals.counted.tolist(), strict=True)
    return [spread([x for x, there in zip(row, have, strict=True) if there], totals.denominator) for row, have in rows]


def spread(numerators, denominator):
    """The sample standard deviation of whole numbers over a denominator, a float; None below two."""
    size = len(numerators)
    if size < 2:
        return None
    square = size * sum(x * x for x in numerators) - sum(numerators) ** 2
    return math.sqrt(square / (size * (size - 1) * denominator**2))


def shortcomings(rulebook, counted, plain, scores):
    """For each entry why it has no place, a list of {code, …}: empty when it has one."""
    sizes = counted.totals.sizes.tolist()
    missed, unknown = below_thresholds(plain, rulebook), without_mean(plain, rulebook, counted.applicable)
    reasons = [too_little(rulebook, plain, e, (size, scores[e])) for e, size in enumerate(sizes)]
    for e, c in np.argwhere(missed | unknown).tolist():
        if not any(one["code"] not in BY_THRESHOLD for one in reasons[e]):
            reasons[e].append(miss(rulebook.criteria[c], plain.exact(e, c)))
    return reasons


def too_little(rulebook, plain, entry, figures):
    """[{code, …}] when the ballots of an entry (by index) do not suffice; figures: (counted ballots, score)."""
    size, score = figures
    if size == 0:
        return [{"code": "no_ballot"}]
    if size < rulebook.min_ballots:
        return [{"code": "few_ballots", "ballots": size, "least": rulebook.min_ballots}]
    if score is None:
        values = size if rulebook.order == "ballot" else min(filter(None, plain.sizes[entry].tolist()))
        return [{"code": "few_values", "values": values, "least": METHODS[rulebook.method].least(rulebook)}]
    return []


def miss(criterion, value):
    """{code, …} of a threshold that the mean `value` (Fraction, or None without a score) does not reach."""
    if value is None:
        return {"code": "no_value", "criterion": criterion.name}
    return {"code": "below", "criterion": criterion.name, "mean": value.numerator / value.denominator,
            "threshold": numbers.number(criterion.threshold)}
