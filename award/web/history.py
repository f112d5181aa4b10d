"""The history of a round or a programme: every act, newest first, and the whole of it as JSON lines."""

import json

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy.orm import joinedload

from award.models import Programme, Round
from award.permissions import Permission
from award.services import event_words, history
from award.web.access import requires
from award.web.round_forms import ZONE

bp = Blueprint("history", __name__)
PAGE = 50


@bp.get("/rounds/<int:round_id>/history")
@requires(Permission.READ_ROUND, Round, options=(joinedload(Round.programme),))
def index(round_):
    return _page(round_, zone=round_.zone, round=round_)


@bp.get("/programmes/<int:programme_id>/history")
@requires(Permission.READ_ROUND, Programme)
def of_programme(programme):
    return _page(programme, zone=programme.rounds[0].zone if programme.rounds else ZONE, programme=programme)


def _page(chain, **told):
    last = max(1, -(-chain.sequence // PAGE))
    page = request.args.get("page", 1, type=int)
    if not 1 <= page <= last:
        abort(404)
    return render_template(
        "history/index.html",
        chain=chain,
        events=history.newest(chain, skip=(page - 1) * PAGE, most=PAGE),
        words=event_words,
        page=page,
        last=last,
        head=history.head(chain),
        **told,
    )


@bp.get("/rounds/<int:round_id>/history.jsonl")
@requires(Permission.READ_ROUND, Round)
def lines(round_):
    return _file(round_, f"history-{round_.id}.jsonl")


@bp.get("/programmes/<int:programme_id>/history.jsonl")
@requires(Permission.READ_ROUND, Programme)
def lines_of_programme(programme):
    return _file(programme, f"history-programme-{programme.id}.jsonl")


def _file(chain, name):
    body = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in history.lines(chain))
    return Response(body, mimetype="application/jsonl", headers={"Content-Disposition": f'attachment; filename="{name}"'})
