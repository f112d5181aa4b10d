"""A feedback letter speaks kindly to one team and of nobody else: no other entry, no juror, no place that is not public."""

import re
from dataclasses import replace
from statistics import fmean

import pytest

from award.domain.report import Answer, Decision, Entry, Said, Team
from award.exports.paper import letter_page
from award.exports.paper.composition import compose
from award.exports.paper.letter_page import LetterPages
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES
from tests.exports import sample
from tests.exports.documents import attached, text_of, typeset_here

SAID = Said("Summary of the jury.", "It asks before it builds.\n- It costs little.", "Show one figure on use.", "Come back with a summer of results.")


def letter(report, entry=7, language="en"):
    """The letter as the words a reader sees, in one line."""
    parts = compose(report.chosen(kind="feedback_letter", entry=sample.key(entry), variant="team"), language)
    assert len(parts) == 1
    return " ".join(re.sub(r"<[^>]+>", " ", parts[0].partition("<body>")[2]).split())


def having(report, entry=7, **changes):
    return replace(report, entries=tuple(replace(e, **changes) if e.key == sample.key(entry) else e for e in report.entries))


@pytest.fixture(scope="module")
def report():
    """A round in which the jury wrote on every entry, and each text names where it stands."""
    found = sample.full()
    return replace(found, entries=tuple(replace(e, said=Said(*(f"{kind} {e.key}" for kind in ("Sum", "Good", "Better", "Why"))))
                                        for e in found.entries))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", [SAID, Said()], ids=("jury", "ballots"))
def test_no_other_entry_and_no_juror_stands_in_it(report, said, language):
    found = letter(having(report, said=said), language=language)
    for entry in report.entries:
        own = entry.key == sample.key(7)
        for mark in (entry.key, entry.title, entry.team.name):
            assert (mark in found) is own, mark
    for juror in report.jury.jurors:
        assert juror.name not in found
        assert not re.search(rf"\b{juror.key}\b", found)


def test_it_carries_no_data_of_the_others(report):
    assert attached(typeset_here(report.chosen(kind="feedback_letter", entry=sample.key(7), variant="team"))) == {}


@pytest.mark.parametrize(("decision", "opening"), [
    (Decision("winner"), "The jury names “The Chatbot We Switched Off” the winner. We congratulate everyone who worked on it."),
    (Decision("commended"), "The jury commends “The Chatbot We Switched Off”. We congratulate everyone who worked on it."),
    (Decision("goes_on"), "“The Chatbot We Switched Off” goes on to the next stage. We look forward to hearing more about it."),
    (Decision("stops"), "Thank you for entering “The Chatbot We Switched Off”. The jury did not choose it this time."),
    (None, "Thank you for entering “The Chatbot We Switched Off”. It stayed below a threshold of the rules, so it is not ranked with the others."),
])
def test_it_opens_by_what_became_of_the_entry(report, decision, opening):
    found = letter(having(report, decision=decision, said=SAID))
    announced = "Here is what the jury valued, what could be stronger, and your averages beside those of all entries."
    assert found.count(f"{opening} {announced}") == 1
    assert "The mean on “Results” is 0.67; the threshold is 2." in found


def test_an_entry_with_too_few_ballots_is_told_that_this_is_not_last_place():
    few = sample.compute([r for r in sample.rows(3, 4) if r[1] != sample.key(3) or r[0] < "J03"])
    found = letter(replace(sample.full(3), result=few, entries=(Entry(sample.key(3), "Ours"),)), entry=3)
    assert "It has no place in the ranking. That is not the same as last place." in found
    assert "“Ours” has no place: 2 ballots count and the rules ask for 3." in found


def test_a_place_stands_in_it_only_when_the_result_is_final(report):
    place = "That is place 3 of 7."
    assert place in letter(report, 3)
    draft = replace(report, heading=replace(report.heading, proof=replace(report.heading.proof, status="draft")))
    assert "That is place" not in letter(draft, 3)
    assert "That is place" not in letter(report, 7)


