"""The organiser takes back a conflict that was named or detected in error, then assigns the pair again."""

import pytest

from award import db
from award.models import Assignment, Conflict, Entry, Juror
from tests import jury
from tests.people import signed_in


@pytest.fixture
def world(app):
    """A stage that is scored, with a conflict named at a ballot that is in."""
    made = jury.made(app, submitted=[(0, 0)])
    client = signed_in(app, made["organiser"])
    answer = client.post(f"/jurors/{made['jurors'][0]}/conflicts/new", data={"entry": made["entries"][0], "reason": "own work"})
    assert answer.status_code == 303
    return made


def test_a_named_conflict_is_taken_back_with_a_reason_and_the_pair_assigned_again(app, world):
    client, where = signed_in(app, world["organiser"]), f"/jurors/{world['jurors'][0]}/conflicts/return"
    assert f'href="{where}"' in client.get(f"/jurors/{world['jurors'][0]}/conflicts/new").text
    assert "LA27-001 · Entry 0" in client.get(where).text
    without = client.post(where, data={"entry": world["entries"][0], "reason": " "})
    assert (without.status_code, "Say why it is no conflict of interest." in without.text) == (422, True)
    assert client.post(where, data={"entry": world["entries"][1], "reason": "x"}).status_code == 422
    assert client.post(where, data={"entry": world["entries"][0], "reason": "Another town"}).status_code == 303
    with app.app_context():
        assert db.session.query(Conflict).count() == 0
    assert "There is no conflict here that you can take back." in client.get(where).text
    pair = {"entry": world["entries"][0], "juror": world["jurors"][0]}
    assert client.post(f"/stages/{world['stage']}/assignments/pair", data=pair).status_code == 303
    with app.app_context():
        assert db.session.get(Assignment, world["pairs"][0, 0]).state == "notified"
    assert "Entry 0" in signed_in(app, world["people"][0]).get(f"/jurors/{world['jurors'][0]}").text


def test_a_conflict_that_the_juror_declared_is_not_offered(app, world):
    with app.app_context(), db.transaction() as session:
        jury.conflict(session.get(Juror, world["jurors"][1]), session.get(Entry, world["entries"][1]))
    client, where = signed_in(app, world["organiser"]), f"/jurors/{world['jurors'][1]}/conflicts/return"
    assert "There is no conflict here that you can take back." in client.get(where).text
    assert client.post(where, data={"entry": world["entries"][1], "reason": "x"}).status_code == 422


def test_only_the_organiser_takes_conflicts_back(app, world):
    where = f"/jurors/{world['jurors'][0]}/conflicts/return"
    for person in (world["people"][0], world["people"][1], world["teams"][0]):
        assert signed_in(app, person).get(where).status_code == 404
        assert signed_in(app, person).post(where, data={"entry": world["entries"][0], "reason": "x"}).status_code == 404
