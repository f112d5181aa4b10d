"""Dates, times and figures in the words of a language: weekday and zone said, decimal comma, true minus."""
import datetime
import math
from dataclasses import replace
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale, dates
from markupsafe import Markup

from award.i18n import text, translate

LOCALES = {"en": "en_GB", "nl": "nl_BE", "fr": "fr_BE", "de": "de_BE"}
MOMENT = text("%(day)s at %(time)s (%(zone)s)")
BRIEF = text("%(day)s, %(time)s")
BRUSSELS = text("Brussels time")
ELSEWHERE = text("%(city)s time")
MISSING = text("missing")
LESS = text("less than 1%")
MORE = text("more than 99%")
SIZES = ((10**6, text("%(size)s MB")), (10**3, text("%(size)s kB")), (1, text("%(size)s bytes")))


def day(value, zone=None, *, language, weekday=True):
    """A date in words: "Monday, 3 May 2027", "lundi 1er mai 2027". An instant needs the zone whose day is meant."""
    if isinstance(value, datetime.datetime):
        value = value.astimezone(ZoneInfo(zone))
    said = dates.format_date(value, "full" if weekday else "long", locale=locale(language))
    number = f"{value.day}." if language == "de" else f"{value.day}"
    shown = "1er" if language == "fr" and value.day == 1 else number
    before, _, after = said.partition(f"{number} ")
    return f"{before}{shown}\u00a0{after}"


def clock(instant, zone, *, language):
    """The time of day in the zone, 24 hours: "14:05". The words around it belong to the sentence."""
    return dates.format_time(instant.astimezone(ZoneInfo(zone)), "HH:mm", locale=locale(language))


def exact_clock(instant, zone, *, language):
    """The time of day in the zone to the second, as receipts give it: "14:05:09"."""
    return dates.format_time(instant.astimezone(ZoneInfo(zone)), "HH:mm:ss", locale=locale(language))


def moment(instant, zone, *, language, brief=False):
    """An instant in words, with its zone: "Monday, 3 May 2027 at 14:05 (Brussels time)"; brief: "3 May 2027, 14:05"."""
    said = day(instant, zone, language=language, weekday=not brief)
    time = clock(instant, zone, language=language)
    if brief:
        return _fill(BRIEF, language, day=said, time=time)
    return _fill(MOMENT, language, day=said, time=time, zone=zone_words(zone, language=language))


def zone_words(zone, *, language):
    """The zone as people say it: "Brussels time", "heure de Bruxelles"; elsewhere by its city."""
    if zone == "Europe/Brussels":
        return translate(BRUSSELS, language)
    if zone in ("UTC", "Etc/UTC"):
        return "UTC"
    city = dates.get_timezone_location(ZoneInfo(zone), locale=locale(language), return_city=True)
    return _fill(ELSEWHERE, language, city=city)


def number(value, *, language, decimals=None):
    """A figure: "1,250.5", "1 250,5". Without decimals given: what it has, at most three.

    Exactly half goes up, as in the results. A missing figure is a dash, with the word for those who listen.
    """
    value = exact(value)
    if value is None:
        return missing(language=language)
    places = 3 if decimals is None else decimals
    rounding = ROUND_HALF_UP if value > 0 else ROUND_HALF_DOWN
    shown = format(value.quantize(Decimal(1).scaleb(-places), rounding) + 0, f",.{places}f")
    if decimals is None:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(separators(language))


def score(value, *, language):
    """A score of 0 to 100 with one decimal: "78.4"."""
    return number(value, language=language, decimals=1)


def share(fraction, *, language):
    """A share of 0 to 1 as a whole percentage: "35%", "35 %"."""
    fraction = exact(fraction)
    if fraction is None:
        return missing(language=language)
    percent = locale(language).percent_formats[None].pattern.partition("0")[2]
    return number(fraction * 100, language=language, decimals=0) + percent.replace("\u202f", "\u00a0")


def chance(fraction, *, language):
    """A probability of 0 to 1 as a whole percentage that never says 0% or 100% of what may happen or fail."""
    fraction = exact(fraction)
    if fraction is not None and 0 < fraction < Decimal("0.005"):
        return translate(LESS, language)
    if fraction is not None and Decimal("0.995") <= fraction < 1:
        return translate(MORE, language)
    return share(fraction, language=language)


def size(count, *, language):
    """The size of a file: "84 kB", "1.2 MB", "84 ko"."""
    step, words = next((s, w) for s, w in SIZES if count >= s or s == 1)
    return _fill(words, language, size=number(round(count / step, 1 if step == 10**6 else 0), language=language))


def missing(*, language):
    """What stands where a figure is missing: a dash, and the word for those who listen."""
    return Markup('<span aria-hidden="true">–</span><span class="hid">{}</span>').format(translate(MISSING, language))


@cache
def locale(language):
    """The Babel locale in which a language is shown: the Belgian one where there is one, and British English."""
    return Locale.parse(LOCALES.get(language, language))


def exact(value):
    """The Decimal that a figure is written as; None where it is missing."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


@cache
def point(language):
    """The decimal sign of the language."""
    return locale(language).number_symbols["latn"]["decimal"]


@cache
def separators(language):
    """For str.translate: from Python's separators to those of the language, with a true minus."""
    symbols = locale(language).number_symbols["latn"]
    group = symbols["group"].replace("\u202f", "\u00a0")
    return str.maketrans({",": group, ".": point(language), "-": "\u2212"})


def _fill(words, language, **values):
    return translate(replace(words, values=values), language)
