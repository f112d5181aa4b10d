"""Rule 10: each page costs the same number of statements for 3 and for 30 rows."""
import pytest
from sqlalchemy import event

from award import db
from tests import world
from tests.people import signed_in
from tests.rules.test_pages import addresses


def cost(app, statements, *, role, rows):
    """Statements per address, for a round of so many rows and a person in that role."""
    with app.app_context(), db.transaction():
        people, ids = world.build(rows)
        user_id = people[role].id
    client = signed_in(app, user_id)
    found = {}
    for address in addresses(app, ids):
        client.get(address)
        statements.clear()
        if client.get(address).status_code == 200:
            found[generic(address, ids)] = len(statements)
    return found


def generic(address, ids):
    """The address without its numbers, so that two rounds can be compared."""
    return "/".join("n" if part.isdigit() else part for part in address.split("/"))


@pytest.mark.parametrize("role", ["organiser", "auditor", "juror", "team"])
def test_a_page_costs_the_same_for_3_and_30_rows(make_app, role):
    costs = []
    for rows in (3, 30):
        app = make_app()
        seen = []
        event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call, seen=seen: seen.append(call[2]))
        costs.append(cost(app, seen, role=role, rows=rows))
    few, many = costs
    assert len(few) > 8
    assert {address: (n, many[address]) for address, n in few.items() if many[address] != n} == {}
