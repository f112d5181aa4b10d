"""Open data: tables that programs read, described and vouched for, without a person in them."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

import config
from award.domain import verification
from award.domain.canonical import sha256
from award.domain.report import Decision, Entry, Heading
from award.domain.variants import reduced
from award.exports import open_data
from award.exports.csv_ import safe, undone
from award.exports.vouching import titled
from award.i18n import NAMES
from tests.exports import sample
from tests.exports.test_formats import judged_again

LICENCE = "CC-BY-4.0"
ABOUT = open_data.About("FIA26", "Public Innovation Award 2026", LICENCE)


def public(report):
    return reduced(report.chosen(variant="public"))


def unpacked(*reports, licence=LICENCE):
    """{name: bytes} of the open data of these stages."""
    with zipfile.ZipFile(io.BytesIO(open_data.write([public(one) for one in reports], about=replace(ABOUT, licence=licence)))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 6, 18, 14, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files():
    return unpacked(sample.full())


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_the_programme_is_named_once_where_the_round_is_named_after_it():
    assert titled(Heading("Innovation Award", "Innovation Award 2026")) == "Innovation Award 2026"
    assert titled(Heading("Innovation\nAward", "2026")) == "Innovation Award 2026"


def test_the_files_are_those_promised(files):
    assert list(files) == ["README.md", "datapackage.json", "ranking.csv", "comparison.csv", "agreement.csv", "scores.csv", "criteria.csv",
                           "decisions.csv", "result.json"]


def test_the_figures_are_those_of_the_result_which_verifies(files):
    document = verification.read(files["result.json"])
    assert verification.verify(document) is None
    found = rows(files["ranking.csv"])
    assert [float(row["score"]) for row in found] == [one["score"] for one in document["entries"]]
    assert [row["criterion:Novelty"] for row in found] == [repr(one["criteria"]["Novelty"]).removesuffix(".0") for one in document["entries"]]
    assert len(rows(files["scores.csv"])) == sum(len(ballot[2]) for ballot in document["sheet"]["ballots"])


def test_no_person_is_in_it(files):
    words = b"".join(files.values()).decode()
    report = sample.full()
    assert [name for name in sample.JURORS if name in words] == []
    assert [one.words for one in report.jury.comments if one.words in words] == []
    assert [juror.organisation for juror in report.jury.jurors if juror.organisation in words] == []


def test_an_entry_without_a_decision_is_a_number():
    report = sample.full()
    found = {row["entry"]: (row["title"], row["team"]) for row in rows(unpacked(report)["ranking.csv"])}
    assert found == {e.key: (e.title, e.team.name) if e.decision else ("", "") for e in report.entries}


def test_each_file_is_described_with_its_columns_and_checksum(files):
    described = json.loads(files["datapackage.json"])
    assert (described["name"], described["created"], described["licenses"]) == (
        "fia26-open-data", "2026-06-18T14:00:00Z",
        [{"name": LICENCE, "title": "Creative Commons Attribution 4.0 International", "path": "https://creativecommons.org/licenses/by/4.0/"}])
    assert {one["path"]: (one["bytes"], one["hash"]) for one in described["resources"]} == {
        name: (len(content), "sha256:" + hashlib.sha256(content).hexdigest()) for name, content in files.items()
        if name not in ("README.md", "datapackage.json")}
    for one in described["resources"][:-1]:
        table = rows(files[one["path"]])
        assert [field["name"] for field in one["schema"]["fields"]] == list(table[0])
        assert [cell for field in one["schema"]["fields"] for row in table if not fits(cell := row[field["name"]], field)] == []
    assert (described["resources"][-1]["method"], described["resources"][-1]["hash"]) == ("mean", "sha256:" + sha256(sample.full().result))


def fits(cell, field):
    """Whether a cell is of the type of its field; an empty one is missing."""
    if not cell or field["type"] == "string":
        return True
    return cell in ("yes", "no") if field["type"] == "boolean" else float(cell) % 1 == 0 if field["type"] == "integer" else bool(repr(float(cell)))


def test_the_readme_says_all_in_four_languages(files):
    words = files["README.md"].decode()
    assert [words.count(f"## {name}: ") for name in NAMES.values()] == [1] * 4
    assert words.count(sha256(sample.full().result)) == words.count("https://creativecommons.org/licenses/by/4.0/") == 4
    assert words.count("| ranking.csv | rank (") == words.count("award verify result.json") == 4
    assert [told for told in ("donderdag 18 juni 2026", "jeudi 18 juin 2026", "Donnerstag, 18. Juni 2026", "Thursday, 18 June 2026")
            if told not in words] == []


def test_the_licence_is_chosen_by_setting_and_says_whether_to_name_the_source(files):
    assert list(open_data.LICENCES) == list(config.LICENCES)
    free = unpacked(sample.full(), licence="CC0-1.0")["README.md"].decode()
    assert "if you name the source" in files["README.md"].decode()
    assert "without naming the source" in free and "publicdomain/zero" in free


def test_the_same_round_gives_the_same_bytes(files):
    assert unpacked(sample.full()) == files


def test_stages_have_folders(files):
    found = unpacked(sample.full(), sample.full())
    assert {name.partition("/")[0] for name in found} == {"README.md", "datapackage.json", "stage-1", "stage-2"}
    assert found["stage-2/ranking.csv"] == files["ranking.csv"]
    names = [one["name"] for one in json.loads(found["datapackage.json"])["resources"]]
    assert len(names) == len(set(names)) == 2 * (len(files) - 2)


def test_categories_and_special_awards_are_among_the_tables():
    report = replace(judged_again(), heading=replace(sample.full().heading))
    found = unpacked(report)
    ranked = [(row["category"], row["rank"], row["entry"]) for row in rows(found["categories.csv"])]
    assert ranked == [("City", "1", "A"), ("Town", "1", "B"), ("Town", "2", "E")]
    assert [row["score"] for row in rows(found["special_awards.csv"])] == [
        repr(line["score"]).removesuffix(".0") for line in report.result["special_awards"][0]["entries"]]


@pytest.mark.parametrize("words", ["=1+1", "'=1", "''=1", "@x", "\t=1", "\n=1", "\uff1d1", "'s Gravenwezel", "half \ud800", "\x00", "a\r\nb", "-",
                                   "'", "x" * 40_000],
                         ids=lambda words: ascii(words)[:20])
def test_hostile_words_can_be_read_back(words):
    report = sample.with_text(words)
    report = replace(report, heading=replace(report.heading, proof=sample.full().heading.proof))
    (row,) = rows(unpacked(report)["ranking.csv"])
    assert undone(row["title"]) == words.encode("utf-8", "replace").decode()
    assert undone(safe(words)) == words
    assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))


def test_a_round_in_which_nobody_entered_has_open_data():
    heading = Heading("P", "R", "", sample.full().heading.proof)
    found = unpacked(replace(sample.nothing(), entries=(Entry("E1", decision=Decision("stops")),), heading=heading))
    assert rows(found["ranking.csv"]) == []
    assert json.loads(found["datapackage.json"])["contributors"] == []
