"""Numbers typed by people, and exact numbers in and out of files.

A number has at most nine digits before the point and six after it. Fifteen digits survive a round trip through a JSON
number, so a file needs no quotes around its numbers to stay exact.
"""
import math
import re
from decimal import Decimal
from fractions import Fraction

from award.errors import Invalid
from award.i18n import text

UNIT = 10**6  # every number is a whole number of millionths
LIMIT = 10**9
LONGEST = 100  # characters, and digits before or after the point
SIGNS = {code: str.maketrans({",": group, ".": point, "-": "\u2212"})
         for code, group, point in (("nl", ".", ","), ("fr", "\u00a0", ","), ("de", ".", ","), ("en", ",", "."))}
GRAMMAR = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,6})?", re.ASCII)


def parse(typed):
    """The Fraction a person typed: 7, 7.5, 7,5 or -7; one point or comma is always the decimal sign.

    Raises Invalid for anything else: 1_0, 1e3, NaN, Arabic digits, thousands separators, more than nine digits
    before the point or six after it.
    """
    written = typed.strip() if len(typed) <= LONGEST else ""
    if not GRAMMAR.fullmatch(written):
        raise not_a_number(typed)
    return Fraction(written.replace(",", "."))


def exact(value):
    """The Fraction of an int, Decimal, Fraction, float (its shortest decimal form) or typed string.

    Raises Invalid when it is not a finite decimal number below 10⁹ with at most six decimals.
    """
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise not_a_number(value)
    if not is_finite(value) or abs(value) >= LIMIT:
        raise not_a_number(value)
    found = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    if UNIT % found.denominator:
        raise not_a_number(value)
    return found


def is_finite(value):
    """Whether a value is a number, and no Decimal so large or small that its digits would fill the memory."""
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, Decimal) or (value.is_finite() and abs(value.as_tuple().exponent) < LONGEST)


def millionths(value):
    """The whole number of millionths in a value that `exact` accepts; raises Invalid as it does."""
    found = exact(value)
    return found.numerator * (UNIT // found.denominator)


def number(value):
    """The JSON form of an exact number of at most six decimals: an int where whole, otherwise the nearest float."""
    return value.numerator if value.denominator == 1 else value.numerator / value.denominator


def plain(value):
    """An exact number of at most six decimals, written with a decimal point and no superfluous zero: "7.5"."""
    return format(Decimal(value.numerator) / Decimal(value.denominator), "f")


def written(decimal, language):
    """A decimal number in digits ("1234.5") as a language writes it, in groups of thousands with a true minus: "1.234,5"."""
    return f"{Decimal(decimal):,f}".translate(SIGNS[language])


def half_up(value, *, decimals):
    """A Fraction rounded to `decimals` places; exactly half goes up, towards plus infinity."""
    factor = 10**decimals
    return Fraction((2 * value.numerator * factor + value.denominator) // (2 * value.denominator), factor)


def not_a_number(value):
    """The refusal of a value that is not a number; a long value is shown by its first forty characters."""
    endless = isinstance(value, int) and value.bit_length() > LONGEST  # Python refuses to write thousands of digits
    shown = "…" if endless else str(value)[:40]
    return Invalid(text("“%(typed)s” is not a number. Write it as 7, 7.5 or 7,5.", typed=shown))
