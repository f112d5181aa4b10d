"""Methods that compare the ballots of one juror with one another, on figures worked out by hand."""
from fractions import Fraction
from statistics import mean, stdev

import numpy as np
import pytest

from award.domain import redraws
from award.domain.aggregation import METHODS
from award.domain.method import Values
from award.domain.relative import beaten, others, standardised


def values(*lines):
    """Values in tenths from a list of each entry's scores; None where there is none."""
    counted = np.array([[x is not None for x in line] for line in lines])
    return Values(np.array([[x or 0 for x in line] for line in lines]), counted, 10)


def given(key, panel):
    return METHODS[key].function(panel, None)


THREE = values([9, 5, 7], [6, 5, 8], [3, 8, 9])
GAPS = values([9, None, 4], [6, 5, None], [3, None, None], [6, 7, None])


def test_a_ballot_has_two_points_for_each_other_that_it_beats_and_one_for_a_tie():
    assert beaten(THREE).tolist() == [[4, 1, 0], [2, 1, 2], [0, 4, 4]]
    assert beaten(GAPS).tolist() == [[6, 0, 0], [3, 0, 0], [0, 0, 0], [3, 2, 0]]
    assert others(GAPS).tolist() == [3, 1, 0]


def test_mean_rank_is_the_mean_place_of_an_entry_among_each_jurors_ballots():
    assert given("mean_rank", THREE) == [Fraction(5, 12), Fraction(5, 12), Fraction(2, 3)]


def test_a_juror_with_one_ballot_has_no_opinion_in_mean_rank():
    assert given("mean_rank", GAPS) == [Fraction(3, 4), Fraction(1, 4), Fraction(0), Fraction(3, 4)]


def test_borda_is_the_part_of_all_comparisons_that_an_entry_wins():
    assert given("borda", THREE) == [Fraction(5, 12), Fraction(5, 12), Fraction(2, 3)]
    assert given("borda", GAPS) == [Fraction(1), Fraction(3, 8), Fraction(0), Fraction(5, 8)]


def test_an_entry_that_no_juror_compares_is_in_the_middle():
    assert given("borda", values([9])) == [Fraction(1, 2)]
    assert given("mean_rank", values([9])) == [Fraction(1, 2)]


def test_mean_rank_and_borda_are_the_same_where_jurors_judge_equally_many():
    chance = np.random.default_rng(4)
    panel = Values(chance.integers(0, 6, (7, 4)), np.ones((7, 4), bool), 10)
    assert given("mean_rank", panel) == given("borda", panel)


def test_z_is_the_distance_from_the_jurors_mean_in_standard_deviations():
    z = standardised(THREE)
    for j, column in enumerate([[0.9, 0.6, 0.3], [0.5, 0.5, 0.8], [0.7, 0.8, 0.9]]):
        assert z[:, j] == pytest.approx([(x - mean(column)) / stdev(column) for x in column])


def test_z_is_0_for_a_juror_who_gave_all_the_same_or_one_ballot():
    z = standardised(values([5, 9, None], [5, None, 3], [5, None, 3]))
    assert z[:, 0].tolist() == [0, 0, 0]
    assert (z[0, 1], z[1, 2], z[2, 2]) == (0, 0, 0)
    assert np.isnan([z[1, 1], z[2, 1], z[0, 2]]).all()


def test_the_z_score_is_a_t_score_over_the_jurors_of_the_entry():
    z = standardised(GAPS)
    assert given("zscore", GAPS) == pytest.approx([0.5 + np.nanmean(line) / 10 for line in z])
    assert given("zscore", values([5, 5], [5, 5])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("key", ["mean", "median", "trimmed_mean", "mean_rank", "borda", "zscore"])
@pytest.mark.parametrize("panel", [THREE, GAPS, values([9, 4, 3, 8, 1], [2, 2, 7, 5, 5])])
def test_with_each_juror_drawn_once_the_scores_are_those_of_the_method(key, panel):
    rulebook = type("Rules", (), {"trim": 0 if key == "trimmed_mean" else 1})
    found = METHODS[key].redraw(panel, rulebook)(np.ones((1, panel.counted.shape[1]), int))[0]
    expected = given(key, panel) if key != "trimmed_mean" else given("mean", panel)
    assert found == pytest.approx([float(x) for x in expected], abs=1e-8)


@pytest.mark.parametrize(("key", "expected"), [
    ("mean_rank", [[1, 1 / 2, 0, 1 / 2], [1 / 2, None, None, None], [2 / 3, 1 / 3, 0, 2 / 3]]),
    ("borda", [[1, 1 / 2, 0, 1 / 2], [1 / 2, None, None, None], [1, 3 / 7, 0, 4 / 7]]),
])
def test_a_jury_redrawn_keeps_what_a_ballot_is_worth_beside_the_jurors_others(key, expected):
    """Juries: the first juror alone; the third alone, who has one ballot; the first twice, the second and the third once and twice."""
    found = METHODS[key].redraw(GAPS, None)(np.array([[1, 0, 0], [0, 0, 1], [2, 1, 4]]))
    assert found[0] == pytest.approx(expected[0])
    assert [None if np.isnan(x) else x for x in found[1].tolist()] == expected[1]
    assert found[2] == pytest.approx(expected[2])


def test_z_of_a_redrawn_jury_weighs_each_juror_by_how_often_they_are_drawn():
    z = standardised(THREE)
    found = METHODS["zscore"].redraw(THREE, None)(np.array([[0, 2, 1], [0, 0, 0]]))
    assert found[0] == pytest.approx(0.5 + (2 * z[:, 1] + z[:, 2]) / 30, abs=1e-9)
    assert np.isnan(found[1]).all()
    assert redraws.without_each(2).tolist() == [[0, 1], [1, 0]]
