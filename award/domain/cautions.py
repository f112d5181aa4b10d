"""What a reader of a result should beware of, as {code, …}; the sentences are in `reasons`."""
from award.domain import panels, severity
from award.domain.aggregation import METHODS


def cautions(rulebook, sheet, ranking, *, lines, costs):
    """The cautions of a ranking: those of the method, of its lines, and what was left out."""
    counted = ranking.counted
    yield from of_method(rulebook, counted)
    if counted.totals.sizes.max(initial=0) == 1:
        yield {"code": "one_ballot_each"}
    if (groups := len(panels.components(counted.ballots))) > 1:
        yield {"code": "unconnected", "groups": groups}
    if lines["cut"] and lines["cut"]["tied"]:
        yield {"code": "cut_tied", "entries": lines["cut"]["tied"]}
    if lines["budget"] and (lacking := [one.entry for one in ranking.standings if one.rank and one.entry not in costs]):
        yield {"code": "no_cost", "entries": lacking}
    for case in rulebook.not_applicable:
        if case.entry not in sheet.entries:
            yield {"code": "no_such_entry", "entry": case.entry}
        elif scores_on(sheet, case):
            yield {"code": "left_out", "entry": case.entry, "criterion": case.criterion}


def of_method(rulebook, counted):
    """The cautions that the method itself has here."""
    for code in METHODS[rulebook.method].cautions:
        figures = CAUTIONS[code](rulebook, counted)
        if figures is not None:
            yield {"code": code, **figures}


def scores_on(sheet, case):
    """Whether the sheet has a score where the rulebook says that the criterion does not apply."""
    if case.criterion not in sheet.criteria:
        return False
    return bool(sheet.given[sheet.entries.index(case.entry), :, sheet.criteria.index(case.criterion)].any())


def uneven_panels(rulebook, counted):
    """{} when some juror with counted ballots has none on some entry with counted ballots; otherwise None."""
    there = counted.ballots[counted.ballots.any(axis=1)][:, counted.ballots.any(axis=0)]
    return None if there.all() else {}


def unequal_sizes(rulebook, counted):
    """{} when entries with counted ballots differ in how many they have; otherwise None."""
    return None if len(set(counted.totals.sizes.tolist()) - {0}) < 2 else {}


def few_jurors(rulebook, counted):
    """{jurors} when fewer than seven jurors have counted ballots; otherwise None."""
    size = int(counted.ballots.any(axis=0).sum())
    return {"jurors": size} if size < 7 else None


def few_ballots_each(rulebook, counted):
    """{} when some juror with counted ballots has fewer than eight; otherwise None."""
    sizes = counted.ballots.sum(axis=0)
    return {} if ((sizes > 0) & (sizes < 8)).any() else None


def little_to_estimate(rulebook, counted):
    """{} when λ is to be estimated and the ballots do not suffice for it; otherwise None."""
    return {} if any(fit.source == "little" for *_at, fit in severity.fits(counted.totals, rulebook)) else None


CAUTIONS = {"uneven_panels": uneven_panels, "unequal_sizes": unequal_sizes, "few_jurors": few_jurors,
            "few_ballots_each": few_ballots_each, "little_to_estimate": little_to_estimate}
