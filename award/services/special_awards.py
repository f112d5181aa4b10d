"""The special awards of a stage: each ranks its entries by shares of its own over the stage's criteria, beside the main ranking."""

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from award.db import session
from award.domain import lives
from award.errors import Invalid
from award.i18n import pick, text
from award.models import Entry, SpecialAward, SpecialShare
from award.services import criteria, history, posted, rulebooks, versions

STEPS = {"up": -1, "down": 1}


def add(stage, *, given, key, actor, now):
    """Add a special award at the end. `given`: name, description, shares {criterion id: a number, or None for none}.

    A second post with the same key gives the special award of the first. Raises Refused, Invalid.
    """
    if earlier := posted.earlier(SpecialAward, key, user=actor):
        return earlier
    criteria.require_draft(stage)
    name, shares = _key(stage, given["name"]), _shares(stage, given["shares"])
    position = max((award.position for award in stage.special_awards), default=-1) + 1
    award = SpecialAward(stage=stage, position=position, key=name, name=given["name"], description=given["description"], entries=[])
    award.shares = [SpecialShare(criterion_id=id_, share=share) for id_, share in shares.items()]
    session.add(award)
    rulebooks.touch(stage)
    history.add(award, "special_award_added", actor=actor, now=now, payload=_payload(award))
    posted.remember(award, key, user=actor, now=now)
    return award


def change(award, *, given, version, actor, now):
    """Set what `add` takes. Raises Refused, Stale, Invalid."""
    stage = award.stage
    criteria.require_draft(stage)
    versions.require(award, version)
    award.key, shares = _key(stage, given["name"], besides=award), _shares(stage, given["shares"])
    award.name, award.description = given["name"], given["description"]
    flag_modified(award, "name")
    rulebooks.touch(stage)
    _set(award, shares)
    history.add(award, "special_award_changed", actor=actor, now=now, payload=_payload(award))
    return award


def _set(award, shares):
    kept = {row.criterion_id: row for row in award.shares}
    award.shares = [kept.get(id_) or SpecialShare(criterion_id=id_, share=share) for id_, share in shares.items()]
    for row in award.shares:
        row.share = shares[row.criterion_id]


def limit(award, *, entries, version, actor, now):
    """Name the entries that can get it, by number; an empty list stands for all. Possible until the stage opens.

    Raises Refused, Stale, Invalid for a number that no submitted entry of the round has.
    """
    lives.require("set_up_stage", award.stage.state)
    versions.require(award, version)
    known = dict(candidates(award.stage))
    if not set(entries) <= set(known):
        raise Invalid(text("Choose among the entries of this round."), field="entries")
    award.entries = [number for number in known if number in set(entries)]
    rulebooks.touch(award.stage)
    history.add(award, "special_award_limited", actor=actor, now=now, payload={"award": award.key, "entries": award.entries})
    return award


def candidates(stage):
    """(number, title) of the entries that have been submitted and not withdrawn, by number. One statement."""
    found = select(Entry.number, Entry.title).where(
        Entry.round_id == stage.round_id, Entry.number.is_not(None), Entry.state != "withdrawn"
    )
    return [tuple(row) for row in session.execute(found.order_by(Entry.number))]


def move(award, *, direction, actor, now):
    """Exchange a special award with its neighbour, `direction` "up" or "down". At the end of the list nothing happens."""
    stage = award.stage
    criteria.require_draft(stage)
    ordered = sorted(stage.special_awards, key=lambda one: one.position)
    place = ordered.index(award)
    other = place + STEPS[direction]
    if not 0 <= other < len(ordered):
        return award
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered):
        one.position = position
    rulebooks.touch(stage)
    history.add(award, "special_award_moved", actor=actor, now=now, payload={"award": award.key, "to": award.position})
    return award


def remove(award, *, actor, now):
    """Take a special award out. Raises Refused once the rules are fixed."""
    stage = award.stage
    criteria.require_draft(stage)
    rulebooks.touch(stage)
    history.add(stage, "special_award_removed", actor=actor, now=now, payload={"award": award.key})
    stage.special_awards.remove(award)
    session.flush()
    return stage


def _key(stage, name, *, besides=None):
    """Its name inside rulebook and result. Raises Invalid when another special award of the stage has it."""
    languages = stage.round.languages
    key = " ".join(pick(name, languages[0], languages).split())
    if any(other.key.casefold() == key.casefold() for other in stage.special_awards if other is not besides):
        raise Invalid(text("Another special award of this stage has this name. Choose a different one."), field="name")
    return key


def _shares(stage, given):
    """The shares above 0, in the order of the stage's criteria. Raises Invalid when there is none."""
    counting = {c.id: given[c.id] for c in stage.criteria if given.get(c.id)}
    if not counting:
        raise Invalid(text("At least one criterion must count: give it a number above 0."), field="shares")
    return counting


def _payload(award):
    keys = {c.id: c.key for c in award.stage.criteria}
    return {"award": award.key, "shares": {keys[row.criterion_id]: str(row.share) for row in award.shares}}
