"""Two people on one form: the second save is refused, with the name of whoever was first."""

from sqlalchemy import select

from award.db import session
from award.errors import Stale
from award.i18n import text
from award.models import Event, User
from award.services import history

BY_SOMEBODY = text(
    "Somebody saved this page while you were typing. Nothing is lost: both texts are below. Keep one, or combine them."
)

PARTS = {"stage": ("criterion", "special_award")}
"""The kinds of row whose change counts the version of another kind up."""


def require(row, version):
    """Pass when the form was opened on the row's present version; raise Stale, naming who changed it, otherwise."""
    if version == row.version:
        return
    name = _last_actor(row)
    raise Stale(
        BY_SOMEBODY
        if name is None
        else text(
            "%(name)s saved this page while you were typing. Nothing is lost: both texts are below. Keep one, or combine them.",
            name=name,
        )
    )


def _last_actor(row):
    """The name of who last did something to the row, or to a part of it; None when the history does not say."""
    own = (Event.kind == row.__tablename__) & (Event.object_id == row.id)
    part = Event.kind.in_(PARTS.get(row.__tablename__, ()))
    return session.scalar(
        select(User.name)
        .join(Event, Event.actor_id == User.id)
        .where(history.in_chain(history.chain_of(row)), own | part)
        .order_by(Event.sequence.desc())
        .limit(1)
    )
