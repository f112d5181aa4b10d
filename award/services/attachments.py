"""Files attached to an entry: known by content, never by name; kept under a random key; a version keeps its own."""
import hashlib
import os
import re
import secrets
import unicodedata
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from award.db import after_commit, after_drop, session, setting
from award.domain.fields import TYPES, too_large
from award.domain.names import INVISIBLE
from award.errors import Invalid, Missing
from award.i18n import text
from award.models import Attachment, Field, Version
from award.services import entries, file_check, history, posted

STARTS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
ENDINGS = {"application/pdf": (".pdf",), "image/png": (".png",), "image/jpeg": (".jpg", ".jpeg")}
LONGEST_NAME = 120
CHUNK = 64 * 1024
FRESH = 3600
FAULTS = {
    file_check.UNREADABLE: text("The file cannot be opened. Open it yourself, save it again and attach it once more."),
    file_check.LOCKED: text("The file is protected with a password. Save it without one and attach it once more."),
    file_check.PAGEFUL: text("The file has more than %(most)s pages. Attach a shorter one.", most=file_check.PAGES),
    file_check.HUGE: text("The image is larger than %(most)s million pixels. Make it smaller and attach it once more.",
                          most=file_check.PIXELS // 1_000_000),
}


def folder():
    """Where attached files are kept."""
    return Path(setting("DATA_DIR")) / "files"


def path(attachment):
    """Where the file of an attachment is."""
    return _place(attachment.key)


def _place(key):
    return folder() / key[:2] / key


def examine(field_id, options, *, stream, name):
    """Write an upload to disk and look inside, before a transaction is begun: {field_id, key, name, media_type, size,
    sha256}. Raises Invalid, its `field` the form's name of the question, for another kind, too large, unreadable.
    """
    with _pinned(field_id):
        start = stream.read(8)
        media_type = next((media for sign, media in STARTS.items() if start.startswith(sign)), None)
        if media_type is None:
            raise Invalid(text("This is not a PDF, PNG or JPEG file, whatever its name says. Save it as one of these."))
        found = {"field_id": field_id, "name": clean_name(name, media_type), "media_type": media_type,
                 "key": secrets.token_hex(20)}
        with _forgotten_on_fault(found):
            after_drop(lambda: _forget(found))
            found |= _write(found["key"], start, stream)
            TYPES["file"].refuse([], found, options)
            fault = FAULTS.get(file_check.check(folder() / found["key"], media_type))
            if fault:
                raise Invalid(fault)
    return found


@contextmanager
def _pinned(field_id):
    """Tie what is refused to the question."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid(refusal.message, field=f"q{field_id}") from refusal


@contextmanager
def _forgotten_on_fault(found):
    try:
        yield
    except Exception:
        _forget(found)
        raise


def _forget(found):
    for place in (folder() / found["key"], _place(found["key"])):
        place.unlink(missing_ok=True)


def _write(key, start, stream):
    digest, size, most = hashlib.sha256(), 0, setting("MAX_UPLOAD")
    folder().mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(folder() / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while start:
            file.write(start)
            digest.update(start)
            size += len(start)
            if size > most:
                raise Invalid(too_large(most))
            start = stream.read(CHUNK)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def add(entry, *, found, written, actor, now):
    """Save what was written and attach a file that `examine` has found good. Gives the attachment.

    A second post with the same key gives the attachment of the first. Raises Refused, Stale as entries.save does, and
    Invalid for one file too many.
    """
    with _forgotten_on_fault(found):
        entries.hold(entry)
        if earlier := posted.earlier(Attachment, written.key, user=actor):
            _forget(found)
            return earlier
        entries.require_current(entry, written.version)
        entries.save(entry, written=written, actor=actor, now=now)
        field = session.get(Field, found["field_id"])
        with _pinned(field.id):
            TYPES["file"].refuse(entry.draft.get(str(field.id)), found, field.options)
        attachment = _keep(entry, found, actor=actor, now=now)
        posted.remember(attachment, written.key, user=actor, now=now)
    return attachment


def _keep(entry, found, *, actor, now):
    attachment, question = Attachment(entry=entry, added_at=now, added_by_id=actor.id, **found), str(found["field_id"])
    session.add(attachment)
    session.flush()
    path(attachment).parent.mkdir(exist_ok=True)
    os.replace(folder() / attachment.key, path(attachment))
    told = {name: getattr(attachment, name) for name in ("id", "name", "media_type", "size", "sha256")}
    entry.draft = {**entry.draft, question: [*entry.draft.get(question, []), told]}
    entry.saved_at, entry.saved_by = now, actor
    history.add(attachment, "attachment_added", actor=actor, now=now,
                payload={"entry": entry.id, "size": attachment.size, "sha256": attachment.sha256})
    return attachment


def orphans(*, now):
    """Names of files in the folder that no attachment knows, such as a crash may leave; without those of the last hour,
    which somebody may just be attaching."""
    known = set(session.scalars(select(Attachment.key)))
    files = [path for path in folder().rglob("*") if path.is_file() and path.name not in known]
    return sorted(str(path.relative_to(folder())) for path in files if now.timestamp() - path.stat().st_mtime > FRESH)


def clean_name(name, media_type):
    """A file name without folders, invisible and bidirectional characters, and with an ending that fits the content."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    name = re.sub(r'[<>:"|?*]', "", INVISIBLE.sub("", name)).strip(" .")[-LONGEST_NAME:]
    endings = ENDINGS[media_type]
    if not name or name.lower() in (ending[1:] for ending in endings):
        return "file" + endings[0]
    return name if name.lower().endswith(endings) else name + endings[0]


def remove(attachment, *, written, actor, now):
    """Save what was written and take a file out of the draft. Gives the entry.

    A file that a submitted version holds is kept with that version; any other is deleted.
    """
    entry, question = attachment.entry, str(attachment.field_id)
    entries.hold(entry)
    entries.require_current(entry, written.version)
    entries.save(entry, written=written, actor=actor, now=now)
    held = [file for file in entry.draft.get(question, []) if file["id"] != attachment.id]
    others = {key: value for key, value in entry.draft.items() if key != question}
    entry.draft = {**others, question: held} if held else others
    entry.saved_at, entry.saved_by = now, actor
    history.add(attachment, "attachment_removed", actor=actor, now=now,
                payload={"entry": entry.id, "sha256": attachment.sha256})
    if not is_submitted(attachment):
        gone = path(attachment)
        session.delete(attachment)
        after_commit(lambda: gone.unlink(missing_ok=True))
    return entry


def is_submitted(attachment):
    """Whether a submitted version holds the file."""
    field_id = str(attachment.field_id)
    return any(file["id"] == attachment.id
               for answers in session.scalars(select(Version.answers).where(Version.entry_id == attachment.entry_id))
               for file in answers.get(field_id, []))


def require_readable(attachment, user):
    """Pass for the team, and for others who may read the entry once the file was submitted; else raise Missing."""
    own = any(member.user_id == user.id and member.joined_at for member in attachment.entry.members)
    if not own and not is_submitted(attachment):
        raise Missing(text("This file does not exist, or it is not open to you."))
