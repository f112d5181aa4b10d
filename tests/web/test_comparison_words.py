"""The sentences above the comparison of rules."""
import pytest

from award.domain import pairwise
from award.domain.aggregation import METHODS
from award.services.comparisons import Comparison
from award.web import comparison_words

A, B = {"A": 1, "B": 2}, {"A": 2, "B": 1}
BOTH = {"A": 1, "B": 1}


@pytest.mark.parametrize(("ranks", "groups", "said"), [
    ([A, A, A], 1, "All rules agree on the winner"),
    ([A, B, A], 1, "Under 1 of 3 rules another entry is first"),
    ([A, B, B], 1, "Under 2 of 3 rules another entry is first"),
    ([A, BOTH], 1, "Under 1 of 2 rules the first place falls otherwise"),
    ([BOTH, A, B], 1, "Under 2 of 3 rules the first place falls otherwise"),
    ([BOTH, BOTH], 1, "All rules agree: the first place is shared"),
    ([A], 1, "Only the rule of this round says something"),
    ([{}, A], 1, "No entry has a place yet"),
    ([BOTH, BOTH], 2, "All rules agree on who is first in each group"),
    ([BOTH, A], 2, "Under 1 of 2 rules another entry is first in its group"),
])
def test_how_it_stands_is_one_sentence(ranks, groups, said):
    assert str(comparison_words.title(Comparison({f"rule {n}": one for n, one in enumerate(ranks)}, {}, groups))) == said


@pytest.mark.parametrize(("ranks", "line", "said"), [
    ([A, A], {"places": 1}, "The first 1 goes on under all of them."),
    ([A, B], {"places": 2}, "The same first 2 go on under all of them."),
    ([A, B, A], {"places": 1}, "Under 1 of them other entries are above the cut line."),
    ([A, B], None, "None"), ([A], {"places": 1}, "None"), ([{}, A], {"places": 1}, "None"),
])
def test_what_goes_on_is_said_where_there_is_a_cut_line(ranks, line, said):
    compared = Comparison({f"rule {n}": one for n, one in enumerate(ranks)}, {}, 1)
    assert str(comparison_words.cut(compared, line)) == said


def test_every_rule_has_its_name_and_says_what_it_is_good_for():
    assert set(comparison_words.ADVICE) == set(comparison_words.LABELS) == {*METHODS, *pairwise.RULES}
