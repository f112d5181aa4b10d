"""The append-only history of a round or a programme: one event an act, in the act's transaction, chained by hash."""

import hashlib
import json

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from award.db import session
from award.models import Event

START = "0" * 64


def canonical(value):
    """JSON bytes that depend on the content alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(event):
    """SHA-256 over the event's chain, sequence, time, actor number, act, object, payload and the previous hash."""
    return hashlib.sha256(
        canonical(
            [
                event.round_id or ["programme", event.programme_id],
                event.sequence,
                event.at.isoformat(),
                event.actor_id,
                event.act,
                event.kind,
                event.object_id,
                event.payload,
                event.previous,
            ]
        )
    ).hexdigest()


def chain_of(subject):
    """The row whose history tells of the subject: its round, or its programme where it belongs to no round."""
    return subject.round if hasattr(subject, "round") else subject.programme


def in_chain(chain):
    """The condition that finds the events of a round or a programme."""
    return getattr(Event, f"{chain.__tablename__}_id") == chain.id


def add(subject, act, *, actor, now, **kept):
    """Record that `actor` (a User, or None for the application) did `act` to `subject`, a row that knows its `round` or its `programme`.

    `kept` may hold payload, a dict that is hashed and must hold no personal data, and about, a dict for readers that
    may, such as a reason. Gives the event.
    """
    session.flush()
    chain = chain_of(subject)
    table = type(chain)
    sequence = session.execute(
        update(table)
        .where(table.id == chain.id)
        .values(sequence=table.sequence + 1)
        .returning(table.sequence)
        .execution_options(synchronize_session=False)
    ).scalar_one()
    event = Event(
        **{f"{chain.__tablename__}_id": chain.id},
        sequence=sequence,
        at=now,
        actor_id=actor.id if actor else None,
        act=act,
        kind=subject.__tablename__,
        object_id=subject.id,
        payload=kept.get("payload") or {},
        about=kept.get("about") or {},
        previous=head(chain, before=sequence),
    )
    event.hash = fingerprint(event)
    session.add(event)
    return event


def head(chain, *, before=None):
    """The hash of the newest event (before a sequence number); START when there is none."""
    found = select(Event.hash).where(in_chain(chain)).order_by(Event.sequence.desc()).limit(1)
    if before is not None:
        found = found.where(Event.sequence < before)
    return session.scalar(found) or START


def first_break(chain):
    """The sequence number of the first event that does not fit the chain; None when the chain is whole."""
    previous, expected = START, 1
    for event in session.scalars(select(Event).where(in_chain(chain)).order_by(Event.sequence)).yield_per(1000):
        if (event.sequence, event.previous, event.hash) != (expected, previous, fingerprint(event)):
            return expected
        previous, expected = event.hash, expected + 1
    return None


def newest(chain, *, skip=0, most=50, without=()):
    """The events of a round or a programme with their actors, newest first, in one statement; `without` names acts to leave out."""
    found = select(Event).where(in_chain(chain), Event.act.not_in(without)).options(joinedload(Event.actor))
    return session.scalars(found.order_by(Event.sequence.desc()).offset(skip).limit(most)).all()


def lines(chain):
    """Every event of a round or a programme, oldest first, with all that its hash covers: {sequence, at, actor, act, …,
    hash}; no name, no address."""
    own = f"{chain.__tablename__}_id"
    names = (own, "sequence", "at", "actor_id", "act", "kind", "object_id", "payload", "previous", "hash")
    found = session.execute(select(*(getattr(Event, n) for n in names)).where(in_chain(chain)).order_by(Event.sequence))
    for row in found.yield_per(1000):
        yield {**dict(zip(names, row, strict=True)), "at": row.at.isoformat()}
