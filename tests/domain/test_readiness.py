"""What must be in order before the call opens, the stage opens, the stage is locked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from award.domain import jury_readiness, readiness
from award.domain.criteria import Criterion
from award.domain.jury_readiness import Judging
from award.domain.readiness import Plan
from award.errors import Refused
from award.i18n import text

NOW = datetime(2027, 1, 1, tzinfo=UTC)
IMPACT = Criterion(name="Impact", share=Fraction(3), low=Fraction(0), high=Fraction(1), step=Fraction(1))
NOVELTY = replace(IMPACT, name="Novelty", share=Fraction(1))
FULL = {"1": {"en": "Much"}, "0": {"en": "Nothing"}}
PLAN = Plan(
    languages=("en",),
    closes_at=NOW + timedelta(days=9),
    purpose={"en": "To learn"},
    texts=({"en": "Round"},),
    fields=2,
    criteria=(IMPACT, NOVELTY),
    anchors=(FULL, FULL),
)
JUDGING = Judging(
    entries={"L-1": "en", "L-2": "nl"},
    jurors={"Ada": ("en", "nl"), "Bo": ()},
    pairs={
        ("Ada", "L-1"): "submitted",
        ("Ada", "L-2"): "submitted",
        ("Bo", "L-1"): "submitted",
        ("Bo", "L-2"): "submitted",
    },
    commented=frozenset({"L-1", "L-2"}),
    min_ballots=2,
)


def states(checks):
    return {check.key: check.state for check in checks}


def found(checks, key):
    return next(str(check.finding) for check in checks if check.key == key)


def call(**changes):
    return readiness.before_call(replace(PLAN, **changes), now=NOW)


def stage(faults=(), **changes):
    return jury_readiness.before_stage(replace(JUDGING, **changes), (IMPACT, NOVELTY), faults=faults)


def lock(unchanged=True, **changes):
    return jury_readiness.before_lock(replace(JUDGING, **changes), (IMPACT, NOVELTY), unchanged=unchanged)


def test_a_complete_round_passes_every_check():
    assert set(states(call()).values()) == {"ready"}
    assert readiness.passed(call()) == 8
    assert found(call(), "shares") == "75, 25"
    readiness.require(call())


@pytest.mark.parametrize(
    ("changes", "key", "state", "finding"),
    [
        ({"purpose": {"en": "  "}}, "purpose", "missing", "nothing is written yet"),
        ({"closes_at": NOW}, "dates", "missing", "the deadline has passed"),
        ({"closes_at": NOW + timedelta(hours=3)}, "dates", "look", "in less than a day"),
        ({"fields": 0}, "form", "missing", "no question yet"),
        ({"criteria": (), "anchors": ()}, "criteria", "missing", "no criterion yet"),
        ({"criteria": (), "anchors": ()}, "anchors", "look", "no criterion yet"),
        ({"criteria": (), "anchors": ()}, "shares", "missing", "no criterion counts yet"),
        ({"criteria": (), "anchors": (), "stage": False}, "criteria", "missing", "there is no stage to score in"),
        ({"anchors": (FULL, {"1": {"en": "Much"}})}, "anchors", "look", "1 step has no sentence"),
        ({"faults": (text("the tie rule is unknown"),)}, "rules", "missing", "the tie rule is unknown"),
        ({"languages": ("en", "nl")}, "languages", "look", "1 text is not translated; readers see another language"),
        ({"texts": ({},), "languages": ("en", "nl")}, "languages", "ready", "all texts, in 2 languages"),
    ],
)
def test_what_is_missing_before_the_call_is_said(changes, key, state, finding):
    assert states(call(**changes))[key] == state
    assert found(call(**changes), key) == finding


def test_a_step_is_refused_with_the_first_thing_missing_and_the_number_of_others():
    with pytest.raises(Refused) as one:
        readiness.require(call(fields=0))
    assert str(one.value) == "Not possible yet. The entry form asks something: no question yet."
    with pytest.raises(Refused) as three:
        readiness.require(call(fields=0, purpose={}, closes_at=NOW))
    assert str(three.value) == "Not possible yet. The purpose is written: nothing is written yet. 2 more checks fail."


def test_a_jury_at_work_passes_every_check():
    assert set(states(stage()).values()) == {"ready"}
    assert set(states(lock()).values()) == {"ready"}


@pytest.mark.parametrize(
    ("changes", "key", "state", "finding"),
    [
        ({"unscreened": 3}, "screened", "missing", "3 entries are not screened yet"),
        ({"entries": {}, "pairs": {}}, "screened", "missing", "no entry is eligible"),
        ({"refused": 1}, "screened", "ready", "2 eligible, 1 not"),
        ({"jurors": {}}, "jury", "missing", "nobody has accepted yet"),
        ({"waiting": 1}, "jury", "look", "2 accepted, 1 have not answered"),
        ({"min_ballots": 3}, "readers", "missing", "2 entries have too few; the rules ask for 3"),
        ({}, "readers", "ready", "2 entries, at least 2 jurors each; the rules ask for 2"),
        (
            {"conflicts": frozenset({("Ada", "L-1")})},
            "conflicts",
            "missing",
            "Ada has a conflict of interest with L-1 and is to judge it",
        ),
        ({"conflicts": frozenset({("Cy", "L-1")})}, "conflicts", "ready", "1 recusal: Cy, L-1"),
        ({"conflicts": frozenset({("Cy", "L-1"), ("Cy", "L-2")})}, "conflicts", "ready", "2 recusals"),
        (
            {"jurors": {"Ada": ("en",), "Bo": ()}},
            "languages",
            "look",
            "1 ballot asks for a language the juror did not name",
        ),
        ({}, "languages", "ready", "en, nl entries have readers of their language"),
        ({"entries": {}, "pairs": {}}, "languages", "ready", "no entry yet"),
        ({"faults": (text("a fault"),)}, "rules", "missing", "a fault"),
    ],
)
def test_what_is_missing_before_the_stage_opens_is_said(changes, key, state, finding):
    assert states(stage(**changes))[key] == state
    assert found(stage(**changes), key) == finding


@pytest.mark.parametrize(
    ("changes", "key", "state", "finding"),
    [
        ({"unchanged": False}, "rulebook", "look", "they differ from what was published"),
        ({"pairs": {**JUDGING.pairs, ("Ada", "L-1"): None}}, "ballots", "under_way", "1 of 4 is missing, from 1 juror"),
        ({"pairs": dict.fromkeys(JUDGING.pairs, "draft")}, "ballots", "under_way", "4 of 4 are missing, from 2 jurors"),
        ({"pairs": {}}, "ballots", "look", "nothing assigned"),
        ({"commented": frozenset({"L-1"})}, "comments", "look", "L-2 has no comment yet"),
        ({"commented": frozenset()}, "comments", "look", "2 entries have no comment yet, the first is L-1"),
    ],
)
def test_what_is_missing_before_the_lock_is_said(changes, key, state, finding):
    assert states(lock(**changes))[key] == state
    assert found(lock(**changes), key) == finding
