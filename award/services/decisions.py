"""What the jury decides on a frozen result. Decisions stay with jury and organisers until the round is published."""
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import ntext, text
from award.models import Decision, Entry
from award.services import entrants, history, results

OUTCOMES = {"winner": text("Winner"), "goes_on": text("Goes on"), "commended": text("Commended"), "stops": text("Stops here")}
ORDER = tuple(OUTCOMES)
"""From the best outcome to the least."""


@dataclass(frozen=True)
class Line:
    """One entry before the jury: its figures in the result and its decision, None while there is none."""

    entry: Entry
    figures: dict
    decision: Decision | None


def of_result(frozen):
    """The Lines of a result, in the order of its ranking. Two statements."""
    figures = {line["entry"]: line for line in results.body(frozen)["entries"]}
    found = session.scalars(select(Entry).where(Entry.round_id == frozen.stage.round_id, Entry.number.in_(figures)))
    entries = {entry.number: entry for entry in found}
    newest = current(frozen)
    return [Line(entries[number], line, newest.get(entries[number].id)) for number, line in figures.items() if number in entries]


def offered(stage):
    """{outcome: words} the jury chooses from: the last stage has winners, in the others entries go on."""
    besides = "goes_on" if entrants.following(stage) is None else "winner"
    return {outcome: words for outcome, words in OUTCOMES.items() if outcome != besides}


def current(frozen):
    """{entry id: the decision that counts}, the newest of each entry."""
    found = session.scalars(select(Decision).where(Decision.result_id == frozen.id).order_by(Decision.id).options(joinedload(Decision.by)))
    return {decision.entry_id: decision for decision in found}


def record(frozen, entry, *, outcome, reason, by):
    """Record what the jury decides about an entry; `by` is (actor, now). The newest decision counts, earlier ones stay.

    Raises Refused for a result that a newer one replaces, Invalid for an unknown outcome, and for a decision that departs from the
    ranking without a reason.
    """
    actor, now = by
    _require_open(frozen)
    if outcome not in offered(frozen.stage):
        raise Invalid(text("Choose one of the decisions in the list."), field="outcome")
    departing = departs(frozen, entry, outcome)
    if departing and not reason.strip():
        place = _place(frozen, entry)
        raise Invalid(text("This decision departs from the ranking (%(entry)s: place %(rank)s). Give the reason; it will stand in the jury report.",
                           entry=entry.title, rank=place if place is not None else text("none")), field="reason")
    decision = Decision(result_id=frozen.id, entry_id=entry.id, outcome=outcome, reason=reason.strip(), departs=departing, at=now,
                        by_id=actor.id)
    session.add(decision)
    history.add(_flushed(decision), "decision_recorded", actor=actor, now=now,
                payload={"entry": entry.number, "outcome": outcome, "departs": departing}, about={"reason": reason.strip()})
    return decision


def _require_open(frozen):
    entrants.hold(frozen.stage.round)
    lives.require("decide", frozen.stage.state)
    lives.require("deliberate", frozen.stage.round.state)
    lives.require("settle", frozen.stage.state)
    results.require_newest(frozen)


def cut_line(frozen):
    """The cut line {places, in, tied} by which entries go on from the stage; None in the last stage and where the rules have none."""
    line = (results.body(frozen).get("lines") or {}).get("cut")
    return line if entrants.following(frozen.stage) else None


def follow(frozen, *, by):
    """Decide as the cut line has it about every entry still without a decision: those above it go on, the others stop.

    Entries that share a place across the line, and those where that would depart from the ranking, are left to the jury. Gives
    the decisions. Raises Refused where the rules have no cut line.
    """
    _require_open(frozen)
    line = cut_line(frozen)
    if line is None:
        raise Refused(text("The rules of this stage do not say how many entries go on. Decide about each entry."))
    made = []
    for placing in undecided(frozen):
        outcome = "goes_on" if placing.entry.number in line["in"] else "stops"
        if placing.entry.number not in line["tied"] and not departs(frozen, placing.entry, outcome):
            made.append(record(frozen, placing.entry, outcome=outcome, reason="", by=by))
    return made


def _flushed(row):
    session.flush()
    session.refresh(row)
    return row


def _place(frozen, entry):
    return next((line["rank"] for line in results.body(frozen)["entries"] if line["entry"] == entry.number), None)


def departs(frozen, entry, outcome):
    """Whether this outcome would put an entry above one that is ranked better, or below one that is ranked worse.

    Entries without a place count after all others; ties count as level.
    """
    lines = of_result(frozen)
    places = {line.entry.id: line.figures["rank"] or len(lines) + 1 for line in lines}
    own, level = places[entry.id], ORDER.index(outcome)
    others = [(places[i], ORDER.index(d.outcome)) for i, d in current(frozen).items() if i != entry.id]
    return any((place < own and theirs > level) or (place > own and theirs < level) for place, theirs in others) or (
        outcome == "winner" and own > 1 and not any(place < own and theirs == level for place, theirs in others))


def undecided(frozen):
    """The Lines that have no decision yet, or one that the stage does not offer since another was added or removed."""
    known = offered(frozen.stage)
    return [line for line in of_result(frozen) if line.decision is None or line.decision.outcome not in known]


def require_complete(frozen):
    """Pass when every entry has its decision. Raises Refused while one is missing."""
    missing = len(undecided(frozen))
    if missing:
        raise Refused(ntext("%(num)s entry has no decision yet. Record it first.", "%(num)s entries have no decision yet. Record them first.",
                            missing))
