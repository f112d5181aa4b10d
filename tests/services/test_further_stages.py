"""Stages after the first: added with criteria and jury of the one before, concluded, taken back, removed."""

import pytest
from sqlalchemy import func, select

from award import db
from award.domain import lives
from award.errors import Invalid, Refused
from award.models import Assignment, Conflict, Criterion, Juror, Mail, Stage
from award.services import assignments, conflicts, criteria, decisions, further_stages, jurors, publications, readiness, rounds, stages
from tests import builders as b
from tests import jury
from tests import stages_in_a_row as row
from tests.services.setting_up import CRITERION, events


@pytest.fixture
def world(context):
    return row.build(entries=4, titles=row.TITLES[:2])


def test_a_stage_is_added_with_the_criteria_and_their_anchors_and_the_rules_of_the_one_before(world):
    first, second = world["stages"]
    assert [(c.key, c.share, c.low, c.high, c.step, c.anchors) for c in second.criteria] == [
        (c.key, c.share, c.low, c.high, c.step, c.anchors) for c in first.criteria]
    assert (second.position, second.state, second.title) == (1, "draft", {"en": "Pitch"})
    assert second.rules == {**stages.START, "trim": 1, "top": [1, 3]}
    assert [(act, payload) for act, payload, _about in events() if act == "stage_added"] == [
        ("stage_added", {"position": 1, "criteria": ["Impact", "Novelty"]})]


def test_a_stage_may_begin_empty(world):
    third = row.add(world, "Final", criteria=False, jurors=False)
    assert (third.criteria, third.jurors, third.rules) == ([], [], stages.START)


def test_the_same_post_twice_adds_one_stage(world):
    given = {"title": {"en": "Final"}, "criteria": True, "jury": False}
    made = [further_stages.add(world["round"], given=given, key="k1", **row.by(world)) for _time in range(2)]
    assert made[0] is made[1]


@pytest.mark.parametrize("state", lives.ROUND)
def test_stages_are_added_until_the_round_is_decided(world, state):
    world["round"].state = state
    if state in ("draft", "open", "judging"):
        assert row.add(world, "Final").position == 2
        return
    with pytest.raises(Refused, match="no stage can be added"):
        row.add(world, "Final")


def test_a_further_stage_is_set_up_while_the_first_is_judged(world):
    first, second = world["stages"]
    first.state = "open"
    criteria.add(second, given={**CRITERION, "name": {"en": "Presence"}}, key="", **row.by(world))
    assert [c.key for c in second.criteria] == ["Impact", "Novelty", "Presence"]
    with pytest.raises(Refused):
        criteria.require_draft(first)


def test_the_jury_comes_along_with_codes_chair_and_conflicts_and_declares_again(context):
    world = jury.build(state="draft", entries=4, jurors=3)
    world["jurors"][2].state = "declined"
    world["jurors"][1].chair = True
    jury.conflict(world["jurors"][0], world["entries"][3])
    world["jurors"][0].conflict_free = [7]
    db.session.flush()
    second = row.add(world)
    found = jurors.of_stage(second)
    assert [(j.code, j.user_id, j.chair, j.state, j.cleared_at, j.conflict_free) for j in found] == [
        ("J01", world["jurors"][0].user_id, False, "accepted", None, [7]), ("J02", world["jurors"][1].user_id, True, "accepted", None, [])]
    assert [(c.entry_id, c.kind, c.reason) for c in found[0].conflicts] == [(world["entries"][3].id, "declared", "own work")]


def test_a_code_that_is_taken_gives_way_to_the_next_free_one_and_a_second_taking_over_adds_nobody(world):
    third = row.add(world, "Final", jurors=False)
    b.juror(third, code="J01", chair=True)
    made = further_stages.take_over_jury(third, **row.by(world))
    assert [(j.code, j.chair) for j in made] == [("J02", False), ("J03", False)]
    assert further_stages.take_over_jury(third, **row.by(world)) == []
    assert further_stages.missing_jurors(world["stages"][0]) == []


