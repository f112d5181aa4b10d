"""Rules that are wrong on purpose: each is caught by the properties that every method inherits."""
from dataclasses import replace
from fractions import Fraction
from itertools import count
from random import Random

import numpy as np
import pytest

from award.domain import ballots, ranking, ties
from award.domain.aggregation import METHODS
from award.domain.method import Method, Values
from tests.domain.properties import PROPERTIES
from tests.domain.rounds import a_round, under

ROUNDS = 150
RUNS = count()


def rows(values):
    """The values of each entry as Fractions, a list for each; None where there is none."""
    return [[Fraction(int(x), values.denominator) if there else None for x, there in zip(line, have, strict=True)]
            for line, have in zip(values.numerators.tolist(), values.counted.tolist(), strict=True)]


def of_each(rule):
    """A method from a rule over the list of an entry's values."""
    return lambda values, rulebook: [rule([x for x in line if x is not None]) for line in rows(values)]


def mean(found):
    return sum(found) / Fraction(len(found))


def spread(found):
    return max(found) - min(found)


def with_gaps_as_zero(values, rulebook):
    return [mean([x or Fraction(0) for x in line]) for line in rows(values)]


def first_juror_twice(values, rulebook):
    return [mean([x for x in (line[0], *line) if x is not None]) for line in rows(values)]


def without_outliers(found):
    middle = sorted(found)[len(found) // 2]
    return mean([x for x in found if abs(x - middle) <= Fraction(1, 3)])


def severity_added(values, rulebook):
    """Severity corrected the wrong way round."""
    columns = [mean([x for x in column if x is not None] or [0]) for column in zip(*rows(values), strict=True)]
    return [mean([x + columns[j] - mean(columns) for j, x in enumerate(line) if x is not None]) for line in rows(values)]


WRONG = {
    "the sum instead of the mean": (of_each(sum), "doubled_jurors"),
    "missing counted as nothing": (with_gaps_as_zero, "absent_juror"),
    "the last ballot wins": (of_each(lambda found: found[-1]), "order"),
    "the first juror counts twice": (first_juror_twice, "order"),
    "the highest ballot wins": (of_each(max), "complete_mean"),
    "discord is punished": (of_each(lambda found: mean(found) - 2 * spread(found)), "raised"),
    "the higher the worse": (of_each(lambda found: 1 - mean(found)), "single_juror"),
    "rounded before ranking": (of_each(lambda found: Fraction(round(mean(found) * 4), 4)), "single_juror"),
    "ballots far from the others are thrown out": (of_each(without_outliers), "raised_rank"),
    "severity added instead of taken out": (severity_added, "shifted_juror"),
    "another result on each run": (of_each(lambda found: mean(found) + Fraction(next(RUNS), 10**9)), "second_run"),
    "entries weighed by their place on the sheet": (
        lambda values, rulebook: [mean([x for x in line if x is not None]) + e for e, line in enumerate(rows(values))], "equal_entries"),
}


def holds(method, name, seed):
    chance = Random(seed)
    rules, sheet = a_round(chance)
    try:
        PROPERTIES[name](under(rules, method), sheet, chance)
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_is_caught(name, monkeypatch):
    rule, expected = WRONG[name]
    monkeypatch.setitem(METHODS, "wrong", Method(key="wrong", label="wrong", function=rule))
    assert not all(holds("wrong", expected, seed) for seed in range(ROUNDS))


def unscaled(rulebook, scores, scored):
    """Totals of scores that were not scaled to 0..1 first."""
    shares = np.array([int(criterion.share * 2) for criterion in rulebook.criteria])
    weights = np.where(scored @ shares == 0, 1, scored @ shares)
    whole = int(np.lcm.reduce(np.unique(weights)))
    return Values((np.where(scored, scores, 0) @ shares) * (whole // weights), scored.any(axis=2), 10**7 * whole)


def divided_by_a_hundred(rulebook, scores, scored):
    """Totals for which shares must sum to 100."""
    found, whole = TOTALS(rulebook, scores, scored), sum(criterion.share for criterion in rulebook.criteria)
    return replace(found, numerators=found.numerators.astype(object) * int(whole * 2), denominator=found.denominator * 200)


def by_name(rulebook, counted, means, scores):
    """Places in which equal entries stand by name."""
    names = counted.sheet.entries
    line = sorted(scores, key=lambda e: (-scores[e], names[e]))
    return {e: ties.Place(place, False, None) for place, e in enumerate(line, 1)}



TOTALS = ballots.totals
ELSEWHERE = {
    "shares on scores that are not scaled": (ballots, "totals", unscaled, "stretched_scale"),
    "shares that are not divided by their sum": (ballots, "totals", divided_by_a_hundred, "scaled_shares"),
    "lower is better, forgotten": (ballots, "towards_better", lambda criterion, scores: scores - ballots.whole(criterion.low), "turned_scale"),
    "ties by name": (ranking, "places", by_name, "equal_entries"),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_wrong_step_before_or_after_the_rule_is_caught(name, monkeypatch):
    module, step, wrong, expected = ELSEWHERE[name]
    monkeypatch.setattr(module, step, wrong)
    assert not all(holds("mean", expected, seed) for seed in range(ROUNDS))


def test_each_property_catches_some_wrong_rule():
    assert {expected for _rule, expected in WRONG.values()} | {one[-1] for one in ELSEWHERE.values()} == set(PROPERTIES)
