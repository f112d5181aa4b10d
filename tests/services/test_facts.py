"""Facts about entries for a ranking: category, the amount asked, the score of the stage before; two statements at most."""

import json

import pytest
from sqlalchemy import event

from award import db
from award.domain.canonical import canonical_json, sha256
from award.domain.facts import read
from award.models import Decision, Result
from award.services import facts, results
from tests import builders as b
from tests.services import judged


@pytest.fixture
def made(context):
    """A judged stage; entry 1 is in a category, 1 and 2 ask for an amount."""
    found = judged.stage(state="locked")
    found.round.languages = ["nl", "en"]
    found.category = b.category(found.round)
    found.category.name = {"en": "Cities", "nl": "Grote  steden"}
    found.field = b.field(found.round, "number")
    one, two, _three = found.entries
    one.category = found.category
    for entry, amount in ((one, "12000"), (two, "950.50")):
        b.version(entry, found.organiser, answers={str(found.field.id): "1"})
        b.version(entry, found.organiser, answers={str(found.field.id): amount})
    db.session.flush()
    return found


def statements(app, stage):
    """How many statements the facts take, and the facts."""
    seen = []
    db.session.flush()
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    found = facts.of_stage(stage)
    return len(seen), found


def after(found, **rules):
    """A stage after the judged one, which is decided; entries 1 and 2 go on."""
    following = b.stage(found.round, position=1, rules=rules)
    result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    for entry in found.entries[:2]:
        db.session.add(Decision(result_id=result.id, entry_id=entry.id, outcome="goes_on", reason="", at=b.NOW, by_id=found.organiser.id))
    found.stage.state = "decided"
    db.session.flush()
    db.session.refresh(found.round)
    return following, result


def test_without_categories_and_costs_there_is_nothing_to_tell(context):
    assert statements(context, judged.stage().stage) == (1, [])


def test_the_category_is_told_in_the_language_the_round_falls_back_to(context, made):
    assert statements(context, made.stage) == (1, [{"entry": "LA27-001", "category": "Grote steden"}])


def test_the_cost_is_what_the_newest_version_answers_to_the_question_that_the_rules_name(context, made):
    made.stage.rules = {**made.stage.rules, "cost_field": made.field.id}
    count, found = statements(context, made.stage)
    assert [(line["entry"], str(line.get("cost"))) for line in found] == [("LA27-001", "12000"), ("LA27-002", "950.50")]
    assert count == 1
    assert [line["entry"] for line in read(found).to_list()] == ["LA27-001", "LA27-002"]


def test_the_score_of_the_stage_before_is_carried_exactly_where_the_rules_count_it(context, made):
    following, _result = after(made, carried="40")
    count, found = statements(context, following)
    assert (count, found) == (
        2, [{"entry": "LA27-001", "category": "Grote steden", "carried": "47/50"}, {"entry": "LA27-002", "carried": "16/25"}])
    following.rules = {}
    assert statements(context, following) == (1, [{"entry": "LA27-001", "category": "Grote steden"}])


def test_where_a_rule_is_not_exact_the_score_itself_is_carried(context, made):
    following, result = after(made, carried="40")
    body = json.loads(result.body)
    for line in body["entries"]:
        line["score_exact"] = None
    body["entries"][-1]["score"] = None
    db.session.add(Result(stage=made.stage, number=2, rulebook=made.stage.rulebooks[-1], body=canonical_json(body).decode(), sha256=sha256(body),
                          frozen_at=b.NOW, frozen_by_id=made.organiser.id, history_head="0"))
    for decision in db.session.query(Decision):
        decision.result_id = result.id + 1
    assert [line["carried"] for line in statements(context, following)[1]] == ["0.94", "0.64"]


def test_a_withdrawn_entry_is_not_told_of(context, made):
    made.entries[0].state = "withdrawn"
    assert facts.of_stage(made.stage) == []
