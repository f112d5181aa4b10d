"""Copying an installation while it runs, and putting a copy back: the database, the files, and a list of checksums.

The secret key is not copied: where a copy is put back a new one is made, and everybody signs in again.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from award.db import Base, open_engine
from award.errors import Invalid, Refused
from award.i18n import text

SQLITE, POSTGRESQL, LIST, FILES = "award.db", "award.dump", "checksums.json", "files"
LEFT_OUT = ("secret_key", "queue.db", "parts", SQLITE)
"""What the data folder holds beside files of people: kept out of the copy, or copied as the database."""


def backup(url, data_dir, target):
    """Copy the database at `url` and the files of `data_dir` into the new or empty folder `target`; gives its checksums."""
    target = Path(target)
    if target.exists() and any(target.iterdir()):
        raise Refused(text("%(folder)s is not empty. Name a new folder, so that no earlier copy is lost.", folder=target))
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    if url.startswith("sqlite"):
        _copy_sqlite(_path(url), target / SQLITE)
    else:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={target / POSTGRESQL}")
    _copy_files(Path(data_dir), target / FILES)
    found = checksums(target)
    (target / LIST).write_text(json.dumps(found, indent=1, sort_keys=True))
    return found


def restore(source, url, data_dir):
    """Put the copy in the folder `source` back into an empty installation. Refused when a checksum differs or data are there."""
    source, data_dir = Path(source), Path(data_dir)
    require_whole(source)
    if _rows(url):
        raise Refused(text("The database already holds an award. Put the copy back into an empty one: another AWARD_DATA_DIR or AWARD_DATABASE_URL."))
    if url.startswith("sqlite"):
        _copy_sqlite(_wanted(source / SQLITE), _path(url))
    else:
        _run(
            "pg_restore",
            url,
            "--clean",
            "--if-exists",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            _wanted(source / POSTGRESQL),
        )
    _copy_files(source / FILES, data_dir)


def require_whole(folder):
    """Pass when the folder holds exactly the files of its list, unchanged; raise Invalid otherwise."""
    try:
        known = json.loads((folder / LIST).read_text())
    except (OSError, ValueError):
        raise Invalid(text("%(folder)s holds no copy: its list of checksums cannot be read.", folder=folder)) from None
    found = checksums(folder)
    for name in sorted(known.keys() | found.keys()):
        if known.get(name) != found.get(name):
            raise Invalid(text("This copy is damaged: %(file)s is not what was copied. Nothing was put back.", file=name))


def checksums(folder):
    """{file: SHA-256} of everything in a copy but its list."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / LIST)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def fingerprint(url):
    """One SHA-256 over all rows of all tables, in the order of their keys: equal data give equal fingerprints."""
    digest = hashlib.sha256()
    engine = open_engine(url)
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            digest.update(table.name.encode())
            for row in connection.execute(table.select().order_by(*table.primary_key.columns)):
                digest.update(repr(tuple(row)).encode())
    engine.dispose()
    return digest.hexdigest()


def _copy_sqlite(source, target):
    """SQLite's own online copy: a consistent state, while others write."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(target)) as after:
        before.backup(after)
        after.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def _copy_files(source, target):
    if not source.is_dir():
        return
    for path in sorted(p for p in source.rglob("*") if p.is_file() and not _is_left_out(p.relative_to(source))):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)


def _is_left_out(name):
    return name.parts[0].startswith(LEFT_OUT)


def _rows(url):
    """True when the database holds a person: an installation in use."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return (
                engine.dialect.has_table(connection, "user")
                and connection.execute(Base.metadata.tables["user"].select().limit(1)).first() is not None
            )
    finally:
        engine.dispose()


def _run(program, url, *arguments):
    """Run a program of PostgreSQL on the database; the password goes by the environment, where others cannot read it."""
    where = shutil.which(program)
    if where is None:
        raise Refused(text("%(program)s is not installed here. Install postgresql-client, then try again.", program=program))
    address = make_url(url).set(drivername="postgresql")
    given = address.set(password=None).render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603 - one of two known programs
        [where, f"--dbname={given}", *map(str, arguments)],
        env={"PGPASSWORD": address.password or "", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(text("%(program)s stopped: %(fault)s", program=program, fault=done.stderr.strip()[-500:]))


def _path(url):
    return Path(make_url(url).database)


def _wanted(path):
    if not path.is_file():
        raise Invalid(text("This copy is of another kind of database: it holds no %(file)s.", file=path.name))
    return path
