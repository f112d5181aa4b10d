"""A stage: its rules, its closing time, its opening that freezes them, and the way back."""

import hashlib
from datetime import timedelta

import pytest

from award import db
from award.domain import lives
from award.errors import Invalid, Refused, Stale
from award.models import Mail, Rulebook
from award.services import stages
from tests import builders as b
from tests import jury
from tests.services.setting_up import RULES, by, events, ready

DAY = timedelta(days=1)


@pytest.fixture
def made(context):
    return ready()


def test_title_and_rules_of_a_draft_change(made):
    round_, organiser = made
    stage = stages.load(round_.stages[0].id)
    stages.change(stage, given=RULES, version=stage.version, **by(organiser))
    db.session.flush()
    assert (stage.title, stage.rules["method"], stage.version) == ({"en": "Final"}, "median", 2)
    assert events()[-1] == ("stage_changed", {"rules": RULES["rules"], "closes_at": None}, {})
    with pytest.raises(Stale):
        stages.change(stage, given=RULES, version=1, **by(organiser))


def test_scoring_closes_after_the_call(made):
    round_, organiser = made
    stage = round_.stages[0]
    for act in (
        lambda at: stages.change(stage, given={**RULES, "closes_at": at}, version=stage.version, **by(organiser)),
        lambda at: stages.move_deadline(stage, closes_at=at, reason="", **by(organiser)),
    ):
        with pytest.raises(Invalid) as refusal:
            act(round_.closes_at)
        assert refusal.value.field == "closes_on"
        act(round_.closes_at + DAY)
    assert stage.closes_at == round_.closes_at + DAY


def test_rules_that_do_not_fit_are_refused_and_nothing_changes(made):
    round_, organiser = made
    stage = round_.stages[0]
    wrong = {**RULES, "rules": {**RULES["rules"], "ties": ["criterion:Colour"]}}
    with pytest.raises(Invalid) as refusal:
        stages.change(stage, given=wrong, version=stage.version, **by(organiser))
    assert "Colour" in str(refusal.value)
    assert stage.rules["method"] == "mean" and not db.session.dirty


@pytest.mark.parametrize("state", [state for state in lives.ROUND if state != "draft"])
def test_published_rules_do_not_change(made, state):
    round_, organiser = made
    round_.state = state
    with pytest.raises(Refused) as refusal:
        stages.change(round_.stages[0], given=RULES, version=1, **by(organiser))
    assert refusal.value.status == 409


def test_a_closing_time_moves_with_a_reason_once_scoring_is_open(context):
    world = jury.build()
    stage, organiser = world["stage"], world["organiser"]
    before, later = stage.closes_at, stage.closes_at + DAY
    with pytest.raises(Invalid) as refusal:
        stages.move_deadline(stage, closes_at=later, reason=None, **by(organiser))
    assert refusal.value.field == "reason"
    with pytest.raises(Invalid) as refusal:
        stages.move_deadline(stage, closes_at=b.NOW, reason="Ill", **by(organiser))
    assert refusal.value.field == "closes_on"
    stages.move_deadline(stage, closes_at=later, reason="Ill", **by(organiser))
    assert events()[-1] == (
        "stage_deadline_moved",
        {"from": before.isoformat(), "to": later.isoformat()},
        {"reason": "Ill"},
    )
    stage.state = "locked"
    with pytest.raises(Refused) as refusal:
        stages.move_deadline(stage, closes_at=later + DAY, reason="Ill", **by(organiser))
    assert refusal.value.status == 409


def test_opening_freezes_the_rules_under_a_number_and_a_checksum_and_tells_the_jury(context):
    world = jury.build(state="draft")
    stage = stages.open_(world["stage"], **by(world["organiser"]))
    row = db.session.query(Rulebook).one()
    assert (stage.state, row.number, row.reason, row.frozen_by_id) == ("open", 1, "", world["organiser"].id)
    assert row.sha256 == hashlib.sha256(row.body.encode()).hexdigest()
    assert [(act, payload) for act, payload, _about in events() if act == "stage_opened"] == [
        ("stage_opened", {"rulebook": 1, "sha256": row.sha256})
    ]
    assert db.session.query(Mail).count() == 2


def test_opening_is_refused_while_something_is_missing(context):
    world = jury.build(state="draft", assigned=False)
    with pytest.raises(Refused) as refusal:
        stages.open_(world["stage"], **by(world["organiser"]))
    assert str(refusal.value) == "Not possible yet. Every entry has its readers: 3 entries have too few; the rules ask for 1."
    assert (world["stage"].state, db.session.query(Rulebook).count()) == ("draft", 0)


@pytest.mark.parametrize("state", [state for state in lives.ROUND if state != "judging"])
def test_scoring_opens_once_the_call_is_closed(context, state):
    world = jury.build(state="draft")
    world["round"].state = state
    with pytest.raises(Refused) as refusal:
        stages.open_(world["stage"], **by(world["organiser"]))
    assert refusal.value.status == 409


def test_scoring_that_is_opened_again_makes_a_second_version_of_the_rules_with_its_reason(context):
    world = jury.build(state="draft")
    stage, who = stages.open_(world["stage"], **by(world["organiser"])), by(world["organiser"])
    with pytest.raises(Refused):
        stages.open_(stage, **who)
    with pytest.raises(Invalid) as refusal:
        stages.back(stage, reason="", **who)
    assert refusal.value.field == "reason"
    stages.back(stage, reason="Wrong threshold", **who)
    db.session.expire(stage, ["rulebooks"])
    with pytest.raises(Invalid) as refusal:
        stages.open_(stage, **who)
    assert refusal.value.field == "reason"
    stages.open_(stage, reason="Threshold mended", **who)
    rows = db.session.query(Rulebook).order_by(Rulebook.number).all()
    assert [(row.number, row.reason) for row in rows] == [(1, ""), (2, "Threshold mended")]


@pytest.mark.parametrize("state", ["draft", "locked", "decided"])
def test_only_open_scoring_goes_back_to_draft(context, state):
    world = jury.build(state=state)
    with pytest.raises(Refused) as refusal:
        stages.back(world["stage"], reason="x", **by(world["organiser"]))
    assert refusal.value.status == 409
