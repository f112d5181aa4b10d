"""What the figures are held against: a plain page of the same rows, and a bare upsert of the rows of a ballot."""
from decimal import Decimal

from flask import render_template_string
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from award.db import session, transaction
from award.models import Assignment, Ballot, Criterion, Entry, Score, Stage
from award.permissions import Permission
from award.web.access import requires

PLAIN = """{% extends "layout.html" %}{% block h1 %}Rows{% endblock %}{% block content %}<table>
<thead><tr><th>Rank</th><th>Entry</th><th>Team</th><th>Number</th><th>Ballots</th></tr></thead>
<tbody>{% for number, title, team in rows %}<tr><td>{{ loop.index }}</td><th scope="row"><a href="{{ number }}">{{ title }}</a></th>
<td>{{ team }}</td><td>{{ number }}</td><td>5</td></tr>{% endfor %}</tbody></table>{% endblock %}"""


def add_plain_page(app):
    """Give the application the page /plain/<stage>: the rows of the round from one plain query, behind the same gate."""
    @requires(Permission.READ_ROUND, Stage)
    def plain(stage):
        rows = session.execute(select(Entry.number, Entry.title, Entry.team).where(Entry.round_id == stage.round_id).order_by(Entry.number))
        return render_template_string(PLAIN, rows=rows.all(), round=stage.round)
    app.add_url_rule("/plain/<int:stage_id>", endpoint="plain", view_func=plain)


def upsert(app, assignment_id):
    """A function that writes the ballot of an assignment and its scores with two upserts and commits; its argument is the score."""
    insert = (sqlite if app.config["DATABASE_URL"].startswith("sqlite") else postgresql).insert
    with app.app_context():
        found = session.get(Assignment, assignment_id)
        ballot_id, entry_version = found.ballot.id, found.ballot.entry_version_id
        at, criteria = found.created_at, session.scalars(select(Criterion.id).where(Criterion.stage_id == found.stage_id)).all()

    def write(value):
        ballot = insert(Ballot).values(id=ballot_id, assignment_id=assignment_id, entry_version_id=entry_version, saved_at=at, version=1)
        scores = insert(Score).values([{"ballot_id": ballot_id, "criterion_id": c, "value": Decimal(value), "comment": f"{value}"}
                                       for c in criteria])
        with app.app_context(), transaction():
            session.execute(ballot.on_conflict_do_update(index_elements=["assignment_id"], set_={"saved_at": ballot.excluded.saved_at}))
            session.execute(scores.on_conflict_do_update(index_elements=["ballot_id", "criterion_id"],
                                                         set_={"value": scores.excluded.value, "comment": scores.excluded.comment}))
        return 0
    return write
