"""Rounds being set up, for tests: rows that are complete unless the test says otherwise, and what a use case is given."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from award import db
from award.models import Event
from award.services import rounds
from tests import builders as b

GIVEN = {
    "code": "FIA27",
    "title": {"en": "Award 2027", "nl": "Prijs 2027"},
    "languages": ["en", "nl"],
    "zone": "Europe/Brussels",
    "opens_at": b.NOW,
    "closes_at": b.NOW + timedelta(days=30),
    "preset": "federal_innovation_award",
}
CRITERION = {
    "name": {"en": "Impact"},
    "description": {"en": "What changed?"},
    "share": Decimal(60),
    "low": Decimal(0),
    "high": Decimal(5),
    "step": Decimal(1),
    "better": "higher",
    "threshold": None,
}
RULES = {
    "title": {"en": "Final"},
    "closes_at": None,
    "rules": {"method": "median", "order": "criterion", "trim": 1, "missing": "strict", "min_ballots": 2, "ties": ["firsts"], "top": [1]},
}


def by(organiser, **more):
    """Who acts, and when."""
    return {"actor": organiser, "now": b.NOW, **more}


def ready(**values):
    """A round from the preset, complete, and its organiser."""
    organiser = b.user("organiser@office.example", name="Lotte Aerts", role="organiser")
    round_ = rounds.create(b.programme(organiser), given={**GIVEN, **values}, key="", **by(organiser))
    db.session.flush()
    return round_, organiser


def events():
    """The acts of the history with their payload and what readers see, oldest first."""
    db.session.flush()
    return [(event.act, event.payload, event.about) for event in db.session.scalars(select(Event).order_by(Event.id))]


def acts():
    """The acts of the history, oldest first."""
    return [act for act, _payload, _about in events()]
