"""A published round with all that can stand beside a rank: categories, a special award, comments, a voided ballot, decisions."""
from decimal import Decimal
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from award import db
from award.models import Assignment, Ballot, Entry, Round, Stage
from award.services import rulebooks
from tests import builders as b
from tests import world
from tests.people import signed_in

COMMENT = "It gains time for everybody."


def published_round(app, rows=6, *, published=True):
    """Ids and signed-in clients; the texts of the organiser are in Dutch and English."""
    with app.app_context(), db.transaction() as session:
        people, ids = world.build(rows)
        stage, round_ = session.get(Stage, ids["stage_id"]), session.get(Round, ids["round_id"])
        second = b.category(round_, "Towns")
        for entry in session.scalars(select(Entry).where(Entry.round_id == round_.id).order_by(Entry.number)).all()[1::2]:
            entry.category_id = second.id
        rulebooks.freeze(stage, actor=people["organiser"], now=b.NOW)
        ballots = session.scalars(select(Ballot).join(Assignment).order_by(Assignment.entry_id, Assignment.juror_id)).all()
        chance = Random(4)
        for ballot in ballots:
            level = 4.2 - 0.5 * int(ballot.assignment.entry.number[-3:]) + chance.uniform(-1, 1)
            for score in ballot.scores:
                score.value = Decimal(min(5, max(0, round(level + chance.uniform(-1, 1)))))
        ballots[0].scores[0].comment = COMMENT
        ballots[1].assignment.state = "voided"
        names = [juror.user.name for juror in stage.jurors]
        found = SimpleNamespace(stage=stage.id, round=round_.id, people={role: user.id for role, user in people.items()}, jurors=names)
    found.client = signed_in(app, found.people["organiser"])
    answers = [found.client.post(f"/stages/{found.stage}/lock"), found.client.post(f"/stages/{found.stage}/result")]
    with app.app_context():
        found.result = db.session.get(Stage, found.stage).results[-1].id
        numbers = db.session.scalars(select(Entry.number).where(Entry.round_id == found.round).order_by(Entry.number)).all()
    for place, number in enumerate(numbers):
        outcome = "winner" if place == 0 else "commended" if place == 1 else "stops"
        answers.append(found.client.post(f"/results/{found.result}/decisions/{number}", data={"outcome": outcome, "reason": f"Reason for {number}."}))
    answers.append(found.client.post(f"/results/{found.result}/conclusion"))
    if published:
        answers.append(found.client.post(f"/rounds/{found.round}/publication"))
    assert {answer.status_code for answer in answers} == {303}
    return found
