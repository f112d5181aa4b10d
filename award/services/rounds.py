"""A round and its life: created from a preset, set up, opened, closed, taken back, archived."""

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import lives
from award.domain.fields import TYPES
from award.errors import Invalid, Refused
from award.i18n import pick, text
from award.models import Category, Criterion, Entry, Event, Field, Round, Stage
from award.services import history, posted, presets, readiness, stages, versions

EMPTY = {
    "purpose": {},
    "field": [],
    "criterion": [],
    "stage": {
        "title": {"nl": "Jurybeoordeling", "fr": "Évaluation du jury", "de": "Jurybewertung", "en": "Jury scoring"}
    },
}
TEXTS = ("code", "title", "purpose", "languages", "zone", "opens_at", "closes_at")
WITH_SETUP = (
    joinedload(Round.programme),
    selectinload(Round.fields),
    selectinload(Round.stages).selectinload(Stage.criteria),
    selectinload(Round.stages).selectinload(Stage.rulebooks),
)
WHY = text("Say why: teams, jury and auditor can read it.")


def create(programme, *, given, key, actor, now):
    """Create a round with its form, stage and criteria from a preset. `given`: code, title, languages, zone, opens_at, closes_at, preset.

    `preset` is a key of `presets.all_()`, or "" for an empty round. A second post with the same key gives the round of the first.
    """
    if earlier := posted.earlier(Round, key, user=actor):
        return earlier
    _check_dates(given)
    _check_code(given["code"])
    preset = presets.all_().get(given["preset"], EMPTY)
    texts = {name: value for name, value in given.items() if name != "preset"}
    round_ = Round(
        programme_id=programme.id, created_at=now, purpose=presets.texts(preset["purpose"], given["languages"]), **texts
    )
    round_.categories = [
        Category(position=place, name=presets.texts(name, round_.languages)) for place, name in enumerate(preset.get("category", ()))
    ]
    round_.fields = [_field(place, question, round_.languages) for place, question in enumerate(preset["field"])]
    round_.stages = [_stage(preset, round_.languages)]
    _keep(round_)
    history.add(round_, "round_created", actor=actor, now=now, payload={"code": round_.code, "preset": given["preset"]})
    posted.remember(round_, key, user=actor, now=now)
    return round_


def _keep(round_):
    """Add the round; somebody may have taken its code at the same instant."""
    try:
        with session.begin_nested():
            session.add(round_)
    except IntegrityError:
        raise _taken(round_.code) from None


def _field(place, question, languages):
    kind = TYPES[question["kind"]]
    choices = [
        {"key": f"c{n}", "label": presets.texts(label, languages)}
        for n, label in enumerate(question.get("choices", ()), 1)
    ]
    options = {name: question[name] for name in kind.accepts if name in question and name != "choices"} | (
        {"choices": choices} if choices else {}
    )
    return Field(
        position=place,
        kind=question["kind"],
        label=presets.texts(question["label"], languages),
        hint=presets.texts(question.get("hint", {}), languages),
        required=question.get("required", False),
        options=kind.options(options),
    )


def _stage(preset, languages):
    stage = Stage(
        position=0,
        title=presets.texts(preset["stage"]["title"], languages),
        rules={**stages.START, **preset["stage"].get("rules", {})},
    )
    stage.criteria = [_criterion(place, part, languages) for place, part in enumerate(preset["criterion"])]
    return stage


def _criterion(place, part, languages):
    name = presets.texts(part["name"], languages)
    low, high, step = (Decimal(part[end]) for end in ("low", "high", "step"))
    return Criterion(
        position=place,
        key=pick(name, languages[0], languages),
        name=name,
        description=presets.texts(part["description"], languages),
        share=Decimal(part["share"]),
        low=low,
        high=high,
        step=step,
        better="higher",
        anchors={score: presets.texts(words, languages) for score, words in part["anchors"].items()},
    )


def change(round_, *, given, version, actor, now):
    """Set code, title, purpose, languages, zone and dates of a draft. Raises Refused once the call is open, Stale, Invalid."""
    lives.require("set_up_round", round_.state)
    versions.require(round_, version)
    _check_dates(given)
    _check_before_scoring(round_, given["closes_at"])
    _check_code(given["code"], own=round_.id)
    for name in TEXTS:
        setattr(round_, name, given[name])
    history.add(
        round_,
        "round_changed",
        actor=actor,
        now=now,
        payload={
            "code": round_.code,
            "languages": round_.languages,
            "opens_at": round_.opens_at.isoformat(),
            "closes_at": round_.closes_at.isoformat(),
        },
    )
    return round_


