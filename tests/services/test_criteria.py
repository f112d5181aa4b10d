"""Criteria of a stage: added, weighed, changed, removed, while the rules are not published and no score is lost."""

from decimal import Decimal

import pytest

from award import db
from award.domain import lives
from award.errors import Invalid, Refused, Stale
from award.services import criteria, rulebooks
from tests import builders as b
from tests import jury
from tests.services.setting_up import CRITERION, acts, by, events, ready


@pytest.fixture
def made(context):
    round_, organiser = ready()
    return round_.stages[0], organiser


def test_a_criterion_is_added_at_the_end_once(made):
    stage, organiser = made
    given = {**CRITERION, "name": {"nl": " Durf  en moed ", "en": ""}}
    first, second = (criteria.add(stage, given=given, key="one key", **by(organiser)) for _time in range(2))
    assert (first, first.position, first.key, first.anchors) == (second, 3, "Durf en moed", {})
    assert events()[1:] == [
        (
            "criterion_added",
            {"criterion": "Durf en moed", "share": "60", "scale": ["0", "5"], "step": "1", "threshold": None, "better": "higher"},
            {},
        )
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"low": Decimal(5)}, "high"),
        ({"low": Decimal(6)}, "high"),
        ({"step": Decimal(0)}, "step"),
        ({"step": Decimal("-1")}, "step"),
        ({"step": Decimal("0.3")}, "step"),
        ({"step": Decimal("0.01")}, "step"),
        ({"threshold": Decimal("5.5")}, "threshold"),
        ({"threshold": Decimal(-1)}, "threshold"),
        ({"name": {"en": "NOVELTY"}}, "name"),
    ],
)
def test_a_scale_that_cannot_be_scored_on_is_refused_at_its_field(made, change, field):
    stage, organiser = made
    for act in (
        lambda given: criteria.add(stage, given=given, key="", **by(organiser)),
        lambda given: criteria.change(stage.criteria[0], given={**given, "anchors": {}}, version=1, **by(organiser)),
    ):
        with pytest.raises(Invalid) as refusal:
            act({**CRITERION, **change})
        assert refusal.value.field == field
    assert acts() == ["round_created"]


def test_a_changed_scale_drops_the_anchors_that_lie_off_it(made):
    stage, organiser = made
    criterion = stage.criteria[0]
    given = {**CRITERION, "high": Decimal(2), "anchors": {"2": {"en": "Lasting"}, "1": {}, "5": {"en": "Off"}, None: {"en": "x"}}}
    criteria.change(criterion, given=given, version=1, **by(organiser))
    db.session.flush()
    assert (criterion.anchors, criterion.version) == ({"2": {"en": "Lasting"}}, 2)
    with pytest.raises(Stale) as refusal:
        criteria.change(criterion, given=given, version=1, **by(organiser))
    assert refusal.value.status == 409


def test_the_tie_chain_follows_a_criterion_that_is_renamed_or_removed(made):
    stage, organiser = made
    stage.rules = {**stage.rules, "ties": ["criterion:Impact", "firsts", "criterion:Novelty"]}
    impact, novelty, _scalability = stage.criteria
    given = {**CRITERION, "name": {"en": "Effect"}, "anchors": {}}
    criteria.change(impact, given=given, version=1, **by(organiser))
    assert stage.rules["ties"] == ["criterion:Effect", "firsts", "criterion:Novelty"]
    criteria.remove(novelty, **by(organiser))
    assert stage.rules["ties"] == ["criterion:Effect", "firsts"]
    assert ([c.key for c in stage.criteria], rulebooks.faults(stage)) == (["Effect", "Scalability"], [])


def test_weights_become_shares_and_at_least_one_counts(made):
    stage, organiser = made
    before = stage.version
    with pytest.raises(Invalid):
        criteria.weigh(stage, shares={c.id: Decimal(0) for c in stage.criteria}, version=before, **by(organiser))
    criteria.weigh(stage, shares={c.id: Decimal(n) for n, c in enumerate(stage.criteria)}, version=before, **by(organiser))
    db.session.flush()
    assert [c.share for c in stage.criteria] == [0, 1, 2]
    assert (stage.version, events()[-1][1]) == (before + 1, {"Impact": "0", "Novelty": "1", "Scalability": "2"})
    with pytest.raises(Stale) as refusal:
        criteria.weigh(stage, shares={}, version=before, **by(organiser))
    assert str(refusal.value).startswith("Lotte Aerts saved this page while you were typing.")


def test_what_was_scored_on_stays_and_its_name_may_change(context):
    world = jury.build(submitted=[(0, 0)])
    impact, stage, who = world["criteria"][0], world["stage"], by(world["organiser"])
    rulebooks.freeze(stage, actor=world["organiser"], now=b.NOW)
    db.session.expire(stage, ["rulebooks"])
    stage.state = "draft"
    given = {**CRITERION, "anchors": {}}
    for act in (
        lambda: criteria.remove(impact, **who),
        lambda: criteria.change(impact, given={**given, "high": Decimal(10)}, version=impact.version, **who),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.status == 409
    criteria.change(impact, given={**given, "name": {"en": "Effect"}, "threshold": Decimal(2)}, version=impact.version, **who)
    assert (impact.key, impact.threshold) == ("Effect", 2)


@pytest.mark.parametrize(
    ("round_state", "stage_state"), [*((state, "draft") for state in lives.ROUND[1:]), ("judging", "open"), ("judging", "locked")]
)
def test_published_criteria_do_not_change(made, round_state, stage_state):
    stage, organiser = made
    stage.round.state, stage.state = round_state, stage_state
    who = by(organiser)
    for act in (
        lambda: criteria.add(stage, given=CRITERION, key="", **who),
        lambda: criteria.change(stage.criteria[0], given={**CRITERION, "anchors": {}}, version=1, **who),
        lambda: criteria.remove(stage.criteria[0], **who),
        lambda: criteria.weigh(stage, shares={}, version=stage.version, **who),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.status == 409
    assert acts() == ["round_created"]
