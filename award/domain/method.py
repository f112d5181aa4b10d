"""What a method is, and the register of those there are. A method turns the values of several jurors into one value per entry."""
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

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

    `exact`: it gives Fractions; otherwise floats, which are rounded to 1e-9 before ranking. `orders` and `missing`: the settings of
    the rulebook it goes with. `redraw` (values, rulebook) gives a function (counts of jurors, int (draws, jurors)) → scores, float
    (draws, entries), NaN where no juror of the entry is left. `draws` (values, rulebook, seed) gives blocks of scores as they might
    have come out, where that is not by redrawing jurors; it may be None, or give None.
    """

    key: str
    function: object
    label: object
    exact: bool = True
    orders: tuple[str, ...] = ("ballot", "criterion")
    missing: tuple[str, ...] = ("strict", "renormalise")
    least: object = lambda rulebook: 1
    breaks: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    redraw: object = None
    draws: object = None

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


def fractions(numerators, denominators):
    """Fractions of two arrays of whole numbers (entries,), the second may be one number."""
    below = np.broadcast_to(denominators, numerators.shape).tolist()
    return [Fraction(above, under) for above, under in zip(numerators.tolist(), below, strict=True)]
