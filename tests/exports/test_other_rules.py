"""The jury report under rules other than the usual ones says what they are and prints figures in their units."""

import pytest

from award.domain import result, rules_file, score_sheet
from award.domain.report import from_result
from award.exports.figures import number
from tests.exports import sample
from tests.exports.documents import text_of, typeset_here


def said(document):
    """The text of the document with single spaces, without line ends."""
    return " ".join(text_of(document).split())


@pytest.fixture(scope="module")
def by_criterion():
    """Two ends trimmed per criterion, rounded, missing scores made up for, in scale units."""
    rules = sample.rules(method="trimmed_mean", order="criterion", trim=1, missing="renormalise", ties=["firsts"], criterion=[
        {"name": name, "share": share, "scale": [0, 5], "decimals": 2} for name, share, _ in sample.CRITERIA])
    given = [row for row in sample.rows(3, 6) if row[:3] != ("J02", sample.key(1), "Novelty")]
    report = from_result(sample.compute(given, book=rules, units="scale"), title="Award 2026")
    return report, typeset_here(report)


@pytest.fixture(scope="module")
def mixed():
    """Scales that differ, one of them with low scores good; a criterion that does not apply; an entry nobody scored; the median."""
    rules = rules_file.from_dict({
        "method": "median", "criterion": [
            {"name": "Impact", "share": 60, "scale": [0, 10]},
            {"name": "Cost", "share": 25, "scale": [1, 5], "better": "lower"},
            {"name": "Reach", "share": 15, "scale": [0, 10]}],
        "not_applicable": [{"entry": "Boat", "criterion": "Reach"}]})
    rows = [(juror, entry, criterion, score) for entry, best in (("Boat", 9), ("Door", 6))
            for juror in ("Ann", "Bob", "Cem")
            for criterion, score in (("Impact", best), ("Cost", 2), ("Reach", 7)) if (entry, criterion) != ("Boat", "Reach")]
    found = result.compute(rules, score_sheet.from_rows(rows, entries=("Boat", "Door", "Lamp")), seed=1)
    report = from_result(found, title="Award 2026")
    return report, typeset_here(report)


def test_a_trimmed_mean_by_criterion_is_explained(by_criterion):
    words = said(by_criterion[1])
    assert "For each criterion the highest and the lowest score are left out, and the mean of the others is taken." in words
    assert "A ballot on which a score is missing counts with the criteria that were scored." in words
    assert "The value of a criterion is rounded to 2 decimals before it is weighted; nothing else is rounded before the ranking." in words
    assert "The higher number of first places on ballots goes first." in words


def test_scores_in_scale_units_are_printed_in_them(by_criterion):
    report, document = by_criterion
    scores = [one["score"] for one in report.result["entries"]]
    assert all(0 <= score <= 5 for score in scores)
    words = said(document)
    assert [score for score in scores if number(score, "en", 2) not in words] == []


def test_the_median_of_ballots_is_explained(mixed):
    words = said(mixed[1])
    assert "the median" in words
    assert "Reach is not scored for Boat." in words
    assert "On Cost a low score is a good one." in words
    assert "What is then still equal shares the place." in words


def test_an_entry_that_nobody_scored_has_a_page_and_no_place(mixed):
    report, document = mixed
    last = report.result["entries"][-1]
    assert (last["entry"], last["status"], last["score"]) == ("Lamp", "not_rankable", None)
    assert said(document).count("Lamp") >= 2
