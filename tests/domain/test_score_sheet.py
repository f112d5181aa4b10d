"""The score sheet: exact scores as arrays, the same whatever the order they come in."""

import json
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain import score_sheet
from award.errors import Invalid

ROWS = [
    ("J2", "E1", "C", 7),
    ("J1", "E1", "C", "7,5"),
    ("J1", "E1", "D", None),
    ("J1", "E2", "C", Decimal("0.1")),
    ("J2", "E2", "D", Fraction(1, 8)),
    ("J2", "E2", "C", " ", "a comment"),
]
SCORES = st.none() | st.integers(0, 10) | st.decimals(0, 10, places=2) | st.floats(0, 10).map(lambda x: round(x, 6))


def test_scores_stand_by_entry_juror_and_criterion_and_missing_is_not_zero():
    sheet = score_sheet.from_rows(ROWS, entries=["E0"], jurors=["J3"], criteria=["X"])
    assert (sheet.entries, sheet.jurors, sheet.criteria) == (("E0", "E1", "E2"), ("J1", "J2", "J3"), ("C", "D", "X"))
    nan = np.nan
    np.testing.assert_array_equal(
        sheet.scores,
        [[[nan] * 3] * 3, [[7.5, nan, nan], [7, nan, nan], [nan] * 3], [[0.1, nan, nan], [nan, 0.125, nan], [nan] * 3]],
    )
    assert sheet.ballots.tolist() == [[False] * 3, [True, True, False], [True, True, False]]


def test_no_rows_make_an_empty_sheet():
    sheet = score_sheet.from_rows([], entries=["E"])
    assert score_sheet.to_dict(sheet) == {"entries": ["E"], "jurors": [], "criteria": [], "ballots": []}


@given(st.dictionaries(st.tuples(*map(st.sampled_from, ("AB", "XYZ", "CD"))), SCORES), st.randoms())
def test_the_order_of_rows_is_irrelevant_and_writing_and_reading_are_inverse(scores, chance):
    rows = [(*key, score) for key, score in scores.items()]
    sheet = score_sheet.from_rows(rows)
    chance.shuffle(rows)
    assert score_sheet.from_rows(rows).sha256 == sheet.sha256
    again = score_sheet.from_dict(json.loads(json.dumps(score_sheet.to_dict(sheet))))
    for array in ("ballots", "given", "scores"):
        np.testing.assert_array_equal(getattr(again, array), getattr(sheet, array))
    assert (again.entries, again.jurors, again.criteria, again.sha256) == (
        sheet.entries,
        sheet.jurors,
        sheet.criteria,
        sheet.sha256,
    )


def test_one_score_more_or_less_changes_the_checksum():
    sums = {
        score_sheet.from_rows(rows).sha256
        for rows in (ROWS, ROWS[1:], ROWS[:3] + ROWS[4:], [*ROWS, ("J2", "E1", "D", 1)])
    }
    assert len(sums) == 4


def test_equal_numbers_have_one_checksum_however_they_are_written():
    assert (
        len({score_sheet.from_rows([("J", "E", "C", score)]).sha256 for score in (7, 7.0, "7.00", Decimal("7.0"))}) == 1
    )


def test_a_score_given_twice_is_refused():
    with pytest.raises(Invalid, match='the score of J1 for E1 on "C" is given twice'):
        score_sheet.from_rows([*ROWS, ("J1", "E1", "C", 7.5)])


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(Invalid, match="“high” is not a number"):
        score_sheet.from_rows([("J", "E", "C", "high")])


def test_a_sheet_too_wide_for_memory_is_refused():
    with pytest.raises(Invalid, match="too many different entries, jurors and criteria"):
        score_sheet.from_rows([(f"J{i}", f"E{i}", "C", 1) for i in range(5000)])


def test_the_sheet_of_some_entries_keeps_their_scores():
    sheet = score_sheet.from_rows(ROWS)
    some = score_sheet.only(sheet, entries=["E2"])
    assert (some.entries, some.jurors) == (("E2",), sheet.jurors)
    np.testing.assert_array_equal(some.scores, sheet.scores[1:])
    with pytest.raises(KeyError):
        score_sheet.only(sheet, entries=["E9"])


GOOD = score_sheet.to_dict(score_sheet.from_rows(ROWS))


@pytest.mark.parametrize(
    "change",
    [
        {"entries": None},
        {"entries": 7},
        {"entries": ["E2", "E1"]},
        {"entries": ["E1", "E1"]},
        {"entries": [1, 2]},
        {"jurors": ["J1"]},
        {"ballots": None},
        {"ballots": [7]},
        {"ballots": [[0, 0]]},
        {"ballots": [[0, 0, [1]]]},
        {"ballots": [[0, 0, 7]]},
        {"ballots": [[0, 0, [1, 2]], [0, 0, [1, 2]]]},
        {"ballots": [[-1, 0, [1, 2]]]},
        {"ballots": [[True, 0, [1, 2]]]},
        {"ballots": [[None, 0, [1, 2]]]},
        {"ballots": [[0.0, 0, [1, 2]]]},
        {"ballots": [[0, 9, [1, 2]]]},
    ],
)
def test_a_broken_sheet_is_refused(change):
    with pytest.raises(Invalid, match="The score sheet in this file is incomplete"):
        score_sheet.from_dict({**GOOD, **change})


def test_a_sheet_with_a_score_that_is_no_number_is_refused():
    with pytest.raises(Invalid, match="“x” is not a number"):
        score_sheet.from_dict({**GOOD, "ballots": [[0, 0, ["x", 1]]]})


@pytest.mark.parametrize("values", [{}, [], None, "sheet"])
def test_what_is_no_sheet_is_refused(values):
    with pytest.raises(Invalid):
        score_sheet.from_dict(values)
