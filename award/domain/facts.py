"""Facts about entries that a ranking may need beside the scores: category, cost, and the score of an earlier stage."""
from fractions import Fraction

from award.domain import numbers
from award.domain.reading import Reading
from award.errors import FaultyInput
from award.i18n import text

KEYS = ("entry", "category", "cost", "carried")
LOWEST, HIGHEST = -1, 2  # of an earlier score: those corrected for severity, or standardised, may leave 0 to 1 a little


class Facts:
    """{entry: …} of what is known: `categories` names, `costs` Fractions, `carried` Fractions on 0..1. Build it with `read`."""

    def __init__(self, *, categories=None, costs=None, carried=None):
        self.categories, self.costs, self.carried = categories or {}, costs or {}, carried or {}

    def to_list(self):
        """The facts as JSON-able values [{entry, …}] by entry; the inverse of `read`."""
        columns = {"category": self.categories, "cost": {e: numbers.number(cost) for e, cost in self.costs.items()},
                   "carried": {e: str(score) for e, score in self.carried.items()}}
        named = sorted({entry for column in columns.values() for entry in column})
        return [{"entry": e} | {key: column[e] for key, column in columns.items() if e in column} for e in named]


def read(rows):
    """The Facts in [{entry, category?, cost?, carried?}]; `carried` is a score on 0..1, a text such as "57/80" or a number.

    Raises FaultyInput with every fault found.
    """
    faults, found = [], Facts()
    for place, values in enumerate(rows, 1):
        given = Reading(values, keys=KEYS, where=text("entry %(place)s", place=place), faults=faults)
        entry = given.name("entry")
        if entry in found.categories or entry in found.costs or entry in found.carried:
            given.fault(text("“%(entry)s” stands here twice", entry=entry))
        add(found, entry, given)
    if faults:
        raise FaultyInput(faults)
    return found


def add(found, entry, given):
    """Adds what one table says of an entry."""
    if "category" in given.values:
        found.categories[entry] = given.name("category")
    if (cost := given.number("cost")) is not None:
        found.costs[entry] = cost
        if cost < 0:
            given.fault(text("the cost is below 0"))
    if "carried" in given.values:
        found.carried[entry] = earlier(given)


def earlier(given):
    """The score of an earlier stage on 0..1 as a Fraction; 0 after a fault."""
    try:
        score = Fraction(str(given.values["carried"])) if len(str(given.values["carried"])) < 400 else None
    except (ValueError, ZeroDivisionError):
        score = None
    if score is None or not LOWEST <= score <= HIGHEST:
        given.fault(text('"carried" is the score of an earlier stage on 0 to 1, such as "57/80" or 0.7125'))
    return score or Fraction(0)