def open_call(round_, *, actor, now):
    """Open the call: rules and criteria are public from now on. Raises Refused with what is missing."""
    lives.require("open_call", round_.state)
    readiness.require(readiness.before_call(round_, now=now))
    round_.state = "open"
    history.add(
        round_,
        "call_opened",
        actor=actor,
        now=now,
        payload={"opens_at": round_.opens_at.isoformat(), "closes_at": round_.closes_at.isoformat()},
    )
    return round_


def close_call(round_, *, reason="", actor, now):
    """Close the call: no entry changes any more, judging begins. Before the deadline that needs a reason. Raises Refused, Invalid."""
    lives.require("close_call", round_.state)
    if now < round_.closes_at and not reason:
        raise Invalid(text("The deadline has not passed. Say why the call closes early."), field="reason")
    round_.state = "judging"
    history.add(
        round_,
        "call_closed",
        actor=actor,
        now=now,
        payload={"entries": counts(round_)["submitted"]},
        about={"reason": reason},
    )
    return round_


def extend(round_, *, closes_at, reason, actor, now):
    """Move the deadline of an open call to a later instant, with a reason. Raises Refused when it is not open, Invalid."""
    lives.require("move_deadline", round_.state)
    if closes_at <= max(round_.closes_at, now):
        raise Invalid(
            text("A deadline only moves later. Choose a time after the present one, and still to come."),
            field="closes_on",
        )
    _check_before_scoring(round_, closes_at)
    if not reason:
        raise Invalid(WHY, field="reason")
    before, round_.closes_at = round_.closes_at, closes_at
    history.add(
        round_,
        "deadline_extended",
        actor=actor,
        now=now,
        payload={"from": before.isoformat(), "to": closes_at.isoformat()},
        about={"reason": reason},
    )
    return round_


def back(round_, *, reason, actor, now):
    """Take the round one step back: open to draft, judging to open, decided to judging. Raises Refused, Invalid without a reason."""
    require_way_back(round_)
    if not reason:
        raise Invalid(WHY, field="reason")
    before, round_.state = round_.state, lives.preceding("round", round_.state)
    for stage in round_.stages[-1:]:
        stage.state = "locked" if stage.state == "decided" else stage.state
    history.add(
        round_,
        "round_taken_back",
        actor=actor,
        now=now,
        payload={"from": before, "to": round_.state},
        about={"reason": reason},
    )
    return round_


def require_way_back(round_):
    """Pass when the round can go one step back. Raises Refused, saying what to do, when it cannot."""
    if round_.state not in ("open", "judging", "decided"):
        raise Refused(
            text("This round cannot go back. A published result stays public; a correction is published beside it.")
        )
    if round_.state == "judging" and any(stage.state != "draft" for stage in round_.stages):
        raise Refused(text("Scoring has begun. Take the stage back to draft first."))


def archive(round_, *, actor, now):
    """Put a published round away: it stays readable, nothing changes any more. Raises Refused before publication."""
    lives.require("archive", round_.state)
    round_.state = "archived"
    history.add(round_, "round_archived", actor=actor, now=now)
    return round_


def counts(round_):
    """The number of entries of the round by state: draft, submitted, returned, withdrawn; in one statement."""
    found = session.execute(
        select(Entry.state, func.count()).where(Entry.round_id == round_.id).group_by(Entry.state)
    ).all()
    return {"draft": 0, "submitted": 0, "returned": 0, "withdrawn": 0} | dict(found)


def dates(round_):
    """When the round took each of its steps: {act: instant of its newest event}, in one statement."""
    return dict(
        session.execute(
            select(Event.act, func.max(Event.at))
            .where(Event.round_id == round_.id, Event.kind == "round")
            .group_by(Event.act)
        ).all()
    )


def _check_code(code, *, own=None):
    """Entries are numbered with the code, so no two rounds of the installation share one."""
    if session.scalar(select(Round.id).where(Round.code == code, Round.id != own)):
        raise _taken(code)


def _taken(code):
    return Invalid(text("Another round has the code %(code)s. Choose one of its own.", code=code), field="code")


def _check_dates(given):
    if given["opens_at"] >= given["closes_at"]:
        raise Invalid(text("The call must close after it opens."), field="closes_on")


def _check_before_scoring(round_, closes_at):
    if any(stage.closes_at is not None and stage.closes_at <= closes_at for stage in round_.stages):
        raise Invalid(
            text("Scoring is to close before this time. Move the closing time of the scoring first."), field="closes_on"
        )
