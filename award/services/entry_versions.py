"""Submitting: what is still missing, the version that never changes, its number and checksum, the receipt."""
from dataclasses import dataclass

from sqlalchemy import select, update

from award.db import session
from award.domain.canonical import sha256
from award.domain.fields import TYPES
from award.errors import Invalid, Refused
from award.i18n import SAYINGS, said, text
from award.models import Round, Version
from award.services import entries, history, posted

ANSWER = text("Answer this question.")
RECEIVED = text("We received “%(entry)s” on %(date)s at %(time)s (%(zone)s). Number %(number)s, version %(version)s, "
                "checksum %(code)s. You can change it until %(deadline)s.")
COMPLETED = text("We received “%(entry)s” on %(date)s at %(time)s (%(zone)s). Number %(number)s, version %(version)s, "
                 "checksum %(code)s.")
NO_TITLE = text("Give the entry a title.")
NO_TEAM = text("Say which team enters.")
NO_CATEGORY = text("Choose the category it takes part in.")


@dataclass(frozen=True)
class Gap:
    """What stands in the way of submitting: where ("title", "team", "category" or a field's id), the question, what to do."""

    place: str
    label: object
    faults: list


def gaps(entry):
    """The gaps of the draft, in the order of the form; [] when it can be submitted."""
    found = [Gap("title", text("Title"), [NO_TITLE])] if not entry.title else []
    found += [Gap("team", text("Team"), [NO_TEAM])] if not entry.team else []
    found += [Gap("category", text("Category"), [NO_CATEGORY])] if entry.round.categories and entries.category_of(entry) is None else []
    for field in entry.round.fields:
        faults = faults_of(field, entry.draft.get(str(field.id)))
        if faults:
            found.append(Gap(str(field.id), said("words", field.label, entry.round.languages), faults))
    return found


def faults_of(field, value):
    """What must be mended in the answer to a question before it is submitted, as a list of Text."""
    if value is None:
        return [ANSWER] if field.required else []
    return TYPES[field.kind].faults(value, field.options)


def checksum(content):
    """The SHA-256 over the canonical JSON of title, team, summary, initiative and answers; files by their checksum."""
    return sha256({name: content[name] for name in ("title", "team", "summary", "initiative", "answers")})


def of_draft(entry):
    """What a version of the draft would hold."""
    asked = {str(field.id) for field in entry.round.fields}
    return {"title": entry.title, "team": entry.team, "summary": entry.summary, "initiative": entry.initiative,
            "answers": {key: value for key, value in entry.draft.items() if key in asked}}


def newest(entry):
    """The version that counts, the newest submitted; None before the first."""
    return session.scalar(select(Version).where(Version.entry_id == entry.id).order_by(Version.number.desc()).limit(1))


def is_ahead(entry, version):
    """Whether the draft holds something that `version` (or, when None, any) does not."""
    return version is None or checksum(of_draft(entry)) != version.checksum or entries.category_of(entry) is not entry.category


def submit(entry, *, version, key, actor, now):
    """Submit the draft as the next version; the first gets the entry its number. Mails the receipt to all members.

    A second post with the same key gives the version of the first. Raises Refused at the wrong moment or when
    nothing changed, Stale when somebody saved since the page was opened, Invalid while there are gaps.
    """
    entries.hold(entry)
    if earlier := posted.earlier(Version, key, user=actor):
        return earlier
    entries.require_writable(entry, now=now)
    entries.require_current(entry, version)
    if gaps(entry):
        raise Invalid(text("Answers are missing. Complete them first; everything you wrote is saved."))
    submitted = _next(entry, newest(entry), actor=actor, now=now)
    posted.remember(submitted, key, user=actor, now=now)
    entries.tell(entry, kind="receipt", message=receipt(entry, submitted), now=now)
    return submitted


def _next(entry, before, *, actor, now):
    if entry.state != "returned" and not is_ahead(entry, before):
        raise Refused(text("Nothing has changed since version %(number)s, which you have submitted.",
                           number=before.number))
    entry.number = entry.number or _number(entry.round)
    entry.state, entry.reason, entry.due_at, entry.saved_at, entry.saved_by = "submitted", "", None, now, actor
    entry.category = entries.category_of(entry)
    content = of_draft(entry)
    submitted = Version(entry=entry, number=before.number + 1 if before else 1, checksum=checksum(content),
                        submitted_at=now, submitted_by=actor, **content)
    session.add(submitted)
    history.add(entry, "entry_submitted", actor=actor, now=now,
                payload={"number": entry.number, "version": submitted.number, "checksum": submitted.checksum})
    return submitted


def _number(round_):
    """The round's code and the next number, without gaps: a number that is not kept is given again."""
    following = session.execute(update(Round).where(Round.id == round_.id).values(numbered=Round.numbered + 1)
                                .returning(Round.numbered).execution_options(synchronize_session=False)).scalar_one()
    return f"{round_.code}-{following:03}"


def receipt(entry, submitted):
    """The mail that says what was received and when, with its checksum: (subject, body)."""
    zone, closes_at = entry.round.zone, entry.round.closes_at
    body = RECEIVED if submitted.submitted_at < closes_at else COMPLETED
    return (text("We have your entry: “%(entry)s”", entry=submitted.title), body.filled(
        entry=submitted.title, number=entry.number, version=submitted.number, code=grouped(submitted.checksum),
        date=said("day", submitted.submitted_at, zone), time=said("exact_clock", submitted.submitted_at, zone),
        zone=said("zone_words", zone), deadline=said("moment", closes_at, zone)))


def grouped(code):
    """A checksum in groups of four, so that people can compare it."""
    return " ".join(code[start:start + 4] for start in range(0, len(code), 4))


@dataclass(frozen=True)
class Answer:
    """An answer for reading: the question's field, its label and the answer as text, said in the reader's language, and
    the value as it is kept (None where nothing was answered)."""

    field: object
    label: object
    value: object
    text: object


def read(content, round_):
    """The answers of a Version, or of what `of_draft` gives, to every question of the round, in order."""
    answers = content["answers"] if isinstance(content, dict) else content.answers
    return [Answer(field, said("words", field.label, round_.languages), answers.get(str(field.id)),
                   said("answer", field.kind, answers.get(str(field.id)), field.options)) for field in round_.fields]


SAYINGS["answer"] = lambda kind, value, options, *, language: TYPES[kind].to_text(value, options, language=language)