def test_a_decision_that_departs_from_the_ranking_is_called_so_with_its_reason(report):
    assert "This decision departs from the ranking. The jury values its method above its score." in letter(report, 3)
    assert "The decision follows the ranking." in letter(report, 2)


def test_points_stand_one_by_one_without_their_dashes():
    assert letter_page.points(SAID.strengths) == ["It asks before it builds.", "It costs little."]
    assert letter_page.points("\n–\n* one\n") == ["one"]


def test_comments_of_jurors_stand_in_it_only_where_the_jury_wrote_no_points(report):
    remark = sample.REMARKS[0]
    assert remark not in letter(having(report, said=SAID))
    bare = having(report, said=Said())
    assert remark in letter(bare)
    view = LetterPages(Pages(bare.chosen(entry=sample.key(7)), "en"), sample.key(7))
    assert [name for name, _ in view.remarks()] == ["Novelty", "Results", ""]
    assert all(words == sorted(words) for _, words in view.remarks())


def view_of(entries, key=1, categories=None):
    found = sample.many(entries, 4)
    if categories:
        found = replace(found, result={**found.result, "facts": [{"entry": sample.key(i), "category": name} for i, name in categories.items()]})
    return LetterPages(Pages(found, "en"), sample.key(key))


@pytest.mark.parametrize(("entries", "mean", "half"), [(2, False, False), (3, True, False), (4, True, False), (5, True, True)])
def test_the_others_show_only_where_they_are_enough_not_to_be_known(entries, mean, half):
    row = view_of(entries).rows()[0]
    assert bool(row.others) is mean
    assert ("middle half" in row.chart.title) is half


def test_the_means_are_those_of_the_category_where_it_holds_enough_entries():
    categories = {1: "Cities", 2: "Cities", 3: "Cities", 4: "Land", 5: "Land", 6: "Cities"}
    own = view_of(6, 1, categories)
    values = [e["criteria"]["Novelty"] for e in own.pages.result["entries"] if e["entry"][-1] in "1236"]
    assert (own.category, own.field_kind) == ("Cities", "category")
    assert own.rows()[0].others == own.two(fmean(values), "Novelty")
    assert view_of(6, 4, categories).field_kind == "all"


def test_a_letter_names_its_entry_in_the_title_of_the_file(report):
    page = compose(report.chosen(kind="feedback_letter", entry=sample.key(7)), "nl")[0]
    assert "<title>Brief met feedback: The Chatbot We Switched Off</title>" in page


def test_a_letter_to_nobody_is_refused(report):
    with pytest.raises(ValueError, match="choose it"):
        compose(report.chosen(kind="feedback_letter"), "en")


def test_every_value_of_the_bars_is_printed(report):
    shown = text_of(typeset_here(report.chosen(kind="feedback_letter", entry=sample.key(2), variant="team"), "de"))
    view = LetterPages(Pages(report, "de"), sample.key(2))
    assert [value for row in view.rows() for value in (row.own, row.others) if value not in shown] == []


def test_no_text_of_another_team_and_no_word_about_it_stands_in_it(report):
    mark = "SENTINEL"
    others = tuple(e if e.key == sample.key(2) else Entry(
        e.key, mark, Team(mark, (mark,)), mark, Decision("stops", mark, departs=True), Said(mark, mark, mark, mark), mark, True,
        (Answer(mark, mark),)) for e in report.entries)
    comments = tuple(replace(c, words=mark) if c.entry != sample.key(2) else c for c in report.jury.comments)
    jurors = tuple(replace(j, name=mark, organisation=mark) for j in report.jury.jurors)
    found = replace(report, entries=others, jury=replace(report.jury, comments=comments, jurors=jurors, members=jurors), recommendations=mark)
    page = compose(found.chosen(kind="feedback_letter", entry=sample.key(2), variant="team"), "fr")[0]
    assert mark not in page
    assert sample.TITLES[1] in page
