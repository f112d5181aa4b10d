"""Clients signed in as somebody, without going through the sign-in page."""
from award import db
from award.services import sign_ins
from award.web.clock import now


def signed_in(app, user_id):
    """A test client whose cookie holds a real sign-in of that person; None gives a visitor."""
    client = app.test_client()
    if user_id is None:
        return client
    with app.app_context(), db.transaction() as session:
        from award.models import User
        token = sign_ins.start(session.get(User, user_id), now=now())
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return client
