"""What stands beside each rank: complete for a whole panel and for one with gaps, in both units, by category and by group."""
import pytest

from award.domain import result, rules_file, score_sheet
from award.domain.aggregation import METHODS

CRITERIA = [{"name": "Impact", "share": 60, "scale": [0, 10]}, {"name": "Craft", "share": 40, "scale": [0, 10]}]
ENTRIES = [f"E{e}" for e in range(8)]
WHOLE = {entry: range(6) for entry in ENTRIES}
SPARSE = {entry: [j for j in range(8) if (j + 3 * e) % 4 != 1] for e, entry in enumerate(ENTRIES)}
FACTS = [{"entry": entry, "category": ["Cities", "Landscapes"][e % 2], "cost": 10 + e, "carried": f"{e + 1}/10"} for e, entry in enumerate(ENTRIES)]
RULES = {"criterion": CRITERIA, "cut": 4, "margin": 3, "budget": 40, "carried": 25,
         "special": [{"name": "S", "criterion": [{"name": "Craft", "share": 1}]}]}


def compute(panel, rules=None, *, facts=FACTS, **options):
    """The result of {entry: jurors} with scores that look like a jury's."""
    rows = [(f"J{j}", entry, name, e + round(0.4 * ((j * j + e * j + c * e) % 5), 1))
            for e, (entry, jurors) in enumerate(panel.items()) for j in jurors for c, name in enumerate(("Impact", "Craft"))]
    return result.compute(rules_file.from_dict(RULES if rules is None else {"criterion": CRITERIA} | rules), score_sheet.from_rows(rows),
                          facts=facts, **options)


def empty(value, path=""):
    """The places in a result where there is nothing."""
    if value is None:
        return [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, part in items for place in empty(part, f"{path}.{key}" if isinstance(key, str) else path)]


MAY_BE_EMPTY = {".entries.reason", ".entries.tie_broken_by", ".entries.group", ".entries.score_exact", ".special_awards.entries.reason",
                ".special_awards.entries.tie_broken_by", ".special_awards.entries.group", ".special_awards.entries.score_exact",
                ".special_awards.entries.to_cut", ".special_awards.entries.carried", ".special_awards.entries.own_score",
                ".special_awards.note", ".special_awards.note_code", ".rulebook.criterion.step", ".rulebook.criterion.threshold",
                ".rulebook.criterion.decimals", ".model"}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("units", ["score", "scale"])
def test_for_a_whole_panel_nothing_is_empty_that_the_methods_define(method, units):
    found = compute(WHOLE, RULES | {"method": method}, units=units)
    assert set(empty(found)) - MAY_BE_EMPTY == set()
    assert (found["model"] is None, found["agreement_notes"], found["comparison_notes"]) == (method != "additive", {}, {})


@pytest.mark.parametrize("method", METHODS)
def test_for_a_panel_with_gaps_only_what_needs_a_whole_panel_is_empty_and_a_note_says_so(method):
    found = compute(SPARSE, RULES | {"method": method})
    gaps = set(found["agreement"]) - {"alpha_interval"}
    rankings = ("", ".category_figures.Cities", ".category_figures.Landscapes")
    assert set(empty(found)) - MAY_BE_EMPTY == {f"{ranking}.agreement.{name}" for ranking in rankings for name in gaps}
    assert set(found["agreement_notes"]) == gaps
    assert set(found["agreement_note_codes"].values()) == {"incomplete"}
    assert (found["components"], found["articulation_jurors"]) == ([ENTRIES], [])


@pytest.mark.parametrize("method", METHODS)
def test_the_figures_beside_a_rank_fit_together(method):
    found = compute(SPARSE, {"method": method, "top": [1, 3], "cut": 4})
    ranked = found["entries"]
    assert sorted(one["rank"] for one in ranked) == [one["rank"] for one in ranked]
    for one in ranked:
        low, high = one["rank_interval"]
        assert 1 <= low <= high <= 8
        assert 0 <= one["p_top"]["1"] <= one["p_top"]["3"] <= one["p_top"]["4"] <= 1
        assert one["stable_without_any_juror"] is (one["moved_by"] == [])
        assert (one["to_cut"] >= 0) is (one["rank"] <= 4)
    assert sum(one["p_top"]["1"] for one in ranked) == pytest.approx(1, abs=1e-6)
    assert sum(one["first_under_shares"] for one in ranked) == pytest.approx(1, abs=1e-6)
    bands = [one["band"] for one in ranked]
    assert (bands[0], sorted(bands)) == (1, bands)
    assert found["comparison"][method] == {one["entry"]: one["rank"] for one in ranked}


def test_without_a_cut_nothing_is_near_it_and_without_an_earlier_stage_nothing_is_carried():
    found = compute(WHOLE, {}, facts=[])
    assert {(one["to_cut"], one["carried"], one["own_score"]) for one in found["entries"]} == {(None, None, None)}
    assert (found["categories"], found["special_awards"], found["facts"]) == (None, [], [])


def test_an_earlier_stage_counts_at_its_share_and_stands_beside_the_entry_s_own_score():
    found, own = compute(WHOLE, {"carried": 25}), compute(WHOLE, {}, facts=[])
    alone = {one["entry"]: one["score"] for one in own["entries"]}
    for one in found["entries"]:
        assert one["carried"] == pytest.approx(10 * (ENTRIES.index(one["entry"]) + 1))
        assert one["own_score"] == alone[one["entry"]]
        assert one["score"] == pytest.approx(0.75 * one["own_score"] + 0.25 * one["carried"])


