"""Signing in and out, mailed links, one's own account: what an answer tells, what it sets, what it ends."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from award import create_app
from award.db import session, transaction
from award.models import Attempt, Link, Mail, SignIn, User
from award.services import accounts, links, passwords
from award.web.clock import now
from tests import builders as b
from tests.people import signed_in

GOOD = "four words in a row"


@pytest.fixture
def person(app):
    """A person with a confirmed address and a password: the number of the row."""
    with app.app_context(), transaction():
        return b.user("an@town.example", name="An Peeters", password_hash=passwords.scramble(GOOD)).id


def post(client, path, **values):
    return client.post(path, data=values)


def sign_in(client, email="an@town.example", password=GOOD, **values):
    return post(client, "/sign-in", email=email, password=password, **values)


def count(app, model):
    with app.app_context():
        return session.scalar(select(func.count()).select_from(model))


def make_link(app, person, purpose="sign_in", **values):
    with app.app_context(), transaction():
        address = links.make(session.get(User, person), purpose, now=now(), **values)
    return "/links/" + address.partition("/links/")[2]


def plain(answer):
    """The page without what differs at each answer: tokens and keys."""
    return re.sub(r'value="[^"]{20,}"', "", answer.text)


def test_the_right_password_signs_in_and_leads_home(client, person):
    answer = sign_in(client, email=" AN@town.example ")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "An Peeters" in client.get("/account").text


def test_signing_in_leads_on_to_the_page_that_was_asked_for(client, person):
    asked = client.get("/account")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/account")
    assert 'name="next" type="hidden" value="/account"' in client.get(asked.location).text
    assert sign_in(client, next="/account").location == "/account"


def test_signing_in_never_leads_to_another_site(client, person):
    assert sign_in(client, next="//evil.example").location == "/"


def test_a_wrong_password_and_an_unknown_or_unconfirmed_address_look_the_same(app, client, person):
    with app.app_context(), transaction():
        b.user("new@town.example", password_hash=passwords.scramble(GOOD), confirmed_at=None)
    answers = [
        sign_in(client, email=email, password=password)
        for email, password in (
            ("an@town.example", "not the password"),
            ("no@town.example", GOOD),
            ("new@town.example", GOOD),
        )
    ]
    assert [a.status_code for a in answers] == [422, 422, 422]
    pages = {plain(a).replace(email, "") for a, email in zip(answers, ("an@town.example", "no@town.example", "new@town.example"), strict=True)}
    assert len(pages) == 1


def test_of_many_guesses_ten_are_checked_and_the_owner_still_gets_in_by_mail(app, client, person):
    statuses = [sign_in(client, password=f"guess number {n}").status_code for n in range(40)]
    assert statuses == [422] * 10 + [429] * 30
    assert "Wait 5 minutes" in sign_in(client).text
    assert client.post(make_link(app, person)).status_code == 303


def test_forged_forward_headers_do_not_hide_where_guesses_come_from(client):
    statuses = [
        client.post(
            "/sign-in",
            data={"email": f"p{n}@town.example", "password": "x"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(12)
    ]
    assert statuses == [422] * 10 + [429] * 2


def test_signing_in_gives_a_new_token_and_ends_the_one_before(app, client, person):
    sign_in(client)
    with client.session_transaction() as cookie:
        first = cookie["_user_id"]
    sign_in(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first
    assert count(app, SignIn) == 1


def test_signing_out_ends_the_sign_in_on_the_server(app, client, person):
    sign_in(client)
    cookie = client.get_cookie("award").value
    assert post(client, "/sign-out").location == "/"
    assert count(app, SignIn) == 0
    thief = app.test_client()
    thief.set_cookie("award", cookie)
    assert thief.get("/account").status_code == 303


def test_opening_a_link_shows_a_page_and_uses_nothing_up(app, client, person):
    path = make_link(app, person)
    for _ in range(3):
        page = client.get(path)
        assert (page.status_code, "an@town.example" in page.text) == (200, True)
        assert client.head(path).status_code == 200
    assert count(app, SignIn) == 0
    assert client.post(path).location == "/"
    assert "An Peeters" in client.get("/account").text


def test_a_used_link_says_so_and_a_new_one_can_be_had_by_mail(app, client, person):
    path = make_link(app, person)
    client.post(path)
    visitor = app.test_client()
    for answer in (visitor.get(path), visitor.post(path)):
        assert (answer.status_code, "does not work any more" in answer.text) == (410, True)
    assert visitor.post(f"{path.partition('?')[0]}/again").location == "/sign-in/sent"
    with app.app_context():
        assert session.scalars(select(Mail.address)).all() == ["an@town.example"]
    assert count(app, Link) == 2


def test_an_unknown_link_says_so(client):
    for answer in (client.get("/links/guessed"), client.post("/links/guessed"), client.post("/links/guessed/again")):
        assert answer.status_code == 404


def test_a_link_of_somebody_else_warns_and_then_switches_the_person(app, client, person):
    with app.app_context(), transaction():
        other = b.user("jo@port.example", name="Jo Dubois").id
    sign_in(client)
    path = make_link(app, other)
    assert "You are signed in as An Peeters" in client.get(path).text
    client.post(path)
    assert "Jo Dubois" in client.get("/account").text


def test_a_link_leads_on_to_the_path_it_carries_only_within_this_site(app, client, person):
    assert client.post(make_link(app, person, then="/account")).location == "/account"
    assert client.post(make_link(app, person) + "?next=//evil.example").location == "/"


def test_a_password_link_leads_to_choosing_one(app, client, person):
    assert client.post(make_link(app, person, "password")).location == "/account/password"
    page = client.get("/account/password").text
    assert 'name="old"' not in page
    assert post(client, "/account/password", password="other words in a row").location == "/account"
    assert sign_in(app.test_client(), password="other words in a row").status_code == 303


def test_a_juror_link_leads_to_the_jurors_own_page(app, client):
    with app.app_context(), transaction():
        juror = b.juror(b.stage(b.round_()), b.user("ines@uni.example", confirmed_at=None), state="invited")
        address, juror_id = links.make(juror.user, "juror", juror.id, now=now()), juror.id
    assert client.post("/links/" + address.rpartition("/")[2]).location == f"/jurors/{juror_id}"
    with app.app_context():
        assert accounts.find("ines@uni.example").confirmed_at is not None


def test_a_member_link_joins_the_team_and_leads_to_the_entry(app, client):
    with app.app_context(), transaction():
        round_ = b.round_(state="open")
        entry = b.entry(round_, submitted=False)
        member = b.member(entry, b.user("colleague@port.example"), joined=False)
        address, entry_id, member_id = links.make(member.user, "member", member.id, now=now()), entry.id, member.id
    assert client.post("/links/" + address.rpartition("/")[2]).location == f"/entries/{entry_id}"
    with app.app_context():
        from award.models import Member

        assert session.get(Member, member_id).joined_at is not None


def test_registering_says_the_same_for_a_new_and_for_a_known_address(app, person):
    answers = []
    for email in ("an@town.example", "new@town.example"):
        client = app.test_client()
        answer = post(
            client,
            "/register",
            name="An Peeters",
            email=email,
            organisation="Town",
            password="four other words in a row",
        )
        answers.append((answer.status_code, answer.location, client.get(answer.location).status_code, len(answer.data)))
    assert answers[0] == answers[1] == (303, "/register/sent", 200, answers[0][3])
    with app.app_context():
        assert session.execute(select(Mail.kind, Mail.address).order_by(Mail.id)).all() == [
            ("registered", "an@town.example"),
            ("confirm", "new@town.example"),
        ]


def test_asking_for_a_link_says_the_same_for_a_known_and_for_an_unknown_address(app, client, person):
    answers = [post(client, path, email=email) for path in ("/sign-in/link", "/sign-in/password") for email in ("an@town.example", "no@town.example")]
    assert {(a.status_code, a.location, len(a.data)) for a in answers} == {(303, "/sign-in/sent", len(answers[0].data))}
    assert count(app, Mail) == 2


def test_asking_for_many_links_is_slowed_down(client, person):
    assert [post(client, "/sign-in/link", email="an@town.example").status_code for _ in range(7)] == [303] * 5 + [429] * 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("email", "no address"), ("email", ""), ("password", "short"), ("name", "x" * 200)],
)
def test_a_faulty_registration_comes_back_with_all_that_was_typed(client, field, value):
    given = {"name": "An Peeters", "email": "an@town.example", "organisation": "Town hall", "password": GOOD} | {field: value}
    answer = post(client, "/register", **given)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Town hall" in answer.text
    assert GOOD not in answer.text


@pytest.mark.parametrize("name", ["id", "role", "confirmed_at", "password_hash", "token"])
def test_a_form_takes_no_field_that_it_does_not_show(app, client, name):
    answer = client.post(
        "/register",
        data={"name": "An", "email": "an@town.example", "organisation": "", "password": GOOD, name: "administrator"},
    )
    assert (answer.status_code, count(app, User)) == (422, 0)


def test_a_doubled_field_is_refused(app, client):
    answer = client.post("/sign-in", data={"email": ["a@b.example", "c@d.example"], "password": "x"})
    assert (answer.status_code, count(app, Attempt)) == (422, 0)


def test_the_account_can_be_changed_and_other_sign_ins_ended(app, person):
    here, there = signed_in(app, person), signed_in(app, person)
    assert post(here, "/account", name="An P.", organisation="Port", language="fr").location == "/account"
    assert "Port" in here.get("/account").text
    with app.app_context():
        newest = session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    assert here.post(f"/account/sign-ins/{newest}/end").status_code == 303
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_nobody_ends_the_sign_in_of_somebody_else(app, person):
    with app.app_context(), transaction():
        other = b.user().id
    theirs, mine = signed_in(app, other), signed_in(app, person)
    with app.app_context():
        row = session.scalar(select(SignIn.id).where(SignIn.user_id == other))
    mine.post(f"/account/sign-ins/{row}/end")
    assert theirs.get("/account").status_code == 200


def test_the_language_is_remembered_for_a_visitor_and_for_a_person(app, client, person):
    assert post(client, "/language", language="nl", next="/privacy").location == "/privacy"
    assert 'lang="nl"' in client.get("/privacy").text
    sign_in(client)
    assert client.get("/").headers["Content-Language"] == "nl"
    post(client, "/language", language="de", next="//evil.example")
    with app.app_context():
        assert session.get(User, person).language == "de"
    assert client.get("/").headers["Content-Language"] == "de"
    post(client, "/sign-out")
    assert client.get("/").headers["Content-Language"] == "de"


@pytest.mark.parametrize("values", [{"language": "xx"}, {}, {"language": ["nl", "fr"]}, {"language": "nl", "role": "administrator"}])
def test_an_odd_choice_of_language_is_refused(client, values):
    assert client.post("/language", data=values).status_code == 422


def test_another_host_name_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/health/live", headers={"Host": "evil.example"}).status_code == 400


def test_links_are_made_from_the_fixed_address_whatever_the_request_says(app, client, person):
    client.post("/sign-in/link", data={"email": "an@town.example"}, headers={"X-Forwarded-Host": "evil.example"})
    with app.app_context():
        assert f"{app.config['BASE_URL']}/links/" in session.scalar(select(Mail.body))


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/sign-in/link",
        "/sign-in/password",
        "/register",
        "/language",
        "/sign-out",
        "/account",
        "/account/password",
        "/account/sign-ins/1/end",
        "/links/x",
        "/links/x/again",
    ],
)
def test_a_post_without_a_token_or_with_a_foreign_one_is_refused(app, person, path):
    app.config["WTF_CSRF_ENABLED"] = True
    client = signed_in(app, person)
    assert client.post(path, data={}).status_code == 400
    assert client.post(path, data={"csrf_token": "made up"}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account", "/nothing", "/links/x", "/static/nothing.css", "/health/ready"])
def test_every_answer_carries_its_headers(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert path.startswith("/static") or headers["Cache-Control"] == "no-store"


def test_the_cookie_is_closed_to_scripts_and_other_sites(client, person):
    cookie = sign_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_one_click_signs_in_in_the_demonstration_and_does_not_exist_elsewhere(app, settings, client):
    assert post(client, "/demo/sign-in", email="x@y.example").status_code == 404
    demonstration = create_app(replace(settings, demo=True))
    demonstration.config["WTF_CSRF_ENABLED"] = False
    from award.services import demo

    email = demo.DEMO_PEOPLE[0][1]
    with demonstration.app_context(), transaction():
        b.user(email, name="Demonstration person")
        b.user("real@town.example")
    visitor = demonstration.test_client()
    assert post(visitor, "/demo/sign-in", email="real@town.example").status_code == 422
    assert post(visitor, "/demo/sign-in", email=email).location == "/"
    assert "Demonstration person" in visitor.get("/account").text
    demonstration.extensions["engine"].dispose()
