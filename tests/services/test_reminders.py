"""Reminders go to those who have open ballots, once."""

import pytest
from sqlalchemy import select

from award import db
from award.errors import Refused
from award.models import Event, Mail
from award.services import reminders
from tests import builders as b
from tests import jury


def test_each_juror_with_open_ballots_is_mailed_how_many(context):
    world = jury.build(jurors=3, submitted=[(0, 0), (0, 1), (0, 2), (1, 0)])
    world["pairs"][2, 0].state = "declined"
    reminders.send(world["stage"], actor=world["organiser"], now=b.NOW)
    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(m.address, m.subject) for m in mails] == [
        ("juror1@uni1.example", "2 entries await your scores"),
        ("juror2@uni2.example", "2 entries await your scores"),
    ]
    assert [e.payload for e in db.session.scalars(select(Event))] == [{"jurors": {"J02": 2, "J03": 2}}]


def test_nobody_is_reminded_when_everything_is_in_or_the_stage_is_not_open(context):
    world = jury.build(jurors=1, entries=1, submitted=[(0, 0)])
    with pytest.raises(Refused):
        reminders.send(world["stage"], actor=world["organiser"], now=b.NOW)
    world["stage"].state = "locked"
    with pytest.raises(Refused):
        reminders.send(world["stage"], actor=world["organiser"], now=b.NOW)