def test_an_entry_whose_earlier_score_is_missing_has_no_place():
    found = compute(WHOLE, {"carried": 25}, facts=FACTS[1:])
    last = found["entries"][-1]
    assert (last["entry"], last["status"], last["score"], last["own_score"], last["carried"]) == ("E0", "not_rankable", None, None, None)
    assert last["reason"] == "“E0” has no place: the score of the earlier stage, which counts here, is missing."


def test_a_category_is_ranked_by_the_same_scores_among_its_own():
    found = compute(WHOLE)
    order = [one["entry"] for one in found["entries"]]
    assert list(found["categories"]) == ["Cities", "Landscapes"]
    for name, remainder in (("Cities", 0), ("Landscapes", 1)):
        own = found["categories"][name]
        assert [one["entry"] for one in own] == [entry for entry in order if ENTRIES.index(entry) % 2 == remainder]
        assert [one["rank"] for one in own] == [1, 2, 3, 4]
        assert sum(one["p_top"]["1"] for one in own) == pytest.approx(1, abs=1e-6)
        assert all(1 <= low <= high <= 4 for one in own for low, high in [one["rank_interval"]])


def test_equals_in_a_category_share_a_place_and_an_entry_without_a_category_is_in_none():
    facts = [{"entry": "A", "category": "X"}, {"entry": "B", "category": "X"}]
    rows = [(f"J{j}", entry, "Impact", 5) for j in range(3) for entry in "ABC"]
    found = result.compute(rules_file.from_dict({"criterion": CRITERIA[:1]}), score_sheet.from_rows(rows), facts=facts)
    assert [(one["entry"], one["rank"], one["tied"]) for one in found["categories"]["X"]] == [("A", 1, True), ("B", 1, True)]


def test_a_category_of_which_nobody_is_ranked_is_empty():
    rows = [("J", "A", "Impact", 5), ("J", "B", "Impact", None)]
    found = result.compute(rules_file.from_dict({"criterion": CRITERIA[:1]}), score_sheet.from_rows(rows),
                           facts=[{"entry": "A", "category": "X"}, {"entry": "B", "category": "Y"}])
    assert found["categories"]["Y"] == []
    assert found["categories"]["X"][0]["rank"] == 1


def test_in_scale_units_every_figure_stands_on_the_scale():
    score, scale = compute(WHOLE, RULES | {"method": "additive"}), compute(WHOLE, RULES | {"method": "additive"}, units="scale")
    for one, other in zip(score["entries"], scale["entries"], strict=True):
        for key in ("score", "raw_mean", "spread", "to_cut", "own_score", "carried"):
            assert other[key] == pytest.approx(one[key] / 10, abs=1e-8), key
        assert other["score_interval"] == pytest.approx([end / 10 for end in one["score_interval"]], abs=1e-8)
        assert [one[key] for key in ("rank", "rank_interval", "p_top", "band")] == [other[key] for key in ("rank", "rank_interval", "p_top", "band")]
    assert scale["model"]["mu"] == pytest.approx(score["model"]["mu"] / 10, abs=1e-8)
    assert scale["model"]["variance"]["residual"] == pytest.approx(score["model"]["variance"]["residual"] / 100, abs=1e-8)
    assert scale["jurors"][0]["severity"] == pytest.approx(score["jurors"][0]["severity"] / 10, abs=1e-8)
    assert scale["jurors"][0]["halo"] == score["jurors"][0]["halo"]


def test_the_model_s_effects_add_up_to_the_scores():
    found = compute(SPARSE, {"method": "additive", "lambda": 0})
    model = found["model"]
    assert {one["entry"]: one["score"] for one in found["entries"]} == pytest.approx(
        {entry: model["mu"] + effect for entry, effect in model["entry_effects"].items()}, abs=1e-6)
    assert (sum(model["juror_effects"].values()), model["lambda"], model["lambda_source"]) == (pytest.approx(0, abs=1e-6), 0, "given")
    assert model["others"] == []


def test_where_groups_are_ranked_by_themselves_each_has_its_model():
    apart = {entry: range(3) if e < 4 else range(3, 7) for e, entry in enumerate(ENTRIES[:7])}
    found = compute(apart, {"method": "additive", "unconnected": "within"})
    (other,) = found["model"]["others"]
    assert (sorted(found["model"]["entry_effects"]), sorted(other["entry_effects"])) == (ENTRIES[:4], ENTRIES[4:7])
    assert set(other) | {"others"} == set(found["model"])
    assert {one["entry"]: one["group"] for one in found["entries"]} == {entry: 1 + (e > 3) for e, entry in enumerate(ENTRIES[:7])}


def test_without_diagnostics_a_juror_has_nothing_but_ballots():
    assert compute(WHOLE, diagnostics=False)["jurors"] == [{"juror": f"J{j}", "ballots": 8} for j in range(6)]
    shown, hidden = compute(WHOLE), compute(WHOLE, diagnostics=False)
    assert {key for key in shown if shown[key] != hidden[key]} == {"jurors"}
