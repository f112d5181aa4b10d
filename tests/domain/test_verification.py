"""Recomputing a result: the true one is identical, and every change is found and located."""

import copy
import json

import pytest
from hypothesis import given, settings

from award.domain import canonical, result, rules_file, score_sheet, verification
from award.errors import Invalid
from tests.domain.rounds import rounds
from tests.domain.test_result import JUROR

RULES = {
    "title": "T",
    "min_ballots": 1,
    "ties": ["firsts"],
    "criterion": [{"name": "C", "share": 1, "scale": [0, 10], "threshold": 2}],
}
ROWS = [(f"J{j}", f"E{e}", "C", (3 * e + 5 * j) % 11) for e in range(4) for j in range(3)] + [("J3", "E0", "C", None)]


@pytest.fixture
def document():
    passed = [{"juror": "J2", "entry": "E3", "cause": "conflict"}]
    return result.compute(rules_file.from_dict(RULES), score_sheet.from_rows(ROWS), exclusions=passed, seed=5)


def reread(document):
    return verification.read(canonical.canonical_json(document))


@settings(max_examples=30)
@given(rounds())
def test_a_result_is_identical_to_what_its_own_data_give(a_round):
    rules, rows = a_round
    document = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows))
    assert verification.verify(reread(document)) is None


def test_what_the_application_adds_and_the_version_of_the_software_are_left_alone(document):
    document["about"] = {"round": "2026"}
    document["software"]["version"] = "9"
    assert verification.verify(reread(document)) is None
    assert verification.verify(json.loads(json.dumps(document, indent=4))) is None


