"""The result: what came out and everything it came from, in one JSON-able value that can be verified by itself.

Every float is the correctly rounded quotient (and, for a spread, square root) of exact whole numbers, so that the bytes
are the same on every machine. `score` is the float nearest to 100 times the exact score; `score_exact` is that exact
score as a fraction of 1 ("57/80" stands for 71.25), in every unit.
"""
from fractions import Fraction

from award.domain import reasons, rules_file, score_sheet
from award.domain.aggregation import METHODS
from award.domain.canonical import sha256
from award.domain.ranking import rank
from award.domain.rulebook import one_scale, to_dict
from award.errors import Refused
from award.i18n import text

FORMAT = "award-result/1"
SOFTWARE = {"name": "award", "version": "0.1.0"}
UNITS = ("score", "scale")
AGREEMENT = ("alpha_interval", "icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k", "kendall_w",
             "kendall_w_p")
NOT_COMPUTED = ("rank_interval", "p_top", "stable_without_any_juror", "severity", "severity_se", "correlation",
                "spread_ratio", "agreement", "model", "components", "comparison", "effective_share",
                "winner_stable_from", "winner_stable_to")


def compute(rulebook, sheet, *, exclusions=(), seed=0, units="score"):
    """The result of a score sheet under a rulebook, a dict under the keys of docs/methods.md; equal for equal input.

    `exclusions` [{juror, entry, cause}] name ballots that do not count for a reason outside the sheet (not submitted,
    voided, conflict). `units` "score": 0..100; "scale": in scale units. Figures that this version does not compute are
    None and named in `warnings`. Raises Invalid for a score off its scale, Refused when criteria do not share a scale.
    """
    measure = Measure(rulebook, units)
    ranking = rank(rulebook, sheet, exclusions=exclusions)
    values = score_sheet.to_dict(sheet)
    codes = list(cautions(rulebook, sheet, ranking.counted))
    return {
        "format": FORMAT,
        "software": dict(SOFTWARE),
        "rulebook": {**to_dict(rulebook), "sha256": rulebook.sha256},
        "sheet": values,
        "sheet_sha256": sha256(values),
        "seed": seed,
        "units": units,
        "warnings": [str(reasons.warning(code)) for code in codes],
        "warning_codes": codes,
        "exclusions": ranking.counted.exclusions,
        "exclusions_sha256": sha256(passed(ranking.counted.exclusions)),
        "entries": [entry_dict(rulebook, one, measure) for one in ranking.standings],
        "jurors": jurors(ranking.counted),
        "agreement": dict.fromkeys(AGREEMENT),
        "agreement_notes": dict.fromkeys(AGREEMENT, "not computed in this version"),
        "model": None,
        "components": None,
        "comparison": None,
        "weights": weights(rulebook),
    }


class Measure:
    """Turns exact figures on 0..1 into floats in the unit of a result; raises Refused where there is no such unit."""

    def __init__(self, rulebook, units):
        self.start, self.span = Fraction(0), Fraction(100)
        if units == "scale":
            scale = one_scale(rulebook)
            if scale is None:
                raise Refused(text("Scale units need criteria that share one scale and one direction. "
                                   "Use --units score, or give every criterion the same scale."))
            low, high, better = scale
            self.start, self.span = (low, high - low) if better == "higher" else (high, low - high)

    def point(self, value):
        """The float nearest to a Fraction 0..1 in the unit; None stays None."""
        if value is None:
            return None
        found = self.start + value * self.span
        return found.numerator / found.denominator

    def distance(self, value):
        """A float distance on 0..1 in the unit; None stays None."""
        return None if value is None else value * float(abs(self.span))


def entry_dict(rulebook, one, measure):
    """One Standing as JSON-able values; `reason` is the English text of `reasons`, which hold codes and figures."""
    exact = METHODS[rulebook.method].exact and one.score is not None
    return {
        "entry": one.entry,
        "status": one.status,
        "reason": " ".join(str(reasons.reason(values)) for values in one.reasons) or None,
        "reasons": list(one.reasons),
        "rank": one.place.rank,
        "tied": one.place.tied,
        "tie_broken_by": one.place.broken_by,
        "score": measure.point(one.score),
        "score_exact": str(one.score) if exact else None,
        "raw_mean": measure.point(one.raw_mean),
        "ballots": one.ballots,
        "spread": measure.distance(one.spread),
        "criteria": one.criteria,
        "rank_interval": None,
        "p_top": None,
        "stable_without_any_juror": None,
    }


def jurors(counted):
    """[{juror, ballots, …}] by name: how many ballots of each juror count; the statistics are None in this version."""
    sizes = counted.ballots.sum(axis=0).tolist()
    empty = dict.fromkeys(("severity", "severity_se", "correlation", "spread_ratio"))
    return [{"juror": name, "ballots": size, **empty} for name, size in zip(counted.sheet.jurors, sizes, strict=True)]


def weights(rulebook):
    """{criterion: {share, …}}: its part of the sum of shares, 0..1; what follows from scores is not computed: None."""
    whole = sum(criterion.share for criterion in rulebook.criteria)
    empty = dict.fromkeys(("effective_share", "winner_stable_from", "winner_stable_to"))
    return {criterion.name: {"share": float(criterion.share / whole), **empty} for criterion in rulebook.criteria}


def cautions(rulebook, sheet, counted):
    """What a reader should beware of, as {code, …}: the method's cautions, what was left out, what is not computed."""
    for code in METHODS[rulebook.method].cautions:
        figures = CAUTIONS[code](counted)
        if figures is not None:
            yield {"code": code, **figures}
    for case in rulebook.not_applicable:
        if case.entry not in sheet.entries:
            yield {"code": "no_such_entry", "entry": case.entry}
        elif scores_on(sheet, case):
            yield {"code": "left_out", "entry": case.entry, "criterion": case.criterion}
    yield {"code": "not_computed", "fields": list(NOT_COMPUTED)}


def scores_on(sheet, case):
    """Whether the sheet has a score where the rulebook says that the criterion does not apply."""
    if case.criterion not in sheet.criteria:
        return False
    return bool(sheet.given[sheet.entries.index(case.entry), :, sheet.criteria.index(case.criterion)].any())


def uneven_panels(counted):
    """{} when some juror with counted ballots has none on some entry with counted ballots; otherwise None."""
    there = counted.ballots[counted.ballots.any(axis=1)][:, counted.ballots.any(axis=0)]
    return None if there.all() else {}


def unequal_sizes(counted):
    """{} when entries with counted ballots differ in how many they have; otherwise None."""
    return None if len(set(counted.totals.sizes.tolist()) - {0}) < 2 else {}


def few_jurors(counted):
    """{jurors} when fewer than seven jurors have counted ballots; otherwise None."""
    size = int(counted.ballots.any(axis=0).sum())
    return {"jurors": size} if size < 7 else None


CAUTIONS = {"uneven_panels": uneven_panels, "unequal_sizes": unequal_sizes, "few_jurors": few_jurors}


def inputs(document):
    """(rulebook, sheet, exclusions passed by the application) that a result was computed from.

    Raises Invalid or FaultyInput when they are not in order.
    """
    values = {key: value for key, value in document["rulebook"].items() if key != "sha256"}
    return rules_file.from_dict(values), score_sheet.from_dict(document["sheet"]), passed(document["exclusions"])


def passed(exclusions):
    """The exclusions that the application named; those found in the sheet say what is `missing`."""
    return [one for one in exclusions if "missing" not in one]
