"""Files of an entry: attach and remove, always together with what is typed in the form; read."""
from flask import Blueprint, abort, current_app, request, send_file, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.db import transaction
from award.domain.fields import TYPES
from award.models import Assignment, Attachment, Entry, Juror
from award.permissions import Permission
from award.services import attachments, entries
from award.web.access import requires
from award.web.clock import now
from award.web.entries import READING, writing_page
from award.web.entry_forms import after, entry_form, uploaded

bp = Blueprint("attachments", __name__)

ROOM = 4
"""A body may be this many times as large as a file: a file somewhat too large gets an answer that keeps the text."""
ENTRY = joinedload(Attachment.entry)
READERS = (ENTRY.joinedload(Entry.round), ENTRY.selectinload(Entry.members),
           ENTRY.selectinload(Entry.assignments).joinedload(Assignment.juror).selectinload(Juror.conflicts))


@bp.url_value_preprocessor
def make_room(_endpoint, _path):
    """Before anything reads the body: let it be larger here than elsewhere."""
    request.max_content_length = ROOM * current_app.config["MAX_UPLOAD"]


@bp.post("/entries/<int:entry_id>/attachments")
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def create(entry):
    chosen = request.form.get("act", "").removeprefix("attach-")
    questions = [field for field in entry.round.fields if TYPES[field.kind].control == "file"]
    field = next((field for field in questions if str(field.id) == chosen), None) or abort(404)
    form = entry_form(entry)
    return after(form, lambda: _attach(entry, field, form), page=lambda: writing_page(form, entry),
                 done=lambda _attachment: url_for("entries.edit", entry_id=entry.id, _anchor=f"q{field.id}-files"))


def _attach(entry, field, form):
    """Look into the file between two transactions: nobody waits for the database meanwhile."""
    with transaction():
        entries.require_writable(entry, now=now())
        field_id, options, upload = field.id, field.options, uploaded(field)
        written = form.written(entry.round)
    found = attachments.examine(field_id, options, **upload)
    return attachments.add(entry, found=found, written=written, actor=current_user._get_current_object(), now=now())


@bp.post("/attachments/<int:attachment_id>/removal")
@requires(Permission.EDIT_ENTRY, Attachment, options=(joinedload(Attachment.entry).options(*READING),))
def remove(attachment):
    entry, question = attachment.entry, attachment.field_id
    form = entry_form(entry)
    return after(form, lambda: attachments.remove(attachment, written=form.written(entry.round), now=now(),
                                                  actor=current_user._get_current_object()),
                 done=lambda entry: url_for("entries.edit", entry_id=entry.id, _anchor=f"q{question}-files"),
                 page=lambda: writing_page(form, entry))


@bp.get("/attachments/<int:attachment_id>")
@requires(Permission.READ_ATTACHMENT, Attachment, options=READERS)
def show(attachment):
    attachments.require_readable(attachment, current_user)
    return send_file(attachments.path(attachment), mimetype=attachment.media_type, as_attachment=True,
                     download_name=attachment.name, conditional=False, etag=False, max_age=0)
