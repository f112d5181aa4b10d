"""What stands beside every rank, held to rankings that are made anew for each redrawn jury."""
from itertools import product

import numpy as np
import pytest

from award.domain import evidence, facts, ranking, result, rules_file, score_sheet
from award.domain.evidence import Field
from tests.domain.aibs_panel import AIBS
from tests.domain.published import FLIP, REDS

CRITERIA = [{"name": "C", "share": 3, "scale": [0, 10], "decimals": 1}, {"name": "D", "share": 1, "scale": [0, 5], "better": "lower"}]
PANEL = [("J1", [[9, 1], [5, 2], [7, 3], [2, 0]]), ("J2", [[4, 2], [6, 2], [8, 5], [3, 1]]), ("J3", [[7, 0], [7, 4], [6, 1], [5, 5]])]


def rows(panel=PANEL):
    """Rows of a panel [(juror, [[score of C, score of D] of E1, …])]; None is no score."""
    return [(juror, f"E{e}", name, score) for juror, ballots in panel for e, ballot in enumerate(ballots, 1)
            for name, score in zip("CD", ballot, strict=True) if score is not None]


def computed(rows, **rules):
    rulebook = rules_file.from_dict({"criterion": CRITERIA, **rules})
    return {one["entry"]: one for one in result.compute(rulebook, score_sheet.from_rows(rows))["entries"]}


def officially(rows, **rules):
    """{entry: score} by the ranking itself."""
    rulebook = rules_file.from_dict({"criterion": CRITERIA, **rules})
    return {one.entry: float(one.score) for one in ranking.rank(rulebook, score_sheet.from_rows(rows)).standings if one.rank}


def redrawn(rows, jury):
    """The rows of a jury of which each juror may be there several times."""
    return [(f"{juror}-{i}", *row[1:]) for i, juror in enumerate(jury) for row in rows if row[0] == juror]


RULES = [{"method": "mean"}, {"method": "median"}, {"method": "trimmed_mean", "trim": 0}, {"method": "mean", "order": "criterion"},
         {"method": "median", "order": "criterion"}, {"method": "additive"}]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: " ".join(map(str, rules.values())))
def test_chances_and_intervals_are_those_of_rankings_made_for_each_jury(rules):
    firsts, places = dict.fromkeys(["E1", "E2", "E3", "E4"], 0), {entry: [] for entry in ("E1", "E2", "E3", "E4")}
    plain = {**rules, "method": "mean"} if rules["method"] == "additive" else rules
    for jury in product(["J1", "J2", "J3"], repeat=3):
        scores = {entry: round(score, 9) for entry, score in officially(redrawn(rows(), jury), **plain).items()}
        best = [entry for entry, score in scores.items() if score == max(scores.values())]
        firsts = {entry: n + (entry in best) / len(best) for entry, n in firsts.items()}
        for entry, score in scores.items():
            places[entry].append(1 + sum(other > score for other in scores.values()))
    found = computed(rows(), **rules)
    assert {entry: one["p_top"]["1"] for entry, one in found.items()} == pytest.approx(
        {entry: n / 27 for entry, n in firsts.items()}, abs=1e-9)
    assert {entry: one["rank_interval"] for entry, one in found.items()} == {
        entry: [sorted(own)[0], sorted(own)[26]] for entry, own in places.items()}


LEAVING = [(rules, gap) for rules in [*RULES[:5], {"method": "additive", "lambda": 2}] for gap in (False, True)
           if (rules["method"], gap) != ("trimmed_mean", True)]  # with gaps it has too few values once a juror has left


@pytest.mark.parametrize(("rules", "gap"), LEAVING)
def test_who_moves_an_entry_is_who_changes_its_side_of_a_line_by_leaving(rules, gap):
    panel = [*PANEL, ("J4", [[1, 5], [9, 0], [4, 2], [9, 1]])]
    panel = [(juror, [[None, None] if gap and (j, e) in ((0, 1), (3, 2)) else ballot for e, ballot in enumerate(ballots)])
             for j, (juror, ballots) in enumerate(panel)]
    found = computed(rows(panel), **rules, top=[1, 2], cut=3)
    moved = {entry: [] for entry in found}
    for juror, _ballots in panel:
        scores = officially([row for row in rows(panel) if row[0] != juror], **rules)
        for entry, one in found.items():
            above = sum(round(other - scores[entry], 9) > 0 for other in scores.values())
            if any((above < line) != (one["rank"] <= line) for line in (1, 2, 3)):
                moved[entry].append(juror)
    assert {entry: one["moved_by"] for entry, one in found.items()} == moved
    assert {entry: one["stable_without_any_juror"] for entry, one in found.items()} == {entry: not own for entry, own in moved.items()}
    assert any(moved.values())


def test_an_entry_whose_only_juror_leaves_does_not_stay():
    panel = [("J1", [[9, 1], [8, 1], [1, 1]]), ("J2", [[9, 1], [8, 1], [None, None]])]
    found = computed(rows(panel), top=[3])
    assert {entry: one["moved_by"] for entry, one in found.items()} == {"E1": [], "E2": [], "E3": ["J1"]}


