"""What the jury weighs in a stage. It changes while the stage is a draft whose rules are not published."""

from sqlalchemy import func, select

from award.db import session
from award.domain import anchors as anchoring
from award.domain import lives
from award.domain.criteria import Criterion as Scale
from award.domain.criteria import steps
from award.domain.numbers import exact
from award.domain.rulebook import BY_CRITERION
from award.errors import Invalid, Refused
from award.i18n import pick, text
from award.models import Criterion, Score
from award.services import entrants, history, posted, rulebooks, versions

TEXTS = ("name", "description")
NUMBERS = ("low", "high", "step", "better")


def require_draft(stage):
    """Raise Refused when the rules of the stage may not change: it is open, or its rules are published with the call.

    A further stage is set up until it opens, whether or not the one before it has begun.
    """
    lives.require("set_up_stage", stage.state)
    if not stage.rulebooks:
        lives.require("set_up_further_stage" if entrants.preceding(stage) else "set_up_round", stage.round.state)


def scale_of(criterion):
    """The domain criterion of a row, for its scale and its steps."""
    return Scale(
        name=criterion.key,
        share=exact(criterion.share),
        low=exact(criterion.low),
        high=exact(criterion.high),
        step=exact(criterion.step),
        threshold=None if criterion.threshold is None else exact(criterion.threshold),
        better=criterion.better,
        decimals=criterion.decimals,
    )


def add(stage, *, given, key, actor, now):
    """Add a criterion at the end. `given`: name, description, share, low, high, step, better, threshold. Gives the criterion.

    A second post with the same key gives the criterion of the first. Raises Refused, Invalid.
    """
    if earlier := posted.earlier(Criterion, key, user=actor):
        return earlier
    require_draft(stage)
    _check(given)
    name = _key(stage, given)
    position = max((criterion.position for criterion in stage.criteria), default=-1) + 1
    criterion = Criterion(stage=stage, position=position, key=name, anchors={}, **given)
    session.add(criterion)
    rulebooks.touch(stage)
    history.add(criterion, "criterion_added", actor=actor, now=now, payload={"criterion": name, **_payload(criterion)})
    posted.remember(criterion, key, user=actor, now=now)
    return criterion


def change(criterion, *, given, version, actor, now):
    """Set what `add` takes, and `anchors` {score: {language: sentence}}; anchors off the new scale are dropped.

    Raises Refused, Stale, Invalid; the scale stays once scores have been given on it.
    """
    stage = criterion.stage
    require_draft(stage)
    versions.require(criterion, version)
    _check(given)
    if any(getattr(criterion, name) != given[name] for name in NUMBERS):
        _require_unscored(
            criterion,
            text("Scores have been given on this scale, so it stays. Name, share, threshold and anchors may change."),
        )
    _rename(criterion, _key(stage, given, besides=criterion))
    for name, value in given.items():
        setattr(criterion, name, value)
    scores = {f"{value}" for value in anchoring.wanted(scale_of(criterion))}
    criterion.anchors = {
        score: words for score, words in given["anchors"].items() if score in scores and any(words.values())
    }
    rulebooks.touch(stage)
    history.add(
        criterion,
        "criterion_changed",
        actor=actor,
        now=now,
        payload={"criterion": criterion.key, **_payload(criterion)},
    )
    return criterion


def remove(criterion, *, actor, now):
    """Take a criterion out. Raises Refused once scores have been given on it."""
    stage = criterion.stage
    require_draft(stage)
    _require_unscored(criterion, text("Scores have been given on this criterion, so it stays. Its share may be 0."))
    _leave_special_awards(criterion)
    _rename(criterion, None)
    rulebooks.touch(stage)
    history.add(stage, "criterion_removed", actor=actor, now=now, payload={"criterion": criterion.key})
    stage.criteria.remove(criterion)
    session.flush()
    return stage


def _leave_special_awards(criterion):
    """Let the criterion count for no special award. Raises Refused when one rests on it alone."""
    others = {award: [row for row in award.shares if row.criterion_id != criterion.id] for award in criterion.stage.special_awards}
    for award, rows in others.items():
        if not rows:
            raise Refused(text("The special award “%(name)s” rests on this criterion alone. Change it first.", name=award.key))
    for award, rows in others.items():
        award.shares = rows


def weigh(stage, *, shares, version, actor, now):
    """Set the shares: {criterion id: any number from 0}. Only their proportion counts. Raises Refused, Stale, Invalid."""
    require_draft(stage)
    versions.require(stage, version)
    if not any(shares.values()):
        raise Invalid(text("At least one criterion must count: give it a number above 0."))
    for criterion in stage.criteria:
        criterion.share = shares[criterion.id]
    rulebooks.touch(stage)
    history.add(stage, "shares_changed", actor=actor, now=now, payload={c.key: str(c.share) for c in stage.criteria})
    return stage


def _key(stage, given, *, besides=None):
    """The name of the criterion inside rulebook and result. Raises Invalid when another criterion has it."""
    languages = stage.round.languages
    name = " ".join(pick(given["name"], languages[0], languages).split())
    if any(other.key.casefold() == name.casefold() for other in stage.criteria if other is not besides):
        raise Invalid(text("Another criterion of this stage has this name. Choose a different one."), field="name")
    return name


def _rename(criterion, name):
    """Give the criterion another key, or None before it goes, and let the tie chain follow."""
    stage, old = criterion.stage, BY_CRITERION + criterion.key
    ties = [BY_CRITERION + name if step == old and name else step for step in stage.rules.get("ties", [])]
    stage.rules = {**stage.rules, "ties": [step for step in ties if name or step != old]}
    criterion.key = name or criterion.key


def _check(given):
    low, high, step, threshold = given["low"], given["high"], given["step"], given["threshold"]
    if low >= high:
        raise Invalid(text("The highest score must be above the lowest."), field="high")
    if step <= 0 or (high - low) % step:
        raise Invalid(
            text("The steps must lead from the lowest score to the highest, such as 0 to 5 by 0.5."), field="step"
        )
    if not steps(Scale(name="", share=exact(1), low=exact(low), high=exact(high), step=exact(step))):
        raise Invalid(
            text("This scale has too many steps to choose from: at most 101. Take larger steps."), field="step"
        )
    if threshold is not None and not low <= threshold <= high:
        raise Invalid(text("The threshold must lie on the scale."), field="threshold")


def _require_unscored(criterion, message):
    if session.scalar(select(func.count(Score.id)).where(Score.criterion_id == criterion.id)):
        raise Refused(message)


def _payload(criterion):
    return {
        "share": str(criterion.share),
        "scale": [str(criterion.low), str(criterion.high)],
        "step": str(criterion.step),
        "threshold": None if criterion.threshold is None else str(criterion.threshold),
        "better": criterion.better,
    }
