"""Accounts: registering, inviting, proving who one is, and looking after one's own account.

No answer tells whether an address has an account: what somebody else may know goes by mail to the address itself.
"""

from sqlalchemy import select

from award.db import session
from award.errors import Invalid
from award.i18n import text
from award.models import User
from award.services import links, mails, passwords, queue, sign_ins


def tidy(email):
    """An address as it is kept: without white space around, in lower case."""
    return email.strip().lower()


def find(email):
    """The person of this address, or None."""
    return session.scalar(select(User).where(User.email == tidy(email)))


def find_or_invite(email, *, name="", organisation="", language=None, now):
    """The person of this address; made without a password when new. A known person's own name and organisation stay."""
    known = find(email)
    if known is not None:
        return known
    email = tidy(email)
    user = User(email=email, name=name or email.partition("@")[0], organisation=organisation, language=language, created_at=now)
    session.add(user)
    session.flush()
    return user


def register(*, wanted, password, now, language=None, then=None):
    """Register the person `wanted` = {name, email, organisation}; what comes of it is told by mail to the address alone."""
    email = tidy(wanted["email"])
    passwords.require_good(password, name=wanted["name"], email=email)
    password_hash = passwords.scramble(password)
    user = find(email)
    if user is not None and (user.confirmed_at or user.password_hash is None):
        return _tell_registered(user, now=now, then=then)
    user = user or find_or_invite(email, language=language, now=now)
    user.name, user.organisation, user.password_hash = wanted["name"], wanted["organisation"], password_hash
    links.void(user, "confirm", now=now)
    mails.write(
        user,
        kind="confirm",
        now=now,
        message=(
            text("Confirm your address for %(site)s", site=mails.SITE),
            text(
                "Somebody, most likely you, registered with this address. Open this link and press “Confirm and "
                "sign in”:\n\n%(link)s\n\n"
                "It works once, for two days. You did not ask? Then do nothing.",
                link=links.make(user, "confirm", now=now, then=then),
            ),
        ),
    )
    return None


def _tell_registered(user, *, now, then):
    mails.write(
        user,
        kind="registered",
        now=now,
        message=(
            text("You already have an account at %(site)s", site=mails.SITE),
            text(
                "Somebody, most likely you, wanted to register with this address, which has an account. To sign in, "
                "open this link and "
                "press “Sign in”:\n\n%(link)s\n\nIt works once, for %(minutes)s minutes. You did not ask? Then do "
                "nothing.",
                link=links.make(user, "sign_in", now=now, then=then),
                minutes=links.MINUTES,
            ),
        ),
    )


LETTERS = {
    "sign_in": (
        text("Your link to sign in to %(site)s"),
        text("Open this link and press “Sign in”:\n\n%(link)s\n\nIt works once, for %(minutes)s minutes. You did not ask? Then do nothing."),
    ),
    "password": (
        text("Choose a new password for %(site)s"),
        text(
            "Open this link and press “Choose a new password”:\n\n%(link)s\n\nIt works once, for %(minutes)s minutes. "
            "You did not ask? Then do nothing: your password stays as it is."
        ),
    ),
}


def mail_link(email, *, purpose="sign_in", now, then=None):
    """Mail a link to sign in or to choose a new password, when the address has an account; otherwise do nothing."""
    user = find(email)
    queue.wake()
    if user is not None:
        subject, body = LETTERS[purpose]
        mails.write(
            user,
            kind=purpose,
            now=now,
            message=(
                subject.filled(site=mails.SITE),
                body.filled(link=links.make(user, purpose, now=now, then=then), minutes=links.MINUTES),
            ),
        )


def known(email):
    """(number of the person, password hash) of an address; (None, None) when nobody may sign in with a password there."""
    row = session.execute(select(User.id, User.password_hash).where(User.email == tidy(email), User.confirmed_at.is_not(None))).first()
    return tuple(row) if row else (None, None)


def sign_in(user_id, *, now, replaced=None, language=None):
    """Begin a sign-in of this person and end the one of the token `replaced`; gives the person, who carries the new token.

    `language` is what was chosen in this browser before: it is remembered for a person who has not chosen yet.
    """
    if replaced:
        sign_ins.end(replaced)
    user = session.get(User, user_id)
    user.language = user.language or language
    user.token = sign_ins.start(user, now=now)
    return user


def speak(user, language):
    """Remember the language this person wants to read."""
    user.language = language


def change(user, *, name, organisation, language):
    """Change how a person is called and in which language they are written to."""
    user.name, user.organisation, user.language = name, organisation, language


def change_password(user, *, old, new, token, now):
    """Set a new password; every sign-in but this one (`token`) ends. The old one is asked for when there is one."""
    if user.password_hash is not None and not passwords.matches(user.password_hash, old or ""):
        raise Invalid(
            text("This is not your present password. Type it again, or ask for a link to choose a new one."),
            field="old",
        )
    passwords.require_good(new, name=user.name, email=user.email, field="password")
    user.password_hash = passwords.scramble(new)
    links.void(user, "sign_in", "password", now=now)
    sign_ins.end_others(user, token)


def appoint(email, *, role, name="", now):
    """Give the person of this address a role in the installation, with an account when there is none; gives (person, link to sign in)."""
    user = find_or_invite(email, name=name, now=now)
    user.role = role
    return user, links.make(user, "sign_in", now=now)
