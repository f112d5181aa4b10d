"""Passwords: what makes one good enough, and its argon2id hash."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from award.errors import Invalid
from award.i18n import text

SHORTEST, LONGEST, DIFFERENT = 12, 200, 5
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def scramble(password):
    """The argon2id hash of a password, with a salt of its own."""
    return HASHER.hash(password)


def matches(known, password):
    """True when `password` gives the hash `known`. None as `known` costs the same work and is False."""
    try:
        return HASHER.verify(known or _nobodys(), password) and known is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys():
    return HASHER.hash("nobody signs in with this")


def require_good(password, *, name, email, field="password"):
    """Pass when the password is long enough and cannot be guessed from the name or the address; raise Invalid otherwise."""
    if len(password) < SHORTEST:
        raise Invalid(
            text(
                "Choose a password of at least %(length)s characters. Four words in a row make a good one.",
                length=SHORTEST,
            ),
            field=field,
        )
    if len(password) > LONGEST:
        raise Invalid(text("Choose a password of at most %(length)s characters.", length=LONGEST), field=field)
    if len(set(password.casefold())) < DIFFERENT:
        raise Invalid(text("This password repeats a few characters and is easy to guess. Choose another."), field=field)
    if any(part in password.casefold() for part in _known_parts(name, email)):
        raise Invalid(
            text("This password holds your name or your e-mail address and is easy to guess. Choose another."),
            field=field,
        )


def _known_parts(name, email):
    local, _, domain = email.casefold().partition("@")
    return {part for part in (*name.casefold().split(), local, domain, domain.partition(".")[0]) if len(part) >= 4}
