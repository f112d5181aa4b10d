"""The audit finds what was changed behind the application's back, and where; a whole round it leaves in peace."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import delete, select, update

from award.db import session, transaction
from award.models import Ballot, Event, Result, Round, Rulebook, Score
from award.services import audits, history, receipts, results
from tests import builders as b
from tests.builders import NOW
from tests.services import judged


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.fixture
def round_():
    """A round with real receipts, a locked stage and a frozen result."""
    made = judged.stage(state="open")
    rules = made.stage.rulebooks[-1]
    history.add(
        made.stage,
        "stage_opened",
        actor=made.organiser,
        now=NOW,
        payload={"rulebook": rules.number, "sha256": rules.sha256},
    )
    for juror in made.jurors:
        for assignment in juror.assignments:
            assignment.ballot.state = "draft"
        session.flush()
        receipts.submit_all(juror, now=NOW)
    results.lock(made.stage, actor=made.organiser, now=NOW)
    results.freeze(made.stage, actor=made.organiser, now=NOW)
    session.flush()
    return made.round


def found(round_):
    session.flush()
    session.expire_all()
    return [(f.code, str(f.words)) for f in audits.audit(round_)]


def change(model, **values):
    """Change the first row of a table behind the application's back."""
    key = session.scalar(select(model.id).order_by(model.id).limit(1))
    session.execute(update(model).where(model.id == key).values(**values))


def rebuild(round_):
    """Recompute the whole chain, as an administrator with the database in hand could."""
    previous = history.START
    for event in session.scalars(select(Event).where(Event.round_id == round_.id).order_by(Event.sequence)):
        event.previous = previous
        event.hash = previous = history.fingerprint(event)
    session.flush()


def test_a_whole_round_is_left_in_peace(round_):
    assert found(round_) == []


@pytest.mark.parametrize(
    "values",
    [
        {"payload": {"entries": 99}},
        {"actor_id": None},
        {"act": "entry_screened"},
        {"object_id": 99},
        {"hash": "0" * 64},
        {"previous": "1" * 64},
        {"at": NOW.replace(year=2020)},
        {"kind": "entry"},
    ],
)
def test_a_changed_line_of_the_history_is_found_at_its_place(round_, values):
    change(Event, **values)
    assert found(round_)[0] == (
        2,
        "The history is broken at line 1: that line is not what was written, or one before it is missing.",
    )


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_missing_line_of_the_history_is_found(round_, line):
    session.execute(delete(Event).where(Event.round_id == round_.id, Event.sequence == line))
    code, words = found(round_)[0]
    assert code == 2
    assert f"line {line}" in words


def test_a_history_cut_off_at_its_end_is_found(round_):
    session.expire_all()
    last = session.get(Round, round_.id).sequence
    session.execute(delete(Event).where(Event.round_id == round_.id, Event.sequence == last))
    assert found(round_)[0] == (2, f"The history is broken at line {last}: the lines from there on are missing.")


def test_a_changed_score_contradicts_its_receipt_even_when_the_whole_chain_is_rebuilt(round_):
    change(Score, value=Decimal(0))
    rebuild(round_)
    assert found(round_) == [(4, "The ballot of J01 on LA27-001 does not fit its receipt, or has none.")]


@pytest.mark.parametrize("values", [{"receipt": ""}, {"receipt": "0" * 64}, {"salt": "00" * 16}])
def test_a_receipt_that_is_missing_or_forged_is_found(round_, values):
    change(Ballot, **values)
    assert [code for code, _words in found(round_)] == [4]


def test_a_receipt_made_anew_for_a_changed_score_is_not_in_the_history(round_):
    change(Score, value=Decimal(0))
    session.expire_all()
    ballot = session.scalars(select(Ballot).order_by(Ballot.id)).first()
    ballot.receipt = receipts.receipt_of(ballot, ballot.salt)
    assert [code for code, _words in found(round_)] == [4]


def test_a_changed_result_is_found_with_its_checksum_and_without(round_):
    body = json.loads(session.scalar(select(Result.body)))
    body["entries"][0]["score"], body["entries"][1]["score"] = body["entries"][1]["score"], body["entries"][0]["score"]
    from award.domain.canonical import canonical_json, sha256

    change(Result, body=canonical_json(body).decode())
    assert [code for code, _words in found(round_)] == [3]
    change(Result, sha256=sha256(body))
    assert [code for code, _words in found(round_)] == [3]


def test_a_changed_result_with_a_forged_history_still_differs_from_a_recount(round_):
    from award.domain.canonical import canonical_json, sha256

    body = json.loads(session.scalar(select(Result.body)))
    body["entries"][0]["score"] += 1
    change(Result, body=canonical_json(body).decode(), sha256=sha256(body))
    frozen = session.scalars(select(Event).where(Event.act == "result_frozen")).one()
    frozen.payload = {**frozen.payload, "sha256": sha256(body)}
    rebuild(round_)
    code, words = found(round_)[0]
    assert code == 3
    assert "entries[0].score" in words


def test_changed_rules_are_found(round_):
    body = session.scalar(select(Rulebook.body))
    change(Rulebook, body=body.replace("Impact", "Style"))
    assert [code for code, _words in found(round_)] == [3]


def test_a_round_without_any_act_is_whole():
    assert found(b.round_()) == []
