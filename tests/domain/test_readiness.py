"""What must be in order before a call opens: each check, what it finds, and what stops the step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from award.domain.criteria import Criterion
from award.domain.readiness import LOOK, MISSING, READY, Check, Plan, before_call, missing, passed, require, shares
from award.errors import Refused
from award.i18n import text

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def criterion(name="Impact", share=1):
    return Criterion(name=name, share=Fraction(share), low=Fraction(0), high=Fraction(1), step=Fraction(1))


ANCHORS = {"1": {"en": "Lasting", "nl": "Blijvend"}, "0": {"en": "None", "nl": "Geen"}}
PLAN = Plan(
    languages=("en", "nl"),
    closes_at=NOW + timedelta(days=30),
    purpose={"en": "For teams.", "nl": "Voor teams."},
    texts=({"en": "Title", "nl": "Titel"}, {}),
    fields=2,
    criteria=(criterion("Impact", 3), criterion("Novelty", 1)),
    anchors=(ANCHORS, ANCHORS),
)


def found(plan, key):
    """The state and the finding of one check."""
    check = {check.key: check for check in before_call(plan, now=NOW)}[key]
    return check.state, str(check.finding)


def test_a_complete_plan_is_ready_in_every_check():
    checks = before_call(PLAN, now=NOW)
    assert [(check.key, check.state, str(check.finding), check.place) for check in checks] == [
        ("purpose", READY, "entrants read it on the page of the call", "round"),
        ("dates", READY, "in 30 days", "round"),
        ("form", READY, "2 questions", "fields"),
        ("criteria", READY, "2 criteria", "criteria"),
        ("shares", READY, "75, 25", "criteria"),
        ("anchors", READY, "each step of each scale has its sentence", "criteria"),
        ("rules", READY, "how the result is reckoned is complete", "rules"),
        ("languages", READY, "all texts, in 2 languages", "round"),
    ]
    assert (missing(checks), passed(checks)) == ([], 8)
    assert require(checks) is None


@pytest.mark.parametrize(
    ("change", "key", "state", "finding"),
    [
        ({"purpose": {}}, "purpose", MISSING, "nothing is written yet"),
        ({"purpose": {"en": "  ", "nl": None}}, "purpose", MISSING, "nothing is written yet"),
        ({"purpose": {"nl": "Voor teams."}}, "purpose", READY, "entrants read it on the page of the call"),
        ({"closes_at": NOW}, "dates", MISSING, "the deadline has passed"),
        ({"closes_at": NOW + timedelta(hours=23)}, "dates", LOOK, "in less than a day"),
        ({"closes_at": NOW + timedelta(days=1)}, "dates", READY, "in 1 day"),
        ({"fields": 0}, "form", MISSING, "no question yet"),
        ({"fields": 1}, "form", READY, "1 question"),
        ({"criteria": (), "anchors": ()}, "criteria", MISSING, "no criterion yet"),
        ({"criteria": (), "anchors": (), "stage": False}, "criteria", MISSING, "there is no stage to score in"),
        ({"criteria": (), "anchors": ()}, "shares", MISSING, "no criterion counts yet"),
        ({"criteria": (), "anchors": ()}, "anchors", LOOK, "each step of each scale has its sentence"),
        ({"criteria": (criterion(share=0),), "anchors": (ANCHORS,)}, "shares", MISSING, "no criterion counts yet"),
        ({"criteria": (criterion(),), "anchors": ({"1": {"en": "Lasting"}},)}, "anchors", LOOK, "1 step has no sentence"),
        ({"anchors": ({}, {"1": {"nl": "Blijvend"}})}, "anchors", LOOK, "4 steps have no sentence"),
        ({"faults": (text("the shares add up to 0"), text("more"))}, "rules", MISSING, "the shares add up to 0"),
        (
            {"texts": ({"en": "Title"}, {"nl": "Titel", "en": " "}, {"en": "", "nl": ""})},
            "languages",
            LOOK,
            "2 texts are not translated; readers see another language",
        ),
        ({"texts": ({"en": "Title"},)}, "languages", LOOK, "1 text is not translated; readers see another language"),
        ({"languages": ("en",), "texts": ({"en": "Title"},)}, "languages", READY, "all texts, in 1 language"),
    ],
)
def test_each_check_says_what_it_found(change, key, state, finding):
    assert found(replace(PLAN, **change), key) == (state, finding)


def test_rules_without_criteria_are_not_called_faulty_twice():
    assert found(replace(PLAN, criteria=(), anchors=(), faults=(text("x"),)), "rules")[0] == READY


@pytest.mark.parametrize(("weights", "figures"), [((1, 1, 1), "33, 33, 33"), ((60, 40, 0), "60, 40, 0"), ((1,), "100")])
def test_shares_are_said_in_percent(weights, figures):
    check = shares([criterion(str(place), weight) for place, weight in enumerate(weights)])
    assert (check.state, str(check.finding)) == (READY, figures)


def test_the_step_is_refused_with_the_first_thing_missing_and_how_many_more():
    check = Check("form", text("The form asks"), text("no question yet"), MISSING)
    look = Check("anchors", text("Anchors"), text("some lack"), LOOK)
    said = []
    for checks in ([check, look], [check, check], [look, check, check, check]):
        with pytest.raises(Refused) as refusal:
            require(checks)
        said.append(str(refusal.value))
    assert said == [
        "Not possible yet. The form asks: no question yet.",
        "Not possible yet. The form asks: no question yet. One more check fails.",
        "Not possible yet. The form asks: no question yet. 2 more checks fail.",
    ]
    assert require([look]) is None
