"""What the three busiest pages may cost in statements, whatever the number of entries: ranking 6, score form 6, save 8."""
import pytest
from sqlalchemy import event

from award import db
from award.db import session
from award.models import Assignment
from tests import world
from tests.people import signed_in

pytestmark = pytest.mark.both_databases


@pytest.fixture
def statements(app):
    """The statements since the last `clear()`."""
    seen = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    return seen


def judged(app, rows):
    """A round with so many entries, one of its juror's ballots a draft. Gives (organiser, juror, ids)."""
    with app.app_context(), db.transaction():
        people, ids = world.build(rows)
        assignment = session.get(Assignment, ids["assignment_id"])
        assignment.ballot.state, assignment.ballot.submitted_at = "draft", None
        session.flush()
        form = {"version": assignment.ballot.version, "read": assignment.entry.versions[-1].id, "note": "",
                **{f"score_{c.id}": "3" for c in assignment.stage.criteria}}
        organiser, juror = people["organiser"].id, people["juror"].id
    return signed_in(app, organiser), signed_in(app, juror), ids | {"form": form}


@pytest.mark.parametrize("rows", [3, 30])
@pytest.mark.parametrize("query", ["", "?page=all"])
def test_the_ranking_takes_at_most_6_statements_however_many_entries(app, statements, rows, query):
    client, _juror, ids = judged(app, rows)
    client.get(f"/stages/{ids['stage_id']}/ranking")
    statements.clear()
    assert client.get(f"/stages/{ids['stage_id']}/ranking{query}").status_code == 200
    assert len(statements) <= 6, statements


@pytest.mark.parametrize("rows", [3, 30])
def test_the_score_form_takes_at_most_6_statements_however_many_entries(app, statements, rows):
    _organiser, client, ids = judged(app, rows)
    statements.clear()
    assert client.get(f"/assignments/{ids['assignment_id']}/ballot").status_code == 200
    assert len(statements) <= 6, statements


@pytest.mark.parametrize("rows", [3, 30])
def test_saving_a_ballot_takes_at_most_8_statements_however_many_entries(app, statements, rows):
    _organiser, client, ids = judged(app, rows)
    statements.clear()
    answer = client.post(f"/assignments/{ids['assignment_id']}/ballot/draft", data=ids["form"])
    assert answer.status_code == 204
    assert len(statements) <= 8, statements


@pytest.mark.parametrize("rows", [3, 30])
def test_the_ranking_counted_afresh_after_a_save_takes_12_statements_however_many_entries(app, statements, rows):
    reader, writer, ids = judged(app, rows)
    writer.post(f"/assignments/{ids['assignment_id']}/ballot/draft", data=ids["form"])
    statements.clear()
    assert reader.get(f"/stages/{ids['stage_id']}/ranking").status_code == 200
    assert len(statements) == 12, statements
