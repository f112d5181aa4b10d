"""What must be in order before a stage opens, and before it is locked: each check and what it finds."""

from dataclasses import replace
from fractions import Fraction

import pytest

from award.domain.criteria import Criterion
from award.domain.jury_readiness import Judging, before_lock, before_stage, further
from award.domain.readiness import LOOK, MISSING, READY, UNDER_WAY, passed
from award.i18n import text

CRITERIA = (Criterion(name="Impact", share=Fraction(1), low=Fraction(0), high=Fraction(5), step=Fraction(1)),)
PAIRS = {("Ann", "E1"): "submitted", ("Bob", "E1"): "submitted", ("Ann", "E2"): "submitted"}
JUDGING = Judging(
    entries={"E1": "nl", "E2": "fr"},
    jurors={"Ann": ("nl", "fr"), "Bob": ()},
    pairs=PAIRS,
    conflicts=frozenset({("Bob", "E2")}),
    commented=frozenset({"E1", "E2"}),
    refused=1,
)


def found(checks, key):
    """The state and the finding of one check."""
    check = {check.key: check for check in checks}[key]
    return check.state, str(check.finding)


def test_a_stage_with_jury_and_readers_is_ready_to_open():
    checks = before_stage(JUDGING, CRITERIA)
    assert [(check.key, check.state, str(check.finding)) for check in checks] == [
        ("screened", READY, "2 eligible, 1 not"),
        ("jury", READY, "2 jurors accepted"),
        ("readers", READY, "2 entries, at least 1 jurors each; the rules ask for 1"),
        ("conflicts", READY, "1 recusal: Bob, E2"),
        ("languages", READY, "fr, nl entries have readers of their language"),
        ("shares", READY, "100"),
        ("rules", READY, "they are frozen and published when the stage opens"),
    ]
    assert passed(checks) == 7


@pytest.mark.parametrize(
    ("change", "key", "state", "finding"),
    [
        ({"unscreened": 1}, "screened", MISSING, "1 entry is not screened yet"),
        ({"unscreened": 2}, "screened", MISSING, "2 entries are not screened yet"),
        ({"entries": {}, "pairs": {}}, "screened", MISSING, "no entry is eligible"),
        ({"entries": {}, "pairs": {}}, "languages", READY, "no entry yet"),
        ({"jurors": {}}, "jury", MISSING, "nobody has accepted yet"),
        ({"jurors": {"Ann": ()}}, "jury", READY, "1 juror accepted"),
        ({"waiting": 3}, "jury", LOOK, "2 accepted, 3 have not answered"),
        ({"min_ballots": 2}, "readers", MISSING, "1 entry has too few; the rules ask for 2"),
        ({"min_ballots": 3}, "readers", MISSING, "2 entries have too few; the rules ask for 3"),
        ({"pairs": {("Ann", "E9"): None}}, "readers", MISSING, "2 entries have too few; the rules ask for 1"),
        (
            {"conflicts": frozenset({("Bob", "E1"), ("Ann", "E2")})},
            "conflicts",
            MISSING,
            "Ann has a conflict of interest with E2 and is to judge it",
        ),
        ({"conflicts": frozenset()}, "conflicts", READY, "no recusal"),
        ({"conflicts": frozenset({("Bob", "E2"), ("Bob", "E3")})}, "conflicts", READY, "2 recusals"),
        ({"jurors": {"Ann": ("nl",)}}, "languages", LOOK, "1 ballot asks for a language the juror did not name"),
        ({"jurors": {"Ann": ("de",), "Bob": ("de",)}}, "languages", LOOK, "3 ballots ask for a language the juror did not name"),
        ({"jurors": {"Ann": ("nl", "fr")}, "pairs": {("Ann", "E9"): None}}, "languages", READY, "fr, nl entries have readers of their language"),
    ],
)
def test_each_check_before_opening_says_what_it_found(change, key, state, finding):
    assert found(before_stage(replace(JUDGING, **change), CRITERIA), key) == (state, finding)


def test_rules_that_do_not_fit_stop_the_opening():
    assert found(before_stage(JUDGING, CRITERIA, faults=[text("there is no criterion")]), "rules") == (MISSING, "there is no criterion")
    assert found(before_stage(JUDGING, ()), "shares") == (MISSING, "no criterion counts yet")


def test_a_judged_stage_is_ready_to_lock():
    checks = before_lock(JUDGING, CRITERIA, unchanged=True)
    assert [check.key for check in checks] == ["shares", "readers", "conflicts", "languages", "rulebook", "ballots", "comments"]
    assert {check.state for check in checks} == {READY}
    assert [str(check.finding) for check in checks[4:]] == [
        "their checksum is the one published",
        "all 3",
        "each entry has at least one",
    ]


@pytest.mark.parametrize(
    ("change", "key", "state", "finding"),
    [
        ({"pairs": {**PAIRS, ("Bob", "E1"): "draft"}}, "ballots", UNDER_WAY, "1 of 3 is missing, from 1 juror"),
        ({"pairs": {("Ann", "E1"): None, ("Bob", "E1"): None, ("Ann", "E2"): "draft"}}, "ballots", UNDER_WAY, "3 of 3 are missing, from 2 jurors"),
        ({"pairs": {("Ann", "E1"): "submitted"}}, "ballots", READY, "the only one"),
        ({"commented": frozenset({"E2"})}, "comments", LOOK, "E1 has no comment yet"),
        ({"commented": frozenset()}, "comments", LOOK, "2 entries have no comment yet, the first is E1"),
    ],
)
def test_each_check_before_locking_says_what_it_found(change, key, state, finding):
    assert found(before_lock(replace(JUDGING, **change), CRITERIA, unchanged=True), key) == (state, finding)


def test_rules_that_changed_after_freezing_are_pointed_out():
    assert found(before_lock(JUDGING, CRITERIA, unchanged=False), "rulebook") == (LOOK, "they differ from what was published")


@pytest.mark.parametrize(("changes", "state", "finding"), [
    ({"before": "decided", "eligible": 45}, READY, "2 of 45 go on"),
    ({"before": "decided", "eligible": 45, "entries": {"E1": "nl"}}, READY, "1 of 45 goes on"),
    ({"before": "decided", "eligible": 45, "entries": {}}, MISSING, "no entry goes on; take that stage back, or remove this one"),
    ({"before": "locked", "eligible": 45, "entries": {}}, MISSING, "that stage is not decided yet"),
])
def test_a_later_stage_asks_who_goes_on_instead_of_who_is_screened(changes, state, finding):
    checks = before_stage(replace(JUDGING, **changes), CRITERIA)
    assert found(checks, "through") == (state, finding)
    assert "screened" not in {check.key for check in checks}


def test_a_further_stage_may_get_its_criteria_after_the_call_has_opened():
    checks = further([(text("Pitch"), 3), (text("Final"), 0)])
    assert [(str(check.title), check.state, str(check.finding), check.place) for check in checks] == [
        ("Criteria of a further stage: Pitch", READY, "3 criteria", ""),
        ("Criteria of a further stage: Final", LOOK, "none yet; they can be set until the stage opens", "")]
