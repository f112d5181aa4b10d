"""The categories of a round: set up while it is a draft; which one an entry takes part in."""

from sqlalchemy import or_, select

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import pick, said, text
from award.models import Category, Entry
from award.services import entries, history, posted, versions

STEPS = {"up": -1, "down": 1}
DRAFT = "category"
"""The key in an entry's draft under which the team's choice stands until it is submitted."""


def add(round_, *, given, key, actor, now):
    """Add a category at the end. `given`: name, a text per language. Gives the category.

    A second post with the same key gives the category of the first. Raises Refused once the call is open, Invalid.
    """
    if earlier := posted.earlier(Category, key, user=actor):
        return earlier
    lives.require("set_up_round", round_.state)
    _check(round_, given["name"])
    position = max((category.position for category in round_.categories), default=-1) + 1
    category = Category(round=round_, position=position, name=given["name"])
    session.add(category)
    history.add(category, "category_added", actor=actor, now=now, payload={"name": category.name})
    posted.remember(category, key, user=actor, now=now)
    return category


def change(category, *, given, version, actor, now):
    """Set the name. Raises Refused once the call is open, Stale, Invalid."""
    lives.require("set_up_round", category.round.state)
    versions.require(category, version)
    _check(category.round, given["name"], besides=category)
    category.name = given["name"]
    history.add(category, "category_changed", actor=actor, now=now, payload={"name": category.name})
    return category


def move(category, *, direction, actor, now):
    """Exchange a category with its neighbour, `direction` "up" or "down". At the end of the list nothing happens."""
    lives.require("set_up_round", category.round.state)
    ordered = sorted(category.round.categories, key=lambda c: c.position)
    place = ordered.index(category)
    other = place + STEPS[direction]
    if not 0 <= other < len(ordered):
        return category
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered):
        one.position = position
    history.add(category, "category_moved", actor=actor, now=now, payload={"to": category.position})
    return category


def remove(category, *, actor, now):
    """Take a category out. Raises Refused once the call is open, or when an entry is in it."""
    round_ = category.round
    lives.require("set_up_round", round_.state)
    chosen = Entry.draft[DRAFT].as_string() == str(category.id)
    if session.scalar(select(Entry.id).where(or_(Entry.category_id == category.id, chosen)).limit(1)):
        raise Refused(text("Entries have been placed in this category, so it stays. You can change its name."))
    history.add(category, "category_removed", actor=actor, now=now, payload={"name": category.name})
    round_.categories.remove(category)
    session.delete(category)
    session.flush()
    return round_


def _check(round_, name, *, besides=None):
    """The name is how rankings tell categories apart, so no two share it."""
    own = title(round_, name).casefold()
    if any(title(round_, other.name).casefold() == own for other in round_.categories if other is not besides):
        raise Invalid(text("Another category of this round has this name. Choose a different one."), field="name")


def title(round_, name):
    """The name of a category as rulebook and result have it: in the language the round falls back to."""
    return " ".join(pick(name, round_.languages[0], round_.languages).split())


def move_entry(entry, *, wanted, version, actor, now):
    """Place a submitted entry in another category of its round; its team is told by mail. Gives the entry.

    `wanted`: category (its id) and reason. Raises Refused once a stage has opened, Stale, Invalid.
    """
    entries.hold(entry)
    require_movable(entry)
    entries.require_current(entry, version)
    chosen = next((category for category in entry.round.categories if category.id == wanted["category"]), None)
    if chosen is None or chosen.id == entry.category_id:
        raise Invalid(text("Choose another category than the one it is in."), field="category")
    before, reason = entry.category.name if entry.category else None, wanted["reason"]
    entry.category, entry.draft = chosen, {**entry.draft, DRAFT: str(chosen.id)}
    history.add(entry, "entry_moved", actor=actor, now=now, about={"reason": reason}, payload={"from": before, "to": chosen.name})
    _tell(entry, chosen, reason, now)
    return entry


def _tell(entry, category, reason, now):
    entries.tell(entry, kind="moved", now=now, message=(
        text("“%(entry)s” is in another category", entry=entry.title),
        text("%(round)s: the organiser placed “%(entry)s” in the category “%(category)s”. Reason: %(reason)s.", entry=entry.title,
             round=entries.round_title(entry), category=said("words", category.name, entry.round.languages), reason=reason.rstrip("."))))


def require_movable(entry):
    """Pass while the organiser can place the entry in another category; otherwise raise Refused."""
    lives.require("complete_entry", entry.round.state)
    if not is_movable(entry):
        raise Refused(text("An entry changes its category once it is submitted, and before scoring opens."))


def is_movable(entry):
    """Whether the entry is submitted, its round has categories and no stage has opened."""
    judged = any(stage.state != "draft" for stage in entry.round.stages)
    placed = entry.state in ("submitted", "returned") and entry.round.state in ("open", "judging")
    return bool(placed and entry.round.categories and not judged)
