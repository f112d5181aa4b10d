"""The score sheet: all ballots of a stage as arrays of exact numbers."""
import math
from dataclasses import dataclass, field

import numpy as np

from award.domain.canonical import sha256
from award.domain.numbers import UNIT, millionths
from award.domain.reading import is_whole
from award.errors import Invalid
from award.i18n import text

MOST_CELLS = 20_000_000


@dataclass(frozen=True, eq=False)
class ScoreSheet:
    """Names sorted by code point, and arrays over them; build it with `from_rows`.

    `ballots` (entries, jurors) bool: the juror has a ballot on the entry. `millionths` (entries, jurors, criteria)
    int64: the score times 10⁶, meaningless where `given` (same shape, bool) is False: missing is never a number.
    """

    entries: tuple[str, ...]
    jurors: tuple[str, ...]
    criteria: tuple[str, ...]
    ballots: np.ndarray = field(repr=False)
    millionths: np.ndarray = field(repr=False)
    given: np.ndarray = field(repr=False)

    @property
    def scores(self):
        """The scores as float array (entries, jurors, criteria) in scale units; NaN is missing."""
        return np.where(self.given, self.millionths / UNIT, np.nan)

    @property
    def sha256(self):
        """The checksum of the sheet: SHA-256 of the canonical JSON of `to_dict`."""
        return sha256(to_dict(self))


def from_rows(rows, *, entries=(), jurors=(), criteria=()):
    """The sheet of rows (juror, entry, criterion, score); what follows in a row, such as a comment, is left alone.

    A score is a str (7, 7.5, 7,5), int, Decimal, Fraction or float; None or "" is missing, and a row without a score
    still makes a ballot. `entries`, `jurors` and `criteria` name those that have no row. The order of rows is
    irrelevant. Raises Invalid for a score that is no number and for a doubled (juror, entry, criterion).
    """
    columns = list(zip(*(row[:4] for row in rows), strict=True)) or [(), (), (), ()]
    names = (columns[1], columns[0], columns[2])
    axes = [sorted({*column, *more}) for column, more in zip(names, (entries, jurors, criteria), strict=True)]
    at = tuple(places(column, axis) for column, axis in zip(names, axes, strict=True))
    sheet = empty(axes)
    refuse_doubled(at, sheet)
    known = {score: None if blank(score) else millionths(score) for score in set(columns[3])}
    found = [known[score] for score in columns[3]]
    sheet.ballots[at[:2]] = True
    sheet.given[at] = [value is not None for value in found]
    sheet.millionths[at] = [value or 0 for value in found]
    return sheet


def from_places(axes, at, values, *, missing):
    """The sheet over sorted names `axes` (entries, jurors, criteria) of scores that are numbers already.

    `at` is three int arrays of places (entry, juror, criterion), `values` int64 in millionths, `missing` bool: no score
    was given; all of the same length. No place may come twice.
    """
    sheet = empty(axes)
    sheet.ballots[at[:2]] = True
    sheet.given[at] = ~missing
    sheet.millionths[at] = values
    return sheet


def empty(axes):
    """A sheet without ballots over the names [entries, jurors, criteria]. Raises Invalid above 20 million places."""
    shape = tuple(len(axis) for axis in axes)
    if math.prod(shape) > MOST_CELLS:
        raise Invalid(text("There are too many different entries, jurors and criteria for one score sheet. "
                           "Check the columns, or split the file by category."))
    return ScoreSheet(*map(tuple, axes), ballots=np.zeros(shape[:2], bool), millionths=np.zeros(shape, np.int64),
                      given=np.zeros(shape, bool))


def places(column, axis):
    """The index of each name of a column on its axis, as int array."""
    index = {name: i for i, name in enumerate(axis)}
    return np.fromiter(map(index.__getitem__, column), np.intp, len(column))


def blank(score):
    """Whether a score is left open."""
    return score is None or (isinstance(score, str) and not score.strip())


