"""CSV: one table a file, in the separators of the reader's language. No cell can become a formula."""

import csv
import io
import re

from award.exports import Format
from award.exports.cells import Moment
from award.exports.figures import instant, plain
from award.exports.tables import ranking, tables
from award.exports.vouching import on_every_row
from award.i18n import translate

DANGEROUS = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What spreadsheets take for a formula; the apostrophes before it are there so that adding one can be undone."""


def write(report, *, language):
    """The ranking with method, hash and time on every row; UTF-8 with a byte order mark, for spreadsheets."""
    return document(on_every_row(ranking(report, language), report, language), language=language)


def named(report, *, language):
    """{key of the table: bytes of its file}: every table of the report, with what vouches for it on every row."""
    return {table.key: document(on_every_row(table, report, language), language=language) for table in tables(report, language)}


def document(table, *, language):
    """A table as a file for spreadsheets, headed by the titles of its columns."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    rows.writerow([safe(translate(c.title, language)) for c in table.columns])
    rows.writerows([cell(value, language) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def safe(words):
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    Undone by taking one apostrophe away where what follows the apostrophes is one of these characters.
    """
    return "'" + words if DANGEROUS.match(words) else words


def undone(words):
    """The text that `safe` was given."""
    return words[1:] if words.startswith("'") and DANGEROUS.match(words) else words


def cell(value, language):
    """A cell as it stands in the file: "" for what is not known, figures ungrouped, a moment in words with its zone."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Moment):
        return instant(value.at, language, value.zone)
    return plain(value, language)


FORMAT = Format("csv", "csv", "text/csv; charset=utf-8", write)
