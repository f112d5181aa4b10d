"""What every method must satisfy, what some break by nature, and what each gives on figures worked out by hand."""
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.domain import rules_file
from award.domain.aggregation import METHODS, Values, aggregate
from award.domain.method import Method, fractions
from award.errors import Refused
from tests.domain.properties import PROPERTIES, REFUSED, complete, ranked
from tests.domain.rounds import a_round, under

INHERITED = [(method, name) for method, one in METHODS.items() for name in PROPERTIES if name not in one.breaks]


def prove(method, name, *, examples=50, **rules):
    """Holds a method to a property in random rounds; fails with what fell short."""
    @settings(max_examples=examples)
    @given(st.integers(0, 2**48))
    def holds(seed):
        chance = Random(seed)
        made, rows = a_round(chance)
        PROPERTIES[name]({**under(made, method), **rules}, rows, chance)
    holds()


@pytest.mark.parametrize(("method", "name"), INHERITED)
def test_a_method_has_each_property_that_it_does_not_declare_to_break(method, name):
    prove(method, name)


@pytest.mark.parametrize("factor", [0, 0.5, 4])
@pytest.mark.parametrize("name", ["raised", "raised_rank"])
def test_at_a_given_factor_a_raised_score_never_lowers_an_entry_of_the_additive_model(name, factor):
    prove("additive", name, **{"lambda": factor})


def test_by_least_squares_the_severity_of_a_juror_is_taken_out_entirely():
    prove("additive", "shifted_juror", **{"lambda": 0})


def values(*rows):
    """Values in tenths from the list of each entry's values; None is a gap."""
    width = max(map(len, rows))
    counted = [[i < len(row) and row[i] is not None for i in range(width)] for row in rows]
    numerators = [[row[i] if there else 0 for i, there in enumerate(have)] for row, have in zip(rows, counted, strict=True)]
    return Values(np.array(numerators), np.array(counted), 10)


def by(method, given_values, **rules):
    rulebook = rules_file.from_dict({"method": method, **rules, "criterion": [{"name": "C", "share": 1, "scale": [0, 1]}]})
    return aggregate(given_values, rulebook)


def refused(method, given_values, **rules):
    with pytest.raises(Refused):
        by(method, given_values, **rules)
    return True


def doubled(lines):
    return values(*([*line, *line] for line in lines))


FIVE = [[0, 4, 5, 9, 10], [5, 5, 5, 5, 5]]
GAPS, SHIFTED = ([[first, 6, None, 2], [None, 8, 7, 3], [first - 1, None, 6, 1], [2, 2, 3, 9]] for first in (5, 8))
SHIFTED[3][0] += 3


def apart(scores):
    """The differences of scores from the first."""
    return [one - scores[0] for one in scores]


def winner(scores):
    return scores.index(max(scores))


def with_an_outlier(score):
    """Twenty lenient jurors judge entry 0, the first of them gives it `score`; pairs of a lenient and a severe juror judge the others.

    Raising that score to what the juror's leniency explains leaves less error, so that the model corrects for leniency in full.
    """
    lines = [[score] + [1500] * 19 + [None] * 20, [None, 1470] + [None] * 19 + [1270] + [None] * 18]
    for further in range(2):
        for juror in range(20):
            line = [None] * 40
            line[juror], line[20 + (juror + further) % 20] = 1500, 1300
            lines.append(line)
    return by("additive", values(*lines))


