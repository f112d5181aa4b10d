"""The ranking, held against rounds worked out by hand."""

import math
from fractions import Fraction
from statistics import stdev

import pytest

from award.domain import ballots, rules_file, score_sheet
from award.domain.ranking import rank
from award.errors import Invalid


def rulebook(**rules):
    rules.setdefault("criterion", [criterion("C")])
    return rules_file.from_dict(rules)


def criterion(name, **rules):
    return {"name": name, "share": 1, "scale": [0, 10], **rules}


def rows(**scores):
    """Rows from entry=[score of J0, of J1, …]; a dict gives one score for each criterion; ... is no ballot."""
    for entry, given_scores in scores.items():
        for j, values in enumerate(given_scores):
            for name, value in {} if values is ... else values.items() if isinstance(values, dict) else [("C", values)]:
                yield f"J{j}", entry, name, value


def found(rules, sheet, **options):
    return {one.entry: one for one in rank(rules, score_sheet.from_rows(sheet), **options).standings}


def places(rules, **scores):
    return {name: one.rank for name, one in found(rules, rows(**scores)).items()}


def test_entries_stand_by_rank_and_then_by_name_and_those_without_a_place_last():
    ranking = rank(rulebook(min_ballots=2), score_sheet.from_rows(rows(D=[5, 5], B=[9, 9], C=[9, 9], A=[10])))
    assert [(one.entry, one.rank, one.place.tied) for one in ranking.standings] == [
        ("B", 1, True),
        ("C", 1, True),
        ("D", 3, False),
        ("A", None, False),
    ]


def test_equal_scores_share_a_place_and_the_next_one_is_left_out():
    assert places(rulebook(), A=[9], B=[7], C=[7], D=[1]) == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_scores_that_differ_by_less_than_a_float_can_tell_are_told_apart():
    rules = rulebook(criterion=[criterion("C"), criterion("D", share=0.000001, scale=[0, 999999999])])
    assert places(rules, A=[{"C": 5, "D": 1}], B=[{"C": 5, "D": 2}]) == {"A": 2, "B": 1}


def test_numbers_too_large_for_64_bits_are_still_exact():
    odd = [
        criterion(f"C{i}", share=share, scale=[0, high])
        for i, (share, high) in enumerate([(33.333333, 999.999983), (33.333334, 999.999979), (33.333333, 999.999967)])
    ]
    scores = {"A": [{"C0": 1, "C1": 2, "C2": 3}], "B": [{"C0": 1, "C1": 2, "C2": 3.000001}]}
    ranking = rank(rulebook(criterion=odd), score_sheet.from_rows(rows(**scores)))
    assert ranking.counted.totals.numerators.dtype == object
    assert [one.entry for one in ranking.standings] == ["B", "A"]
    assert (
        ranking.standings[1].score
        == sum(
            Fraction(str(c["share"])) * x / Fraction(str(c["scale"][1])) for c, x in zip(odd, (1, 2, 3), strict=True)
        )
        / 100
    )


def test_the_spread_is_the_sample_standard_deviation_of_the_totals():
    one = found(rulebook(), rows(A=[1, 5, 10, 8], B=[3]))
    assert math.isclose(one["A"].spread, stdev([0.1, 0.5, 1, 0.8]), rel_tol=1e-12)
    assert one["B"].spread is None


def test_an_entry_that_no_ballot_counts_for_appears_without_a_place():
    sheet = score_sheet.from_rows(rows(A=[5]), entries=["Z"])
    last = rank(rulebook(), sheet).standings[-1]
    assert (last.entry, last.status, last.score, last.rank) == ("Z", "not_rankable", None, None)
    assert last.reasons == ({"entry": "Z", "code": "no_ballot"},)


def test_too_few_ballots_are_no_last_place():
    one = found(rulebook(min_ballots=3), rows(A=[5, 6, 7], B=[9, 9]))["B"]
    assert (one.status, one.score, one.raw_mean) == ("not_rankable", None, Fraction(9, 10))
    assert one.reasons == ({"entry": "B", "code": "few_ballots", "ballots": 2, "least": 3},)


