"""The entry form of a round: its questions, in order. It changes while the round is a draft."""

from sqlalchemy import select

from award.db import session
from award.domain import lives
from award.domain.fields import TYPES
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Attachment, Field
from award.services import history, posted, versions

STEPS = {"up": -1, "down": 1}


def add(round_, *, given, key, actor, now):
    """Add a question at the end of the form. `given`: kind, label, hint, required, options. Gives the field.

    A second post with the same key gives the field of the first. Raises Refused once the call is open, Invalid for options
    that the kind does not take.
    """
    if earlier := posted.earlier(Field, key, user=actor):
        return earlier
    lives.require("set_up_round", round_.state)
    if given["kind"] not in TYPES:
        raise Invalid(text("Choose one of the kinds of question listed."))
    options = TYPES[given["kind"]].options(given["options"])
    position = max((field.position for field in round_.fields), default=-1) + 1
    field = Field(round=round_, position=position, **{**given, "options": options})
    session.add(field)
    session.flush()
    history.add(field, "field_added", actor=actor, now=now, payload=_payload(field))
    posted.remember(field, key, user=actor, now=now)
    return field


def change(field, *, given, version, actor, now):
    """Set label, hint, required and options of a question. Raises Refused, Stale, Invalid."""
    lives.require("set_up_round", field.round.state)
    versions.require(field, version)
    field.options = TYPES[field.kind].options(given["options"])
    field.label, field.hint, field.required = given["label"], given["hint"], given["required"]
    history.add(field, "field_changed", actor=actor, now=now, payload=_payload(field))
    return field


def move(field, *, direction, actor, now):
    """Exchange a question with its neighbour, `direction` "up" or "down". At the end of the form nothing happens."""
    lives.require("set_up_round", field.round.state)
    ordered = sorted(field.round.fields, key=lambda f: f.position)
    place = ordered.index(field)
    other = place + STEPS[direction]
    if not 0 <= other < len(ordered):
        return field
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered):
        one.position = position
    history.add(field, "field_moved", actor=actor, now=now, payload={"to": field.position})
    return field


def remove(field, *, actor, now):
    """Take a question off the form. Raises Refused once the call is open, or when a team attached a file to it."""
    round_ = field.round
    lives.require("set_up_round", round_.state)
    if session.scalar(select(Attachment.id).where(Attachment.field_id == field.id).limit(1)):
        raise Refused(text("Teams have attached files to this question, so it stays. You can change its text."))
    history.add(field, "field_removed", actor=actor, now=now, payload=_payload(field))
    round_.fields.remove(field)
    session.delete(field)
    session.flush()
    return round_


def _payload(field):
    return {"field": field.id, "kind": field.kind, "label": field.label, "required": field.required}
