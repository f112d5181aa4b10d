"""The magazine: who is in it, in which order, on which pages; what is cut and what never appears."""
import io
import re
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from award.domain.report import Answer, Decision, Said, Team
from award.exports.figures import number
from award.exports.paper import article, magazine_pages
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.views import Pages
from tests.exports import sample
from tests.exports.documents import typeset_here
from tests.exports.issue import ANSWERS, QUESTIONS, answers, issue

MAGAZINE = DOCUMENTS["magazine"]


@pytest.fixture(scope="module")
def report():
    return issue()


@pytest.fixture(scope="module")
def here(report):
    """The magazine, made once: (pages as text, the file)."""
    made = typeset_here(report)
    return read(made), made


def read(made):
    """The text of each page in the order in which it is read, column by column."""
    done = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)  # noqa: S607
    return done.stdout.decode().split("\f")[:-1]


def plan(report, language="en"):
    return magazine_pages.Magazine(Pages(report, language))


def plain(words):
    """Words without what hyphens and lines do to them."""
    return re.sub(r"[\W_]+", "", words)


def test_winners_come_first_then_commended_then_firsts_of_special_awards_then_by_number(report):
    awarded = {**report.result, "special_awards": [{"name": "First Penguin", "criteria": {}, "entries": [
        {"entry": sample.key(7), "rank": 1, "tied": False}, {"entry": sample.key(1), "rank": 2, "tied": False}]}]}
    found = plan(replace(report, result=awarded))
    assert [int(key[-1]) for key in found.keys] == [1, 3, 7, 2, 4, 5, 6, 8]
    assert found.stories[2].honours == ("First Penguin",)


def test_only_entries_whose_teams_consent_are_in_it(report):
    refused = replace(report, entries=tuple(replace(e, consented=e.key == sample.key(2)) for e in report.entries))
    assert plan(refused).keys == [sample.key(2)]
    assert MAGAZINE.applies(refused)
    assert not MAGAZINE.applies(replace(report, entries=tuple(replace(e, consented=False) for e in report.entries)))


def test_every_story_begins_where_the_contents_say_and_carries_that_number(report, here):
    pages, _made = here
    found = plan(report)
    assert len(pages) == found.closing
    assert len(pages) % 2 == 0
    for story in found.stories:
        assert story.page % 2 == 0
        assert plain(story.entry.title) in plain(pages[story.page - 1])
        assert pages[story.page - 1].split()[-1] == str(story.page)
    listed = " ".join(pages[1:3]).split()
    assert [str(story.page) for story in found.stories if str(story.page) not in listed] == []


def test_the_whole_text_is_printed_or_it_is_said_that_it_is_shortened(report, here):
    pages, _made = here
    for place, story in enumerate(sorted(plan(report).stories, key=lambda one: one.entry.key)):
        printed = plain(" ".join(pages[story.page - 1 : story.page + story.count - 1]))
        if not story.entry.answers:
            assert "Theteamwrotenolonganswers" in printed
            continue
        assert (f"Lastword{place}" in printed) is not story.article.cut
        assert ("Shortenedforthesepages" in printed) is story.article.cut
        first = plain(ANSWERS[list(ANSWERS)[place % 4]])
        assert first[:120] in printed
    stories = plan(report).stories
    assert ([one.count for one in stories].count(4), [one.article.cut for one in stories].count(True)) == (2, 1)


def test_nothing_repeats_a_score(report, here):
    pages, _made = here
    words = " ".join(pages)
    assert [one["score"] for one in report.result["entries"] if number(one["score"], "en") in words] == []


def test_it_opens_as_a_book_with_links_from_the_contents(report, here):
    _pages, made = here
    with pikepdf.open(io.BytesIO(made)) as found:
        assert str(found.Root.PageLayout) == "/TwoPageRight"
        links = [note for page in list(found.pages)[1:3] for note in page.get("/Annots", ())]
        assert len(links) == len(report.entries)


@pytest.mark.parametrize(("entries", "opens"), [(1, True), (4, True), (14, False), (40, True), (60, False)])
def test_stories_begin_on_the_left_however_many_there_are(entries, opens):
    found = plan(issue(sample.many(entries, 3), times=(1,)))
    assert (found.opens, found.stories[0].page % 2, found.closing % 2) == (opens, 0, 0)
    assert sum(map(len, found.listed)) == entries


@pytest.mark.parametrize("language", ["de", "en"])
def test_extremes_stay_on_their_pages(language):
    base = issue(sample.full(4), times=(4, 0, 9, 0))
    first, second, third, fourth = base.entries
    entries = (replace(first, title=("A title that goes on " * 20)[:299], summary="A summary that goes on. " * 200),
               replace(second, title="\u05e9\u05d9\u05e8\u05d5\u05ea", team=Team("\u05e6\u05d5\u05d5\u05ea"), summary="", decision=None),
               replace(third, title="W" * 300, answers=(Answer("Q" * 300, "x" * 9000), *answers(2, 20)),
                       decision=Decision("commended", "The jury was moved by it. " * 500)),
               replace(fourth, title="", team=Team(), summary="", said=Said(motivation="Words of the jury without an end " * 300)))
    extreme = replace(base, entries=entries)
    with pikepdf.open(io.BytesIO(typeset_here(extreme, language))) as found:
        assert len(found.pages) == plan(extreme, language).closing


def test_a_paragraph_that_does_not_fit_goes_on_after_the_end_of_a_sentence():
    found = article.article(article.blocks(answers(0, 5)), 500, closed=True)
    pages = [[block.words for block in page] for page in found.pages]
    assert len(pages) == 3
    assert [page[-1][-1] for page in pages] == [".", ".", "."]
    assert plain("".join(w for page in found.pages for b in page if b.kind == "p" for w in [b.words])) == plain(
        "".join(answer.words for answer in answers(0, 5)))


def test_a_question_never_stands_alone_at_the_end_of_a_page():
    for times in range(1, 12):
        found = article.article(article.blocks(answers(times, times)), 400 + 7 * times, closed=True)
        assert [page[-1].words for page in found.pages if page[-1].words in QUESTIONS] == []
