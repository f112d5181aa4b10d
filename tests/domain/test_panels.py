"""Who judged with whom: the groups that jurors connect, and the jurors who hold them together."""
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain.panels import articulation_jurors, components
from tests.domain.aibs_panel import AIBS


def there(*lines):
    """Bool (entries, jurors) from a text for each entry: x where the juror judged it."""
    return np.array([[mark == "x" for mark in line] for line in lines])


def groups(panel):
    return [group.tolist() for group in components(panel)]


def test_a_complete_panel_is_one_group_that_nobody_holds_together():
    assert groups(np.ones((3, 4), bool)) == [[0, 1, 2]]
    assert articulation_jurors(np.ones((3, 4), bool)) == []


def test_groups_that_share_no_juror_come_largest_first_then_by_first_entry():
    assert groups(there("x...", ".x..", ".x..", "x...", "..x.", "...x")) == [[0, 3], [1, 2], [4], [5]]


def test_an_entry_without_a_ballot_and_a_juror_without_one_are_in_no_group():
    assert groups(there("x..", "...", "xx.")) == [[0, 2]]
    assert groups(np.zeros((2, 2), bool)) == []
    assert groups(np.zeros((0, 0), bool)) == []
    assert articulation_jurors(np.zeros((2, 2), bool)) == []


def test_a_chain_is_held_together_by_the_juror_in_the_middle():
    assert groups(there("xx.", ".xx")) == [[0, 1]]
    assert articulation_jurors(there("xx.", ".xx")) == [1]


def test_a_juror_whose_entry_has_no_other_juror_does_not_hold_the_others_together():
    assert articulation_jurors(there("xx.", "xxx", "..x")) == []


def test_two_jurors_who_stand_in_for_each_other_hold_nothing_together_alone():
    assert articulation_jurors(there("xxx.", "xxx.", ".xxx")) == []


def test_in_groups_apart_each_may_have_a_juror_who_holds_it():
    assert articulation_jurors(there("xx....", ".xx...", "...xx.", "....xx")) == [1, 4]


def test_the_grant_panel_is_one_group_without_such_a_juror():
    assert groups(~np.isnan(AIBS.y)) == [list(range(28))]
    assert articulation_jurors(~np.isnan(AIBS.y)) == []


def walked(panel):
    """Groups of entries by walking from entry to entry, the plain way."""
    left, found = [e for e in range(len(panel)) if panel[e].any()], []
    while left:
        group = {left[0]}
        while more := {e for e in left if e not in group and any((panel[e] & panel[other]).any() for other in group)}:
            group |= more
        left = [e for e in left if e not in group]
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group[0]))


@given(st.integers(0, 2**32), st.sampled_from([0.15, 0.3, 0.5]))
def test_walking_from_entry_to_entry_finds_the_same_groups_and_jurors(seed, part):
    panel = np.random.default_rng(seed).random((7, 6)) < part
    assert groups(panel) == walked(panel)
    apart = []
    for j in range(6):
        rest = panel.copy()
        rest[:, j] = False
        if panel[:, j].any() and len(walked(rest)) > len(walked(panel)):
            apart.append(j)
    assert articulation_jurors(panel) == apart


@pytest.mark.parametrize("size", [1, 2])
def test_one_entry_is_a_group_of_one(size):
    assert groups(np.ones((1, size), bool)) == [[0]]
