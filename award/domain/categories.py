"""What a result says of each category beside its ranks: agreement, shares, the rules compared, among its own entries."""
from dataclasses import replace

from award.domain.comparison import comparison


def figures(outcome, agreed, *, scored):
    """{category: {agreement, …, weights, comparison, comparison_notes}}; None where no entry has a category.

    `agreed` (rows of entries) gives the figures of agreement; `scored` as in `comparison`. Jurors are looked at over all categories.
    """
    if not outcome.categories:
        return None
    return {name: one(outcome, found, agreed, scored) for name, found in outcome.categories.items()}


def one(outcome, found, agreed, scored):
    """The figures of one category, {entry: Place} by rank."""
    compared, notes = comparison(outcome.rulebook, narrowed(outcome.ranking, found), earlier=outcome.facts.carried, scored=scored)
    alone = bool(found) and not next(iter(found.values())).tied
    return {**agreed([outcome.at[entry] for entry in found]), "weights": outcome.weights(list(found), alone=alone),
            "comparison": compared, "comparison_notes": notes}


def narrowed(ranking, found):
    """The Ranking with the standings of one category alone, in its places."""
    standings = {standing.entry: standing for standing in ranking.standings}
    return replace(ranking, standings=tuple(replace(standings[entry], place=place, group=None) for entry, place in found.items()))
