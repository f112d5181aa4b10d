"""What the tests themselves stand on: databases of their own, a mailbox, a browser, nothing skipped in CI."""
import re
import smtplib
import subprocess
import sys
from email.message import EmailMessage
from urllib.parse import quote

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

import award.models  # noqa: F401  (fills the metadata)
from award import db
from tests import databases
from tests.gate import faults

PAGE = "data:text/html;charset=utf-8," + quote(
    '<!doctype html><html lang="en"><title>A page</title><main><h1>Before</h1>{}</main>'
    '<script>document.querySelector("h1").textContent = "After"</script></html>', safe="{}")


@pytest.fixture
def engine(database_url):
    engine = db.open_engine(database_url)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_tables_of_the_models(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}),
                                db.Base.metadata) == []


def test_migrations_run_backwards_to_nothing_and_forwards_again(database_url, engine):
    whole = set(inspect(engine).get_table_names())
    engine.dispose()
    databases.migrate(database_url, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    engine.dispose()
    databases.migrate(database_url)
    assert set(inspect(engine).get_table_names()) == whole


@pytest.mark.parametrize("what_is_left", ["a constraint altered", "a table with a row", "nothing"])
def test_each_test_has_a_database_as_the_migrations_make_it(engine, what_is_left):
    with engine.begin() as connection:
        tables = inspect(connection)
        assert not any(key["options"] for key in tables.get_foreign_keys("attachment"))
        assert not tables.has_table("left_behind")
        if what_is_left == "a constraint altered" and connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE attachment ALTER CONSTRAINT fk_attachment_field_id_field DEFERRABLE"))
        if what_is_left == "a table with a row":
            connection.execute(text("CREATE TABLE left_behind (time text)"))
            connection.execute(text("INSERT INTO left_behind VALUES ('now')"))


def test_the_mailbox_receives_what_is_sent_to_it(smtp):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "award@example.org", "juror@example.org", "Uitnodiging jury é"
    message.set_content("Beste juré,\n")
    host, port = smtp.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as connection:
        connection.send_message(message)
    assert [(m["Subject"], m.get_content()) for m in smtp.messages] == [("Uitnodiging jury é", "Beste juré,\n")]
    assert smtp.recipients == [["juror@example.org"]]


@pytest.mark.parametrize(("javascript", "heading"), [(True, "After"), (False, "Before")])
def test_the_browser_obeys_whether_scripts_run(open_browser, javascript, heading):
    driver = open_browser(javascript=javascript)
    driver.get(PAGE.format(""))
    assert driver.find_element("tag name", "h1").text == heading


def test_axe_finds_a_picture_without_words_and_nothing_on_a_good_page(browser, axe):
    browser.get(PAGE.format(""))
    assert axe(browser) == []
    browser.get(PAGE.format(quote('<img src="data:,">')))
    assert [rule for rule, _help, _elements in axe(browser)] == ["image-alt"]


SKIPPED = ["@pytest.mark.skip(reason='later')\ndef test_a(): pass", "def test_a(): pytest.skip('no browser')",
           "@pytest.mark.xfail\ndef test_a(): assert False", "pytest.importorskip('absent_package')",
           "pytest.skip('no machine', allow_module_level=True)"]


@pytest.mark.parametrize(("ci", "refused"), [("true", len(SKIPPED)), ("false", 0)])
def test_in_ci_a_skipped_test_fails_and_elsewhere_it_does_not(tmp_path, ci, refused):
    for number, test in enumerate(SKIPPED):
        (tmp_path / f"test_{number}.py").write_text(f"import pytest\n{test}\n")
    (tmp_path / "test_whole.py").write_text("def test_b(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "-c",
               "pyproject.toml", "--continue-on-collection-errors", str(tmp_path)]
    run = subprocess.run(command, env={"PATH": "/usr/bin:/bin", "CI": ci}, capture_output=True, text=True, check=False)
    closing = run.stdout.splitlines()[-1]
    assert sum(int(number) for number in re.findall(r"(\d+) (?:failed|error)", closing)) == refused
    assert "1 passed" in closing
    assert run.returncode == (1 if refused else 0)


def _measured(path, percent, branches):
    return {"files": {path: {"summary": {"percent_covered": percent}}},
            "totals": {"covered_branches": branches, "num_branches": 1000}}


@pytest.mark.parametrize(("measured", "found"), [
    (_measured("award/domain/ranking.py", 100, 950), []),
    (_measured("award/web/rounds.py", 40, 950), []),
    (_measured("award/domain/ranking.py", 99.9, 950), ["award/domain/ranking.py: 99.9 % covered, must be 100 %"]),
    (_measured("award/permissions.py", 90, 950), ["award/permissions.py: 90.0 % covered, must be 100 %"]),
    (_measured("award/web/rounds.py", 40, 949), ["94.9 % of branches covered, must be 95 %"])])
def test_the_gate_on_coverage_closes_where_it_should(measured, found):
    assert faults(measured) == found
