"""How a round stands, in words: the title and the sentence of the organiser's page, chosen by its phase."""

from award.domain.readiness import missing
from award.i18n import ntext, said, text
from award.services import entrants, progress
from award.web import stages

TITLES = {
    "draft": text("The round is being set up"),
    "open": text("The call is open"),
    "late": text("The deadline has passed"),
    "screening": text("Entries are being screened"),
    "nobody": text("No entry goes on"),
    "inviting": text("The jury is being formed"),
    "assigning": text("Entries go to the jurors"),
    "opening": text("Scoring can open"),
    "scoring": text("Jury scoring is open"),
    "scored": text("All ballots are in"),
    "locked": text("Scoring is locked"),
    "frozen": text("The jury decides"),
    "deciding": text("Every entry has its decision"),
    "decided": text("The decisions are taken"),
    "published": text("The result is public"),
    "archived": text("The round is archived"),
}
STATES = {
    "draft": text("Draft"),
    "open": text("Open"),
    "judging": text("Judging"),
    "decided": text("Decided"),
    "published": text("Published"),
    "archived": text("Archived"),
}
STEPS = {
    "draft": text("Before you can open the call"),
    "screening": text("Before you can open the scoring"),
    "nobody": text("Before you can open the scoring"),
    "inviting": text("Before you can open the scoring"),
    "assigning": text("Before you can open the scoring"),
    "opening": text("Before you can open the scoring"),
    "scoring": text("Before you can lock the scoring"),
    "scored": text("Before you can lock the scoring"),
}
CHECK_STATES = {
    "ready": ("done", text("ready")),
    "under_way": ("doing", text("under way")),
    "look": ("alert", text("look")),
    "missing": ("stop", text("missing")),
}
JUROR_STATES = {
    "invited": ("todo", text("invited")),
    "declined": ("stop", text("declined")),
    "waiting": ("todo", text("nothing assigned")),
    "not_started": ("alert", text("not started")),
    "under_way": ("doing", text("under way")),
    "finished": ("done", text("finished")),
}


def lead(found):
    """One sentence: what matters now."""
    return LEADS[found.phase](found)


def which(found):
    """Where a round of several stages is, as a Text; None outside judging and for one stage alone."""
    return stages.which(found.stage) if found.stage and found.round.state == "judging" else None


def _draft(found):
    lacking = len(missing(found.checks))
    if lacking:
        return ntext(
            "%(num)s thing is missing before the call can open.",
            "%(num)s things are missing before the call can open.",
            lacking,
        )
    return text("Everything is ready. Opening the call publishes the criteria and the rules.")


def _arrived(found):
    return ntext("%(num)s entry is in", "%(num)s entries are in", found.counts["submitted"])


def _open(found):
    days = (found.round.closes_at - found.now).days
    closes = said("moment", found.round.closes_at, found.round.zone)
    if found.now < found.round.opens_at:
        return text("Teams can enter from %(opens)s.", opens=said("moment", found.round.opens_at, found.round.zone))
    return ntext(
        "%(entries)s, %(drafts)s still being written. The call closes on %(closes)s, in %(num)s day.",
        "%(entries)s, %(drafts)s still being written. The call closes on %(closes)s, in %(num)s days.",
        days,
        entries=_arrived(found),
        drafts=found.counts["draft"],
        closes=closes,
    )


def _screening(found):
    screened = len(found.judging.entries) + found.judging.refused
    total = screened + found.judging.unscreened
    if not total:
        return text("No entry was submitted, so there is nothing to judge.")
    return ntext(
        "%(done)s of %(num)s entry is screened.", "%(done)s of %(num)s entries are screened.", total, done=screened
    )


def _inviting(found):
    if found.judging.waiting:
        return ntext(
            "%(num)s juror has not answered yet. Nobody has accepted so far.",
            "%(num)s jurors have not answered yet. Nobody has accepted so far.",
            found.judging.waiting,
        )
    if found.judging.before:
        return ntext(
            "%(num)s entry goes on to this stage. Invite the people who will judge it.",
            "%(num)s entries go on to this stage. Invite the people who will judge them.",
            len(found.judging.entries),
        )
    return ntext(
        "%(num)s entry is eligible. Invite the people who will judge it.",
        "%(num)s entries are eligible. Invite the people who will judge them.",
        len(found.judging.entries),
    )


def _assigning(found):
    return ntext(
        "%(num)s juror has accepted. Give each entry its readers.",
        "%(num)s jurors have accepted. Give each entry its readers.",
        len(found.judging.jurors),
    )


def _scoring(found):
    done, total = progress.ballots(found.jurors)
    count = text("%(done)s of %(total)s ballots are in.", done=done, total=total)
    closes = found.stage.closes_at
    if closes is None:
        return text("%(count)s Scoring has no closing time.", count=count)
    at = said("moment", closes, found.round.zone)
    if closes <= found.now:
        return text("%(count)s Scoring was to close on %(closes)s.", count=count, closes=at)
    return ntext(
        "%(count)s Scoring closes on %(closes)s, in %(num)s day.",
        "%(count)s Scoring closes on %(closes)s, in %(num)s days.",
        (closes - found.now).days,
        count=count,
        closes=at,
    )


def _frozen(found):
    return ntext(
        "%(done)s of %(num)s entry has a decision.",
        "%(done)s of %(num)s entries have a decision.",
        len(found.judging.entries),
        done=found.decided,
    )


def _deciding(found):
    if entrants.following(found.stage) is None:
        return text("Close the deliberation to go on to publication.")
    if not found.onwards:
        return text("No entry goes on. Change a decision, or conclude the stage as it is.")
    return ntext(
        "%(num)s entry goes on. Conclude the stage to prepare the next one.",
        "%(num)s entries go on. Conclude the stage to prepare the next one.",
        found.onwards,
    )


def _published(found):
    return text(
        "Everyone can read it since %(moment)s.", moment=said("moment", found.round.published_at, found.round.zone)
    )


LEADS = {
    "draft": _draft,
    "open": _open,
    "screening": _screening,
    "inviting": _inviting,
    "assigning": _assigning,
    "scoring": _scoring,
    "frozen": _frozen,
    "deciding": _deciding,
    "nobody": lambda found: text("Nobody was let through to this stage. Take the stage before it back to its deliberation."),
    "published": _published,
    "late": lambda found: text("%(entries)s. Close the call to begin judging.", entries=_arrived(found)),
    "opening": lambda found: text("Opening fixes and publishes the rules, and tells the jurors."),
    "scored": lambda found: text("Look at the ranking, then lock the scoring: no ballot changes after that."),
    "locked": lambda found: text("No ballot changes any more. Freeze the result, then record what the jury decides."),
    "decided": lambda found: text(
        "Nothing is public yet. Publishing shows the result to everyone and mails the teams."
    ),
    "archived": lambda found: text("It stays readable. Nothing changes any more."),
}
