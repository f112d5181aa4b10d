"""How a score came about: one line for each juror, and a sum, that a reader can redo by hand under every method."""
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from award.domain import ballots, criteria, facts, numbers, relative, result, severity, special_awards
from award.domain.aggregation import METHODS
from award.domain.certainty import GRID


@dataclass(frozen=True)
class Part:
    """One criterion on one ballot: the score in scale units and what it adds to the ballot's total, both Fractions; None is missing.

    `kept`: under order "criterion", whether the method lets the score count; otherwise True.
    """

    score: Fraction | None
    points: Fraction | None
    kept: bool = True


@dataclass(frozen=True)
class Line:
    """One counted ballot: its parts in the rulebook's order of criteria, and their sum, a Fraction on 0..100.

    `adds` is what it adds to the score and `weight` how often it counts: score = Σ adds / Σ weight over the lines that are `kept`;
    adds is None under order "criterion". Where the method compares a juror's ballots: `ballots` n of the juror; their `place`, the
    middle of places that are shared; `mean`, `sd` of the juror's ballots and `z`. Under the additive method `effect` is the juror's
    severity. Figures on 0..100, exact where the method is.
    """

    juror: str
    parts: tuple[Part, ...]
    total: Fraction
    adds: Fraction | float | None = None
    weight: int = 1
    kept: bool = True
    effect: float | None = None
    ballots: int | None = None
    place: Fraction | None = None
    mean: float | None = None
    sd: float | None = None
    z: float | None = None

    @property
    def adjusted(self):
        """The ballot less the juror's severity; None where the method has no such thing."""
        return None if self.effect is None else float(self.total) - self.effect


@dataclass(frozen=True)
class Column:
    """One criterion under order "criterion": its `value` by the method in scale units, `exact` before rounding.

    `share` is w / Σ w over the criteria that somebody scored, which alone have a column; `points` = 100 · share · u(value), and they
    sum to the score. With too few scores for the method, value, exact and points are None.
    """

    criterion: str
    value: Fraction | None
    exact: Fraction | None
    share: Fraction
    points: Fraction | None


@dataclass(frozen=True)
class Workings:
    """The arithmetic of one entry's score, on 0..100.

    `own` = `sum` / `divisor`, and where an earlier stage's score `carried` counts for the part `part` (0..1),
    `total` = (1 − part) · own + part · carried; otherwise total is own. None: too few ballots, or no earlier score. `columns` is
    empty under order "ballot".
    """

    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    sum: Fraction | float | None
    divisor: int
    own: Fraction | None
    carried: Fraction | None
    part: Fraction | None
    total: Fraction | None


@dataclass(frozen=True)
class Prepared:
    """What the workings of all entries share, each computed once: the rules, those of the main ranking, and its counted ballots."""

    rulebook: object
    main: object
    counted: object

    @cached_property
    def places(self):
        """{name of an entry: its row on the sheet}."""
        return {name: e for e, name in enumerate(self.counted.sheet.entries)}

    @cached_property
    def seats(self):
        """{name of a juror: the column on the sheet}."""
        return {name: j for j, name in enumerate(self.counted.sheet.jurors)}

    @cached_property
    def fits(self):
        """The additive model of each group. Raises Refused where it says nothing about these ballots."""
        return severity.fits(self.counted.totals, self.main)

    @cached_property
    def beaten(self):
        return relative.beaten(self.counted.totals)

    @cached_property
    def standardised(self):
        return relative.standardised(self.counted.totals)


def prepared(rulebook, sheet, *, exclusions=()):
    """What `workings_of` needs, for the workings of many entries of one sheet."""
    main = special_awards.main(rulebook)
    return Prepared(rulebook, main, ballots.count(main, special_awards.sheet(sheet, main), exclusions=exclusions))


def of_entry(rulebook, sheet, *, entry, exclusions=()):
    """The Lines of an entry's counted ballots, in the order of the jurors' names. Raises KeyError for an entry not on the sheet.

    Each part is 100 · w·u / Σ w over the criteria scored on that ballot, so that the parts of a line sum to its total; criteria that
    only special awards use have no part. Source: methods, rules 1 and 2.
    """
    return list(workings(rulebook, sheet, entry=entry, exclusions=exclusions).lines)


