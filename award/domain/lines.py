"""Lines in a ranking: the cut, the margin between first and second, the budget. They inform the jury; none moves a rank."""
from fractions import Fraction


def lines(rulebook, standings, costs):
    """{"cut", "margin", "budget"}: each a dict, or None where the rulebook has no such rule. `costs` {entry: Fraction}."""
    ranked = [one for one in standings if one.rank is not None and one.group in (None, 1)]
    return {"cut": cut(rulebook, ranked), "margin": margin(rulebook, ranked), "budget": budget(rulebook, ranked, costs)}


def cut(rulebook, ranked):
    """{places, in, tied}: who is above the cut line, and who shares a place across it; the jury decides about these."""
    if rulebook.cut is None:
        return None
    across = {one.rank for one in ranked if one.rank <= rulebook.cut < one.rank + sum(other.rank == one.rank for other in ranked) - 1}
    return {"places": rulebook.cut, "in": [one.entry for one in ranked if one.rank <= rulebook.cut and one.rank not in across],
            "tied": [one.entry for one in ranked if one.rank in across]}


def margin(rulebook, ranked):
    """{margin, difference, deliberate}: whether first and second are closer than the margin, in points of 0..100."""
    if rulebook.margin is None:
        return None
    difference = 100 * (ranked[0].score - ranked[1].score) if len(ranked) > 1 else None
    return {"margin": float(rulebook.margin), "difference": None if difference is None else float(difference),
            "deliberate": difference is not None and difference < rulebook.margin}


def budget(rulebook, ranked, costs):
    """{budget, given [{entry, cost, left}], left, not_given}: given down the ranking until the next cost is more than is left.

    Entries that share a place are given all or none. Entries without a cost need none.
    """
    if rulebook.budget is None:
        return None
    left, given, spent = rulebook.budget, [], False
    for place in sorted({one.rank for one in ranked}):
        equal = [one.entry for one in ranked if one.rank == place and one.entry in costs]
        spent = spent or sum((costs[entry] for entry in equal), Fraction(0)) > left
        for entry in [] if spent else equal:
            left -= costs[entry]
            given.append({"entry": entry, "cost": float(costs[entry]), "left": float(left)})
    named = {one["entry"] for one in given}
    return {"budget": float(rulebook.budget), "given": given, "left": float(left),
            "not_given": [one.entry for one in ranked if one.entry in costs and one.entry not in named]}


def to_cut(rulebook, ranked):
    """{entry: Fraction on 0..1}: the score less that of the nearest entry on the other side of the cut; positive is above.

    Without anyone on the other side the entry is left out. `ranked`: the Standings of one group, by rank.
    """
    if rulebook.cut is None:
        return {}
    above, below = ([one for one in ranked if (one.rank <= rulebook.cut) is side] for side in (True, False))
    if not above or not below:
        return {}
    last, first = above[-1].score, below[0].score
    return {one.entry: one.score - first for one in above} | {one.entry: one.score - last for one in below}
