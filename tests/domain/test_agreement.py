"""How alike the jurors judged: published figures, and words instead of figures where there are none."""
import numpy as np
import pytest

from award.domain import result
from award.domain.agreement import FIELDS, ICC, agreement, alpha_interval, concordance, intraclass
from tests.domain.aibs_panel import AIBS
from tests.domain.published import BIRDS, FLIP, NAN, REDS, TASTING, UNITS


def digits(figures, places=6):
    return {name: None if value is None else round(value, places) for name, value in figures.items()}


def test_the_intraclass_correlations_are_those_of_shrout_and_fleiss():
    assert digits(intraclass(TASTING.y)) == {"icc_1_1": 0.165742, "icc_2_1": 0.289764, "icc_3_1": 0.714841, "icc_1_k": 0.442797,
                                             "icc_2_k": 0.620051, "icc_3_k": 0.909316}


def test_the_interval_alpha_is_that_of_krippendorff():
    assert round(alpha_interval(UNITS.y), 6) == 0.849107


def test_kendalls_w_with_ties_is_that_of_zar():
    assert round(concordance(BIRDS.y)["kendall_w"], 6) == 0.924135


def test_nine_wine_experts_agree_little():
    found = digits(concordance(REDS.y))
    assert found["kendall_w"] == 0.154295
    assert round(found["kendall_w_p"], 3) == 0.187


def test_without_ties_w_is_the_plain_one():
    """Zar without correction: .913364, the same sum of squares over the denominator without ties."""
    apart = BIRDS.y + np.arange(12)[:, None] * 1e-9
    ranks = np.argsort(np.argsort(apart, axis=0), axis=0) + 1.0
    s = ((ranks.sum(axis=1) - 19.5) ** 2).sum()
    assert concordance(apart)["kendall_w"] == pytest.approx(12 * s / (9 * (12**3 - 12)))
    ties = sum(int((n**3 - n).sum()) for n in (np.unique(column, return_counts=True)[1] for column in BIRDS.y.T))
    assert round(concordance(BIRDS.y)["kendall_w"] * (9 * (12**3 - 12) - 3 * ties) / (9 * (12**3 - 12)), 6) == 0.913364


@pytest.mark.parametrize("panel", [UNITS, AIBS, REDS, FLIP])
def test_alpha_is_one_less_observed_over_expected_disagreement_pair_by_pair(panel):
    units = [line[~np.isnan(line)] for line in panel.y]
    units = [unit for unit in units if len(unit) > 1]
    every = np.concatenate(units)
    observed = sum(((unit[:, None] - unit) ** 2).sum() / (len(unit) - 1) for unit in units) / len(every)
    expected = ((every[:, None] - every) ** 2).sum() / (len(every) * (len(every) - 1))
    assert alpha_interval(panel.y) == pytest.approx(1 - observed / expected)


def test_agreement_does_not_hang_on_the_unit_of_the_scores():
    figures, turned = agreement(TASTING.y)[0], agreement(40 - 3 * TASTING.y)[0]
    assert turned == pytest.approx(figures)


def test_disagreement_is_a_negative_figure_and_is_not_clipped():
    figures, notes = agreement(np.array([[1.0, 9], [9, 1], [5, 5]]))
    assert digits(figures) == {"alpha_interval": -0.666667, "icc_1_1": -1, "icc_2_1": -3, "icc_3_1": -1, "icc_1_k": None, "icc_2_k": None,
                               "icc_3_k": None, "kendall_w": 0, "kendall_w_p": 1}
    assert notes == dict.fromkeys(["icc_1_k", "icc_2_k", "icc_3_k"], "no_difference")


@pytest.mark.parametrize(("y", "alpha", "rest"), [
    (np.full((3, 3), 4.0), "all_equal", "all_equal"),
    (np.full((3, 3), NAN), "no_pair", "small"),
    (np.zeros((0, 0)), "no_pair", "small"),
    (np.array([[1.0, NAN], [NAN, 2]]), "no_pair", "incomplete"),
    (np.array([[1.0], [2]]), "no_pair", "small"),
    (np.array([[1.0, 2]]), None, "small"),
    (np.array([[5.0, 5, NAN], [NAN, 5, 5]]), "all_equal", "incomplete"),
])
def test_what_is_undefined_is_none_with_the_reason(y, alpha, rest):
    figures, notes = agreement(y)
    assert set(figures) == set(FIELDS)
    assert notes.get("alpha_interval") == alpha
    assert {notes[name] for name in FIELDS[1:]} == {rest}
    assert [name for name, value in figures.items() if value is None] == list(notes)


def test_jurors_who_each_give_all_entries_the_same_have_no_order_to_agree_on():
    figures, notes = agreement(np.array([[1.0, 3, 4], [1, 3, 4], [1, 3, 4]]))
    assert {name: notes.get(name) for name in ("kendall_w", "kendall_w_p", "icc_3_1")} == dict.fromkeys(
        ["kendall_w", "kendall_w_p", "icc_3_1"], "no_difference")
    assert figures["kendall_w"] is None


def test_entries_and_jurors_without_a_ballot_do_not_make_a_panel_incomplete():
    wide = np.full((8, 6), NAN)
    wide[1:7, 1:5] = TASTING.y
    assert agreement(wide) == agreement(TASTING.y)


def test_a_result_holds_the_published_figures():
    found = result.compute(TASTING.rulebook(), TASTING.sheet)
    assert digits({name: found["agreement"][name] for name in ICC}) == digits(intraclass(TASTING.y))
    assert found["agreement_notes"] == {}
    found = result.compute(UNITS.rulebook(), UNITS.sheet)
    assert round(found["agreement"]["alpha_interval"], 6) == 0.849107
    assert set(found["agreement_note_codes"].values()) == {"incomplete"}
    assert set(found["agreement_notes"]) == set(FIELDS[1:])
    found = result.compute(REDS.rulebook(), REDS.sheet)["agreement"]
    assert (round(found["kendall_w"], 6), round(found["kendall_w_p"], 3)) == (0.154295, 0.187)
