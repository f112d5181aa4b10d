"""Rule 10: each page costs the same number of statements for 3 and for 30 rows."""
from sqlalchemy import event

from award import db
from tests import world
from tests.people import signed_in
from tests.rules.test_pages import addresses


ROLES = ("organiser", "auditor", "juror", "team")


def costs(app, rows):
    """Statements per role and address, for a round of so many rows."""
    statements = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))
    with app.app_context(), db.transaction():
        people, ids = world.build(rows)
        user_ids = {role: people[role].id for role in ROLES}
    found = {}
    for role, user_id in user_ids.items():
        client = signed_in(app, user_id)
        for address in list(addresses(app, ids)):  # their context is over, so that each request has a session of its own
            client.get(address)
            statements.clear()
            if client.get(address).status_code == 200:
                found[role, generic(address, ids)] = len(statements)
    return found


def generic(address, ids):
    """The address without its numbers, so that two rounds can be compared."""
    return "/".join("n" if part.isdigit() else part for part in address.split("/"))


def test_a_page_costs_the_same_for_3_and_30_rows(make_app):
    few, many = (costs(make_app(), rows) for rows in (3, 30))
    assert [role for role in ROLES if sum(1 for one, _ in few if one == role) <= 8] == []
    assert {place: (n, many[place]) for place, n in few.items() if many[place] != n} == {}
