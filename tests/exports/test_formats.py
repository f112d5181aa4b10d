"""Every format: registered by itself, documented, and with the same figures as the result."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from award.domain import result, rules_file, score_sheet, verification
from award.domain.canonical import sha256
from award.domain.report import from_result
from award.exports import FORMATS
from award.exports.csv_ import safe
from award.exports.figures import day, instant, number, percent, plain, rounded
from award.exports.xlsx import LONGEST, fitting
from award.i18n import LANGUAGES
from tests.exports import sample

ROOT = Path(__file__).resolve().parents[2]
DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/","x")',
)


def test_the_formats_are_found_by_themselves():
    assert sorted(FORMATS) == ["csv", "json", "pdf", "xlsx", "zip"]
    assert {key: (f.extension, f.mimetype.partition(";")[0]) for key, f in FORMATS.items()} == {
        "csv": ("csv", "text/csv"),
        "json": ("json", "application/json"),
        "pdf": ("pdf", "application/pdf"),
        "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        "zip": ("zip", "application/zip"),
    }


def test_every_format_is_documented():
    documented = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert [key for key in FORMATS if f"## `{key}`\n" not in documented] == []


def test_json_is_the_result_byte_for_byte_and_verifies_itself():
    report = sample.full()
    written = FORMATS["json"].write(report, language="nl")
    assert json.loads(written) == report.result
    assert verification.verify(verification.read(written)) is None


def read_csv(report, language):
    written = FORMATS["csv"].write(report, language=language)
    assert written.startswith(b"\xef\xbb\xbf")
    return list(
        csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter="," if language == "en" else ";")
    )


SCORE = {"nl": "Score", "fr": "Note", "de": "Punktzahl", "en": "Score"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_reads_back_with_every_score_in_the_separators_of_the_language(language):
    report = sample.full()
    rows = read_csv(report, language)
    scores = [float(row[SCORE[language]].replace(",", ".")) for row in rows]
    assert scores == [e["score"] for e in report.result["entries"]]


def test_csv_names_method_checksum_and_time_on_every_row():
    report = sample.full()
    assert {(row["Method"], row["SHA-256 of the result"], row["Frozen at"]) for row in read_csv(report, "en")} == {
        ("mean", sha256(report.result), "Thursday, 18\u00a0June 2026 at 16:00 (Brussels time)")
    }


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_text_in_csv_can_become_a_formula_and_its_value_is_kept(words):
    (row,) = read_csv(sample.with_text(words), "en")
    assert row["Title"] == "'" + words
    assert safe("7.5") == "7.5"


def sheets(report, language="en"):
    return openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(report, language=language)))


def test_xlsx_cells_are_typed_and_equal_the_result():
    report = sample.full()
    ranking = sheets(report)["Ranking"]
    head = [cell.value for cell in ranking[1]]
    column = head.index("Score")
    assert [row[column].value for row in ranking.iter_rows(min_row=2)] == pytest.approx(
        [e["score"] for e in report.result["entries"]], abs=1e-12
    )
    assert {row[column].data_type for row in ranking.iter_rows(min_row=2)} == {"n"}
    assert [row[head.index("Rank")].value for row in ranking.iter_rows(min_row=2)] == [
        e["rank"] for e in report.result["entries"]
    ]


def test_xlsx_holds_every_score_that_was_given():
    report = sample.full()
    given = sorted(
        (r[0], r[1], r[2], r[3])
        for r in (tuple(c.value for c in row) for row in sheets(report)["Scores"].iter_rows(min_row=2))
        if r[3] is not None
    )
    stored = report.result["sheet"]
    assert given == sorted(
        (stored["jurors"][j], stored["entries"][e], name, score)
        for e, j, scores in stored["ballots"]
        for name, score in zip(stored["criteria"], scores, strict=True)
        if score is not None
    )


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_of_xlsx_is_a_formula_and_the_text_is_kept(words):
    book = sheets(sample.with_text(words))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert book["Ranking"]["C2"].value == words.replace("\r", "_x000D_")  # how the format writes a return


def test_a_text_too_long_for_a_cell_ends_in_an_ellipsis():
    assert fitting("x" * LONGEST) == "x" * LONGEST
    assert fitting("x" * 40_000) == "x" * (LONGEST - 1) + "…"
    assert len(fitting("\U0001f680" * 20_000).encode("utf-16-le")) // 2 <= LONGEST


@pytest.mark.parametrize("key", ["csv", "json", "xlsx", "zip"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(key, language):
    first, second = (FORMATS[key].write(sample.full(), language=language) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("key", ["csv", "json", "xlsx", "zip"])
def test_a_round_without_entries_can_be_exported(key):
    assert FORMATS[key].write(sample.nothing(), language="fr")


def test_figures_are_rounded_half_up_and_written_in_the_language():
    assert [str(rounded(v, 1)) for v in (71.25, 0.05, -0.25, 2)] == ["71.3", "0.1", "-0.3", "2.0"]
    assert [number(1250.5, language) for language in LANGUAGES] == ["1.250,5", "1\u202f250,5", "1.250,5", "1,250.5"]
    assert [percent(40, language) for language in LANGUAGES] == ["40%", "40\u00a0%", "40\u00a0%", "40%"]
    assert (number(None, "en"), number(-1, "en"), plain(7.25, "nl"), plain(7.0, "en")) == ("", "\u22121.0", "7,25", "7")


def test_dates_are_words_with_the_zone_named():
    first = sample.FROZEN.replace(month=5, day=1)
    assert [day(first, language, "Europe/Brussels") for language in LANGUAGES] == [
        "1\u00a0mei 2026",
        "1er\u00a0mai 2026",
        "1.\u00a0Mai 2026",
        "1\u00a0May 2026",
    ]
    assert instant(sample.FROZEN, "fr", "Europe/Brussels") == "jeudi 18\u00a0juin 2026 à 16:00 (heure de Bruxelles)"
    assert instant(sample.FROZEN, "en", "America/New_York") == "Thursday, 18\u00a0June 2026 at 10:00 (Eastern Time)"


def judged_again():
    """A result with all that may stand beside a rank: categories, a cut, a budget, a special award."""
    rules = {"criterion": [{"name": "C", "share": 60, "scale": [0, 5]}, {"name": "D", "share": 40, "scale": [0, 5]}], "top": [1, 2], "cut": 2,
             "budget": 90, "special": [{"name": "First Penguin", "criterion": [{"name": "D", "share": 1}]}]}
    given = {"A": "545", "B": "344", "E": "121"}
    rows = [(f"J{j}", entry, c, int(v)) for entry, line in given.items() for j, v in enumerate(line, 1) for c in ("C", "D")]
    facts = [{"entry": entry, "category": kind, "cost": cost} for entry, kind, cost in (("A", "City", 50), ("B", "Town", 30), ("E", "Town", 20))]
    found = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), facts=facts)
    return from_result(found, title="Lantern Award")


def test_what_stands_beside_a_rank_is_exported_as_the_result_has_it():
    report = judged_again()
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"].write(report, language="en").decode("utf-8-sig"))))
    for row, line in zip(rows, report.result["entries"], strict=True):
        ends = [*line["rank_interval"], *line["score_interval"], line["p_top"]["1"], line["p_top"]["2"], line["to_cut"], line["first_under_shares"]]
        names = ["Rank, from", "Rank, to", "Score, from", "Score, to", "Chance of first place", "Chance of top 2", "Points to the cut line",
                 "First under other shares"]
        assert [float(row[name]) for name in names] == ends
        assert row["Holds without any one juror"] == ("yes" if line["stable_without_any_juror"] else "no")
        assert row["Group without a clear difference"] == str(line["band"])
    found = [(row["Category"], row["Rank in the category"], row["Given"]) for row in rows]
    assert found == [("City", "1", "50"), ("Town", "1", "30"), ("Town", "2", "")]


def read_sheet(book, title):
    """[{head: cell}] of a sheet."""
    head, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def beside(line, tops=("1", "2")):
    """What stands beside a rank, as the workbook must have it, from a line of the result."""
    chances = {"Chance of first place" if k == "1" else f"Chance of top {k}": line["p_top"][k] for k in tops}
    return {"Rank, from": line["rank_interval"][0], "Rank, to": line["rank_interval"][1], **chances,
            "Holds without any one juror": "yes" if line["stable_without_any_juror"] else "no", "Group without a clear difference": line["band"],
            "First under other shares": line["first_under_shares"]}


def cells(row, wanted):
    """The cells of a row that are wanted."""
    return {head: row.get(head) for head in wanted}


def test_the_ranking_in_the_workbook_equals_the_result_cell_by_cell():
    report = judged_again()
    given = {one["entry"]: one for one in report.result["lines"]["budget"]["given"]}
    costs = {one["entry"]: one["cost"] for one in report.result["facts"]}
    rows = read_sheet(sheets(report), "Ranking")
    assert len(rows) == 3
    for row, line in zip(rows, report.result["entries"], strict=True):
        wanted = {"Rank": line["rank"], "Entry": line["entry"], "Score": line["score"], "Raw mean": line["raw_mean"], "Ballots": line["ballots"],
                  "Spread": line["spread"], "C": line["criteria"]["C"], "D": line["criteria"]["D"], "Score, from": line["score_interval"][0],
                  "Score, to": line["score_interval"][1], "Points to the cut line": line["to_cut"], "Asks": costs[line["entry"]],
                  "Given": given.get(line["entry"], {}).get("cost"), "Left of the budget": given.get(line["entry"], {}).get("left"),
                  "Jurors without whom it crosses a line": ", ".join(line["moved_by"]) or None, **beside(line)}
        assert near(cells(row, wanted)) == near(wanted)


def near(row):
    """The figures of a row to the digits that a workbook keeps."""
    return {head: float(f"{value:.14g}") if isinstance(value, float | int) else value for head, value in row.items()}


def test_categories_stand_on_a_sheet_of_their_own():
    report = judged_again()
    rows = read_sheet(sheets(report), "Categories")
    scores = {line["entry"]: line["score"] for line in report.result["entries"]}
    lines = [(name, line) for name, found in report.result["categories"].items() for line in found]
    assert [(row["Category"], row["Rank"], row["Entry"]) for row in rows] == [("City", 1, "A"), ("Town", 1, "B"), ("Town", 2, "E")]
    for row, (name, line) in zip(rows, lines, strict=True):
        wanted = {"Category": name, "Rank": line["rank"], "Score": scores[line["entry"]], **beside(line)}
        assert near(cells(row, wanted)) == near(wanted)


def test_special_awards_equal_the_result_cell_by_cell():
    report = judged_again()
    (award,) = report.result["special_awards"]
    rows = read_sheet(sheets(report), "Special awards")
    assert len(rows) == len(award["entries"])
    for row, line in zip(rows, award["entries"], strict=True):
        wanted = {"Special award": "First Penguin", "Rank": line["rank"], "Entry": line["entry"], "Status": "ranked", "Score": line["score"],
                  "Raw mean": line["raw_mean"], "Ballots": line["ballots"], "Spread": line["spread"], "D": line["criteria"]["D"],
                  "Method": "mean", "Note": None, **beside(line)}
        assert near(cells(row, wanted)) == near(wanted)


def test_a_special_award_that_was_ranked_by_the_mean_says_so():
    rules = {"method": "additive", "criterion": [{"name": "C", "share": 1, "scale": [0, 5]}],
             "special": [{"name": "Two", "entries": ["A", "B"], "criterion": [{"name": "C", "share": 1}]}]}
    rows = [(f"J{j}", entry, "C", value) for entry, line in {"A": "545", "B": "34", "E": "121", "F": "232"}.items()
            for j, value in enumerate(map(int, line), 1)]
    rows = [row for row in rows if row[:2] not in {("J3", "A"), ("J1", "B")}]
    found = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows))
    assert found["special_awards"][0]["note_code"] == "by_mean"
    shown = read_sheet(sheets(from_result(found, title="x")), "Special awards")
    assert {(row["Method"], row["Note"].split(":")[0]) for row in shown} == {("mean", "Ranked by the mean")}


def test_ranks_under_other_rules_agreement_and_shares_equal_the_result():
    report = judged_again()
    book, found = sheets(report), report.result
    compared = read_sheet(book, "Under other rules")
    known = [[ranks.get(line["entry"]) for ranks in found["comparison"].values() if ranks] for line in found["entries"]]
    assert [list(row.values())[2:] for row in compared] == known
    assert [row["Value"] for row in read_sheet(book, "Agreement")] == list(found["agreement"].values())
    heads = ("Part of the differences", "First stays first, from", "First stays first, to")
    for row in read_sheet(book, "Criteria"):
        weight = found["weights"][row["Criterion"]]
        assert [row[head] for head in heads] == [weight["effective_share"], weight["winner_stable_from"], weight["winner_stable_to"]]


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_name_of_a_category_or_special_award_becomes_a_formula(words):
    name = words.strip()
    rules = {"criterion": [{"name": "C", "share": 1, "scale": [0, 5]}], "special": [{"name": name, "criterion": [{"name": "C", "share": 1}]}]}
    rows = [(f"J{j}", entry, "C", j + shift) for entry, shift in (("A", 0), ("B", 1)) for j in (1, 2)]
    found = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), facts=[{"entry": "A", "category": name}])
    report = from_result(found, title="x")
    book = sheets(report)
    assert [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert (read_sheet(book, "Categories")[0]["Category"], read_sheet(book, "Special awards")[0]["Special award"]) == (name, name)
    assert [row["Category"] for row in read_csv(report, "en") if row["Entry"] == "A"] == [safe(name)]
