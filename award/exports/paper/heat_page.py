"""All entries on all criteria: one table, each value printed on a tint, so that a column can be read at a glance and in grey."""

from dataclasses import dataclass

from award.exports import sheet
from award.exports.paper import entry_charts
from award.exports.paper.charts import fitted
from award.exports.paper.glyphs import BOLD, width

TINTS, MOST, CELL, PAGE = 6, 7, 46, 471  # tints, criteria side by side, least width of a cell and of the page in points


@dataclass(frozen=True)
class Block:
    """Criteria that stand side by side: heads (name, share), rows of (key of the entry or "", label, cells of (value, tint), score)."""

    heads: tuple
    rows: tuple


def known(pages):
    """Whether there are values to compare: more than one entry with values on the criteria."""
    return sum(bool(line.get("criteria")) for line in pages.result["entries"]) > 1 and len(pages.criteria) > 1


def blocks(pages):
    """The Blocks of the table, in order of the ranking; entries without values are left out."""
    lines = [line for line in pages.result["entries"] if line.get("criteria")]
    across = spread(pages)
    tint = tints(pages, lines)
    found = []
    for at in range(0, len(pages.criteria), across):
        criteria = pages.criteria[at : at + across]
        heads = tuple((c["shown"], pages.percent(c["part"]) if c["part"] else "") for c in criteria)
        found.append(Block(heads, tuple(row(pages, line, criteria, tint) for line in lines)))
    return found


def spread(pages):
    """How many criteria stand side by side, so that no word of their names is broken and the blocks are about equal."""
    longest = max(width(word, 8) * BOLD + 8 for c in pages.criteria for word in c["shown"].split() or [""])
    room = max(2, min(MOST, int((PAGE - 120 - CELL) // max(CELL, min(longest, 90)))))
    count = -(-len(pages.criteria) // room)
    return -(-len(pages.criteria) // count)


def tints(pages, lines):
    """{(entry, criterion): 0 to 5}, the darkest for the best: sixths between the least and the greatest place on the scales."""
    places = {(line["entry"], c["name"]): entry_charts.goodness(c, value) for line in lines for c in pages.criteria
              if (value := line["criteria"].get(c["name"])) is not None}
    least, most = min(places.values(), default=0), max(places.values(), default=0)
    reach = most - least
    return {at: min(TINTS - 1, int(TINTS * (place - least) / reach)) if reach else TINTS // 2 for at, place in places.items()}


def bounds(pages):
    """The least value of each tint as printed, from the lightest; [] where the criteria have scales of their own, or low is better."""
    common, lines = sheet.scale_of_all(pages.result), [line for line in pages.result["entries"] if line.get("criteria")]
    values = [v for line in lines for v in line["criteria"].values() if v is not None]
    if not common or pages.criteria[0].get("better") == "lower" or not values or min(values) == max(values):
        return []
    return [value(pages, min(values) + (max(values) - min(values)) * i / TINTS) for i in range(TINTS)]


def row(pages, line, criteria, tint):
    """One entry: its label, shortened to the room it has, its values and its score."""
    key = line["entry"]
    room = PAGE - CELL - 4 - len(criteria) * wide(len(criteria))
    cells = tuple((value(pages, line["criteria"].get(c["name"])), tint.get((key, c["name"]), 0)) for c in criteria)
    return key, fitted(pages.label(key), room, 9), cells, pages.score(line["score"]) or "–"


def wide(count):
    """The width of a column of values where so many stand side by side, one of those of the stylesheet."""
    return 66 if count <= 4 else 54 if count <= 5 else CELL


def value(pages, mean):
    return "–" if mean is None else pages.number(mean, 1 if abs(mean) >= 20 else 2)
