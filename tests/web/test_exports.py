"""Taking a result away: who gets what, and every figure the same in CSV, XLSX, JSON, PDF, open data and on the page."""
import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import openpyxl
import pytest

from award import db
from award.domain import verification
from award.exports.csv_ import undone
from award.exports.figures import number, percent
from award.i18n import translate
from award.models import Result
from award.services import compositions
from award.web import ranking_words
from tests.exports.documents import text_of, typeset_here
from tests.people import signed_in
from tests.web.exported import COMMENT, published_round

TABLES = ["ranking", "categories", "special_awards", "comparison", "agreement", "scores", "criteria", "jurors", "decisions", "rulebook"]
VOUCHED = 3  # columns at the end of every CSV table


@pytest.fixture
def world(app):
    return published_round(app)


def fetched(client, path, language="en"):
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    return answer


def rows(content, language="en"):
    """The rows of a CSV file, heads first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter="," if language == "en" else ";"))


def opened(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_figure_is_the_same_everywhere(app, world):
    document = verification.read(fetched(world.client, f"/results/{world.result}/json").data)
    assert verification.verify(document) is None
    machine = opened(fetched(signed_in(app, None), f"/rounds/{world.round}/open-data.zip").data)
    assert json.loads(machine["result.json"]) == document
    in_open_data(machine, document)
    for language in ("nl", "en"):
        tables = opened(fetched(world.client, f"/results/{world.result}/zip", language).data)
        found = {name.removesuffix(".csv"): rows(content, language) for name, content in tables.items() if name.endswith(".csv")}
        assert list(found) == TABLES
        in_workbook(fetched(world.client, f"/results/{world.result}/xlsx", language).data, found, language)
        for name in ("ranking", "categories", "special_awards", "comparison", "agreement", "criteria"):
            assert figures(found[name], language, VOUCHED) == figures(rows(machine[f"{name}.csv"]), "en", 0), name
        on_the_page(world, document, language)
        on_paper(app, world, document, language)


def in_open_data(machine, document):
    """Each column of figures in the tables equals the result, every digit."""
    readers = {"rank": "rank", "score": "score", "raw_mean": "raw_mean", "ballots": "ballots", "spread": "spread", "band": "band",
               "first_under_shares": "first_under_shares", "rank_from": ("rank_interval", 0), "rank_to": ("rank_interval", 1),
               "score_from": ("score_interval", 0), "score_to": ("score_interval", 1), "p_top_1": ("p_top", "1"), "p_top_3": ("p_top", "3"),
               "criterion:Impact": ("criteria", "Impact"), "criterion:Novelty": ("criteria", "Novelty")}
    lines = {"ranking": document["entries"], "special_awards": document["special_awards"][0]["entries"],
             "categories": [line for _name, found in sorted(document["categories"].items()) for line in found]}
    for name, wanted in lines.items():
        head, *found = rows(machine[f"{name}.csv"])
        assert len(found) == len(wanted) > 0
        known = [column for column in head if column in readers and (name != "categories" or column != "score")]
        assert len(known) >= 7
        for row, line in zip(found, wanted, strict=True):
            cells = dict(zip(head, row, strict=True))
            assert {c: float(cells[c]) if cells[c] else None for c in known} == {c: read(line, readers[c]) for c in known}
            assert cells["stable_without_any_juror"] == {True: "yes", False: "no"}[line["stable_without_any_juror"]]
    given = {(juror, entry, criterion): float(score) for juror, entry, criterion, score, *_ in rows(machine["scores.csv"])[1:]}
    sheet = document["sheet"]
    assert given == {(sheet["jurors"][j], sheet["entries"][e], name): score for e, j, scores in sheet["ballots"]
                     for name, score in zip(sheet["criteria"], scores, strict=True)}


def read(line, key):
    return line[key[0]][key[1]] if isinstance(key, tuple) else line[key]


def figures(table, language, beside):
    """The cells of a table that hold figures, row by row; the columns that vouch for them left out."""
    return [[one for cell in row[:len(row) - beside] if (one := figure(cell, language)) is not None] for row in table[1:]]


def figure(cell, language):
    """The number in a cell, None where it is no number."""
    plain = cell.replace(",", ".") if language != "en" else cell
    return float(plain) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) else None


def in_workbook(content, tables, language):
    """Each cell of each sheet is the cell of its CSV table, numbers to the digits that a workbook keeps."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, table in zip(book, tables.values(), strict=True):
        for cells, row in zip(sheet.iter_rows(), table, strict=True):
            for cell, told in zip(cells, row[:len(row) - VOUCHED], strict=True):
                if cell.is_date:
                    assert told.startswith(("zaterdag", "Saturday", "maandag", "Monday", "zondag", "Sunday", "dinsdag", "Tuesday", "woensdag",
                                            "Wednesday", "donderdag", "Thursday", "vrijdag", "Friday"))
                elif cell.data_type == "n" and cell.value is not None:
                    assert float(f"{cell.value:.14g}") == float(f"{figure(told, language):.14g}"), (sheet.title, cell.coordinate)
                else:
                    assert (cell.value or "") == undone(told), (sheet.title, cell.coordinate)


