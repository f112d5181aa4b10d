"""Dates, times and figures as people read them in four languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from award.web import formats

NOON = datetime(2027, 5, 1, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Monday, 3\u00a0May 2027"),
        ("nl", "maandag 3\u00a0mei 2027"),
        ("fr", "lundi 3\u00a0mai 2027"),
        ("de", "Montag, 3.\u00a0Mai 2027"),
    ],
)
def test_a_day_is_said_with_its_weekday_and_month(language, words):
    assert formats.day(date(2027, 5, 3), language=language) == words


def test_french_says_premier_for_the_first_only():
    assert formats.day(date(2027, 5, 1), language="fr") == "samedi 1er\u00a0mai 2027"
    assert formats.day(date(2027, 5, 11), language="fr", weekday=False) == "11\u00a0mai 2027"


def test_an_instant_takes_the_day_of_its_zone():
    late = datetime(2027, 5, 2, 23, 30, tzinfo=UTC)
    assert formats.day(late, "Europe/Brussels", language="en") == "Monday, 3\u00a0May 2027"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Saturday, 1\u00a0May 2027 at 14:05 (Brussels time)"),
        ("nl", "zaterdag 1\u00a0mei 2027 om 14:05\u00a0uur (Brusselse tijd)"),
        ("fr", "samedi 1er\u00a0mai 2027 à 14:05 (heure de Bruxelles)"),
        ("de", "Samstag, 1.\u00a0Mai 2027 um 14:05\u00a0Uhr (Brüsseler Zeit)"),
    ],
)
def test_a_moment_names_its_zone(language, words):
    assert formats.moment(NOON, "Europe/Brussels", language=language) == words


def test_a_moment_elsewhere_is_named_by_its_city():
    assert formats.zone_words("America/New_York", language="nl") == "tijd in New York"
    assert formats.zone_words("UTC", language="fr") == "UTC"


def test_a_brief_moment_leaves_weekday_and_zone_out():
    assert formats.moment(NOON, "Europe/Brussels", language="de", brief=True) == "1.\u00a0Mai 2027, 14:05"


def test_the_clock_counts_24_hours():
    assert formats.clock(NOON, "Europe/Brussels", language="en") == "14:05"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "−1,250.5"), ("nl", "−1.250,5"), ("fr", "−1\u00a0250,5"), ("de", "−1.250,5")]
)
def test_a_number_has_the_separators_of_its_language_and_a_true_minus(language, shown):
    assert formats.number(Decimal("-1250.50"), language=language) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (100, "100"),
        ("2.50", "2.5"),
        (Fraction(7, 2), "3.5"),
        (1 / 3, "0.333"),
        (-0.0001, "0"),
        (Fraction(2000), "2,000"),
    ],
)
def test_a_number_keeps_the_decimals_it_has_up_to_three(value, shown):
    assert formats.number(value, language="en") == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(78.25, "78.3"), (Fraction(313, 4), "78.3"), (100, "100.0"), (-0.05, "0.0")]
)
def test_exactly_half_goes_up_in_a_score(value, shown):
    assert formats.score(value, language="en") == shown


@pytest.mark.parametrize("value", [None, "", float("nan")])
def test_a_missing_figure_is_a_dash_with_a_word_for_those_who_listen(value):
    said = '<span aria-hidden="true">–</span><span class="hid">ontbreekt</span>'
    assert [f(value, language="nl") for f in (formats.score, formats.share, formats.number, formats.chance)] == [
        said
    ] * 4


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "35%"), ("nl", "35%"), ("fr", "35\u00a0%"), ("de", "35\u00a0%")]
)
def test_a_share_has_no_decimals(language, shown):
    assert formats.share(Fraction(7, 20), language=language) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0%"), (0.001, "less than 1%"), (0.92, "92%"), (0.9999, "more than 99%"), (1, "100%")]
)
def test_a_chance_is_never_rounded_to_never_or_always(value, shown):
    assert formats.chance(value, language="en") == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0\u00a0octets"), (999, "999\u00a0octets"), (84000, "84\u00a0ko"), (1234567, "1,2\u00a0Mo")],
)
def test_a_size_has_the_unit_of_its_language(count, shown):
    assert formats.size(count, language="fr") == shown
