"""Conflicts of interest between jurors and entries: found in what is known, declared by the juror, named by the organiser."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import lives
from award.domain.public_mail import PUBLIC_MAIL
from award.errors import FaultyInput, Refused
from award.i18n import said, text
from award.models import Assignment, Conflict, Entry, Member, Screening
from award.services import entrants, history, mails

LEGAL_FORMS = {"nv", "sa", "bv", "srl", "vzw", "asbl", "gmbh", "ag", "ev", "vog", "the", "ltd"}
WORDS = {
    "declared": text("Declared by the juror"),
    "organisation": text("Same organisation"),
    "domain": text("Same e-mail domain"),
    "member": text("Member of the team"),
    "named": text("Named by the organiser"),
    "language": text("Language not read"),
}
"""What each kind of conflict is called; `language` keeps a juror from an entry without being a conflict of interest."""
NAMED = (
    text("An entry no longer on your list: %(round)s"),
    text(
        "A conflict of interest came to light about “%(entry)s”. If you scored it, your ballot is kept but "
        "no longer counts. "
        "Reason: %(reason)s"
    ),
)
TAKEN_BACK = (
    text("A conflict of interest is taken back: %(round)s"),
    text(
        "The organiser took back the conflict of interest with “%(entry)s” that was on record. If you are to judge this entry again, another "
        "mail says so; a ballot you submitted on it counts again from then on. Reason: %(reason)s"
    ),
)
"""The mails, as (subject, text)."""


def detect(juror, entry):
    """The kind of conflict that shows between a juror and an entry with its members: member, organisation, domain; else None.

    What the organiser found to be no conflict is none, unless the juror is a member of the team.
    """
    if is_member(juror, entry):
        return "member"
    if entry.id in juror.conflict_free:
        return None
    own = {tidy(juror.organisation), tidy(juror.user.organisation)} - {""}
    if own & {
        tidy(entry.team),
        *(tidy(m.organisation) for m in entry.members),
        *(tidy(m.user.organisation) for m in entry.members),
    }:
        return "organisation"
    domain = juror.user.email.rpartition("@")[2]
    if domain not in PUBLIC_MAIL and any(m.user.email.rpartition("@")[2] == domain for m in entry.members):
        return "domain"
    return None


def is_member(juror, entry):
    """Whether the juror belongs to the team, or is invited to it."""
    return any(m.user_id == juror.user_id for m in entry.members)


def tidy(organisation):
    """The name of an organisation without case, accents, punctuation and legal form, so that one body has one
    spelling."""
    plain = unicodedata.normalize("NFKD", organisation or "").encode("ascii", "ignore").decode() or (organisation or "")
    return " ".join(w for w in re.findall(r"\w+", plain.casefold().replace(".", "")) if w not in LEGAL_FORMS)


def entries(stage):
    """The entries a juror is asked about: submitted, not screened out, let through to the stage; with their members, by
    number. Constant statements."""
    return session.scalars(_asked(stage).options(selectinload(Entry.members).joinedload(Member.user))).all()


def _asked(stage):
    return (
        select(Entry)
        .outerjoin(Screening)
        .where(
            Entry.round_id == stage.round_id,
            Entry.number.is_not(None),
            Entry.state == "submitted",
            Screening.id.is_(None) | Screening.eligible,
            entrants.admitted(stage),
        )
        .order_by(Entry.number)
    )


def organisations(entry):
    """The organisations behind an entry, as a juror may know them before reading: those of its members, else the
    team's name."""
    return list(dict.fromkeys(m.organisation for m in entry.members if m.organisation)) or [entry.team]


def declare(juror, *, declared, now):
    """Record what the juror declares: {entry id: reason}. Until the stage opens the newest declaration counts
    whole;
    afterwards conflicts are added only, and each makes the juror's assignment of that entry void.

    Raises Refused before the call has closed or once the stage is decided, FaultyInput for a conflict without a reason.
    """
    require_declarable(juror)
    if any(not reason for reason in declared.values()):
        raise FaultyInput([text("Say in a few words what the conflict of interest is.")])
    known = {c.entry_id: c for c in juror.conflicts}
    dropped = _drop_all_but(declared, juror)
    added = [
        _add(juror, entry_id, ("declared", reason), by=juror.user, now=now)
        for entry_id, reason in declared.items()
        if entry_id not in known
    ]
    for entry_id in declared.keys() & known.keys():
        known[entry_id].reason = declared[entry_id] if known[entry_id].kind == "declared" else known[entry_id].reason
    _void(juror, [c.entry_id for c in added], now=now)
    juror.cleared_at = juror.cleared_at or now
    history.add(
        juror,
        "conflicts_declared",
        actor=juror.user,
        now=now,
        payload={"juror": juror.code, "entries": sorted(declared), "taken_back": sorted(c.entry_id for c in dropped)},
    )
    return juror


