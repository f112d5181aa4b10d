"""Instants from local dates and times, also in the nights when clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain import moments
from award.errors import Invalid


def at(day, clock, zone="Europe/Brussels"):
    return moments.instant(date.fromisoformat(day), time.fromisoformat(clock), zone=zone)


def test_an_ordinary_time_is_meant_in_its_zone():
    assert at("2027-01-11", "09:00") == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert at("2027-07-11", "09:00") == datetime(2027, 7, 11, 7, tzinfo=UTC)
    assert at("2027-07-11", "09:00", "UTC") == datetime(2027, 7, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_a_time_that_the_clocks_skip_is_refused_with_the_hour_that_is_missing(clock):
    with pytest.raises(Invalid) as refused:
        at("2027-03-28", clock)
    assert refused.value.message.values == {"before": "02:00", "after": "03:00"}


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_a_time_that_comes_twice_is_refused(clock):
    with pytest.raises(Invalid) as refused:
        at("2027-10-31", clock)
    assert refused.value.message == moments.TWICE


def test_the_times_around_those_hours_are_accepted():
    assert at("2027-03-28", "03:00") - at("2027-03-28", "01:59") == timedelta(minutes=1)
    assert at("2027-10-31", "03:00") - at("2027-10-31", "01:59") == timedelta(hours=2, minutes=1)


def test_a_zone_that_moves_its_clocks_by_half_an_hour_is_understood():
    with pytest.raises(Invalid) as refused:
        at("2027-10-03", "02:15", "Australia/Lord_Howe")
    assert refused.value.message.values == {"before": "02:00", "after": "02:30"}


@given(st.datetimes(datetime(2001, 1, 1), datetime(2100, 1, 1)), st.sampled_from(moments.zones()))
def test_what_is_accepted_comes_back_as_it_was_typed(typed, zone):
    typed = typed.replace(second=0, microsecond=0)
    try:
        found = moments.instant(typed.date(), typed.time(), zone=zone)
    except Invalid:
        return
    assert moments.local(found, zone=zone) == (typed.date(), typed.time())


def test_the_zones_to_choose_from_are_those_of_places_and_utc():
    assert "Europe/Brussels" in moments.zones()
    assert moments.zones()[-1] == "UTC"
    assert not [zone for zone in moments.zones() if "/" not in zone and zone != "UTC"]
