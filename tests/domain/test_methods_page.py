"""docs/methods.md and the registry of methods say the same, examples included."""
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from award.domain import result, rules_file
from award.domain.aggregation import METHODS, Values, aggregate

PAGE = (Path(__file__).parents[2] / "docs" / "methods.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))


def test_each_method_has_its_section():
    assert set(SECTIONS) == set(METHODS)


@pytest.mark.parametrize("key", sorted(METHODS))
@pytest.mark.parametrize("part", ["Formula", "Source", "Example", "When", "Not when"])
def test_a_section_says_what_a_reader_needs(key, part):
    assert re.search(rf"^- {part}: \S", SECTIONS[key], re.MULTILINE)


@pytest.mark.parametrize("key", sorted(METHODS))
def test_the_example_is_what_the_method_gives(key):
    values, given = re.search(r"Example: ([\d, ]+) gives ([\d.]+)\.$", SECTIONS[key], re.MULTILINE).groups()
    numerators = np.array([[int(value) for value in values.split(", ")]])
    rulebook = rules_file.from_dict({"method": key, "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
    (found,) = aggregate(Values(numerators, np.ones_like(numerators, bool), 1), rulebook)
    places = -Decimal(given).as_tuple().exponent
    assert round(found, places) == Fraction(given)


def test_the_rules_on_the_page_are_read_and_use_every_key():
    example = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL).group(1)
    rules = rules_file.parse_toml(example)
    assert rules.title == "Innovation award 2026"
    written = set(re.findall(r"^\[*(\w+)(?:\]\]| =)", example, re.MULTILINE))
    assert written == {*rules_file.KEYS, *rules_file.CRITERION_KEYS, *rules_file.CASE_KEYS}


def test_every_key_of_a_result_is_explained():
    document = result.compute(
        rules_file.from_dict({"criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]}),
        result.score_sheet.from_rows([("J", "E", "C", 5)]),
    )
    keys = {*document, *document["entries"][0], *document["jurors"][0], *document["weights"]["C"]} - {"agreement_notes"}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