def of_result(document, entry):
    """The Workings of an entry (by name) in a result, from the data inside it. Raises KeyError for an entry that is not in it."""
    rulebook, sheet, exclusions = result.inputs(document)
    earlier = facts.read(document.get("facts", ())).carried.get(entry)
    return workings(rulebook, sheet, entry=entry, exclusions=exclusions, earlier=earlier)


def workings(rulebook, sheet, *, entry, exclusions=(), earlier=None):
    """The Workings of an entry (by name); `earlier` is its score of an earlier stage, a Fraction on 0..1.

    Raises KeyError for an entry not on the sheet, Refused where the method says nothing about these ballots.
    Source: methods, sections 2 and 3.
    """
    return workings_of(prepared(rulebook, sheet, exclusions=exclusions), entry=entry, earlier=earlier)


def workings_of(known, *, entry, earlier=None):
    """The same from what is Prepared for all entries of the sheet."""
    main, at = known.main, known.places[entry]
    lines = [_line(known.rulebook, main, known.counted, (at, j)) for j in np.flatnonzero(known.counted.ballots[at]).tolist()]
    if main.order == "criterion":
        lines, columns = _by_criterion(known.rulebook.names, main, lines)
        points = [column.points for column in columns]
        whole, divisor = None if not lines or None in points else sum(points, Fraction(0)), 1
    else:
        lines, columns = METHODS_BY_HAND[main.method](known, at, lines), []
        whole, divisor = _summed(lines) if len(lines) >= METHODS[main.method].least(main) else (None, 1)
    own = None if whole is None else _on_grid(whole / divisor)
    given = (tuple(lines), tuple(columns), whole, divisor, own)
    return _with_earlier(given, main.carried, earlier)


def _with_earlier(given, percent, earlier):
    """The Workings with an earlier stage counted in for `percent` of a hundred; None where it does not count."""
    own = given[-1]
    if percent is None:
        return Workings(*given, carried=None, part=None, total=own)
    part, carried = percent / 100, None if earlier is None else 100 * earlier
    return Workings(*given, carried=carried, part=part, total=None if own is None or carried is None else (1 - part) * own + part * carried)


def _on_grid(value):
    """A score on 0..100 as the ranking compares it: a Fraction as it is, a float on a grid of 1e-9 of the whole."""
    return value if isinstance(value, Fraction) else 100 * Fraction(round(value / 100 * GRID), GRID)


def _summed(lines):
    """(Σ adds, Σ weight) of the kept lines; (50, 1) where none has any weight: no juror compared the entry with another."""
    kept = [line for line in lines if line.kept]
    weight = sum(line.weight for line in kept)
    return (sum(line.adds for line in kept), weight) if weight else (Fraction(50), 1)


def _line(rulebook, main, counted, at):
    """The Line of the counted ballot at (entry, juror) before the method looks at it."""
    given = dict(zip(main.names, counted.scored[*at].tolist(), strict=True))
    scores = dict(zip(main.names, counted.scores[*at].tolist(), strict=True))
    whole = sum(c.share for c in main.criteria if given[c.name])
    parts = tuple(_part(c, ballots.fraction(scores[c.name]), whole) if given.get(c.name) else Part(None, None) for c in rulebook.criteria)
    return Line(counted.sheet.jurors[at[1]], parts, sum((p.points for p in parts if p.points is not None), Fraction(0)))


def _part(criterion, score, whole):
    return Part(score, 100 * criterion.share * criteria.unit(criterion, score) / whole)