def test_a_declaration_leaves_conflicts_alone_that_it_was_not_asked_about(world):
    first, second = world["stages"]
    juror = jurors.of_stage(second)[0]
    for entry in (world["entries"][0], world["entries"][3]):
        jury.conflict(juror, entry)
    db.session.flush()
    with pytest.raises(Refused, match="before this one is decided"):
        conflicts.declare(juror, declared={}, now=b.NOW)
    row.play(world, first, 2)
    conflicts.declare(juror, declared={}, now=b.NOW)
    db.session.flush()
    assert [c.entry_id for c in juror.conflicts] == [world["entries"][3].id]


def test_the_next_stage_opens_once_the_one_before_is_decided_and_somebody_goes_on(world):
    first, second = world["stages"]
    with pytest.raises(Refused, match="that stage is not decided yet"):
        stages.open_(second, **row.by(world))
    row.play(world, first, 0)
    with pytest.raises(Refused, match="no entry goes on"):
        stages.open_(second, **row.by(world))
    stages.back(first, reason="Nobody left", **row.by(world))
    row.decide(world, first.results[-1], 2)
    stages.decide(first.results[-1], **row.by(world))
    check = readiness.before_stage(second)[0]
    assert (str(check.finding), check.state) == ("2 of 4 go on", "ready")
    row.judge(world, second)
    assert second.state == "locked"


def test_a_stage_is_concluded_with_every_decision_and_only_when_another_follows(world):
    first, second = world["stages"]
    frozen = row.judge(world, first)
    with pytest.raises(Refused, match="4 entries have no decision yet"):
        stages.decide(frozen, **row.by(world))
    with pytest.raises(Refused, match="Another stage follows"):
        publications.conclude(frozen, **row.by(world))
    row.decide(world, frozen, 2)
    stages.decide(frozen, **row.by(world))
    assert events()[-1] == ("stage_decided", {"result": frozen.sha256, "going_on": 2}, {})
    for act in (lambda: stages.decide(frozen, **row.by(world)),
                lambda: decisions.record(frozen, world["entries"][0], outcome="stops", reason="x", by=(world["organiser"], b.NOW))):
        with pytest.raises(Refused, match="This stage is decided"):
            act()
    last = row.judge(world, second)
    row.decide(world, last, 1)
    with pytest.raises(Refused, match="This is the last stage"):
        stages.decide(last, **row.by(world))


def test_the_last_stage_has_winners_and_the_others_let_entries_go_on(world):
    first, second = world["stages"]
    assert (list(decisions.offered(first)), list(decisions.offered(second))) == (["goes_on", "commended", "stops"], ["winner", "commended", "stops"])
    frozen = row.judge(world, first)
    with pytest.raises(Invalid, match="Choose one of the decisions"):
        decisions.record(frozen, world["entries"][0], outcome="winner", reason="", by=(world["organiser"], b.NOW))


def test_a_winner_of_a_stage_that_another_now_follows_is_decided_again(world):
    _first, second = world["stages"]
    for stage, best in zip(world["stages"], (2, 1), strict=True):
        row.play(world, stage, best)
    rounds.back(world["round"], reason="A tie", **row.by(world))
    assert [stage.state for stage in world["stages"]] == ["decided", "locked"]
    row.add(world, "Final")
    assert [line.entry.number[-3:] for line in decisions.undecided(second.results[-1])] == ["001"]
    with pytest.raises(Refused, match="1 entry has no decision yet"):
        stages.decide(second.results[-1], **row.by(world))


def test_an_entry_below_may_not_go_on_past_a_commended_one_without_a_reason(world):
    frozen = row.judge(world, world["stages"][0])
    by = (world["organiser"], b.NOW)
    decisions.record(frozen, world["entries"][0], outcome="commended", reason="", by=by)
    with pytest.raises(Invalid, match="departs from the ranking"):
        decisions.record(frozen, world["entries"][1], outcome="goes_on", reason="", by=by)


def test_a_decided_stage_goes_back_while_the_next_is_a_draft_and_drops_what_no_longer_takes_part(world):
    first, second = world["stages"]
    frozen = row.play(world, first, 2)
    assignments.confirm(second, settings=(assignments.EVERYONE, 1), **row.by(world))
    stages.open_(second, **row.by(world))
    with pytest.raises(Refused, match="The next stage has begun"):
        stages.back(first, reason="Too fast", **row.by(world))
    stages.back(second, reason="Too fast", **row.by(world))
    stages.back(first, reason="Too fast", **row.by(world))
    assert (first.state, row.numbers(second)) == ("locked", [])
    row.decide(world, frozen, 1)
    stages.decide(frozen, **row.by(world))
    pairs = db.session.execute(select(Assignment.state, Assignment.entry_id).where(Assignment.stage_id == second.id).order_by(Assignment.id))
    assert sorted({tuple(pair) for pair in pairs}) == [("notified", world["entries"][0].id), ("voided", world["entries"][1].id)]


