"""Reminding jurors of the ballots that are still open."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.domain import lives
from award.errors import Refused
from award.i18n import ntext, text
from award.models import Assignment, Ballot, Juror
from award.services import history, links, mails
from award.services.jurors import closing


def open_ballots(stage):
    """[(juror, number of ballots still to submit)] of the jurors who have some, by code. One statement."""
    counts = (
        select(Assignment.juror_id, func.count().label("left"))
        .outerjoin(Ballot)
        .where(
            Assignment.stage_id == stage.id,
            Assignment.state == "notified",
            Ballot.id.is_(None) | (Ballot.state != "submitted"),
        )
        .group_by(Assignment.juror_id)
        .subquery()
    )
    return session.execute(
        select(Juror, counts.c.left)
        .join(counts, counts.c.juror_id == Juror.id)
        .where(Juror.state == "accepted")
        .options(joinedload(Juror.user))
        .order_by(Juror.code)
    ).all()


def send(stage, *, actor, now):
    """Mail every juror with open ballots how many there are. Gives the jurors. Raises Refused when nobody has any."""
    lives.require("remind", stage.state)
    found = open_ballots(stage)
    if not found:
        raise Refused(text("Every ballot is in, so there is nobody to remind."))
    for juror, left in found:
        mails.write(juror.user, kind="reminder", now=now, round_=stage.round, message=_message(juror, left, now=now))
    history.add(stage, "jurors_reminded", actor=actor, now=now, payload={"jurors": {j.code: left for j, left in found}})
    return [juror for juror, _left in found]


def _message(juror, left, *, now):
    waiting = ntext("%(num)s entry still awaits your scores.", "%(num)s entries still await your scores.", left)
    return (
        ntext("%(num)s entry awaits your scores", "%(num)s entries await your scores", left),
        text(
            "%(waiting)s %(until)s Short of time? Tell us today and we look for someone else.\n\nThis personal "
            "link takes you to "
            "your list. You need no password:\n\n%(link)s",
            waiting=waiting,
            until=closing(juror.stage),
            link=links.make(juror.user, "juror", juror.id, now=now),
        ),
    )
