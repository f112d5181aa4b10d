"""What every method must satisfy, and what each gives on figures worked out by hand."""

import json
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from award.domain import aggregation, ranking, rules_file, score_sheet
from award.domain.aggregation import METHODS, Values, aggregate
from tests.domain.rounds import rounds

PROPERTIES = {"doubled_jurors", "single_juror"}


def each(*, keeping=None):
    """A test of every method, or of those that do not declare the property as one they break."""
    return pytest.mark.parametrize("method", [key for key, one in METHODS.items() if keeping not in one.breaks])


def ranked(rules, rows):
    """{entry: (status, score, rank)} of a round."""
    standings = ranking.rank(rules_file.from_dict(rules), score_sheet.from_rows(rows)).standings
    return {one.entry: (one.status, one.score, one.rank) for one in standings}


def complete(rules, rows):
    """The round with every gap filled with the low end of the scale, thresholds and minimum left out."""
    criteria = [{**c, "threshold": None} for c in rules["criterion"]]
    low = {c["name"]: c["scale"][0] for c in criteria}
    return (
        {**rules, "criterion": criteria, "min_ballots": 1, "not_applicable": []},
        [(j, e, c, low[c] if score is None else score) for j, e, c, score in rows],
    )


a_round = rounds()


@each()
@settings(max_examples=50)
@given(a_round, st.randoms())
def test_the_order_of_jurors_and_entries_is_irrelevant(method, sample, chance):
    rules, rows = {**sample[0], "method": method}, list(sample[1])
    expected = ranked(rules, rows)
    chance.shuffle(rows)
    assert ranked(rules, rows) == expected
    renamed = {f"J{i}": f"J{9 - i}" for i in range(10)}
    assert ranked(rules, [(renamed[j], e, c, s) for j, e, c, s in rows]) == expected


@each()
@settings(max_examples=50)
@given(a_round)
def test_scaling_all_shares_changes_nothing(method, sample):
    rules, rows = {**sample[0], "method": method}, sample[1]
    scaled = {**rules, "criterion": [{**c, "share": c["share"] * 3} for c in rules["criterion"]]}
    assert ranked(scaled, rows) == ranked(rules, rows)


@each(keeping="doubled_jurors")
@settings(max_examples=50)
@given(a_round)
def test_doubling_every_juror_changes_no_score(method, sample):
    rules, rows = {**sample[0], "method": method, "min_ballots": 1}, sample[1]
    assert ranked(rules, rows + [(j + "'", e, c, s) for j, e, c, s in rows]) == ranked(rules, rows)


