"""A copy made while others write, and put back elsewhere: equal data, equal files; a damaged copy is not put back."""

import threading

import pytest

from award.db import transaction
from award.errors import Invalid, Refused
from award.models import User
from award.services import backups
from tests import builders as b
from tests import databases, world
from tests.conftest import SHARED


@pytest.fixture
def installation(app, settings):
    """An installation with a round and files: its settings."""
    with app.app_context(), transaction():
        world.build()
    for name, content in (
        ("files/ab/abc", b"%PDF-1.7 attachment"),
        ("reports/r.pdf", b"%PDF-1.7 report"),
        ("secret_key", b"secret"),
        ("queue.db", b"queue"),
    ):
        path = settings.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return settings


@pytest.fixture
def elsewhere(database, request, tmp_path):
    """An empty, migrated database at another place, and another data folder."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shared = request.config.stash[SHARED]
    url = databases.sqlite(shared, folder) if database == "sqlite" else databases.postgresql(shared, "elsewhere")
    return url, folder / "data"


def test_a_copy_put_back_elsewhere_holds_the_same_data_and_files(installation, elsewhere, tmp_path):
    url, data_dir = elsewhere
    before = backups.fingerprint(installation.database_url)
    found = backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    assert backups.fingerprint(url) != before
    backups.restore(tmp_path / "copy", url, data_dir)
    assert backups.fingerprint(url) == before
    assert sorted(p.relative_to(data_dir).as_posix() for p in data_dir.rglob("*") if p.is_file()) == [
        "files/ab/abc",
        "reports/r.pdf",
    ]
    assert (data_dir / "files/ab/abc").read_bytes() == b"%PDF-1.7 attachment"
    assert len(found) == 3


def test_a_copy_is_made_while_others_write_and_is_consistent(app, installation, elsewhere, tmp_path):
    written, stop = [], threading.Event()

    def write():
        while not stop.is_set():
            with app.app_context(), transaction():
                made = b.user().id
            written.append(made)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            stop.wait(0.01)
        at_least = len(written)
        backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    finally:
        stop.set()
        writer.join()
    url, data_dir = elsewhere
    backups.restore(tmp_path / "copy", url, data_dir)
    engine = backups.open_engine(url)
    with engine.connect() as connection:
        kept = [row.id for row in connection.execute(User.__table__.select().order_by(User.id)) if row.id in set(written)]
    engine.dispose()
    assert kept == written[: len(kept)]
    assert len(kept) >= at_least


def test_a_damaged_or_incomplete_copy_is_not_put_back(installation, elsewhere, tmp_path):
    url, data_dir = elsewhere
    backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    before = backups.fingerprint(url)
    file = tmp_path / "copy" / "files" / "reports" / "r.pdf"
    file.write_bytes(b"other")
    with pytest.raises(Invalid, match="reports/r.pdf"):
        backups.restore(tmp_path / "copy", url, data_dir)
    file.unlink()
    with pytest.raises(Invalid, match="reports/r.pdf"):
        backups.restore(tmp_path / "copy", url, data_dir)
    with pytest.raises(Invalid, match="no copy"):
        backups.restore(tmp_path / "nowhere", url, data_dir)
    assert (backups.fingerprint(url), data_dir.exists()) == (before, False)


def test_nothing_is_overwritten(installation, tmp_path):
    backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    with pytest.raises(Refused, match="not empty"):
        backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    with pytest.raises(Refused, match="already holds"):
        backups.restore(tmp_path / "copy", installation.database_url, installation.data_dir)


def test_a_copy_belongs_to_its_owner_alone(installation, tmp_path):
    backups.backup(installation.database_url, installation.data_dir, tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0


def test_a_program_of_postgresql_that_is_absent_or_fails_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="postgresql-client"):
        backups.backup("postgresql+psycopg://nobody@localhost:1/none", tmp_path, tmp_path / "copy")
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho no such server >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(Refused, match="no such server"):
        backups.backup("postgresql+psycopg://nobody@localhost:1/none", tmp_path, tmp_path / "other")
