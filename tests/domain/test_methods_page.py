"""docs/methods.md, docs/result.md and the code say the same, examples included."""
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from award.domain import agreement, diagnostics, evidence, facts, first_form, lines, pairwise, result, rules_file, score_sheet, stability
from award.domain.aggregation import METHODS, Values, aggregate
from tests.domain.properties import PROPERTIES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "methods.md").read_text("utf-8")
RESULT = (DOCS / "result.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLE = re.compile(r"Example(?: \(`(\w+) = (\d+)`\))?: ([\d, ]+|the table) gives ([^;]*?)\.(?:\s|$)")
RULES, FACTS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
PARTS = ["Formula", "Source", "Example", "When", "Not when"]
ALONE = ("trimmed_mean",)  # the table has too few jurors for it


def examples(key):
    """[(settings, values or None for the table, {entry: what it gives, as written})] of one section."""
    found = EXAMPLE.findall(SECTIONS[key])
    return [({name: int(value)} if name else {}, None if given == "the table" else [int(x) for x in given.split(", ")], results(gives))
            for name, value, given, gives in found]


def results(written):
    """{entry: figure as written} of "A 1, B 0.5"; a figure alone is of one entry without a name."""
    return dict(part.split(" ") if " " in part else ("", part) for part in written.split(", "))


def table():
    """(names of entries, Values) of the table above the methods."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.split("## The methods")[1].split("###")[0].splitlines() if line.startswith("| ")]
    cells = np.array([row[1:] for row in rows[1:]]).T
    there = cells != "–"
    return rows[0], Values(np.where(there, cells, "0").astype(np.int64), there, 1)


def assert_as_written(found, written):
    """Each figure equals the one on the page, to the digits written there."""
    assert list(found) == list(written)
    for entry, figure in written.items():
        assert round(Decimal(float(found[entry])), -Decimal(figure).as_tuple().exponent) == Decimal(figure), entry


def test_each_method_and_each_rule_of_comparison_has_its_section():
    assert list(SECTIONS) == [*METHODS_IN_ORDER, *pairwise.RULES]


METHODS_IN_ORDER = ["mean", "trimmed_mean", "median", "additive", "mean_rank", "borda", "zscore"]


def test_the_sections_are_those_of_the_registry():
    assert set(METHODS_IN_ORDER) == set(METHODS)


@pytest.mark.parametrize("key", [*sorted(METHODS), *pairwise.RULES])
@pytest.mark.parametrize("part", PARTS)
def test_a_section_says_what_a_reader_needs(key, part):
    assert re.search(rf"^- {part}(?: \(`.*?`\))?: \S", SECTIONS[key], re.MULTILINE)


@pytest.mark.parametrize("key", sorted(METHODS))
def test_the_examples_are_what_the_method_gives(key):
    found = examples(key)
    assert len(found) == SECTIONS[key].count("- Example")
    assert key in ALONE or any(values is None for _settings, values, _given in found)
    for settings, numbers, written in found:
        names, values = table() if numbers is None else ([""], Values(np.array([numbers]), np.ones((1, len(numbers)), bool), 1))
        rulebook = rules_file.from_dict({"method": key, **settings, "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
        assert_as_written(dict(zip(names, aggregate(values, rulebook), strict=True)), written)


@pytest.mark.parametrize("key", sorted(pairwise.RULES))
def test_the_examples_of_the_rules_of_comparison_are_what_they_give(key):
    ((_settings, _values, written),) = examples(key)
    names, values = table()
    assert_as_written(dict(zip(names, pairwise.RULES[key](pairwise.wins(values)), strict=True)), written)


@pytest.mark.parametrize("key", sorted(pairwise.RULES))
def test_a_rule_of_comparison_says_up_to_how_many_entries_it_goes(key):
    most = re.search(r"[Uu]p to (\d+) entries", SECTIONS[key])
    assert int(most.group(1) if most else 200) == pairwise.MOST[key]


@pytest.mark.parametrize("key", sorted(METHODS))
def test_a_method_says_what_it_breaks_by_nature_and_what_it_goes_with(key):
    rule, section = METHODS[key], SECTIONS[key]
    nature = section.partition("- By nature: ")[2].partition("\n- ")[0]
    assert set(re.findall(r"`(\w+)`", nature)) == set(rule.breaks)
    assert ('`order = "ballot"`' in section) == (rule.orders == ("ballot",))
    assert ('`missing = "strict"`' in section) == (rule.missing == ("strict",))
    assert ("rounded to 1e-9" in section) == (not rule.exact)


def test_the_properties_that_a_method_inherits_are_those_of_the_tests():
    section = PAGE.split("### Adding one")[1].split("## ")[0]
    assert [name for row in re.findall(r"^\| (`.*`) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)] == list(PROPERTIES)


@pytest.mark.parametrize("key", sorted(METHODS))
def test_the_warnings_of_a_method_are_named(key):
    assert [code for code in METHODS[key].cautions if f"`{code}`" not in PAGE] == []


def test_the_rules_on_the_page_are_read_and_use_every_key():
    rules = rules_file.parse_toml(RULES)
    assert (rules.title, rules.cut, rules.special[0].name) == ("Innovation award 2026", 5, "Courage")
    written = set(re.findall(r"^\[*(\w+)(?:\]\]| =)", RULES, re.MULTILINE))
    keys = (rules_file.KEYS, rules_file.CRITERION_KEYS, rules_file.CASE_KEYS, rules_file.SPECIAL_KEYS, rules_file.SHARE_KEYS)
    assert written == {key for some in keys for key in some}
    assert set(re.search(r"^method = .*# (.*)$", RULES, re.MULTILINE).group(1).split(" | ")) == set(METHODS)


def test_the_facts_on_the_page_are_read_and_use_every_key():
    _rules, found = rules_file.with_facts(RULES + FACTS)
    assert found == [{"entry": "E1", "category": "Cities", "cost": 12000, "carried": "57/80"}]
    assert tuple(found[0]) == facts.KEYS


def whole():
    """A result with every part: two unconnected groups, facts, lines, a special award."""
    rules = {"method": "additive", "unconnected": "within", "carried": 20, "cut": 1, "margin": 5, "budget": 10, "criterion": [
        {"name": "C", "share": 1, "scale": [0, 10]}], "special": [{"name": "S", "criterion": [{"name": "C", "share": 1}]}]}
    rows = [(f"{group}{j}", f"E{group}{e}", "C", (3 * j + 5 * e + j * e) % 10) for group in "ab" for j in range(3) for e in range(3)]
    known = [{"entry": f"E{group}{e}", "category": "X", "cost": 4, "carried": "1/2"} for group in "ab" for e in range(3)]
    return result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), facts=known)


def keys(value):
    """Every key of a JSON value that the program chose: not the names of entries, jurors, criteria and rules."""
    by_name = {"categories", "category_figures", "criteria", "entry_effects", "juror_effects", "comparison_notes", "weights", "notes", "p_top",
               "agreement_notes", "agreement_note_codes"}
    if isinstance(value, list):
        return set().union(*map(keys, value))
    if not isinstance(value, dict):
        return set()
    inner = [[*part.values()] if name in by_name and isinstance(part, dict) else part for name, part in value.items()
             if name not in ("rulebook", "warning_codes", "comparison")]
    return set(value) | set().union(*map(keys, inner))


def test_every_key_of_a_result_is_explained():
    document = whole()
    assert len(document["components"]) == 2
    assert [key for key in sorted(keys(document)) if not re.search(rf"[`{{, ]{key}(?:[`,}}]| \[)", RESULT)] == []


@pytest.mark.parametrize("key", [*evidence.FIELDS, *diagnostics.FIELDS, *agreement.FIELDS])
def test_every_figure_is_explained_where_the_methods_are(key):
    assert f"| `{key}`" in PAGE or f", `{key}`" in PAGE


def test_the_first_form_is_named_key_by_key():
    section = RESULT.split("## The first form")[1]
    assert {key for key in first_form.EMPTY if f"`{key}`" not in section} == set()


def paragraph(start):
    """The paragraph of the page that begins so, on one line."""
    return " ".join(next(part for part in PAGE.split("\n\n") if part.startswith(start)).split())


def test_the_example_of_the_shares():
    assert "from 0.4 to 1" in paragraph("Example: two criteria")
    found = stability.stable_shares(np.array([[0.9, 0.5], [0.6, 0.7]]), np.array([0.5, 0.5]), 0)
    assert found[0].tolist() == pytest.approx([0.4, 1])


def test_the_example_of_the_budget():
    assert "60, 50 and 30" in paragraph("Example: a budget of 100")
    rows = [("J", entry, "C", score) for entry, score in zip("ABC", (9, 8, 7), strict=True)]
    rules = rules_file.from_dict({"budget": 100, "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
    known = [{"entry": entry, "cost": cost} for entry, cost in zip("ABC", (60, 50, 30), strict=True)]
    found = result.compute(rules, score_sheet.from_rows(rows), facts=known)["lines"]["budget"]
    assert (found["given"], found["left"], found["not_given"]) == ([{"entry": "A", "cost": 60, "left": 40}], 40, ["B", "C"])


def test_the_example_of_carrying_over():
    assert paragraph("Example: c = 20").endswith("= 63.")
    rules = rules_file.from_dict({"carried": 20, "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
    found = result.compute(rules, score_sheet.from_rows([("J", "E", "C", 6)]), facts=[{"entry": "E", "carried": "0.75"}])
    assert (found["entries"][0]["score"], found["entries"][0]["score_exact"]) == (63, str(Fraction(63, 100)))


def test_the_example_of_agreement():
    targets = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float)
    found = agreement.intraclass(targets)
    figures = re.findall(r"0\.\d{3}", paragraph("Example: the six targets"))
    assert figures == [f"{found[name]:.3f}" for name in agreement.ICC]


def test_the_lines_are_those_of_the_page():
    rulebook = rules_file.parse_toml(RULES)
    assert [key for key in lines.lines(rulebook, (), {}) if f"**`{key}`**" not in PAGE] == []
