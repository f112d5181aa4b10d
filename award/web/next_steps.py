"""What to do next: the one act of the organiser's page chosen by its phase, the other ways on, where a check is mended."""

from flask import url_for

from award.domain import lives
from award.domain.readiness import missing
from award.i18n import ntext, text
from award.services import entrants, progress

MEND = {
    "round": text("Write the texts and dates"),
    "fields": text("Write the entry form"),
    "criteria": text("Set the criteria"),
    "rules": text("Set the rules"),
}
"""The one next act while something is missing, by the place where it is mended."""


def action(found):
    """The one next act: (words, address, whether it is an act of one button rather than a page); None when there is nothing to do."""
    round_, stage, result = (
        found.round.id,
        found.stage.id if found.stage else None,
        found.result.id if found.result else None,
    )
    acts = {
        "open": lambda: (text("Show the entries"), url_for("entries.index", round_id=round_)),
        "late": lambda: (text("Close the call"), url_for("rounds.close", round_id=round_)),
        "screening": lambda: (text("Screen the entries"), url_for("screenings.index", round_id=round_)),
        "nobody": lambda: (text("Back to the deliberation"), _before(found)),
        "inviting": lambda: (text("Invite jurors"), url_for("jurors.index", stage_id=stage)),
        "assigning": lambda: (text("Assign the entries"), url_for("assignments.index", stage_id=stage)),
        "opening": lambda: (text("Open the scoring"), url_for("stages.open_", stage_id=stage)),
        "scored": lambda: (text("Lock the scoring"), url_for("results.lock", stage_id=stage)),
        "locked": lambda: (text("Freeze the result"), url_for("results.create", stage_id=stage)),
        "frozen": lambda: (text("Record the decisions"), url_for("decisions.index", result_id=result)),
        "deciding": lambda: (
            text("Conclude the stage") if entrants.following(found.stage) else text("Close the deliberation"),
            url_for("decisions.index", result_id=result),
        ),
        "decided": lambda: (text("Publish the result"), url_for("publications.new", round_id=round_)),
        "published": lambda: (text("Read the public result"), url_for("publications.show", round_id=round_)),
        "archived": lambda: (text("Read the public result"), url_for("publications.show", round_id=round_)),
    }
    if found.phase == "scoring":
        return _remind(found)
    if found.phase == "draft":
        return _set_up(found)
    return (*acts[found.phase](), False)


def _before(found):
    """The address where the stage before the present one is taken back."""
    return url_for("stages.back", stage_id=entrants.preceding(found.stage).id)


def is_due(found):
    """Whether that act waits for the organiser: all do, but while a call is open it is the teams' turn."""
    return found.phase != "open"


def _remind(found):
    slow = progress.unfinished(found.jurors)
    if not slow:
        return (text("Lock the scoring"), url_for("results.lock", stage_id=found.stage.id), False)
    return (
        ntext("Remind %(num)s juror", "Remind %(num)s jurors", len(slow)),
        url_for("reminders.create", stage_id=found.stage.id),
        True,
    )


def _set_up(found):
    lacking = next(
        (check.place for check in missing(found.checks) if check.place in MEND and place(found, check.place)), None
    )
    if lacking:
        return (MEND[lacking], place(found, lacking), False)
    return (text("Open the call"), url_for("rounds.open_", round_id=found.round.id), False)


def further(found):
    """Other ways on from here, [(words, address)], for whoever may only read too."""
    round_, stage = found.round, found.stage
    ranking = (text("Preview the ranking"), url_for("rankings.show", stage_id=stage.id)) if stage else None
    pages = {
        "draft": [(text("See the page of the call"), url_for("calls.show", round_id=round_.id))],
        "open": [(text("Page of the call"), url_for("calls.show", round_id=round_.id))],
        "late": [(text("Entries"), url_for("entries.index", round_id=round_.id))],
        "scoring": [ranking, (text("Assignment"), url_for("assignments.index", stage_id=stage.id))] if stage else [],
        "scored": [ranking],
        "locked": [ranking],
    }
    frozen = (
        [(text("Ranking"), ranking[1]), (text("Jury report"), url_for("reports.index", result_id=found.result.id))]
        if found.result
        else []
    )
    return frozen or pages.get(found.phase, [(text("Entries"), url_for("entries.index", round_id=round_.id))])


def aside(found):
    """What the organiser may also do at this step, [(words, address)]: set-up, dates, the way back, and a further stage."""
    round_ = found.round
    more = lives.allows("add_stage", round_.state) and found.phase != "late"
    return [*_ways(found), *([(text("Add a stage"), url_for("further_stages.new", round_id=round_.id))] if more else [])]


def _ways(found):
    round_, stage = found.round.id, found.stage.id if found.stage else None
    if found.phase in ("screening", "inviting", "assigning", "opening"):
        return [(text("When scoring closes"), url_for("stages.deadline", stage_id=stage)), _back_from_draft(found)]
    if found.phase in ("scoring", "scored"):
        return [
            (text("When scoring closes"), url_for("stages.deadline", stage_id=stage)),
            (text("Lock the scoring"), url_for("results.lock", stage_id=stage)),
            (text("Scoring back to draft"), url_for("stages.back", stage_id=stage)),
        ]
    extend = (text("Extend the deadline"), url_for("rounds.deadline", round_id=round_))
    draft = (text("Back to draft"), url_for("rounds.back", round_id=round_))
    rules = [(text("Rules of the result"), url_for("stages.edit", stage_id=stage))] if stage else []
    return {
        "draft": [(text("Texts and dates"), url_for("rounds.edit", round_id=round_)), *rules],
        "open": [extend, (text("Close the call early"), url_for("rounds.close", round_id=round_)), draft],
        "late": [extend, draft],
        "decided": [(text("Back to the deliberation"), url_for("rounds.back", round_id=round_))],
        "published": [(text("Archive the round"), url_for("rounds.archive", round_id=round_))],
    }.get(found.phase, [])


def _back_from_draft(found):
    if found.judging.before:
        return (text("Back to the deliberation"), _before(found))
    return (text("Open the call again"), url_for("rounds.back", round_id=found.round.id))


def place(found, name):
    """The address where a check is mended; None where nothing can be done about it on a page."""
    round_, stage = found.round, found.stage
    addresses = {
        "round": lambda: url_for("rounds.edit", round_id=round_.id),
        "fields": lambda: url_for("fields.index", round_id=round_.id),
        "screenings": lambda: url_for("screenings.index", round_id=round_.id),
        "progress": lambda: "#progress",
    }
    in_stage = {
        "criteria": "criteria.index",
        "rules": "stages.edit",
        "stage": "stages.edit",
        "jurors": "jurors.index",
        "assignments": "assignments.index",
    }
    if name in addresses:
        return addresses[name]()
    if name == "before":
        return url_for("rankings.show", stage_id=entrants.preceding(stage).id)
    if name == "rulebook" and stage and stage.rulebooks:
        return url_for("rulebooks.show", rulebook_id=stage.rulebooks[-1].id)
    return url_for(in_stage[name], stage_id=stage.id) if stage and name in in_stage else None
