"""How each juror scored: against figures of standard functions, and words where there are too few ballots."""
import numpy as np
import pytest

from award.domain import ballots, result, rules_file, score_sheet, severity
from award.domain.diagnostics import FEWEST, FIELDS, diagnostics
from tests.domain.aibs_panel import AIBS
from tests.domain.published import NAN, REDS, TASTING, Panel

TWO = [{"name": "C", "share": 1, "scale": [0, 10]}, {"name": "D", "share": 1, "scale": [0, 10], "better": "lower"}]


def of(panel, **rules):
    """{juror: figures} of a panel, on 0..1."""
    rulebook = panel.rulebook(**rules)
    return {one["juror"]: one for one in diagnostics(rulebook, ballots.count(rulebook, panel.sheet))}


def test_severity_and_its_error_are_those_of_least_squares():
    found, fit = of(AIBS), severity.fit(AIBS.y, 0)
    for j, juror in enumerate(AIBS.jurors[:11]):
        assert found[juror]["severity"] == pytest.approx(-fit.jurors[j] / 50)
        assert found[juror]["severity_se"] == pytest.approx(fit.errors[j] / 50)


def test_correlation_is_with_the_mean_of_the_others_on_the_same_entries():
    found = of(AIBS)
    for j, juror in enumerate(AIBS.jurors[:11]):
        own = ~np.isnan(AIBS.y[:, j])
        rest = np.nanmean(np.delete(AIBS.y, j, axis=1)[own], axis=1)
        assert found[juror]["correlation"] == pytest.approx(np.corrcoef(AIBS.y[own, j], rest)[0, 1])


def test_the_spread_is_over_that_of_all_jurors_together():
    found = of(REDS)
    pooled = np.sqrt(np.mean(REDS.y.var(axis=0, ddof=1)))
    assert [found[juror]["spread_ratio"] for juror in REDS.jurors] == pytest.approx(list(REDS.y.std(axis=0, ddof=1) / pooled))


def test_the_range_is_the_lowest_and_the_highest_total():
    found = of(REDS)["Schott"]
    assert (found["lowest"], found["highest"], found["ballots"], found["notes"]) == (0.35, 0.95, 10, {"halo": "constant"})


def test_a_juror_with_few_ballots_has_no_figures():
    found = of(AIBS)["J12"]
    assert found == {"juror": "J12", "ballots": 1, "holds_together": False, **dict.fromkeys(FIELDS),
                     "notes": dict.fromkeys(FIELDS, "few_ballots")}


def rows(lines):
    """Rows of two criteria from {juror: [(score of C, score of D), …]}."""
    return [(juror, f"E{e}", name, score) for juror, line in lines.items() for e, pair in enumerate(line)
            for name, score in zip("CD", pair, strict=True) if score is not None]


def counted(lines, **rules):
    rulebook = rules_file.from_dict({"criterion": TWO, **rules})
    return {one["juror"]: one for one in diagnostics(rulebook, ballots.count(rulebook, score_sheet.from_rows(rows(lines))))}


def test_halo_is_low_where_all_criteria_get_much_the_same():
    """D turned round: J1 gives both criteria the same, J2 parts them by 4 and J3 by 2 each time."""
    lines = {"J1": [(x, 10 - x) for x in (2, 4, 6, 8, 9)], "J2": [(x, 6 - x) for x in (2, 4, 6, 1, 5)], "J3": [(x, 8 - x) for x in (2, 4, 6, 8, 7)]}
    found = counted(lines)
    pooled = np.sqrt((0 + 5 * 2 * 0.2**2 + 5 * 2 * 0.1**2) / 15)
    assert [found[j]["halo"] for j in ("J1", "J2", "J3")] == pytest.approx([0, np.sqrt(2 * 0.2**2) / pooled, np.sqrt(2 * 0.1**2) / pooled])