def test_a_trimmed_mean_needs_three_values_after_trimming():
    one = found(rulebook(method="trimmed_mean"), rows(A=[1, 2, 3, 4, 5], B=[1, 2, 3, 4]))
    assert (one["A"].score, one["B"].status) == (Fraction(3, 10), "not_rankable")
    assert one["B"].reasons == ({"entry": "B", "code": "few_values", "values": 4, "least": 5},)


def test_in_criterion_order_the_criterion_with_the_fewest_scores_is_named():
    rules = rulebook(
        method="trimmed_mean", order="criterion", missing="renormalise", criterion=[criterion("C"), criterion("D")]
    )
    one = found(rules, rows(A=[{"C": 5, "D": 5}] * 4 + [{"C": 5}]))["A"]
    assert one.reasons == ({"entry": "A", "code": "few_values", "values": 4, "least": 5},)


def test_an_equal_mean_passes_the_threshold_and_weights_do_not_enter():
    rules = rulebook(criterion=[criterion("C", threshold=3, share=0), criterion("D")])
    one = found(rules, rows(A=[{"C": 2, "D": 9}, {"C": 4, "D": 9}], B=[{"C": 2.9, "D": 10}, {"C": 3, "D": 10}]))
    assert (one["A"].status, one["A"].rank) == ("ranked", 1)
    assert (one["B"].status, one["B"].rank, one["B"].score) == ("below_threshold", None, 1)
    assert one["B"].reasons == ({"entry": "B", "code": "below", "criterion": "C", "mean": 2.95, "threshold": 3},)


def test_where_lower_is_better_a_higher_mean_misses_the_threshold():
    rules = rulebook(criterion=[criterion("C", threshold=3, better="lower")])
    assert {name: one.status for name, one in found(rules, rows(A=[3], B=[4], C=[2])).items()} == {
        "A": "ranked",
        "B": "below_threshold",
        "C": "ranked",
    }
    assert places(rules, A=[3], B=[4], C=[2]) == {"C": 1, "A": 2, "B": None}


def test_a_threshold_that_nobody_scored_gives_no_place():
    rules = rulebook(missing="renormalise", criterion=[criterion("C"), criterion("D", threshold=5)])
    one = found(rules, rows(A=[{"C": 5}], B=[{"C": 5, "D": 6}]))
    assert (one["A"].status, one["A"].reasons) == (
        "not_rankable",
        ({"entry": "A", "code": "no_value", "criterion": "D"},),
    )
    assert one["B"].rank == 1


def test_a_missed_threshold_does_not_explain_an_entry_with_too_few_ballots():
    rules = rulebook(min_ballots=2, criterion=[criterion("C", threshold=9)])
    assert [reason["code"] for reason in found(rules, rows(A=[1], B=[9, 9]))["A"].reasons] == ["few_ballots"]


def test_the_tie_chain_names_the_step_that_parted_equal_scores():
    rules = rulebook(ties=["criterion:C", "firsts"], criterion=[criterion("C"), criterion("D")])
    scores = {
        "A": [{"C": 9, "D": 1}, {"C": 5, "D": 5}],
        "B": [{"C": 6, "D": 6}, {"C": 4, "D": 4}],
        "E": [{"C": 5, "D": 5}, {"C": 5, "D": 5}],
        "F": [{"C": 10, "D": 10}, {"C": 10, "D": 9}],
    }
    one = found(rules, rows(**scores))
    assert {name: (s.rank, s.place.tied, s.place.broken_by) for name, s in one.items()} == {
        "F": (1, False, None),
        "A": (2, False, "criterion:C"),
        "B": (3, True, "criterion:C"),
        "E": (3, True, "criterion:C"),
    }


