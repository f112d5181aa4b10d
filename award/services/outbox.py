"""Sending what stands in the outbox: each mail is taken under a lease, sent to its one reader, and noted; a failure is tried again.

A worker that dies between sending and noting causes a second try with the same Message-ID, which mail servers show once.
"""

import hashlib
import re
import smtplib
import ssl
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload

from award.db import session, setting
from award.models import Mail
from award.services.mails import SITE

LEASE = timedelta(minutes=5)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
"""How long to wait after each failed try; after the last one the mail stays in the outbox with its error."""
TIMEOUT = 20
PLAIN = re.compile(r"[^@\s,;:<>\"()\\]+@[^@\s,;:<>\"()\\]+")
LOCAL = {"localhost", "127.0.0.1", "::1"}


def waiting(now, *, most=200):
    """The ids of mails to send now: not sent, not given up, and not in somebody's hands."""
    return session.scalars(select(Mail.id).where(*_free(now)).order_by(Mail.id).limit(most)).all()


def _free(now):
    return (
        Mail.sent_at.is_(None),
        Mail.attempts <= len(WAITS),
        or_(Mail.leased_until.is_(None), Mail.leased_until <= now),
    )


def claim(mail_id, *, now):
    """Take a waiting mail to send it; gives the message, or None when it was sent or taken by another worker."""
    taken = session.execute(
        update(Mail)
        .where(Mail.id == mail_id, *_free(now))
        .values(leased_until=now + LEASE, attempts=Mail.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    return compose(session.get(Mail, mail_id, populate_existing=True)) if taken.rowcount else None


def compose(mail):
    """The mail as a message in plain text to one reader. Raises ValueError when a header holds a line end or an address is unusable."""
    if not PLAIN.fullmatch(mail.address):
        raise ValueError(f"{mail.address!r} is not an address")
    sender = setting("MAIL_FROM")
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(SITE, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}.{_mark(mail)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    message.set_content(mail.body, charset="utf-8", cte="quoted-printable")
    return message


def _mark(mail):
    """What sets this mail apart from one of the same number in another installation; the same at every try."""
    return hashlib.sha256(f"{setting('SECRET_KEY')}|{mail.id}|{mail.created_at.isoformat()}".encode()).hexdigest()[:24]


def deliver(message, url):
    """Hand the message to the mail server of `url`: smtp:// (with STARTTLS where offered) or smtps://. Raises OSError or SMTPException."""
    parts = urlsplit(url)
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(parts.hostname, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(parts.hostname, parts.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls") and parts.hostname not in LOCAL:
            server.starttls(context=context)
            server.ehlo()
        if parts.username:
            _require_secret(server, parts.hostname)
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _require_secret(server, host):
    if not isinstance(server.sock, ssl.SSLSocket) and host not in LOCAL:
        raise smtplib.SMTPException("The mail server offers no TLS, so the password is not sent. Use smtps://.")


def sent(mail_id, *, now):
    """Note that the mail went out."""
    mail = session.get(Mail, mail_id)
    mail.sent_at, mail.leased_until, mail.error = now, None, ""


def failed(mail_id, error, *, now, for_good=False):
    """Note why the mail did not go out, and when to try again; after the last try, or `for_good`, it stays with its error."""
    mail = session.get(Mail, mail_id)
    mail.attempts = len(WAITS) + 1 if for_good else max(mail.attempts, 1)
    mail.error, mail.leased_until = str(error)[:500], now + WAITS[min(mail.attempts, len(WAITS)) - 1]


def count(round_):
    """How many mails of the round, and of accounts in general, there are."""
    return session.scalar(select(func.count(Mail.id)).where(_of(round_)))


def written(round_, *, skip=0, most=50):
    """Mails of the round and of accounts in general, newest first, with their readers; in one statement."""
    return session.scalars(select(Mail).where(_of(round_)).options(joinedload(Mail.user)).order_by(Mail.id.desc()).offset(skip).limit(most)).all()


def one(round_, mail_id):
    """One of these mails; None when there is none of that number."""
    return session.scalar(select(Mail).where(_of(round_), Mail.id == mail_id).options(joinedload(Mail.user)))


def _of(round_):
    return or_(Mail.round_id == round_.id, Mail.round_id.is_(None))
