"""How often somebody tries: counted per account, per network address and in all, in a window that slides on. Nothing locks for good."""

import hashlib
import ipaddress
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy import text as sql

from award.db import session
from award.errors import TooMany
from award.i18n import ntext
from award.models import Attempt

WINDOW = timedelta(minutes=5)
LIMITS = {"password": {"account": 10, "address": 10, "all": 200}, "mail": {"account": 5, "address": 20, "all": 300},
          "file": {"account": 60, "address": 12, "all": 60}}
"""The most tries of a kind within the window. Guessing a password that succeeds is forgotten; asking for a mail and having a file verified
always count."""
WAIT = ntext(
    "There were too many tries. Wait %(num)s minute, then try again. A link by mail works meanwhile, and so does everything else.",
    "There were too many tries. Wait %(num)s minutes, then try again. A link by mail works meanwhile, and so does everything else.",
    WINDOW // timedelta(minutes=1),
)
WAIT_MAIL = ntext(
    "We have sent several mails. Wait %(num)s minute and look in your mail, then ask again.",
    "We have sent several mails. Wait %(num)s minutes and look in your mail, then ask again.",
    WINDOW // timedelta(minutes=1),
)
WAIT_FILE = ntext(
    "Many files were sent to be verified. Wait %(num)s minute, then send yours. The checksum can be looked up meanwhile.",
    "Many files were sent to be verified. Wait %(num)s minutes, then send yours. The checksum can be looked up meanwhile.",
    WINDOW // timedelta(minutes=1),
)
WAITS = {"password": WAIT, "mail": WAIT_MAIL, "file": WAIT_FILE}


def take(kind, *, email="", address, now):
    """Count one try of `kind` (a key of LIMITS), before it is judged. Raises TooMany, and counts nothing, above a limit."""
    _one_at_a_time()
    keys = _keys(kind, email, address)
    since = now - WINDOW
    counts = dict(
        session.execute(select(Attempt.key, func.count()).where(Attempt.key.in_(keys.values()), Attempt.at > since).group_by(Attempt.key)).all()
    )
    if any(counts.get(key, 0) >= LIMITS[kind][scope] for scope, key in keys.items()):
        raise TooMany(WAITS[kind])
    session.execute(delete(Attempt).where(Attempt.at <= since))
    session.add_all(Attempt(key=key, at=now) for key in keys.values())


def forget(kind, *, email, address):
    """The try succeeded: what was counted for this account and from this address no longer counts."""
    keys = _keys(kind, email, address)
    session.execute(delete(Attempt).where(Attempt.key.in_([keys["account"], keys["address"]])))


def _keys(kind, email, address):
    """What is counted, as hashes: the table tells nobody who tried from where."""
    named = {"account": email.strip().lower(), "address": _network(address), "all": ""}
    return {scope: hashlib.sha256(f"{kind}|{scope}|{value}".encode()).hexdigest()[:32] for scope, value in named.items()}


def _network(address):
    """The address; of version 6 its network of /64, which is what one household or office has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def _one_at_a_time():
    """Parallel tries count one another: SQLite writes one at a time anyway, PostgreSQL takes a lock until the end of the transaction."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql("select pg_advisory_xact_lock(4711)"))