def test_firsts_counts_ballots_on_which_no_other_entry_of_that_juror_is_higher():
    rules = rulebook(ties=["firsts"])
    one = found(rules, rows(A=[9, 9, 0], B=[6, 6, 6]))
    assert {name: (s.rank, s.place.broken_by) for name, s in one.items()} == {"A": (1, "firsts"), "B": (2, "firsts")}


def test_an_incomplete_ballot_does_not_count_and_is_listed_with_what_it_lacks():
    rules = rulebook(criterion=[criterion("C"), criterion("D")])
    sheet = score_sheet.from_rows(rows(A=[{"C": 5, "D": 5}, {"C": 9, "D": None}, {"C": None}, ...]))
    ranking = rank(rules, sheet)
    assert ranking.standings[0].ballots == 1
    assert ranking.counted.exclusions == [
        {"juror": "J1", "entry": "A", "cause": "incomplete", "missing": ["D"]},
        {"juror": "J2", "entry": "A", "cause": "blank", "missing": ["C", "D"]},
    ]


def test_a_ballot_on_criteria_without_a_share_cannot_count():
    rules = rulebook(missing="renormalise", criterion=[criterion("C", share=0), criterion("D")])
    counted = rank(rules, score_sheet.from_rows(rows(A=[{"C": 5}]))).counted
    assert counted.exclusions == [{"juror": "J0", "entry": "A", "cause": "incomplete", "missing": ["D"]}]
    strict = rulebook(
        criterion=[criterion("C", share=0), criterion("D")], not_applicable=[{"entry": "A", "criterion": "D"}]
    )
    counted = rank(strict, score_sheet.from_rows(rows(A=[{"C": 5}]))).counted
    assert counted.exclusions == [{"juror": "J0", "entry": "A", "cause": "no_share", "missing": []}]


def test_ballots_named_by_the_application_do_not_count_and_keep_their_cause():
    passed = [{"juror": "J1", "entry": "A", "cause": "voided"}, {"juror": "J8", "entry": "A", "cause": "recusal"}]
    ranking = rank(rulebook(), score_sheet.from_rows(rows(A=[5, 10])), exclusions=passed)
    assert (ranking.standings[0].ballots, ranking.standings[0].score) == (1, Fraction(1, 2))
    assert ranking.counted.exclusions == passed


def test_in_criterion_order_values_are_rounded_half_up_before_weighting():
    rules = rulebook(order="criterion", criterion=[criterion("C", decimals=1, scale=[-10, 10])])
    one = found(rules, rows(A=[0.1, 0.2], B=[-0.1, -0.2]))
    assert (one["A"].criteria, one["B"].criteria) == ({"C": 0.2}, {"C": -0.1})
    assert one["A"].score == Fraction(102, 200)


@pytest.mark.parametrize(
    ("score", "words"), [(11, "above the scale 0–10"), (-1, "below the scale"), (0.25, "in steps of 0.5")]
)
def test_a_score_off_its_scale_is_refused(score, words):
    with pytest.raises(Invalid, match=words):
        rank(rulebook(criterion=[criterion("C", step=0.5)]), score_sheet.from_rows(rows(A=[5, score])))


def test_a_criterion_that_the_rules_lack_is_refused():
    with pytest.raises(Invalid, match='"X" is not in the rules, which have "C"'):
        rank(rulebook(), score_sheet.from_rows(rows(A=[{"X": 1}])))


def test_a_round_without_ballots_has_standings_without_a_place():
    assert [one.status for one in rank(rulebook(), score_sheet.from_rows([], entries=["A"])).standings] == [
        "not_rankable"
    ]


def test_the_total_of_a_ballot_weighs_scaled_scores_by_share():
    rules = rulebook(criterion=[criterion("C", share=40, scale=[0, 5]), criterion("D", share=60, better="lower")])
    totals = ballots.count(rules, score_sheet.from_rows(rows(A=[{"C": 4, "D": 1}]))).totals
    assert Fraction(int(totals.numerators[0, 0]), totals.denominator) == Fraction(40 * 4, 500) + Fraction(60 * 9, 1000)
