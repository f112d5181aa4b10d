"""The demonstration: an invented award with a finished round, one in the middle of judging, one with an open call."""
from sqlalchemy import select

from award.db import session
from award.errors import Refused
from award.i18n import text
from award.models import Programme, User
from award.services.demonstration import people, setting
from award.services.demonstration.finished import finished
from award.services.demonstration.judging import judging
from award.services.demonstration.opened import opened
from award.services.demonstration.scene import Scene, midnight

DEMO_PEOPLE = [
    (text("Katrien Molenaar, organiser"), people.address("Katrien Molenaar", "organiser")),
    (text("Hilde Wouters-Daems, chair of the jury, halfway"), people.address("Hilde Wouters-Daems", "dijlestad")),
    (text("Sofie Landuyt, juror, has not begun"), people.address("Sofie Landuyt", "warmte")),
    (text("Pieter Vanhoorde, member of a team"), people.address("Pieter Vanhoorde", "burgerloket")),
    (text("Lieve Goossens-Thiry, auditor"), people.address("Lieve Goossens-Thiry", "nazicht")),
]
"""Who can be signed in as with one click: (words on the button, address)."""
YEAR = 365
NOT_EMPTY = text("There is something here already. The demonstration is loaded into an empty installation only.")


def is_empty():
    """Whether nothing has been kept yet: no programme and no person."""
    return session.scalar(select(Programme.id).limit(1)) is None and session.scalar(select(User.id).limit(1)) is None


def load(*, now):
    """Fill an empty installation with the demonstration, so that one round is in the middle of judging at `now`.

    Scores and texts are the same every time; instants depend on the day of `now` alone. Raises Refused unless empty.
    """
    if not is_empty():
        raise Refused(NOT_EMPTY)
    programme, organiser = setting.programme(now=midnight(now, days=-2 * YEAR))
    finished(Scene("finished", midnight(now, days=-YEAR), organiser), programme)
    judging(Scene("judging", midnight(now), organiser), programme)
    opened(Scene("opened", midnight(now), organiser), programme)
    session.flush()
    return programme
