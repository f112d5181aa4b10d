"""Which ballots count, and the exact total of each: from a score sheet and a rulebook to whole numbers."""
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.domain import criteria
from award.domain.aggregation import Values
from award.domain.numbers import UNIT
from award.domain.score_sheet import ScoreSheet
from award.errors import Invalid
from award.i18n import text

SAFE = 2**61  # sums of two of these still fit an int64
PASSED = ("juror", "entry", "cause")  # what the application says of a ballot that does not count


@dataclass(frozen=True, eq=False)
class Counted:
    """The ballots of a sheet as a rulebook counts them; criteria in the rulebook's order.

    `scores` (entries, jurors, criteria) int64 in millionths of scale units, 0 where `scored` (same shape, bool) is
    False: not given, not applicable, or on a ballot that does not count. `applicable` (entries, criteria) and `ballots`
    (entries, jurors) are bool. `totals`: of each counted ballot, on 0..1. `exclusions` [{juror, entry, cause, …}].
    """

    sheet: ScoreSheet
    scores: np.ndarray
    scored: np.ndarray
    applicable: np.ndarray
    ballots: np.ndarray
    totals: Values
    exclusions: list


def count(rulebook, sheet, *, exclusions=()):
    """The Counted ballots. `exclusions` [{juror, entry, cause}] name ballots that do not count for other reasons.

    Strict: a ballot counts when each criterion that applies to its entry is scored; renormalise: when one with a share
    is.
    Raises Invalid for a score off its scale and for a sheet with a criterion that the rulebook lacks.
    """
    scores, given = arranged(rulebook, sheet)
    refuse_off_scale(rulebook, sheet, scores, given)
    applies = applicability(rulebook, sheet)
    given &= applies[:, None, :]
    complete = given | ~applies[:, None, :]
    whole = complete.all(axis=2) if rulebook.missing == "strict" else given.any(axis=2)
    weighs = (given & np.array([criterion.share > 0 for criterion in rulebook.criteria])).any(axis=2)
    passed = positions(sheet, exclusions)
    ballots = sheet.ballots & whole & weighs & ~passed
    scored = given & ballots[:, :, None]
    scores = np.where(scored, scores, 0)
    unfit = np.argwhere(sheet.ballots & ~passed & ~ballots).tolist()
    found = [exclusion(rulebook, sheet, at, (given[*at], complete[*at])) for at in unfit]
    left_out = in_order([*({key: one[key] for key in PASSED} for one in exclusions), *found])
    return Counted(sheet, scores, scored, applies, ballots, totals(rulebook, scores, scored), left_out)


def arranged(rulebook, sheet):
    """(scores in millionths, given) with the criteria in the rulebook's order; raises Invalid for one it lacks."""
    unknown = set(sheet.criteria) - set(rulebook.names)
    if unknown:
        raise Invalid(text('criterion "%(criterion)s" is not in the rules, which have %(known)s',
                           criterion=min(unknown), known=", ".join(f'"{name}"' for name in rulebook.names)))
    shape = (*sheet.ballots.shape, len(rulebook.criteria))
    scores, given = np.zeros(shape, np.int64), np.zeros(shape, bool)
    for i, name in enumerate(rulebook.names):
        if name in sheet.criteria:
            at = sheet.criteria.index(name)
            scores[:, :, i], given[:, :, i] = sheet.millionths[:, :, at], sheet.given[:, :, at]
    return scores, given


def refuse_unfit(rulebook, sheet):
    """Raises Invalid for a criterion that the rulebook lacks, and for the first score that is off its scale."""
    refuse_off_scale(rulebook, sheet, *arranged(rulebook, sheet))


