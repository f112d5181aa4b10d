"""Publishing a round: its decisions become public together, the teams are mailed."""
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session, setting
from award.domain import lives
from award.errors import Refused
from award.i18n import pick, text
from award.models import Assignment, Ballot, Entry, Member, Result, Screening, Stage
from award.services import decisions, entrants, history, mails, rankings, report_readers, results


@dataclass(frozen=True)
class Readiness:
    """What publishing would do: entries without a decision, and how many people are mailed."""

    undecided: list
    mailed: int


@dataclass(frozen=True)
class Judged:
    """A stage with its result: the entries in it with their decisions, the documents that everyone may read, and whether more are coming."""

    stage: Stage
    result: Result
    lines: list
    reports: list
    coming: bool

    @property
    def anchor(self):
        """Where the stage stands on the public page."""
        return f"stage-{self.stage.position + 1}"

    @property
    def onwards(self):
        """How many entries go on from this stage."""
        return sum(line.decision is not None and line.decision.outcome == "goes_on" for line in self.lines)


def stages(round_):
    """The scoring stages of the round that have a result, as Judged, in order; so many statements a stage."""
    return [Judged(stage, result, decisions.of_result(result), report_readers.public(result), report_readers.is_coming(result))
            for stage in round_.stages if stage.kind == "scoring" and (result := results.newest(stage))]


def received(round_):
    """(entries submitted and not withdrawn, those of them that were found eligible), in one statement."""
    return session.execute(select(func.count(Entry.id), func.count(Screening.id).filter(Screening.eligible)).outerjoin(Screening).where(
        Entry.round_id == round_.id, Entry.number.is_not(None), Entry.state != "withdrawn")).one()


def frozen(round_):
    """The result that counts for the round, that of its last stage with one; None before the first."""
    stage = rankings.judged(round_)
    return results.newest(stage) if stage else None


def readiness(round_):
    """What is missing before the round can be published, and who will be mailed."""
    result = frozen(round_)
    return Readiness(undecided=decisions.undecided(result) if result else [], mailed=len(_recipients(round_)))


def conclude(result, *, actor, now):
    """Close the deliberation of the last stage: every entry has its decision, the round is decided.

    Raises Refused while a decision is missing, for a stage that another follows and for a result that a newer one replaces.
    """
    entrants.hold(result.stage.round)
    lives.require("decide", result.stage.state)
    lives.require("deliberate", result.stage.round.state)
    if entrants.following(result.stage):
        raise Refused(text("Another stage follows this one. Conclude this stage alone; the entries that go on take part in the next."))
    results.require_newest(result)
    decisions.require_complete(result)
    result.stage.state, result.stage.round.state = "decided", "decided"
    history.add(result.stage.round, "round_decided", actor=actor, now=now, payload={"result": result.sha256})


def publish(round_, *, actor, now):
    """Make the result of a decided round public, have its public reports made, and mail every member of every team that submitted."""
    lives.require("publish", round_.state)
    ready = readiness(round_)
    if ready.undecided:
        raise Refused(text("Some entries have no decision yet. Record a decision for every entry first."))
    round_.state, round_.published_at = "published", now
    history.add(round_, "round_published", actor=actor, now=now, payload={"result": frozen(round_).sha256, "mails": ready.mailed})
    report_readers.make_public(round_, actor=actor, now=now)
    _write_mails(round_, now)
    return round_


def _recipients(round_):
    """(entry, person) for every member who joined a submitted entry; one mail each, even in two teams."""
    found = session.execute(select(Entry, Member).join(Member, Member.entry_id == Entry.id).options(joinedload(Member.user))
                            .where(Entry.round_id == round_.id, Entry.number.is_not(None), Entry.state != "withdrawn",
                                   Member.joined_at.is_not(None)).order_by(Entry.id, Member.id))
    return [(entry, member.user) for entry, member in found]


def _write_mails(round_, now):
    outcome = {line.entry.id: line.decision.outcome for judged in stages(round_) for line in judged.lines if line.decision}
    refused = {s.entry_id: s.reason for s in session.scalars(
        select(Screening).join(Entry).where(Entry.round_id == round_.id, ~Screening.eligible))}
    for entry, user in _recipients(round_):
        mails.write(user, kind="published", now=now, round_=round_,
                    message=_message(round_, entry, (user, outcome.get(entry.id), refused.get(entry.id))))


def _message(round_, entry, about):
    user, outcome, refusal = about
    name = pick(round_.title, user.language or round_.languages[0], round_.languages)
    fate = (text("The entry could not take part. Reason: %(reason)s", reason=refusal) if refusal
            else text("The jury’s decision: %(decision)s.", decision=decisions.OUTCOMES[outcome]) if outcome
            else text("The entry was not judged."))
    body = text("Dear %(name)s,\n\nThe results of %(round)s are public. Thank you for entering “%(entry)s”.\n\n%(fate)s\n\n"
                "Read the result and the jury’s reasons here: %(link)s\n\nKind regards\n%(organiser)s",
                name=user.name, round=name, entry=entry.title, fate=fate, link=f"{setting('BASE_URL')}/rounds/{round_.id}/result",
                organiser=pick(round_.programme.organiser, user.language or round_.languages[0], round_.languages))
    return text("The results of %(round)s are public", round=name), body


def receipts(round_):
    """The receipts of all submitted ballots of a published round, in all its stages, sorted: a juror can look up their own."""
    own = Ballot.assignment.has(Assignment.stage.has(Stage.round_id == round_.id))
    return sorted(session.scalars(select(Ballot.receipt).where(own, Ballot.state == "submitted")))
