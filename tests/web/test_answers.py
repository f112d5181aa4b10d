"""What is answered when something goes wrong beside a form."""
from sqlalchemy.orm.exc import StaleDataError

from award import db


def test_who_saves_at_the_same_instant_as_somebody_else_is_told(app):
    with app.test_request_context("/rounds/1/edit", method="POST"):
        db.session.connection()
        answer = app.make_response(app.handle_user_exception(StaleDataError("expected to update 1 row, 0 matched")))
    assert answer.status_code == 409
    assert "Somebody else saved this at the same moment." in answer.get_data(as_text=True)
