"""A step of judging: its title and dates, the rules of its result, and its opening, which freezes them."""

from sqlalchemy.orm import selectinload

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Stage
from award.services import assignments, criteria, decisions, entrants, history, readiness, results, rulebooks, versions

START = {
    "method": "mean",
    "order": "ballot",
    "trim": 1,
    "missing": "strict",
    "min_ballots": 1,
    "ties": [],
    "top": [1, 3],
}
BACK = {"open": "draft", "decided": "locked"}


def load(stage_id):
    """The stage with its round, criteria and frozen rules, for pages that show them."""
    return session.get(Stage, stage_id, options=(selectinload(Stage.criteria), selectinload(Stage.rulebooks)))


def change(stage, *, given, version, actor, now):
    """Set title, closes_at and rules (a dict as `rulebooks.RULES` names them). Raises Refused, Stale, Invalid."""
    criteria.require_draft(stage)
    versions.require(stage, version)
    _require_after_call(stage, given["closes_at"])
    if stage.criteria:
        rulebooks.draft(stage, given["rules"])
    stage.title, stage.closes_at, stage.rules = given["title"], given["closes_at"], given["rules"]
    history.add(
        stage,
        "stage_changed",
        actor=actor,
        now=now,
        payload={"rules": given["rules"], "closes_at": _said(stage.closes_at)},
    )
    return stage


def move_deadline(stage, *, closes_at, reason, actor, now):
    """Set when scoring closes. Raises Refused once the stage is locked, Invalid for a past time, or without a reason when open."""
    lives.require("move_stage_deadline", stage.state)
    _require_after_call(stage, closes_at)
    if closes_at <= now:
        raise Invalid(text("This time has passed. Choose a later one."), field="closes_on")
    if stage.state == "open" and not reason:
        raise Invalid(text("Say why: the jury and the auditor read it."), field="reason")
    before, stage.closes_at = stage.closes_at, closes_at
    history.add(
        stage,
        "stage_deadline_moved",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"from": _said(before), "to": _said(closes_at)},
    )
    return stage


def open_(stage, *, reason="", actor, now):
    """Open the stage for scores: its rules are frozen and published, its jurors told. Raises Refused with what is missing.

    Opening once more after it was taken back needs a reason, which stands with the new version of the rules.
    """
    lives.require("open_stage", stage.state)
    lives.require("open_stage_of_round", stage.round.state)
    readiness.require(readiness.before_stage(stage))
    if stage.rulebooks and not reason:
        raise Invalid(text("The rules were frozen before, so a new version needs a reason."), field="reason")
    row = rulebooks.freeze(stage, reason=reason, actor=actor, now=now)
    stage.state = "open"
    history.add(
        stage,
        "stage_opened",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"rulebook": row.number, "sha256": row.sha256},
    )
    assignments.notify(stage, actor=actor, now=now)
    return stage


def decide(frozen, *, actor, now):
    """Conclude a stage that another follows: every entry has its decision, those that go on take part in the next.

    Raises Refused for the last stage, which is concluded with the round, for a result that a newer one replaces, and
    while a decision is missing.
    """
    stage = frozen.stage
    entrants.hold(stage.round)
    lives.require("deliberate", stage.round.state)
    lives.require("settle", stage.state)
    after = entrants.following(stage)
    if after is None:
        raise Refused(text("This is the last stage: close the deliberation of the round instead."))
    results.require_newest(frozen)
    decisions.require_complete(frozen)
    stage.state = "decided"
    session.flush()
    through = entrants.going_on([stage])[stage.id]
    history.add(stage, "stage_decided", actor=actor, now=now, payload={"result": frozen.sha256, "going_on": len(through)})
    entrants.release(after, now=now)
    return stage


def back(stage, *, reason, actor, now):
    """Take an open stage back to draft, or a decided one back to its deliberation; ballots and decisions stay.

    The reason stands in the history. Raises Refused, Invalid without a reason.
    """
    entrants.hold(stage.round)
    require_way_back(stage)
    if not reason:
        raise Invalid(text("Say why: the jury and the auditor read it."), field="reason")
    before, stage.state = stage.state, BACK[stage.state]
    history.add(
        stage,
        "stage_taken_back",
        actor=actor,
        now=now,
        payload={"from": before, "to": stage.state},
        about={"reason": reason},
    )
    return stage


def require_way_back(stage):
    """Pass when the stage can go one step back. Raises Refused, saying what to do, when it cannot."""
    if stage.state not in BACK:
        raise Refused(text("Only an open stage goes back to draft. A locked one is unlocked first."))
    if stage.state == "decided":
        lives.require("deliberate", stage.round.state)
        after = entrants.following(stage)
        if after is None or after.state != "draft":
            raise Refused(text("The next stage has begun with the entries that go on. Take that one back to draft first."))


def _require_after_call(stage, closes_at):
    if closes_at is not None and closes_at <= stage.round.closes_at:
        raise Invalid(text("Scoring must close after the call does."), field="closes_on")


def _said(moment):
    return moment.isoformat() if moment else None
