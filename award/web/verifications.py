"""A page for everyone: is this file, or this checksum, one that was published?"""
from flask import Blueprint, current_app, render_template, request, url_for
from flask_wtf.file import FileField
from wtforms import StringField

from award.db import transaction
from award.errors import Invalid, TooMany
from award.i18n import text
from award.permissions import Permission
from award.services import attempts, verifications
from award.web import verdict_words
from award.web.access import requires
from award.web.clock import now
from award.web.forms import Form, Needed

bp = Blueprint("verifications", __name__)

TOO_LARGE = text("The file is larger than the largest that this page reads. A report that was published here is smaller.")
EMPTY = text("The file is empty. Choose the report (PDF) or the result (JSON) itself.")
ROOM = 2
"""A body may be this many times as large as a file: a file somewhat too large gets an answer in words."""


@bp.url_value_preprocessor
def make_room(_endpoint, _path):
    """Before anything reads the body: let it be larger here than elsewhere."""
    request.max_content_length = ROOM * current_app.config["MAX_UPLOAD"]


class FileForm(Form):
    file = FileField(text("Report (PDF) or result (JSON)"), validators=[Needed(text("Choose the file."))],
                     description=text("The file is read, recomputed and forgotten; nothing of it is kept."), render_kw={"accept": ".pdf,.json"})


class CodeForm(Form):
    """Asked for by address, so that a link can carry the checksum: it changes nothing and needs no token."""

    class Meta:
        csrf = False

    checksum = StringField(
        text("Checksum (SHA-256)"), render_kw={"autocomplete": "off", "spellcheck": "false", "maxlength": 200},
        description=text("Of the file or of the result: all 64 signs, or the first 8 or more as printed in the foot of each page."))


@bp.get("/verify")
@requires(Permission.OPEN_PAGE)
def new():
    written = request.args.get("checksum", "")[:200].strip()
    codes = CodeForm(None, checksum=written)
    if not written:
        return _page(codes=codes)
    try:
        found = verifications.look_up(written)
    except Invalid as refusal:
        codes.refuse(refusal)
        return _page(codes=codes), refusal.status
    return _page(codes=codes, said=verdict_words.of_code(found, whole=len(verifications.digits(written)) == verifications.WHOLE))


@bp.post("/verify")
@requires(Permission.OPEN_PAGE)
def create():
    form = FileForm()
    if not form.validate():
        return _page(form), 422
    try:
        verdict = _verdict(form.file.data)
    except (Invalid, TooMany) as refusal:
        form.refuse(refusal)
        return _page(form), refusal.status
    return _page(form, said=verdict_words.of_file(verdict))


def _verdict(upload):
    """The try is counted in a transaction of its own: nobody waits for the database while the file is read."""
    content = upload.read(current_app.config["MAX_UPLOAD"] + 1)
    if len(content) > current_app.config["MAX_UPLOAD"]:
        raise Invalid(TOO_LARGE, field="file")
    if not content:
        raise Invalid(EMPTY, field="file")
    with transaction():
        attempts.take("file", address=request.remote_addr, now=now())
    return verifications.judge(content)


def _page(form=None, *, codes=None, said=None):
    return render_template("verifications/new.html", form=form or FileForm(None), codes=codes or CodeForm(None), said=said,
                           address=url_for("verifications.new"))
