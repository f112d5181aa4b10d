"""The call: where it stands, what it promises."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from award.db import session, transaction
from award.services import calls
from award.web import Visitor
from tests import builders as b
from tests.builders import NOW

MS = timedelta(milliseconds=1)


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.mark.parametrize(
    ("state", "opens", "closes", "phase"),
    [
        ("draft", -1, 1, "preview"),
        ("open", 1, 2, "soon"),
        ("open", 0, 1, "open"),
        ("open", -1, 0, "closed"),
        ("judging", -2, -1, "closed"),
        ("judging", -1, 1, "closed"),
        ("decided", -2, -1, "closed"),
        ("published", -2, -1, "published"),
        ("archived", -2, -1, "published"),
    ],
)
def test_where_a_call_stands(state, opens, closes, phase):
    row = b.round_(state=state, opens_at=NOW + opens * MS, closes_at=NOW + closes * MS)
    assert calls.phase(row, now=NOW) == phase


def test_calls_are_listed_while_entries_can_come_in_or_will():
    later = b.round_(state="open", closes_at=NOW + 3 * MS, opens_at=NOW + 2 * MS)
    first = b.round_(state="open", closes_at=NOW + MS)
    b.round_(state="open", closes_at=NOW)
    b.round_(state="draft")
    assert calls.listed(now=NOW) == [first, later]


def a_stage(round_, **rules):
    stage = b.stage(round_, rules=rules)
    b.criterion(
        stage,
        "Impact",
        3,
        name={"en": "Impact", "nl": "Effect"},
        anchors={"0": {"en": "none"}, "5": {"en": "much"}, "10": {"en": "most"}, "3": {}},
    )
    b.criterion(stage, "Cost", 1, better="lower", anchors={"0": {"en": "free"}, "5": {"en": "dear"}})
    session.refresh(round_)
    return stage


def test_a_stage_tells_shares_anchors_best_first_ties_and_jury():
    round_ = b.round_(state="open")
    stage = a_stage(round_, ties=["criterion:Impact", "firsts"])
    for organisation in ("Port", "Port", "Town"):
        b.juror(stage, organisation=organisation)
    b.juror(stage, state="invited")
    (judging,) = calls.judgings(round_)
    assert [(c.key, share) for c, share, _anchors in judging.criteria] == [
        ("Impact", Decimal("0.75")),
        ("Cost", Decimal("0.25")),
    ]
    assert [[score for score, _words in anchors] for *_rest, anchors in judging.criteria] == [
        ["10", "5", "0"],
        ["0", "5"],
    ]
    assert [str(tie) for tie in judging.ties] == [
        "The higher average on Impact.",
        "The higher number of first places among jurors.",
    ]
    assert (judging.jurors, judging.organisations, judging.rulebook) == (3, 2, None)


def test_stages_without_criteria_are_left_out():
    round_ = b.round_(state="open")
    b.stage(round_)
    assert calls.judgings(round_) == []


def test_a_call_costs_the_same_for_3_and_30_jurors(context):
    statements = []
    event.listen(context.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))
    costs = []
    for jurors in (3, 30):
        round_ = b.round_(state="open")
        stage = a_stage(round_)
        for _juror in range(jurors):
            b.juror(stage)
        session.expire_all()
        session.refresh(round_)
        statements.clear()
        calls.judgings(round_)
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_a_visitor_has_no_entries():
    assert calls.own_entries(b.round_(), Visitor()) == []
