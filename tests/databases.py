"""Migrated databases, quickly: each kind is migrated once per test run, then copied or emptied for each test."""
import fcntl
import shutil
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from tests import postgres

ROOT = Path(__file__).parent.parent
TEMPLATE = "award_template"
_as_made = {}


def migrate(url, revision="head"):
    """Bring the database forwards to the newest revision, or backwards to an earlier one."""
    settings = Config(toml_file=ROOT / "pyproject.toml", attributes={"database_url": url})
    move = command.upgrade if revision == "head" else command.downgrade
    move(settings, revision)


def sqlite(shared, folder):
    """The address of a fresh SQLite file in `folder`; `shared` keeps the migrated template of the run."""
    template = shared / "template.db"
    with _once(shared, "sqlite") as first:
        if first:
            migrate(f"sqlite:///{template}")
    shutil.copy(template, folder / "award.db")
    return f"sqlite:///{folder / 'award.db'}"


def postgresql(shared, name):
    """The address of an empty PostgreSQL database: the one of the test before, emptied, or a copy of the migrated template."""
    port = server(shared)
    if not _emptied(port, name):
        with closing(psycopg.connect(_address(port, "postgres"), autocommit=True)) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        with closing(psycopg.connect(_address(port, name))) as connection:
            _as_made[port, name] = _shape(connection)
    return _url(port, name)


def _emptied(port, name):
    """Empty the database and let its numbers begin anew; False when there is none, or its shape is not as it was made."""
    try:
        with closing(psycopg.connect(_address(port, name), autocommit=True)) as connection:
            if _shape(connection) != _as_made.get((port, name)):
                return False
            connection.execute("SET lock_timeout = '2s'; SET session_replication_role = replica; "
                               + "".join(f'DELETE FROM "{table}"; ' for table in _tables(connection) if table != "alembic_version")
                               + "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence")
            return True
    except psycopg.Error:
        return False


def _tables(connection):
    return [name for name, in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def _shape(connection):
    """Every column, constraint, index and trigger as PostgreSQL defines it: a test may alter any of them."""
    return connection.execute("""
        SELECT attrelid::regclass::text, attname::text, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
        UNION ALL SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT tgrelid::regclass::text, tgname::text, concat(tgenabled, pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY 1, 2, 3""").fetchall()


def server(shared):
    """The port of the run's PostgreSQL server, started and given its migrated template by the first caller."""
    noted = shared / "port"
    with _once(shared, "postgresql") as first:
        if first:
            port = postgres.start(shared)
            with closing(psycopg.connect(_address(port, "postgres"), autocommit=True)) as connection:
                connection.execute(f"CREATE DATABASE {TEMPLATE}")
            migrate(_url(port, TEMPLATE))
            noted.write_text(str(port))
    return int(noted.read_text())


@contextmanager
def _once(shared, name):
    """True for the first caller among all processes of the run; the others wait until it is done."""
    done = shared / f"{name}.done"
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


def _address(port, name):
    return f"host=127.0.0.1 port={port} user=award dbname={name}"


def _url(port, name):
    return f"postgresql+psycopg://award@127.0.0.1:{port}/{name}"
