"""Odd input has a stated answer under every method: a result, or a refusal with its reason; docs/methods.md has the table."""
import json
from pathlib import Path

import pytest

from award.domain import canonical, result, rules_file, score_sheet, verification
from award.domain.aggregation import METHODS
from award.errors import FaultyInput, Invalid, Refused

PAGE = (Path(__file__).parents[2] / "docs" / "methods.md").read_text("utf-8")
PANEL = {"A": [9, 7, 9, 8, 10], "B": [5, 6, 7, 4, 5], "C": [3, 4, 1, 2, 2]}
CRITERION = {"name": "C", "share": 1, "scale": [0, 10]}
EACH = [(method, order) for method, one in METHODS.items() for order in one.orders]
RELATIVE = ("mean_rank", "borda", "zscore")
each = pytest.mark.parametrize(("method", "order"), EACH, ids=["-".join(pair) for pair in EACH])
NOBODY = "Correcting for severity needs at least three jurors, and 0 jurors have ballots that count. Use the mean, or ask more jurors."


def compute(table, method, order, *, entries=(), jurors=(), **rules):
    """The result of {entry: scores of jurors, None without a ballot}; written, read again and verified on the way."""
    rulebook = rules_file.from_dict({"criterion": [CRITERION], "method": method, "order": order} | rules)
    rows = [(f"J{j}", entry, "C", score) for entry, scores in table.items() for j, score in enumerate(scores) if score is not None]
    found = result.compute(rulebook, score_sheet.from_rows(rows, entries=entries, jurors=jurors))
    assert verification.verify(verification.read(canonical.canonical_json(found))) is None
    return found


def ranks(found):
    return {one["entry"]: one["rank"] for one in found["entries"]}


def reasons(found):
    return {one["entry"]: [reason["code"] for reason in one["reasons"]] for one in found["entries"]}


def codes(found):
    return [one["code"] for one in found["warning_codes"]]


def refused(*arguments, **rules):
    """The words in which a method refuses these ballots."""
    with pytest.raises(Refused) as refusal:
        compute(*arguments, **rules)
    assert not isinstance(refusal.value, Invalid)
    return str(refusal.value)


@each
@pytest.mark.parametrize(("table", "names"), [({}, {"entries": ["A", "B"]}), ({"A": [], "B": []}, {"entries": ["A", "B"], "jurors": ["J"]}),
                                              ({"A": [], "B": []}, {"entries": ["A", "B"], "jurors": ["J"], "unconnected": "within"})])
def test_without_jurors_or_ballots_nobody_has_a_place(method, order, table, names):
    if method == "additive":
        assert refused(table, method, order, **names) == NOBODY
        return
    found = compute(table, method, order, **names)
    assert (ranks(found), reasons(found)) == ({"A": None, "B": None}, {"A": ["no_ballot"], "B": ["no_ballot"]})
    assert set(found["agreement"].values()) == {None}


@each
def test_without_anything_the_ranking_is_empty(method, order):
    if method == "additive":
        assert refused({}, method, order) == NOBODY
        return
    found = compute({}, method, order)
    assert [found[key] for key in ("entries", "jurors", "components", "categories", "special_awards")] == [[], [], [], None, []]


@each
def test_all_missing_is_said_ballot_by_ballot(method, order):
    rows = [(f"J{j}", entry, "C", None) for entry in "AB" for j in range(3)]
    rulebook = rules_file.from_dict({"criterion": [CRITERION], "method": method, "order": order})
    if method == "additive":
        with pytest.raises(Refused, match="0 jurors have ballots that count"):
            result.compute(rulebook, score_sheet.from_rows(rows))
        return
    found = result.compute(rulebook, score_sheet.from_rows(rows))
    assert reasons(found) == {"A": ["no_ballot"], "B": ["no_ballot"]}
    assert [(one["entry"], one["juror"], one["cause"]) for one in found["exclusions"]] == [(e, f"J{j}", "blank") for e in "AB" for j in range(3)]


@each
def test_one_juror_gives_that_juror_s_order_and_a_warning(method, order):
    table = {entry: scores[:1] for entry, scores in PANEL.items()}
    if method == "additive":
        assert refused(table, method, order) == NOBODY.replace("0 jurors have", "1 juror has")
        return
    found = compute(table, method, order)
    if method == "trimmed_mean":
        assert (ranks(found), reasons(found)["A"]) == ({"A": None, "B": None, "C": None}, ["few_values"])
    else:
        assert ranks(found) == {"A": 1, "B": 2, "C": 3}
    assert codes(found)[-1] == "one_ballot_each"
    assert [one["stable_without_any_juror"] for one in found["entries"]] == [None if method == "trimmed_mean" else False] * 3


