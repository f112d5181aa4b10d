"""Special awards: the same ballots under shares of their own, beside a main ranking that they leave alone."""
from fractions import Fraction

import pytest

from award.domain import result, rules_file, score_sheet, special_awards

CRITERIA = [{"name": "Impact", "share": 60, "scale": [0, 10], "threshold": 5}, {"name": "Craft", "share": 40, "scale": [0, 10]},
            {"name": "Youth", "share": 0, "scale": [0, 5]}]
SPECIAL = [{"name": "Prize of the youth", "criterion": [{"name": "Youth", "share": 3}, {"name": "Craft", "share": 1}]},
           {"name": "Regional prize", "entries": ["B", "C"], "criterion": [{"name": "Impact", "share": 1}]}]
TABLE = {"A": [(9, 8, 2), (8, 8, 2), (9, 9, 2)], "B": [(7, 5, 5), (6, 5, 4), (7, 7, 4)], "C": [(4, 6, 3), (5, 6, 3), (3, 6, 3)]}


def rows(table=TABLE):
    return [(f"J{j}", entry, name, score) for entry, ballots in table.items() for j, ballot in enumerate(ballots)
            for name, score in zip(("Impact", "Craft", "Youth"), ballot, strict=True)]


def rulebook(**rules):
    return rules_file.from_dict({"criterion": CRITERIA, "special": SPECIAL} | rules)


def compute(rules=None, table=TABLE, **more):
    return result.compute(rulebook(**rules or {}), score_sheet.from_rows(rows(table)), **more)


def ranks(entries):
    return [(one["entry"], one["rank"]) for one in entries]


def test_the_main_ranking_is_without_criteria_that_only_special_awards_use():
    assert special_awards.main(rulebook()).names == ("Impact", "Craft")
    assert special_awards.main(rulebook(special=[])).names == ("Impact", "Craft", "Youth")
    assert special_awards.main(rulebook(special=[{"name": "S", "criterion": [{"name": "Craft", "share": 1}, {"name": "Youth", "share": 0}]}])).names \
        == ("Impact", "Craft", "Youth")


def test_a_criterion_that_breaks_ties_stays_in_the_main_ranking():
    found = special_awards.main(rulebook(ties=["criterion:Youth", "firsts"]))
    assert (found.names, found.ties) == (("Impact", "Craft", "Youth"), ("criterion:Youth", "firsts"))


def test_a_special_award_has_its_own_shares_ties_and_cases_and_no_threshold_or_line():
    whole = rulebook(ties=["criterion:Impact", "criterion:Craft", "firsts"], threshold=10, cut=1, margin=2, budget=10, carried=30,
                     not_applicable=[{"entry": "A", "criterion": "Youth"}, {"entry": "A", "criterion": "Impact"}])
    found = special_awards.of(whole, whole.special[0])
    assert [(one.name, one.share, one.threshold) for one in found.criteria] == [("Craft", 1, None), ("Youth", 3, None)]
    assert (found.ties, [one.criterion for one in found.not_applicable]) == (("criterion:Craft", "firsts"), ["Youth"])
    assert (found.threshold, found.cut, found.margin, found.budget, found.carried, found.special) == (None, None, None, None, None, ())


def test_each_special_award_is_ranked_by_its_own_criteria_among_its_own_entries():
    youth, regional = compute()["special_awards"]
    assert (youth["name"], youth["criteria"], ranks(youth["entries"])) == (
        "Prize of the youth", {"Craft": 0.25, "Youth": 0.75}, [("B", 1), ("C", 2), ("A", 3)])
    assert youth["entries"][0]["score_exact"] == str(Fraction(3, 4) * Fraction(13, 15) + Fraction(1, 4) * Fraction(17, 30))
    assert (regional["criteria"], ranks(regional["entries"])) == ({"Impact": 1.0}, [("B", 1), ("C", 2)])
    assert [one["method"] for one in (youth, regional)] == ["mean", "mean"]
    assert [one["note"] for one in (youth, regional)] == [None, None]


def test_a_special_award_shows_how_certain_it_is_as_the_main_ranking_does():
    main, special = (found["entries"][0] for found in (compute(), compute()["special_awards"][0]))
    assert set(special) == set(main)
    assert (special["rank_interval"], special["p_top"]["1"], special["band"], special["stable_without_any_juror"]) == ([1, 1], 1.0, 1, True)


def test_special_awards_move_nothing_in_the_main_ranking():
    plain = rules_file.from_dict({"criterion": CRITERIA[:2]})
    without = result.compute(plain, score_sheet.from_rows([row for row in rows() if row[2] != "Youth"]))
    assert [compute()[key] for key in ("entries", "jurors", "agreement", "comparison", "weights")] == [
        without[key] for key in ("entries", "jurors", "agreement", "comparison", "weights")]


def test_a_ballot_counts_for_the_ranking_whose_criteria_it_scores():
    table = TABLE | {"A": [(9, 8, None), (8, 8, 2), (9, 9, 2)], "B": [(None, 5, 5), (6, 5, 4), (7, 7, 4)]}
    found = compute(table=table)
    counted = {one["entry"]: one["ballots"] for one in found["entries"]}
    assert counted == {"A": 3, "B": 2, "C": 3}
    assert {one["entry"]: one["ballots"] for one in found["special_awards"][0]["entries"]} == {"A": 2, "B": 3, "C": 3}
    assert found["exclusions"] == [{"juror": "J0", "entry": "B", "cause": "incomplete", "missing": ["Impact"]}]


def test_a_voided_ballot_counts_nowhere():
    voided = [{"juror": "J0", "entry": "A", "cause": "voided"}]
    found = compute(exclusions=voided)
    assert [next(one["ballots"] for one in ranking if one["entry"] == "A")
            for ranking in (found["entries"], found["special_awards"][0]["entries"])] == [2, 2]


def test_an_entry_below_a_threshold_of_the_main_ranking_can_win_a_special_award():
    rules = {"special": [{"name": "S", "entries": ["C"], "criterion": [{"name": "Craft", "share": 1}]}]}
    found = compute(rules)
    assert next(one["status"] for one in found["entries"] if one["entry"] == "C") == "below_threshold"
    assert ranks(found["special_awards"][0]["entries"]) == [("C", 1)]


def test_entries_that_are_not_there_are_passed_over():
    rules = {"special": [{"name": "S", "entries": ["C", "Z"], "criterion": [{"name": "Craft", "share": 1}]},
                         {"name": "T", "entries": [], "criterion": [{"name": "Craft", "share": 1}]}]}
    assert [ranks(one["entries"]) for one in compute(rules)["special_awards"]] == [[("C", 1)], []]


@pytest.mark.parametrize("method", ["additive", "mean"])
def test_where_the_method_says_nothing_about_so_few_ballots_the_mean_ranks_and_says_so(method):
    rules = {"method": method, "special": [{"name": "S", "entries": ["C"], "criterion": [{"name": "Craft", "share": 1}]}]}
    found = compute(rules)["special_awards"][0]
    assert (found["method"], ranks(found["entries"])) == ("mean", [("C", 1)])
    assert (found["note_code"], found["note"]) == {
        "mean": (None, None),
        "additive": ("by_mean", "Ranked by the mean: the method of the rules says nothing about the ballots on these entries alone.")}[method]
