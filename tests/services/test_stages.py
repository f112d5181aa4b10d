"""Entry form, criteria, rules: changed in a draft, fixed with the call, frozen when the stage opens."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from award.db import session
from award.errors import FaultyInput, Invalid, Missing, Refused, Stale
from award.models import Event, Mail
from award.services import criteria, fields, readiness, rulebooks, stages
from tests import builders as b


@pytest.fixture
def organiser(context):
    return b.user("lotte@office.example", name="Lotte Aerts", role="organiser")


@pytest.fixture
def round_(organiser):
    return b.round_(b.programme(organiser), languages=["en", "nl"])


@pytest.fixture
def stage(round_):
    return b.stage(round_, rules={**stages.START})


def question(kind="long_text", **options):
    return {"kind": kind, "label": {"en": "What?"}, "hint": {}, "required": True, "options": options}


def add_field(round_, organiser, key="f", **given):
    return fields.add(round_, given={**question(), **given}, key=key, actor=organiser, now=b.NOW)


def test_questions_are_added_changed_moved_and_removed(round_, organiser):
    rows = [add_field(round_, organiser, key=f"f{n}", label={"en": f"Question {n}"}) for n in range(3)]
    assert add_field(round_, organiser, key="f0") is rows[0]
    fields.move(rows[2], direction="up", actor=organiser, now=b.NOW)
    fields.move(rows[0], direction="up", actor=organiser, now=b.NOW)
    session.refresh(round_, ["fields"])
    assert round_.fields == [rows[0], rows[2], rows[1]]
    fields.change(rows[0], given=question(max_words="50"), version=rows[0].version, actor=organiser, now=b.NOW)
    assert rows[0].options == {"max_words": 50}
    fields.remove(rows[2], actor=organiser, now=b.NOW)
    session.refresh(round_, ["fields"])
    assert round_.fields == [rows[0], rows[1]]
    assert session.scalars(select(Event.act).where(Event.round_id == round_.id).order_by(Event.sequence)).all() == [
        "field_added", "field_added", "field_added", "field_moved", "field_changed", "field_removed",
    ]  # fmt: skip


def test_a_question_takes_only_what_its_kind_knows(round_, organiser):
    for wrong in ({"kind": "colour"}, {"options": {"choices": []}}, {"options": {"max_words": "many"}}):
        with pytest.raises(Invalid):
            add_field(round_, organiser, **wrong)


def test_the_form_is_fixed_once_the_call_is_open_and_a_stale_save_is_refused(round_, organiser):
    row = add_field(round_, organiser)
    with pytest.raises(Stale):
        fields.change(row, given=question(), version=row.version + 1, actor=organiser, now=b.NOW)
    round_.state = "open"
    for act in (
        lambda: add_field(round_, organiser, key="new"),
        lambda: fields.change(row, given=question(), version=row.version, actor=organiser, now=b.NOW),
        lambda: fields.move(row, direction="up", actor=organiser, now=b.NOW),
        lambda: fields.remove(row, actor=organiser, now=b.NOW),
    ):
        with pytest.raises(Refused):
            act()


def numbers(**changes):
    base = {"share": 3, "low": 0, "high": 5, "step": 1, "threshold": None}
    return {name: None if value is None else Decimal(str(value)) for name, value in {**base, **changes}.items()}


def given(name="Impact", better="higher", **changes):
    return {"name": {"en": name}, "description": {}, "better": better, **numbers(**changes)}


def add(stage, organiser, name="Impact", key=None, **changes):
    return criteria.add(stage, given=given(name, **changes), key=key or name, actor=organiser, now=b.NOW)


def change(row, organiser, anchors=None, **changes):
    wanted = {**given(**changes), "anchors": anchors or {}}
    return criteria.change(row, given=wanted, version=row.version, actor=organiser, now=b.NOW)


def test_criteria_have_a_name_of_their_own_and_the_same_post_adds_one(stage, organiser):
    first = add(stage, organiser)
    assert add(stage, organiser) is first
    with pytest.raises(Invalid) as taken:
        add(stage, organiser, " impact", key="other")
    assert taken.value.field == "name"
    assert (first.key, first.position) == ("Impact", 0)
    assert add(stage, organiser, "Novelty").position == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"low": 5}, "high"),
        ({"step": 2}, "step"),
        ({"step": 0}, "step"),
        ({"step": "0.01"}, "step"),
        ({"threshold": 6}, "threshold"),
    ],
)
def test_a_scale_that_leads_nowhere_is_refused_beside_its_field(stage, organiser, changes, field):
    with pytest.raises(Invalid) as refused:
        add(stage, organiser, **changes)
    assert refused.value.field == field


def test_a_new_name_is_followed_by_the_tie_chain_and_a_removed_criterion_leaves_it(stage, organiser):
    impact, novelty = add(stage, organiser), add(stage, organiser, "Novelty")
    stage.rules = {**stage.rules, "ties": ["criterion:Impact", "criterion:Novelty", "firsts"]}
    change(impact, organiser, name="Effect")
    assert (impact.key, stage.rules["ties"]) == ("Effect", ["criterion:Effect", "criterion:Novelty", "firsts"])
    criteria.remove(novelty, actor=organiser, now=b.NOW)
    assert stage.rules["ties"] == ["criterion:Effect", "firsts"]
    assert stage.criteria == [impact]


def test_anchors_stay_with_the_steps_of_the_scale(stage, organiser):
    row = add(stage, organiser)
    words = {"5": {"en": "Much"}, "0": {"en": "Nothing"}, "3": {}, "9": {"en": "Off the scale"}}
    change(row, organiser, anchors=words)
    assert row.anchors == {"5": {"en": "Much"}, "0": {"en": "Nothing"}}
    change(row, organiser, anchors=row.anchors, high=2)
    assert row.anchors == {"0": {"en": "Nothing"}}


def test_shares_are_any_numbers_but_not_all_zero(stage, organiser):
    impact, novelty = add(stage, organiser), add(stage, organiser, "Novelty")

    def weigh(first, second, version=None):
        shares = {impact.id: Decimal(first), novelty.id: Decimal(second)}
        return criteria.weigh(stage, shares=shares, version=version or stage.version, actor=organiser, now=b.NOW)

    before = stage.version
    weigh(7, 0)
    assert (impact.share, novelty.share) == (7, 0)
    assert stage.version > before
    with pytest.raises(Stale):
        weigh(1, 1, version=before)
    with pytest.raises(Invalid):
        weigh(0, 0)


def test_criteria_are_fixed_with_the_call_and_the_scale_once_scores_are_given(round_, stage, organiser):
    row = add(stage, organiser)
    entry, juror = b.entry(round_), b.juror(stage)
    b.ballot(b.assignment(juror, entry), {row: 3})
    with pytest.raises(Refused, match="scale"):
        change(row, organiser, high=10)
    with pytest.raises(Refused):
        criteria.remove(row, actor=organiser, now=b.NOW)
    change(row, organiser, share=9, threshold=2)
    assert row.share == 9
    round_.state = "open"
    for act in (lambda: change(row, organiser), lambda: add(stage, organiser, "New")):
        with pytest.raises(Refused):
            act()


def settings(**changes):
    rules = {**stages.START, **changes}
    return {"title": {"en": "Jury scoring"}, "closes_at": None, "rules": rules}


def save(stage, organiser, closes_at=None, **changes):
    wanted = {**settings(**changes), "closes_at": closes_at}
    return stages.change(stage, given=wanted, version=stage.version, actor=organiser, now=b.NOW)


def test_rules_are_kept_when_they_fit_together(stage, organiser):
    add(stage, organiser)
    save(stage, organiser, method="median", ties=["criterion:Impact"], top=[2])
    assert rulebooks.draft(stage).method == "median"
    with pytest.raises(Invalid):
        save(stage, organiser, ties=["criterion:Unknown"])
    with pytest.raises(Invalid) as early:
        save(stage, organiser, closes_at=stage.round.closes_at)
    assert early.value.field == "closes_on"
    with pytest.raises(Stale):
        stages.change(stage, given=settings(), version=99, actor=organiser, now=b.NOW)


@pytest.fixture
def jury(round_, stage, organiser):
    """A round in judging whose jury is ready: two entries, two jurors, everybody reads everything."""
    add(stage, organiser)
    round_.state = "judging"
    for entry in (b.entry(round_), b.entry(round_)):
        b.screening(entry, organiser)
    for juror in (b.juror(stage), b.juror(stage)):
        for entry in round_.entries:
            b.assignment(juror, entry, state="proposed")
    return stage


def open_(stage, organiser, reason=""):
    return stages.open_(stage, reason=reason, actor=organiser, now=b.NOW)


def test_opening_a_stage_freezes_its_rules_and_tells_the_jurors(jury, organiser):
    with pytest.raises(Missing):
        rulebooks.frozen(jury)
    before = rulebooks.draft(jury)
    open_(jury, organiser)
    row = rulebooks.newest(jury)
    assert (jury.state, row.number, row.sha256) == ("open", 1, before.sha256)
    assert hashlib.sha256(row.body.encode()).hexdigest() == row.sha256
    assert rulebooks.frozen(jury) == before
    assert json.loads(row.body)["criterion"][0]["name"] == "Impact"
    assert len(session.scalars(select(Mail).where(Mail.kind == "assigned")).all()) == 2
    assert rulebooks.unchanged(jury, row)
    jury.criteria[0].share = Decimal(99)
    assert not rulebooks.unchanged(jury, row)


def test_a_stage_does_not_open_while_something_is_missing_or_too_early(jury, organiser):
    session.delete(jury.round.entries[0].screening)
    session.flush()
    with pytest.raises(Refused, match="Every entry is screened: 1 entry is not screened yet"):
        open_(jury, organiser)
    jury.round.state = "open"
    with pytest.raises(Refused, match="Close the call first"):
        open_(jury, organiser)
    assert rulebooks.newest(jury) is None


def test_a_stage_taken_back_changes_and_opens_with_a_new_version_and_a_reason(jury, organiser):
    with pytest.raises(Refused):
        stages.back(jury, reason="Too early", actor=organiser, now=b.NOW)
    open_(jury, organiser)
    with pytest.raises(Invalid):
        stages.back(jury, reason="", actor=organiser, now=b.NOW)
    with pytest.raises(Refused):
        criteria.require_draft(jury)
    stages.back(jury, reason="A share was wrong", actor=organiser, now=b.NOW)
    add(jury, organiser, "Novelty")
    session.refresh(jury, ["rulebooks"])
    with pytest.raises(Invalid) as refused:
        open_(jury, organiser)
    assert refused.value.field == "reason"
    open_(jury, organiser, reason="A share was wrong")
    session.refresh(jury, ["rulebooks"])
    assert [(row.number, row.reason) for row in jury.rulebooks] == [(1, ""), (2, "A share was wrong")]
    assert rulebooks.frozen(jury).names == ("Impact", "Novelty")


def test_the_close_of_scoring_moves_with_a_reason_once_the_stage_is_open(jury, organiser):
    def move(days, reason=""):
        moment = b.NOW + timedelta(days=days)
        return stages.move_deadline(jury, closes_at=moment, reason=reason, actor=organiser, now=b.NOW)

    move(40)
    assert jury.closes_at == b.NOW + timedelta(days=40)
    with pytest.raises(Invalid):
        move(20)
    jury.round.closes_at, jury.round.opens_at = b.NOW - timedelta(days=9), b.NOW - timedelta(days=19)
    with pytest.raises(Invalid):
        move(-1)
    open_(jury, organiser)
    with pytest.raises(Invalid) as refused:
        move(41)
    assert refused.value.field == "reason"
    move(41, "A juror was ill")
    jury.state = "locked"
    with pytest.raises(Refused):
        move(42, "Late")


def test_rules_that_do_not_fit_are_told_and_never_frozen(jury, organiser):
    jury.rules = {**jury.rules, "ties": ["criterion:Gone"]}
    assert len(rulebooks.faults(jury)) == 1
    with pytest.raises(FaultyInput):
        rulebooks.freeze(jury, actor=organiser, now=b.NOW)
    assert [check.key for check in readiness.missing(readiness.before_stage(jury))] == ["rules"]


def test_two_jurors_of_one_name_are_told_apart(jury):
    for juror in jury.jurors:
        juror.user.name = "Ada"
    assert set(readiness.judging(jury).jurors) == {"Ada (J01)", "Ada (J02)"}
