"""How a round stands, in words: the title, the sentence and the one next act of the organiser's page, chosen by its phase."""
from flask import url_for

from award.domain.readiness import missing
from award.i18n import ntext, said, text
from award.services import progress

TITLES = {
    "draft": text("The round is being set up"), "open": text("The call is open"), "late": text("The deadline has passed"),
    "screening": text("Entries are being screened"), "inviting": text("The jury is being formed"), "assigning": text("Entries go to the jurors"),
    "opening": text("Scoring can open"), "scoring": text("Jury scoring is open"), "scored": text("All ballots are in"),
    "locked": text("Scoring is locked"), "frozen": text("The jury decides"), "deciding": text("Every entry has its decision"),
    "decided": text("The decisions are taken"), "published": text("The result is public"), "archived": text("The round is archived")}
STATES = {"draft": text("Draft"), "open": text("Open"), "judging": text("Judging"), "decided": text("Decided"), "published": text("Published"),
          "archived": text("Archived")}
STEPS = {
    "draft": text("Before you can open the call"), "screening": text("Before you can open the scoring"), "inviting": text("Before you can open the scoring"),
    "assigning": text("Before you can open the scoring"), "opening": text("Before you can open the scoring"),
    "scoring": text("Before you can lock the scoring"), "scored": text("Before you can lock the scoring")}
CHECK_STATES = {"ready": ("done", text("ready")), "under_way": ("doing", text("under way")), "look": ("alert", text("look")), "missing": ("stop", text("missing"))}
JUROR_STATES = {"invited": ("todo", text("invited")), "declined": ("stop", text("declined")), "waiting": ("todo", text("nothing assigned")),
                "not_started": ("alert", text("not started")), "under_way": ("doing", text("under way")), "finished": ("done", text("finished"))}
MEND = {"round": text("Write the texts and dates"), "fields": text("Write the entry form"), "criteria": text("Set the criteria"), "rules": text("Set the rules")}
"""The one next act while something is missing, by the place where it is mended."""


def lead(found):
    """One sentence: what matters now."""
    return LEADS[found.phase](found)


def _draft(found):
    lacking = len(missing(found.checks))
    if lacking:
        return ntext("%(num)s thing is missing before the call can open.", "%(num)s things are missing before the call can open.", lacking)
    return text("Everything is ready. Opening the call publishes the criteria and the rules.")


def _arrived(found):
    return ntext("%(num)s entry is in", "%(num)s entries are in", found.counts["submitted"])


def _open(found):
    days = (found.round.closes_at - found.now).days
    closes = said("moment", found.round.closes_at, found.round.zone)
    if found.now < found.round.opens_at:
        return text("Teams can enter from %(opens)s.", opens=said("moment", found.round.opens_at, found.round.zone))
    return ntext("%(entries)s, %(drafts)s more are being written. The call closes on %(closes)s, in %(num)s day.",
                 "%(entries)s, %(drafts)s more are being written. The call closes on %(closes)s, in %(num)s days.", days,
                 entries=_arrived(found), drafts=found.counts["draft"], closes=closes)


def _screening(found):
    screened = len(found.judging.entries) + found.judging.refused
    total = screened + found.judging.unscreened
    if not total:
        return text("No entry was submitted, so there is nothing to judge.")
    return ntext("%(done)s of %(num)s entry is screened.", "%(done)s of %(num)s entries are screened.", total, done=screened)


def _inviting(found):
    if found.judging.waiting:
        return ntext("%(num)s juror has not answered yet. Nobody has accepted so far.", "%(num)s jurors have not answered yet. Nobody has accepted so far.",
                     found.judging.waiting)
    return ntext("%(num)s entry is eligible. Invite the people who will judge it.", "%(num)s entries are eligible. Invite the people who will judge them.",
                 len(found.judging.entries))


def _assigning(found):
    return ntext("%(num)s juror has accepted. Give each entry its readers.", "%(num)s jurors have accepted. Give each entry its readers.", len(found.judging.jurors))


def _scoring(found):
    done, total = progress.ballots(found.jurors)
    count = text("%(done)s of %(total)s ballots are in.", done=done, total=total)
    closes = found.stage.closes_at
    if closes is None:
        return text("%(count)s Scoring has no closing time.", count=count)
    at = said("moment", closes, found.round.zone)
    if closes <= found.now:
        return text("%(count)s Scoring was to close on %(closes)s.", count=count, closes=at)
    return ntext("%(count)s Scoring closes on %(closes)s, in %(num)s day.", "%(count)s Scoring closes on %(closes)s, in %(num)s days.",
                 (closes - found.now).days, count=count, closes=at)


def _frozen(found):
    return ntext("%(done)s of %(num)s entry has a decision.", "%(done)s of %(num)s entries have a decision.", len(found.judging.entries), done=found.decided)


def _published(found):
    return text("Everyone can read it since %(moment)s.", moment=said("moment", found.round.published_at, found.round.zone))


LEADS = {
    "draft": _draft, "open": _open, "screening": _screening, "inviting": _inviting, "assigning": _assigning, "scoring": _scoring,
    "frozen": _frozen, "published": _published,
    "late": lambda found: text("%(entries)s. Close the call to begin judging.", entries=_arrived(found)),
    "opening": lambda found: text("Opening fixes and publishes the rules, and tells the jurors."),
    "scored": lambda found: text("Look at the ranking, then lock the scoring: no ballot changes after that."),
    "locked": lambda found: text("No ballot changes any more. Freeze the result, then record what the jury decides."),
    "deciding": lambda found: text("Close the deliberation to go on to publication."),
    "decided": lambda found: text("Nothing is public yet. Publishing shows the result to everyone and mails the teams."),
    "archived": lambda found: text("It stays readable. Nothing changes any more."),
}


