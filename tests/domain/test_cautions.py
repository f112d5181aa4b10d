"""What a reader of a result should beware of: said where it holds, and only there."""
import pytest

from award.domain import result, rules_file, score_sheet


def codes(table, *, facts=(), **rules):
    """The warning codes of {entry: totals of jurors, None without}."""
    rules = rules_file.from_dict({"criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]} | rules)
    rows = [(f"J{j}", entry, "C", score) for entry, scores in table.items() for j, score in enumerate(scores) if score is not None]
    return [one["code"] for one in result.compute(rules, score_sheet.from_rows(rows), facts=facts)["warning_codes"]]


WHOLE = {"A": [7, 8, 6], "B": [5, 6, 4], "C": [3, 2, 9]}
GAPS = WHOLE | {"C": [3, 2, None]}
APART = {"A": [7, 8, 6, None, None, None], "B": [5, 6, 4, None, None, None], "C": [None, None, None, 4, 3, 5], "D": [None, None, None, 7, 7, 2]}
WIDE = {f"E{e}": [(e * j) % 11 for j in range(1, 8)] for e in range(8)}


@pytest.mark.parametrize(("table", "rules", "expected"), [
    (WHOLE, {}, []),
    (GAPS, {}, ["uneven_panels"]),
    (GAPS, {"order": "criterion"}, ["uneven_panels"]),
    (GAPS, {"method": "mean_rank"}, []),
    (GAPS, {"method": "borda"}, []),
    (GAPS, {"method": "additive"}, ["little_to_estimate"]),
    (GAPS, {"method": "additive", "lambda": 2}, []),
    (WHOLE, {"method": "zscore"}, ["few_ballots_each"]),
    (GAPS, {"method": "zscore"}, ["few_ballots_each", "uneven_panels"]),
    (WIDE, {"method": "zscore"}, []),
    (WIDE, {"method": "median"}, []),
    (WIDE, {"method": "additive"}, []),
    (WHOLE, {"method": "median"}, ["few_jurors"]),
    (APART, {}, ["uneven_panels", "unconnected"]),
    (APART, {"unconnected": "within"}, ["uneven_panels", "unconnected"]),
    ({"A": [7], "B": [4]}, {}, ["one_ballot_each"]),
    ({"A": [7, None], "B": [None, 4]}, {}, ["uneven_panels", "one_ballot_each", "unconnected"]),
    ({"A": [7, 7], "B": [4, None]}, {}, ["uneven_panels"]),
    ({"A": [7, 8], "B": [7, 8]}, {"cut": 1}, ["cut_tied"]),
    ({"A": [7, 8], "B": [6, 8]}, {"cut": 1}, []),
    (WHOLE, {"budget": 10}, ["no_cost"]),
    (WHOLE, {"not_applicable": [{"entry": "Z", "criterion": "C"}]}, ["no_such_entry"]),
    (WHOLE, {"not_applicable": [{"entry": "A", "criterion": "C"}]}, ["left_out"]),
])
def test_a_caution_is_given_where_it_holds_and_only_there(table, rules, expected):
    assert codes(table, **rules) == expected


def test_a_budget_needs_the_cost_of_ranked_entries_alone():
    costs = [{"entry": entry, "cost": 1} for entry in "AB"]
    assert codes(WHOLE | {"C": []}, budget=10, facts=costs) == []
    assert codes(WHOLE, budget=10, facts=costs) == ["no_cost"]


def test_where_a_criterion_does_not_apply_and_nobody_scored_it_nothing_is_left_out():
    rules = {"criterion": [{"name": name, "share": 1, "scale": [0, 10]} for name in "CD"], "missing": "renormalise"}
    assert codes(WHOLE, not_applicable=[{"entry": "A", "criterion": "D"}], **rules) == []
