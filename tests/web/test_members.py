"""The page of the team."""

import pytest
from sqlalchemy import func, select

from award import db
from award.models import Mail, Member
from tests import builders as b
from tests.web.test_entries import faults
from tests.web.writing import begin

INVITED = {"email": "new@town.example", "name": "New Colleague", "organisation": "Town", "role": "reader"}


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return begin(app)


def address(world):
    return f"/entries/{world.entry}/members"


def number(app, model):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def test_a_colleague_is_invited_and_follows_the_link_into_the_entry(app, world):
    answer = world.clients["nora"].post(address(world), data=INVITED)
    assert (answer.status_code, answer.location) == (303, address(world))
    page = world.clients["nora"].get(address(world)).text
    assert "new@town.example is invited." in page
    assert "read, invitation not yet accepted" in page
    with app.app_context():
        body = db.session.scalar(select(Mail.body).order_by(Mail.id.desc()))
    link = "/links/" + body.split("/links/")[1].split()[0]
    newcomer = app.test_client()
    assert newcomer.get(link).status_code == 200
    followed = newcomer.post(link)
    assert followed.status_code == 303
    assert newcomer.get(f"/entries/{world.entry}").status_code == 200
    assert newcomer.get(followed.location).status_code == 200


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"email": "nobody"}, "E-mail address: Write an e-mail address such as name@example.org."),
        ({"email": "TOM@port.example"}, "E-mail address: tom@port.example is already in the team."),
        ({"name": ""}, "Name: Write the name of your colleague."),
        ({"organisation": " "}, "Organisation: Name the organisation your colleague works for."),
        ({"role": "owner"}, "What your colleague may do: Choose one of the answers listed."),
        (
            {"joined_at": "now"},
            "The form sent something this page does not ask for. Load the page again and send it once more.",
        ),
    ],
)
def test_a_faulty_invitation_gets_the_page_back(app, world, change, message):
    before = number(app, Member)
    answer = world.clients["nora"].post(address(world), data=INVITED | change)
    assert (answer.status_code, faults(answer)) == (422, [message])
    assert (number(app, Member), number(app, Mail)) == (before, 0)


def test_a_member_is_removed_and_loses_sight_of_the_entry(world):
    assert world.clients["tom"].get(f"/entries/{world.entry}").status_code == 200
    assert world.clients["nora"].post("/members/2/removal").location == address(world)
    assert world.clients["tom"].get(f"/entries/{world.entry}").status_code == 404


def test_who_leaves_the_team_goes_home_and_the_owner_stays(world):
    assert world.clients["tom"].post("/members/2/removal").location == "/"
    assert world.clients["nora"].post("/members/1/removal").status_code == 409


@pytest.mark.parametrize(("who", "status"), [("reader", 404), ("stranger", 404), ("organiser", 403), ("visitor", 303)])
def test_only_those_who_write_see_and_change_the_team(app, world, who, status):
    before = number(app, Member)
    assert world.clients[who].get(address(world)).status_code == status
    assert world.clients[who].post(address(world), data=INVITED).status_code == (401 if who == "visitor" else status)
    assert world.clients[who].post("/members/2/removal").status_code == status
    assert number(app, Member) == before
