"""Methods that turn the values of several jurors into one value per entry.

A method is one function with the decorator `method`; it then appears in the rules, the ranking and the exports, and
inherits the shared property tests. It gets the Values of entries that have at least `least(rulebook)` values each, and
gives one value per entry, higher or lower in the same direction as the values themselves.
"""
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from award.i18n import text

METHODS = {}


@dataclass(frozen=True, eq=False)
class Values:
    """Exact values: `numerators` (entries, jurors) int64 or Python ints, over one `denominator`.

    `counted` (entries, jurors) bool says where there is a value; elsewhere the numerator is 0 and means nothing.
    """

    numerators: np.ndarray
    counted: np.ndarray
    denominator: int

    @property
    def sizes(self):
        """The number of values of each entry, int (entries,)."""
        return self.counted.sum(axis=1)

    @property
    def floats(self):
        """The values as float (entries, jurors); NaN where there is none."""
        return np.where(self.counted, self.numerators.astype(float) / self.denominator, np.nan)

    @property
    def ascending(self):
        """The numerators of each entry from low to high, those without a value last, (entries, jurors)."""
        highest = self.numerators.max(initial=0) + 1
        return np.sort(np.where(self.counted, self.numerators, highest), axis=1)

    def of(self, chosen):
        """The values of the chosen entries (bool or index array) alone."""
        return Values(self.numerators[chosen], self.counted[chosen], self.denominator)


@dataclass(frozen=True)
class Method:
    """A registered rule. `breaks`: the shared properties it breaks by nature; `cautions`: the warnings that may apply.

    `exact`: it gives Fractions; otherwise floats, which are rounded to 1e-9 before ranking.
    """

    key: str
    function: object
    label: object
    exact: bool = True
    orders: tuple[str, ...] = ("ballot", "criterion")
    least: object = lambda rulebook: 1
    breaks: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def formula(self):
        """The formula and its source, as documented."""
        return self.function.__doc__


def method(key, **options):
    """Registers a function (values, rulebook) as the method `key`; the options are the fields of Method."""
    def register(function):
        METHODS[key] = Method(key=key, function=function, **options)
        return function
    return register


def aggregate(values, rulebook):
    """One Fraction per entry by the rulebook's method; None for an entry with fewer values than the method needs."""
    rule = METHODS[rulebook.method]
    enough = values.sizes >= rule.least(rulebook)
    found = iter(rule.function(values.of(enough), rulebook))
    chosen = (next(found) if there else None for there in enough.tolist())
    return [value if value is None or rule.exact else Fraction(round(float(value) * 10**9), 10**9) for value in chosen]


def fractions(numerators, denominators):
    """Fractions of two arrays of whole numbers (entries,), the second may be one number."""
    below = np.broadcast_to(denominators, numerators.shape).tolist()
    return [Fraction(above, under) for above, under in zip(numerators.tolist(), below, strict=True)]


@method("mean", label=text("mean"), cautions=("uneven_panels",))
def mean(values, rulebook):
    """(x₁ + … + xₙ) / n over the n counted values x of each entry, exact.

    `values` Values (entries, jurors); gives Fractions (entries,). Source: the arithmetic mean; methods, section 2.
    """
    return fractions(values.numerators.sum(axis=1), values.sizes.astype(object) * values.denominator)


@method("trimmed_mean", label=text("trimmed mean"), least=lambda rulebook: 2 * rulebook.trim + 3,
        breaks=("doubled_jurors", "single_juror"), cautions=("unequal_sizes",))
def trimmed_mean(values, rulebook):
    """(x₍g₊₁₎ + … + x₍ₙ₋g₎) / (n − 2g): the mean without the g lowest and g highest, g = `trim`, exact.

    `values` Values (entries, jurors), n − 2g at least 3; gives Fractions (entries,). Source: methods, section 2; with
    g = 1 it is the panel score of the ISU judging system for figure skating.
    """
    kept = np.arange(values.counted.shape[1]) >= rulebook.trim
    kept = kept & (np.arange(values.counted.shape[1]) < values.sizes[:, None] - rulebook.trim)
    sums = np.where(kept, values.ascending, 0).sum(axis=1)
    return fractions(sums, kept.sum(axis=1).astype(object) * values.denominator)


@method("median", label=text("median"), cautions=("few_jurors",))
def median(values, rulebook):
    """x₍₍ₙ₊₁₎/₂₎, or for an even number (x₍ₙ/₂₎ + x₍ₙ/₂₊₁₎) / 2, of the values x sorted, exact.

    `values` Values (entries, jurors); gives Fractions (entries,). Source: the sample median; methods, section 2.
    """
    rows, sizes = np.arange(len(values.sizes)), values.sizes
    ascending = values.ascending
    return fractions(ascending[rows, (sizes - 1) // 2] + ascending[rows, sizes // 2], 2 * values.denominator)
