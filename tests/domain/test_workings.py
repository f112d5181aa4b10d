"""How a score came about: lines that a reader can redo by hand, under every method and in both orders."""
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from award.domain import criteria, result, rules_file, score_sheet, workings
from award.domain.aggregation import METHODS
from award.errors import Refused
from tests.domain.rounds import rounds, under

RULES = {"criterion": [{"name": "Impact", "share": 60, "scale": [0, 5]}, {"name": "Cost", "share": 40, "scale": [1, 5], "better": "lower"}]}
ROWS = [("J01", "E1", "Impact", 4), ("J01", "E1", "Cost", 2), ("J02", "E1", "Impact", 5), ("J02", "E1", "Cost", 5), ("J03", "E1", "Impact", 3),
        ("J01", "E2", "Impact", 1), ("J01", "E2", "Cost", 1)]
ONE = {"criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]}
PANEL = {"J1": {"A": 8, "B": 6, "C": 4}, "J2": {"A": 5, "B": 5, "C": 2}, "J3": {"A": 9, "B": 7}, "J4": {"A": 3, "B": 4, "C": 5}, "J5": {"A": 10}}


def lines(rules=RULES, **more):
    return workings.of_entry(rules_file.from_dict({**RULES, **rules}), score_sheet.from_rows(ROWS), entry="E1", **more)


def of(entry, rules, **more):
    rows = [(juror, name, "C", score) for juror, scores in PANEL.items() for name, score in scores.items()]
    return workings.workings(rules_file.from_dict(ONE | rules), score_sheet.from_rows(rows), entry=entry, **more)


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


def test_a_criterion_that_only_a_special_award_uses_has_no_part_and_leaves_no_ballot_incomplete():
    rules = {"criterion": [*RULES["criterion"], {"name": "Youth", "share": 0, "scale": [0, 5]}],
             "special": [{"name": "Prize of the youth", "criterion": [{"name": "Youth", "share": 1}]}]}
    first, second = lines(rules)
    assert [(p.score, p.points) for p in first.parts] == [(4, 48), (2, 30), (None, None)]
    assert (first.total, second.total) == (78, 60)


def test_every_method_is_explained():
    assert list(workings.METHODS_BY_HAND) == list(METHODS)


def test_the_mean_adds_all_ballots():
    found = of("A", {})
    assert [line.adds for line in found.lines] == [80, 50, 90, 30, 100]
    assert (found.sum, found.divisor, found.own, found.total, found.carried) == (350, 5, 70, 70, None)


def test_the_trimmed_mean_names_the_ballots_that_it_leaves_out():
    found = of("A", {"method": "trimmed_mean"})
    assert [line.juror for line in found.lines if not line.kept] == ["J4", "J5"]
    assert (found.sum, found.divisor, found.total) == (220, 3, Fraction(220, 3))


def test_with_too_few_ballots_there_is_no_sum():
    found = of("C", {"method": "trimmed_mean"})
    assert (len(found.lines), found.sum, found.own, found.total) == (3, None, None, None)


@pytest.mark.parametrize(("entry", "middle", "total"), [("A", ["J1"], 80), ("B", ["J1", "J2"], 55)])
def test_the_median_names_those_in_the_middle(entry, middle, total):
    found = of(entry, {"method": "median"})
    assert ([line.juror for line in found.lines if line.kept], found.total) == (middle, total)


def test_the_additive_method_takes_the_severity_of_each_juror_off_the_ballot():
    found = of("B", {"method": "additive", "lambda": 2})
    assert [line.adjusted for line in found.lines] == [float(line.total) - line.effect for line in found.lines]
    assert len({line.effect for line in found.lines}) == 4
    assert float(found.total) == pytest.approx(sum(line.adjusted for line in found.lines) / 4, abs=1e-7)


def test_mean_rank_gives_the_place_among_the_ballots_of_each_juror():
    found = of("B", {"method": "mean_rank"})
    assert [(line.ballots, line.place, line.adds) for line in found.lines] == [
        (3, 2, 50), (3, Fraction(3, 2), 75), (2, 2, 0), (3, 2, 50)]
    assert (found.sum, found.divisor, found.total) == (175, 4, Fraction(175, 4))


def test_a_juror_with_one_ballot_gives_half_under_mean_rank_and_no_points_under_borda():
    assert [(line.ballots, line.place, line.adds, line.weight) for line in of("A", {"method": "mean_rank"}).lines[-1:]] == [(1, 1, 50, 1)]
    assert [(line.adds, line.weight) for line in of("A", {"method": "borda"}).lines] == [(200, 2), (150, 2), (100, 1), (0, 2), (0, 0)]


def test_borda_gives_the_points_and_those_that_were_possible():
    found = of("A", {"method": "borda"})
    assert (found.sum, found.divisor, found.total) == (450, 7, Fraction(450, 7))


def test_borda_without_any_comparison_is_half():
    alone = score_sheet.from_rows([("J1", "A", "C", 3)])
    found = workings.workings(rules_file.from_dict(ONE | {"method": "borda"}), alone, entry="A")
    assert (found.sum, found.divisor, found.total) == (50, 1, 50)


def test_the_z_score_comes_with_the_mean_and_spread_of_the_juror():
    found = of("A", {"method": "zscore"})
    assert [(line.mean, line.sd, line.z) for line in found.lines] == [
        (pytest.approx(60), pytest.approx(20), pytest.approx(1)), (pytest.approx(40), pytest.approx(300**0.5), pytest.approx(300**-0.5 * 10)),
        (pytest.approx(80), pytest.approx(200**0.5), pytest.approx(200**-0.5 * 10)), (pytest.approx(40), pytest.approx(10), pytest.approx(-1)),
        (100, 0, 0)]
    assert [line.adds for line in found.lines] == [50 + 10 * line.z for line in found.lines]


def test_in_order_criterion_each_criterion_has_its_value_and_the_points_sum():
    rules = {**RULES, "order": "criterion", "method": "median"}
    found = workings.workings(rules_file.from_dict(rules), score_sheet.from_rows(ROWS), entry="E1")
    impact, cost = found.columns
    assert (impact.value, impact.share, impact.points) == (Fraction(9, 2), Fraction(3, 5), 54)
    assert (cost.value, cost.share, cost.points) == (Fraction(7, 2), Fraction(2, 5), 15)
    assert (found.sum, found.divisor, found.total) == (69, 1, 69)


def test_in_order_criterion_scores_left_out_are_marked_and_the_value_is_rounded_half_up():
    rows = [(f"J{j}", "A", "C", score) for j, score in enumerate((1, 8, 7, 9, 10))]
    rules = {"criterion": [{"name": "C", "share": 3, "scale": [0, 10], "decimals": 0}], "order": "criterion", "method": "trimmed_mean"}
    found = workings.workings(rules_file.from_dict(rules), score_sheet.from_rows(rows), entry="A")
    assert [line.parts[0].kept for line in found.lines] == [False, True, True, True, False]
    assert (found.columns[0].exact, found.columns[0].value, found.total) == (8, 8, 80)
    few = workings.workings(rules_file.from_dict(rules), score_sheet.from_rows(rows[1:]), entry="A")
    assert (few.columns[0].value, few.columns[0].points, few.sum, few.total) == (None, None, None, None)


def test_an_earlier_stage_is_counted_in_at_its_share():
    found = of("A", {"carried": 25}, earlier=Fraction(9, 10))
    assert (found.own, found.part, found.carried, found.total) == (70, Fraction(1, 4), 90, 75)
    assert (of("A", {"carried": 25}).carried, of("A", {"carried": 25}).total) == (None, None)


def test_the_workings_of_a_result_come_from_the_data_inside_it():
    facts = [{"entry": "E1", "carried": "9/10"}]
    document = result.compute(rules_file.from_dict(RULES | {"carried": 25}), score_sheet.from_rows(ROWS), facts=facts,
                              exclusions=[{"juror": "J02", "entry": "E1", "cause": "conflict"}])
    found = workings.of_result(document, "E1")
    assert ([line.juror for line in found.lines], found.own, found.carried, found.total) == (["J01"], 78, 90, 81)
    del document["facts"]
    assert workings.of_result(document, "E1").total is None
    with pytest.raises(KeyError):
        workings.of_result(document, "E9")


@pytest.mark.parametrize("order", ["ballot", "criterion"])
def test_an_entry_without_a_ballot_that_counts_has_no_line_and_no_score(order):
    for method in [key for key, one in METHODS.items() if order in one.orders]:
        rows = (("J1", "A", 1), ("J2", "A", 2), ("J3", "A", 3), ("J1", "B", 4), ("J2", "B", 1))
        sheet = score_sheet.from_rows([(juror, name, "C", score) for juror, name, score in rows], entries=["D"])
        found = workings.workings(rules_file.from_dict(ONE | {"method": method, "order": order}), sheet, entry="D")
        assert (found.lines, found.columns, found.sum, found.total) == ((), (), None, None)


def redone(rules, found):
    """The score that a reader gets from the lines alone."""
    if found.columns:
        return sum(100 * column.share * criteria.unit(rules.criterion(column.criterion), by_hand(rules, found.lines, column.criterion))
                   for column in found.columns)
    kept = [line for line in found.lines if line.kept]
    weight = sum(line.weight for line in kept)
    return sum(line.adds for line in kept) / weight if weight else 50


def by_hand(rules, rows, criterion):
    """The value of a criterion: the mean of the scores that count, rounded as the rules have it."""
    parts = [line.parts[rules.names.index(criterion)] for line in rows]
    scores = [part.score for part in parts if part.score is not None and part.kept]
    mean, decimals = sum(scores) / len(scores), rules.criterion(criterion).decimals
    return mean if decimals is None else Fraction(math.floor(mean * 10**decimals + Fraction(1, 2)), 10**decimals)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=60)
@given(a_round=rounds())
def test_every_score_of_every_method_can_be_redone_by_hand(method, a_round):
    rules, sheet = rules_file.from_dict(under(a_round[0], method)), score_sheet.from_rows(a_round[1])
    try:
        shown = result.compute(rules, sheet)["entries"]
    except Refused:
        assume(False)
    for one in (one for one in shown if one["score"] is not None):
        found = workings.workings(rules, sheet, entry=one["entry"])
        assert float(found.total) == pytest.approx(one["score"], abs=1e-9)
        assert float(redone(rules, found)) == pytest.approx(one["score"], abs=1e-7)
        if METHODS[method].exact:
            assert found.total == 100 * Fraction(one["score_exact"]) == redone(rules, found)
        for line in found.lines:
            assert sum(part.points for part in line.parts if part.points is not None) == line.total