def test_going_back_needs_a_reason_and_the_last_stage_goes_back_with_the_round(world):
    first, second = world["stages"]
    row.play(world, first, 2)
    with pytest.raises(Invalid) as refusal:
        stages.back(first, reason="", **row.by(world))
    assert refusal.value.field == "reason"
    row.play(world, second, 1)
    for stage in (first, second):
        with pytest.raises(Refused, match="The deliberation is closed"):
            stages.back(stage, reason="x", **row.by(world))


def test_a_draft_stage_is_removed_with_its_criteria_and_jury_and_the_jury_is_told(world):
    second = world["stages"][1]
    jury.conflict(second.jurors[0], world["entries"][0])
    db.session.flush()
    further_stages.remove(second, **row.by(world))
    assert [stage.id for stage in world["round"].stages] == [world["stages"][0].id]
    counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Stage, Criterion, Juror, Conflict)]
    assert counts == [1, 2, 2, 0]
    assert [mail.kind for mail in db.session.scalars(select(Mail))] == ["stage_called_off"] * 2
    assert events()[-1][:2] == ("stage_removed", {"position": 1, "jurors": 2})


def test_the_first_stage_and_one_that_was_opened_stay(world):
    first, second = world["stages"]
    with pytest.raises(Refused, match="The first stage stays"):
        further_stages.remove(first, **row.by(world))
    row.play(world, first, 2)
    with pytest.raises(Refused, match="Entries go on to this stage already"):
        further_stages.remove(second, **row.by(world))
    assignments.confirm(second, settings=(assignments.EVERYONE, 1), **row.by(world))
    stages.open_(second, **row.by(world))
    with pytest.raises(Refused, match="This stage was opened"):
        further_stages.remove(second, **row.by(world))
    stages.back(second, reason="x", **row.by(world))
    with pytest.raises(Refused, match="its rules are public"):
        further_stages.remove(second, **row.by(world))


def with_cut(world, places):
    """The frozen result of the first stage, whose rules let so many go on."""
    first = world["stages"][0]
    first.rules = {**first.rules, "cut": places}
    db.session.flush()
    return row.judge(world, first)


def test_the_cut_line_decides_at_once_about_every_entry_without_a_decision(world):
    frozen = with_cut(world, 2)
    made = decisions.follow(frozen, by=(world["organiser"], b.NOW))
    assert [(d.entry.number[-3:], d.outcome, d.departs) for d in made] == [
        ("001", "goes_on", False), ("002", "goes_on", False), ("003", "stops", False), ("004", "stops", False)]
    assert decisions.follow(frozen, by=(world["organiser"], b.NOW)) == []


def test_the_cut_line_leaves_alone_what_is_decided_and_what_would_depart_from_the_ranking(world):
    frozen = with_cut(world, 2)
    decisions.record(frozen, world["entries"][3], outcome="goes_on", reason="Seen on site.", by=(world["organiser"], b.NOW))
    made = decisions.follow(frozen, by=(world["organiser"], b.NOW))
    assert [(d.entry.number[-3:], d.outcome) for d in made] == [("001", "goes_on"), ("002", "goes_on")]
    assert [line.entry.number[-3:] for line in decisions.undecided(frozen)] == ["003"]


def test_without_a_cut_line_and_in_the_last_stage_each_entry_is_decided_by_itself(world):
    first, second = world["stages"]
    frozen = row.judge(world, first)
    second.rules = {**second.rules, "cut": 1}
    with pytest.raises(Refused, match="do not say how many"):
        decisions.follow(frozen, by=(world["organiser"], b.NOW))
    row.decide(world, frozen, 2)
    stages.decide(frozen, **row.by(world))
    with pytest.raises(Refused, match="do not say how many"):
        decisions.follow(row.judge(world, second), by=(world["organiser"], b.NOW))
