"""A special award from its rules to what everybody reads: frozen with the rules of its stage, said in the reader's language."""

import json
import re

import pytest

from award import db
from award.services import rulebooks
from tests import builders as b
from tests.people import signed_in


@pytest.fixture
def frozen(app, clock):
    """(id of a frozen rulebook, of its round, of its organiser): a special award for one named entry, on a criterion that counts for it only."""
    clock.now = b.NOW
    with app.app_context(), db.transaction():
        organiser = b.user()
        round_ = b.round_(b.programme(organiser), state="judging", languages=["en", "nl"])
        stage = b.stage(round_)
        b.criterion(stage, "Impact", 60)
        courage = b.criterion(stage, "Courage", 0)
        courage.name = {"en": "Courage", "nl": "Moed"}
        award = b.special_award(stage, {courage: 3}, entries=[b.entry(round_).number])
        award.name, award.description = {"en": "First Penguin", "nl": "Eerste pinguïn"}, {"en": "For trying.", "nl": "Voor de poging."}
        row = rulebooks.freeze(stage, actor=organiser, now=b.NOW)
        stage.state = "open"
        return row.id, round_.id, organiser.id


def lines(client, address, language):
    page = client.get(address, headers={"Accept-Language": language}).text
    return [line for line in re.findall(r"<li>(.*?)</li>", page) if "Penguin" in line or "pinguïn" in line]


def test_the_frozen_rules_and_the_call_tell_of_it_in_the_readers_language(app, frozen):
    rulebook, round_, _organiser = frozen
    english = ["Special award “First Penguin”, for named entries: a ranking of its own by Courage 100%."]
    dutch = ["Bijzondere prijs ‘Eerste pinguïn’, voor aangewezen inzendingen: een eigen rangschikking volgens Moed 100%."]
    visitor = app.test_client()
    for address in (f"/rulebooks/{rulebook}", f"/rounds/{round_}/call"):
        assert (lines(visitor, address, "en"), lines(visitor, address, "nl")) == (english, dutch)
    assert "For trying." in visitor.get(f"/rounds/{round_}/call").text


def test_the_file_of_the_rules_holds_it(app, frozen):
    rulebook, round_, _organiser = frozen
    kept = json.loads(app.test_client().get(f"/rulebooks/{rulebook}.json").data)
    assert kept["special"] == [{"name": "First Penguin", "criterion": [{"name": "Courage", "share": 3}], "entries": ["LA27-001"]}]


def test_once_scoring_is_open_its_page_is_only_read(app, frozen):
    _rulebook, _round, organiser = frozen
    client = signed_in(app, organiser)
    page = client.get("/stages/1/special-awards").text
    assert "The rules are published, so what counts for a special award is fixed." in page
    assert re.findall(r'href="/special-awards/[^"]*"', page) == []
    assert [client.get(f"/special-awards/1{path}").status_code for path in ("", "/entries", "/delete")] == [409, 409, 409]
    assert [client.post(f"/special-awards/1/{path}", data={"direction": "up"}).status_code for path in ("move", "delete")] == [409, 409]
