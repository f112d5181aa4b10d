"""Who stands where: scores, thresholds and places, from counted ballots. Compares exact values and rounds none."""
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.domain import ballots, criteria, numbers, panels
from award.domain.aggregation import METHODS, Values, aggregate
from award.domain.averages import mean
from award.domain.facts import Facts
from award.domain.means import below_thresholds, floats, means, together, without_mean
from award.domain.ties import UNPLACED, Place, places

RANKED = "ranked"
BELOW_THRESHOLD = "below_threshold"
NOT_RANKABLE = "not_rankable"
BELOW = ("below", "below_overall")
BY_THRESHOLD = (*BELOW, "no_value")


@dataclass(frozen=True)
class Standing:
    """Where one entry stands. `score` and `raw_mean` are Fractions on 0..1, `spread` a float on 0..1; None: undefined.

    `place` has no rank unless `status` is "ranked"; `reasons` ({code, …}) say why. `own_score` is the score before that of an earlier
    stage is counted in; `group` counts the groups that are ranked by themselves from 1, and is None where there is one.
    `criteria` {name: float in scale units, or None}: under order "ballot" the plain mean, under order "criterion" the value by
    the method.
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
    own_score: Fraction | None = None
    group: int | None = None

    @property
    def rank(self):
        """The place, counted 1, 2, 2, 4; None unless `status` is "ranked"."""
        return self.place.rank


@dataclass(frozen=True, eq=False)
class Ranking:
    """The standings, by rank and then by name, the counted ballots they rest on, and the plain means of their criteria."""

    standings: tuple[Standing, ...]
    counted: ballots.Counted
    plain: object = None


def rank(rulebook, sheet, *, exclusions=(), facts=None):
    """The Ranking of a score sheet under a rulebook.

    Ballots that `exclusions` [{juror, entry, cause}] name do not count; `facts` (Facts) hold the scores of an earlier stage where the
    rulebook counts them. Raises Invalid as `ballots.count` does, Refused where the method says nothing about these ballots.
    Source: methods, rules 2 to 7.
    """
    counted = ballots.count(rulebook, sheet, exclusions=exclusions)
    plain = means(counted)
    by_order = in_ballot_order if rulebook.order == "ballot" else in_criterion_order
    own, values = by_order(rulebook, counted, plain)
    raw = own if (rulebook.method, rulebook.order) == ("mean", "ballot") else raw_means(counted.totals)
    scores = carried(rulebook, sheet, own, facts or Facts())
    reasons = shortcomings(rulebook, counted, plain, (own, scores))
    groups = together_judged(rulebook, counted)
    ranked = {e: scores[e] for e in range(len(sheet.entries)) if not reasons[e]}
    found = {e: (place, group) for group in sorted(set(groups.values()))
             for e, place in places(rulebook, counted, plain, {e: s for e, s in ranked.items() if groups[e] == group}).items()}
    sizes = counted.totals.sizes.tolist()
    rows = zip(sheet.entries, reasons, scores, raw, spreads(counted.totals), sizes, values, own, strict=True)
    many = len(set(groups.values())) > 1
    standings = [standing(rulebook, row, found.get(e), group=groups.get(e) if many else None) for e, row in enumerate(rows)]
    return Ranking(tuple(sorted(standings, key=listed)), counted, plain)


def together_judged(rulebook, counted):
    """{entry index: number of its group, from 1}: all in one, unless the rulebook ranks unconnected groups by themselves."""
    if rulebook.unconnected == "refuse":
        return dict.fromkeys(range(len(counted.ballots)), 1)
    return {e: place for place, group in enumerate(panels.components(counted.ballots), 1) for e in group.tolist()}


def carried(rulebook, sheet, own, facts):
    """The scores with the share of an earlier stage counted in, by entry: (1 − c)·own + c·earlier; None where either is missing."""
    if rulebook.carried is None:
        return own
    part, earlier = rulebook.carried / 100, [facts.carried.get(entry) for entry in sheet.entries]
    return [None if score is None or before is None else (1 - part) * score + part * before
            for score, before in zip(own, earlier, strict=True)]


def listed(one):
    """Sort key: by group, by rank, those without one last, then by name."""
    return (one.rank is None, one.group or 0, one.rank or 0, one.entry)


def standing(rulebook, row, found, *, group):
    """The Standing of an entry from its figures and (Place, group), which is None when there are reasons against a place."""
    entry, reasons, score, raw, spread, size, values, own = row
    status = RANKED if found else NOT_RANKABLE if any(one["code"] not in BELOW for one in reasons) else BELOW_THRESHOLD
    place = found and found[0]
    return Standing(entry=entry, status=status, reasons=tuple({"entry": entry, **reason} for reason in reasons),
                    score=None if status == NOT_RANKABLE else score, raw_mean=raw, spread=spread, ballots=size,
                    criteria=dict(zip(rulebook.names, values, strict=True)), place=place or UNPLACED,
                    own_score=None if status == NOT_RANKABLE else own, group=group)


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
    """For each entry why it has no place, a list of {code, …}: empty when it has one. `scores`: (own, with an earlier stage)."""
    sizes = counted.totals.sizes.tolist()
    missed, unknown = below_thresholds(plain, rulebook), without_mean(plain, rulebook, counted.applicable)
    reasons = [too_little(rulebook, plain, e, (size, scores[0][e], scores[1][e])) for e, size in enumerate(sizes)]
    for e, c in np.argwhere(missed | unknown).tolist():
        if not any(one["code"] not in BY_THRESHOLD for one in reasons[e]):
            reasons[e].append(miss(rulebook.criteria[c], plain.exact(e, c)))
    if rulebook.threshold is not None:
        for found, (total, least) in zip(reasons, together(plain, rulebook, counted.applicable), strict=True):
            if not any(one["code"] not in BELOW for one in found):
                found.extend(miss_together(total, least))
    return reasons


def miss_together(total, least):
    """[{code, …}] when the sum of an entry's means (Fraction, or None with a gap) does not reach the overall threshold."""
    if total is None:
        return [{"code": "no_sum"}]
    if total >= least:
        return []
    return [{"code": "below_overall", "sum": total.numerator / total.denominator, "threshold": numbers.number(least)}]


def too_little(rulebook, plain, entry, figures):
    """[{code, …}] when the ballots of an entry (by index) do not suffice; figures: (counted ballots, own score, score)."""
    size, own, score = figures
    if size == 0:
        return [{"code": "no_ballot"}]
    if size < rulebook.min_ballots:
        return [{"code": "few_ballots", "ballots": size, "least": rulebook.min_ballots}]
    if own is None:
        values = size if rulebook.order == "ballot" else min(filter(None, plain.sizes[entry].tolist()))
        return [{"code": "few_values", "values": values, "least": METHODS[rulebook.method].least(rulebook)}]
    return [] if score is not None else [{"code": "no_carried"}]


def miss(criterion, value):
    """{code, …} of a threshold that the mean `value` (Fraction, or None without a score) does not reach."""
    if value is None:
        return {"code": "no_value", "criterion": criterion.name}
    return {"code": "below", "criterion": criterion.name, "mean": value.numerator / value.denominator,
            "threshold": numbers.number(criterion.threshold)}
