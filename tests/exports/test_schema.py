"""The published description of award-result/1: every result keeps to it, and what does not is found."""

import copy
import json
from pathlib import Path
from random import Random

import pytest
from jsonschema import Draft202012Validator

from award.domain import aggregation, pairwise, result, rules_file, score_sheet
from award.errors import Refused
from award.exports import schema
from tests.domain.rounds import a_round
from tests.exports import sample
from tests.exports.test_formats import judged_again

DESCRIBED = json.loads(schema.read("award-result-1"))
CHECK = Draft202012Validator(DESCRIBED)
FIRST = Path(__file__).parents[1] / "domain" / "result_of_the_first_version.json"


def faults(document):
    """Where a document departs from the schema."""
    return [f"{fault.json_path}: {fault.message}" for fault in CHECK.iter_errors(json.loads(json.dumps(document)))]


def test_the_schema_is_one_and_names_the_format():
    Draft202012Validator.check_schema(DESCRIBED)
    assert list(schema.SCHEMAS) == ["award-result-1"]
    assert (DESCRIBED["title"], DESCRIBED["properties"]["format"]) == (result.FORMAT, {"const": result.FORMAT})


def test_every_method_and_rule_is_in_it():
    rules = DESCRIBED["properties"]
    assert rules["rulebook"]["properties"]["method"]["enum"] == list(aggregation.METHODS)
    assert rules["comparison_notes"]["propertyNames"]["enum"] == [*aggregation.METHODS, *pairwise.RULES]


@pytest.mark.parametrize("make", [lambda: sample.full().result, lambda: sample.nothing().result, lambda: judged_again().result,
                                  lambda: sample.compute(sample.rows(12, 6), book=sample.rules(method="additive")),
                                  lambda: sample.compute(sample.rows(4, 4), units="scale"), lambda: json.loads(FIRST.read_text("utf-8"))],
                         ids=["full", "nothing", "categories, awards and lines", "additive", "scale", "the first version"])
def test_a_result_keeps_to_it(make):
    assert faults(make()) == []


def test_eighty_random_rounds_keep_to_it():
    found = {}
    for seed in range(80):
        rules, rows = a_round(Random(seed))
        try:
            document = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), diagnostics=bool(seed % 2))
        except Refused:
            continue
        found[seed] = faults(document)
    assert len(found) > 60
    assert {seed: told for seed, told in found.items() if told} == {}


def changed(document, change):
    document = copy.deepcopy(document)
    change(document)
    return document


@pytest.mark.parametrize("change", [
    lambda d: d.update(score=1), lambda d: d["entries"][0].update(second_score=1), lambda d: d["entries"][0].pop("band"),
    lambda d: d["entries"][0].update(rank=0), lambda d: d["entries"][0].update(rank_interval=[1]), lambda d: d.pop("facts"),
    lambda d: d["rulebook"].update(sha256="ABC"), lambda d: d["rulebook"].update(method="dice"), lambda d: d.update(seed=-1),
    lambda d: d["sheet"]["ballots"][0].append("more"), lambda d: d["entries"][0]["p_top"].update({"1": 1.5}),
    lambda d: d.update(format="award-result/2"), lambda d: d.update(components=None),
    lambda d: d["jurors"][0].update(verdict="harsh"), lambda d: d["weights"]["Novelty"].pop("share"),
], ids=range(15))
def test_what_departs_from_it_is_found(change):
    assert len(faults(changed(sample.full().result, change))) > 0


def test_what_an_application_adds_stands_below_about():
    assert faults({**sample.full().result, "about": {"round": "FIA26", "anything": [1]}}) == []
