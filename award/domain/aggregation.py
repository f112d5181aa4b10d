"""All registered methods, and the use of one: from the values of several jurors to one value per entry.

A method is one function with the decorator `method`, in `averages`, `severity` or `relative`; it then appears in the rules, the
ranking and the exports, and inherits the shared property tests. It gets the Values of entries that have at least `least(rulebook)`
values each, and gives one value per entry, higher or lower in the same direction as the values themselves.
"""
from fractions import Fraction

from award.domain import averages, relative, severity
from award.domain.method import METHODS as REGISTERED
from award.domain.method import Values

__all__ = ["METHODS", "Values", "aggregate"]
METHODS = {key: REGISTERED[key] for module in (averages, severity, relative) for key in REGISTERED
           if REGISTERED[key].function.__module__ == module.__name__}


def aggregate(values, rulebook):
    """One Fraction per entry by the rulebook's method; None for an entry with fewer values than the method needs.

    Raises Refused where the method says nothing about these values.
    """
    rule = METHODS[rulebook.method]
    enough = values.sizes >= rule.least(rulebook)
    found = iter(rule.function(values.of(enough), rulebook)) if enough.any() else iter(())
    chosen = (next(found) if there else None for there in enough.tolist())
    return [value if value is None or rule.exact else Fraction(round(float(value) * 10**9), 10**9) for value in chosen]