def action(found):
    """The one next act: (words, address, whether it is an act of one button rather than a page); None when there is nothing to do."""
    round_, stage, result = found.round.id, found.stage.id if found.stage else None, found.result.id if found.result else None
    acts = {
        "open": lambda: (text("Show the entries"), url_for("entries.index", round_id=round_)),
        "late": lambda: (text("Close the call"), url_for("rounds.close", round_id=round_)),
        "screening": lambda: (text("Screen the entries"), url_for("screenings.index", round_id=round_)),
        "inviting": lambda: (text("Invite jurors"), url_for("jurors.index", stage_id=stage)),
        "assigning": lambda: (text("Assign the entries"), url_for("assignments.index", stage_id=stage)),
        "opening": lambda: (text("Open the scoring"), url_for("stages.open_", stage_id=stage)),
        "scored": lambda: (text("Lock the scoring"), url_for("results.lock", stage_id=stage)),
        "locked": lambda: (text("Freeze the result"), url_for("results.create", stage_id=stage)),
        "frozen": lambda: (text("Record the decisions"), url_for("decisions.index", result_id=result)),
        "deciding": lambda: (text("Close the deliberation"), url_for("decisions.index", result_id=result)),
        "decided": lambda: (text("Publish the result"), url_for("publications.new", round_id=round_)),
        "published": lambda: (text("Read the public result"), url_for("publications.show", round_id=round_)),
        "archived": lambda: (text("Read the public result"), url_for("publications.show", round_id=round_)),
    }
    if found.phase == "scoring":
        return _remind(found)
    if found.phase == "draft":
        return _set_up(found)
    return (*acts[found.phase](), False)


def _remind(found):
    slow = progress.unfinished(found.jurors)
    if not slow:
        return (text("Lock the scoring"), url_for("results.lock", stage_id=found.stage.id), False)
    return (ntext("Remind %(num)s juror", "Remind %(num)s jurors", len(slow)), url_for("reminders.create", stage_id=found.stage.id), True)


def _set_up(found):
    lacking = next((check.place for check in missing(found.checks) if check.place in MEND), None)
    if lacking:
        return (MEND[lacking], place(found, lacking), False)
    return (text("Open the call"), url_for("rounds.open_", round_id=found.round.id), False)


def further(found):
    """Other ways on from here, [(words, address)], for whoever may only read too."""
    round_, stage = found.round, found.stage
    ranking = (text("Preview the ranking"), url_for("rankings.show", stage_id=stage.id)) if stage else None
    pages = {"draft": [(text("See the page of the call"), url_for("calls.show", round_id=round_.id))],
             "open": [(text("Page of the call"), url_for("calls.show", round_id=round_.id))],
             "late": [(text("Entries"), url_for("entries.index", round_id=round_.id))],
             "scoring": [ranking, (text("Assignment"), url_for("assignments.index", stage_id=stage.id))] if stage else [],
             "scored": [ranking], "locked": [ranking]}
    frozen = [(text("Ranking"), ranking[1]), (text("Jury report"), url_for("reports.index", result_id=found.result.id))] if found.result else []
    return frozen or pages.get(found.phase, [(text("Entries"), url_for("entries.index", round_id=round_.id))])


def steps_aside(found):
    """What the organiser may also do at this step, [(words, address)]: set-up, dates, and the way back."""
    round_, stage = found.round.id, found.stage.id if found.stage else None
    if found.phase == "draft":
        return [(text("Texts and dates"), url_for("rounds.edit", round_id=round_)), (text("Rules of the result"), url_for("stages.edit", stage_id=stage))]
    if found.phase == "open":
        return [(text("Extend the deadline"), url_for("rounds.deadline", round_id=round_)), (text("Close the call early"), url_for("rounds.close", round_id=round_)),
                (text("Back to draft"), url_for("rounds.back", round_id=round_))]
    if found.phase == "late":
        return [(text("Extend the deadline"), url_for("rounds.deadline", round_id=round_)), (text("Back to draft"), url_for("rounds.back", round_id=round_))]
    if found.phase in ("screening", "inviting", "assigning", "opening"):
        return [(text("When scoring closes"), url_for("stages.deadline", stage_id=stage)), (text("Open the call again"), url_for("rounds.back", round_id=round_))]
    if found.phase in ("scoring", "scored"):
        return [(text("When scoring closes"), url_for("stages.deadline", stage_id=stage)), (text("Lock the scoring"), url_for("results.lock", stage_id=stage)),
                (text("Scoring back to draft"), url_for("stages.back", stage_id=stage))]
    return {"decided": [(text("Back to the deliberation"), url_for("rounds.back", round_id=round_))],
            "published": [(text("Archive the round"), url_for("rounds.archive", round_id=round_))]}.get(found.phase, [])


def place(found, name):
    """The address where a check is mended; None where nothing can be done about it on a page."""
    round_, stage = found.round, found.stage
    addresses = {"round": lambda: url_for("rounds.edit", round_id=round_.id), "fields": lambda: url_for("fields.index", round_id=round_.id),
                 "screenings": lambda: url_for("screenings.index", round_id=round_.id), "progress": lambda: "#progress"}
    in_stage = {"criteria": "criteria.index", "rules": "stages.edit", "stage": "stages.edit", "jurors": "jurors.index", "assignments": "assignments.index"}
    if name in addresses:
        return addresses[name]()
    if name == "rulebook" and stage and stage.rulebooks:
        return url_for("rulebooks.show", rulebook_id=stage.rulebooks[-1].id)
    return url_for(in_stage[name], stage_id=stage.id) if stage and name in in_stage else None
