"""A round and its life: created from a preset, set up, opened, closed, extended, taken back, archived."""

from datetime import timedelta

import pytest

from award import db
from award.domain import lives
from award.domain.readiness import MISSING, READY
from award.errors import Invalid, Refused, Stale
from award.i18n import LANGUAGES
from award.models import Round
from award.services import history, presets, readiness, rounds, rulebooks, standings
from tests import builders as b
from tests.services.setting_up import GIVEN, acts, by, events, ready

DAY = timedelta(days=1)


@pytest.fixture
def made(context):
    return ready()


def texts_of(preset):
    """Every text of a preset, as {language: words}."""
    yield from (preset["title"], preset["explanation"], preset["purpose"], preset["stage"]["title"])
    for part in (*preset["field"], *preset["criterion"]):
        yield from (part[name] for name in ("label", "hint", "name", "description") if name in part)
        yield from part.get("choices", ())
        yield from part.get("anchors", {}).values()


@pytest.mark.parametrize("key", presets.all_())
def test_every_preset_is_written_in_every_language_and_can_be_opened_at_once(context, key):
    assert {frozenset(code for code in LANGUAGES if words.get(code, "").strip()) for words in texts_of(presets.all_()[key])} == {frozenset(LANGUAGES)}
    round_, organiser = ready(preset=key, languages=list(LANGUAGES), title=dict.fromkeys(LANGUAGES, "Award"))
    assert {check.state for check in readiness.before_call(round_, now=b.NOW)} == {READY}
    assert rounds.open_call(round_, **by(organiser)).state == "open"
    assert rulebooks.faults(round_.stages[0]) == []


def test_a_round_from_a_preset_speaks_the_languages_of_the_round_only(made):
    round_, organiser = made
    stage = round_.stages[0]
    assert (round_.state, round_.version, len(round_.fields)) == ("draft", 1, 9)
    assert [c.key for c in stage.criteria] == ["Impact", "Novelty", "Scalability"]
    shown = [round_.purpose, stage.title, *(f.label for f in round_.fields), *(c.name for c in stage.criteria), *stage.criteria[0].anchors.values()]
    assert {tuple(sorted(words)) for words in shown} == {("en", "nl")}
    assert events() == [("round_created", {"code": "FIA27", "preset": "federal_innovation_award"}, {})]
    assert history.first_break(round_) is None


def test_no_two_rounds_share_a_code(made):
    round_, organiser = made
    other = b.round_()
    given = {name: getattr(round_, name) for name in rounds.TEXTS}
    said = (422, "code", "Another round has the code FIA27. Choose one of its own.")
    with pytest.raises(Invalid) as refusal:
        rounds.create(b.programme(), given=given | {"preset": ""}, key="", **by(organiser))
    assert (refusal.value.status, refusal.value.field, str(refusal.value)) == said
    with pytest.raises(Invalid) as refusal:
        rounds.change(other, given=given, version=other.version, **by(organiser))
    assert (refusal.value.status, refusal.value.field, str(refusal.value)) == said
    assert rounds.change(round_, given=given, version=round_.version, **by(organiser)).code == "FIA27"


def test_an_empty_round_has_a_stage_and_says_what_is_missing(context):
    round_, organiser = ready(preset="")
    assert (round_.purpose, round_.fields, round_.stages[0].criteria) == ({}, [], [])
    checks = readiness.before_call(round_, now=b.NOW)
    assert [check.key for check in checks if check.state == MISSING] == ["purpose", "form", "criteria", "shares"]
    with pytest.raises(Refused) as refusal:
        rounds.open_call(round_, **by(organiser))
    assert str(refusal.value) == "Not possible yet. The purpose is written: nothing is written yet. 3 more checks fail."
    assert (round_.state, acts()) == ("draft", ["round_created"])


def test_the_same_post_makes_one_round(context):
    organiser = b.user(role="organiser")
    programme = b.programme(organiser)
    first, second = (rounds.create(programme, given=GIVEN, key="one key", **by(organiser)) for _time in range(2))
    assert (first, db.session.query(Round).count()) == (second, 1)


