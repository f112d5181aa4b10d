"""The additive model: published figures, what λ does, what it refuses, and the draws that stand for its doubt."""
import json

import numpy as np
import pytest

from award import cli
from award.domain import ballots, panels, reasons, redraws, result, rules_file, score_sheet, severity
from award.domain.aggregation import METHODS, Values
from award.errors import Refused
from tests.domain.aibs_panel import AIBS
from tests.domain.published import FLIP, NAN, TASTING


def near(value, digits=6):
    return pytest.approx(value, abs=0.5 * 10**-digits)


def panel(*lines):
    """Values in tenths from a list of each entry's scores; None where there is none."""
    counted = np.array([[x is not None for x in line] for line in lines])
    return Values(np.array([[x or 0 for x in line] for line in lines]), counted, 10)


def rules(**given):
    return rules_file.from_dict({"method": "additive", "criterion": [{"name": "C", "share": 1, "scale": [0, 1]}]} | given)


CONNECTED = [[5, 6, None], [None, 8, 7], [4, None, 6]]
APART = [[5, 6, None, None], [7, 4, None, None], [None, None, 8, 2], [None, None, 6, 6]]
SIX = [[5, 6, 7, None, None, None], [7, 4, 2, None, None, None], [None, None, None, 8, 2, 3], [None, None, None, 6, 6, 7],
       [None, None, None, 6, 5, 1]]


def test_least_squares_on_the_grant_panel_gives_the_reference_figures():
    found = severity.fit(AIBS.y, 0)
    assert found.mu == near(14.493952)
    assert np.sqrt(found.residual) == near(2.282597)
    assert (found.df, found.source, found.lam) == (240, "given", 0)
    assert round(float(found.jurors[AIBS.jurors.index("J12")]), 2) == -5.08


def test_reml_on_the_grant_panel_gives_the_reference_variances():
    found = severity.fit(AIBS.y)
    assert found.variances["entry"] == near(63.163, 3)
    assert found.variances["juror"] == near(0.4535, 4)
    assert found.variances["residual"] == near(5.282, 3)
    assert found.source == "reml"
    assert found.lam == pytest.approx(found.variances["residual"] / found.variances["juror"])
    assert found.residual == found.variances["residual"]


def test_a_juror_with_one_ballot_is_drawn_towards_the_others():
    """−.39744: the reference figure is cut to −.39."""
    shrunk = float(severity.fit(AIBS.y).jurors[AIBS.jurors.index("J12")])
    assert int(shrunk * 100) / 100 == -0.39
    assert shrunk == near(-0.397439)


def test_the_severity_of_jurors_turns_an_order_round():
    found = severity.fit(FLIP.y, 0)
    assert found.mu == near(7.2)
    assert found.entries == near(np.array([-0.2, 0, 0.2]))
    assert found.jurors == near(np.array([-1.0, 0, 1]))
    assert found.residual == pytest.approx(0, abs=1e-20)
    assert np.nanmean(FLIP.y, axis=1) == near(np.array([7.5, 7.2, 6.9]))


@pytest.mark.parametrize("factor", [0, "reml"])
def test_the_command_gives_the_reference_figures_of_the_grant_panel(factor, tmp_path):
    lines = ["juror,entry,criterion,score", *(",".join(map(str, row)) for row in AIBS.rows)]
    (tmp_path / "SCORES.csv").write_text("\n".join(lines), "utf-8")
    (tmp_path / "RULES.toml").write_text(f"method = \"additive\"\nlambda = {json.dumps(factor)}\n[[criterion]]\nname = \"Overall\"\n"
                                         "share = 1\nscale = [0, 50]\nbetter = \"lower\"\n", "utf-8")
    out = tmp_path / "OUT.json"
    assert cli.main(["rank", str(tmp_path / "SCORES.csv"), "--rules", str(tmp_path / "RULES.toml"), "--units", "scale",
                     "--json", str(out)]) == 0
    found = json.loads(out.read_text("utf-8"))
    model = found["model"]
    assert (len(found["entries"]), len(found["jurors"])) == (28, 12)
    assert model["residual_df"] == 240
    assert [round(model["variance"][name], digits) for name, digits in (("entry", 3), ("juror", 4), ("residual", 3))] == [
        63.163, 0.4535, 5.282]
    if factor == 0:
        assert (round(model["mu"], 6), round(model["residual_sd"], 6), model["lambda_source"]) == (14.493952, 2.282597, "given")
        assert round(model["juror_effects"]["J12"], 2) == -5.08
    else:
        assert (round(model["lambda"], 4), model["lambda_source"]) == (11.6467, "reml")
        assert round(model["juror_effects"]["J12"], 4) == -0.3974
    assert found["entries"][0]["entry"] == "P17"


