"""The history of a programme: read by who holds an office in it, complete, and to be taken along."""

import json

import pytest

from award.db import session, transaction
from award.models import Programme
from award.services import history, standings
from tests import builders as b
from tests import world
from tests.people import signed_in


@pytest.fixture
def found(app):
    """(numbers of people by role, numbers of the objects)."""
    with app.app_context(), transaction():
        people, ids = world.build(rows=1)
        return {role: user.id for role, user in people.items()}, ids


def test_what_an_organiser_does_to_the_programme_stands_in_its_history(app, found):
    people, ids = found
    organiser, auditor = (signed_in(app, people[role]) for role in ("organiser", "auditor"))
    address = f"/programmes/{ids['programme_id']}"
    assert "Nothing has happened yet." in auditor.get(f"{address}/history").text
    assert organiser.post(f"{address}/offices", data={"email": "new@court.example", "kind": "auditor"}).status_code == 303
    given = {"name-en": "Torch Award", "organiser-en": "Office", "contact": "award@office.example", "version": "1"}
    assert organiser.post(f"{address}/edit", data=given).status_code == 303
    page = auditor.get(f"{address}/history").text
    assert page.index("Programme changed") < page.index("Office given") < page.index("Check it")
    assert f'href="{address}/history"' in auditor.get(address).text
    lines = [json.loads(line) for line in auditor.get(f"{address}/history.jsonl").text.splitlines()]
    assert [line["act"] for line in lines] == ["office_given", "programme_changed"]
    assert {line["programme_id"] for line in lines} == {ids["programme_id"]}
    assert "@" not in str(lines)
    with app.app_context():
        assert lines[1]["hash"] == history.head(session.get(Programme, ids["programme_id"]))


@pytest.mark.parametrize("role", ["team", "juror", "stranger", "administrator"])
def test_the_history_of_a_programme_is_closed_to_others(app, found, role):
    people, ids = found
    client = signed_in(app, people[role])
    for page in ("history", "history.jsonl"):
        assert client.get(f"/programmes/{ids['programme_id']}/{page}").status_code == 404


def test_saved_drafts_are_no_news_on_the_page_of_the_round_and_stand_in_its_history(app):
    with app.app_context(), transaction():
        round_ = b.round_()
        for act in ("round_created", "entry_saved", "ballot_saved"):
            history.add(round_, act, actor=None, now=b.NOW)
        session.refresh(round_)
        assert [e.act for e in standings.of_round(round_, now=b.NOW).events] == ["round_created"]
        assert len(history.newest(round_)) == 3
