"""Entries being written: start, save as a draft, return for correction, withdraw; and the organiser's list of them."""
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused, Stale
from award.i18n import said, text
from award.models import Entry, Event, Member, Round, Screening, User, Version
from award.services import history, mails, posted

INITIATIVES = ("running", "finished", "successfully_failed")
NOT_YET = text("The call opens on %(date)s. You can start your entry from then on.")
NAMELESS = text("Entry without a title")
CLOSED = text("Entries closed on %(date)s at %(time)s (%(zone)s). Yours arrived at %(received)s, so it is too late. "
              "Your text is kept. Questions: %(contact)s.")
OVERDUE = text("This entry could be completed until %(until)s. Your text is kept. Questions: %(contact)s.")
WITHDRAWN = text("This entry has been withdrawn, so it stays as it is.")
SCREENED = text("This entry has been screened, so it stays as it is.")
OVERTAKEN = text("%(name)s saved this page while you were typing. Nothing is lost: both texts are below. Keep one, "
                 "or combine them.")


@dataclass(frozen=True)
class Written:
    """What a team typed: `columns` {title, team, summary, language, initiative}, `answers` {field id as text: value}
    without files; the `version` of the entry that the form was opened on, and the form's idempotency `key`."""

    columns: dict
    answers: dict
    version: int | None
    key: str = ""


def start(round_, *, wanted, key, actor, now):
    """Start an entry whose owner is the actor. `wanted`: title, team, organisation, language, initiative. Gives it.

    A second post with the same key gives the entry of the first. Raises Refused while the call is not open.
    """
    session.scalar(select(Round.id).where(Round.id == round_.id).with_for_update())
    if earlier := posted.earlier(Entry, key, user=actor):
        return earlier
    require_startable(round_, now=now)
    entry = Entry(round=round_, created_at=now, saved_at=now, saved_by=actor, draft={},
                  **{name: wanted[name] for name in ("title", "team", "language", "initiative")})
    entry.members = [Member(user=actor, role="owner", organisation=wanted["organisation"], invited_at=now,
                            joined_at=now)]
    session.add(entry)
    history.add(entry, "entry_started", actor=actor, now=now)
    posted.remember(entry, key, user=actor, now=now)
    return entry


def require_startable(round_, *, now):
    """Pass when an entry can be started at this instant; otherwise raise Refused."""
    lives.require("write_entry", round_.state)
    require_call(round_, now=now)


def require_call(round_, *, now):
    """Pass from the instant the call opens until just before the instant it closes; otherwise raise Refused."""
    if now < round_.opens_at:
        raise Refused(NOT_YET.filled(date=said("moment", round_.opens_at, round_.zone)))
    if now >= round_.closes_at:
        raise Refused(CLOSED.filled(
            date=said("day", round_.closes_at, round_.zone), time=said("clock", round_.closes_at, round_.zone),
            zone=said("zone_words", round_.zone), received=said("exact_clock", now, round_.zone),
            contact=round_.programme.contact))


def deadline(entry):
    """The instant from which nothing changes: the end of the call, or what was granted with a return for correction."""
    return entry.due_at if entry.state == "returned" else entry.round.closes_at


def is_writable(entry, *, now):
    """Whether the team can change the entry at this instant."""
    try:
        require_writable(entry, now=now)
    except Refused:
        return False
    return True


def require_writable(entry, *, now):
    """Pass when the team can change the entry at this instant; otherwise raise Refused, saying why and what next."""
    if entry.state == "withdrawn":
        raise Refused(WITHDRAWN)
    if entry.state != "returned":
        return require_startable(entry.round, now=now)
    lives.require("complete_entry", entry.round.state)
    if entry.screening is not None:
        raise Refused(SCREENED)
    if now >= entry.due_at:
        raise Refused(OVERDUE.filled(until=said("moment", entry.due_at, entry.round.zone),
                                     contact=entry.round.programme.contact))
    return None


def hold(entry):
    """Wait for whoever is changing this entry, then see it as it is now; it is ours until the transaction ends."""
    current = session.scalar(select(Entry.version).where(Entry.id == entry.id).with_for_update())
    if current != entry.version:
        session.refresh(entry)


def require_current(entry, version):
    """Pass when the form was opened on the entry as it is; otherwise raise Stale, naming who saved meanwhile."""
    if version != entry.version:
        raise Stale(OVERTAKEN.filled(name=entry.saved_by.name))


def save(entry, *, written, actor, now):
    """Keep what a team wrote, complete or not. Gives the entry.

    What is already kept is not kept again, so a save repeated after a lost answer is harmless. Raises Refused at the
    wrong moment, Stale when somebody else saved since the form was opened.
    """
    hold(entry)
    require_writable(entry, now=now)
    changed = changes(entry, written)
    if changed:
        require_current(entry, written.version)
        keep(entry, changed, actor=actor, now=now)
    return entry


def changes(entry, written):
    """What of a written form differs from the entry, as {column: value}; files in the draft stay."""
    answers = {key: value for key, value in written.answers.items() if value is not None}
    files = {key: value for key, value in entry.draft.items() if key not in written.answers}
    wanted = {**written.columns, "draft": {**files, **answers}}
    return {name: value for name, value in wanted.items() if getattr(entry, name) != value}


