"""Reading a score sheet from CSV: every fault with its line, and nothing when there is one."""
import csv
import io
from dataclasses import dataclass

from award.domain import criteria, names, numbers, score_sheet
from award.errors import FaultyInput, Invalid
from award.i18n import ntext, text

COLUMNS = ("juror", "entry", "criterion", "score")
OPTIONAL = ("comment",)
WHAT = {"juror": text("the juror"), "entry": text("the entry"), "criterion": text("the criterion")}
MOST_FAULTS = 20


@dataclass(frozen=True)
class Scores:
    """What a CSV file holds: the sheet, its rows as (juror, entry, criterion, Fraction or None) and the comments
    as (juror, entry, criterion, comment), both in the order of the file."""

    sheet: score_sheet.ScoreSheet
    rows: tuple
    comments: tuple


def parse_csv(content, *, rulebook, name="SCORES.csv"):
    """The Scores in the bytes (UTF-8, with or without BOM) or text of a CSV file with comma or semicolon.

    Columns juror, entry, criterion, score and optionally comment, in any order; an empty score is missing.
    Raises FaultyInput with up to 20 faults, each beginning with `name:line:`, and then how many more there are.
    """
    reading = Lines(name, {criterion.name: criterion for criterion in rulebook.criteria})
    try:
        rows = [row for line, cells in records(decoded(content)) for row in reading.row(line, cells)]
    except Unreadable as fault:
        raise FaultyInput([reading.at(*fault.args)]) from None
    if not rows and not reading.faults:
        reading.fault(1, text("there are no scores in this file"))
    if reading.faults:
        raise FaultyInput(limited(reading.faults))
    comments = tuple(row[:3] + (row[4],) for row in rows if row[4])
    rows = tuple(row[:4] for row in rows)
    return Scores(sheet_of(rows, rulebook, reading), rows, comments)


def sheet_of(rows, rulebook, reading):
    """The sheet of checked rows; raises FaultyInput when they name too many different jurors and entries."""
    try:
        return score_sheet.from_rows(rows, criteria=rulebook.names)
    except Invalid as fault:
        raise FaultyInput([reading.at(1, fault.message)]) from None


class Unreadable(Exception):
    """The file cannot be read further: (line, Text)."""


def decoded(content):
    """The text of a file. Raises Unreadable for bytes that are not UTF-8 and for NUL."""
    try:
        written = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(line, text("this is not UTF-8 text; save the file again as “CSV UTF-8”")) from None
    written = written.removeprefix("\ufeff")
    if "\0" in written:
        line = written.count("\n", 0, written.index("\0")) + 1
        raise Unreadable(line, text("this is not a text file"))
    return written


def records(written):
    """Each line (number, cells by column name) below the header; blank lines are passed over. Raises Unreadable."""
    header = written.split("\n", 1)[0]
    delimiter = ";" if ";" in header else ","
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    columns = None
    for line, cells in numbered(reader):
        if columns is None:
            columns = checked_header(line, cells)
        elif any(cell.strip() for cell in cells):
            yield line, columns_to_cells(columns, cells, delimiter)
    if columns is None:
        raise Unreadable(1, text("this file is empty; its first line must be juror,entry,criterion,score"))


def numbered(reader):
    """Each record of a csv reader with the line it begins on. Raises Unreadable for a quote that is never closed."""
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as fault:
        raise Unreadable(line, text("this line is not CSV: %(fault)s", fault=str(fault))) from None


def checked_header(line, cells):
    """The column names of the header. Raises Unreadable when a column is missing, doubled or unknown."""
    columns = [cell.strip().lower() for cell in cells]
    missing = [column for column in COLUMNS if column not in columns]
    extra = [column for column in columns if column not in COLUMNS + OPTIONAL or columns.count(column) > 1]
    if missing:
        raise Unreadable(line, text('the header lacks %(columns)s; it must be juror,entry,criterion,score',
                                    columns=", ".join(missing)))
    if extra:
        raise Unreadable(line, text('the header has the column "%(column)s", which is unknown or doubled',
                                    column=extra[0][:40]))
    return columns


def columns_to_cells(columns, cells, delimiter):
    """The cells by column name; a fault as Text instead, when there are too many or too few of them."""
    if len(cells) != len(columns):
        return text("this line has %(cells)s cells and the header %(columns)s; "
                    "a score such as 7,5 between commas needs quotes", cells=len(cells), columns=len(columns))
    row = dict(zip(columns, cells, strict=True))
    if delimiter == "," and row.get("comment", "").isdecimal() and row["score"].isdecimal():
        return text('the comment is only a number; was the score %(score)s,%(comment)s? Then write it in quotes',
                    score=row["score"][:20], comment=row["comment"][:20])
    return row


class Lines:
    """Reads line after line against the criteria, and gathers the faults."""

    def __init__(self, name, known):
        self.name = name
        self.known = known
        self.faults = []
        self.seen = {}
        self.scores = {}

    def at(self, line, message):
        """A fault with its place in the file."""
        return text("%(file)s:%(line)s: %(fault)s", file=self.name, line=line, fault=message)

    def fault(self, line, message):
        """Notes a fault."""
        self.faults.append(self.at(line, message))

    def row(self, line, cells):
        """[(juror, entry, criterion, score, comment)] of a line, or [] when it has a fault, which is noted."""
        message = cells if not isinstance(cells, dict) else self.name_fault(cells)
        if message is None:
            key = tuple(names.clean(cells[column]) for column in COLUMNS[:3])
            score, message = self.score(cells["score"], self.known[key[2]])
            message = message or self.doubled(line, key)
        if message is not None:
            self.fault(line, message)
            return []
        return [(*key, score, cells.get("comment", "").strip())]

    def name_fault(self, cells):
        """What is wrong with the names on a line, as a Text, or None."""
        for column, what in WHAT.items():
            wrong = names.fault(names.clean(cells[column]), what=what)
            if wrong:
                return wrong
        criterion = names.clean(cells["criterion"])
        if criterion in self.known:
            return None
        return text('criterion "%(criterion)s" is not in the rules, which have %(known)s', criterion=criterion,
                    known=", ".join(f'"{name}"' for name in self.known))

    def score(self, typed, criterion):
        """(the score as Fraction, None when left open; what is wrong with it or None); read once for each spelling."""
        key = (typed, criterion.name)
        if key not in self.scores:
            self.scores[key] = read_score(typed, criterion)
        return self.scores[key]

    def doubled(self, line, key):
        """A Text when the score of this (juror, entry, criterion) stands on an earlier line, or None."""
        before = self.seen.setdefault(key, line)
        if before == line:
            return None
        return text('the score of %(juror)s for %(entry)s on "%(criterion)s" was already given on line %(line)s',
                    juror=key[0], entry=key[1], criterion=key[2], line=before)


def read_score(typed, criterion):
    """(the score as Fraction or None, what is wrong with it as a Text or None)."""
    if not typed.strip():
        return None, None
    try:
        value = numbers.parse(typed)
    except Invalid as wrong:
        return None, wrong.message
    return value, criteria.fault(criterion, value)


def limited(faults):
    """The first 20 faults, and a line that says how many more there are."""
    more = len(faults) - MOST_FAULTS
    rest = [ntext("and %(num)s more fault", "and %(num)s more faults", more)] if more > 0 else []
    return faults[:MOST_FAULTS] + rest
