"""Who judges what: a plan free of conflicts, its confirmation, the mail to the jurors, and changes by hand."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import assignment as planning
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import ntext, said, text
from award.models import Assignment, Ballot, Entry, Juror, Member, Stage
from award.services import conflicts, entrants, history, links, mails
from award.services.jurors import closing, hold

LIVE = ("proposed", "notified")
EVERYONE = 0


@dataclass(frozen=True)
class Board:
    """Entries and jurors of a stage, what stands between them, and the pairs there are.

    `barred` {(entry id, juror id): kind of conflict or "language"}; `rows` {(entry id, juror id): Assignment}.
    """

    stage: Stage
    entries: list
    jurors: list
    barred: dict
    rows: dict

    @property
    def live(self):
        """The pairs that count."""
        return {pair for pair, row in self.rows.items() if row.state in LIVE}

    @property
    def told(self):
        """Whether jurors have been told of assignments."""
        return any(row.state != "proposed" for row in self.rows.values())


@dataclass(frozen=True)
class Plan:
    """Pairs (entry id, juror id) that are proposed, with what asked for them; `components`: groups without an entry in common."""

    board: Board
    readers: int
    seed: int
    pairs: frozenset
    components: int


def board(stage):
    """The Board of a stage: eligible entries, jurors who accepted. Constant statements, whatever the size."""
    jurors = session.scalars(
        select(Juror)
        .where(Juror.stage_id == stage.id, Juror.state == "accepted")
        .options(joinedload(Juror.user), selectinload(Juror.conflicts))
        .order_by(Juror.code)
    ).all()
    entries = eligible(stage)
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.stage_id == stage.id)
        .options(joinedload(Assignment.ballot).load_only(Ballot.state, Ballot.assignment_id))
    ).all()
    return Board(stage, entries, jurors, _barred(entries, jurors), {(row.entry_id, row.juror_id): row for row in rows})


def eligible(stage):
    """The entries that may be judged, with their members, by number."""
    return session.scalars(entrants.of_stage(stage).options(selectinload(Entry.members).joinedload(Member.user))).all()


def _barred(entries, jurors):
    known = {(c.entry_id, j.id): c.kind for j in jurors for c in j.conflicts}
    found = {
        (e.id, j.id): known.get((e.id, j.id)) or conflicts.detect(j, e) or _unread(j, e)
        for e in entries
        for j in jurors
    }
    return {pair: kind for pair, kind in found.items() if kind}


def _unread(juror, entry):
    return "language" if juror.languages and entry.language not in juror.languages else None


def plan(stage, *, readers, seed):
    """The Plan in which `readers` jurors judge each entry (0: everyone judges everything), the same for the same seed.

    Conflicts always bar a pair; a language that is not read bars it when each entry has some readers only. Raises Refused without entries or
    jurors, and naming the entries that come too short.
    """
    lives.require("assign", stage.state)
    found = board(stage)
    _require_both(found)
    names = {e.id: e.number for e in found.entries}
    numbers = {number: id_ for id_, number in names.items()}
    jurors = [j.id for j in found.jurors]
    barred = frozenset((names[e], j) for (e, j), kind in found.barred.items() if readers or kind != "language")
    if readers == EVERYONE:
        made = planning.everyone(list(numbers), jurors, forbidden=barred)
    else:
        _require_untold(found)
        made = planning.assign(planning.Demand(tuple(numbers), tuple(jurors), readers, barred), seed=seed)
    return Plan(found, readers, seed, frozenset((numbers[e], j) for e, j in made.pairs), made.components)


def _require_both(found):
    if not found.entries:
        raise Refused(
            text("No entry goes on to this stage yet. Conclude the stage before it first.")
            if entrants.preceding(found.stage)
            else text("No entry is eligible yet. Screen the entries first.")
        )
    if not found.jurors:
        raise Refused(text("No juror has accepted yet. Invite jurors, or wait for their answers."))


def _require_untold(found):
    if found.told:
        raise Refused(
            text(
                "Jurors have been told what they judge. Change single pairs by hand, or let everyone score everything."
            )
        )


def confirm(stage, *, settings, actor, now):
    """Keep the plan of settings (readers, seed): detected conflicts are put on record, earlier proposals replaced. Gives the Plan.

    Jurors are mailed once each when the stage is open; otherwise when it opens.
    """
    hold(stage)
    made = plan(stage, readers=settings[0], seed=settings[1])
    recorded = _record_conflicts(made.board, actor=actor, now=now)
    for pair, row in made.board.rows.items():
        if row.state == "proposed" and pair not in made.pairs:
            session.delete(row)
    for entry_id, juror_id in sorted(made.pairs - made.board.rows.keys()):
        session.add(
            Assignment(stage_id=stage.id, entry_id=entry_id, juror_id=juror_id, state="proposed", created_at=now)
        )
    session.flush()
    told = _tell(stage, now=now) if stage.state == "open" else []
    history.add(
        stage,
        "entries_assigned",
        actor=actor,
        now=now,
        payload={
            "readers": made.readers or "everyone",
            "seed": made.seed,
            "pairs": len(made.pairs),
            "conflicts": recorded,
            "told": len(told),
        },
    )
    return made


def _record_conflicts(found, *, actor, now):
    entries, jurors = {e.id: e for e in found.entries}, {j.id: j for j in found.jurors}
    known = {(c.entry_id, j.id) for j in found.jurors for c in j.conflicts}
    recorded = []
    for (entry_id, juror_id), kind in found.barred.items():
        if kind != "language" and (entry_id, juror_id) not in known:
            conflicts.record(jurors[juror_id], entries[entry_id], kind, by=actor, now=now)
            recorded.append([entries[entry_id].number, jurors[juror_id].code, kind])
    return recorded


def notify(stage, *, actor, now):
    """Tell every juror with proposed assignments, by one mail each. Gives the jurors told; an event only when there are any."""
    lives.require("judge", stage.state)
    told = _tell(stage, now=now)
    if told:
        history.add(stage, "jurors_notified", actor=actor, now=now, payload={"jurors": sorted(j.code for j in told)})
    return told


def _tell(stage, *, now):
    rows = session.scalars(
        select(Assignment)
        .join(Juror)
        .where(Assignment.stage_id == stage.id, Assignment.state == "proposed", Juror.state == "accepted")
        .options(joinedload(Assignment.juror).joinedload(Juror.user))
    ).all()
    counts = Counter(row.juror for row in rows)
    for row in rows:
        row.state = "notified"
    for juror in sorted(counts, key=lambda j: j.code):
        mails.write(
            juror.user, kind="assigned", now=now, round_=stage.round, message=_message(juror, counts[juror], now=now)
        )
    return list(counts)


def _message(juror, count, *, now):
    round_ = juror.stage.round
    work = ntext("%(num)s entry is waiting for your scores.", "%(num)s entries are waiting for your scores.", count)
    return (
        text("Your entries to judge: %(round)s", round=said("words", round_.title, round_.languages)),
        text(
            "%(work)s %(until)s\n\nThis personal link takes you to your list. You need no password:\n\n%(link)s",
            work=work,
            until=closing(juror.stage),
            link=links.make(juror.user, "juror", juror.id, now=now),
        ),
    )


def add(stage, *, entry, juror, actor, now):
    """Ask one juror to judge one more entry; the juror is mailed when the stage is open. Gives the Assignment.

    Raises Refused for a conflict, an entry that is not eligible, a juror who has not accepted, and a pair there is already.
    """
    lives.require("assign", stage.state)
    _refuse_pair(stage, entry, juror)
    row = session.scalar(select(Assignment).where(Assignment.entry_id == entry.id, Assignment.juror_id == juror.id))
    if row is not None and row.state in LIVE:
        raise Refused(text("This juror judges this entry already."), field="juror")
    if row is None:
        row = Assignment(stage=stage, entry=entry, juror=juror, created_at=now)
        session.add(row)
    row.state, row.voided_at, row.reason = "proposed", None, ""
    session.flush()
    if stage.state == "open":
        _tell(stage, now=now)
    history.add(row, "assignment_added", actor=actor, now=now, payload={"entry": entry.number, "juror": juror.code})
    return row


def _refuse_pair(stage, entry, juror):
    if not entrants.takes_part(stage, entry):
        if entrants.preceding(stage):
            raise Refused(text("Only entries that go on from the stage before are judged in this one."), field="entry")
        raise Refused(text("Only eligible entries are judged. Screen this entry first."), field="entry")
    if juror.state != "accepted":
        raise Refused(text("This juror has not accepted the invitation."), field="juror")
    kind = next((c.kind for c in juror.conflicts if c.entry_id == entry.id), None) or conflicts.detect(juror, entry)
    if kind:
        raise Refused(
            text("This juror has a conflict of interest with this entry: %(kind)s. Choose somebody else.", kind=conflicts.WORDS[kind]),
            field="juror",
        )


def remove(row, *, reason, actor, now):
    """Take a pair back: a planned one vanishes; one the juror was told of stays, void, with the reason and any ballot."""
    lives.require("assign", row.stage.state)
    if row.state not in LIVE:
        raise Refused(text("This assignment has been taken back already."))
    if row.state == "notified" and not reason:
        raise Invalid(text("Say why: the juror and the auditor read it."), field="reason")
    history.add(
        row,
        "assignment_removed",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"entry": row.entry.number, "juror": row.juror.code, "state": row.state},
    )
    if row.state == "proposed":
        session.delete(row)
    else:
        row.state, row.voided_at, row.reason = "voided", now, reason
    return row.stage


def decline(row, *, reason, now):
    """The juror cannot judge this entry and says why. The organiser looks for somebody else. A ballot stays and does not count."""
    lives.require("judge", row.stage.state)
    if row.state != "notified":
        raise Refused(text("This assignment is not open any more."))
    if row.ballot is not None and row.ballot.state == "submitted":
        raise Refused(text("You submitted this ballot. Ask the chair or the organiser to reopen it first."))
    row.state, row.reason = "declined", reason
    history.add(
        row,
        "assignment_declined",
        actor=row.juror.user,
        now=now,
        about={"reason": reason},
        payload={"entry": row.entry.number, "juror": row.juror.code},
    )
    return row.juror
