"""How a score came about: lines that sum to the ballot, by hand."""
from fractions import Fraction

import pytest

from award.domain import rules_file, score_sheet, workings

RULES = {"criterion": [{"name": "Impact", "share": 60, "scale": [0, 5]}, {"name": "Cost", "share": 40, "scale": [1, 5], "better": "lower"}]}
ROWS = [("J01", "E1", "Impact", 4), ("J01", "E1", "Cost", 2), ("J02", "E1", "Impact", 5), ("J02", "E1", "Cost", 5), ("J03", "E1", "Impact", 3),
        ("J01", "E2", "Impact", 1), ("J01", "E2", "Cost", 1)]


def lines(rules=RULES, **more):
    return workings.of_entry(rules_file.from_dict({**RULES, **rules}), score_sheet.from_rows(ROWS), entry="E1", **more)


def test_each_part_is_share_times_scaled_score_and_the_parts_sum_to_the_ballot():
    first, second = lines()
    assert [(p.score, p.points) for p in first.parts] == [(4, 48), (2, 30)]
    assert [(p.score, p.points) for p in second.parts] == [(5, 60), (5, 0)]
    assert (first.juror, first.total, second.total) == ("J01", 78, 60)


def test_a_ballot_that_does_not_count_has_no_line():
    assert [line.juror for line in lines(exclusions=[{"juror": "J01", "entry": "E1", "cause": "conflict"}])] == ["J02"]


def test_under_renormalising_a_missing_score_is_no_part_and_the_rest_makes_the_whole():
    third = lines({"missing": "renormalise"})[2]
    assert [(p.score, p.points) for p in third.parts] == [(3, 60), (None, None)]
    assert third.total == Fraction(60)


def test_an_entry_that_is_not_on_the_sheet_is_unknown():
    with pytest.raises(KeyError):
        workings.of_entry(rules_file.from_dict(RULES), score_sheet.from_rows(ROWS), entry="E9")