def _chosen(rulebook, values):
    """Which of the values of several jurors count under an average, bool by value; of equal ones the first are left out first."""
    order, size = sorted(range(len(values)), key=values.__getitem__), len(values)
    first, last = {"mean": (0, size), "median": ((size - 1) // 2, size // 2 + 1),
                   "trimmed_mean": (rulebook.trim, size - rulebook.trim)}[rulebook.method]
    inside = set(order[first:last])
    return [i in inside for i in range(size)]


def _averaged(known, entry, lines):
    """The Lines under an average of ballots: those that are left out are not kept."""
    chosen = _chosen(known.main, [line.total for line in lines])
    return [replace(line, adds=line.total, kept=kept) for line, kept in zip(lines, chosen, strict=True)]


def _corrected(known, entry, lines):
    """The Lines under the additive method: each ballot less its juror's severity, as μ + q is their mean."""
    effects = {known.counted.sheet.jurors[j]: 100 * float(s) for entries, jurors, fit in known.fits if entry in entries
               for j, s in zip(jurors.tolist(), fit.jurors, strict=True)} if lines else {}
    found = [replace(line, effect=effects[line.juror]) for line in lines]
    return [replace(line, adds=line.adjusted) for line in found]


def _placed(known, entry, lines):
    """[(Line with its place among the juror's ballots, comparisons won, a tie counting half, comparisons)]."""
    won, sizes, at = known.beaten[entry], known.counted.ballots.sum(axis=0), known.seats
    rows = [(line, Fraction(int(won[at[line.juror]]), 2), int(sizes[at[line.juror]])) for line in lines]
    return [(replace(line, ballots=size, place=size - points), points, size - 1) for line, points, size in rows]


def _by_mean_rank(known, entry, lines):
    """The Lines under mean_rank: 100 (n − r) / (n − 1) of each juror."""
    return [replace(line, adds=100 * won / rest if rest else Fraction(50)) for line, won, rest in _placed(known, entry, lines)]


def _by_borda(known, entry, lines):
    """The Lines under borda: 100 (n − r) points of n − 1 that the juror could give."""
    return [replace(line, adds=100 * won, weight=rest) for line, won, rest in _placed(known, entry, lines)]


def _by_zscore(known, entry, lines):
    """The Lines under zscore: 50 + 10 z, where z = (ballot − mean) / sd among the juror's own ballots, 0 where sd is 0."""
    totals, found, scores = known.counted.totals.floats, [], known.standardised[entry]
    for line in lines:
        j = known.seats[line.juror]
        own, z = totals[known.counted.ballots[:, j], j], float(scores[j])
        sd = 100 * float(own.std(ddof=1)) if len(own) > 1 and own.min() < own.max() else 0.0
        found.append(replace(line, adds=50 + 10 * z, ballots=len(own), mean=100 * float(own.mean()), sd=sd, z=z))
    return found


def _by_criterion(names, rulebook, lines):
    """(the Lines with the scores that do not count marked, the Columns) under order "criterion"; `names` are those of the parts."""
    columns, scored = [], [(i, rulebook.criterion(name)) for i, name in enumerate(names) if any(line.parts[i].score is not None for line in lines)]
    whole = sum(criterion.share for _i, criterion in scored)
    for i, criterion in scored:
        own = [k for k, line in enumerate(lines) if line.parts[i].score is not None]
        values = [lines[k].parts[i].score for k in own]
        chosen = _chosen(rulebook, values)
        enough = len(values) >= METHODS[rulebook.method].least(rulebook)
        columns.append(_column(criterion, [v for v, kept in zip(values, chosen, strict=True) if kept] if enough else [], whole))
        for k, kept in zip(own, chosen, strict=True):
            lines[k] = _marked(lines[k], i, kept)
    return lines, columns


def _marked(line, place, kept):
    """The Line with `kept` noted on the part at an index."""
    parts = list(line.parts)
    parts[place] = replace(parts[place], kept=kept)
    return replace(line, parts=tuple(parts))


def _column(criterion, values, whole):
    """The Column of a criterion from the scores that count; `whole` is Σ w."""
    share = criterion.share / whole
    if not values:
        return Column(criterion.name, None, None, share, None)
    exact = sum(values, Fraction(0)) / len(values)
    value = exact if criterion.decimals is None else numbers.half_up(exact, decimals=criterion.decimals)
    return Column(criterion.name, value, exact, share, 100 * share * criteria.unit(criterion, value))


METHODS_BY_HAND = {"mean": _averaged, "trimmed_mean": _averaged, "median": _averaged, "additive": _corrected,
                   "mean_rank": _by_mean_rank, "borda": _by_borda, "zscore": _by_zscore}
