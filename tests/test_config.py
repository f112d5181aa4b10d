"""Settings from the environment."""
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

import config
from config import Unusable, cli_language, from_environment


@pytest.fixture
def read(tmp_path):
    return lambda **environment: from_environment({"AWARD_DATA_DIR": str(tmp_path / "data"), **environment})


def test_an_empty_environment_gives_a_working_installation_on_this_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = from_environment({})
    assert settings.data_dir == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path}/var/award.db"
    assert (settings.base_url, settings.port) == ("http://localhost:8000", 8000)
    assert (settings.smtp_url, settings.mail_from) == (None, "award@localhost")
    assert (settings.demo, settings.testing, settings.secure, settings.proxies) == (False, False, False, 0)
    assert settings.trusted_hosts == ("localhost", "127.0.0.1")


def test_every_variable_is_obeyed(read, tmp_path):
    settings = read(
        AWARD_SECRET_KEY="k" * 40, AWARD_DATABASE_URL="postgresql://award@db/award", AWARD_PORT="9000",
        AWARD_BASE_URL="https://award.example.org/", AWARD_SMTP_URL="smtps://mail.example.org",
        AWARD_MAIL_FROM="jury@example.org", AWARD_DEMO="1", AWARD_MAX_UPLOAD="1000", AWARD_PROXIES="1",
        AWARD_TRUSTED_HOSTS="a.example.org, b.example.org", AWARD_OPEN_DATA_LICENCE="CC0-1.0",
        AWARD_SEAL_KEY="/etc/award/seal.p12", AWARD_SEAL_PASSWORD="secret", AWARD_SEAL_TIMESTAMP_URL="https://time.example.org")
    assert settings == config.Settings(
        secret_key="k" * 40, database_url="postgresql+psycopg://award@db/award", data_dir=tmp_path / "data",
        base_url="https://award.example.org", port=9000, smtp_url="smtps://mail.example.org",
        mail_from="jury@example.org", demo=True, max_upload=1000, proxies=1, open_data_licence="CC0-1.0",
        trusted_hosts=("award.example.org", "a.example.org", "b.example.org"),
        seal_key=Path("/etc/award/seal.p12"), seal_password="secret", seal_timestamp_url="https://time.example.org")
    assert "secret" not in repr(settings)


def test_mail_comes_from_the_host_of_the_address(read):
    assert read(AWARD_BASE_URL="https://award.example.org").mail_from == "award@award.example.org"


@pytest.mark.parametrize(("given", "used"), [
    ("postgres://u:p@h:5432/d", "postgresql+psycopg://u:p@h:5432/d"),
    ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
    ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
    ("sqlite:////srv/award.db", "sqlite:////srv/award.db")])
def test_a_database_is_named_as_people_write_it(read, given, used):
    assert read(AWARD_DATABASE_URL=given).database_url == used


@pytest.mark.parametrize(("name", "value"), [
    ("AWARD_DATABASE_URL", "mysql://u@h/d"), ("AWARD_DATABASE_URL", "/srv/award.db"),
    ("AWARD_BASE_URL", "award.example.org"), ("AWARD_BASE_URL", "ftp://award.example.org"),
    ("AWARD_BASE_URL", "https://example.org/award"), ("AWARD_BASE_URL", "https://example.org?a=1"),
    ("AWARD_BASE_URL", "https://"), ("AWARD_SMTP_URL", "mail.example.org:25"), ("AWARD_SMTP_URL", "smtp://"),
    ("AWARD_SEAL_TIMESTAMP_URL", "time.example.org"),
    ("AWARD_PORT", "0"), ("AWARD_PORT", "65536"), ("AWARD_PORT", "8_000"), ("AWARD_PORT", "٣"), ("AWARD_PORT", "-1"),
    ("AWARD_MAX_UPLOAD", "20 MB"), ("AWARD_PROXIES", "6"), ("AWARD_DEMO", "maybe"),
    ("AWARD_OPEN_DATA_LICENCE", "MIT"), ("AWARD_OPEN_DATA_LICENCE", "cc0-1.0")])
def test_a_variable_that_cannot_be_used_is_named(read, name, value):
    with pytest.raises(Unusable, match=name):
        read(**{name: value})


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(read, tmp_path):
    first, second = read().secret_key, read().secret_key
    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]


def test_the_data_folder_is_made_for_its_owner_alone(read, tmp_path):
    read()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_processes_that_start_together_agree_on_the_key(read):
    with ThreadPoolExecutor(20) as pool:
        assert len({settings.secret_key for settings in pool.map(lambda _: read(), range(20))}) == 1


def test_a_damaged_key_is_refused_and_not_replaced(read, tmp_path):
    read()
    (tmp_path / "data" / "secret_key").write_text("short")
    with pytest.raises(Unusable, match="delete it"):
        read()


def test_secrets_do_not_show_when_settings_are_printed(read):
    shown = repr(read(AWARD_SECRET_KEY="planted-1", AWARD_DATABASE_URL="postgresql://u:planted-2@h/d",
                      AWARD_SMTP_URL="smtp://u:planted-3@h"))
    assert "planted" not in shown


@pytest.mark.parametrize(("address", "name", "secure"), [
    ("http://localhost:8000", "award", False), ("https://award.example.org", "__Host-award", True)])
def test_cookies_are_as_strict_as_the_address_allows(read, address, name, secure):
    flask = read(AWARD_BASE_URL=address).as_flask()
    assert {key: flask[key] for key in flask if key.startswith("SESSION_COOKIE")} == {
        "SESSION_COOKIE_NAME": name, "SESSION_COOKIE_SECURE": secure, "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax", "SESSION_COOKIE_PATH": "/"}
    assert flask["PERMANENT_SESSION_LIFETIME"] == timedelta(days=14)


def test_an_upload_leaves_room_for_the_form_around_it(read):
    flask = read(AWARD_MAX_UPLOAD="5000").as_flask()
    assert flask["MAX_CONTENT_LENGTH"] - flask["MAX_UPLOAD"] == 1024 * 1024


@pytest.mark.parametrize(("environment", "language"), [
    ({}, "en"), ({"LANG": "nl_BE.UTF-8"}, "nl"), ({"LANG": "nl_BE.UTF-8", "LC_MESSAGES": "fr_BE"}, "fr"),
    ({"LANG": "nl_BE", "LC_MESSAGES": "fr_BE", "LC_ALL": "de_DE.UTF-8"}, "de"), ({"LC_ALL": "C"}, "en"),
    ({"LC_ALL": "", "LANG": "FR"}, "fr"), ({"LANG": "pl_PL.UTF-8"}, "en")])
def test_the_terminal_speaks_the_language_of_its_user(environment, language):
    assert cli_language(environment) == language
