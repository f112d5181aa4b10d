"""CSV: the ranking, one row per entry, in the separators of the reader's language. No cell can become a formula."""

import csv
import io

from award.exports import Format
from award.exports.figures import plain
from award.exports.tables import ranking
from award.i18n import translate

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(report, *, language):
    """The ranking with method, hash and time on every row; UTF-8 with a byte order mark, for spreadsheets."""
    table = ranking(report, language)
    out = io.StringIO()
    rows = csv.writer(out, delimiter="," if language == "en" else ";", lineterminator="\r\n")
    rows.writerow([safe(translate(c.title, language)) for c in table.columns])
    rows.writerows([_cell(value, language) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def safe(words):
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + words if words.startswith(FORMULA) else words


def _cell(value, language):
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    return plain(value, language)


FORMAT = Format("csv", "csv", "text/csv; charset=utf-8", write)
