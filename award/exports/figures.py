"""Numbers, dates and times as readers of a language write them. The same figure looks the same in every format."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale
from babel.dates import format_datetime, get_timezone, get_timezone_name
from babel.numbers import format_decimal

from award.i18n import text, translate

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the date of files of a result without a time
NBSP = "\u00a0"
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
DAY = {"nl": "d\u00a0MMMM y", "fr": "d\u00a0MMMM y", "de": "d.\u00a0MMMM y", "en": "d\u00a0MMMM y"}
FULL = {"nl": "EEEE {}", "fr": "EEEE {}", "de": "EEEE, {}", "en": "EEEE, {}"}
ZONES = {"Europe/Brussels": text("Brussels time")}


def locale(language):
    """The Belgian locale of a language; English is written the European way (day first)."""
    return Locale.parse(LOCALES[language])


def rounded(value, places):
    """The value as a Decimal with `places` decimals, half up on its shortest decimal form. Fractions are exact."""
    step = Decimal(1).scaleb(-places)
    if isinstance(value, Fraction):
        scaled = abs(value) * 10**places
        whole = int(scaled + Fraction(1, 2))
        return Decimal(whole if value >= 0 else -whole) * step
    return Decimal(repr(value)).quantize(step, ROUND_HALF_UP)


def number(value, language, places=1):
    """A figure with so many decimals and a true minus; "" for what is not known."""
    if value is None:
        return ""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(rounded(value, places), pattern, locale=locale(language)).replace("-", "\u2212")


@lru_cache(maxsize=4096)
def plain(value, language):
    """A figure with the decimals it has, ungrouped: what a spreadsheet reads back exactly."""
    written = format(Decimal(repr(value or 0)).normalize(), "f")
    return written if language == "en" else written.replace(".", ",")


def decimals(value):
    """How many decimals the value needs."""
    return max(0, -Decimal(repr(value)).normalize().as_tuple().exponent)


def percent(value, language, places=0):
    """A share in percent, in the language's way: 40% or 40 %."""
    return number(value, language, places) + (NBSP + "%" if language in ("fr", "de") else "%")


def day(moment, language, zone):
    """18 June 2026, 1er mai 2026: the day in the zone."""
    return _dated(moment, language, zone, DAY[language])


@lru_cache(maxsize=64)
def instant(moment, language, zone):
    """Weekday, day and time, with the zone named."""
    when = _dated(moment, language, zone, FULL[language].format(DAY[language]))
    return translate(
        text("%(date)s at %(time)s (%(zone)s)", date=when, time=clock(moment, language, zone), zone=zone_name(zone, language)), language
    )


def clock(moment, language, zone):
    """The time of day in the zone, 24 hours with a colon."""
    return format_datetime(moment, "HH:mm", tzinfo=get_timezone(zone), locale=locale(language))


def zone_name(zone, language):
    """The zone in words: Brussels time, heure de Bruxelles."""
    if zone in ZONES:
        return translate(ZONES[zone], language)
    return get_timezone_name(get_timezone(zone), width="long", locale=locale(language))


def _dated(moment, language, zone, pattern):
    written = format_datetime(moment, pattern, tzinfo=get_timezone(zone), locale=locale(language))
    if language == "fr" and moment.astimezone(get_timezone(zone)).day == 1:
        return written.replace(f"1{NBSP}", f"1er{NBSP}", 1)
    return written