class Rows(HTMLParser):
    """The rows of the tables of a page, as lists of what is seen in their cells."""

    def __init__(self, page):
        super().__init__()
        self.found, self.cell, self.deep = [], None, []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.found.append([])
        elif tag in ("td", "th"):
            self.cell = ""
        elif tag == "span":
            self.deep.append("hid" in dict(attributes).get("class", ""))

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.found[-1].append(" ".join(self.cell.split(" ")).strip())
            self.cell = None
        elif tag == "span":
            self.deep.pop()

    def handle_data(self, words):
        if self.cell is not None and not any(self.deep):
            self.cell += words


def chance(line, k, language):
    """The chance as papers say it: in whole percent, never 0 or 100."""
    part = line["p_top"][str(k)]
    return "<1%" if part < 0.01 else ">99%" if part > 0.99 else percent(part * 100, language)


def on_the_page(world, document, language):
    """The ranking, the categories, the special award and the criteria on the web page have the rounded figures."""
    address = f"/stages/{world.stage}/ranking?page=all"
    (award,) = document["special_awards"]
    scores = {line["entry"]: line for line in document["entries"]}
    views = {"": document["entries"], f"&award={award['name']}": award["entries"],
             **{f"&category={name}": [scores[line["entry"]] | line for line in lines] for name, lines in document["categories"].items()}}
    for query, lines in views.items():
        seen = Rows(fetched(world.client, address + query, language).text).found
        top = max(k for k in (1, 3) if k < len(lines))  # the page shows the chance of the largest k that leaves somebody out
        for line in lines:
            wanted = [str(line["rank"]), f"Entry {int(line['entry'][-3:]) - 1}", number(line["score"], language), number(line["raw_mean"], language),
                      str(line["ballots"]), number(line["spread"], language), within(line), translate(ranking_words.chance(line, top), language)]
            found = [row[:8] for row in seen if row[:2] == wanted[:2]]
            assert found[:1] == [wanted], (query, language)
    seen = Rows(fetched(world.client, address + "&look=criteria", language).text).found
    for line in document["entries"]:
        wanted = [str(line["rank"]), f"Entry {int(line['entry'][-3:]) - 1}", *values(line, language)]
        assert [row[:4] for row in seen if row[:2] == wanted[:2]][:1] == [wanted]


def values(line, language):
    return [number(line["criteria"][criterion], language, 2) for criterion in ("Impact", "Novelty")]


def within(line):
    """The places that an entry may hold, as they are printed: "2–4", or one."""
    return "–".join(str(place) for place in dict.fromkeys(line["rank_interval"]))


