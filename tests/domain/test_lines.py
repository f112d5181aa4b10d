"""The lines in a ranking: the cut, the margin between first and second, the budget; they inform, and move no rank."""
from fractions import Fraction

import pytest

from award.domain import lines, result, rules_file, score_sheet
from award.domain.ranking import Standing
from award.domain.ties import Place


def standings(scores, **more):
    """Standings of {entry: score of a hundred}, best first; None is not ranked."""
    found, values = [], [score for score in scores.values() if score is not None]
    for entry, score in scores.items():
        place = Place() if score is None else Place(1 + sum(other > score for other in values), values.count(score) > 1)
        whole = None if score is None else Fraction(score) / 100
        found.append(Standing(entry=entry, status="", reasons=(), score=whole, raw_mean=whole, spread=None, ballots=1, criteria={},
                              place=place, **more))
    return found


def rulebook(**rules):
    return rules_file.from_dict({"criterion": [{"name": "C", "share": 1, "scale": [0, 100]}]} | rules)


def drawn(scores, costs=(), **rules):
    return lines.lines(rulebook(**rules), standings(scores), {entry: Fraction(cost) for entry, cost in dict(costs).items()})


FIVE = {"A": 90, "B": 80, "C": 80, "D": 70, "E": 60, "F": None}


def test_without_such_rules_there_is_no_line():
    assert drawn(FIVE) == {"cut": None, "margin": None, "budget": None}


@pytest.mark.parametrize(("places", "above", "tied"), [
    (1, ["A"], []), (2, ["A"], ["B", "C"]), (3, ["A", "B", "C"], []), (4, ["A", "B", "C", "D"], []), (9, ["A", "B", "C", "D", "E"], [])])
def test_the_cut_takes_who_is_above_it_and_leaves_equals_across_it_to_the_jury(places, above, tied):
    assert drawn(FIVE, cut=places)["cut"] == {"places": places, "in": above, "tied": tied}


def test_when_all_are_equal_nobody_is_cut_silently():
    assert drawn({"A": 5, "B": 5, "C": 5}, cut=1)["cut"] == {"places": 1, "in": [], "tied": ["A", "B", "C"]}


@pytest.mark.parametrize(("scores", "difference", "deliberate"), [
    ({"A": 90, "B": 88}, 2.0, False), ({"A": 90, "B": Fraction("88.01")}, 1.99, True), ({"A": 90, "B": 90}, 0.0, True),
    ({"A": 90}, None, False), ({"A": 90, "B": None}, None, False), ({}, None, False)])
def test_the_margin_asks_for_deliberation_when_first_and_second_are_closer(scores, difference, deliberate):
    assert drawn(scores, margin=2)["margin"] == {"margin": 2.0, "difference": difference, "deliberate": deliberate}


def given_(found):
    return [(one["entry"], one["cost"], one["left"]) for one in found["given"]]


def test_the_budget_is_given_down_the_ranking_until_the_next_does_not_fit():
    found = drawn({"A": 90, "B": 80, "C": 70, "D": 60}, {"A": 40, "B": 50, "C": 20, "D": 5}, budget=100)["budget"]
    assert given_(found) == [("A", 40.0, 60.0), ("B", 50.0, 10.0)]
    assert (found["budget"], found["left"], found["not_given"]) == (100.0, 10.0, ["C", "D"])


def test_the_budget_can_be_spent_to_the_last_coin():
    found = drawn({"A": 90, "B": 80}, {"A": Fraction("33.33"), "B": Fraction("66.67")}, budget=100)["budget"]
    assert (found["left"], found["not_given"]) == (0.0, [])


def test_equals_are_given_all_or_none():
    found = drawn(FIVE, {"A": 10, "B": 40, "C": 60, "D": 1}, budget=100)["budget"]
    assert (given_(found), found["not_given"]) == ([("A", 10.0, 90.0)], ["B", "C", "D"])
    found = drawn(FIVE, {"A": 10, "B": 40, "C": 50, "D": 1}, budget=100)["budget"]
    assert (given_(found), found["left"]) == ([("A", 10.0, 90.0), ("B", 40.0, 50.0), ("C", 50.0, 0.0)], 0.0)


def test_an_entry_without_a_known_cost_takes_nothing_and_one_that_is_not_ranked_gets_nothing():
    found = drawn({"A": 90, "B": 80, "F": None}, {"B": 30, "F": 10}, budget=100)["budget"]
    assert (given_(found), found["not_given"]) == ([("B", 30.0, 70.0)], [])


def test_only_the_first_of_several_groups_has_lines():
    first, second = standings({"A": 90}, group=1), standings({"Z": 95}, group=2)
    assert lines.lines(rulebook(cut=1), first + second, {})["cut"] == {"places": 1, "in": ["A"], "tied": []}


def test_how_far_each_is_from_the_other_side_of_the_cut():
    ranked = [one for one in standings(FIVE) if one.rank]
    found = lines.to_cut(rulebook(cut=3), ranked)
    assert {entry: 100 * gap for entry, gap in found.items()} == {"A": 20, "B": 10, "C": 10, "D": -10, "E": -20}


@pytest.mark.parametrize("rules", [{}, {"cut": 5}, {"cut": 9}])
def test_without_anyone_on_the_other_side_nothing_is_near_the_cut(rules):
    assert lines.to_cut(rulebook(**rules), [one for one in standings(FIVE) if one.rank]) == {}


def test_a_result_holds_its_lines_and_warns_of_a_tie_across_the_cut_and_of_a_cost_that_is_missing():
    rows = [(f"J{j}", entry, "C", score + j) for j in range(3) for entry, score in (("A", 80), ("B", 70), ("C", 70))]
    found = result.compute(rulebook(cut=2, margin=15, budget=50), score_sheet.from_rows(rows), facts=[{"entry": "A", "cost": 20}])
    assert found["lines"] == {"cut": {"places": 2, "in": ["A"], "tied": ["B", "C"]},
                              "margin": {"margin": 15.0, "difference": 10.0, "deliberate": True},
                              "budget": {"budget": 50.0, "given": [{"entry": "A", "cost": 20.0, "left": 30.0}], "left": 30.0, "not_given": []}}
    assert found["warning_codes"] == [{"code": "cut_tied", "entries": ["B", "C"]}, {"code": "no_cost", "entries": ["B", "C"]}]
    assert found["warnings"] == ["Equal scores stand across the cut line: B, C. The jury decides who goes on.",
                                 "No cost is known for B, C, so nothing of the budget is set aside."]
    assert [(one["entry"], one["to_cut"]) for one in found["entries"]] == [("A", None), ("B", None), ("C", None)]