def test_the_result_of_the_flipped_panel_ranks_by_the_corrected_scores():
    rulebook = FLIP.rulebook(method="additive", **{"lambda": 0})
    found = result.compute(rulebook, FLIP.sheet, units="scale")
    assert [(one["entry"], one["rank"], one["score"], one["raw_mean"]) for one in found["entries"]] == [
        ("E3", 1, 7.4, 6.9), ("E2", 2, 7.2, 7.2), ("E1", 3, 7.0, 7.5)]
    assert found["model"]["juror_effects"] == {"A": -1.0, "B": 0.0, "C": 1.0}
    assert found["model"]["entry_effects"] == {"E1": -0.2, "E2": 0.0, "E3": 0.2}
    assert (found["model"]["mu"], found["model"]["residual_df"], found["model"]["residual_sd"]) == (7.2, 1, 0)


def dense(y, lam):
    """μ + q and s by the normal equations of entries and jurors together, jurors' effects by ridge: the plain way."""
    entries, jurors = y.shape
    at = np.argwhere(~np.isnan(y))
    x = np.zeros((len(at), entries + jurors))
    x[np.arange(len(at)), at[:, 0]] = 1
    x[np.arange(len(at)), entries + at[:, 1]] = 1
    ridge = np.diag([0.0] * entries + [float(lam)] * jurors)
    system = x.T @ x + ridge
    found = np.linalg.lstsq(system, x.T @ y[~np.isnan(y)], rcond=None)[0]
    shift = found[entries:].mean() if lam == 0 else 0
    return found[:entries] + shift, found[entries:] - shift


@pytest.mark.parametrize("lam", [0, 0.5, 4, 100])
@pytest.mark.parametrize("y", [AIBS.y, FLIP.y, TASTING.y])
def test_a_fit_is_that_of_entries_and_jurors_together(y, lam):
    found, (scores, jurors) = severity.fit(y, lam), dense(y, lam)
    assert found.scores == pytest.approx(scores, abs=1e-9)
    assert found.jurors == pytest.approx(jurors, abs=1e-9)
    assert found.entries.sum() == pytest.approx(0, abs=1e-9)
    assert found.jurors.sum() == pytest.approx(0, abs=1e-9)


def test_a_very_large_factor_gives_the_means():
    assert severity.fit(AIBS.y, 10**9).scores == pytest.approx(np.nanmean(AIBS.y, axis=1), abs=1e-6)


def test_the_variances_are_where_the_likelihood_is_highest():
    sums, found = severity.Sums(AIBS.y), severity.fit(AIBS.y).variances
    at = np.log([found["residual"] / found["entry"], found["residual"] / found["juror"]])
    best = sums.criterion(at)[0]
    assert sums.criterion(at)[1] == pytest.approx(np.zeros(2), abs=1e-7)
    for step in ([0.1, 0], [-0.1, 0], [0, 0.1], [0, -0.1], [0.1, -0.1]):
        assert sums.criterion(at + step)[0] > best + 1e-4


def test_the_gradient_of_the_likelihood_is_its_slope():
    sums, at = severity.Sums(AIBS.y), np.array([0.3, 1.7])
    slopes = [(sums.criterion(at + h)[0] - sums.criterion(at - h)[0]) / 2e-6 for h in 1e-6 * np.eye(2)]
    assert sums.criterion(at)[1] == pytest.approx(slopes, rel=1e-5)


def test_the_errors_are_those_of_least_squares():
    """A balanced panel has them in closed form: var(sⱼ) = σ² (J − 1) / (E J), var(difference of entries) = 2 σ² / J."""
    found = severity.fit(TASTING.y, 0)
    assert found.errors == pytest.approx(np.full(4, np.sqrt(found.residual * 3 / 24)))
    assert found.largest_sed == pytest.approx(np.sqrt(2 * found.residual / 4))


