"""Migrated databases, quickly: each is migrated once per test run and copied for each test."""
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


@contextmanager
def postgresql(shared, name):
    """The address of a fresh PostgreSQL database, dropped afterwards; the run's server is started when needed."""
    port = server(shared)
    with closing(psycopg.connect(_address(port, "postgres"), autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        try:
            yield _url(port, name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
