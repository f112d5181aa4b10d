"""The commands of who runs the installation, from the outside: exit codes, what is printed, what is left behind."""

import os

import pytest
from sqlalchemy import update

from award import cli, create_app
from award.db import session, transaction
from award.models import Event, Programme, User
from award.services import backups, history
from config import from_environment
from tests import builders as b
from tests import databases
from tests.conftest import SHARED
from tests.exports import seals


@pytest.fixture
def installation(request, tmp_path, monkeypatch):
    """An empty installation in the environment; gives its data folder."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    databases.sqlite(request.config.stash[SHARED], folder)
    for name in ("AWARD_BASE_URL", "AWARD_DEMO", "AWARD_DATABASE_URL", "AWARD_SMTP_URL", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWARD_DATA_DIR", str(folder))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    return folder


def inside(act):
    """Do `act()` in the installation, as the application."""
    app = create_app(from_environment())
    try:
        with app.app_context(), transaction():
            return act()
    finally:
        app.extensions["engine"].dispose()


def run(*arguments):
    return cli.main(list(arguments))


def test_a_sound_installation_passes_its_check_and_is_not_safe_to_deploy_as_it_stands(installation, capsys):
    assert run("check") == 0
    assert run("check", "--deploy") == 3
    assert "AWARD_BASE_URL" in capsys.readouterr().err


def test_a_safe_installation_passes_the_check_for_deployment(installation, monkeypatch, capsys):
    for name, value in (
        ("AWARD_BASE_URL", "https://award.example.org"),
        ("AWARD_SMTP_URL", "smtps://mail.example.org"),
        ("AWARD_PROXIES", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert (run("check", "--deploy"), capsys.readouterr().err) == (0, "")


def test_settings_that_cannot_be_used_are_named(installation, monkeypatch, capsys):
    monkeypatch.setenv("AWARD_PORT", "many")
    for arguments in (("check",), ("restore", "nowhere")):
        assert run(*arguments) == 2
        assert "AWARD_PORT" in capsys.readouterr().err


def test_a_database_without_tables_is_said(installation, capsys):
    (installation / "award.db").unlink()
    assert run("check") == 3
    assert "alembic upgrade head" in capsys.readouterr().err


def test_an_administrator_is_made_and_signs_in_by_the_printed_link(installation, capsys):
    assert run("admin", "boss@office.example", "--name", "Boss") == 0
    link = capsys.readouterr().out.split()[-1]
    app = create_app(from_environment())
    client = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/links/" + link.partition("/links/")[2]).status_code == 303
    assert "Boss" in client.get("/account").text
    app.extensions["engine"].dispose()
    assert inside(lambda: session.query(User.role).scalar()) == "administrator"


def test_an_address_that_is_none_is_refused(installation, capsys):
    assert run("admin", "boss") == 2
    assert "name@example.org" in capsys.readouterr().err


def test_the_check_names_a_seal_that_cannot_be_set(installation, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("AWARD_SEAL_KEY", str(seals.organiser_key(tmp_path)))
    monkeypatch.setenv("AWARD_SEAL_PASSWORD", seals.PASSWORD)
    assert run("check") == 0
    monkeypatch.setenv("AWARD_SEAL_PASSWORD", "another")
    capsys.readouterr()
    assert (run("check"), "AWARD_SEAL_PASSWORD" in capsys.readouterr().err) == (3, True)


def test_the_check_names_files_that_belong_to_no_attachment(installation, capsys):
    left = installation / "files" / "ab" / "abcdef"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    assert run("check") == 0
    os.utime(left, (0, 0))
    assert run("check") == 3
    assert capsys.readouterr().err == "The file files/ab/abcdef belongs to no attachment. Delete it.\n"


def test_the_audit_says_where_a_history_is_broken(installation, capsys):
    def fill():
        round_ = b.round_()
        for _ in range(3):
            history.add(round_, "round_changed", actor=None, now=b.NOW)
        return round_.id

    round_id = inside(fill)
    assert (run("audit"), run("audit", str(round_id)), run("audit", "99")) == (0, 0, 2)
    inside(lambda: session.execute(update(Event).where(Event.sequence == 2).values(act="call_opened")))
    assert run("audit") == 2
    assert "line 2" in capsys.readouterr().err


def test_the_audit_of_everything_reads_the_history_of_programmes_too(installation, capsys):
    def fill():
        programme = b.programme()
        history.add(programme, "programme_changed", actor=None, now=b.NOW)
        return b.round_(programme).id

    round_id = inside(fill)
    assert (run("audit"), run("check")) == (0, 0)
    inside(lambda: session.execute(update(Event).values(act="programme_created")))
    capsys.readouterr()
    assert (run("audit"), run("audit", str(round_id))) == (2, 0)
    assert capsys.readouterr().err.startswith("Programme 1: The history is broken at line 1")
    inside(lambda: session.execute(update(Programme).values(sequence=2)))
    assert run("check") == 3
    assert "1 × a programme whose history misses a line" in capsys.readouterr().err


def test_a_copy_is_made_and_put_back_elsewhere(installation, request, tmp_path, monkeypatch, capsys):
    inside(b.round_)
    before = backups.fingerprint(f"sqlite:///{installation / 'award.db'}")
    assert run("backup", str(tmp_path / "copy")) == 0
    assert run("backup", str(tmp_path / "copy")) == 3
    monkeypatch.setenv("AWARD_DATA_DIR", str(tmp_path / "other"))
    assert run("restore", str(tmp_path / "copy")) == 0
    assert backups.fingerprint(f"sqlite:///{tmp_path / 'other' / 'award.db'}") == before
    assert run("restore", str(tmp_path / "nowhere")) == 2


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("name", ["work", "admin", "check", "audit", "backup", "restore"])
def test_every_command_explains_itself_in_every_language(language, name, capsys):
    with pytest.raises(SystemExit) as ended:
        run(name, "--lang", language, "--help")
    assert ended.value.code == 0
    assert capsys.readouterr().out != ""