def test_a_trimmed_mean_says_that_doubling_every_juror_can_change_a_score():
    rules = rules_file.from_dict({"method": "trimmed_mean", "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
    scores = [0, 4, 5, 9, 10]
    once, twice = (
        ranking.rank(rules, score_sheet.from_rows([(f"J{i}", "E", "C", s) for i, s in enumerate(many)]))
        .standings[0]
        .score
        for many in (scores, scores * 2)
    )
    assert (once, twice) == (Fraction(6, 10), Fraction(46, 80))
    assert METHODS["trimmed_mean"].breaks == ("doubled_jurors", "single_juror")


@each()
@settings(max_examples=50)
@given(a_round, st.data())
def test_raising_one_score_never_lowers_that_entry(method, sample, data):
    rules, rows = complete({**sample[0], "method": method, "ties": []}, sample[1])
    assume(rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    juror, entry, name, score = rows[at]
    criterion = next(c for c in rules["criterion"] if c["name"] == name)
    best = criterion["scale"][1 if criterion["better"] == "higher" else 0]
    raised = [*rows[:at], (juror, entry, name, best), *rows[at + 1 :]]
    before, after = ranked(rules, rows)[entry], ranked(rules, raised)[entry]
    assert (after[0], after[1] is None) == (before[0], before[1] is None)
    if before[1] is not None:
        assert after[1] >= before[1]
        assert after[2] <= before[2]


@each()
@settings(max_examples=50)
@given(a_round)
def test_equal_entries_tie(method, sample):
    rules, rows = {**sample[0], "method": method, "not_applicable": []}, sample[1]
    twins = [(j, "E0'", c, s) for j, e, c, s in rows if e == "E0"]
    found = ranked(rules, rows + twins)
    assert not twins or found["E0"] == found["E0'"]


@each(keeping="single_juror")
@settings(max_examples=50)
@given(a_round)
def test_a_single_juror_gives_that_jurors_order(method, sample):
    rules, rows = complete({**sample[0], "method": method, "order": "ballot", "ties": []}, sample[1])
    rows = [row for row in rows if row[0] == "J0"]
    assume(rows)
    found = ranking.rank(rules_file.from_dict(rules), score_sheet.from_rows(rows))
    totals = dict(zip(found.counted.sheet.entries, found.counted.totals.numerators[:, 0].tolist(), strict=True))
    counted = {one.entry: one.rank for one in found.standings if one.rank}
    assert counted == {entry: 1 + sum(totals[other] > totals[entry] for other in counted) for entry in counted}


def test_one_juror_is_too_few_for_a_trimmed_mean():
    rules = {"method": "trimmed_mean", "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]}
    assert ranked(rules, [("J0", "E0", "C", 5)])["E0"] == ("not_rankable", None, None)


@each()
@settings(max_examples=50)
@given(a_round)
def test_a_second_run_gives_the_same_to_the_last_bit(method, sample):
    rules, rows = {**sample[0], "method": method}, sample[1]
    runs = [ranking.rank(rules_file.from_dict(rules), score_sheet.from_rows(rows)).standings for _ in range(2)]
    assert runs[0] == runs[1]
    assert len({json.dumps([one.spread for one in run]) for run in runs}) == 1


@each()
def test_a_method_declares_only_exceptions_that_there_are(method):
    assert set(METHODS[method].breaks) <= PROPERTIES
    assert set(METHODS[method].orders) <= set(rules_file.ORDERS)


def values(*rows):
    width = max(map(len, rows))
    counted = [[i < len(row) and row[i] is not None for i in range(width)] for row in rows]
    numerators = [
        [row[i] if there else 0 for i, there in enumerate(have)] for row, have in zip(rows, counted, strict=True)
    ]
    return Values(np.array(numerators), np.array(counted), 10)


def by(method, given_values, **rules):
    rulebook = rules_file.from_dict(
        {"method": method, **rules, "criterion": [{"name": "C", "share": 1, "scale": [0, 1]}]}
    )
    return aggregate(given_values, rulebook)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("mean", [Fraction(19, 50), Fraction(3, 20), Fraction(-1, 2), None]),
        ("trimmed_mean", [Fraction(3, 10), None, None, None]),
        ("median", [Fraction(3, 10), Fraction(3, 20), Fraction(-1, 2), None]),
    ],
)
def test_a_method_gives_exact_fractions_and_nothing_for_too_few_values(method, expected):
    assert by(method, values([9, 1, 5, 3, 1], [None, 2, 1], [-5], [])) == expected


def test_trimming_nothing_or_more_than_there_is():
    five = values([9, 1, 5, 3, 1])
    assert [by("trimmed_mean", five, trim=trim) for trim in (0, 1, 2)] == [
        [Fraction(19, 50)],
        [Fraction(3, 10)],
        [None],
    ]


def test_a_method_that_is_not_exact_is_rounded_to_a_billionth(monkeypatch):
    monkeypatch.setattr(aggregation, "METHODS", dict(METHODS))
    third = aggregation.method("third", label="third", exact=False)(
        lambda values, rulebook: np.nanmean(values.floats, axis=1) / 3
    )
    rulebook = replace(
        rules_file.from_dict({"criterion": [{"name": "C", "share": 1, "scale": [0, 1]}]}), method="third"
    )
    assert aggregate(values([10], [5, 5]), rulebook) == [Fraction(333333333, 10**9), Fraction(166666667, 10**9)]
    assert aggregation.METHODS["third"].function is third


@each()
def test_a_method_is_described_by_its_formula(method):
    assert "Source: " in METHODS[method].formula
