"""The parts of the jury report: each is there where there is something to say, in its order; a variant prints no more than it may."""

import re
import subprocess
from dataclasses import replace

import pytest

from award.domain import variants
from award.domain.report import Comment, Conflict, Said
from award.exports import pdf
from award.exports.figures import number
from award.exports.paper import certainty_page, charts, funnel_page, heat_page, reading_page
from award.exports.paper.composition import compose
from award.exports.paper.documents.jury_report import SECTIONS
from award.exports.paper.glyphs import width
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES, translate
from tests.exports import sample
from tests.exports.documents import attached, bound_here, text_of, typeset_here

SENTINEL = "zxq"
SECRETS = {f"{SENTINEL}{name}" for name in ("comment", "improve", "conflict", "own")}


@pytest.fixture(scope="module")
def whole():
    return sample.with_everything()


def marked(report):
    """The report with a word of its own in everything that a variant may hide."""
    jurors = tuple(replace(j, name=f"{SENTINEL}name{i}") for i, j in enumerate(report.jury.jurors))
    comments = tuple(Comment(c.juror, c.entry, c.criterion, f"{SENTINEL}comment") for c in report.jury.comments)
    jury = replace(report.jury, jurors=jurors, comments=comments, conflicts=(Conflict("J03", sample.key(1), f"{SENTINEL}conflict"),))
    entries = tuple(replace(e, summary=f"{SENTINEL}own", said=Said("", "", f"{SENTINEL}improve", "")) for e in report.entries)
    return replace(report, jury=jury, entries=entries)


def fragments(report, language="en"):
    return compose(variants.reduced(report), language)


def words(found):
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(found)).split())


def heads(found):
    """The titles of the numbered sections, in order."""
    return [title for one in found for title in re.findall(r'<span class="no">\d+</span>([^<]+)</h1>', one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_stands_in_its_order_and_in_the_contents(whole, language):
    found = fragments(whole, language)
    titles = [translate(section.title, language) for section in SECTIONS]
    assert heads(found) == titles
    assert [title for title in titles if title not in words(found[1:2])] == []


def test_only_what_was_chosen_and_has_something_to_say_is_listed(whole):
    found = fragments(whole.chosen(sections=("summary", "heat", "verify")))
    assert heads(found) == ["On one page", "The criteria compared", "Appendix"]
    assert re.findall(r'href="#(\w+)"', " ".join(found)) == ["s1", "s2", "s3"]
    assert [section for section in ("funnel", "special_awards", "recommendations", "changes")
            if next(s for s in SECTIONS if s.key == section).applies(Pages(sample.alone(), "en"))] == []


def test_every_score_and_every_text_of_the_jury_is_printed(whole):
    document = typeset_here(whole)
    printed = " ".join(text_of(document).split())
    given = {number(s, "en", 1) for _, _, scores in whole.result["sheet"]["ballots"] for s in scores}
    values = {number(v, "en", 2) for line in whole.result["entries"] for v in line["criteria"].values()}
    said = [line for e in whole.entries for text in (e.said.summary, e.said.strengths, e.said.improvements) for line in text.splitlines()]
    more = ["Decide when to stop before you start", "Invite the small", "A scale was read upside down", "Going on after “Reading”",
            "Cities and towns", "For the courage to try and fail."]
    assert [one for one in (*given, *values, *said, *more) if one not in printed] == []


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ({"variant": "public"}, {f"{SENTINEL}own"}),
        ({"variant": "team", "entry": sample.key(6)}, {f"{SENTINEL}own", f"{SENTINEL}comment", f"{SENTINEL}improve"}),
        ({"jurors": "codes"}, SECRETS),
    ],
)
def test_a_variant_prints_nothing_that_it_hides(whole, choice, left):
    report = variants.reduced(marked(whole).chosen(**choice))
    found = compose(report, "en")
    printed = words(found)
    assert {secret for secret in SECRETS if secret in printed} == left
    assert {f"{SENTINEL}name{i}" for i in range(9)} == set(re.findall(rf"{SENTINEL}name\d", printed))
    assert [one for one in found if re.search(rf"{SENTINEL}name\d[^<]*</t[dh]>.*J0\d|J0\d</t[dh]>.*{SENTINEL}name\d", one)] == []
    carried = "".join(content for _name, _told, content in pdf.attachments(report, "en"))
    assert SENTINEL not in carried


