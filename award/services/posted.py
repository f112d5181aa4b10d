"""Idempotency: a creating post carries a key; the second one of the same person with the same key gives what the first one made."""
from award.db import session
from award.models import Posted

LONGEST = 64


def earlier(model, key, *, user):
    """The row of `model` that the person's earlier post with this key made; None when there was none."""
    found = session.get(Posted, _name(model, key, user)) if key else None
    return session.get(model, int(found.location)) if found else None


def remember(row, key, *, user, now):
    """Note which row the person's post with this key made. A race on the same key ends on the primary key."""
    if key:
        session.add(Posted(key=_name(type(row), key, user), user_id=user.id, location=str(row.id), at=now))


def _name(model, key, user):
    """Keys of different people and of different kinds of thing never meet."""
    return f"{model.__tablename__}:{user.id}:{key[:LONGEST]}"
