"""Juries redrawn from a jury: all of them, or ten thousand from a seed; and each method under them."""
from collections import Counter
from itertools import product
from statistics import mean, median

import numpy as np
import pytest

from award.domain import redraws
from award.domain.aggregation import METHODS
from award.domain.method import Values


def values(*lines):
    """Values in tenths from a list of each entry's scores; None where there is none."""
    counted = np.array([[x is not None for x in line] for line in lines])
    return Values(np.array([[x or 0 for x in line] for line in lines]), counted, 10)


class Trim:
    """A rulebook, as far as the redraw of the trimmed mean looks."""

    trim = 1


GAPS = values([9, None, 4, 1], [6, 5, None, 2], [None, 7, None, None])


def test_a_complete_panel_of_five_is_enumerated():
    found = redraws.juries(np.ones((3, 5), bool), seed=1)
    assert found.shape == (5**5, 5)
    assert set(found.sum(axis=1).tolist()) == {5}
    expected = Counter(tuple(draw.count(j) for j in range(5)) for draw in product(range(5), repeat=5))
    assert Counter(map(tuple, found.tolist())) == expected


@pytest.mark.parametrize("there", [np.ones((3, 6), bool), ~np.eye(5, dtype=bool)])
def test_a_larger_or_an_incomplete_panel_is_drawn_from(there):
    found = redraws.juries(there, seed=1)
    assert found.shape == (10_000, there.shape[1])
    assert set(found.sum(axis=1).tolist()) == {there.shape[1]}
    assert found.mean(axis=0) == pytest.approx(np.ones(there.shape[1]), abs=0.04)
    assert found.var(axis=0) == pytest.approx(np.full(there.shape[1], 1 - 1 / there.shape[1]), abs=0.05)


def test_the_same_seed_gives_the_same_juries_and_another_seed_others():
    there = np.ones((2, 9), bool)
    assert redraws.juries(there, seed=7).tobytes() == redraws.juries(there, seed=7).tobytes()
    assert not np.array_equal(redraws.juries(there, seed=7), redraws.juries(there, seed=8))


def test_the_random_numbers_are_these_on_every_machine():
    assert redraws.bits(3, seed=0).tolist() == [2735729615, 1158725112, 175979945]
    assert redraws.below(10, number=12, seed=0).tolist() == [6, 2, 0, 0, 8, 9, 6, 7, 5, 9, 8, 0]
    assert redraws.uniform(3, seed=0) == pytest.approx([0.6369616872, 0.2697867138, 0.0409735240], abs=1e-10)


def test_numbers_below_a_limit_that_differs_stay_below_each():
    limits = np.array([1, 2, 3] * 2000, np.uint64)
    found = redraws.below(limits, number=6000, seed=3).reshape(-1, 3)
    assert [Counter(column.tolist()).keys() for column in found.T] == [{0}, {0, 1}, {0, 1, 2}]
    assert found.mean(axis=0) == pytest.approx([0, 0.5, 1], abs=0.05)


def test_without_each_leaves_out_one_juror_a_row():
    assert redraws.without_each(3).tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def drawn(line, counts):
    """The scores of an entry as often as their jurors are drawn, as floats."""
    return [x / 10 for x, n in zip(line, counts, strict=True) if x is not None for _ in range(n)]


def trimmed(found):
    out = min(1, (len(found) - 1) // 2)
    return mean(sorted(found)[out:len(found) - out])


@pytest.mark.parametrize(("key", "plain"), [("mean", mean), ("median", median), ("trimmed_mean", trimmed)])
def test_a_jury_redrawn_counts_a_juror_as_often_as_they_are_drawn(key, plain):
    lines = [[9, None, 4, 1], [6, 5, None, 2], [None, 7, None, None]]
    counts = np.array([[1, 1, 1, 1], [2, 0, 1, 1], [0, 3, 0, 1], [0, 0, 4, 0], [4, 0, 0, 0], [1, 2, 3, 2]])
    found = METHODS[key].redraw(GAPS, Trim)(counts)
    for row, draw in zip(found.tolist(), counts.tolist(), strict=True):
        for score, line in zip(row, lines, strict=True):
            assert np.isnan(score) == (not drawn(line, draw))
            assert np.isnan(score) or score == pytest.approx(plain(drawn(line, draw)), abs=1e-9)


def test_an_entry_without_any_ballot_has_no_score_in_any_jury():
    panel = values([5, 6], [None, None])
    for key in ("mean", "median", "trimmed_mean"):
        assert np.isnan(METHODS[key].redraw(panel, Trim)(np.ones((2, 2), int))).tolist() == [[False, True]] * 2


def test_an_entry_none_of_whose_jurors_is_drawn_takes_one_of_its_own_ballots():
    redraw = redraws.filled(redraws.mean(GAPS, None), GAPS.counted, seed=1)
    found = redraw(np.tile([[0, 0, 3, 1]], (4000, 1)))
    assert set(found[:, 0].round(9)) == {0.325}
    assert set(found[:, 1].round(9)) == {0.2}
    assert set(found[:, 2].round(9)) == {0.7}
    lost = redraw(np.tile([[0, 4, 0, 0]], (4000, 1)))[:, 0]
    assert Counter(lost.round(9).tolist()).keys() == {0.9, 0.4, 0.1}
    assert all(abs(count - 4000 / 3) < 120 for count in Counter(lost.round(9).tolist()).values())


def test_what_is_filled_is_the_same_for_one_seed_and_differs_between_blocks():
    redraw = redraws.filled(redraws.mean(GAPS, None), GAPS.counted, seed=1)
    counts = np.tile([[0, 4, 0, 0]], (200, 1))
    assert np.array_equal(redraw(counts), redraw(counts))
    assert not np.array_equal(redraw(counts), redraw(counts, 1000))


def test_an_entry_without_a_ballot_is_not_filled():
    panel = values([5, 6, 7], [None, None, None])
    found = redraws.filled(redraws.mean(panel, None), panel.counted, seed=1)(np.array([[3, 0, 0]]))
    assert np.isnan(found).tolist() == [[False, True]]


def test_the_sum_over_a_jury_is_the_same_in_whatever_order_it_is_added():
    chance = np.random.default_rng(1)
    panel = Values(chance.integers(0, 1000, (4, 30)), np.ones((4, 30), bool), 999)
    turned = Values(panel.numerators[:, ::-1], panel.counted, 999)
    counts = redraws.juries(panel.counted, seed=2)
    assert redraws.mean(panel, None)(counts).tobytes() == redraws.mean(turned, None)(counts[:, ::-1]).tobytes()
