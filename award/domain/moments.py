"""An instant from the date and the time on a clock in a zone, also in the nights when clocks are moved."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from award.errors import Invalid
from award.i18n import text

REGIONS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
SKIPPED = text(
    "This time does not exist: in that night the clocks go forward from %(before)s to %(after)s. Choose another time."
)
TWICE = text("This time comes twice: in that night the clocks go back. Choose a time outside that hour.")


@cache
def zones():
    """The names of the zones to choose from, sorted, UTC last."""
    return (*sorted(name for name in available_timezones() if name.startswith(REGIONS)), "UTC")


def instant(day, clock, *, zone):
    """The aware instant in UTC of a date and a time of day in the zone.

    Raises Invalid for a time that the zone skips or has twice when its clocks are moved.
    """
    local = datetime.combine(day, clock)
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local:
        raise Invalid(TWICE)
    gap = second.utcoffset() - first.utcoffset()
    before, after = _edges(first.astimezone(UTC), abs(gap), zone)
    raise Invalid(SKIPPED.filled(before=f"{before:%H:%M}", after=f"{after:%H:%M}"))


def _edges(near, gap, zone):
    """The clock just before and just after it is moved, as local times, found minute by minute around an instant."""
    at = near - gap
    start = at.astimezone(ZoneInfo(zone)).utcoffset()
    while at.astimezone(ZoneInfo(zone)).utcoffset() == start:
        at += timedelta(minutes=1)
    after = at.astimezone(ZoneInfo(zone))
    return after - gap, after


def local(moment, *, zone):
    """The date and the time of day, to the minute, that an instant has in the zone."""
    there = moment.astimezone(ZoneInfo(zone))
    return there.date(), there.time().replace(second=0, microsecond=0)