@each
def test_two_jurors_suffice_for_all_but_trimming_and_correcting_for_severity(method, order):
    table = {entry: scores[:2] for entry, scores in PANEL.items()}
    if method == "additive":
        assert refused(table, method, order) == NOBODY.replace("0 jurors", "2 jurors")
        return
    assert ranks(compute(table, method, order)) == (dict.fromkeys("ABC") if method == "trimmed_mean" else {"A": 1, "B": 2, "C": 3})


@each
def test_one_entry_is_first_alone(method, order):
    table = {"A": PANEL["A"]}
    if method == "additive":
        assert refused(table, method, order) == (
            "Correcting for severity needs more ballots than entries and jurors together. Use the mean, or ask for more ballots.")
        return
    only = compute(table, method, order)["entries"][0]
    assert (only["rank"], only["rank_interval"], only["p_top"], only["tied"]) == (1, [1, 1], {"1": 1.0, "3": 1.0}, False)
    assert only["score"] == (50 if method in RELATIVE else {"median": 90, "trimmed_mean": pytest.approx(260 / 3)}.get(method, 86))


@each
def test_two_entries_are_first_and_second(method, order):
    found = compute({entry: PANEL[entry] for entry in "AB"}, method, order)
    assert ranks(found) == {"A": 1, "B": 2}
    assert [one["rank_interval"] for one in found["entries"]] == [[1, 1], [2, 2]]


@each
def test_when_all_are_equal_all_share_the_first_place(method, order):
    found = compute({entry: [5] * 5 for entry in "ABC"}, method, order)
    assert [(one["rank"], one["tied"], one["score"], one["rank_interval"], one["band"]) for one in found["entries"]] == [(1, True, 50, [1, 1], 1)] * 3
    assert [one["p_top"] for one in found["entries"]] == [{"1": 0.333333333, "3": 1.0}] * 3
    assert set(found["agreement"].values()) == {None}
    assert set(found["agreement_note_codes"].values()) == {"all_equal"}
    assert found["weights"] == {"C": {"share": 1.0, "effective_share": None, "winner_stable_from": None, "winner_stable_to": None}}


@each
def test_a_juror_with_constant_scores_changes_no_order(method, order):
    found = compute({entry: [*scores, 6] for entry, scores in PANEL.items()}, method, order)
    assert ranks(found) == {"A": 1, "B": 2, "C": 3}
    wide = {f"E{e}": [*((3 * e + j * j) % 11 for j in range(4)), 6] for e in range(6)}
    constant = compute(wide, method, order)["jurors"][-1]
    assert (constant["spread_ratio"], constant["correlation"], constant["notes"]) == (
        0, None, {"correlation": "constant", "halo": "constant"})


@each
def test_shares_that_are_all_0_are_bad_input(method, order):
    with pytest.raises(FaultyInput, match="the shares add up to 0; at least one criterion must count"):
        rules_file.from_dict({"criterion": [CRITERION | {"share": 0}], "method": method, "order": order})


@each
def test_a_share_of_0_counts_for_nothing_but_the_ballot_is_whole_only_with_it(method, order):
    rulebook = rules_file.from_dict({"criterion": [CRITERION, CRITERION | {"name": "D", "share": 0}], "method": method, "order": order})
    rows = [(f"J{j}", entry, name, score if name == "C" else j) for entry, scores in PANEL.items() for j, score in enumerate(scores) for name in "CD"]
    found, plain = result.compute(rulebook, score_sheet.from_rows(rows)), compute(PANEL, method, order)
    assert [(one["entry"], one["score"], one["rank"]) for one in found["entries"]] == [(o["entry"], o["score"], o["rank"]) for o in plain["entries"]]
    gone = result.compute(rulebook, score_sheet.from_rows([row for row in rows if row[2] == "C" or row[0] != "J0"]))
    assert [one["ballots"] for one in gone["entries"]] == [4, 4, 4]


@each
def test_shares_that_sum_to_99_99_are_parts_of_their_sum(method, order):
    def with_shares(share):
        criteria = [CRITERION | {"name": name, "share": share} for name in "CDE"]
        rows = [(f"J{j}", e, name, (s + 3 * "CDE".index(name)) % 11) for e, scores in PANEL.items() for j, s in enumerate(scores) for name in "CDE"]
        found = result.compute(rules_file.from_dict({"criterion": criteria, "method": method, "order": order}), score_sheet.from_rows(rows))
        return {key: value for key, value in found.items() if key != "rulebook"}
    assert with_shares(33.33) == with_shares(1)
    assert [one["share"] for one in with_shares(33.33)["weights"].values()] == [1 / 3] * 3


GAP = [None] * 4
APART = {"A": [9, 7, 9, 8, *GAP], "B": [5, 6, 7, 4, *GAP], "C": [3, 4, 1, 5, *GAP], "X": [*GAP, 8, 9, 7, 7], "Y": [*GAP, 5, 3, 4, 6]}


