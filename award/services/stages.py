"""A step of judging: its title and dates, the rules of its result, and its opening, which freezes them."""

from sqlalchemy.orm import selectinload

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Stage
from award.services import assignments, criteria, history, readiness, rulebooks, versions

START = {
    "method": "mean",
    "order": "ballot",
    "trim": 1,
    "missing": "strict",
    "min_ballots": 1,
    "ties": [],
    "top": [1, 3],
}
BACK = {"open": "draft"}


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


def back(stage, *, reason, actor, now):
    """Take an open stage back to draft; ballots stay. The reason stands in the history. Raises Refused, Invalid without a reason."""
    require_open(stage)
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


def require_open(stage):
    """Pass when the stage can go back to draft. Raises Refused, saying what to do, when it cannot."""
    if stage.state not in BACK:
        raise Refused(text("Only an open stage goes back to draft. A locked one is unlocked first."))


def _require_after_call(stage, closes_at):
    if closes_at is not None and closes_at <= stage.round.closes_at:
        raise Invalid(text("Scoring must close after the call does."), field="closes_on")


def _said(moment):
    return moment.isoformat() if moment else None
