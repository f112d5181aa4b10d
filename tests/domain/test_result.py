"""The result as a document: complete, the same for the same input, in both units, and explained ballot by ballot."""

import hashlib
import json

import numpy as np
import pytest

import award
from award.domain import canonical, result, rules_file, score_sheet
from award.errors import Refused
from tests.domain import isu_worlds2017 as isu

KEYS = [
    "agreement", "agreement_note_codes", "agreement_notes", "articulation_jurors", "categories", "category_figures", "comparison",
    "comparison_notes", "components", "entries", "exclusions", "exclusions_sha256", "facts", "facts_sha256", "format", "jurors",
    "lines", "model", "rulebook", "seed", "sheet", "sheet_sha256", "software", "special_awards", "units", "warning_codes",
    "warnings", "weights", "weights_basis",
]  # fmt: skip
ENTRY = [
    "ballots", "band", "carried", "criteria", "entry", "first_under_shares", "group", "moved_by", "own_score", "p_top", "rank",
    "rank_interval", "raw_mean", "reason", "reasons", "score", "score_exact", "score_interval", "spread", "stable_without_any_juror",
    "status", "tie_broken_by", "tied", "to_cut",
]  # fmt: skip
JUROR = ["ballots", "correlation", "halo", "highest", "holds_together", "juror", "lowest", "notes", "severity", "severity_se", "spread_ratio"]


def document(rules=None, rows=(("J1", "A", "C", 57), ("J1", "B", "C", 40), ("J2", "B", "C", 60)), **options):
    rules = {"criterion": [{"name": "C", "share": 3, "scale": [0, 80]}], **(rules or {})}
    return result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), **options)


def test_every_key_is_there():
    found = document(seed=7)
    assert sorted(found) == KEYS
    assert [sorted(one) for one in found["entries"]] == [ENTRY] * 2
    assert (found["format"], found["seed"], found["units"]) == ("award-result/1", 7, "score")
    assert found["software"] == {"name": "award", "version": award.__version__}


def test_the_score_is_out_of_a_hundred_and_its_fraction_out_of_one():
    first = document()["entries"][0]
    assert (first["entry"], first["rank"], first["score"], first["score_exact"]) == ("A", 1, 71.25, "57/80")
    assert (first["raw_mean"], first["ballots"], first["spread"], first["criteria"]) == (71.25, 1, None, {"C": 57.0})
    assert document()["entries"][1]["spread"] == pytest.approx(100 * np.std([0.5, 0.75], ddof=1), rel=1e-15)


def test_in_scale_units_scores_stand_on_the_common_scale():
    found = document(units="scale")["entries"]
    assert [(one["score"], one["raw_mean"], one["score_exact"]) for one in found] == [
        (57, 57, "57/80"),
        (50, 50, "5/8"),
    ]
    assert found[1]["spread"] == pytest.approx(np.std([40, 60], ddof=1), rel=1e-15)


def test_in_scale_units_a_low_score_stays_low_where_lower_is_better():
    found = document({"criterion": [{"name": "C", "share": 3, "scale": [-20, 80], "better": "lower"}]}, units="scale")[
        "entries"
    ]
    assert [(one["entry"], one["rank"], one["score"]) for one in found] == [("B", 1, 50), ("A", 2, 57)]
    assert found[0]["spread"] == pytest.approx(np.std([40, 60], ddof=1), rel=1e-15)


def test_scale_units_are_refused_where_criteria_differ():
    rules = {"criterion": [{"name": "C", "share": 1, "scale": [0, 80]}, {"name": "D", "share": 1, "scale": [0, 8]}]}
    with pytest.raises(Refused, match="Scale units need criteria that share one scale"):
        document(rules, units="scale")


def test_rules_and_sheet_stand_in_it_with_their_checksums():
    found = document()
    rules = dict(found["rulebook"])
    assert rules.pop("sha256") == canonical.sha256(rules) == rules_file.from_dict(rules).sha256
    assert found["sheet_sha256"] == canonical.sha256(found["sheet"])
    assert found["sheet"]["ballots"] == [[0, 0, [57]], [1, 0, [40]], [1, 1, [60]]]
    rulebook, sheet, passed = result.inputs(found)
    assert (rulebook.sha256, sheet.sha256, passed) == (rules_file.from_dict(rules).sha256, found["sheet_sha256"], [])


