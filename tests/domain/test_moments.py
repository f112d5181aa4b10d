"""Instants of dates and times on a clock, also in the nights when clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain.moments import TWICE, instant, local, zones
from award.errors import Invalid

BRUSSELS = "Europe/Brussels"


@pytest.mark.parametrize(
    ("day", "clock", "zone", "found"),
    [
        (date(2027, 1, 15), time(17), BRUSSELS, datetime(2027, 1, 15, 16, tzinfo=UTC)),
        (date(2027, 7, 15), time(17), BRUSSELS, datetime(2027, 7, 15, 15, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 59), BRUSSELS, datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3), BRUSSELS, datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 1, 1), time(0), "Asia/Kolkata", datetime(2026, 12, 31, 18, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), "UTC", datetime(2027, 3, 28, 2, 30, tzinfo=UTC)),
    ],
)
def test_a_date_and_a_time_in_a_zone_are_one_instant(day, clock, zone, found):
    assert instant(day, clock, zone=zone) == found


@pytest.mark.parametrize(
    ("day", "clock", "zone", "edges"),
    [
        (date(2027, 3, 28), time(2), BRUSSELS, ("02:00", "03:00")),
        (date(2027, 3, 28), time(2, 59), BRUSSELS, ("02:00", "03:00")),
        (date(2027, 10, 3), time(2, 15), "Australia/Lord_Howe", ("02:00", "02:30")),
        (date(2027, 9, 5), time(0, 30), "America/Santiago", ("00:00", "01:00")),
    ],
)
def test_a_time_that_a_zone_skips_is_refused_with_the_hour_that_is_missing(day, clock, zone, edges):
    with pytest.raises(Invalid) as refusal:
        instant(day, clock, zone=zone)
    assert str(refusal.value) == (
        f"This time does not exist: in that night the clocks go forward from {edges[0]} to {edges[1]}. Choose another time."
    )


@pytest.mark.parametrize("clock", [time(2), time(2, 59)])
def test_a_time_that_comes_twice_is_refused(clock):
    with pytest.raises(Invalid) as refusal:
        instant(date(2027, 10, 31), clock, zone=BRUSSELS)
    assert refusal.value.message == TWICE
    assert instant(date(2027, 10, 31), time(3), zone=BRUSSELS) == datetime(2027, 10, 31, 2, tzinfo=UTC)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)), st.sampled_from([BRUSSELS, "America/Santiago", "Asia/Kolkata", "UTC"]))
def test_what_is_shown_of_an_instant_leads_back_to_it(moment, zone):
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    day, clock = local(moment, zone=zone)
    assert datetime.combine(day, clock) == moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    try:
        assert instant(day, clock, zone=zone) == moment
    except Invalid as refusal:
        assert refusal.message == TWICE


def test_a_moment_is_shown_to_the_minute():
    assert local(datetime(2027, 3, 1, 16, 0, 59, 999999, tzinfo=UTC), zone=BRUSSELS) == (date(2027, 3, 1), time(17))


def test_every_zone_to_choose_exists_once_and_utc_comes_last():
    found = zones()
    assert found[-1] == "UTC" and list(found[:-1]) == sorted(set(found[:-1]))
    assert set(found) <= available_timezones() and BRUSSELS in found
    assert {ZoneInfo(name).utcoffset(datetime(2027, 1, 1)) < timedelta(days=1) for name in found} == {True}
