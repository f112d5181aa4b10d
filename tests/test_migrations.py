"""Migrations of an installation in use: forwards and backwards with rows in the tables."""

from award.db import session, transaction
from award.models import Programme, Round
from award.services import audits, checks, history
from tests import builders as b
from tests import databases


def migrate(app, revision="head"):
    app.extensions["engine"].dispose()
    databases.migrate(app.config["DATABASE_URL"], revision)


def test_going_back_before_histories_of_programmes_keeps_those_of_rounds(app):
    with app.app_context(), transaction():
        round_ = b.round_()
        for row in (round_, round_.programme):
            history.add(row, "changed", actor=None, now=b.NOW)
    migrate(app, "0001")
    migrate(app)
    with app.app_context():
        found = session.query(Round).one()
        assert ([e.act for e in history.newest(found)], audits.audit(found)) == (["changed"], [])
        programme = session.query(Programme).one()
        assert (history.newest(programme), programme.sequence, checks.of_database()) == ([], 0, [])
