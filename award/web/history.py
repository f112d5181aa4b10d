"""The history of a round: every act, newest first, and the whole of it as JSON lines."""

import json

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy.orm import joinedload

from award.models import Round
from award.permissions import Permission
from award.services import event_words, history
from award.web.access import requires

bp = Blueprint("history", __name__)
PAGE = 50


@bp.get("/rounds/<int:round_id>/history")
@requires(Permission.READ_ROUND, Round, options=(joinedload(Round.programme),))
def index(round_):
    last = max(1, -(-round_.sequence // PAGE))
    page = request.args.get("page", 1, type=int)
    if not 1 <= page <= last:
        abort(404)
    return render_template(
        "history/index.html",
        round=round_,
        events=history.newest(round_, skip=(page - 1) * PAGE, most=PAGE),
        words=event_words,
        page=page,
        last=last,
        head=history.head(round_.id),
    )


@bp.get("/rounds/<int:round_id>/history.jsonl")
@requires(Permission.READ_ROUND, Round)
def lines(round_):
    body = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in history.lines(round_))
    return Response(
        body,
        mimetype="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="history-{round_.id}.jsonl"'},
    )
