"""What a chair may want to look at in the figures on each juror: codes, never a verdict. Nothing here changes a score or leaves one out."""
from award.domain.diagnostics import FEWEST

HALF_WIDTH = 1.96  # standard errors on either side: 95 in 100
UNLIKE = 0.2  # correlation with the others below which a juror's order is another one
NARROW, WIDE = 0.5, 2.0  # spread beside that of the jury
FLAT = 0.5  # spread across the criteria of a ballot, beside that of the jury
UNMOVED = ("mean", "additive", "mean_rank", "borda", "zscore")
"""Methods under which, on a complete panel, a juror who scores every entry higher or lower by as much moves no rank."""


def interval(one):
    """(low, high) of a juror's severity, 95 in 100, in its unit; None where it is not known. `one`: of the `jurors` of a result."""
    if one["severity"] is None:
        return None
    half = HALF_WIDTH * one["severity_se"]
    return one["severity"] - half, one["severity"] + half


def remarks(one):
    """[{code, …}] on one of the `jurors` of a result with diagnostics, the difference in severity first."""
    held = [{"code": "holds_together"}] if one["holds_together"] else []
    if one["ballots"] < FEWEST:
        return [{"code": "few_ballots", "ballots": one["ballots"], "least": FEWEST}, *held]
    return [*of_severity(one), *of_scores(one), *held]


def of_severity(one):
    """The remark on how a juror's scores compare with what the others would have given."""
    around = interval(one)
    if around is None:
        return [{"code": "not_fitted"}]
    if around[0] <= 0 <= around[1]:
        return [{"code": "as_others"}]
    return [{"code": "lower" if one["severity"] < 0 else "higher", "points": max(1, round(abs(one["severity"])))}]


def of_scores(one):
    """The remarks on spread, order, and the criteria within a ballot, where they stand out."""
    if one["spread_ratio"] is not None and not NARROW <= one["spread_ratio"] <= WIDE:
        yield {"code": "narrow" if one["spread_ratio"] < NARROW else "wide"}
    if one["correlation"] is not None and one["correlation"] < UNLIKE:
        yield {"code": "opposite" if one["correlation"] < -UNLIKE else "unlike"}
    if one["halo"] is not None and one["halo"] < FLAT:
        yield {"code": "flat"}


def effect(rulebook, counted):
    """What differences in severity do to the ranks: "none", "corrected" where the method does that, "uneven" where not every
    juror scored every entry, or "some" where the rules let them weigh all the same. `counted`: the CountedBallots of the rulebook."""
    there = counted.ballots[counted.ballots.any(axis=1)][:, counted.ballots.any(axis=0)]
    bounded = rulebook.threshold is not None or any(one.threshold is not None for one in rulebook.criteria)
    if not there.all():
        return "corrected" if rulebook.method == "additive" else "uneven"
    return "some" if bounded or rulebook.method not in UNMOVED else "none"
