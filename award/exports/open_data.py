"""Open data of a published round: tables for machines, the result, and a README in four languages. Same round, same bytes.

Nothing personal is in it: jurors are codes; their names and comments, and the members of teams, are left out.
"""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass, replace
from datetime import UTC

from award.domain.report import Entry
from award.exports import json_
from award.exports.archive import packed
from award.exports.csv_ import cell
from award.exports.open_data_words import readme
from award.exports.tables import tables

PERSONAL = {"jurors", "members"}  # tables about people
APART = {"rulebook"}  # its words are for readers; the rules stand in result.json
TYPES = {"text": "string", "long": "string", "whole": "integer", "figure": "number"}
YES_NO = {"stable_without_any_juror", "departs", "counts"}
KEYS = {"ranking": ["entry"], "criteria": ["criterion"], "decisions": ["entry"], "comparison": ["entry"], "agreement": ["measure"]}


@dataclass(frozen=True)
class Licence:
    """Under which conditions the data may be used; `names_source`: whether the source must be named."""

    key: str
    title: str
    url: str
    names_source: bool


LICENCES = {one.key: one for one in (
    Licence("CC-BY-4.0", "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/", True),
    Licence("CC0-1.0", "Creative Commons CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/", False),
)}


@dataclass(frozen=True)
class About:
    """What the open data are called: the code of the round, the title of the whole, and a key of LICENCES."""

    code: str
    title: str
    licence: str


def write(reports, *, about):
    """The ZIP. `reports`: the public variants of the judged stages, in order."""
    several = len(reports) > 1
    found = [(f"stage-{place}/" if several else "", report, published(report)) for place, report in enumerate(reports, 1)]
    files = {}
    for folder, report, shown in found:
        files |= {f"{folder}{table.key}.csv": machine_csv(table) for table in shown}
        files[f"{folder}result.json"] = json_.write(report, language="en")
    described = json.dumps(package(found, files, about), ensure_ascii=False, indent=1) + "\n"
    first = {"README.md": readme(found, about.title, LICENCES[about.licence]), "datapackage.json": described}
    return packed({name: words.encode("utf-8", "replace") for name, words in first.items()} | files, at=reports[-1].heading.proof.frozen_at)


def published(report):
    """The tables that everyone may have, their words in English; an entry without a decision is a number."""
    shown = replace(report, entries=tuple(entry if entry.decision else Entry(entry.key) for entry in report.entries))
    return [table for table in tables(shown, "en") if table.key not in PERSONAL | APART]


def machine_csv(table):
    """A table as machines read it: the names of the fields above, commas, decimal points, UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([cell(column.field, "en") for column in table.columns])
    rows.writerows([cell(value, "en") for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8", "replace")


def package(found, files, about):
    """datapackage.json: what the files hold, {name: bytes}, as a Frictionless Data Package (version 1)."""
    heading, proof, licence = found[0][1].heading, found[-1][1].heading.proof, LICENCES[about.licence]
    return {
        "profile": "data-package",
        "name": slug(f"{about.code}-open-data"),
        "title": about.title,
        "homepage": proof.url,
        "created": written(proof.frozen_at),
        "licenses": [{"name": licence.key, "title": licence.title, "path": licence.url}],
        "contributors": [{"title": heading.organiser, "role": "publisher"}] if heading.organiser else [],
        "resources": [resource for folder, report, shown in found for resource in resources(files, folder, report, shown)],
    }


def resources(files, folder, report, shown):
    """The files of one stage as resources, each with its checksum."""
    frozen = {"method": report.result["rulebook"]["method"], "frozen_at": written(report.heading.proof.frozen_at)}
    for table in shown:
        yield {
            **described(f"{folder}{table.key}.csv", files),
            "profile": "tabular-data-resource", "title": str(table.title), "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
            "schema": {"fields": [field(column) for column in table.columns], "missingValues": [""]}
            | ({"primaryKey": KEYS[table.key]} if table.key in KEYS else {}),
        }
    yield {**described(f"{folder}result.json", files), "profile": "data-resource", "title": "award-result/1",
           "format": "json", "mediatype": "application/json", "encoding": "utf-8", **frozen}


def described(path, files):
    """What is said of any file: its name, place, size and checksum."""
    return {"name": slug(path.rpartition(".")[0]), "path": path, "bytes": len(files[path]),
            "hash": f"sha256:{hashlib.sha256(files[path]).hexdigest()}"}


def field(column):
    """A column as a field of a table schema; yes and no are truth values."""
    if column.field in YES_NO:
        return {"name": column.field, "title": str(column.title), "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    return {"name": column.field, "title": str(column.title), "type": TYPES[column.kind]}


def slug(words):
    """The words as a name of a data package: small letters, digits, dots, dashes and underscores."""
    return re.sub(r"[^a-z0-9._]+", "-", words.lower()).strip("-")


def written(moment):
    """An instant in UTC, as machines read it; None where it is not known."""
    return moment and moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
