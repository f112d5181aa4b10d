"""What machines fetch: the open data of a published round, and the descriptions of our formats."""
from dataclasses import replace

from flask import Blueprint, Response, abort
from sqlalchemy.orm import joinedload

from award.db import setting
from award.exports import open_data, schema
from award.exports.vouching import titled
from award.i18n import pick
from award.models import Round
from award.permissions import Permission
from award.services import compositions, publications
from award.web import downloads
from award.web.access import requires
from award.web.results import PUBLIC

bp = Blueprint("open_data", __name__)


@bp.get("/rounds/<int:round_id>/open-data.zip")
@requires(Permission.READ_PUBLICATION, Round, options=(joinedload(Round.programme),))
def download(round_):
    """The same bytes for every reader: its texts are in the first language of the round, its README in all four."""
    judged = publications.stages(round_) or abort(404)
    reports = [compositions.compose(one.result, language=round_.languages[0], choice=PUBLIC) for one in judged]
    title = titled(replace(reports[0].heading, round=pick(round_.title, round_.languages[0], round_.languages)))
    about = open_data.About(round_.code, title, setting("OPEN_DATA_LICENCE"))
    content = downloads.made(f"open data {about}", reports, lambda: open_data.write(reports, about=about))
    return downloads.answer(content, name=f"{round_.code}-open-data.zip", mimetype="application/zip", at=judged[-1].result.frozen_at)


@bp.get("/schemas/<name>.json")
@requires(Permission.OPEN_PAGE)
def description(name):
    """The JSON Schema of a format, under an address that stays."""
    if name not in schema.SCHEMAS:
        abort(404)
    return Response(schema.read(name), mimetype="application/schema+json")
