"""Many at once: nothing is lost, nothing happens twice, nothing is saved after the lock."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select

from award import db
from award.domain import lives
from award.models import Assignment, Ballot, Event, Mail, Round, Score, Stage
from award.services import history
from tests import builders as b
from tests import jury
from tests.people import signed_in

pytestmark = pytest.mark.both_databases

MANY = 20


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return jury.made(app, entries=2, jurors=MANY)


def marks(world, *, first="4", second="50", version="0", entry=0, **more):
    one, two = world["criteria"]
    return {
        f"score_{one}": first,
        f"score_{two}": second,
        f"comment_{one}": "",
        f"comment_{two}": "",
        "note": "",
        "read": str(world["versions"][entry]),
        "version": version,
        **more,
    }


def at_once(acts):
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(act) for act in acts]]


def chain_is_whole(app, world):
    with app.app_context():
        return history.first_break(db.session.get(Round, world["round"])) is None


def test_20_jurors_save_at_once_and_nothing_is_lost(app, world):
    clients = [signed_in(app, person) for person in world["people"]]

    def save(n):
        address = f"/assignments/{world['pairs'][n, 0]}/ballot/draft"
        return [
            clients[n].post(address, data=marks(world, second=f"{n + turn / 2}", version=str(turn))).status_code
            for turn in range(3)
        ]

    assert at_once([lambda n=n: save(n) for n in range(MANY)]) == [[204] * 3] * MANY
    with app.app_context():
        kept = db.session.execute(
            select(Assignment.juror_id, Score.value)
            .select_from(Assignment)
            .join(Ballot)
            .join(Score)
            .where(Score.criterion_id == world["criteria"][1])
            .order_by(Assignment.juror_id)
        ).all()
        assert [value for _juror, value in kept] == [Decimal(n + 1) for n in range(MANY)]
        assert len(db.session.scalars(select(Event)).all()) == 3 * MANY
    assert chain_is_whole(app, world)


def test_two_windows_of_one_juror_overwrite_nothing(app, world):
    address = f"/assignments/{world['pairs'][0, 0]}/ballot/draft"
    clients = [signed_in(app, world["people"][0]) for _ in range(8)]
    answers = at_once(
        [lambda n=n: clients[n].post(address, data=marks(world, second=str(n))).status_code for n in range(8)]
    )
    assert sorted(answers) == [204] + [409] * 7
    assert jury.acts(app) == ["ballot_saved"]


def test_a_doubled_submission_has_one_effect(app, world):
    clients = [signed_in(app, world["people"][0]) for _ in range(8)]
    for entry in (0, 1):
        clients[0].post(f"/assignments/{world['pairs'][0, entry]}/ballot/draft", data=marks(world, entry=entry))
    answers = at_once(
        [lambda n=n: clients[n].post(f"/jurors/{world['jurors'][0]}/ballots").status_code for n in range(8)]
    )
    assert sorted(answers) == [303] + [409] * 7
    assert jury.acts(app).count("ballots_submitted") == 1
    with app.app_context():
        assert len(db.session.scalars(select(Mail)).all()) == 1


def test_no_score_arrives_after_the_lock(app, world):
    clients = [signed_in(app, person) for person in world["people"]]

    def lock():
        with app.app_context(), db.transaction() as session:
            stage = session.get(Stage, world["stage"], with_for_update=True)
            lives.require("lock", stage.state)
            stage.state = "locked"
            history.add(stage, "stage_locked", actor=None, now=b.NOW)

    def save(n):
        return clients[n].post(f"/assignments/{world['pairs'][n, 0]}/ballot/draft", data=marks(world)).status_code

    answers = at_once([lambda n=n: save(n) if n != MANY // 2 else lock() for n in range(MANY)])
    assert set(answers) <= {204, 409, None}
    acts = jury.acts(app)
    assert acts[-1] == "stage_locked"
    assert acts.count("ballot_saved") == answers.count(204)


def test_two_invitations_at_once_give_two_codes(app, world):
    clients = [signed_in(app, world["organiser"]) for _ in range(4)]
    answers = at_once(
        [
            lambda n=n: (
                clients[n]
                .post(f"/stages/{world['stage']}/jurors/new", data={"people": f"New {n} <new{n}@x.example>"})
                .status_code
            )
            for n in range(4)
        ]
    )
    assert answers == [303] * 4
    with app.app_context():
        stage = db.session.get(Stage, world["stage"])
        assert sorted(j.code for j in stage.jurors) == [f"J{n:02}" for n in range(1, MANY + 5)]
