"""Sign-ins live on the server: the cookie holds a random token, the table its hash, and ending one ends it at once."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from award.db import session
from award.models import SignIn, User

LASTS = timedelta(hours=12)


def digest(token):
    """The SHA-256 of a token, as the tables keep it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(user, *, now):
    """Begin a sign-in. Gives the token for the cookie (256 bit); only its hash is kept."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(user_id=user.id, token_hash=digest(token), created_at=now, expires_at=now + LASTS))
    return token


def user_of(token, *, now):
    """The person signed in with this token, with offices loaded, in one query; None when it ended or never was."""
    found = (
        session.scalars(
            select(SignIn)
            .where(SignIn.token_hash == digest(token), SignIn.expires_at > now)
            .options(joinedload(SignIn.user).joinedload(User.offices))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        return None
    found.user.token = token
    return found.user


def end(token):
    """End this sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == digest(token)))


def end_others(user, token):
    """End every sign-in of a person but the one of this token."""
    session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.token_hash != digest(token or "")))


def end_one(user, sign_in_id):
    """End one of the person's own sign-ins; nothing happens when it is another's or has ended."""
    session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.id == sign_in_id))


def of(user, *, now):
    """The person's running sign-ins, newest first."""
    return session.scalars(
        select(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at > now).order_by(SignIn.created_at.desc(), SignIn.id.desc())
    ).all()


def end_all(user):
    """End every sign-in of a person: after a change of password or when an account is closed."""
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))
