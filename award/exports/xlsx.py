"""XLSX: every table of the report as a sheet of typed cells. Same report, same bytes."""

import io
import re
from datetime import UTC
from zoneinfo import ZoneInfo

from award.exports import Format
from award.exports.cells import Moment
from award.exports.figures import UNDATED, decimals, zone_name
from award.exports.tables import tables
from award.exports.vouching import titled, vouched
from award.exports.workbook import Workbook
from award.i18n import translate

LONGEST = 32_767  # characters that a cell can hold
LONGEST_HEAD = 255  # characters that the head of a column can hold
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
NARROWEST, WIDEST = 9, 60  # characters
NUMBERS = ("whole", "figure")  # kinds of columns that stand to the right
BUTTON = 4  # characters that the button of the filter takes
MOMENT = "00 September 0000 00:00 "
DATES = {"nl": "[$-813]", "fr": "[$-80C]", "de": "[$-407]", "en": "[$-809]"}
UNPRINTED = re.compile("[\x00-\x20\x7f\ud800-\udfff\ufffe\uffff]+")


def write(report, *, language):
    """The workbook. Text is always text: it cannot become a formula, a link or a number."""
    out = io.BytesIO()
    book = Workbook(out, PLAIN)
    heading, proof = report.heading, report.heading.proof
    book.describe(
        title=line(titled(heading))[:LONGEST_HEAD],
        author=line(heading.organiser)[:LONGEST_HEAD],
        created=(proof.frozen_at or UNDATED).astimezone(UTC).replace(tzinfo=None),
        language=language,
    )
    style, foot = Styles(book, language), footer(report, language)
    for table in tables(report, language):
        sheet = _sheet(book, table, language, style)
        sheet.set_footer(foot)
    book.close()
    return out.getvalue()


class Styles:
    """The formats of cells, each made once."""

    def __init__(self, book, language):
        self.book, self.language, self.made = book, language, {}
        self.plain, self.wrapped, self.among_words = self.get(), self.get(text_wrap=True), self.get(align="left")

    def get(self, **wanted):
        """The format with these properties beside the common one."""
        key = tuple(sorted(wanted.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **wanted})
        return self.made[key]

    def head(self, kind):
        """The head of a column, on the side on which its cells stand."""
        return self.get(bold=True, bottom=1, text_wrap=True, valign="bottom", align="right" if kind in NUMBERS else "left")

    def figure(self, places):
        """A number with so many decimals."""
        return self.get(num_format="#,##0" + ("." + "0" * places if places else ""))

    def moment(self, zone):
        """A date with its time, and the zone that it is told in."""
        named = zone_name(zone, self.language).replace('"', "")
        return self.get(num_format=f'{DATES[self.language]}d mmmm yyyy hh:mm "({named})"', align="left")


def _sheet(book, table, language, style):
    """One table on a sheet of its own, headed, filtered, as wide as it needs, set up for printing."""
    title = translate(table.title, language)
    sheet = book.add_worksheet(title[:31])
    heads = unique(line(translate(column.title, language))[:LONGEST_HEAD] or column.field for column in table.columns)
    for x, column in enumerate(table.columns):
        cells = [row[x] for row in table.rows]
        distinct = {value for value in cells if value is not None}
        figure = style.figure(_places(distinct)) if column.kind in NUMBERS else style.among_words
        sheet.set_column(x, x, width(heads[x], distinct, language))
        for y, value in enumerate(cells, 1):
            if value is not None:
                _cell(sheet, (y, x), value, (style, figure))
    sheet.add_table(0, 0, max(1, len(table.rows)), len(heads) - 1, {
        "name": table.key, "title": title, "style": None, "banded_rows": False,
        "columns": [{"header": head, "header_format": style.head(column.kind)} for head, column in zip(heads, table.columns, strict=True)],
    })
    sheet.freeze_panes(1, 0)
    _print_setup(sheet)
    return sheet


def _cell(sheet, place, value, dress):
    """Write one cell; dress: (Styles, the format of a figure)."""
    style, figure = dress
    if isinstance(value, str):
        sheet.write_string(*place, fitting(value), style.wrapped if len(value) > WIDEST or "\n" in value else style.plain)
    elif isinstance(value, Moment):
        sheet.write_datetime(*place, value.at.astimezone(ZoneInfo(value.zone)).replace(tzinfo=None), style.moment(value.zone))
    else:
        sheet.write_number(*place, value, figure)


def fitting(words):
    """The text as a cell can hold it: too long a text ends in an ellipsis, half characters become question marks."""
    if words.isascii() and len(words) <= LONGEST:
        return words
    units = words.encode("utf-16-le", "replace")
    return units.decode("utf-16-le") if len(units) // 2 <= LONGEST else units[: 2 * (LONGEST - 1)].decode("utf-16-le", "ignore") + "\u2026"


def line(words):
    """The text on one line, without what cannot be printed: heads, properties and feet hold nothing else."""
    return UNPRINTED.sub(" ", words).strip()


def unique(heads):
    """The heads of a table; one that stands there before, in capitals or not, gets a number."""
    found, taken = [], set()
    for head in heads:
        name, count = head, 1
        while name.casefold() in taken or name.lower() in taken:
            count += 1
            name = f"{head[:LONGEST_HEAD - 8]} ({count})"
        taken |= {name.casefold(), name.lower()}
        found.append(name)
    return found


def width(head, cells, language):
    """How wide a column is, in characters: its longest line and the longest word of its head, within what can be read."""
    longest = max((_length(cell, language) for cell in cells), default=0)
    return min(WIDEST, max(NARROWEST, longest + 1, max(map(len, head.split())) + BUTTON))


def _length(cell, language):
    if isinstance(cell, Moment):
        return len(MOMENT) + len(zone_name(cell.zone, language)) + 2
    if isinstance(cell, str):
        return WIDEST if len(cell) > WIDEST else max(map(len, cell.splitlines()), default=0)
    places = min(4, decimals(cell))
    return len(f"{cell:,.{places}f}")


def _places(cells):
    """The decimals a column of figures shows: those its values need, at most four."""
    return min(4, max((decimals(value) for value in cells if isinstance(value, int | float)), default=0))


def footer(report, language):
    """What stands below every printed page: the sheet, the round with what vouches for it, the number of the page."""
    known = vouched(report, language)
    told = [line(titled(report.heading))[:60], line(known["method"])[:40], f"SHA-256 {known['result'][:16]}"]
    return "&L" + " · ".join(words.replace("&", "&&") for words in told if words) + "&C&A&R&P / &N"


def _print_setup(sheet):
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


FORMAT = Format("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write)
