"""The acts that the minutes of a stage tell: when what was opened, closed, fixed, reopened, decided and published, and why.

They come from the history of the round. Nobody is named: an act names entries by their number and jurors by their code. Reasons
stand as they were written, except those of conflicts of interest, which concern a person, and of decisions, which stand elsewhere.
"""

from itertools import groupby

from sqlalchemy import and_, or_, select

from award.db import session
from award.domain import report
from award.i18n import ntext, text, translate
from award.models import Assignment, Ballot, Decision, Entry, Event, Juror, Result, Screening
from award.services import decisions, event_words, history

PLAIN = ("call_opened", "round_taken_back", "stage_taken_back", "stage_unlocked", "stage_deadline_moved", "round_decided", "round_published")
"""Acts for which the name of the act says it all."""
SILENT = ("conflict_reported", "conflict_taken_back", "decision_recorded")
"""Acts without their reason: that of a conflict stays in the application, that of a decision stands with the decisions."""


def _decided(kept):
    outcome = decisions.OUTCOMES.get(kept["outcome"], kept["outcome"])
    if kept["departs"]:
        return text("Decided, departing from the ranking: %(outcome)s: %(entries)s", outcome=outcome, entries=kept["entry"])
    return text("Decided: %(outcome)s: %(entries)s", outcome=outcome, entries=kept["entry"])


TOLD = {
    "call_closed": lambda kept: ntext("Call closed, with %(num)s entry submitted", "Call closed, with %(num)s entries submitted",
                                      kept.get("entries", 0)),
    "deadline_extended": lambda kept: text("Deadline of the call moved later"),
    "entry_screened": lambda kept: text("Found not eligible: %(entries)s", entries=kept["entry"]),
    "stage_opened": lambda kept: text("Stage opened; rules frozen as version %(number)s, checksum %(code)s", number=kept["rulebook"],
                                      code=kept["sha256"][:8]),
    "sheet_imported": lambda kept: ntext("Score sheet imported, with %(num)s ballot", "Score sheet imported, with %(num)s ballots", kept["ballots"]),
    "conflict_reported": lambda kept: text("Conflict of interest put on record: juror %(juror)s, entry %(entry)s", juror=kept["juror"],
                                           entry=kept["entry"]),
    "conflict_taken_back": lambda kept: text("Conflict of interest taken off the record: juror %(juror)s, entry %(entry)s",
                                             juror=kept["juror"], entry=kept["entry"]),
    "ballot_reopened": lambda kept: text("Ballot reopened: juror %(juror)s, entry %(entry)s", juror=kept["juror"], entry=kept["entry"]),
    "stage_locked": lambda kept: ntext("Stage locked, with %(num)s of %(asked)s ballot submitted",
                                       "Stage locked, with %(num)s of %(asked)s ballots submitted", kept["ballots"], asked=kept["asked"]),
    "result_frozen": lambda kept: text("Result %(number)s frozen, checksum %(code)s", number=kept["number"], code=kept["sha256"][:8]),
    "decision_recorded": _decided,
    "stage_decided": lambda kept: ntext("Stage decided; %(num)s entry goes on", "Stage decided; %(num)s entries go on", kept["going_on"]),
}
"""What an act is called with what the history keeps of it."""


def events(stage, language):
    """The acts of the round that concern the stage, as Events in the language, oldest first. One statement."""
    found = session.scalars(select(Event).where(history.in_chain(stage.round), Event.act.in_((*PLAIN, *TOLD)), _of(stage))
                            .order_by(Event.sequence)).all()
    told = [event for event in found if event.act != "entry_screened" or not event.payload["eligible"]]
    return tuple(_told(list(alike), language) for _key, alike in groupby(told, key=_alike))


def _of(stage):
    """The events of the round itself, and those about the stage, its jury, its ballots, its results and decisions."""
    def among(kind, ids):
        return and_(Event.kind == kind, Event.object_id.in_(ids))

    results = select(Result.id).where(Result.stage_id == stage.id)
    return or_(Event.kind == "round", and_(Event.kind == "stage", Event.object_id == stage.id), among("result", results),
               among("juror", select(Juror.id).where(Juror.stage_id == stage.id)),
               among("ballot", select(Ballot.id).join(Assignment).where(Assignment.stage_id == stage.id)),
               among("decision", select(Decision.id).where(Decision.result_id.in_(results))),
               among("screening", select(Screening.id).join(Entry).where(Entry.round_id == stage.round_id)))


def _alike(event):
    """What must be equal for events to be told as one: decisions of one day with the same outcome, in a row."""
    if event.act != "decision_recorded":
        return event.sequence
    return event.at.date(), event.payload["outcome"], event.payload["departs"]


def _told(alike, language):
    first = alike[0]
    kept = first.payload | ({"entry": ", ".join(sorted(e.payload["entry"] for e in alike))} if len(alike) > 1 else {})
    words = TOLD[first.act](kept) if first.act in TOLD else event_words.words(first.act)
    reason = "" if first.act in SILENT else event_words.reason(first)
    said = [words, *([text("Reason: %(reason)s", reason=reason)] if reason else [])]
    return report.Event(at=alike[-1].at, words="\n".join(translate(one, language) for one in said))
