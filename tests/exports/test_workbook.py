"""The workbook: sheets that programs and people can read, typed cells, and nothing that hostile text could turn it into."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from award.domain import reasons, result, rules_file, score_sheet
from award.domain.canonical import sha256
from award.domain.report import from_result
from award.domain.variants import reduced
from award.exports import FORMATS
from award.exports.cells import Column, Table, filled
from award.exports.xlsx import LONGEST, NARROWEST, WIDEST, unique, width
from award.i18n import LANGUAGES
from tests.exports import sample

SHEETS = {
    "en": ["Ranking", "Under other rules", "Agreement", "Scores", "Criteria", "Jurors", "Decisions", "Rulebook"],
    "nl": ["Rangschikking", "Volgens andere regels", "Overeenstemming", "Scores", "Criteria", "Juryleden", "Beslissingen", "Beoordelingsregels"],
}
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "\x00nul", "half \ud800", "A" * 40_000, "_x0041_", "</t><f>1</f>",
           "&L&D", "\uffff\ufffe", "a|b\nc")


def written(report, language="en"):
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(report, language=language)))


def rows(sheet):
    """[{head: cell}] of a sheet."""
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def book():
    return written(sample.full())


@pytest.mark.parametrize("language", SHEETS)
def test_each_table_is_a_sheet_in_the_language(language):
    assert written(sample.full(), language).sheetnames == SHEETS[language]


def test_each_sheet_is_one_table_with_a_head_a_filter_and_a_name_of_its_own(book):
    found = [table for sheet in book for table in sheet.tables.values()]
    assert [table.name for table in found] == ["ranking", "comparison", "agreement", "scores", "criteria", "jurors", "decisions", "rulebook"]
    assert [(table.ref, table.headerRowCount) for table in found] == [(sheet.dimensions, 1) for sheet in book]
    assert [table.autoFilter.ref for table in found] == [sheet.dimensions for sheet in book]
    assert [[column.name for column in table.tableColumns] for table in found] == [[cell.value for cell in sheet[1]] for sheet in book]
    assert [sheet["A1"].value for sheet in book if not sheet["A1"].value] == []
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_each_sheet_prints_on_landscape_pages_with_its_head_and_what_vouches_for_it(book):
    report = sample.full()
    assert {(s.freeze_panes, s.print_title_rows, s.page_setup.orientation, s.page_setup.paperSize) for s in book} == {("A2", "$1:$1", "landscape", 9)}
    assert {(s.page_setup.fitToWidth, s.page_setup.fitToHeight, s.sheet_properties.pageSetUpPr.fitToPage) for s in book} == {(None, 0, True)}
    foot = f"Public Innovation Award 2026 · mean · SHA-256 {sha256(report.result)[:16]}"
    assert {(s.oddFooter.left.text, s.oddFooter.center.text, s.oddFooter.right.text) for s in book} == {(foot, "&A", "&P / &N")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_says_its_title_author_date_and_language(language):
    found = written(sample.full(), language).properties
    assert (found.title, found.creator, found.language) == ("Public Innovation Award 2026", "Office for Public Innovation", language)
    assert found.created == datetime(2026, 6, 18, 14, 0)


def test_the_time_of_the_result_is_a_date_with_its_zone(book):
    (cell,) = [row[1] for row in book["Rulebook"].iter_rows(min_row=2) if row[0].value == "Frozen at"]
    assert (cell.is_date, cell.value) == (True, datetime(2026, 6, 18, 16, 0))
    assert cell.number_format == '[$-809]d mmmm yyyy hh:mm "(Brussels time)"'


def test_jurors_stand_with_name_chair_and_ballots_and_without_a_figure_that_judges_them(book):
    found = rows(book["Jurors"])
    assert found[0] == {"Juror": "J01", "Name": "Hannelore Wouters", "Organisation": "University of Valmont", "Chair": "yes", "Ballots given": 8,
                        "Ballots that count": 8}
    assert [row["Ballots given"] for row in found] == [8, 8, 7, 8, 7, 8, 8, 8, 8]
    assert [row["Ballots that count"] for row in found] == [8, 8, 7, 8, 7, 8, 7, 8, 7]


def test_under_codes_the_jury_is_listed_apart_and_no_comment_is_told():
    public = written(reduced(sample.full().chosen(variant="public")))
    assert [cell.value for cell in public["Jurors"][1]] == ["Juror", "Ballots given", "Ballots that count"]
    assert [row["Name"] for row in rows(public["Members of the jury"])] == sorted(sample.JURORS)
    assert [cell.value for cell in public["Scores"][1]] == ["Juror", "Entry", "Criterion", "Score", "Counts", "Why it does not count"]


def test_a_ballot_that_does_not_count_says_why():
    found = rows(written(sample.full())["Scores"])
    told = {(row["Juror"], row["Entry"]): row["Why it does not count"] for row in found if row["Counts"] == "no"}
    document = sample.full().result
    sheet, left_out = document["sheet"], {(one["juror"], one["entry"]): one["cause"] for one in document["exclusions"]}
    given = {(sheet["jurors"][j], sheet["entries"][e]) for e, j, _ in sheet["ballots"]}
    assert told == {pair: str(reasons.cause(cause)) for pair, cause in left_out.items() if pair in given}
    assert len(told) == 2


def test_widths_fit_the_content_within_what_can_be_read(book):
    """What is stored is five sevenths of a character more than what was asked for."""
    widths = {sheet.title: {name: d.width - 5 / 7 for name, d in sheet.column_dimensions.items()} for sheet in book}
    assert {name for sheet in widths.values() for name, w in sheet.items() if not NARROWEST <= round(w, 1) <= WIDEST} == set()
    assert (round(widths["Ranking"]["C"]), round(widths["Decisions"]["F"])) == (len("The Chatbot We Switched Off") + 1, WIDEST)


def test_a_column_is_as_wide_as_its_longest_line_and_the_longest_word_of_its_head():
    assert width("Rank", {1, 22}, "en") == NARROWEST
    assert width("Krippendorffs", {"short"}, "en") == len("Krippendorffs") + 4
    assert width("Title", {"one\nlonger line here"}, "en") == len("longer line here") + 1
    assert width("Title", {"x" * 61}, "en") == WIDEST


def test_heads_that_are_alike_get_a_number():
    assert unique(["Score", "score", "Rank", "SCORE"]) == ["Score", "score (2)", "Rank", "SCORE (3)"]


def test_a_column_without_a_cell_is_left_out_where_it_may():
    table = Table("t", "T", (Column("a", "A"), Column("b", "B"), Column("c", "C")), ((None, None, 1), (None, 2, None)))
    assert [column.field for column in filled(table, {"a", "b"}).columns] == ["b", "c"]
    assert filled(table, {"a", "b"}).rows == ((None, 1), (2, None))


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_hostile_words_in_every_field_stay_words(words):
    document = FORMATS["xlsx"].write(replace(sample.with_text(words)), language="nl")
    book = openpyxl.load_workbook(io.BytesIO(document))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        inside = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [part for part in inside if b"<f>" in part or b"hyperlink" in part] == []
        assert [name for name in parts.namelist() if "external" in name.lower() or "vba" in name.lower()] == []
    assert max(len(cell.value) for cell in cells if cell.data_type == "s") <= LONGEST + 10


def test_entries_without_ballots_and_rounds_of_none_and_one_make_a_workbook():
    alone, nobody = sample.many(1, 3), sample.nothing()
    unjudged = replace(nobody, result=sample.compute(sample.rows(2, 3), entries=[sample.key(3)]))
    books = [written(one) for one in (alone, nobody, unjudged)]
    assert [sum(row["Entry"] is not None for row in rows(book["Ranking"])) for book in books] == [1, 0, 3]
    assert rows(books[2]["Ranking"])[2]["Status"] == "not rankable"


def test_names_in_the_result_itself_stay_words():
    words = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    found = result.compute(rules_file.from_dict({"criterion": [{"name": name, "share": 1, "scale": [0, 5]} for name in ("=1+1", "Score", "score")],
                                                 "special": [{"name": "@SUM(A1)", "criterion": [{"name": "=1+1", "share": 1}]}]}),
                           score_sheet.from_rows([(juror, entry, c, 3) for juror in words for entry in words for c in ("=1+1", "Score", "score")]),
                           facts=[{"entry": "+1", "category": "=cmd|' /C calc'!A0"}])
    book = written(from_result(found, title="=1+1"))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} == {"s", "n"}
    assert [cell.value for cell in book["Ranking"][1]][8:13] == ["Spread", "=1+1", "Score (2)", "score (3)", "Rank, from"]
    assert {row["Juror"] for row in rows(book["Scores"])} == set(words)
