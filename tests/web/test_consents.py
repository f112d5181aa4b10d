"""The page on which a team consents to publication."""
import re

import pytest

from award import db
from award.models import Entry
from tests import builders as b
from tests.people import signed_in

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def entered(app, clock):
    """An entry that was submitted: its number, its round and clients by role."""
    clock.now = b.NOW
    with app.app_context(), db.transaction():
        people = {role: b.user(f"{role}@port.example") for role in ("organiser", "owner", "editor", "reader", "stranger")}
        round_ = b.round_(b.programme(people["organiser"]), state="open")
        entry = b.entry(round_, people["owner"])
        b.member(entry, people["editor"])
        b.member(entry, people["reader"], role="reader")
        b.entry(round_, title="Other")
        ids = {role: user.id for role, user in people.items()}
        entry, round_ = entry.id, round_.id
    return entry, round_, {role: signed_in(app, user) for role, user in ids.items()}


def consented(app, entry):
    with app.app_context():
        return db.session.get(Entry, entry).consented_at


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_team_reads_what_is_asked_consents_and_takes_it_back(app, entered):
    entry, round_, clients = entered
    address = f"/entries/{entry}/consent"
    assert f'href="{address}"' in clients["owner"].get(f"/entries/{entry}").text
    assert f'href="{address}"' in clients["owner"].get(f"/entries/{entry}/versions/1").text
    page = clients["owner"].get(address)
    assert "the summary and the long answers may be printed" in page.text
    assert 'type="checkbox"' not in page.text
    assert consented(app, entry) is None
    assert clients["editor"].post(address, data={"act": "give"}).location == f"/entries/{entry}"
    assert consented(app, entry) == b.NOW
    assert "1 of 2 teams consent to publication" in plain(clients["organiser"].get(f"/rounds/{round_}/entries"))
    assert "Take back the consent?" in clients["owner"].get(address).text
    clients["owner"].post(address, data={"act": "take_back"})
    assert consented(app, entry) is None


@pytest.mark.parametrize(("who", "status"), [("reader", 404), ("stranger", 404), ("organiser", 403)])
def test_only_those_who_write_answer(app, entered, who, status):
    entry, _round, clients = entered
    assert clients[who].post(f"/entries/{entry}/consent", data={"act": "give"}).status_code == status
    assert consented(app, entry) is None
    assert f"/entries/{entry}/consent" not in clients[who].get(f"/entries/{entry}").text


def test_a_form_that_does_not_say_which_changes_nothing(app, entered):
    entry, _round, clients = entered
    assert clients["owner"].post(f"/entries/{entry}/consent").status_code == 400
    assert consented(app, entry) is None


def test_once_the_round_is_archived_the_page_says_so(app, entered):
    entry, round_, clients = entered
    with app.app_context(), db.transaction():
        db.session.get(Entry, entry).round.state = "archived"
    assert clients["owner"].get(f"/entries/{entry}/consent").status_code == 409
    assert f"/entries/{entry}/consent" not in clients["owner"].get(f"/entries/{entry}").text
