"""Typed cells in rows and columns: what every format writes."""

from dataclasses import dataclass

from award.i18n import Text


@dataclass(frozen=True)
class Column:
    """`kind`: text, long (text that wraps), whole, figure. `field` names the column for machines."""

    field: str
    title: Text | str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows of cells, in the order of the columns. A cell is text, a number or None (not known, or missing: never zero)."""

    key: str
    title: Text
    columns: tuple
    rows: tuple