def _drop_all_but(declared, juror):
    """Take back what the juror declared before and does not declare now, as long as the stage is a draft. Gives those conflicts.

    A conflict with an entry that the juror is not asked about in this stage stays as it is.
    """
    if juror.stage.state != "draft":
        return []
    asked = set(session.scalars(_asked(juror.stage).with_only_columns(Entry.id)))
    dropped = [c for c in juror.conflicts if c.kind == "declared" and c.entry_id not in declared and c.entry_id in asked]
    for conflict in dropped:
        juror.conflicts.remove(conflict)
        session.delete(conflict)
    return dropped


def require_declarable(juror):
    """Raises Refused unless the juror has accepted, the entries of the stage are known and the stage is not decided."""
    if juror.state != "accepted":
        raise Refused(text("Accept the invitation first; then you will be asked about conflicts of interest."))
    if juror.stage.round.state not in ("judging", "decided"):
        raise Refused(text("The entries are not known before the call closes. We will mail you then."))
    if not entrants.known(juror.stage):
        raise Refused(text("The entries are not known before the stage before this one is decided. You find them here then."))
    lives.require("declare", juror.stage.state)


def report(assignment, *, reason, now):
    """A juror says at an entry that there is a conflict: the assignment is void, the ballot stays and does not count."""
    juror = assignment.juror
    lives.require("declare", assignment.stage.state)
    _add(juror, assignment.entry_id, ("declared", reason), by=juror.user, now=now)
    return _void_with_event(juror, assignment.entry, reason=reason, actor=juror.user, now=now)


def name(juror, *, entry, reason, actor, now):
    """The organiser names a conflict that came to light: the juror no longer reads the entry, a ballot stays and does
    not count."""
    lives.require("declare", juror.stage.state)
    if any(c.entry_id == entry.id for c in juror.conflicts):
        raise Refused(text("This conflict is on record already."), field="entry")
    _add(juror, entry.id, ("named", reason), by=actor, now=now)
    found = _void_with_event(juror, entry, reason=reason, actor=actor, now=now)
    if found is not None:
        _tell(juror, entry, reason, letter=NAMED, now=now)
    return juror


def returnable(juror, entries):
    """{entry: kind} of the conflicts among `entries` that the organiser may take back: neither declared nor a member's."""
    known = {c.entry_id: c.kind for c in juror.conflicts}
    kinds = {e: known.get(e.id) or detect(juror, e) for e in entries if not is_member(juror, e)}
    return {entry: kind for entry, kind in kinds.items() if kind not in (None, "declared")}


def take_back(juror, *, entry, reason, actor, now):
    """The organiser takes back a conflict that was named or detected in error. A void assignment stays void, with its ballot:
    assigned again, the ballot counts as it was handed in.

    Raises Refused once the stage is decided, without a conflict, and for one that the juror declared or has as a member.
    """
    lives.require("declare", juror.stage.state)
    kind = returnable(juror, [entry]).get(entry)
    if kind is None:
        raise Refused(
            text("There is no conflict here that you can take back. One that the juror declared, only the juror takes back."),
            field="entry",
        )
    for conflict in [c for c in juror.conflicts if c.entry_id == entry.id]:
        juror.conflicts.remove(conflict)
        session.delete(conflict)
    juror.conflict_free = sorted({*juror.conflict_free, entry.id})
    history.add(
        juror,
        "conflict_taken_back",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"juror": juror.code, "entry": entry.number, "kind": kind},
    )
    if kind == "named" and any(a.entry_id == entry.id for a in juror.assignments):
        _tell(juror, entry, reason, letter=TAKEN_BACK, now=now)
    return juror


def _add(juror, entry_id, found, *, by, now):
    kind, reason = found
    conflict = Conflict(juror=juror, entry_id=entry_id, kind=kind, reason=reason, at=now, by_id=by.id)
    session.add(conflict)
    return conflict


def record(juror, entry, kind, *, by, now):
    """Keep a conflict that was detected, so that the juror neither reads nor scores the entry."""
    return _add(juror, entry.id, (kind, ""), by=by, now=now)


def _void(juror, entry_ids, *, now):
    """Planned pairs vanish; pairs the juror was told of stay, void, with their ballots."""
    found = (
        session.scalars(
            select(Assignment)
            .where(Assignment.juror_id == juror.id, Assignment.entry_id.in_(entry_ids))
            .options(joinedload(Assignment.ballot))
        ).all()
        if entry_ids
        else []
    )
    for assignment in found:
        if assignment.state == "proposed":
            session.delete(assignment)
        elif assignment.state != "voided":
            assignment.state, assignment.voided_at = "voided", now
    return found


def _void_with_event(juror, entry, *, reason, actor, now):
    found = _void(juror, [entry.id], now=now)
    for assignment in found:
        assignment.reason = reason
    history.add(
        juror,
        "conflict_reported",
        actor=actor,
        now=now,
        about={"reason": reason},
        payload={"juror": juror.code, "entry": entry.number, "voided": bool(found)},
    )
    return found[0] if found and found[0].state == "voided" else None


def _tell(juror, entry, reason, *, letter, now):
    round_ = juror.stage.round
    subject, body = letter
    mails.write(
        juror.user,
        kind="conflict",
        now=now,
        round_=round_,
        message=(
            subject.filled(round=said("words", round_.title, round_.languages)),
            body.filled(entry=entry.title, reason=reason),
        ),
    )
