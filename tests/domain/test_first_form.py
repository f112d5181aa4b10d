"""Results that the first version wrote: they still verify, and what is changed in them is found."""
import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from award.domain import first_form, result, rules_file, score_sheet, verification
from tests.domain.rounds import rounds

WRITTEN = Path(__file__).with_name("result_of_the_first_version.json").read_bytes()


@pytest.fixture
def document():
    """A result as the first version wrote it, with a median, a threshold, a criterion that does not apply and a conflict."""
    return verification.read(WRITTEN)


def test_a_result_of_the_first_version_is_identical_to_what_its_data_give(document):
    assert first_form.is_first_form(document)
    assert verification.verify(document) is None


@pytest.mark.parametrize(("change", "place"), [
    (lambda d: d["entries"][0].update(rank=2), "entries[0].rank: 2 ≠ 1"),
    (lambda d: d["entries"][0].update(rank_interval=[1, 1]), "entries[0].rank_interval: [1, 1] ≠ null"),
    (lambda d: d["entries"][0].update(band=1), "entries[0].band: 1 ≠ –"),
    (lambda d: d["agreement"].update(kendall_w=1), "agreement.kendall_w: 1 ≠ null"),
    (lambda d: d["jurors"][0].update(severity=3.5), "jurors[0].severity: 3.5 ≠ null"),
    (lambda d: d["weights"]["Cost"].update(effective_share=1), "weights.Cost.effective_share: 1 ≠ null"),
    (lambda d: d["warnings"].pop(0), "warnings: ["),
    (lambda d: d.update(comparison={}), "comparison: {} ≠ null"),
    (lambda d: d.update(lines={}), "lines: {} ≠ –"),
])
def test_what_is_changed_in_it_is_found(document, change, place):
    change(document)
    assert verification.verify(document).startswith(place)


def test_a_result_is_of_the_first_version_only_where_it_says_so(document):
    for codes in (None, [], {}, 7, document["warning_codes"][:-1], [{"code": "not_computed", "fields": ["model"]}]):
        assert not first_form.is_first_form({**document, "warning_codes": codes})
    del document["warning_codes"]
    assert not first_form.is_first_form(document)


@settings(max_examples=25)
@given(rounds())
def test_a_new_result_brought_into_the_first_form_has_its_keys_and_verifies(a_round):
    found = result.compute(rules_file.from_dict(a_round[0]), score_sheet.from_rows(a_round[1]))
    before, old = copy.deepcopy(found), first_form.first_form(found)
    assert found == before
    assert sorted(old) == sorted(json.loads(WRITTEN))
    assert {tuple(sorted(one)) for one in old["entries"]} <= {tuple(sorted(one)) for one in json.loads(WRITTEN)["entries"]}
    assert verification.verify(old) is None
