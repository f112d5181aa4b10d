"""Migrations of an installation in use: forwards and backwards with rows in the tables."""

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from award.db import session, transaction
from award.models import Entry, Programme, Round, SpecialShare
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


def test_rounds_that_share_a_code_are_told_apart_the_oldest_keeping_it(app):
    migrate(app, "0002")
    with app.app_context(), transaction():
        rounds = [b.round_(code=code) for code in ("LA27", "LA27", "FIA27", "LA27-2", "LA27")]
        session.execute(insert(Entry.__table__).values(round_id=rounds[1].id, number="LA27-001", title="Night desk", team="", language="en",
                                                       created_at=b.NOW, saved_at=b.NOW, saved_by_id=b.user().id))
    migrate(app)
    with app.app_context():
        found = session.query(Round).order_by(Round.id).all()
        assert [r.code for r in found] == ["LA27", "LA27-3", "FIA27", "LA27-2", "LA27-4"]
        assert [e.number for e in found[1].entries] == ["LA27-001"]
    for wrong in ({"code": "FIA27"}, {"state": "lost"}, {"closes_at": b.NOW.replace(year=2020)}):
        with app.app_context(), pytest.raises(IntegrityError), transaction():
            session.execute(update(Round).where(Round.id == found[0].id).values(**wrong))


def test_going_back_before_categories_keeps_entries_and_criteria_and_coming_again_finds_none(app):
    with app.app_context(), transaction():
        stage = b.stage(b.round_())
        criterion, category = b.criterion(stage), b.category(stage.round)
        b.special_award(stage, {criterion: 10})
        b.entry(stage.round, category=category)
    migrate(app, "0004")
    migrate(app)
    with app.app_context():
        entry = session.query(Entry).one()
        assert (entry.title, entry.category_id, entry.round.categories) == ("Night desk", None, [])
        assert ([c.key for c in entry.round.stages[0].criteria], entry.round.stages[0].special_awards) == (["Impact"], [])
        assert checks.of_database() == []


def test_a_special_award_counts_a_criterion_once_and_above_nothing(app):
    with app.app_context(), transaction():
        award = b.special_award(b.stage(b.round_()), {})
        b.criterion(award.stage)
    for wrong in ([0], [1, 2]):
        with app.app_context(), pytest.raises(IntegrityError), transaction():
            session.add_all(SpecialShare(special_award_id=1, criterion_id=1, share=share) for share in wrong)
