"""The simulation is repeatable, and docs/simulation.md holds what it gives and says no more than that."""
import re
from statistics import fmean

import numpy as np
import pytest

from award.domain import redraws, severity
from award.domain.aggregation import METHODS
from tests.simulation import page, rounds
from tests.simulation.rounds import FIGURES, Plan, cells

PAGE = page.PAGE.read_text("utf-8")
TABLES = page.read(PAGE)
SMALL = Plan(rounds=2, entries=(24,), severities=(0.8,))


def test_a_second_run_gives_the_same_and_another_seed_does_not():
    assert cells(SMALL) == cells(SMALL)
    assert cells(SMALL) != cells(Plan(seed=1, rounds=2, entries=(24,), severities=(0.8,)))


def test_the_page_was_made_by_this_code():
    _before, tables, _after = page.parts(PAGE)
    assert f"Seed {Plan.seed}, {Plan.rounds:,} rounds" in tables
    assert f"Parameters: `{page.parameters(Plan())}`" in tables
    assert f"`{page.probe(Plan())}`" in tables


@pytest.mark.parametrize("figure", FIGURES)
def test_each_table_has_each_method_and_each_kind_of_round(figure):
    plan = Plan()
    kinds = [(d, e, s) for d in plan.designs for e in plan.entries for s in plan.severities]
    assert list(TABLES[figure]) == kinds
    assert all(list(row) == list(METHODS) for row in TABLES[figure].values())
    refused = {(kind[0], method) for kind, row in TABLES[figure].items() for method, value in row.items() if value is None}
    assert refused == {("in_parts", "additive")}


def test_the_summary_is_the_mean_of_the_lines():
    found = {key: {m: None if v is None else {f: TABLES[f][key][m] / 100 for f in FIGURES} for m, v in row.items()}
             for key, row in TABLES["winner"].items()}
    assert "\n".join(page.summary(found)) in PAGE


def test_leaving_jurors_out_at_once_is_what_the_model_gives_one_by_one():
    y = np.where(redraws.uniform(24 * 12, seed=3).reshape(24, 12) < 0.5, redraws.uniform(24 * 12, seed=4).reshape(24, 12), np.nan)
    kept = redraws.without_each(12) > 0
    one_by_one = [severity.at_level(y[:, row], 0.7) for row in kept]
    assert rounds.at_level(y, kept, 0.7) == pytest.approx(np.array(one_by_one), abs=1e-12)


def of(figure, design, method, *, severities=(0.3, 0.8)):
    """The mean of a figure over the lines of a design, per cent."""
    return fmean(row[method] for kind, row in TABLES[figure].items() if kind[0] == design and kind[2] in severities)


@pytest.mark.parametrize("figure", ["winner", "all_three", "of_three"])
def test_the_recommendation_follows_from_the_tables(figure):
    assert of(figure, "complete", "additive") == of(figure, "complete", "mean")
    for design in ("overlapping", "by_theme", "anchored"):
        assert of(figure, design, "additive") > of(figure, design, "mean")
    assert of(figure, "in_parts", "mean") == max(of(figure, "in_parts", m) for m in METHODS if m != "additive")


def test_where_the_recommended_method_is_not_the_best_the_page_says_so():
    best = {design: max(METHODS, key=lambda m: of("all_three", design, m)) for design in ("complete", "overlapping", "by_theme", "anchored")}
    assert best == {"complete": "zscore", "overlapping": "additive", "by_theme": "additive", "anchored": "additive"}
    assert "`zscore` does *better* than the mean" in PAGE


@pytest.mark.parametrize(("written", "figure", "design", "method", "severities"), [
    ("finds the best entry in 51.2 %", "winner", "overlapping", "additive", (0.8,)),
    ("46.9 % for the mean", "winner", "overlapping", "mean", (0.8,)),
    ("all three in 16.0 %", "all_three", "overlapping", "additive", (0.8,)),
    ("against 13.5 %", "all_three", "overlapping", "mean", (0.8,)),
    ("all three in 15.0 %", "all_three", "by_theme", "additive", (0.3, 0.8)),
    ("against 14.0 % for the mean", "all_three", "by_theme", "mean", (0.3, 0.8)),
    ("found in 16.3 %", "all_three", "anchored", "additive", (0.8,)),
    ("against 13.6 % for the mean", "all_three", "in_parts", "mean", (0.8,)),
    ("rises to 14.6 %", "all_three", "anchored", "mean", (0.8,))])
def test_a_figure_in_the_words_is_that_of_the_tables(written, figure, design, method, severities):
    assert written in " ".join(PAGE.split())
    assert float(re.search(r"[\d.]+", written).group()) == pytest.approx(of(figure, design, method, severities=severities), abs=0.051)


def test_how_often_the_winner_hangs_on_one_juror_is_what_the_words_say():
    complete = [value for kind, row in TABLES["hangs"].items() if kind[0] == "complete" for value in row.values()]
    others = [value for kind, row in TABLES["hangs"].items() if kind[0] != "complete" for value in row.values() if value is not None]
    ends = [f"{min(some):.0f}–{max(some):.0f} %" for some in (complete, others)]
    assert all(end in PAGE for end in ends)
