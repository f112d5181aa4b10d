"""What is answered when something goes wrong beside a form."""

import re

import pytest
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.routing import IntegerConverter

from award import db
from award.web.forms import Form
from tests.people import signed_in
from tests.web.writing import begin, form

pytestmark = pytest.mark.both_databases


def given_back(answer):
    """The texts that the page of an error gives back, each to be read and copied."""
    return re.findall(r"<textarea[^>]* readonly [^>]*>\n([^<]*)</textarea>", answer.get_data(as_text=True))


def test_who_saves_at_the_same_instant_as_somebody_else_is_told_and_gets_the_text_back(app):
    with app.test_request_context("/rounds/1/edit", method="POST", data={"title-en": "Round of light", "version": "12345"}):
        db.session.connection()
        answer = app.make_response(app.handle_user_exception(StaleDataError("expected to update 1 row, 0 matched")))
    assert answer.status_code == 409
    assert "Somebody else saved this at the same moment." in answer.get_data(as_text=True)
    assert given_back(answer) == ["Round of light"]


def test_a_form_that_was_open_for_too_long_comes_back_as_text(app):
    world = begin(app)
    app.config["WTF_CSRF_ENABLED"] = True
    answer = signed_in(app, world.people["nora"]).post(
        f"/entries/{world.entry}/edit", data=form(world, long_text="Line one\nLine two", csrf_token="of-yesterday", key="k" * 22)
    )
    assert (answer.status_code, answer.headers["Cache-Control"]) == (400, "no-store")
    assert given_back(answer) == ["Night desk", "Desk team", "running", "Line one\nLine two", "12,5"]


def test_what_was_typed_when_the_sign_in_had_ended_comes_back_as_text_with_the_way_to_sign_in(app):
    world = begin(app)
    page = app.test_client().post(f"/entries/{world.entry}/edit", data=form(world, long_text="Line one\nLine two"))
    assert (page.status_code, page.headers["Cache-Control"], 'href="/sign-in"' in page.text) == (401, "no-store", True)
    assert given_back(page) == ["Night desk", "Desk team", "running", "Line one\nLine two", "12,5"]
    assert app.test_client().post(f"/entries/{world.entry}/edit").location == "/sign-in"


def test_a_text_under_a_name_the_form_no_longer_has_is_shown(app):
    world = begin(app)
    page = world.clients["nora"].post(f"/entries/{world.entry}/edit", data={**form(world), "purpose-xx": "Of a language taken <away>"})
    assert (page.status_code, "does not ask for" in page.text, "Of a language taken &lt;away&gt;" in page.text) == (422, True, True)


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_that_no_row_can_have_is_no_page(app, number):
    world, found = begin(app), {}
    for rule in app.url_map.iter_rules():
        if any(isinstance(converter, IntegerConverter) for converter in rule._converters.values()):
            path = re.sub(r"<int:[^>]+>", str(number), re.sub(r"<(?!int)[^>]+>", "x", rule.rule))
            found[path] = {client.open(path, method=verb).status_code for verb in rule.methods - {"OPTIONS"}
                           for client in (world.clients["nora"], app.test_client())}
    assert len(found) > 50
    assert {path: statuses for path, statuses in found.items() if statuses - {404, 405}} == {}


def test_nothing_that_another_site_sent_is_shown(app):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/sign-in/link", data={"email": "call 0900 1234"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, given_back(answer)) == (400, [])


@pytest.mark.parametrize(
    ("path", "posted"),
    [
        ("/sign-in", {"email": "nora@port.example", "password": "correct horse"}),
        ("/account/password", {"old": "correct horse", "password": "battery staple"}),
    ],
)
def test_nothing_of_a_form_with_a_password_is_shown(app, path, posted):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(path, data=posted)
    assert (answer.status_code, given_back(answer)) == (400, [])


def test_every_form_that_asks_for_a_password_says_so_in_a_name(app):
    asking = {kind.__name__: list(vars(kind)) for kind in every(Form) if "PasswordField" in kinds_of(kind)}
    assert set(asking) >= {"PasswordForm"}
    assert [name for name, fields in asking.items() if not any("password" in field for field in fields)] == []


def every(kind):
    """All subclasses of a class."""
    return {found for sub in kind.__subclasses__() for found in (sub, *every(sub))}


def kinds_of(form):
    """The names of the kinds of fields a form class is made of."""
    return {getattr(part, "field_class", type(part)).__name__ for part in vars(form).values()}