def on_paper(app, world, document, language):
    """The text of the PDF has every figure in the line of its entry: main ranking, categories, special award and criteria."""
    with app.app_context():
        report = compositions.compose(db.session.get(Result, world.result), language=language)
        lines = [line.split() for line in text_of(typeset_here(report, language)).replace("\u2010", "-").splitlines()]
    scores = {line["entry"]: number(line["score"], language) for line in document["entries"]}
    wanted = []
    for line in document["entries"]:
        spread = [number(line["spread"], language), str(line["ballots"]), within(line), chance(line, 1, language), chance(line, 3, language)]
        wanted += [(line["entry"], [scores[line["entry"]], *spread]), (line["entry"], [*values(line, language), scores[line["entry"]]])]
    for line in document["special_awards"][0]["entries"]:
        spread = [number(line["spread"], language), str(line["ballots"]), within(line), chance(line, 1, language)]
        wanted.append((line["entry"], [number(line["score"], language), *spread]))
    for line in [line for found in document["categories"].values() for line in found]:
        wanted.append((line["entry"], [scores[line["entry"]], within(line), chance(line, 1, language)]))
    assert [(entry, tail) for entry, tail in wanted if not any(entry in line and line[-len(tail):] == tail for line in lines)] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_organiser_gets_names_and_comments_and_everyone_neither(app, world):
    visitor, own = signed_in(app, None), f"/results/{world.result}"
    inside = b"".join(opened(fetched(world.client, f"{own}/zip").data).values()).decode()
    assert [name for name in world.jurors if name not in inside] == [] and COMMENT in inside
    public = f"/rounds/{world.round}"
    outside = {key: fetched(visitor, f"{public}/result.{key}").data for key in ("csv", "json", "zip", "xlsx")}
    told = b"".join([*opened(outside["zip"]).values(), *opened(outside["xlsx"]).values(), outside["csv"], outside["json"]]).decode()
    assert COMMENT not in told
    scores, jurors = (fetched(visitor, f"{public}/result-{table}.csv").data.decode() for table in ("scores", "jurors"))
    assert [name for name in world.jurors if name in scores + jurors] == []
    assert [name for name in world.jurors if name not in fetched(visitor, f"{public}/result-members.csv").data.decode()] == []
    machine = b"".join(opened(fetched(visitor, f"{public}/open-data.zip").data).values()).decode()
    assert [words for words in [*world.jurors, COMMENT] if words in machine] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_each_table_is_a_file_by_its_name_and_an_unknown_one_is_not_found(app, world):
    own, public = f"/results/{world.result}/csv", f"/rounds/{world.round}"
    answers = {table: world.client.get(f"{own}/{table}") for table in [*TABLES, "members", "nothing"]}
    assert {table: answer.status_code for table, answer in answers.items()} == dict.fromkeys(TABLES, 200) | {"members": 404, "nothing": 404}
    assert answers["scores"].headers["Content-Disposition"] == 'attachment; filename="LA27-result-1-scores-en.csv"'
    head = rows(answers["scores"].data)
    assert head[0][-VOUCHED:] == ["Method", "SHA-256 of the result", "Frozen at"]
    with app.app_context():
        assert {row[-2] for row in head[1:]} == {db.session.get(Result, world.result).sha256}
    assert [signed_in(app, None).get(f"{public}/{path}").status_code for path in ("result-nothing.csv", "stages/2/result-scores.csv")] == [404, 404]
    roles = {role: signed_in(app, person).get(f"{own}/scores").status_code for role, person in world.people.items()}
    assert roles == dict.fromkeys(world.people, 404) | {"organiser": 200, "auditor": 200}
    assert signed_in(app, None).get(f"{own}/scores").status_code == 303


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_answer_carries_the_checksum_and_the_time_of_what_it_brings(app, world):
    for path in (f"/results/{world.result}/json", f"/rounds/{world.round}/open-data.zip", f"/rounds/{world.round}/result.xlsx"):
        answer = fetched(world.client, path)
        code = base64.b64encode(hashlib.sha256(answer.data).digest()).decode()
        assert answer.headers["Repr-Digest"] == f"sha-256=:{code}:"
        with app.app_context():
            result = db.session.get(Result, world.result)
            assert answer.last_modified == result.frozen_at.replace(microsecond=0)
            assert path[-4:] != "json" or hashlib.sha256(answer.data).hexdigest() == result.sha256


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_open_data_are_the_same_bytes_for_every_reader_and_listed_where_the_result_is_public(app, world):
    address, visitor = f"/rounds/{world.round}/open-data.zip", signed_in(app, None)
    assert len({fetched(client, address, language).data for client in (visitor, world.client) for language in ("nl", "fr", "en")}) == 1
    assert fetched(visitor, address).headers["Content-Disposition"] == 'attachment; filename="LA27-open-data.zip"'
    page = fetched(visitor, f"/rounds/{world.round}/result").text
    assert f'href="{address}"' in page and "licence CC-BY-4.0" in page


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_before_publication_nobody_outside_gets_open_data(app):
    world = published_round(app, 2, published=False)
    found = {role: signed_in(app, person).get(f"/rounds/{world.round}/open-data.zip").status_code for role, person in world.people.items()}
    assert found == dict.fromkeys(world.people, 404) | {"organiser": 200, "auditor": 200}
    assert signed_in(app, None).get(f"/rounds/{world.round}/open-data.zip").status_code == 404


def test_the_json_schema_stands_at_an_address_that_stays(app):
    answer = app.test_client().get("/schemas/award-result-1.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    assert json.loads(answer.data)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [app.test_client().get(f"/schemas/{name}.json").status_code for name in ("award-result-2", "..%2fconfig", "absent")] == [404] * 3