def refuse_off_scale(rulebook, sheet, scores, given):
    """Raises Invalid for the first score that is outside its scale or off its steps."""
    for i, criterion in enumerate(rulebook.criteria):
        low, high = whole(criterion.low), whole(criterion.high)
        wrong = (scores[:, :, i] < low) | (scores[:, :, i] > high)
        if criterion.step is not None:
            wrong |= (scores[:, :, i] - low) % whole(criterion.step) != 0
        at = np.argwhere(wrong & given[:, :, i])
        if len(at):
            e, j = at[0].tolist()
            raise Invalid(text("%(juror)s, %(entry)s: %(fault)s", juror=sheet.jurors[j], entry=sheet.entries[e],
                               fault=criteria.fault(criterion, fraction(scores[e, j, i]))))


def whole(value):
    """The millionths in a Fraction of at most six decimals."""
    return int(value * UNIT)


def fraction(millionths):
    """The Fraction of a whole number of millionths."""
    return Fraction(int(millionths), UNIT)


def applicability(rulebook, sheet):
    """Bool (entries, criteria): whether the criterion applies to the entry."""
    applies = np.ones((len(sheet.entries), len(rulebook.criteria)), bool)
    for case in rulebook.not_applicable:
        if case.entry in sheet.entries:
            applies[sheet.entries.index(case.entry), rulebook.names.index(case.criterion)] = False
    return applies


def positions(sheet, exclusions):
    """Bool (entries, jurors): the ballots that the exclusions name; names that are not on the sheet are passed over."""
    entries = {name: i for i, name in enumerate(sheet.entries)}
    jurors = {name: i for i, name in enumerate(sheet.jurors)}
    marked = np.zeros(sheet.ballots.shape, bool)
    for one in exclusions:
        if one["entry"] in entries and one["juror"] in jurors:
            marked[entries[one["entry"]], jurors[one["juror"]]] = True
    return marked


def exclusion(rulebook, sheet, at, states):
    """{juror, entry, cause, missing} of a ballot at (entry, juror) unfit to count; states: (given, complete)."""
    given, complete = states
    missing = [name for name, there in zip(rulebook.names, complete.tolist(), strict=True) if not there]
    cause = "blank" if not given.any() else "incomplete" if missing else "no_share"
    return {"juror": sheet.jurors[at[1]], "entry": sheet.entries[at[0]], "cause": cause, "missing": missing}


def in_order(exclusions):
    """Exclusions by entry, juror, cause."""
    return sorted(exclusions, key=lambda one: (one["entry"], one["juror"], one["cause"]))


def totals(rulebook, scores, scored):
    """The total Σ w·u / Σ w of each ballot over its scored criteria, exact: Values (entries, jurors) from 0 to 1.

    u = (x − low) / (high − low), reversed when lower is better. Source: methods, rules 1 and 2.
    """
    shares = shares_in_whole_numbers(rulebook)
    spans = [whole(criterion.high - criterion.low) for criterion in rulebook.criteria]
    span, most = math.lcm(*spans), sum(shares)
    weights = scored @ np.array(shares)
    patterns = set(np.unique(weights).tolist()) - {0}
    weight = math.lcm(*patterns)
    kind = np.int64 if span * max(most, weight) * (2 * scores.shape[1] + 2) < SAFE else object
    sums = np.zeros(weights.shape, kind)
    for i, criterion in enumerate(rulebook.criteria):
        above = towards_better(criterion, scores[:, :, i].astype(kind))
        sums += above * (shares[i] * (span // spans[i])) * scored[:, :, i]
    factors = weight // np.where(weights == 0, 1, weights).astype(kind)
    return Values(sums * factors, scored.any(axis=2), span * weight)


def shares_in_whole_numbers(rulebook):
    """The shares of the criteria as ints in lowest terms."""
    shares = [whole(criterion.share) for criterion in rulebook.criteria]
    common = math.gcd(*shares)
    return [share // common for share in shares]


def towards_better(criterion, scores):
    """Scores in millionths as distance from the worst end of the scale."""
    return scores - whole(criterion.low) if criterion.better == "higher" else whole(criterion.high) - scores
