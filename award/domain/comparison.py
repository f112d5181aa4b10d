"""The rank of each entry under every rule, side by side. The rulebook's own rule decides; the others inform."""
from dataclasses import replace
from fractions import Fraction

import numpy as np

from award.domain import pairwise
from award.domain.aggregation import METHODS, aggregate
from award.errors import Refused


def comparison(rulebook, ranking, *, earlier, scored=None):
    """({rule: {entry: rank or None} or None}, {rule: code of reasons.NOTES}) of the ranked entries, under every registered rule.

    The rulebook's own rule has the official ranks; the others rank by their scores of whole ballots alone, without thresholds and
    tie chain, within the same groups. `earlier` {entry: Fraction}: scores of an earlier stage that the rulebook counts in. `scored`:
    what `by_methods` gives, where it is known already. A Ranking may hold the standings of a category alone.
    """
    scored, found, notes = scored or by_methods(rulebook, ranking), {}, {}
    for key in (*METHODS, *pairwise.RULES):
        if key == rulebook.method:
            found[key] = {one.entry: one.rank for one in ranking.standings if one.rank}
            continue
        scores, note = scored[key] if key in METHODS else by_pairs(ranking, key)
        found[key] = None if scores is None else ranks(ranking, scores, (rulebook.carried if key in METHODS else None, earlier))
        if note:
            notes[key] = note
    return found, notes


def by_methods(rulebook, ranking):
    """{method: what `by_method` gives} of the methods other than the rulebook's own."""
    return {key: by_method(rulebook, ranking, key) for key in METHODS if key != rulebook.method}


def by_method(rulebook, ranking, key):
    """({entry: score or None}, None) of all entries under a method, or (None, why not)."""
    rule, counted = METHODS[key], ranking.counted
    if rulebook.missing not in rule.missing:
        return None, "complete_ballots"
    try:
        scores = aggregate(counted.totals, replace(rulebook, method=key, order="ballot"))
    except Refused:
        return None, "refused"
    found = dict(zip(counted.sheet.entries, scores, strict=True))
    ranked = [found[one.entry] for one in ranking.standings if one.rank]
    return (None, "few_values") if ranked and ranked.count(None) == len(ranked) else (found, None)


def by_pairs(ranking, key):
    """({entry: score}, None) of the ranked entries under a rule of comparisons, or (None, why not)."""
    ranked = [one.entry for one in ranking.standings if one.rank]
    if len(ranked) > pairwise.MOST[key]:
        return None, "too_many"
    at = [ranking.counted.sheet.entries.index(entry) for entry in ranked]
    scores = pairwise.RULES[key](pairwise.wins(ranking.counted.totals.of(np.array(at, np.intp)))) if ranked else []
    if scores is None:
        return None, "no_single_order"
    return {entry: Fraction(round(float(score) * 10**9), 10**9) for entry, score in zip(ranked, scores, strict=True)}, None


def ranks(ranking, scores, carried):
    """{entry: rank or None} by scores among the ranked entries of each group; a score of an earlier stage is counted in."""
    part, earlier = (carried[0] or 0) / 100, carried[1]
    found = {}
    for group in sorted({one.group or 0 for one in ranking.standings if one.rank}):
        own = [one.entry for one in ranking.standings if one.rank and (one.group or 0) == group]
        whole = {e: (1 - part) * scores[e] + part * earlier.get(e, 0) for e in own if scores.get(e) is not None}
        better = sorted(whole.values(), reverse=True)
        place = {score: better.index(score) + 1 for score in set(better)}
        found |= {e: place[whole[e]] if e in whole else None for e in own}
    return found
