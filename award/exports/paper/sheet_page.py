"""What a score sheet shows: the criteria of one entry with boxes to tick, to be filled in by hand. No score stands in it."""

from dataclasses import dataclass
from decimal import Decimal

from award.exports import sheet
from award.exports.paper import charts
from award.exports.paper.glyphs import width
from award.i18n import ntext, text, translate

MOST = 21  # steps of a scale that get a box each; a longer one is written as a number
SIZE, GAP, TALL = 15, 7, 35  # a box, the least room between two, and the height of a row with its numbers
WRITE = 62  # the width of the box for a number


@dataclass(frozen=True)
class SheetPages:
    """The sheet of one entry."""

    pages: object
    key: str

    @property
    def criteria(self):
        """The criteria that are scored for the entry."""
        out = sheet.inapplicable(self.pages.result, self.key)
        return [c for c in self.pages.criteria if c["name"] not in out]

    def left_out(self):
        """The criteria that do not apply to the entry, by name."""
        out = sheet.inapplicable(self.pages.result, self.key)
        return [c["shown"] for c in self.pages.criteria if c["name"] in out]

    def boxes(self, criterion):
        """The boxes of a criterion: one for each step of its scale, or one to write a number in."""
        low, high = map(self.pages.natural, criterion["scale"])
        steps = values(criterion)
        if not steps:
            told = text("A box for a number from %(low)s to %(high)s.", low=low, high=high)
            return charts.Chart(WRITE + 60, TALL, translate(told, self.pages.language), _field(f"{low}–{high}"))
        told = ntext("A box to tick.", "%(num)s boxes in a row, from %(low)s to %(high)s: tick one.", len(steps), low=low, high=high)
        rows = _rows([self.pages.natural(float(step)) for step in steps])
        return charts.Chart(charts.WIDE, TALL * len(rows), translate(told, self.pages.language), tuple(_drawn(rows)))

    @staticmethod
    def asks(criterion):
        """What to do with the boxes."""
        return text("Tick one box.") if values(criterion) else text("Write a number.")


def values(criterion):
    """The scores that a criterion allows, from low to high; [] where they are not steps or too many for boxes."""
    if not criterion.get("step"):
        return []
    low, high, step = (Decimal(repr(value)) for value in (*criterion["scale"], criterion["step"]))
    count = int((high - low) / step) + 1
    return [low + step * i for i in range(count)] if count <= MOST else []


def _rows(written):
    """The numbers in rows that fit the page, all rows but the last of one length."""
    room = max(SIZE + GAP, max(width(one, 10) for one in written) + GAP, (charts.WIDE - SIZE) / max(1, len(written) - 1) if len(written) > 11 else 0)
    fit = max(1, int((charts.WIDE - SIZE) / room + 1e-6) + 1)
    return [written[i : i + fit] for i in range(0, len(written), fit)]


def _drawn(rows):
    """Boxes over their numbers, equally far apart in every row."""
    apart = (charts.WIDE - SIZE - 8) / max(10, len(rows[0]) - 1)
    for r, row in enumerate(rows):
        for i, written in enumerate(row):
            x = 4 + apart * i
            yield _box((x, r * TALL + 1), SIZE)
            yield charts.words((x + SIZE / 2, r * TALL + SIZE + 13), written, size=10, colour=charts.INK, **{"text-anchor": "middle"})


def _field(scale):
    return _box((0.5, 1), WRITE, SIZE + 10), charts.words((WRITE + 8, 19), scale, size=10)


def _box(corner, wide, tall=None):
    x, y = corner
    return "rect", {"x": charts.at(x), "y": charts.at(y), "width": wide, "height": tall or wide, "fill": "#ffffff", "stroke": charts.INK,
                    "stroke-width": 0.9}, ""
