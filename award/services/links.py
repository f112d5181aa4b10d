"""One-time links: mailed to one person for one purpose, kept as a hash, good once. Opening one changes nothing; following it does."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from award.db import session, setting
from award.errors import Missing, Refused
from award.i18n import text
from award.models import Juror, Link, Member
from award.services import mails
from award.services.sign_ins import digest

MINUTES = 30
LASTS = {
    "sign_in": timedelta(minutes=MINUTES),
    "password": timedelta(minutes=MINUTES),
    "confirm": timedelta(days=2),
    "member": timedelta(days=30),
    "juror": timedelta(days=60),
}
"""How long a link of each purpose is good; these are all the purposes there are."""
OVER = text("This link has been used, or it is too old. Ask for a new one.")


def make(user, purpose, subject_id=None, *, now, then=None):
    """A new link for `user`: its absolute address.

    `purpose` is a key of LASTS, `subject_id` the member or juror it is about, `then` the path to go on to. Only the
    hash of its 256-bit token is kept, so the address cannot be given a second time.
    """
    session.flush()
    token = secrets.token_urlsafe(32)
    session.add(
        Link(
            user_id=user.id,
            purpose=purpose,
            subject_id=subject_id,
            token_hash=digest(token),
            created_at=now,
            expires_at=now + LASTS[purpose],
        )
    )
    query = "?" + urlencode({"next": then}) if then else ""
    return f"{setting('BASE_URL').rstrip('/')}/links/{token}{query}"


def find(token):
    """The link of this token with its person, used or not. Raises Missing when there never was one."""
    found = session.scalar(select(Link).where(Link.token_hash == digest(token)).options(joinedload(Link.user)))
    if found is None:
        raise Missing(OVER)
    return found


def is_good(link, *, now):
    """True while the link is unused and not too old."""
    return link.used_at is None and link.expires_at > now


def follow(token, *, now):
    """Use the link up, once, whoever asks at the same moment; it confirms the address it was mailed to. Gives the link.

    A password that was chosen before the address was confirmed counts only when the mail about that registration is
    answered: somebody else may have typed it. Raises Missing for an unknown link, Refused for one used up or too old.
    """
    link = find(token)
    used = session.execute(
        update(Link)
        .where(Link.id == link.id, Link.used_at.is_(None), Link.expires_at > now)
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    if not used.rowcount:
        raise Refused(OVER)
    session.refresh(link)
    if link.purpose == "password" or (link.user.confirmed_at is None and link.purpose != "confirm"):
        link.user.password_hash = None
    link.user.confirmed_at = link.user.confirmed_at or now
    return link


def subject(link):
    """The member or juror that the link is about; None when it is gone, or is not this person's any more."""
    found = session.get({"member": Member, "juror": Juror}[link.purpose], link.subject_id)
    return found if found is not None and found.user_id == link.user_id else None


def void(user, *purposes, now):
    """Make the person's open links of these purposes useless."""
    session.execute(
        update(Link)
        .where(Link.user_id == user.id, Link.purpose.in_(purposes), Link.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


RENEWED = (
    text("Your new link"),
    text(
        "You asked for a new link, because the one before was used or too old. Open it and press the "
        "button:\n\n%(link)s\n\n"
        "It works once. You did not ask? Then do nothing."
    ),
)


def renew(link, *, now):
    """Mail a new link with the same purpose to the same person; whoever holds the old one learns nothing by it."""
    subject, body = RENEWED
    mails.write(
        link.user,
        kind=link.purpose,
        now=now,
        message=(subject, body.filled(link=make(link.user, link.purpose, link.subject_id, now=now))),
    )
