"""The jury report under rules other than the usual ones says what they are and prints figures in their units."""

import pytest

from award.domain import result, rulebook, rules_file, score_sheet
from award.domain.aggregation import METHODS
from award.domain.report import from_result
from award.exports.figures import number
from award.exports.paper import rules
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


LINES = {"threshold": 7.5, "cut": 2, "margin": 2.5, "budget": 60000, "carried": 20}


def test_lines_the_earlier_stage_and_special_awards_are_said_in_words():
    special = [{"name": "Youth", "criterion": [{"name": "A", "share": 2}, {"name": "B", "share": 1}]},
               {"name": "Region", "entries": ["E1"], "criterion": [{"name": "A", "share": 1}]}]
    told = {str(matter): [str(one) for one in sentences] for matter, sentences in rules.rows(sample_rules(LINES | {"special": special}), "en")}
    assert told["Further rules"] == [
        "The means on the criteria must add up to 7.5 or more; otherwise an entry has no place.",
        "2 entries go on. Equal scores across this line are not cut: the jury decides.",
        "When the scores of first and second, of 100, are less than 2.5 apart, the jury must deliberate before it decides.",
        "A budget of 60,000 is given down the ranking: each entry gets what it asks, until one asks more than is left.",
        "The score of the stage before counts for 20%, the score of this stage for the rest."]
    assert told["Special awards"] == ["Special award “Youth”: a ranking of its own by A 67%, B 33%.",
                                      "Special award “Region”, for named entries: a ranking of its own by A 100%."]


def test_without_lines_and_special_awards_nothing_is_said_of_them():
    assert {"Further rules", "Special awards"} & {str(matter) for matter, _sentences in rules.rows(sample_rules({}), "en")} == set()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_said_in_a_sentence_of_its_own(method):
    assert "by this method" not in str(rules.method(sample_rules({"method": method})))


def sample_rules(more):
    """Rules of two criteria as a result holds them."""
    given = {"criterion": [{"name": name, "share": 1, "scale": [0, 10]} for name in "AB"]} | more
    return rulebook.to_dict(rules_file.from_dict(given))