def test_by_least_squares_all_entries_move_when_the_juror_leaves_who_holds_the_jury_together():
    rulebook = FLIP.rulebook(method="additive", **{"lambda": 0})
    found = {one["entry"]: one for one in result.compute(rulebook, FLIP.sheet)["entries"]}
    assert {entry: one["stable_without_any_juror"] for entry, one in found.items()} == {"E1": True, "E2": True, "E3": True}
    chain = [("J1", [[9, 1], [8, 1], [None] * 2, [None] * 2]), ("J2", [[5, 1], [6, 1], [None] * 2, [None] * 2]),
             ("J3", [[5, 1], [7, 2], [6, 2], [3, 2]]), ("J4", [[None] * 2, [None] * 2, [7, 1], [4, 1]])]
    exact, shrunk = (computed(rows(chain), method="additive", **{"lambda": factor}) for factor in (0, 4))
    assert {"J3" in one["moved_by"] for one in exact.values()} == {True}
    assert {"J3" in one["moved_by"] for one in shrunk.values()} != {True}


def test_without_lines_only_a_lost_ballot_moves_an_entry():
    without = np.array([[0.5, 0.4, np.nan], [0.1, 0.4, 0.3]])
    assert evidence.moves(Field([0, 1, 2], [1, 2, 3], ()), without).tolist() == [[False, False, True], [False] * 3]
    assert evidence.moves(Field([0, 1, 2], [1, 2, 3], (1,)), without).tolist() == [[False, False, True], [True, True, False]]


def test_many_entries_are_compared_as_few_are():
    without = np.random.default_rng(1).integers(0, 40, (3, 250)) / 40
    without[1, ::7] = np.nan
    order = np.argsort(-np.nan_to_num(without[0]), kind="stable").tolist()
    ranks = [1 + sum(without[0] > without[0, e]) for e in order]
    expected = [[bool(np.isnan(line[e]) or (np.sum(line > line[e]) < 20) != (rank <= 20)) for e, rank in zip(order, ranks, strict=True)]
                for line in without]
    assert evidence.moves(Field(order, ranks, (20,)), without[:, order]).tolist() == expected


def test_a_share_of_an_earlier_stage_counts_in_each_redrawn_jury():
    rules, known = {"carried": 60}, [{"entry": f"E{e}", "carried": carried} for e, carried in enumerate(["0", "1/2", "3/4", "1"], 1)]
    rulebook = rules_file.from_dict({"criterion": CRITERIA, **rules})
    found = {one["entry"]: one for one in result.compute(rulebook, score_sheet.from_rows(rows()), facts=known)["entries"]}
    best = dict.fromkeys(found, 0)
    earlier = facts.read(known).carried
    for jury in product(["J1", "J2", "J3"], repeat=3):
        scores = {entry: round(0.4 * own + 0.6 * float(earlier[entry]), 9) for entry, own in officially(redrawn(rows(), jury)).items()}
        first = [entry for entry, score in scores.items() if score == max(scores.values())]
        best = {entry: n + (entry in first) / len(first) for entry, n in best.items()}
    assert {entry: one["p_top"]["1"] for entry, one in found.items()} == pytest.approx({entry: n / 27 for entry, n in best.items()}, abs=1e-9)


def test_an_entry_that_no_drawn_juror_judged_still_has_a_place_in_each_draw():
    panel = [("J1", [[9, 1], [8, 1], [None, None]]), ("J2", [[3, 1], [4, 1], [None, None]]), ("J3", [[None, None], [6, 2], [7, 1]])]
    found = computed(rows(panel), top=[1, 2, 3])
    assert sum(one["p_top"]["1"] for one in found.values()) == pytest.approx(1, abs=1e-6)
    assert {one["p_top"]["3"] for one in found.values()} == {1}


def test_a_criterion_that_no_drawn_juror_scored_leaves_the_entry_where_it_is():
    panel = [("J1", [[9, None], [8, 1]]), ("J2", [[None, 1], [4, 1]]), ("J3", [[3, None], [6, 2]])]
    found = computed(rows(panel), order="criterion", missing="renormalise")
    assert sum(one["p_top"]["1"] for one in found.values()) == pytest.approx(1, abs=1e-6)


def test_groups_and_categories_count_places_of_their_own():
    known = [{"entry": f"E{e}", "category": "odd" if e % 2 else "even"} for e in range(1, 5)] + [{"entry": "E9", "category": "none"}]
    document = result.compute(rules_file.from_dict({"criterion": CRITERIA}), score_sheet.from_rows(rows()), facts=known)
    odd, even = (document["categories"][name] for name in ("odd", "even"))
    assert document["categories"]["none"] == []
    assert [one["rank"] for one in odd + even] == [1, 2, 1, 2]
    assert all(max(one["rank_interval"]) <= 2 for one in odd + even)
    assert [sum(one["p_top"]["1"] for one in own) for own in (odd, even)] == pytest.approx([1, 1])


def test_a_round_without_a_place_has_nothing_beside_it():
    found = computed(rows(), min_ballots=9)
    assert {tuple(one[name] for name in evidence.FIELDS) for one in found.values()} == {(None,) * len(evidence.FIELDS)}


def test_the_grant_panel_has_ten_thousand_draws_of_the_model():
    document = result.compute(AIBS.rulebook(method="additive", **{"lambda": 0}), AIBS.sheet)
    best = document["entries"][0]
    assert (best["entry"], best["band"], best["rank_interval"][0]) == ("P17", 1, 1)
    assert (best["p_top"]["1"] * 10_000) % 1 == pytest.approx(0, abs=1e-6)
    assert 0.4 < best["p_top"]["1"] < 0.6


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    found = [[one["p_top"] for one in result.compute(REDS.rulebook(), REDS.sheet, seed=seed)["entries"]] for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]
