"""Whether the installation is usable, safe to be reached by others, and consistent: each fault in words that say what
to do."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import inspect, text as sql
from sqlalchemy.exc import SQLAlchemyError

from award.db import Base, session
from award.i18n import text

LOCAL = {"localhost", "127.0.0.1", "::1"}
SHORTEST_KEY = 32
DEMO_ON = text("The demonstration is on: anyone can sign in as anyone. Unset AWARD_DEMO.")
UNSAFE = (
    # (is it unsafe?, what to do)
    (
        lambda s: len(s["SECRET_KEY"] or "") < SHORTEST_KEY or len(set(s["SECRET_KEY"])) < 8,
        text("The secret key is missing or too simple. Set AWARD_SECRET_KEY to at least 32 random characters, or leave it out: one is made."),
    ),
    (
        lambda s: not s["BASE_URL"].startswith("https://"),
        text("The address is not https. Set AWARD_BASE_URL to the address that people type, such as https://award.example.org."),
    ),
    (
        lambda s: urlsplit(s["BASE_URL"]).hostname in LOCAL,
        text("The address is that of this machine alone, so links in mails lead nowhere. Set AWARD_BASE_URL to the public address."),
    ),
    (lambda s: s["DEMO"], DEMO_ON),
    (lambda s: s.get("DEBUG") or s["TESTING"], text("Debugging is on, which shows what is inside. Unset FLASK_DEBUG.")),
    (
        lambda s: not s["TRUSTED_HOSTS"] or "*" in s["TRUSTED_HOSTS"] or any(h.startswith(".") for h in s["TRUSTED_HOSTS"]),
        text("Any host name is accepted. Set AWARD_TRUSTED_HOSTS to the names under which the site is reached."),
    ),
    (
        lambda s: not s["SESSION_COOKIE_SECURE"] or not s["SESSION_COOKIE_HTTPONLY"] or s["SESSION_COOKIE_SAMESITE"] not in ("Lax", "Strict"),
        text("The cookie can be read or sent where it must not be. Serve the site by https."),
    ),
    (lambda s: not s["SMTP_URL"], text("No mail server is set, so nobody gets an invitation. Set AWARD_SMTP_URL.")),
    (
        lambda s: s["MAIL_FROM"].rpartition("@")[2] in LOCAL,
        text("Mails would come from this machine's own name. Set AWARD_MAIL_FROM."),
    ),
    (
        lambda s: not s["PROXIES"],
        text(
            "No proxy is named, so everyone seems to come from one address and the limits on tries count them "
            "together. "
            "Set AWARD_PROXIES to the number of proxies in front."
        ),
    ),
    (
        lambda s: not s.get("WTF_CSRF_ENABLED", True),
        text("Forms are accepted from other sites. Leave WTF_CSRF_ENABLED on."),
    ),
    (
        lambda s: readable_by_others(Path(s["DATA_DIR"])),
        text("Others on this machine can read the data folder. Take their rights away: chmod -R o-rwx on AWARD_DATA_DIR."),
    ),
    (
        lambda s: readable_by_others(Path(s["DATA_DIR"]) / "secret_key"),
        text("Others on this machine can read the secret key. Take their rights away: chmod 600 on the file secret_key."),
    ),
)
INVARIANTS = (
    # (what must be nowhere, how to count it)
    (
        text("a submitted entry without a version"),
        "select count(*) from entry where number is not null and not exists (select 1 from version where version.entry_id = entry.id)",
    ),
    (
        text("a submitted ballot without a receipt"),
        "select count(*) from ballot where state = 'submitted' and (receipt = '' or submitted_at is null)",
    ),
    (
        text("a ballot on the version of another entry"),
        "select count(*) from ballot join assignment on assignment.id = ballot.assignment_id join version on "
        "version.id = ballot.entry_version_id "
        "where version.entry_id <> assignment.entry_id",
    ),
    (
        text("an assignment across two stages"),
        "select count(*) from assignment join juror on juror.id = assignment.juror_id where juror.stage_id <> assignment.stage_id",
    ),
    (
        text("an assignment to a juror with a conflict that still counts"),
        "select count(*) from assignment join conflict on conflict.juror_id = assignment.juror_id and "
        "conflict.entry_id = assignment.entry_id "
        "where assignment.state = 'notified'",
    ),
    (
        text("an open stage without fixed rules"),
        "select count(*) from stage where state <> 'draft' and not exists (select 1 from rulebook where rulebook.stage_id = stage.id)",
    ),
    (
        text("a decision on an entry of another round"),
        "select count(*) from decision join result on result.id = decision.result_id join stage on stage.id = "
        "result.stage_id "
        "join entry on entry.id = decision.entry_id where entry.round_id <> stage.round_id",
    ),
    (
        text("a score on a criterion of another stage"),
        "select count(*) from score join ballot on ballot.id = score.ballot_id join assignment on assignment.id = "
        "ballot.assignment_id "
        "join criterion on criterion.id = score.criterion_id where criterion.stage_id <> assignment.stage_id",
    ),
    (
        text("a round whose history misses a line"),
        "select count(*) from round where sequence <> (select count(*) from event where event.round_id = round.id)",
    ),
    (
        text("a programme whose history misses a line"),
        "select count(*) from programme where sequence <> (select count(*) from event where event.programme_id = programme.id)",
    ),
)


def readable_by_others(path):
    """True when the rights of the file or folder let other users of the machine read it."""
    try:
        return bool(path.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False


def unsafe(settings):
    """What makes this configuration unsafe for an installation that others reach; [] when nothing does."""
    return [words for is_unsafe, words in UNSAFE if is_unsafe(settings)]


def reckless(settings):
    """What no installation may do, not even to try it out: a demonstration under a public address."""
    public = urlsplit(settings["BASE_URL"]).hostname not in LOCAL
    return [DEMO_ON] if settings["DEMO"] and public else []


def is_usable(data_dir):
    """True when the database answers with our tables and the data folder can be written."""
    try:
        session.execute(sql("select count(*) from round where id = 0"))
    except SQLAlchemyError:
        return False
    return os.access(data_dir, os.W_OK)


def of_database():
    """What is wrong with the database: tables that are missing, or data that contradict one another; [] when it is
    sound."""
    missing = missing_tables()
    if missing:
        return [
            text(
                "The database lacks the table %(name)s. Bring it up to date: python -m alembic upgrade head.",
                name=missing[0],
            )
        ]
    return drift()


def drift():
    """Invariants that do not hold, as texts that count; [] when the data are consistent. The tables must be there."""
    counts = [(words, session.execute(sql(statement)).scalar_one()) for words, statement in INVARIANTS]
    return [text("%(count)s × %(what)s", count=count, what=words) for words, count in counts if count]


def missing_tables():
    """Names of our tables that the database lacks."""
    found = set(inspect(session.connection()).get_table_names())
    return sorted(set(Base.metadata.tables) - found)
