"""The rank of each entry under every rule: as each rule ranks by itself, or the reason why it says nothing."""
from dataclasses import replace
from random import Random

import pytest

from award.domain import facts, pairwise, ranking, result, rules_file, score_sheet
from award.domain.aggregation import METHODS
from award.domain.comparison import comparison
from award.errors import Refused
from tests.domain.published import FLIP, REDS, TASTING
from tests.domain.rounds import a_round, under


def compared(rules, rows, known=()):
    rulebook, earlier = rules_file.from_dict(rules), facts.read(known)
    return comparison(rulebook, ranking.rank(rulebook, score_sheet.from_rows(rows), facts=earlier), earlier=earlier.carried)


def alone(rulebook, sheet, entries):
    """{entry: rank} of these entries under a rulebook by itself, or None where it is refused or ranks none of them."""
    try:
        found = {one.entry: one.score for one in ranking.rank(rulebook, sheet).standings}
    except Refused:
        return None
    ranks = {e: None if found[e] is None else 1 + sum(found[o] > found[e] for o in entries if found[o] is not None) for e in entries}
    return None if ranks and not any(ranks.values()) else ranks


def test_each_rule_ranks_as_it_would_by_itself():
    seen = set()
    for seed in range(120):
        rules, rows = a_round(Random(seed))
        rules = under(rules, ["mean", "median", "borda", "trimmed_mean"][seed % 4])
        rulebook, sheet = rules_file.from_dict(rules), score_sheet.from_rows(rows)
        ranked = {one.entry: one.rank for one in ranking.rank(rulebook, sheet).standings if one.rank}
        found, notes = compared(rules, rows)
        assert set(found) == {*METHODS, *pairwise.RULES}
        assert found[rulebook.method] == ranked
        assert {key for key, ranks in found.items() if ranks is None} == set(notes)
        bare = replace(rulebook, criteria=tuple(replace(c, threshold=None) for c in rulebook.criteria), ties=(), min_ballots=1, order="ballot")
        for key in set(METHODS) - {rulebook.method}:
            if rulebook.missing in METHODS[key].missing:
                assert found[key] == alone(replace(bare, method=key), sheet, ranked)
                seen.add((key, found[key] is None))
            else:
                assert (found[key], notes[key]) == (None, "complete_ballots")
    assert {(key, False) for key in METHODS} | {("additive", True), ("trimmed_mean", True)} == seen


def test_the_published_panels_are_ranked_by_every_rule():
    found = result.compute(TASTING.rulebook(), TASTING.sheet)
    assert found["comparison_notes"] == {"trimmed_mean": "few_values"}
    first = {key: ranks and ranks["T5"] for key, ranks in found["comparison"].items()}
    assert first == {**dict.fromkeys([*METHODS, *pairwise.RULES], 1), "trimmed_mean": None}
    assert found["comparison"]["additive"] == found["comparison"]["mean"]
    wines = result.compute(REDS.rulebook(method="mean_rank"), REDS.sheet)
    assert [wines["comparison"][key]["B2"] for key in ("mean", "mean_rank", "borda", "zscore", "bradley_terry")] == [1, 1, 1, 1, 1]


def test_a_severe_juror_turns_the_additive_order_against_that_of_the_mean():
    found, _notes = compared(FLIP.rules(**{"lambda": 0}), FLIP.rows)
    assert (found["mean"], found["additive"]) == ({"E1": 1, "E2": 2, "E3": 3}, {"E1": 3, "E2": 2, "E3": 1})


ONE = [{"name": "C", "share": 1, "scale": [0, 100]}]


def panel(*lines):
    """Rows from the scores of each entry by J0, J1, …; None is no ballot."""
    return [(f"J{j}", f"E{e:02}", "C", score) for e, line in enumerate(lines) for j, score in enumerate(line) if score is not None]


def test_a_rule_that_says_nothing_here_says_why():
    found, notes = compared({"criterion": ONE}, panel([9, 5], [5, 9]))
    assert {key: found[key] for key in notes} == dict.fromkeys(["trimmed_mean", "additive", "kemeny"])
    assert notes == {"trimmed_mean": "few_values", "additive": "refused", "kemeny": "no_single_order"}


def test_incomplete_ballots_leave_out_the_rules_that_compare_ballots():
    notes = compared({"criterion": ONE, "missing": "renormalise"}, panel([9, 5, 1], [5, 9, 2]))[1]
    assert {key for key, code in notes.items() if code == "complete_ballots"} == {"mean_rank", "borda", "zscore"}


@pytest.mark.parametrize(("size", "expected"), [(12, set()), (13, {"kemeny"}), (200, {"kemeny"}), (201, set(pairwise.RULES))])
def test_rules_that_take_too_long_for_many_entries_are_left_out(size, expected):
    found, notes = compared({"criterion": ONE, "method": "median"}, panel(*([place % 101, place % 101] for place in range(size))))
    assert {key for key, code in notes.items() if code == "too_many"} == expected
    assert set(found["mean"]) == {f"E{e:02}" for e in range(size)}


def test_a_round_without_a_place_compares_nothing():
    found, notes = compared({"criterion": ONE, "min_ballots": 9}, panel([9, 5, 4], [5, 9, 4]))
    assert set(map(str, found.values())) == {"{}"}
    assert notes == {}


def test_unconnected_groups_are_each_ranked_by_themselves():
    lines = [[90, 80, 70, *[None] * 3], [20, 20, 10, *[None] * 3], [*[None] * 3, 50, 60, 50], [*[None] * 3, 30, 20, 20]]
    found, notes = compared({"criterion": ONE, "method": "additive", "unconnected": "within"}, panel(*lines))
    assert notes == {"trimmed_mean": "few_values", "kemeny": "no_single_order"}
    assert {str(ranks) for key, ranks in found.items() if key not in ("trimmed_mean", "kemeny")} == {
        str({"E00": 1, "E01": 2, "E02": 1, "E03": 2})}


def test_an_earlier_stage_counts_under_each_method_and_not_in_comparisons_of_two():
    known = [{"entry": "E00", "carried": 0}, {"entry": "E01", "carried": 1}]
    found = compared({"criterion": ONE, "carried": 80}, panel([60, 60, 60], [50, 50, 50]), known)[0]
    assert {key: ranks["E01"] for key, ranks in found.items() if key not in ("mean_rank", "borda", "zscore", "trimmed_mean")} == {
        "mean": 1, "median": 1, "additive": 1, "bradley_terry": 2, "schulze": 2, "kemeny": 2}
