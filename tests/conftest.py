"""What every test may ask for: a database, the application, a mailbox, a browser. In CI nothing may be skipped."""
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from werkzeug.serving import make_server

from config import Settings
from tests import browsers, databases, mailbox, postgres

ROOT = Path(__file__).parent.parent
CI = os.environ.get("CI") == "true"
LONGEST = ("test_story.py", "test_story_without_javascript", "test_verapdf", "test_every_page", "test_demo",
           "test_run.py", "test_pdf")
SHARED = pytest.StashKey[Path]()

hypothesis.settings.register_profile("award", deadline=None, derandomize=CI, print_blob=True)
hypothesis.settings.load_profile("award")


def pytest_addoption(parser):
    parser.addoption("--database", choices=("usual", "both", "sqlite", "postgresql"), default="usual",
                     help="the databases that tests of the application run on; usual: both, but SQLite alone for tests of pages "
                          "that are not marked `both_databases`")


def pytest_configure(config):
    """The first process of the run makes the folder that its workers share, and compiles stale catalogues."""
    if hasattr(config, "workerinput"):
        config.stash[SHARED] = Path(config.workerinput["shared"])
        return
    config.stash[SHARED] = Path(tempfile.mkdtemp(prefix="award-tests-"))
    for words in (ROOT / "award" / "translations").glob("*/LC_MESSAGES/*.po"):
        compiled = words.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            compiler = [sys.executable, "-m", "babel.messages.frontend", "-q", "compile"]
            subprocess.run([*compiler, "-i", words, "-o", compiled], check=True)


def pytest_collection_modifyitems(items):
    """The files with the longest tests go first, so that no process is left alone with them at the end."""
    items.sort(key=lambda item: next((place for place, name in enumerate(LONGEST) if name in item.nodeid.partition("::")[0]), len(LONGEST)))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    node.workerinput["shared"] = str(node.config.stash[SHARED])


def pytest_unconfigure(config):
    if SHARED in config.stash and not hasattr(config, "workerinput"):
        postgres.stop(config.stash[SHARED])
        shutil.rmtree(config.stash[SHARED], ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _never_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _never_skipped((yield))


def _never_skipped(report):
    if CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped or expected to fail, which CI does not accept: {report.longrepr}"
        vars(report).pop("wasxfail", None)
    return report


def pytest_generate_tests(metafunc):
    chosen_by_test = any(mark.args[0] == "database" for mark in metafunc.definition.iter_markers("parametrize"))
    if "database" in metafunc.fixturenames and not chosen_by_test:
        metafunc.parametrize("database", _databases(metafunc), indirect=True)


def _databases(metafunc):
    """A page rests on use cases, which are tested on both databases; so one is enough for it, unless its test is about the database."""
    chosen = metafunc.config.getoption("--database")
    if chosen in ("sqlite", "postgresql"):
        return [chosen]
    page = metafunc.definition.path.parent.name in ("web", "rules") and not metafunc.definition.get_closest_marker("both_databases")
    return ["sqlite"] if page and chosen == "usual" else ["sqlite", "postgresql"]


@pytest.fixture
def database(request):
    """"sqlite" or "postgresql": a test that asks for it, or for what rests on it, runs on both."""
    return request.param


@pytest.fixture
def database_url(database, request, tmp_path):
    """The address of a fresh, migrated, empty database."""
    shared = request.config.stash[SHARED]
    if database == "sqlite":
        return databases.sqlite(shared, tmp_path)
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return databases.postgresql(shared, f"test_{worker}")


@pytest.fixture
def settings(database_url, tmp_path):
    """Settings of an application under test; change them with `dataclasses.replace`."""
    port = postgres.free_port()
    (tmp_path / "data").mkdir(exist_ok=True)
    return Settings(secret_key="a key for tests only, of sufficient length", database_url=database_url,
                    data_dir=tmp_path / "data", base_url=f"http://localhost:{port}", port=port,
                    mail_from="award@example.org", trusted_hosts=("localhost", "127.0.0.1"), testing=True)


@pytest.fixture
def app(settings):
    """The application. Forms need no token; a test of the token sets `app.config["WTF_CSRF_ENABLED"] = True`."""
    from tests.applications import application

    with application(settings) as app:
        yield app


@pytest.fixture
def clock(app):
    """The application's clock, stopped: `clock.now = …` sets it."""
    clock = Clock()
    app.config["CLOCK"] = clock
    return clock


class Clock:
    """Gives the same instant until another is set."""

    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def client(app):
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def context(app):
    """The application's context, for use cases called without a page; requests of a client stay outside it."""
    with app.app_context():
        yield app


@pytest.fixture
def served(app, settings):
    """The address at which the application really answers, with tokens, for browsers and other programs."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", settings.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def smtp():
    """A real mail server: `smtp.url` for the settings, `smtp.messages` what it received."""
    received, server = mailbox.start()
    yield received
    server.stop()


@pytest.fixture
def open_browser():
    """A function that opens a browser: open_browser(javascript=False, language="nl", width=390, dark=True)."""
    opened = []

    def open_(**wishes):
        opened.append(browsers.start(**wishes))
        return opened[-1]

    yield open_
    for driver in opened:
        driver.quit()


@pytest.fixture
def browser(open_browser):
    """An open browser, with JavaScript."""
    return open_browser()


@pytest.fixture
def axe():
    """axe(driver) gives what axe-core finds wrong on the page; a good page gives []."""
    return browsers.axe