EXAMPLES = {
    ("trimmed_mean", "doubled_jurors"): lambda: (by("trimmed_mean", values(*FIVE))[0], by("trimmed_mean", doubled(FIVE))[0])
    == (Fraction(6, 10), Fraction(46, 80)),
    ("trimmed_mean", "single_juror"): lambda: by("trimmed_mean", values([5], [7])) == [None, None],
    ("trimmed_mean", "complete_mean"): lambda: (by("trimmed_mean", values(*FIVE))[0], by("mean", values(*FIVE))[0])
    == (Fraction(6, 10), Fraction(56, 100)),
    ("median", "complete_mean"): lambda: (by("median", values(*FIVE))[0], by("mean", values(*FIVE))[0]) == (Fraction(5, 10), Fraction(56, 100)),
    ("mean_rank", "complete_mean"): lambda: by("mean_rank", values([1], [9])) == [0, 1],
    ("borda", "complete_mean"): lambda: by("borda", values([1], [9])) == [0, 1],
    ("zscore", "complete_mean"): lambda: by("zscore", values([1], [9])) == [Fraction(429289322, 10**9), Fraction(570710678, 10**9)],
    ("zscore", "raised_rank"): lambda: [winner(by("zscore", values([x, 0], [4, 7], [5, 3], [4, 5], [5, 1]))) for x in (7, 8)] == [0, 1],
    ("additive", "single_juror"): lambda: refused("additive", values([5], [7])),
    ("additive", "doubled_jurors"): lambda: refused("additive", values([5, 6], [7, 1]))
    and by("additive", doubled([[5, 6], [7, 1]])) == [Fraction(55, 100), Fraction(4, 10)],
    ("additive", "raised"): lambda: with_an_outlier(0)[0] > with_an_outlier(1200)[0],
    ("additive", "raised_rank"): lambda: [with_an_outlier(x)[0] > with_an_outlier(x)[1] for x in (0, 1200)] == [True, False],
    **{(method, "shifted_juror"): lambda method=method: apart(by(method, values(*GAPS), trim=0)) != apart(by(method, values(*SHIFTED), trim=0))
       for method in ("mean", "trimmed_mean", "median", "additive")},
}


def test_what_a_method_declares_to_break_is_what_there_is_an_example_for():
    assert {(method, name) for method, one in METHODS.items() for name in one.breaks} == set(EXAMPLES)
    assert {name for one in METHODS.values() for name in one.breaks} <= set(PROPERTIES)


@pytest.mark.parametrize("case", EXAMPLES, ids=" ".join)
def test_a_declared_exception_is_one_indeed(case):
    assert EXAMPLES[case]()


@pytest.mark.parametrize("factor", [0, 4, "reml"])
def test_least_squares_takes_a_shift_out_and_shrinking_does_not_on_a_panel_with_gaps(factor):
    before, after = (apart(by("additive", values(*lines), **{"lambda": factor})) for lines in (GAPS, SHIFTED))
    assert (before == pytest.approx(after, abs=1e-8)) == (factor == 0)


def test_the_additive_model_refuses_what_it_refuses_in_the_same_round_with_names_changed():
    rules, rows = complete(*a_round(Random(1)))
    assert ranked(under(rules, "additive"), [row for row in rows if row[0] == "J0"]) == REFUSED


@pytest.mark.parametrize(("method", "expected"), [
    ("mean", [Fraction(19, 50), Fraction(3, 20), Fraction(-1, 2), None]),
    ("trimmed_mean", [Fraction(3, 10), None, None, None]),
    ("median", [Fraction(3, 10), Fraction(3, 20), Fraction(-1, 2), None]),
    ("mean_rank", [Fraction(3, 5), Fraction(1, 2), Fraction(0), None]),
    ("borda", [Fraction(2, 3), Fraction(1, 2), Fraction(0), None]),
])
def test_a_method_gives_exact_fractions_and_nothing_for_too_few_values(method, expected):
    assert by(method, values([9, 1, 5, 3, 1], [None, 2, 1], [-5], [])) == expected


def test_trimming_nothing_or_more_than_there_is():
    five = values([9, 1, 5, 3, 1])
    assert [by("trimmed_mean", five, trim=trim) for trim in (0, 1, 2)] == [[Fraction(19, 50)], [Fraction(3, 10)], [None]]


def test_a_method_that_is_not_exact_is_rounded_to_a_billionth(monkeypatch):
    third = Method(key="third", label="third", exact=False, function=lambda values, rulebook: np.nanmean(values.floats, axis=1) / 3)
    monkeypatch.setitem(METHODS, "third", third)
    assert by("third", values([10], [5, 5])) == [Fraction(333333333, 10**9), Fraction(166666667, 10**9)]


def test_whole_numbers_over_one_or_several_others_are_fractions():
    assert fractions(np.array([1, 4]), 6) == [Fraction(1, 6), Fraction(2, 3)]
    assert fractions(np.array([1, 4]), np.array([2, 8])) == [Fraction(1, 2)] * 2


@pytest.mark.parametrize("method", METHODS)
def test_a_method_is_described_by_its_formula(method):
    assert "Source: " in METHODS[method].formula
    assert set(METHODS[method].orders) <= set(rules_file.ORDERS)
    assert set(METHODS[method].missing) <= set(rules_file.MISSING)
