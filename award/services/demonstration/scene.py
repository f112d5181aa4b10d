"""Where and when a round of the demonstration plays: its rows, and the instants of its story."""
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from award.models import Round, Stage, User

ZONE = "Europe/Brussels"


@dataclass
class Scene:
    """A round, its stage and organiser; day 0 is a midnight in Brussels, `content` starts the names of its texts."""

    content: str
    day_0: datetime
    organiser: User
    round: Round | None = None
    stage: Stage | None = None
    entries: dict = field(default_factory=dict)
    jurors: dict = field(default_factory=dict)

    def at(self, days, hours=9.0):
        """The instant so many days after day 0, at that hour of the local clock, in UTC."""
        date = self.day_0.date() + timedelta(days=days)
        whole = timedelta(seconds=round(hours * 3600))
        return (datetime.combine(date, time(), ZoneInfo(ZONE)) + whole).astimezone(UTC)


def midnight(now, *, days=0):
    """The midnight in Brussels with which the day of `now`, moved by `days`, began."""
    here = now.astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)
    return datetime.combine(here, time(), ZoneInfo(ZONE))


def play(acts):
    """Carry out acts [(instant, act)] in the order of time, each given its instant; ties in the order given."""
    for instant, act in sorted(acts, key=lambda pair: pair[0]):
        act(instant)
