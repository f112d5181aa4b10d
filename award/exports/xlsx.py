"""XLSX: ranking, scores, criteria, decisions and rulebook as sheets of typed cells. Same report, same bytes."""

import io
from datetime import UTC

import xlsxwriter

from award.exports import Format
from award.exports.figures import UNDATED, decimals
from award.exports.tables import tables
from award.i18n import translate

LONGEST = 32_767  # characters that a cell can hold
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
WIDTHS = {"text": 16, "long": 44, "whole": 9, "figure": 11}


def write(report, *, language):
    """The workbook. Text is always text: it cannot become a formula, a link or a number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    heading = report.heading
    book.set_properties(
        {
            "title": f"{heading.programme} {heading.round}".strip()[:255],
            "author": heading.organiser[:255],
            "created": (heading.proof.frozen_at or UNDATED).astimezone(UTC).replace(tzinfo=None),
        }
    )
    styles = _styles(book)
    for table in tables(report, language):
        _sheet(book, table, language, styles)
    book.close()
    return out.getvalue()


def _styles(book):
    top = {"valign": "top"}
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "text": book.add_format(top),
        "long": book.add_format({**top, "text_wrap": True}),
    }
    for places in range(5):
        styles[places] = book.add_format({**top, "num_format": "#,##0" + ("." + "0" * places if places else "")})
    return styles


def _sheet(book, table, language, styles):
    sheet = book.add_worksheet(translate(table.title, language)[:31])
    for x, column in enumerate(table.columns):
        _cell(sheet, (0, x), translate(column.title, language), styles["head"])
        style = styles.get(column.kind) or styles[_places(table, x)]
        sheet.set_column(x, x, WIDTHS[column.kind])
        for y, row in enumerate(table.rows, 1):
            _cell(
                sheet,
                (y, x),
                row[x],
                styles["long" if isinstance(row[x], str) and column.kind == "long" else "text"]
                if isinstance(row[x], str)
                else style,
            )
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    _print_setup(sheet)


def _cell(sheet, place, value, style):
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(*place, fitting(value), style)
    else:
        sheet.write_number(*place, value, style)


def fitting(words):
    """The text as a cell can hold it: too long a text ends in an ellipsis, half characters become question marks."""
    whole = words.encode("utf-16-le", "replace").decode("utf-16-le")
    return whole if len(whole.encode("utf-16-le")) // 2 <= LONGEST else _cut(whole)


def _cut(words):
    units = words.encode("utf-16-le")[: 2 * (LONGEST - 1)]
    return units.decode("utf-16-le", "ignore") + "\u2026"


def _places(table, x):
    """The decimals a column of figures shows: those its values need, at most four."""
    return min(
        4,
        max((decimals(row[x]) for row in table.rows if row[x] is not None and not isinstance(row[x], str)), default=0),
    )


def _print_setup(sheet):
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


FORMAT = Format("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write)