def keep(entry, changed, *, actor, now):
    """Set these columns. One event tells of all saves that one person makes in a row."""
    for name, value in changed.items():
        setattr(entry, name, value)
    entry.saved_at, entry.saved_by = now, actor
    if _latest(entry) != ("entry_saved", actor.id):
        history.add(entry, "entry_saved", actor=actor, now=now)
    session.flush()


def _latest(entry):
    return session.execute(select(Event.act, Event.actor_id).where(
        Event.round_id == entry.round_id, Event.kind == "entry", Event.object_id == entry.id)
        .order_by(Event.sequence.desc()).limit(1)).one_or_none()


def category_of(entry):
    """The category that the draft names, else the one it was placed in; None when neither is one of its round's."""
    chosen = entry.draft.get("category", str(entry.category_id))
    return next((category for category in entry.round.categories if str(category.id) == chosen), None)


def withdraw(entry, *, reason, version, actor, now):
    """Take the entry out of the round for good; what was submitted is kept. Mails the team. Raises Refused, Stale."""
    hold(entry)
    require_withdrawable(entry)
    require_current(entry, version)
    entry.state, entry.reason, entry.due_at = "withdrawn", reason, None
    history.add(entry, "entry_withdrawn", actor=actor, now=now, about={"reason": reason})
    tell(entry, kind="withdrawn", now=now, message=(
        text("“%(entry)s” is withdrawn", entry=entry.title),
        text("%(name)s withdrew “%(entry)s” from %(round)s. Reason: %(reason)s.\n\nWhat you sent is kept; the "
             "jury does not see it.", name=actor.name, entry=entry.title, round=round_title(entry),
             reason=reason.rstrip("."))))
    return entry


def require_withdrawable(entry):
    """Pass while the entry can be withdrawn; otherwise raise Refused."""
    if entry.state == "withdrawn":
        raise Refused(WITHDRAWN)
    lives.require("withdraw_entry", entry.round.state)


def send_back(entry, *, reason, due_at, actor, now):
    """Return a submitted entry to its team for correction until `due_at`, with the reason, by mail too.

    Raises Refused once it has been screened, Invalid when `due_at` is past.
    """
    hold(entry)
    require_returnable(entry)
    if due_at <= now:
        raise Invalid(text("Choose a moment that is still to come."), field="due_on")
    entry.state, entry.reason, entry.due_at = "returned", reason, due_at
    history.add(entry, "entry_returned", actor=actor, now=now, about={"reason": reason},
                payload={"until": due_at.isoformat()})
    tell(entry, kind="returned", now=now, message=(
        text("Please complete “%(entry)s”", entry=entry.title),
        text("Please complete “%(entry)s” by %(date)s. Still missing: %(reason)s. Your earlier version is kept.",
             entry=entry.title, date=said("moment", due_at, entry.round.zone), reason=reason.rstrip("."))))
    return entry


def require_returnable(entry):
    """Pass while the entry can be returned for correction; otherwise raise Refused."""
    lives.require("complete_entry", entry.round.state)
    if entry.state not in ("submitted", "returned"):
        raise Refused(text("Only a submitted entry can be returned for correction."))
    if entry.screening is not None:
        raise Refused(SCREENED)


def tell(entry, *, kind, message, now):
    """Mail every member who has joined."""
    joined = select(User).join(Member).where(Member.entry_id == entry.id, Member.joined_at.is_not(None))
    for user in session.scalars(joined.order_by(Member.id)).all():
        mails.write(user, kind=kind, message=message, now=now, round_=entry.round)


def round_title(entry):
    """The title of the entry's round, said in each reader's language."""
    return said("words", entry.round.title, entry.round.languages)


SORTS = {"number": (func.length(Entry.number), Entry.number), "title": (func.lower(Version.title),),
         "team": (func.lower(Version.team),), "submitted": (Version.submitted_at,)}


def of_round(round_, *, search="", sort="number", category=None):
    """The entries that have been submitted, with their newest version, as rows (id, number, title, team, state, category_id,
    version, submitted_at, eligible). `search` looks in number, title and team; `sort` is a key of SORTS; `category` the
    number of one, or None for all."""
    newest = select(func.max(Version.number)).where(Version.entry_id == Entry.id).correlate(Entry).scalar_subquery()
    found = (select(Entry.id, Entry.number, Version.title, Version.team, Entry.state, Entry.category_id,
                    Version.number.label("version"), Version.submitted_at, Screening.eligible)
             .join(Version, (Version.entry_id == Entry.id) & (Version.number == newest))
             .outerjoin(Screening, Screening.entry_id == Entry.id).where(Entry.round_id == round_.id))
    found = found if category is None else found.where(Entry.category_id == category)
    for word in search.split()[:10]:
        columns = (Entry.number, Version.title, Version.team)
        found = found.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return session.execute(found.order_by(*SORTS[sort], Entry.id)).all()


def counts(round_):
    """How many entries of the round there are in each state, {state: number}; drafts too."""
    return dict(session.execute(select(Entry.state, func.count()).where(Entry.round_id == round_.id)
                                .group_by(Entry.state)).all())


def of_person(round_, user):
    """The entries of the round that a person is a member of, oldest first."""
    return session.scalars(select(Entry).join(Member).where(
        Entry.round_id == round_.id, Member.user_id == user.id, Member.joined_at.is_not(None)).order_by(Entry.id)).all()
