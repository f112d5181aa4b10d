"""Certificates and posters: who gets one, and that each stays on its page whatever is written on it."""
import io
from dataclasses import replace

import pikepdf
import pytest

from award.domain.report import Decision, Said, Team
from award.exports.paper import emblems, fitting, plates
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.views import Pages
from tests.exports import sample
from tests.exports.documents import text_of, typeset_here

CERTIFICATE, POSTER = DOCUMENTS["certificate"], DOCUMENTS["poster"]
A4, A3 = (842, 595), (842, 1191)


@pytest.fixture(scope="module")
def report():
    base = sample.full()
    first = [{"entry": sample.key(7), "rank": 1, "tied": False}, {"entry": sample.key(1), "rank": 2, "tied": False}]
    return replace(base, result={**base.result, "special_awards": [{"name": "First Penguin", "criteria": {}, "entries": first}]})


def sizes(made):
    with pikepdf.open(io.BytesIO(made)) as found:
        return [tuple(round(float(side)) for side in page.mediabox[2:]) for page in found.pages]


def kinds(report, entry=""):
    pages = Pages(report.chosen(kind="certificate", entry=entry), "en")
    return [(plate.key[-1], plate.kind.words) for plate in plates.certificates(pages)]


def winners(report, *places):
    keys = {sample.key(place) for place in places}
    return replace(report, entries=tuple(replace(e, decision=Decision("winner", "Why.")) if e.key in keys else e for e in report.entries))


def test_whoever_is_honoured_gets_a_page_for_each_distinction_and_nobody_else_does(report):
    assert kinds(report) == [("1", "Winner"), ("3", "Commended"), ("7", "First Penguin")]
    assert kinds(report, sample.key(3)) == [("3", "Commended")]
    asked = {key: CERTIFICATE.applies(report.chosen(entry=sample.key(key))) for key in range(1, 9)}
    assert [key for key, yes in asked.items() if yes] == [1, 3, 7]


def test_a_winner_that_is_first_of_a_special_award_too_gets_two_pages(report):
    both = winners(report, 7)
    assert kinds(both, sample.key(7)) == [("7", "Winner"), ("7", "First Penguin")]


def test_a_poster_needs_a_winner_and_each_winner_has_a_page(report):
    assert POSTER.applies(report)
    two = winners(report, 1, 2)
    assert sizes(typeset_here(two.chosen(kind="poster"))) == [A3, A3]
    assert not POSTER.applies(replace(report, entries=tuple(replace(e, decision=None) for e in report.entries)))


def test_the_words_of_the_jury_stand_on_both_and_the_reason_where_it_wrote_none(report):
    said = replace(report, entries=tuple(replace(e, said=Said(motivation="The jury was moved.")) if e.key == sample.key(1) else e
                                         for e in report.entries))
    for kind in ("certificate", "poster"):
        assert "“The jury was moved.”" in text_of(typeset_here(said.chosen(kind=kind, entry=sample.key(1))))
        assert "“The jury was looking for" in text_of(typeset_here(report.chosen(kind=kind, entry=sample.key(1))))


TITLES = (("A title that goes on " * 20)[:299], "W" * 300, "\u0645\u0628\u0627\u062f\u0631\u0629 \U0001f680", "")


def test_extremes_stay_on_one_page(report):
    entries = tuple(replace(entry, title=title, team=Team("T" * 400 if len(title) == 300 else "\u05e9\u05d9\u05e8"), summary="s" * 3000,
                            decision=Decision("winner"), said=Said(motivation="Words without an end " * 900))
                    for entry, title in zip(report.entries, TITLES, strict=False))
    extreme = replace(report, entries=entries)
    assert sizes(typeset_here(extreme.chosen(kind="certificate"), "de")) == [A4] * 5
    assert sizes(typeset_here(extreme.chosen(kind="poster"), "fr")) == [A3] * 4


def test_the_golden_ray_is_the_entry_s_own(report):
    pages = Pages(report, "en")
    for turned in (False, True):
        drawn = emblems.marked(pages, sample.key(5), size=300, turned=turned)
        diamonds = [attributes for tag, attributes, _ in drawn.marks if tag == "path"]
        assert (len(diamonds), "Return-to-Work Table" in drawn.title) == (1, True)


def test_the_ornament_of_an_entry_has_a_ray_for_each_score_that_counts(report):
    pages = Pages(report, "en")
    counted = [ballot for at, ballot in pages.ballots.items() if at[1] == sample.key(2) and at not in pages.excluded]
    given = [score for ballot in counted for score in ballot.values() if score is not None]
    found = emblems.scores(pages, sample.key(2))
    assert sorted(found) == sorted(score / 5 for score in given)
    assert emblems.of_ballots(pages, sample.key(2), size=300).title.endswith("one ray for each score.")


@pytest.mark.parametrize(("words", "expected"), [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]), ("Het is bijv. zo. En nu?", ["Het is bijv. zo.", "En nu?"]),
    ("3.5 days, z. B. now. „Ja.“ Gut.", ["3.5 days, z. B. now.", "„Ja.“", "Gut."]), ("", [])])
def test_sentences_end_where_readers_see_an_end(words, expected):
    assert fitting.sentences(words) == expected


def test_a_text_shrinks_before_it_is_cut_and_is_cut_at_a_word():
    steps = fitting.ladder("display-400", (54, 58), (20, 24))
    assert fitting.fit("Short", 370, 60, steps).style.size == 54
    assert fitting.fit("Rather a long title for a certificate", 370, 60, steps).style.size == 20
    assert fitting.fit("Verwaltungsvereinfachungsgesetz", 370, 200, steps).style.size == 20
    cut = fitting.fit("word " * 100, 370, 60, steps)
    assert (cut.cut, cut.words.endswith("word…"), cut.height <= 60) == (True, True, True)
