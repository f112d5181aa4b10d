"""How a score came about: lines that a reader can redo by hand."""
from dataclasses import dataclass
from fractions import Fraction

from award.domain import ballots, criteria, score_sheet


@dataclass(frozen=True)
class Part:
    """One criterion on one ballot: the score in scale units and what it adds to the ballot's total, both Fractions; None is missing."""

    score: Fraction | None
    points: Fraction | None


@dataclass(frozen=True)
class Line:
    """One counted ballot: its parts in the rulebook's order of criteria, and their sum, a Fraction on 0..100."""

    juror: str
    parts: tuple[Part, ...]
    total: Fraction


def of_entry(rulebook, sheet, *, entry, exclusions=()):
    """The Lines of an entry's counted ballots, in the order of the jurors' names. Raises KeyError for an entry not on the sheet.

    Each part is 100 · w·u / Σ w over the criteria scored on that ballot, so that the parts of a line sum to its total.
    Source: methods, rules 1 and 2.
    """
    counted = ballots.count(rulebook, score_sheet.only(sheet, entries=[entry]), exclusions=exclusions)
    present = [j for j, there in enumerate(counted.ballots[0].tolist()) if there]
    return [_line(rulebook, counted, j) for j in present]


def _line(rulebook, counted, juror):
    given = counted.scored[0, juror].tolist()
    whole = sum(c.share for c, there in zip(rulebook.criteria, given, strict=True) if there)
    parts = tuple(_part(c, ballots.fraction(counted.scores[0, juror, i]), whole) if given[i] else Part(None, None)
                  for i, c in enumerate(rulebook.criteria))
    return Line(counted.sheet.jurors[juror], parts, sum((p.points for p in parts if p.points is not None), Fraction(0)))


def _part(criterion, score, whole):
    return Part(score, 100 * criterion.share * criteria.unit(criterion, score) / whole)