def test_the_bytes_are_canonical_and_do_not_depend_on_the_order_of_rows():
    rules = rules_file.from_dict(isu.RULES)
    one, other = (result.compute(rules, score_sheet.from_rows(rows)) for rows in (isu.ROWS, isu.ROWS[::-1]))
    content = canonical.canonical_json(one)
    assert content == canonical.canonical_json(other)
    assert (
        content == json.dumps(json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    )
    assert canonical.sha256(one) == hashlib.sha256(content).hexdigest()


def test_what_is_no_number_cannot_be_written():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical.canonical_json(float("nan"))


def test_shares_are_parts_of_their_sum_and_jurors_have_their_counted_ballots():
    rules = {
        "criterion": [{"name": "C", "share": 30, "scale": [0, 80]}, {"name": "D", "share": 90, "scale": [0, 1]}],
        "not_applicable": [{"entry": entry, "criterion": "D"} for entry in "AB"],
    }
    found = document(rules)
    assert {name: weight["share"] for name, weight in found["weights"].items()} == {"C": 0.25, "D": 0.75}
    assert [(one["juror"], one["ballots"]) for one in found["jurors"]] == [("J1", 2), ("J2", 1)]
    assert found["entries"][0]["criteria"] == {"C": 57.0, "D": None}


def test_a_reason_is_a_sentence_and_stands_beside_its_code():
    found = document({"min_ballots": 2})["entries"][1]
    assert (found["status"], found["score"], found["score_exact"], found["raw_mean"]) == (
        "not_rankable",
        None,
        None,
        71.25,
    )
    assert (
        found["reason"]
        == "“A” has no place: 1 ballot counts and the rules ask for 2. That is not the same as last place."
    )
    assert found["reasons"] == [{"code": "few_ballots", "entry": "A", "ballots": 1, "least": 2}]


def test_an_entry_below_a_threshold_carries_its_score():
    found = document({"criterion": [{"name": "C", "share": 1, "scale": [0, 80], "threshold": 51}]})["entries"][1]
    assert (found["status"], found["rank"], found["score"]) == ("below_threshold", None, 62.5)
    assert found["reason"] == "The mean on “C” is 50.0; the threshold is 51."


def test_a_threshold_for_all_criteria_together_is_compared_with_the_sum_of_their_means():
    rules = {"criterion": [{"name": name, "share": 1, "scale": [0, 5]} for name in "CDE"], "threshold": 10, "missing": "renormalise"}
    rows = [("J", "A", "C", 5), ("J", "A", "D", 2.5), ("J", "A", "E", 2.5), ("J", "B", "C", 5), ("J", "B", "D", 2.5), ("J", "B", "E", 2.25),
            ("J", "Z", "C", 5), ("J", "Z", "D", 5)]
    found = document(rules, rows)["entries"]
    assert [(one["entry"], one["status"], one["rank"]) for one in found] == [
        ("A", "ranked", 1), ("B", "below_threshold", None), ("Z", "not_rankable", None)]
    assert [one["reason"] for one in found[1:]] == [
        "The means of the criteria add up to 9.75; the threshold is 10.",
        "“Z” has no place: no counted ballot scores one of its criteria, and the rules set a threshold for all together."]


def codes(found):
    return [one["code"] for one in found["warning_codes"]]


ROWS = [(f"J{j}", entry, "C", 5) for j in range(7) for entry in "AB"]


@pytest.mark.parametrize(
    ("rules", "rows", "expected"),
    [
        ({}, ROWS, []),
        ({}, ROWS[1:], ["uneven_panels"]),
        ({"method": "median"}, ROWS, []),
        ({"method": "median"}, ROWS[2:], ["few_jurors"]),
        ({"method": "trimmed_mean"}, ROWS, []),
        ({"method": "trimmed_mean"}, ROWS[1:], ["unequal_sizes"]),
        ({}, [*ROWS, ("J0", "D", "C", None)], []),
        ({"not_applicable": [{"entry": "X", "criterion": "C"}]}, ROWS, ["no_such_entry"]),
        ({"not_applicable": [{"entry": "A", "criterion": "C"}]}, ROWS, ["left_out"]),
        ({"not_applicable": [{"entry": "A", "criterion": "C"}]}, [("J", "A", "C", None), ("J", "B", "C", 1), ("K", "B", "C", 1)], []),
    ],
)
def test_a_method_warns_where_it_does_not_suit(rules, rows, expected):
    assert codes(document(rules, rows)) == expected


def test_a_criterion_without_any_score_is_not_left_out():
    rules = {
        "criterion": [{"name": name, "share": 1, "scale": [0, 80]} for name in "CD"],
        "not_applicable": [{"entry": "A", "criterion": "D"}],
    }
    assert codes(document(rules, [("J", "A", "C", 1), ("K", "A", "C", 1)])) == []


def test_exclusions_of_the_application_are_kept_and_told_apart_from_those_found():
    passed = [{"juror": "J2", "entry": "B", "cause": "incomplete"}]
    found = document(
        rows=[("J1", "A", "C", 57), ("J1", "B", "C", 40), ("J2", "B", "C", 60), ("J2", "A", "C", None)],
        exclusions=passed,
    )
    assert found["exclusions"] == [{"juror": "J2", "entry": "A", "cause": "blank", "missing": ["C"]}, *passed]
    assert found["exclusions_sha256"] == canonical.sha256(passed)
    assert result.inputs(found)[2] == passed