@each
def test_an_unconnected_jury_is_refused_by_the_additive_method_and_a_warning_under_the_others(method, order):
    if method == "additive":
        assert refused(APART, method, order).startswith(
            "Correcting for severity needs a connected jury: here 2 groups of jurors share no entry")
        return
    found = compute(APART, method, order, trim=0)
    assert sorted(ranks(found).values())[0] == 1 and len(ranks(found)) == 5
    assert ("unconnected" in codes(found), found["components"]) == (True, [["A", "B", "C"], ["X", "Y"]])
    assert {one["group"] for one in found["entries"]} == {None}


@each
def test_groups_ranked_by_themselves_never_merge(method, order):
    found = compute(APART, method, order, unconnected="within", trim=0)
    assert [(one["entry"], one["group"], one["rank"]) for one in found["entries"]] == [
        ("A", 1, 1), ("B", 1, 2), ("C", 1, 3), ("X", 2, 1), ("Y", 2, 2)]
    assert all(hi <= (3 if one["group"] == 1 else 2) for one in found["entries"] for hi in one["rank_interval"])
    for key, ranked in found["comparison"].items():
        assert ranked is None or {ranked["A"], ranked["X"]} <= {1, None}, key
    lower = APART | {"X": [*GAP, 2, 3, 1, 1], "Y": [*GAP, 1, 0, 0, 1]}
    other = compute(lower, method, order, unconnected="within", trim=0)
    assert [other["entries"][i] for i in range(3)] == [found["entries"][i] for i in range(3)]
    assert other["lines"] == found["lines"]


def test_groups_too_small_to_be_corrected_by_themselves_are_refused_with_that_reason():
    small = {"A": [9, 7, 9, None], "B": [5, 6, 7, None], "C": [3, 4, 1, None], "X": [None, None, None, 8]}
    assert refused(small, "additive", "ballot", unconnected="within").startswith(
        "Correcting for severity within each of the 2 groups needs at least three jurors in each")


@each
def test_an_entry_without_ballots_is_listed_last_without_a_place_and_changes_nothing(method, order):
    found, plain = compute(PANEL, method, order, entries=["0"]), compute(PANEL, method, order)
    *rest, last = found["entries"]
    assert rest == plain["entries"]
    assert (last["entry"], last["status"], last["rank"], last["score"], last["raw_mean"], last["reason"]) == (
        "0", "not_rankable", None, None, None, "No ballot counts for “0”, so it has no place.")
    assert [last[key] for key in ("rank_interval", "p_top", "stable_without_any_juror", "moved_by", "band", "to_cut")] == [None] * 6
    assert [found[key] for key in ("agreement", "jurors", "model", "weights")] == [plain[key] for key in ("agreement", "jurors", "model", "weights")]


@pytest.mark.parametrize("seed", [-1, 2**53, 1.5, "7", None, True])
def test_a_start_of_random_numbers_that_is_no_whole_number_is_bad_input(seed):
    sheet = score_sheet.from_rows([("J", "A", "C", 1)])
    with pytest.raises(Invalid, match="must be a whole number from 0 to 9007199254740991"):
        result.compute(rules_file.from_dict({"criterion": [CRITERION]}), sheet, seed=seed)


@pytest.mark.parametrize("rules", [{}, {"cut": 1, "margin": 2, "budget": 5, "carried": 30, "top": [], "threshold": 5,
                                        "special": [{"name": "S", "criterion": [{"name": "C", "share": 1}]}]}])
@pytest.mark.parametrize("table", [{}, {"A": [5]}, {"A": [5], "B": [5]}, {"A": [0, 0, 0], "B": [10, 10, 10]}, {"A": [None, 3], "B": [4, None]},
                                   {"A": [5, 5, 5, 5], "B": [5, 5, 5, None], "C": [5, None, 5, 5]}])
@each
def test_whatever_comes_a_result_can_be_written_or_the_reason_is_said(method, order, table, rules):
    facts = [{"entry": "A", "category": "Cities", "cost": 3, "carried": "1/2"}, {"entry": "Z", "category": "Nobody", "cost": 1}]
    rulebook = rules_file.from_dict({"criterion": [CRITERION], "method": method, "order": order} | rules)
    rows = [(f"J{j}", entry, "C", score) for entry, scores in table.items() for j, score in enumerate(scores) if score is not None]
    try:
        found = result.compute(rulebook, score_sheet.from_rows(rows), facts=facts)
    except Refused as refusal:
        found, said = None, str(refusal)
    if found is None:
        assert (method, said[:25]) == ("additive", "Correcting for severity n")
    else:
        assert verification.verify(json.loads(canonical.canonical_json(found))) is None


@pytest.mark.parametrize("case", ["No jurors", "One juror", "One entry", "Two entries", "All scores equal", "All scores missing", "constant scores",
                                  "all shares 0", "99.99", "unconnected", "without ballots"])
def test_the_answer_stands_on_the_page_of_methods(case):
    assert case in PAGE.partition("## Odd input")[2]
