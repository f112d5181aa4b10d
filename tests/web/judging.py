"""A judged stage behind the pages: clients of the organiser and of an auditor, and the numbers that addresses need."""
from types import SimpleNamespace

from award import db
from tests import builders as b
from tests.people import signed_in
from tests.services import judged


def judged_round(app, **values):
    """The pages' view of `judged.stage`: ids and signed-in clients."""
    with app.app_context(), db.transaction():
        rows = judged.stage(**values)
        auditor = b.user("auditor@court.example")
        b.office(rows.round.programme, auditor, "auditor")
        found = SimpleNamespace(stage=rows.stage.id, round=rows.round.id, juror=rows.jurors[0].user_id,
                                team=rows.entries[0].members[0].user_id, organiser=rows.organiser.id, auditor=auditor.id)
    found.client = signed_in(app, found.organiser)
    return found
