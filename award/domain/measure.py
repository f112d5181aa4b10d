"""The unit of a result: 0..100, or that of the scale which all criteria share."""
import math
from fractions import Fraction

from award.domain.rulebook import one_scale
from award.errors import Refused
from award.i18n import text

UNITS = ("score", "scale")
DIGITS = 9


class Measure:
    """Turns figures on 0..1 into floats in the unit of a result; raises Refused where there is no such unit."""

    def __init__(self, rulebook, units):
        self.start, self.span = Fraction(0), Fraction(100)
        if units == "scale":
            scale = one_scale(rulebook)
            if scale is None:
                raise Refused(text("Scale units need criteria that share one scale and one direction. "
                                   "Use --units score, or give every criterion the same scale."))
            low, high, better = scale
            self.start, self.span = (low, high - low) if better == "higher" else (high, low - high)

    def point(self, value):
        """The float nearest to a Fraction 0..1 in the unit; None stays None."""
        if value is None:
            return None
        found = self.start + value * self.span
        return found.numerator / found.denominator

    def place(self, value):
        """A float on 0..1 in the unit, to nine decimals; None stays None."""
        return None if value is None else rounded(float(self.start) + float(value) * float(self.span))

    def distance(self, value):
        """A float distance on 0..1 in the unit; None stays None."""
        return None if value is None else value * float(abs(self.span))

    def length(self, value):
        """A distance on 0..1 in the unit, to nine decimals; None stays None."""
        return None if value is None else rounded(float(value) * float(abs(self.span)))

    def shift(self, value):
        """A signed difference on 0..1 in the unit, to nine decimals: where lower is better, better is below 0; None stays None."""
        return None if value is None else rounded(float(value) * float(self.span))


def rounded(value):
    """A float to nine decimals, never minus zero; None for None and for what is no number."""
    return None if value is None or math.isnan(value) else round(float(value), DIGITS) + 0.0
