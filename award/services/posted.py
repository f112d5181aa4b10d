"""Idempotency: a creating post carries a key; the second one with the same key gets the answer of the first."""
from award.db import session
from award.models import Posted


def earlier(key):
    """Where the earlier post with this key led; None when there was none."""
    found = session.get(Posted, key) if key else None
    return found.location if found else None


def remember(key, *, user, location, now):
    """Note that the post with this key is done. A race on the same key ends on the primary key."""
    if key:
        session.add(Posted(key=key, user_id=user.id if user.is_authenticated else None, location=location, at=now))