def test_the_public_file_holds_no_secret_and_the_same_data(whole):
    report = marked(whole)
    public = typeset_here(variants.reduced(report.chosen(variant="public", sections=("jury", "entries"))))
    assert {secret for secret in SECRETS if secret in text_of(public)} == {f"{SENTINEL}own"}
    assert attached(public)["result.json"].decode() == {n: c for n, _told, c in pdf.attachments(report, "en")}["result.json"]


def test_entries_without_pages_are_named_and_not_linked(whole):
    found = fragments(whole.chosen(variant="public"))
    anchors = set(re.findall(r'id="(e\d+)"', " ".join(found)))
    assert set(re.findall(r'href="#(e\d+)"', " ".join(found))) == anchors == {"e1", "e2", "e3"}
    assert "Ask Before You Build" in words(found)


@pytest.mark.parametrize("report", [sample.nothing(), sample.many(1, 1), sample.alone(), sample.full(3)])
def test_a_round_with_little_in_it_has_a_report_in_every_variant(report):
    for variant in ("full", "public", "team"):
        found = fragments(report.chosen(variant=variant))
        assert ("None" in words(found), "nan" in words(found).split()) == (False, False)


def test_words_without_end_and_long_texts_stay_on_the_page(tmp_path):
    path = tmp_path / "hard.pdf"
    path.write_bytes(bound_here([one.replace(' href="#', ' title="') for one in compose(sample.hard(), "de")]))
    boxes = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout.decode()  # noqa: S607
    out = [box for box in re.findall(r'xMin="(\S+)" yMin="\S+" xMax="(\S+)" yMax="(\S+)">([^<]*)<', boxes)
           if float(box[0]) < 40 or float(box[1]) > 595 - 40 or float(box[2]) > 842 - 30]
    assert out == []
    assert [end for end in ("Endofsummary", "Endofstrengths", "Endofmotivation") if f">{end}<" not in boxes] == []


def test_the_tints_run_from_the_least_value_to_the_greatest(whole):
    (block,) = heat_page.blocks(Pages(whole, "en"))
    cells = sorted((float(value), tint) for _key, _label, row, _score in block.rows for value, tint in row)
    assert [tint for _value, tint in cells] == sorted(tint for _value, tint in cells)
    assert (cells[0][1], cells[-1][1], len(block.rows)) == (0, 5, 8)
    assert [float(bound) for bound in heat_page.bounds(Pages(whole, "en"))][0] == cells[0][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_explained_line_leaves_the_page(whole, language):
    pages = Pages(whole, language)
    for chart in (reading_page.example(pages)[1], reading_page.signs(pages), funnel_page.chart(pages), *certainty_page.intervals(pages)):
        for tag, at, said in chart.marks:
            if tag == "text" and said:
                wide = width(said, at["font-size"]) * {"middle": 0.5, "end": 1}.get(at.get("text-anchor"), 0)
                left = float(at["x"]) - wide
                assert (left > -1, left + width(said, at["font-size"]) < charts.WIDE + 1, said) == (True, True, said)


def test_three_hundred_entries_are_drawn_on_pages_that_hold_them():
    pages = Pages(sample.many(300, 2, book=sample.rules(min_ballots=1)), "en")
    found = certainty_page.intervals(pages)
    assert sum(sum(tag == "text" and at["x"] == "24.00" for tag, at, _said in chart.marks) for chart in found) == len(certainty_page.drawn(pages))
    assert max(chart.height for chart in found) < 560