def refuse_doubled(at, sheet):
    """Raises Invalid when two rows (index arrays `at`: entries, jurors, criteria) give the same score."""
    flat = np.ravel_multi_index(at, sheet.given.shape) if len(at[0]) else np.zeros(0, np.intp)
    unique, counts = np.unique(flat, return_counts=True)
    if len(unique) == len(flat):
        return
    e, j, c = np.unravel_index(unique[counts > 1][0], sheet.given.shape)
    raise Invalid(text('the score of %(juror)s for %(entry)s on "%(criterion)s" is given twice',
                       juror=sheet.jurors[j], entry=sheet.entries[e], criterion=sheet.criteria[c]))


def to_dict(sheet):
    """The sheet as JSON-able values: {entries, jurors, criteria: names; ballots: [[entry, juror, [score, …]], …]}.

    A ballot names entry and juror by their index and has one score for each criterion in scale units: a JSON number
    exact to six decimals, or None.
    """
    at = np.argwhere(sheet.ballots)
    rows = sheet.millionths[at[:, 0], at[:, 1]]
    shown = {value: value // UNIT if value % UNIT == 0 else value / UNIT for value in np.unique(rows).tolist()}
    given = sheet.given[at[:, 0], at[:, 1]].tolist()
    ballots = [[e, j, [shown[value] if there else None for value, there in zip(row, have, strict=True)]]
               for (e, j), row, have in zip(at.tolist(), rows.tolist(), given, strict=True)]
    axes = {"entries": list(sheet.entries), "jurors": list(sheet.jurors), "criteria": list(sheet.criteria)}
    return {**axes, "ballots": ballots}


def from_dict(values):
    """The sheet written by `to_dict`. Raises Invalid when the values are not of that shape."""
    try:
        axes = [values[name] for name in ("entries", "jurors", "criteria")]
        if any(not all(isinstance(name, str) for name in axis) or axis != sorted(set(axis)) for axis in axes):
            raise ValueError
        sheet = empty(axes)
        fill(sheet, [(e, j, scores) for e, j, scores in values["ballots"]])
    except (KeyError, TypeError, ValueError):
        raise Invalid(text("The score sheet in this file is incomplete.")) from None
    return sheet


def fill(sheet, ballots):
    """Writes ballots (entry index, juror index, scores) into a sheet; raises ValueError for a doubled or broken one."""
    pairs = {(e, j) for e, j, _ in ballots}
    inside = all(is_whole(i, 0, size - 1) for pair in pairs for i, size in zip(pair, sheet.ballots.shape, strict=True))
    if not inside or len(pairs) < len(ballots) or any(len(scores) != len(sheet.criteria) for _, _, scores in ballots):
        raise ValueError
    if not ballots:
        return
    rows = [scores for _, _, scores in ballots]
    known = {score: 0 if score is None else millionths(score) for score in set().union(*rows)}
    at = tuple(np.array([ballot[:2] for ballot in ballots], np.intp).T)
    sheet.ballots[at] = True
    sheet.given[at] = [[score is not None for score in scores] for scores in rows]
    sheet.millionths[at] = [[known[score] for score in scores] for scores in rows]


def only(sheet, *, entries=None, criteria=None):
    """The sheet of the named entries, or criteria, alone; None leaves all. Raises KeyError for an entry it does not hold."""
    index = {name: i for i, name in enumerate(sheet.entries)}
    kept = list(range(len(index))) if entries is None else sorted(index[name] for name in set(entries))
    columns = [i for i, name in enumerate(sheet.criteria) if criteria is None or name in criteria]
    return ScoreSheet(tuple(sheet.entries[i] for i in kept), sheet.jurors, tuple(sheet.criteria[i] for i in columns),
                      ballots=sheet.ballots[kept], millionths=sheet.millionths[kept][:, :, columns],
                      given=sheet.given[kept][:, :, columns])
