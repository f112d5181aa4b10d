"""The jury report: everything is in it, nothing gets out of it, and it cannot hold up the application."""

import io
import re
import time
import urllib.request
from dataclasses import replace

import pikepdf
import pytest

from award.domain import first_form, verification
from award.domain.canonical import canonical_json, sha256
from award.errors import Refused
from award.exports import FORMATS, child, csv_, pdf
from award.exports.figures import number
from award.exports.paper.binding import NotBundled, bind
from award.i18n import LANGUAGES
from tests.exports import sample
from tests.exports.documents import attached, listener, text_of, typeset_here

HOSTILE = """<img src="{at}/1"><script src="{at}/2"></script><link rel=stylesheet href="{at}/3">
<style>@import url({at}/4)</style><iframe src="{at}/5"></iframe>
<object data="{at}/6"></object><embed src="{at}/7"><svg><image href="{at}/8"/></svg>
<div style="background:url({at}/9)">x</div>
<link rel=attachment href="file://{file}">
<img src="file://{file}">
<a rel=attachment href="{at}/12">x</a>
<base href="{at}/13/"><meta http-equiv=refresh content="0;url={at}/14"><svg><use href="{at}/15#x"/></svg>
{{{{ 7*7 }}}}{{% include "print/_part.html" %}} %(x)s \\ url({at}/16) ]]> <!-- --> </title></svg></section>"""


@pytest.fixture(scope="module")
def full():
    return sample.full(2)


@pytest.fixture(scope="module")
def here(full):
    return typeset_here(full)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request, full):
    return request.param, FORMATS["pdf"].write(full, language=request.param)


def test_every_score_and_rank_is_printed(made, full):
    language, document = made
    words = text_of(document)
    for one in full.result["entries"]:
        assert number(one["score"], language) in words
    given = {number(s, language) for _, _, scores in full.result["sheet"]["ballots"] for s in scores}
    assert [figure for figure in given if figure not in words] == []


def test_each_score_stands_in_its_row_and_column(full, here):
    page = next(p for p in text_of(here).split("\f") if "FIA26-002" in p and "From the ballots" in p and "Novelty" in p)
    row = next(line.split() for line in page.splitlines() if line.startswith("Novelty"))
    stored = full.result["sheet"]
    at = stored["criteria"].index("Novelty")
    scores = [scores[at] for e, j, scores in stored["ballots"] if stored["entries"][e] == "FIA26-002"]
    assert [float(cell.strip("()")) for cell in row[1:10]] == scores
    assert row[9].startswith("(")


def test_the_file_carries_the_result_and_the_ranking_unchanged(made, full):
    language, document = made
    assert attached(document) == {
        "result.json": canonical_json(full.result),
        "ranking.csv": csv_.write(full, language=language),
    }
    assert verification.verify(verification.read(attached(document)["result.json"])) is None


def test_the_printed_checksum_is_that_of_the_attachment(made, full):
    _, document = made
    assert sha256(full.result) in text_of(document).replace(" ", "")


def test_the_file_names_its_title_and_language_and_has_bookmarks(made):
    language, document = made
    with pikepdf.open(io.BytesIO(document)) as found:
        with found.open_outline() as outline:
            marks = [item.title for item in outline.root]
        assert str(found.Root.Lang) == language
        assert "Public Innovation Award 2026" in str(found.docinfo["/Title"])
        assert [int(mark.split()[0]) for mark in marks[2:]] == list(range(1, len(marks) - 1))
        assert len(marks) > 9


def test_two_renders_of_one_report_are_equal_byte_for_byte(full, here):
    assert FORMATS["pdf"].write(full, language="en") == here


def test_a_result_alone_gives_a_report_without_empty_sections():
    words = text_of(typeset_here(sample.alone()))
    assert [
        said for said in ("Decisions", "Organisation", "Signed off", "eligible", "Recused", "Brussels") if said in words
    ] == []
    assert "Award 2026" in words


def test_an_empty_round_gives_a_report():
    assert "No entries were judged." in text_of(typeset_here(sample.nothing()))


def test_no_figure_is_printed_that_the_result_does_not_have(full):
    words = text_of(typeset_here(replace(full, result=first_form.first_form(full.result)))).replace("null is missing", "")
    assert [said for said in ("Rank interval", "Chance of", "None", "null", "nan") if said in words] == []


def test_certainty_is_printed_where_the_result_has_it(full):
    known = [{**e, "rank_interval": [1, 2], "p_top": {"1": 0.995, "3": 0.004}} for e in full.result["entries"]]
    words = text_of(typeset_here(replace(full, result={**full.result, "entries": known})))
    assert [said for said in ("interval", "1–2", ">99%", "<1%") if said not in " ".join(words.split())] == []


def test_text_that_people_write_reaches_no_network_and_no_file(tmp_path):
    secret = tmp_path / "marker.txt"
    secret.write_text("MARKER-8f6200")
    with listener() as (at, asked):
        urllib.request.urlopen(f"{at}/heard").close()
        document = FORMATS["pdf"].write(sample.with_text(HOSTILE.format(at=at, file=secret)), language="en")
    assert asked == ["/heard"]
    assert b"MARKER-8f6200" not in document
    assert sorted(attached(document)) == ["ranking.csv", "result.json"]
    printed = "".join(text_of(document).split())
    assert [said for said in ("{{7*7}}", "<script", "{%include") if said not in printed] == []


@pytest.mark.parametrize(
    "address", ["{at}/1", "file:///etc/hostname", "data:image/png;base64,AAAA", "https://assets.invalid/fonts/../x.ttf"]
)
def test_a_document_that_asks_for_more_than_the_bundled_fonts_is_stopped(address):
    with listener() as (at, asked):
        with pytest.raises(NotBundled):
            bind(
                [f'<html lang=en><title>x</title><img alt=x src="{address.format(at=at)}">'],
                attachments=[],
                frozen_at=None,
            )
        assert asked == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (pdf.Limits(cpu=2), "more than 2 seconds"),
        (pdf.Limits(wall=2), "more than 2 seconds"),
        (pdf.Limits(memory=256 * 1024**2), "more than 256 MB"),
    ],
)
def test_a_report_that_takes_too_much_is_stopped_and_the_refusal_says_so(limits, said):
    start = time.monotonic()
    with pytest.raises(Refused) as refused:
        pdf.made(sample.with_text("word " * 200_000), "en", pdf.Render(limits=limits))
    assert said in str(refused.value.message)
    assert time.monotonic() - start < 30


def test_long_and_foreign_texts_stay_on_the_page():
    report = sample.extreme()
    document = typeset_here(report)
    words = text_of(document)
    assert words.count("Endofcomment.") == 1
    assert words.count("lastword") > 3
    assert "□" in words
    assert "characters that its typefaces lack" in " ".join(words.split())


def test_twenty_jurors_go_down_the_page():
    pages = text_of(typeset_here(sample.many(1, 20))).split("\f")
    page = next(p for p in pages if "From the ballots" in p and "J20" in p)
    lines = [line.split()[0] for line in page.splitlines() if re.match(r"J\d\d ", line)]
    assert [f"J{j:02}" for j in range(1, 21)] == list(dict.fromkeys(lines))


def test_a_missing_library_is_a_refusal_that_leaves_the_other_formats():
    assert "XLSX, CSV and JSON work" in str(pdf.refusal(child.Ended(4, "OSError: cannot load library", None), pdf.Limits()).message)
    assert "ValueError: odd" in str(pdf.refusal(child.Ended(6, "ValueError: odd", None), pdf.Limits()).message)