def test_with_too_little_to_estimate_variances_the_factor_is_four():
    four = severity.fit(TASTING.y)
    assert (four.lam, four.source, four.variances) == (4, "little", {"entry": None, "juror": None, "residual": None})
    few = severity.fit(np.array([[1.0, 2, 3, 4, 6], [2, 3, 5, 1, 2]]))
    assert (few.lam, few.source, few.df) == (4, "little", 4)
    equal = severity.fit(np.full((6, 6), 5.0))
    assert (equal.lam, equal.source, equal.residual, equal.scores.tolist()) == (4, "little", 0, [5.0] * 6)


def test_a_given_factor_still_estimates_the_variances_where_there_is_enough():
    assert severity.fit(AIBS.y, 2).variances == severity.fit(AIBS.y).variances
    assert severity.fit(TASTING.y, 2).variances == {"entry": None, "juror": None, "residual": None}


def test_jurors_who_do_not_differ_are_drawn_together_entirely():
    chance = np.random.default_rng(1)
    y = np.arange(8)[:, None] + chance.normal(size=(8, 6))
    y -= y.mean(axis=0) - y.mean()
    found = severity.fit(y)
    assert found.lam == pytest.approx(10**6)
    assert found.scores == pytest.approx(y.mean(axis=1))


def test_entries_that_jurors_put_in_one_line_have_no_residual():
    y = np.arange(6.0)[:, None] + np.arange(6)
    found = severity.fit(y)
    assert found.scores == pytest.approx(y.mean(axis=1))
    assert found.residual == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(("y", "expected"), [
    ([[1.0, 2], [3, 4]], {"code": "few_jurors", "jurors": 2}),
    ([[1.0]], {"code": "few_jurors", "jurors": 1}),
    ([[1.0, 2, NAN, NAN], [NAN, NAN, 3, 4]], {"code": "unconnected", "groups": 2}),
    ([[1.0, 2, NAN], [NAN, 2, 3]], {"code": "no_freedom"}),
    ([[1.0, 2, 3]], {"code": "no_freedom"}),
])
def test_what_the_model_cannot_tell_is_refused_with_its_reason(y, expected):
    assert severity.obstacle(~np.isnan(np.array(y))) == expected
    with pytest.raises(Refused) as refused:
        severity.fit(np.array(y))
    assert str(refused.value) == str(reasons.refusal(expected))


def test_a_jury_that_falls_apart_is_refused_or_ranked_within_its_groups():
    with pytest.raises(Refused):
        METHODS["additive"].function(panel(*SIX), rules())
    found = severity.fits(panel(*SIX), rules(unconnected="within"))
    assert [(entries.tolist(), jurors.tolist()) for entries, jurors, _fit in found] == [([2, 3, 4], [3, 4, 5]), ([0, 1], [0, 1, 2])]
    scores = METHODS["additive"].function(panel(*SIX), rules(unconnected="within"))
    assert scores[[0, 1]] == pytest.approx(np.array([6, 13 / 3]) / 10)
    assert scores[[2, 3, 4]] == pytest.approx(np.array([13 / 3, 19 / 3, 4]) / 10)


def test_groups_with_too_few_jurors_are_refused_within_too():
    with pytest.raises(Refused, match=str(reasons.refusal({"code": "small_group", "groups": 2}))):
        severity.fits(panel(*APART), rules(unconnected="within"))


def test_entries_and_jurors_without_a_ballot_are_left_out():
    one = panel(*([*line, None] for line in CONNECTED), [None] * 4)
    ((entries, jurors, found),) = severity.fits(one, rules(**{"lambda": 0}))
    assert (entries.tolist(), jurors.tolist(), found.there.shape) == ([0, 1, 2], [0, 1, 2], (3, 3))


def test_without_one_juror_a_complete_panel_gives_the_mean_of_the_others():
    values = panel([5, 6, 7], [9, 2, 4])
    assert severity.redraw(values, rules())(redraws.without_each(3)) == pytest.approx(np.array([[6.5, 3], [6, 6.5], [5.5, 5.5]]) / 10)


def test_without_one_juror_the_others_are_fitted_anew():
    values = panel([5, 6, None, 7], [None, 8, 7, 7], [4, None, 6, 5])
    whole = severity.fit(values.floats, 2)
    found = severity.redraw(values, rules(**{"lambda": 2}))(np.array([[1, 1, 1, 1], [1, 1, 1, 0], [0, 0, 2, 1], [0, 1, 0, 0], [0, 0, 0, 0]]))
    assert found[0] == pytest.approx(whole.scores)
    assert found[1] == pytest.approx(severity.fit(values.floats[:, :3], 2).scores)
    assert found[2] == pytest.approx(dense(np.array([[NAN, 0.7], [0.7, 0.7], [0.6, 0.5]]), 2)[0])
    assert np.isnan(found[3]).tolist() == [False, False, True]
    assert np.isnan(found[4]).all()


