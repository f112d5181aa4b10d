"""The outbox of a round, readable in the demonstration only: mails that went nowhere, with links that can be followed."""

import re

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup, escape
from sqlalchemy.orm import joinedload

from award.models import Round
from award.permissions import Permission
from award.services import outbox
from award.web.access import requires

bp = Blueprint("mails", __name__)
PAGE = 50
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


def wanted(config):
    """Mails are nobody's business outside the demonstration."""
    return config["DEMO"]


@bp.get("/rounds/<int:round_id>/mails")
@requires(Permission.READ_MAIL, Round, options=(joinedload(Round.programme),))
def index(round_):
    total = outbox.count(round_)
    last = max(1, -(-total // PAGE))
    page = request.args.get("page", 1, type=int)
    if not 1 <= page <= last:
        abort(404)
    return render_template(
        "mails/index.html",
        round=round_,
        mails=outbox.written(round_, skip=(page - 1) * PAGE, most=PAGE),
        total=total,
        page=page,
        last=last,
    )


@bp.get("/rounds/<int:round_id>/mails/<int:number>")
@requires(Permission.READ_MAIL, Round, options=(joinedload(Round.programme),))
def show(round_, number):
    mail = outbox.one(round_, number) or abort(404)
    return render_template("mails/show.html", round=round_, mail=mail, paragraphs=[_with_links(p) for p in mail.body.split("\n\n")])


def _with_links(words):
    """The text, escaped, with its addresses as links and its line ends kept."""
    pieces, at = [], 0
    for found in LINK.finditer(words):
        pieces += [escape(words[at : found.start()]), Markup('<a href="{0}">{0}</a>').format(found.group())]
        at = found.end()
    return Markup("").join([*pieces, escape(words[at:])]).replace("\n", Markup("<br>"))
