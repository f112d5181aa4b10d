"""Rules 3 and 4: each page has a permission, each permission a rule and a page; no GET writes, for every page and role."""
import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter

from award import db
from award.permissions import RULES, VISITORS, Permission
from award.web.access import NO_GATE, check_every_view
from tests import world
from tests.people import signed_in

ROLES = ("visitor", "stranger", "team", "colleague", "juror", "chair", "auditor", "organiser", "administrator")
ANSWERS = {200, 303, 403, 404, 409}


@pytest.fixture
def round_(app):
    with app.app_context(), db.transaction():
        people, ids = world.build()
        return {role: user.id for role, user in people.items()} | {"visitor": None}, ids


def addresses(app, ids):
    """Every address that answers GET, its numbers taken from `ids`; those that need something else get a value nobody has."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint not in NO_GATE:
                values = {a: ids.get(a, 1 if isinstance(c, IntegerConverter) else "absent") for a, c in rule._converters.items()}
                yield app.url_map.bind("").build(rule.endpoint, values)


def rows(app):
    """The number of rows of every table, and the newest event: what a write would change."""
    with app.app_context():
        return {t.name: db.session.execute(select(func.count()).select_from(t)).scalar_one() for t in db.Base.metadata.sorted_tables}


def test_a_page_without_a_permission_stops_the_start():
    app = Flask("x")
    app.add_url_rule("/open", view_func=lambda: "", endpoint="open")
    with pytest.raises(RuntimeError, match="open"):
        check_every_view(app)


def test_each_permission_has_a_rule_and_a_page(demo_app):
    used = {view.permission for endpoint, view in demo_app.view_functions.items() if endpoint not in NO_GATE}
    assert set(RULES) == set(Permission) == used
    assert set(Permission) > VISITORS


@pytest.mark.parametrize("role", ROLES)
def test_no_get_writes(app, round_, role):
    people, ids = round_
    client = signed_in(app, people[role])
    before = rows(app)
    wrong = {}
    for address in addresses(app, ids):
        answer = client.get(address)
        if answer.status_code not in ANSWERS:
            wrong[address] = answer.status_code
    assert wrong == {}
    assert rows(app) == before


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_private_and_closed_to_foreign_content(app, round_, role):
    people, ids = round_
    client = signed_in(app, people[role])
    for address in addresses(app, ids):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store", address
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"], address
        assert headers["X-Content-Type-Options"] == "nosniff", address


def test_an_absent_and_a_forbidden_object_look_alike_to_a_stranger(app, round_):
    people, ids = round_
    client = signed_in(app, people["stranger"])
    closed = [a for a in addresses(app, ids) if client.get(a).status_code == 404]
    absent = {a: client.get(a) for a in addresses(app, dict.fromkeys(ids, 99_999))}
    assert len(closed) > 20
    assert {answer.status_code for a, answer in absent.items() if "99999" in a} <= {404}


def test_every_unsafe_post_without_a_token_is_refused(app, round_):
    app.config["WTF_CSRF_ENABLED"] = True
    people, ids = round_
    client = signed_in(app, people["organiser"])
    let_through = []
    with app.test_request_context():
        rules = [r for r in app.url_map.iter_rules() if "POST" in r.methods]
        paths = [app.url_map.bind("").build(r.endpoint, {a: ids.get(a, 1 if isinstance(c, IntegerConverter) else "absent")
                                                         for a, c in r._converters.items()}, method="POST") for r in rules]
    for path in paths:
        if client.post(path, data={"reason": "x"}).status_code < 400:
            let_through.append(path)
    assert let_through == []
    assert len(paths) > 20
