"""Special awards of a stage: their own shares over its criteria, part of the rules, fixed with them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from award import db
from award.errors import Invalid, Refused, Stale
from award.models import SpecialShare
from award.services import criteria, rulebooks, special_awards
from tests import builders as b
from tests.services.setting_up import acts, by, events, ready

TEXTS = {"name": {"en": "First Penguin", "nl": "Eerste pinguïn"}, "description": {"en": "For courage."}}


@pytest.fixture
def made(context):
    """(stage, its criteria Impact, Novelty, Courage of which the last counts for nothing yet, organiser)."""
    round_, organiser = ready(preset="")
    stage = round_.stages[0]
    rows = [b.criterion(stage, key, share) for key, share in (("Impact", 60), ("Novelty", 40), ("Courage", 0))]
    return stage, rows, organiser


def given(*shares, **changes):
    """What a use case takes; `shares` are (criterion, share) pairs."""
    return {**TEXTS, "shares": {c.id: None if share is None else Decimal(share) for c, share in shares}, **changes}


def test_a_special_award_is_part_of_the_rules_with_its_own_shares(made):
    stage, (impact, novelty, courage), organiser = made
    version = stage.version
    first, second = (
        special_awards.add(stage, given=given((impact, None), (novelty, 1), (courage, "1.5")), key="k", **by(organiser)) for _ in range(2)
    )
    db.session.flush()
    assert (first, [a.key for a in stage.special_awards], stage.version > version) == (second, ["First Penguin"], True)
    assert rulebooks.as_table(stage)["special"] == [
        {"name": "First Penguin", "criterion": [{"name": "Novelty", "share": Decimal(1)}, {"name": "Courage", "share": Decimal("1.5")}]}
    ]
    (special,) = rulebooks.draft(stage).special
    assert (special.name, special.shares, special.entries) == ("First Penguin", {"Novelty": Fraction(1), "Courage": Fraction(3, 2)}, None)
    assert events()[-1] == ("special_award_added", {"award": "First Penguin", "shares": {"Novelty": "1", "Courage": "1.5"}}, {})


def test_it_changes_and_an_overtaken_change_is_refused(made):
    stage, (impact, novelty, courage), organiser = made
    award = special_awards.add(stage, given=given((novelty, 1), (courage, 1)), key="", **by(organiser))
    db.session.flush()
    special_awards.change(award, given=given((impact, 0), (courage, 2), name={"en": "Courage"}), version=1, **by(organiser))
    db.session.flush()
    assert (award.key, award.version, acts()[-1]) == ("Courage", 2, "special_award_changed")
    assert [(row.criterion_id, row.share) for row in db.session.query(SpecialShare)] == [(courage.id, Decimal(2))]
    with pytest.raises(Stale) as refusal:
        special_awards.change(award, given=given((courage, 3)), version=1, **by(organiser))
    assert str(refusal.value).startswith("Lotte Aerts saved this page")


def test_shares_alone_count_as_a_change_for_whoever_has_it_open(made):
    stage, (_impact, _novelty, courage), organiser = made
    award = special_awards.add(stage, given=given((courage, 1)), key="", **by(organiser))
    db.session.flush()
    special_awards.change(award, given=given((courage, 2)), version=1, **by(organiser))
    db.session.flush()
    assert award.version == 2


def test_it_needs_a_name_of_its_own_and_something_that_counts(made):
    stage, (impact, novelty, _courage), organiser = made
    award = special_awards.add(stage, given=given((novelty, 1)), key="", **by(organiser))
    other = special_awards.add(stage, given=given((novelty, 1), name={"en": "Other"}), key="", **by(organiser))
    db.session.flush()
    wrong = [
        (lambda: special_awards.add(stage, given=given((impact, 1), name={"en": "first  penguin"}), key="", **by(organiser)), "name"),
        (lambda: special_awards.change(other, given=given((impact, 1)), version=1, **by(organiser)), "name"),
        (lambda: special_awards.add(stage, given=given((impact, None), (novelty, 0), name={"en": "X"}), key="", **by(organiser)), "shares"),
        (lambda: special_awards.change(award, given=given(), version=1, **by(organiser)), "shares"),
    ]
    for act, field in wrong:
        with pytest.raises(Invalid) as refusal:
            act()
        assert refusal.value.field == field


def test_it_can_be_for_named_entries_until_scoring_opens(made):
    stage, (_impact, novelty, _courage), organiser = made
    award = b.special_award(stage, {novelty: 1})
    numbers = [b.entry(stage.round).number for _ in range(3)]
    stage.round.state = "judging"
    assert [number for number, _title in special_awards.candidates(stage)] == numbers
    special_awards.limit(award, entries=[numbers[2], numbers[0]], version=1, **by(organiser))
    assert (award.entries, events()[-1][:2]) == (
        [numbers[0], numbers[2]],
        ("special_award_limited", {"award": "First Penguin", "entries": [numbers[0], numbers[2]]}),
    )
    assert rulebooks.draft(stage).special[0].entries == (numbers[0], numbers[2])
    db.session.flush()
    with pytest.raises(Stale):
        special_awards.limit(award, entries=[], version=1, **by(organiser))
    with pytest.raises(Invalid):
        special_awards.limit(award, entries=["ZZ-1"], version=2, **by(organiser))
    stage.state = "open"
    with pytest.raises(Refused):
        special_awards.limit(award, entries=[], version=2, **by(organiser))


def test_they_change_places_and_go(made):
    stage, (_impact, novelty, _courage), organiser = made
    rows = [special_awards.add(stage, given=given((novelty, 1), name={"en": name}), key="", **by(organiser)) for name in "abc"]
    db.session.flush()
    special_awards.move(rows[0], direction="up", **by(organiser))
    special_awards.move(rows[2], direction="up", **by(organiser))
    special_awards.remove(rows[1], **by(organiser))
    db.session.expire(stage, ["special_awards"])
    assert [(a.key, a.position) for a in stage.special_awards] == [("a", 0), ("c", 1)]
    assert (acts()[-2:], db.session.query(SpecialShare).count()) == (["special_award_moved", "special_award_removed"], 2)


def test_nothing_changes_once_the_rules_are_published(made):
    stage, (_impact, novelty, _courage), organiser = made
    award = b.special_award(stage, {novelty: 1})
    stage.round.state = "open"
    for act in (
        lambda: special_awards.add(stage, given=given((novelty, 1), name={"en": "X"}), key="", **by(organiser)),
        lambda: special_awards.change(award, given=given((novelty, 1)), version=1, **by(organiser)),
        lambda: special_awards.move(award, direction="up", **by(organiser)),
        lambda: special_awards.remove(award, **by(organiser)),
    ):
        with pytest.raises(Refused, match="The call is open"):
            act()


def test_a_criterion_that_goes_leaves_the_special_awards_unless_one_rests_on_it_alone(made):
    stage, (impact, novelty, courage), organiser = made
    two, one = b.special_award(stage, {novelty: 1, courage: 1}, "Two"), b.special_award(stage, {courage: 1}, "One")
    with pytest.raises(Refused) as refusal:
        criteria.remove(courage, **by(organiser))
    assert str(refusal.value) == "The special award “One” rests on this criterion alone. Change it first."
    criteria.remove(novelty, **by(organiser))
    assert ([row.criterion_id for row in two.shares], [row.criterion_id for row in one.shares]) == ([courage.id], [courage.id])
    assert [c.key for c in stage.criteria] == ["Impact", "Courage"]
