"""A result under every rule."""
import pytest

from award.domain.first_form import first_form
from award.services import comparisons, rankings
from tests.services import judged

OPPOSED = {"LA27-001": ((5, 5), (2, 2)), "LA27-002": ((3, 3), (3, 3)), "LA27-003": ((0, 0), (2, 3))}


@pytest.fixture
def compared(context):
    return lambda scores=None: comparisons.read(rankings.compute(judged.stage(scores=scores).stage))


def test_the_official_rule_comes_first_and_rules_that_say_nothing_have_their_reason(compared):
    found = compared()
    assert (found.own, list(found.ranks)) == ("mean", ["mean", "median", "mean_rank", "borda", "zscore", "bradley_terry", "schulze", "kemeny"])
    assert (found.silent, found.groups) == ({"trimmed_mean": "few_values", "additive": "refused"}, 1)


def test_rules_that_agree_differ_nowhere(compared):
    found = compared()
    assert (found.differing(), found.differing(2), found.first("borda", 2)) == ([], [], {"LA27-001", "LA27-002"})
    assert found.leaders() == {"LA27-001": list(found.ranks)}


def test_the_rules_under_which_another_is_first_are_named(compared):
    found = compared(OPPOSED)
    assert found.first("mean") == {"LA27-001"}
    assert "borda" in found.differing()
    assert [entry for entry, rules in found.leaders().items() if "mean" in rules] == ["LA27-001"]
    assert [entry for entry, rules in found.leaders().items() if "borda" in rules] == ["LA27-002"]


def test_a_result_of_the_first_version_is_compared_from_what_it_holds(context):
    document = rankings.compute(judged.stage().stage)
    assert comparisons.read(first_form(document)) == comparisons.read(document)