def test_least_squares_says_nothing_once_a_juror_who_holds_it_together_has_left():
    values = panel([5, 6, None, None, 8], [4, 7, None, None, 8], [None, None, 6, 9, 8], [None, None, 3, 5, 4], [1, 2, 3, 4, None])
    assert panels.articulation_jurors(values.counted) == []
    values = values.of(np.arange(4))
    assert panels.articulation_jurors(values.counted) == [4]
    without = redraws.without_each(5)
    exact, shrunk = (severity.redraw(values, rules(**{"lambda": lam}))(without) for lam in (0, 4))
    assert np.isnan(exact).all(axis=1).tolist() == [False] * 4 + [True]
    assert not np.isnan(shrunk).any()


def test_draws_of_the_model_have_its_means_and_its_errors():
    found = severity.fit(AIBS.y, 0)
    normals = np.random.default_rng(5).normal(size=(20_000, sum(AIBS.y.shape)))
    drawn = found.redrawn(normals)
    assert drawn.mean(axis=0) == pytest.approx(found.scores, abs=0.05)
    mixed = found.panels @ found.inverse @ found.panels.T + np.diag(1 / found.there.sum(axis=1))
    assert np.cov(drawn.T) == pytest.approx(found.residual * mixed, abs=0.03)


def test_the_draws_of_a_jury_are_ten_thousand_and_the_same_each_time():
    values = panel(*CONNECTED, *CONNECTED, [9, 9, 9])
    blocks, again, other = (np.vstack(list(severity.draws(values, rules(), seed))) for seed in (3, 3, 4))
    assert (blocks.shape, np.isnan(blocks).any()) == ((10_000, 7), False)
    assert blocks.tobytes() == again.tobytes()
    assert not (blocks == other).any()


def test_groups_are_each_drawn_by_their_own_model_and_an_entry_without_a_ballot_not_at_all():
    values = panel(*SIX, [None] * 6)
    drawn = np.vstack(list(severity.draws(values, rules(unconnected="within"), 3)))
    assert (drawn.shape, np.isnan(drawn).any(axis=0).tolist()) == ((10_000, 6), [False] * 5 + [True])
    for entries, _jurors, one in severity.fits(values, rules(unconnected="within")):
        assert drawn[:, entries].mean(axis=0) == pytest.approx(one.scores, abs=0.02)


def test_a_small_complete_panel_is_enumerated_instead_of_drawn():
    assert severity.draws(panel([5, 6, 7], [9, 2, 4]), rules(), 0) is None
    assert severity.draws(panel([5, 6, 7, None], [9, 2, 4, None]), rules(), 0) is None


def test_a_single_entry_has_no_error_of_a_difference():
    one = severity.Fit(mu=1.0, entries=np.zeros(1), jurors=np.zeros(3), lam=4.0, source="given", residual=2.0, variances={}, df=1,
                       there=np.ones((1, 3), bool), inverse=np.eye(3))
    assert one.largest_sed == 0


@pytest.mark.parametrize("factor", [0, 4, "reml"])
def test_the_corrected_values_of_the_criteria_sum_to_the_score(factor):
    shares = {"C": 3, "D": 1}
    made = [{"name": name, "share": share, "scale": [0, 10], "better": better}
            for (name, share), better in zip(shares.items(), ("higher", "lower"), strict=True)]
    scores = [(f"J{j}", f"E{e}", name, (3 * e + 5 * j + len(name) * e * j) % 11) for e in range(6) for j in range(6) if (e + j) % 5
              for name in shares]
    rulebook = rules(criterion=made, **{"lambda": factor})
    counted = ballots.count(rulebook, score_sheet.from_rows(scores, entries=["E9"]))
    found = severity.by_criterion(counted, rulebook)
    (judged, _jurors, fit), = severity.fits(counted.totals, rulebook)
    assert found[judged] @ [0.75, 0.25] == pytest.approx(fit.scores)
    assert np.isnan(found).tolist() == [[False] * 2] * 6 + [[True] * 2]