def test_a_ballot_with_one_score_says_nothing_about_halo():
    lines = {"J1": [(x, None) for x in (2, 4, 6, 8, 9)], "J2": [(x, 6 - x) for x in (2, 4, 6, 1, 5)], "J3": [(7, 3), (5, None)] * 3}
    found = counted(lines, missing="renormalise")
    assert (found["J1"]["halo"], found["J1"]["notes"]["halo"]) == (None, "constant")
    assert found["J2"]["halo"] > found["J3"]["halo"] == 0


def panel(*lines):
    return Panel(" ".join(f"J{j}" for j in range(len(lines[0]))), {f"E{e}": list(line) for e, line in enumerate(lines)}, scale=[0, 10])


def test_a_juror_who_gave_all_the_same_has_a_spread_of_nought_and_no_correlation():
    found = of(panel([5, 1, 2], [5, 2, 3], [5, 3, 9], [5, 4, 1], [5, 5, 5]))["J0"]
    assert (found["spread_ratio"], found["correlation"], found["notes"]) == (0, None, {"correlation": "constant", "halo": "constant"})


def test_where_nobody_tells_entries_apart_there_is_neither_spread_nor_correlation():
    found = of(panel(*[[5, 6, 7]] * FEWEST))["J1"]
    assert [found[name] for name in ("spread_ratio", "correlation", "halo")] == [None] * 3
    assert (found["severity"], found["severity_se"]) == (pytest.approx(0), pytest.approx(0, abs=1e-9))


def test_a_juror_who_shares_too_few_entries_with_others_has_no_correlation():
    lines = [[1, 2, 3], [2, 1, 2], [4, 5, 5], [5, NAN, NAN], [6, NAN, NAN], [7, NAN, NAN]]
    found = of(panel(*lines))["J0"]
    assert (found["ballots"], found["correlation"], found["notes"]["correlation"]) == (6, None, "constant")


def test_two_jurors_have_no_severity():
    found = of(panel([1, 2], [2, 1], [3, 5], [4, 2], [5, 5]))["J0"]
    assert (found["severity"], found["severity_se"], found["notes"]["severity"]) == (None, None, "not_fitted")


def test_in_groups_apart_severity_is_within_the_group():
    apart = [[x, x + 1, x + 2, NAN, NAN, NAN] for x in range(5)] + [[NAN] * 3 + [x, x, x + 3] for x in range(5)]
    found = of(panel(*apart))
    assert [found[f"J{j}"]["severity"] for j in range(6)] == pytest.approx([-0.1, 0, 0.1, -0.1, -0.1, 0.2])


def test_a_juror_without_a_ballot_and_one_who_holds_the_jury_together_are_told():
    sheet = score_sheet.from_rows(panel([1, 2, NAN], [2, 1, NAN], [NAN, 3, 4]).rows, jurors=["J9"])
    rulebook = TASTING.rulebook()
    found = {one["juror"]: one for one in diagnostics(rulebook, ballots.count(rulebook, sheet))}
    assert {juror: (one["ballots"], one["holds_together"]) for juror, one in found.items()} == {
        "J0": (2, False), "J1": (3, True), "J2": (1, False), "J9": (0, False)}


def test_a_result_has_them_in_its_unit_and_in_the_application_none():
    found = {one["juror"]: one for one in result.compute(AIBS.rulebook(), AIBS.sheet, units="scale")["jurors"]}
    fit = severity.fit(AIBS.y, 0)
    assert [found[juror]["severity"] for juror in AIBS.jurors[:11]] == pytest.approx(fit.jurors[:11].tolist(), abs=1e-8)
    assert found["J01"]["severity_se"] == pytest.approx(fit.errors[0], abs=1e-8)
    plain = result.compute(AIBS.rulebook(), AIBS.sheet, diagnostics=False)["jurors"]
    assert plain == [{"juror": juror, "ballots": int((~np.isnan(AIBS.y[:, j])).sum())} for j, juror in enumerate(AIBS.jurors)]
