"""What stands out in the figures on a juror, as codes; it never judges, and never leaves anything out."""
import pytest

from award.domain import ballots, jury_remarks, result, rules_file, score_sheet

PLAIN = {"juror": "J1", "ballots": 12, "severity": 0.0, "severity_se": 2.0, "correlation": 0.8, "spread_ratio": 1.0, "halo": 1.0,
         "lowest": 10.0, "highest": 90.0, "holds_together": False, "notes": {}}
CRITERIA = [{"name": "C", "share": 1, "scale": [0, 10]}]


def codes(**values):
    return [one["code"] for one in jury_remarks.remarks(PLAIN | values)]


@pytest.mark.parametrize(("values", "found"), [
    ({}, ["as_others"]),
    ({"severity": -3.9}, ["as_others"]),
    ({"severity": -4.0}, ["lower"]),
    ({"severity": 4.0}, ["higher"]),
    ({"severity": None, "severity_se": None}, ["not_fitted"]),
    ({"spread_ratio": 0.49}, ["as_others", "narrow"]),
    ({"spread_ratio": 0.5}, ["as_others"]),
    ({"spread_ratio": 2.0}, ["as_others"]),
    ({"spread_ratio": 2.1}, ["as_others", "wide"]),
    ({"correlation": 0.2}, ["as_others"]),
    ({"correlation": 0.1}, ["as_others", "unlike"]),
    ({"correlation": -0.3}, ["as_others", "opposite"]),
    ({"halo": 0.4}, ["as_others", "flat"]),
    ({"correlation": None, "spread_ratio": None, "halo": None}, ["as_others"]),
    ({"holds_together": True}, ["as_others", "holds_together"]),
    ({"ballots": 4, "severity": -9.0}, ["few_ballots"]),
    ({"ballots": 4, "holds_together": True}, ["few_ballots", "holds_together"]),
])
def test_what_stands_out_is_remarked(values, found):
    assert codes(**values) == found


@pytest.mark.parametrize(("severity", "points"), [(-4.4, 4), (12.6, 13), (-0.2, 1)])
def test_a_difference_is_said_in_whole_points(severity, points):
    assert jury_remarks.remarks(PLAIN | {"severity": severity, "severity_se": 0.01})[0]["points"] == points


def test_the_interval_reaches_196_hundredths_of_a_standard_error_to_either_side():
    assert jury_remarks.interval(PLAIN | {"severity": -4.0, "severity_se": 1.0}) == (-5.96, -2.04)
    assert jury_remarks.interval(PLAIN | {"severity": None}) is None


COMPLETE = [(juror, entry, "C", score) for juror in ("J1", "J2", "J3") for entry, score in (("A", 3), ("B", 7), ("C", 5))]


@pytest.mark.parametrize(("rules", "rows", "found"), [
    ({}, COMPLETE, "none"),
    ({"method": "borda"}, COMPLETE, "none"),
    ({"method": "median"}, COMPLETE, "some"),
    ({"threshold": 4}, COMPLETE, "some"),
    ({"criterion": [CRITERIA[0] | {"threshold": 4}]}, COMPLETE, "some"),
    ({"method": "additive"}, COMPLETE, "none"),
    ({"method": "additive"}, COMPLETE[1:], "corrected"),
    ({}, COMPLETE[1:], "uneven"),
])
def test_what_severity_does_to_the_ranks(rules, rows, found):
    rulebook = rules_file.from_dict({"criterion": CRITERIA, **rules})
    assert jury_remarks.effect(rulebook, ballots.count(rulebook, score_sheet.from_rows(rows))) == found


def test_scores_that_are_higher_by_as_much_move_no_rank_where_it_is_said():
    shifted = [(juror, entry, criterion, score + (2 if juror == "J1" else 0)) for juror, entry, criterion, score in UNEQUAL]
    for method in jury_remarks.UNMOVED:
        rulebook = rules_file.from_dict({"criterion": CRITERIA, "method": method})
        plain, moved = (result.compute(rulebook, score_sheet.from_rows(rows))["entries"] for rows in (UNEQUAL, shifted))
        assert [(one["entry"], one["rank"]) for one in plain] == [(one["entry"], one["rank"]) for one in moved]


UNEQUAL = [(juror, entry, "C", score) for juror, scores in (("J1", (8, 3, 5, 1)), ("J2", (6, 7, 2, 1)), ("J3", (4, 9, 3, 2)))
           for entry, score in zip("ABCD", scores, strict=True)]
