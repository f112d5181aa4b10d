"""Settings. The only file that reads the environment; docs/operations.md lists every variable."""
import os
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

LANGUAGES = ("nl", "fr", "de", "en")
LICENCES = ("CC-BY-4.0", "CC0-1.0")
MEBIBYTE = 1024 * 1024
KEY_BYTES = 32
TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


class Unusable(ValueError):
    """A variable of the environment cannot be used; the message names it and says what it should be."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    secret_key: str = field(repr=False)
    database_url: str = field(repr=False)
    data_dir: Path
    base_url: str
    port: int = 8000
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "award@localhost"
    demo: bool = False
    max_upload: int = 20 * MEBIBYTE
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    open_data_licence: str = LICENCES[0]
    seal_key: Path | None = None
    seal_password: str = field(default="", repr=False)
    seal_timestamp_url: str | None = field(default=None, repr=False)
    testing: bool = False

    @property
    def secure(self):
        """Whether people reach the application over https."""
        return self.base_url.startswith("https://")

    def as_flask(self):
        """The settings as Flask, its extensions and `award.db.setting` know them."""
        return {
            "SECRET_KEY": self.secret_key, "DATABASE_URL": self.database_url, "DATA_DIR": self.data_dir,
            "BASE_URL": self.base_url, "PORT": self.port, "SMTP_URL": self.smtp_url, "MAIL_FROM": self.mail_from,
            "DEMO": self.demo, "TESTING": self.testing, "PROXIES": self.proxies, "MAX_UPLOAD": self.max_upload,
            "SEAL_KEY": self.seal_key, "SEAL_PASSWORD": self.seal_password, "SEAL_TIMESTAMP_URL": self.seal_timestamp_url,
            "OPEN_DATA_LICENCE": self.open_data_licence,
            "MAX_CONTENT_LENGTH": self.max_upload + MEBIBYTE, "MAX_FORM_MEMORY_SIZE": MEBIBYTE, "MAX_FORM_PARTS": 5000,
            "TRUSTED_HOSTS": list(self.trusted_hosts) or None, "PREFERRED_URL_SCHEME": urlsplit(self.base_url).scheme,
            "SESSION_COOKIE_NAME": "__Host-award" if self.secure else "award", "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True, "SESSION_COOKIE_SAMESITE": "Lax", "SESSION_COOKIE_PATH": "/",
            "PERMANENT_SESSION_LIFETIME": timedelta(days=14), "SESSION_REFRESH_EACH_REQUEST": False,
            "REMEMBER_COOKIE_SECURE": self.secure, "REMEMBER_COOKIE_HTTPONLY": True, "REMEMBER_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": None, "WTF_CSRF_SSL_STRICT": self.secure,
            "BABEL_DEFAULT_LOCALE": "en", "BABEL_DEFAULT_TIMEZONE": "Europe/Brussels", "LANGUAGES": LANGUAGES,
            "SEND_FILE_MAX_AGE_DEFAULT": timedelta(hours=1),
        }


def from_environment(environment=os.environ):
    """The settings that the environment asks for; the data folder, and in it a secret key, are made when absent."""
    data_dir = Path(environment.get("AWARD_DATA_DIR") or "var").resolve()
    port = _whole(environment, "AWARD_PORT", 8000, most=65_535)
    base_url = _base_url(environment, port)
    return Settings(
        data_dir=_private_folder(data_dir),
        secret_key=environment.get("AWARD_SECRET_KEY") or _kept_key(data_dir / "secret_key"),
        database_url=_database_url(environment.get("AWARD_DATABASE_URL") or f"sqlite:///{data_dir / 'award.db'}"),
        base_url=base_url,
        port=port,
        smtp_url=_smtp_url(environment),
        mail_from=environment.get("AWARD_MAIL_FROM") or f"award@{urlsplit(base_url).hostname}",
        demo=_yes(environment, "AWARD_DEMO"),
        max_upload=_whole(environment, "AWARD_MAX_UPLOAD", 20 * MEBIBYTE, most=1024 * MEBIBYTE),
        trusted_hosts=_trusted_hosts(environment, base_url),
        proxies=_whole(environment, "AWARD_PROXIES", 0, least=0, most=5),
        open_data_licence=_licence(environment),
        seal_key=Path(environment["AWARD_SEAL_KEY"]).resolve() if environment.get("AWARD_SEAL_KEY") else None,
        seal_password=environment.get("AWARD_SEAL_PASSWORD") or "",
        seal_timestamp_url=_timestamp_url(environment),
    )


def cli_language(environment=os.environ):
    """The language of the terminal, by the rule of POSIX: the first that is set of LC_ALL, LC_MESSAGES, LANG."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            language = environment[name][:2].lower()
            return language if language in LANGUAGES else "en"
    return "en"


def _private_folder(path):
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _kept_key(path):
    """The key in the file, made once and readable by its owner alone; whoever comes second reads the first one's."""
    try:
        return _read_key(path)
    except FileNotFoundError:
        pass
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
    return _read_key(path)


def _read_key(path):
    key = path.read_text().strip()
    if len(key) < KEY_BYTES:
        raise Unusable(f"{path} holds no usable key; delete it and a new one is made (everybody signs in again)")
    return key


def _database_url(url):
    """PostgreSQL through psycopg 3, however the address is written; SQLite by a path."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise Unusable("AWARD_DATABASE_URL must begin with sqlite:/// or postgresql://")


def _base_url(environment, port):
    url = (environment.get("AWARD_BASE_URL") or f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise Unusable("AWARD_BASE_URL must be an address without a path, such as https://award.example.org")
    return url


def _smtp_url(environment):
    url = environment.get("AWARD_SMTP_URL") or None
    if url and (urlsplit(url).scheme not in {"smtp", "smtps"} or not urlsplit(url).hostname):
        raise Unusable("AWARD_SMTP_URL must look like smtp://user:password@mail.example.org:587 (or smtps://)")
    return url


def _timestamp_url(environment):
    url = environment.get("AWARD_SEAL_TIMESTAMP_URL") or None
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise Unusable("AWARD_SEAL_TIMESTAMP_URL must be an address such as http://timestamp.example.org")
    return url


def _licence(environment):
    licence = environment.get("AWARD_OPEN_DATA_LICENCE") or LICENCES[0]
    if licence not in LICENCES:
        raise Unusable(f"AWARD_OPEN_DATA_LICENCE must be one of {', '.join(LICENCES)}")
    return licence


def _trusted_hosts(environment, base_url):
    named = [host.strip() for host in environment.get("AWARD_TRUSTED_HOSTS", "").split(",") if host.strip()]
    own = urlsplit(base_url).hostname
    local = ["localhost", "127.0.0.1"] if own == "localhost" else []
    return tuple(dict.fromkeys([own, *local, *named]))


def _whole(environment, name, default, *, least=1, most):
    value = environment.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise Unusable(f"{name} must be a whole number from {least} to {most}")
    return int(value)


def _yes(environment, name):
    value = environment.get(name, "").lower()
    if value not in TRUE | FALSE:
        raise Unusable(f"{name} must be 1 or 0")
    return value in TRUE
