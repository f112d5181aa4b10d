"""A stage with a jury for tests of judging: entries screened, jurors accepted, everyone assigned to everything."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from award import db
from award.models import Conflict, Event
from tests import builders as b


def build(*, state="open", entries=3, jurors=2, assigned=True, submitted=()):
    """The rows by name. `submitted` are (juror index, entry index) of ballots that are in already."""
    organiser = b.user("organiser@office.example", name="Lotte Aerts", role="organiser")
    round_ = b.round_(
        b.programme(organiser),
        state="judging",
        opens_at=b.NOW - timedelta(days=60),
        closes_at=b.NOW - timedelta(days=5),
    )
    field = b.field(round_)
    stage = b.stage(round_, state=state, closes_at=b.NOW + timedelta(days=10))
    criteria = [
        b.criterion(stage, "Impact", 60, anchors={"5": {"en": "Lasting gains"}}),
        b.criterion(stage, "Novelty", 40, high=Decimal(100), step=Decimal("0.5")),
    ]
    teams = [b.user(f"team{n}@town{n}.example", organisation=f"Town {n}") for n in range(entries)]
    rows = [
        b.entry(round_, team, f"Entry {n}", team=f"Team {n}", draft={str(field.id): f"Secret text {n}."})
        for n, team in enumerate(teams)
    ]
    for row in rows:
        b.screening(row, organiser)
    people = [
        b.juror(stage, b.user(f"juror{n}@uni{n}.example", name=f"Juror {n}"), organisation=f"University {n}")
        for n in range(jurors)
    ]
    pairs = (
        {
            (j, e): b.assignment(juror, entry, state="notified" if state != "draft" else "proposed")
            for j, juror in enumerate(people)
            for e, entry in enumerate(rows)
        }
        if assigned
        else {}
    )
    for pair in submitted:
        b.ballot(pairs[pair], {criteria[0]: 4, criteria[1]: 50})
    return {
        "organiser": organiser,
        "round": round_,
        "stage": stage,
        "criteria": criteria,
        "entries": rows,
        "jurors": people,
        "pairs": pairs,
        "field": field,
        "teams": teams,
    }


def ids(world):
    """The same by numbers, for use outside the context."""
    return {
        "organiser": world["organiser"].id,
        "round": world["round"].id,
        "stage": world["stage"].id,
        "criteria": [c.id for c in world["criteria"]],
        "entries": [e.id for e in world["entries"]],
        "jurors": [j.id for j in world["jurors"]],
        "people": [j.user_id for j in world["jurors"]],
        "pairs": {k: a.id for k, a in world["pairs"].items()},
        "versions": [e.versions[-1].id for e in world["entries"]],
        "teams": [t.id for t in world["teams"]],
    }


def made(app, **wishes):
    """A world built and kept in the application's database, by numbers."""
    with app.app_context(), db.transaction():
        return ids(build(**wishes))


def acts(app):
    """The acts of the history, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(Event.act).order_by(Event.id)))


def conflict(juror, entry, kind="declared", reason="own work"):
    """A conflict of interest on record."""
    row = Conflict(juror=juror, entry=entry, kind=kind, reason=reason, at=b.NOW, by_id=juror.user_id)
    db.session.add(row)
    return row
