"""Typed cells in rows and columns: what every format writes."""

from dataclasses import dataclass, replace
from datetime import datetime

from award.i18n import Text


@dataclass(frozen=True)
class Column:
    """`kind`: text, long (text that wraps), whole, figure, moment. `field` names the column for machines."""

    field: str
    title: Text | str
    kind: str = "text"


@dataclass(frozen=True)
class Moment:
    """An instant, and the name of the zone in which readers see it."""

    at: datetime
    zone: str


@dataclass(frozen=True)
class Table:
    """Rows of cells, in the order of the columns. A cell is text, a number, a Moment or None (not known, or missing: never zero)."""

    key: str
    title: Text
    columns: tuple
    rows: tuple


def filled(table, fields):
    """The table without those of the columns `fields` in which no row has a cell."""
    empty = {x for x, column in enumerate(table.columns) if column.field in fields and all(row[x] is None for row in table.rows)}
    if not empty:
        return table
    return replace(table, columns=_without(table.columns, empty), rows=tuple(_without(row, empty) for row in table.rows))


def _without(cells, places):
    return tuple(cell for x, cell in enumerate(cells) if x not in places)
