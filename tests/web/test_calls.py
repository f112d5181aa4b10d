"""Calls, for everybody."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from award import db
from award.models import Round
from tests import builders as b
from tests.people import signed_in
from tests.web.writing import begin


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return begin(app, title={"en": "Round 2027", "nl": "Editie 2027"}, purpose={"en": "For those who dared."})


def call(world):
    return f"/rounds/{world.round}/call"


def change(app, world, **values):
    with app.app_context(), db.transaction():
        round_ = db.session.get(Round, world.round)
        for name, value in values.items():
            setattr(round_, name, value)
        return round_


def test_a_visitor_finds_the_open_call_and_where_to_start(world):
    listed = world.clients["visitor"].get("/calls").text
    assert f'href="{call(world)}"' in listed
    page = world.clients["visitor"].get(call(world)).text
    assert "For those who dared." in page
    assert "Wednesday, 31 March 2027 at 14:00 (Brussels time)" in page.replace("\u00a0", " ")
    assert f'href="/rounds/{world.round}/entries/new"' in page


def test_the_call_shows_criteria_with_shares_anchors_and_ties(app, world):
    with app.app_context(), db.transaction():
        stage = b.stage(db.session.get(Round, world.round), rules={"ties": ["criterion:Impact"]})
        b.criterion(
            stage,
            "Impact",
            3,
            description={"en": "What is better?"},
            anchors={"5": {"en": "Lasting gains"}},
            threshold=2,
        )
        b.criterion(stage, "Novelty", 1)
    page = world.clients["visitor"].get(call(world)).text
    for words in (
        "What is better?",
        "Lasting gains",
        "75%",
        "25%",
        "An average below 2 leaves an entry without a place.",
        "The higher average on Impact.",
        "Then the place is shared.",
        "The jury is being composed.",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"opens_at": b.NOW + timedelta(days=1)}, "The call has not opened yet"),
        ({"closes_at": b.NOW}, "The call is closed"),
        ({"state": "judging"}, "The call is closed"),
        ({"state": "published"}, "The result is public"),
    ],
)
def test_a_call_that_is_not_open_says_so_and_offers_no_start(app, world, values, words):
    change(app, world, **values)
    page = world.clients["visitor"].get(call(world)).text
    assert words in page
    assert "/entries/new" not in page


def test_a_round_being_prepared_is_seen_by_its_organiser_alone(app, world):
    change(app, world, state="draft")
    assert world.clients["visitor"].get(call(world)).status_code == 404
    assert world.clients["stranger"].get(call(world)).status_code == 404
    assert "Preview: not public yet" in world.clients["organiser"].get(call(world)).text
    assert "No call is open" in world.clients["visitor"].get("/calls").text


def test_who_has_an_entry_is_led_to_it(world):
    page = world.clients["nora"].get(call(world)).text
    assert f'class="button primary" href="/entries/{world.entry}"' in page


@pytest.mark.parametrize(("language", "title"), [("nl", "Editie 2027"), ("en", "Round 2027"), ("fr", "Round 2027")])
def test_texts_of_the_organiser_fall_back(world, language, title):
    page = world.clients["visitor"].get(call(world), headers={"Accept-Language": language}).text
    assert re.search(r"<h1>([^<]*)</h1>", page)[1] == title


def test_the_list_of_calls_costs_the_same_for_3_and_30(app, world):
    statements = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))
    costs = []
    for rows in (3, 27):
        with app.app_context(), db.transaction():
            for _row in range(rows):
                b.round_(state="open")
        client = signed_in(app, None)
        statements.clear()
        assert client.get("/calls").status_code == 200
        costs.append(len(statements))
    assert costs == [1, 1]
