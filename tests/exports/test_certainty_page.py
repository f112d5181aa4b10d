"""The page on agreement and stability: drawn from the result alone, and left out where the result does not say."""
import re

import pytest

from award.domain import result, rules_file, score_sheet
from award.domain.report import from_result
from award.exports.paper import certainty_page, composition
from award.exports.paper.views import Pages

RULES = {"criterion": [{"name": "Impact", "share": 60, "scale": [0, 10]}, {"name": "Reach", "share": 40, "scale": [0, 10]}]}
STRENGTH = {"A": 9, "B": 7, "C": 4}


def document(strength=None, **rules):
    strength = strength or STRENGTH
    rows = [(f"J{j}", entry, criterion, max(0, min(10, height + (j + i) % 2 - (entry == "B") * (j == 1))))
            for j in range(3) for entry, height in strength.items() for i, criterion in enumerate(("Impact", "Reach"))]
    return result.compute(rules_file.from_dict({**RULES, **rules}), score_sheet.from_rows(rows))


def pages(found):
    return Pages(from_result(found, title="Round"), "en")


def test_a_row_for_each_ranked_entry_with_its_interval_and_its_score():
    found = document()
    (chart,) = certainty_page.intervals(pages(found))
    told = [words for tag, _attributes, words in chart.marks if tag == "text"]
    scores = [f"{line['score']:.1f}" for line in found["entries"]]
    assert [word for word in told if word in scores] == scores
    low, high = (f"{end:.1f}" for end in found["entries"][0]["score_interval"])
    assert f"first on this page is A with {scores[0]} ({low} to {high})" in chart.title


def test_many_entries_are_drawn_on_charts_of_one_size_that_each_fit_a_page():
    found = document({f"E{n:02}": n % 10 for n in range(70)})
    charts = certainty_page.intervals(pages(found))
    assert [round(chart.height) for chart in charts] == [round(35 * 10.5 + 14)] * 2


def test_the_first_entries_stand_under_every_rule_the_own_one_first():
    found = document(method="median")
    keys, rows = certainty_page.compared(pages(found))
    assert keys == ["A", "B", "C"]
    assert (str(rows[0].label), rows[0].own, rows[0].ranks) == ("median", True, (1, 2, 3))
    assert [one.own for one in rows[1:]] == [False] * (len([r for r in found["comparison"].values() if r]) - 1)


def test_the_shares_stand_beside_what_they_did():
    found = document()
    rows = certainty_page.weighing(pages(found))
    assert [(name, share) for name, share, _effective, _stable in rows] == [("Impact", "60%"), ("Reach", "40%")]
    assert rows[0][3] == "0%–100%"


@pytest.mark.parametrize("strength", [{"A": 5}, {"A": 5, "B": 5}])
def test_one_entry_and_equal_entries_have_a_report(strength):
    found = document(strength)
    fragments = composition.compose(from_result(found, title="Round"), "en")
    assert [len(re.findall("<svg", part)) for part in fragments if "The scores side by side</h1>" in part] == [1] * (len(strength) - 1)


def test_a_result_that_does_not_say_how_certain_it_is_has_no_such_part():
    found = document()
    for line in found["entries"]:
        line["rank_interval"] = line["score_interval"] = None
    assert [part for part in composition.compose(from_result(found, title="Round"), "en") if "Agreement and stability" in part] == []
