"""Rules that rest on comparisons of two entries: published elections, and figures worked out by hand."""
from itertools import permutations

import numpy as np
import pytest
from scipy import special

from award.domain import pairwise
from award.domain.method import Values

SCHULZE = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}  # Memphis, Nashville, Chattanooga, Knoxville


def election(ballots):
    """(wins, names) of ballots {order: number of voters}."""
    names = sorted(next(iter(ballots)))
    wins = np.zeros((len(names),) * 2)
    for order, voters in ballots.items():
        for place, name in enumerate(order):
            for worse in order[place + 1:]:
                wins[names.index(name), names.index(worse)] += voters
    return wins, names


def ranking(rule, ballots):
    wins, names = election(ballots)
    return "".join(sorted(names, key=lambda name: -pairwise.RULES[rule](wins)[names.index(name)]))


def values(*lines):
    counted = np.array([[x is not None for x in line] for line in lines])
    return Values(np.array([[x or 0 for x in line] for line in lines]), counted, 10)


def test_each_juror_puts_one_entry_above_another_and_a_tie_is_half_to_each():
    found = pairwise.wins(values([9, 5, 7, None], [6, 5, 8, 3], [None, 1, None, 9]))
    assert found.tolist() == [[0, 1.5, 1], [1.5, 0, 1], [0, 1, 0]]


def test_schulze_gives_the_order_of_his_own_example():
    """Schulze (2011), 45 voters: E > A > C > B > D."""
    assert ranking("schulze", SCHULZE) == "EACBD"


def test_schulze_and_kemeny_choose_who_beats_each_other_one():
    assert ranking("schulze", TENNESSEE) == "NCKM"
    assert ranking("kemeny", TENNESSEE) == "NCKM"


def plainly(wins):
    """The orders that agree with most comparisons, trying all."""
    worth = {order: sum(wins[a, b] for i, a in enumerate(order) for b in order[i + 1:]) for order in permutations(range(len(wins)))}
    return [order for order, found in worth.items() if found > max(worth.values()) - 1e-9]


@pytest.mark.parametrize("seed", range(30))
def test_kemeny_finds_the_one_order_that_agrees_with_most_comparisons(seed):
    chance = np.random.default_rng(seed)
    size = int(chance.integers(1, 7))
    wins = chance.integers(0, 6, (size, size)).astype(float)
    np.fill_diagonal(wins, 0)
    best, found = plainly(wins), pairwise.kemeny(wins)
    assert (found is None) == (len(best) > 1)
    assert found is None or tuple(np.argsort(-found).tolist()) == best[0]


def test_a_circle_of_three_has_no_single_order():
    wins, _names = election({"ABC": 1, "BCA": 1, "CAB": 1})
    assert pairwise.kemeny(wins) is None
    assert pairwise.schulze(wins).tolist() == [0, 0, 0]
    assert pairwise.bradley_terry(wins) == pytest.approx(np.zeros(3), abs=1e-12)


def test_bradley_terry_solves_the_equations_of_its_likelihood():
    wins, _names = election(SCHULZE)
    found = pairwise.bradley_terry(wins)
    games = wins + wins.T
    expected = (games * special.expit(found[:, None] - found)).sum(axis=1) + special.expit(found)
    assert expected == pytest.approx(wins.sum(axis=1) + 0.5, abs=1e-9)


def test_two_entries_have_odds_between_their_wins_and_even():
    found = pairwise.bradley_terry(np.array([[0, 30.0], [10, 0]]))
    assert 2.5 < np.exp(found[0] - found[1]) < 3
    assert found.sum() == pytest.approx(0, abs=1e-9)


def test_an_entry_that_wins_all_has_a_finite_strength():
    found = pairwise.bradley_terry(np.triu(np.full((4, 4), 200.0), 1))
    assert np.isfinite(found).all()
    assert (np.diff(found) < 0).all()


def test_one_entry_and_entries_that_were_never_compared_are_even():
    for rule in ("bradley_terry", "schulze"):
        assert pairwise.RULES[rule](np.zeros((3, 3))).tolist() == [0, 0, 0]
        assert pairwise.RULES[rule](np.zeros((1, 1))).tolist() == [0]
    assert pairwise.kemeny(np.zeros((1, 1))).tolist() == [0]
    assert pairwise.kemeny(np.zeros((2, 2))) is None


def test_each_rule_has_a_name_and_a_size():
    assert set(pairwise.RULES) == set(pairwise.LABELS) == set(pairwise.MOST)


def test_twelve_entries_are_ordered_and_a_clear_order_is_the_same_under_all():
    wins = np.triu(np.full((12, 12), 3.0), 1) + np.tril(np.ones((12, 12)), -1)
    for rule in pairwise.RULES.values():
        assert np.argsort(-rule(wins)).tolist() == list(range(12))


def test_strengths_further_apart_than_a_hundred_steps_reach_are_still_finite_and_in_order():
    found = pairwise.bradley_terry(np.triu(np.full((80, 80), 10_000.0), 1))
    assert np.isfinite(found).all()
    assert (np.diff(found) < 0).all()