def test_a_call_closes_after_it_opens(made):
    round_, organiser = made
    wrong = {**GIVEN, "opens_at": b.NOW, "closes_at": b.NOW}
    for act in (
        lambda: rounds.create(round_.programme, given=wrong, key="", **by(organiser)),
        lambda: rounds.change(round_, given={**wrong, "purpose": {}}, version=round_.version, **by(organiser)),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert (str(refusal.value), refusal.value.field) == ("The call must close after it opens.", "closes_on")


def test_a_draft_changes_and_the_second_of_two_people_sees_who_was_first(made):
    round_, organiser = made
    given = {**{k: v for k, v in GIVEN.items() if k != "preset"}, "code": "FIA28", "purpose": {"en": "New"}}
    rounds.change(round_, given=given, version=1, **by(organiser))
    db.session.flush()
    assert (round_.code, round_.purpose, round_.version, acts()) == ("FIA28", {"en": "New"}, 2, ["round_created", "round_changed"])
    with pytest.raises(Stale) as refusal:
        rounds.change(round_, given={**given, "code": "X1"}, version=1, **by(b.user()))
    assert str(refusal.value).startswith("Lotte Aerts saved this page while you were typing.")
    assert round_.code == "FIA28"


@pytest.mark.parametrize("state", [state for state in lives.ROUND if state != "draft"])
def test_texts_and_dates_are_fixed_once_the_call_is_open(made, state):
    round_, organiser = made
    round_.state = state
    with pytest.raises(Refused) as refusal:
        rounds.change(round_, given={**GIVEN, "purpose": {}}, version=round_.version, **by(organiser))
    assert refusal.value.status == 409


@pytest.mark.parametrize(
    ("act", "possible"),
    [
        (lambda r, who: rounds.open_call(r, **by(who)), "draft"),
        (lambda r, who: rounds.close_call(r, reason="x", **by(who)), "open"),
        (lambda r, who: rounds.extend(r, closes_at=r.closes_at + DAY, reason="x", **by(who)), "open"),
        (lambda r, who: rounds.archive(r, **by(who)), "published"),
    ],
)
def test_each_act_is_possible_in_one_state_only(made, act, possible):
    round_, organiser = made
    for state in lives.ROUND:
        round_.state = state
        if state == possible:
            act(round_, organiser)
            continue
        with pytest.raises(Refused) as refusal:
            act(round_, organiser)
        assert refusal.value.status == 409
    assert len(acts()) == 2


def test_a_call_closes_early_with_a_reason_and_at_the_deadline_without(made):
    round_, organiser = made
    rounds.open_call(round_, **by(organiser))
    b.entry(round_)
    b.entry(round_, submitted=False)
    with pytest.raises(Invalid) as refusal:
        rounds.close_call(round_, actor=organiser, now=round_.closes_at - timedelta(milliseconds=1))
    assert refusal.value.field == "reason"
    rounds.close_call(round_, actor=organiser, now=round_.closes_at)
    assert (round_.state, events()[-1]) == ("judging", ("call_closed", {"entries": 1}, {"reason": ""}))


def test_a_deadline_moves_later_only_with_a_reason(made):
    round_, organiser = made
    rounds.open_call(round_, **by(organiser))
    before = round_.closes_at
    for closes_at, reason, field in (
        (before, "Storm", "closes_on"),
        (before - DAY, "Storm", "closes_on"),
        (before + DAY, "", "reason"),
        (before + DAY, None, "reason"),
    ):
        with pytest.raises(Invalid) as refusal:
            rounds.extend(round_, closes_at=closes_at, reason=reason, **by(organiser))
        assert refusal.value.field == field
    rounds.extend(round_, closes_at=before + DAY, reason="Storm", **by(organiser))
    assert events()[-1] == (
        "deadline_extended",
        {"from": before.isoformat(), "to": (before + DAY).isoformat()},
        {"reason": "Storm"},
    )


def test_a_deadline_that_has_passed_moves_to_a_time_still_to_come(made):
    round_, organiser = made
    rounds.open_call(round_, **by(organiser))
    late = round_.closes_at + 2 * DAY
    with pytest.raises(Invalid):
        rounds.extend(round_, closes_at=late, reason="Storm", actor=organiser, now=late)
    assert rounds.extend(round_, closes_at=late + DAY, reason="Storm", actor=organiser, now=late).closes_at == late + DAY


def test_the_call_cannot_close_after_the_scoring(made):
    round_, organiser = made
    rounds.open_call(round_, **by(organiser))
    round_.stages[0].closes_at = round_.closes_at + DAY
    with pytest.raises(Invalid) as refusal:
        rounds.extend(round_, closes_at=round_.closes_at + DAY, reason="Storm", **by(organiser))
    assert refusal.value.field == "closes_on"
    rounds.extend(round_, closes_at=round_.closes_at + DAY / 2, reason="Storm", **by(organiser))


@pytest.mark.parametrize(("state", "before"), [("open", "draft"), ("judging", "open"), ("decided", "judging")])
def test_a_round_goes_one_step_back_with_a_reason(made, state, before):
    round_, organiser = made
    round_.state = state
    round_.stages[0].state = "decided" if state == "decided" else "draft"
    with pytest.raises(Invalid) as refusal:
        rounds.back(round_, reason="", **by(organiser))
    assert (refusal.value.field, round_.state) == ("reason", state)
    rounds.back(round_, reason="A question was wrong", **by(organiser))
    assert (round_.state, events()[-1]) == (
        before,
        ("round_taken_back", {"from": state, "to": before}, {"reason": "A question was wrong"}),
    )
    assert round_.stages[0].state == ("locked" if state == "decided" else "draft")


@pytest.mark.parametrize("state", ["draft", "published", "archived"])
def test_what_is_public_or_not_begun_does_not_go_back(made, state):
    round_, organiser = made
    round_.state = state
    with pytest.raises(Refused) as refusal:
        rounds.back(round_, reason="x", **by(organiser))
    assert (refusal.value.status, round_.state) == (409, state)


def test_a_call_does_not_open_again_while_scoring_is_open(made):
    round_, organiser = made
    round_.state, round_.stages[0].state = "judging", "open"
    with pytest.raises(Refused) as refusal:
        rounds.back(round_, reason="x", **by(organiser))
    assert str(refusal.value) == "Scoring has begun. Take the stage back to draft first."


def test_entries_are_counted_by_state(made):
    round_, _organiser = made
    for submitted in (True, True, False):
        b.entry(round_, submitted=submitted)
    b.entry(round_).state = "withdrawn"
    db.session.flush()
    assert rounds.counts(round_) == {"draft": 1, "submitted": 2, "returned": 0, "withdrawn": 1}


@pytest.mark.parametrize(
    ("state", "stage", "late", "phase"),
    [
        ("draft", "draft", False, "draft"),
        ("open", "draft", False, "open"),
        ("open", "draft", True, "late"),
        ("judging", "draft", True, "screening"),
        ("judging", "locked", True, "locked"),
        ("decided", "decided", True, "decided"),
        ("published", "decided", True, "published"),
        ("archived", "decided", True, "archived"),
    ],
)
def test_a_round_says_at_which_step_it_is(made, state, stage, late, phase):
    round_, _organiser = made
    round_.state, round_.stages[0].state = state, stage
    found = standings.of_round(round_, now=round_.closes_at if late else b.NOW)
    assert found.phase == phase
    assert bool(found.checks) == (phase in ("draft", "screening"))


def test_judging_goes_from_screening_to_ballots(made):
    round_, organiser = made
    round_.state, stage = "judging", round_.stages[0]
    stage.rules = {**stage.rules, "min_ballots": 1}
    entry, phases = b.entry(round_), []

    def look():
        db.session.flush()
        phases.append(standings.of_round(round_, now=b.NOW).phase)

    look()
    b.screening(entry, organiser)
    look()
    juror = b.juror(stage)
    look()
    assignment = b.assignment(juror, entry)
    look()
    stage.state = "open"
    look()
    b.ballot(assignment, {})
    look()
    assert phases == ["screening", "inviting", "assigning", "opening", "scoring", "scored"]
