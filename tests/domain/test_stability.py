"""Whether the first place hangs on the shares: against trying shares one by one, and closed forms."""
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from award.domain import stability

NAN = float("nan")


def trial(seed, *, gaps):
    """(values, shares, scores): random values of entries on criteria, some NaN."""
    chance = np.random.default_rng(seed)
    values = chance.integers(0, 8, (5, 3)) / 7
    values[chance.random((5, 3)) < gaps] = NAN
    values[np.isnan(values).all(axis=1), 0] = 0.5
    shares = np.array([[0.5, 0.3, 0.2], [0.2, 0.8, 0], [1, 0, 0], [1 / 3] * 3][seed % 4])
    return values, shares, stability.scores(values, shares)


def test_a_score_is_the_mean_of_the_values_weighed_by_the_shares_of_those_that_count():
    values = np.array([[0.2, 0.8], [0.5, NAN], [NAN, NAN]])
    found = stability.scores(values, np.array([[0.25, 0.75], [0.0, 1.0]]))
    assert found[:, 0] == pytest.approx([0.65, 0.8])
    assert found[0, 1] == 0.5
    assert np.isnan([found[1, 1], *found[:, 2]]).all()


def test_two_lines_cross_where_the_leader_loses_its_place():
    values = np.array([[0.9, 0.1], [0.5, 0.6]])
    assert stability.stable_shares(values, np.array([0.8, 0.2]), 0) == pytest.approx(np.array([[5 / 9, 1], [0, 4 / 9]]))
    assert stability.stable_shares(values, np.array([0.2, 0.8]), 1) == pytest.approx(np.array([[0, 5 / 9], [4 / 9, 1]]))


def test_an_entry_that_is_ahead_on_every_criterion_stays_first_under_all_shares():
    values = np.array([[0.9, 0.8], [0.9, 0.7], [0.1, 0.2]])
    assert stability.stable_shares(values, np.array([0.5, 0.5]), 0).tolist() == [[0, 1], [0, 1]]


def test_with_one_criterion_its_share_changes_nothing():
    assert stability.stable_shares(np.array([[0.9], [0.8]]), np.array([1.0]), 0).tolist() == [[0, 1]]


def test_where_only_one_criterion_has_a_share_the_others_take_its_place_equally():
    values = np.array([[1.0, 0.0, 0.2], [0.4, 0.8, 0.2]])
    found = stability.stable_shares(values, np.array([1.0, 0, 0]), 0)
    assert found[0] == pytest.approx([0.4, 1])
    assert found[1] == pytest.approx([0, 3 / 7])
    assert found[2] == pytest.approx([0, 1])


@given(st.integers(0, 2**32), st.sampled_from([0, 0.25]))
def test_within_its_interval_the_leader_stays_first_and_beyond_it_does_not(seed, gaps):
    values, shares, whole = trial(seed, gaps=gaps)
    assume(not np.isnan(whole).any())
    leader = int(whole.argmax())
    assume((np.delete(whole, leader) < whole[leader] - 1e-6).all())
    for c, (low, high) in enumerate(stability.stable_shares(values, shares, leader).tolist()):
        rest = np.where(np.arange(3) == c, 0, shares)
        rest = rest / rest.sum() if rest.sum() > 0 else np.where(np.arange(3) == c, 0, 0.5)
        assert low <= shares[c] <= high
        for share in np.linspace(0.001, 0.999, 41):
            found = stability.scores(values, rest * (1 - share) + np.where(np.arange(3) == c, share, 0))
            first = found[leader] >= np.nanmax(found) - 1e-9
            if low + 1e-6 < share < high - 1e-6:
                assert first
        for beyond in (low - 1e-4, high + 1e-4):
            if 1e-4 < beyond < 1 - 1e-4:
                found = stability.scores(values, rest * (1 - beyond) + np.where(np.arange(3) == c, beyond, 0))
                assert found[leader] < np.nanmax(found)


def test_the_shares_that_differences_come_from_sum_to_one():
    values = np.array([[0.9, 0.1], [0.5, 0.1], [0.1, 0.1]])
    assert stability.effective_shares(values, np.array([0.5, 0.5])) == pytest.approx([1, 0])
    values = np.random.default_rng(1).random((20, 4))
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    total = values @ shares
    expected = [np.cov(share * column, total)[0, 1] / total.var(ddof=1) for share, column in zip(shares, values.T, strict=True)]
    found = stability.effective_shares(values, shares)
    assert found == pytest.approx(expected)
    assert found.sum() == pytest.approx(1)


def test_a_criterion_that_pulls_against_the_others_has_a_negative_share():
    found = stability.effective_shares(np.array([[0.9, 0.2], [0.1, 0.4]]), np.array([0.5, 0.5]))
    assert found == pytest.approx([4 / 3, -1 / 3])


@pytest.mark.parametrize("values", [[[0.4, 0.6]], [[0.4, 0.6], [0.6, 0.4]], [[0.3, NAN], [NAN, 0.4], [0.3, 0.3]], [[NAN, NAN]]])
def test_without_differences_there_are_no_effective_shares(values):
    assert stability.effective_shares(np.array(values), np.array([0.5, 0.5])) is None


def test_two_entries_of_which_each_leads_on_one_criterion_part_the_shares():
    """The first is ahead where w₁ · 0.4 > w₂ · 0.1, so for w₁ above one fifth."""
    found = stability.first_under_any_shares(np.array([[0.9, 0.4], [0.5, 0.5]]), seed=1)
    assert found == pytest.approx([0.8, 0.2], abs=0.015)
    assert found.sum() == pytest.approx(1)


def test_three_criteria_and_three_entries_share_the_triangle_equally():
    found = stability.first_under_any_shares(np.eye(3), seed=2)
    assert found == pytest.approx(np.full(3, 1 / 3), abs=0.015)


def test_equal_entries_share_the_first_place_and_one_criterion_decides_alone():
    assert stability.first_under_any_shares(np.array([[0.5, 0.5], [0.5, 0.5]]), seed=1).tolist() == [0.5, 0.5]
    assert stability.first_under_any_shares(np.array([[0.5], [0.6]]), seed=1).tolist() == [0, 1]


def test_the_same_seed_gives_the_same_chances():
    values = np.random.default_rng(3).random((6, 3))
    assert stability.first_under_any_shares(values, seed=4).tolist() == stability.first_under_any_shares(values, seed=4).tolist()
    assert stability.first_under_any_shares(values, seed=4).tolist() != stability.first_under_any_shares(values, seed=5).tolist()


def test_an_entry_with_a_gap_is_weighed_by_its_own_criteria():
    found = stability.first_under_any_shares(np.array([[0.6, NAN], [0.9, 0.4]]), seed=1)
    assert found == pytest.approx([0.4, 0.6], abs=0.015)