def leaves(value, path=()):
    """The path of everything in a document that is no list or dict."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, part in items for leaf in leaves(part, (*path, key))]
    return [path]


def changed(value):
    """Another value of the same kind."""
    if value is None:
        return 1
    if isinstance(value, bool):
        return not value
    return value + ("x" if isinstance(value, str) else 1)


def unseen(document, paths):
    """The paths at which a change of the value is not found."""
    found = []
    for path in paths:
        copied = copy.deepcopy(document)
        *way, last = path
        place = copied
        for key in way:
            place = place[key]
        place[last] = changed(place[last])
        try:
            if verification.verify(copied) is None:
                found.append(path)
        except Invalid:
            assert path[0] in ("units", "seed", "facts")
    return found


def test_a_change_of_any_single_value_is_found(document):
    paths = [path for path in leaves(document) if path[0] not in ("software", "seed")]
    assert len(paths) > 300
    assert unseen(document, paths) == []


WIDE = {
    "title": "T", "cut": 2, "margin": 5, "budget": 60, "carried": 20, "threshold": 4, "unconnected": "within",
    "criterion": [{"name": name, "share": share, "scale": [0, high]} for name, share, high in (("C", 2, 10), ("D", 1, 5), ("Y", 0, 5))],
    "special": [{"name": "S", "criterion": [{"name": "Y", "share": 1}]}, {"name": "R", "entries": ["E1"], "criterion": [{"name": "C", "share": 1}]}],
}  # fmt: skip
FACTS = [{"entry": f"E{e}", "category": "AB"[e % 2], "cost": 20 + e, "carried": f"{e + 2}/9"} for e in range(5)]


def of_everything(method, *, diagnostics=True):
    """A result that holds every kind of figure: gaps, groups, categories, facts, lines and special awards."""
    rows = [(f"J{j}", f"E{e}", name, (3 * e + 5 * j + len(rows)) % limit) for e in range(5) for j in range(6) if (e + j) % 5 < 4
            for name, limit, rows in (("C", 11, "x"), ("D", 6, ""), ("Y", 5, "yy"))]
    rows += [(f"K{j}", f"F{e}", name, (e + 2 * j) % 5 + 1) for e in range(3) for j in range(3) for name in "CDY"]
    facts = [*FACTS, *({"entry": f"F{e}", "carried": 0.5} for e in range(3))]
    return result.compute(rules_file.from_dict(WIDE | {"method": method}), score_sheet.from_rows(rows), facts=facts, diagnostics=diagnostics)


def kinds(document):
    """One path of every kind of figure: paths that differ in their places in lists and in their names alone are one kind."""
    sheet, comparison = document["sheet"], document["comparison"]
    names = {*sheet["entries"], *sheet["jurors"], *sheet["criteria"], *comparison, *document["agreement"], "A", "B"}
    found = {tuple(key for key in path if isinstance(key, str) and key not in names): path for path in leaves(document)}
    return [path for kind, path in found.items() if kind[0] not in ("software", "seed")]


def test_a_change_of_any_kind_of_figure_is_found():
    document = of_everything("additive")
    assert verification.verify(reread(document)) is None
    paths = kinds(document)
    assert len(paths) > 100
    assert unseen(document, paths) == []


@pytest.mark.parametrize("diagnostics", [True, False])
def test_a_result_with_or_without_figures_on_jurors_is_identical(diagnostics):
    document = of_everything("mean", diagnostics=diagnostics)
    assert sorted(document["jurors"][0]) == (JUROR if diagnostics else ["ballots", "juror"])
    assert verification.verify(reread(document)) is None


def test_another_start_of_the_random_numbers_gives_other_figures():
    document = of_everything("additive")
    document["seed"] = 99
    assert ".score_interval[0]: " in verification.verify(document)


def test_the_same_fact_twice_or_facts_without_a_checksum_are_found(document):
    document["facts"] = [{"entry": "E1", "category": "A"}]
    assert verification.verify(document).startswith("facts_sha256: ")
    document["facts_sha256"] = canonical.sha256(document["facts"])
    assert verification.verify(document).startswith("categories: null ≠ {")
    del document["facts_sha256"]
    assert verification.verify(document).startswith("facts_sha256: null ≠ ")
    document["facts"] *= 2
    document["facts_sha256"] = canonical.sha256(document["facts"])
    with pytest.raises(Invalid, match="cannot be recomputed: entry 2: “E1” stands here twice"):
        verification.verify(document)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d["entries"][1].update(rank=1), "entries[1].rank: 1 ≠ 2"),
        (lambda d: d["entries"][0].update(score=99.5), "entries[0].score: 99.5 ≠ "),
        (lambda d: d["entries"][0].update(tied=0), "entries[0].tied: 0 ≠ false"),
        (lambda d: d["entries"][0].pop("spread"), "entries[0].spread: – ≠ "),
        (lambda d: d["entries"].pop(), "entries: ["),
        (lambda d: d["entries"].reverse(), 'entries[0].entry: "'),
        (lambda d: d["entries"][0]["criteria"].update(X=1), "entries[0].criteria.X: 1 ≠ –"),
        (lambda d: d.update(extra=[1]), "extra: [1] ≠ –"),
        (lambda d: d.update(jurors={}), "jurors: {} ≠ ["),
        (lambda d: d.update(jurors=[7]), "jurors: [7] ≠ ["),
        (lambda d: d.pop("jurors"), "jurors: – ≠ ["),
        (lambda d: d["jurors"][0].pop("severity"), "jurors[0].severity: – ≠ null"),
        (lambda d: d.pop("facts"), "facts: – ≠ []"),
        (lambda d: d["entries"][0].update(rank_interval=[1, 2]), "entries[0].rank_interval[1]: 2 ≠ 4"),
        (lambda d: d["entries"][0]["p_top"].update({"1": 0.5}), "entries[0].p_top.1: 0.5 ≠ "),
        (lambda d: d["comparison"]["borda"].update(E0=9), "comparison.borda.E0: 9 ≠ "),
        (lambda d: d["sheet"]["ballots"][0][2].__setitem__(0, 10), 'sheet_sha256: "'),
        (lambda d: d["rulebook"].update(min_ballots=2), 'rulebook.sha256: "'),
        (lambda d: d["exclusions"].pop(1), 'exclusions_sha256: "'),
        (lambda d: d["exclusions"].pop(0), "exclusions: ["),
    ],
)
def test_the_first_difference_is_named(document, change, place):
    change(document)
    found = verification.verify(document)
    assert found.startswith(place)
    assert len(found) < 250


def resealed(document):
    """The checksums brought in line with changed data, as somebody who tampers would."""
    rules = {key: value for key, value in document["rulebook"].items() if key != "sha256"}
    document["rulebook"]["sha256"], document["sheet_sha256"] = (
        canonical.sha256(rules),
        canonical.sha256(document["sheet"]),
    )
    document["exclusions_sha256"] = canonical.sha256(result.passed(document["exclusions"]))
    return document


def test_an_exclusion_left_out_with_new_checksums_still_contradicts_the_figures(document):
    document["exclusions"].pop(1)
    assert verification.verify(resealed(document)).startswith("warnings: ")


def test_changed_scores_with_new_checksums_still_contradict_the_ranking(document):
    document["sheet"]["ballots"][0][2][0] = 10
    assert verification.verify(resealed(document)).startswith("entries[")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["sheet"]["ballots"][0][2].__setitem__(0, 11),
        lambda d: d["rulebook"].update(method="vote"),
        lambda d: d["sheet"].update(entries=7),
        lambda d: d["sheet"].update(criteria=["D"]),
        lambda d: d.update(sheet=[]),
        lambda d: d.update(seed=-1),
        lambda d: d.update(seed="7"),
    ],
)
def test_data_that_cannot_be_recomputed_are_refused(document, change):
    change(document)
    with pytest.raises(Invalid, match="cannot be recomputed"):
        verification.verify(resealed(document))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("rulebook"),
        lambda d: d.pop("sheet"),
        lambda d: d.pop("entries"),
        lambda d: d.update(units="percent"),
        lambda d: d.update(units=[]),
        lambda d: d.update(rulebook="sha256"),
        lambda d: d["rulebook"].pop("sha256"),
        lambda d: d.update(exclusions=7),
        lambda d: d.update(facts=7),
        lambda d: d.update(exclusions=["x"]),
        lambda d: d["exclusions"][0].pop("cause"),
        lambda d: d["exclusions"][0].update(juror=[1]),
    ],
)
def test_an_incomplete_result_is_refused(document, change):
    change(document)
    with pytest.raises(Invalid, match="This result is incomplete"):
        verification.verify(document)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{",
        b"[" * 100_000,
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b"9" * 5000,
    ],
)
def test_what_is_no_json_is_refused(content):
    with pytest.raises(Invalid, match="cannot be read as a result"):
        verification.read(content)


@pytest.mark.parametrize("content", [b"7", b"[]", b"{}", b'{"format": "award-result/2"}'])
def test_what_is_no_result_is_refused(content):
    with pytest.raises(Invalid, match="not a result of Award"):
        verification.read(content)


@pytest.mark.parametrize(("away", "place"), [(1e-9, None), (1e-4, "entries[0].score")])
def test_the_last_digits_in_which_processors_differ_are_no_difference(document, away, place):
    document["entries"][0]["score"] += away
    assert (verification.verify(document) or "").partition(":")[0] == (place or "")
