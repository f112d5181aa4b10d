"""Reports: a row with a state; the queue only triggers. Equal requests share one file, named by what it was composed from."""
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

import award
from award.db import after_commit, session, setting
from award.domain import lives, report, report_codec
from award.domain.canonical import sha256
from award.errors import Invalid
from award.i18n import LANGUAGES, text, translate
from award.models import Report
from award.services import compositions, history

LEASE = timedelta(minutes=10)
TRIES = 3
triggers = []
"""Called with a report's id once its row is durable; the queue registers itself here."""


@dataclass(frozen=True)
class Claimed:
    """A report to render now: the composed document and its language."""

    document: report.Report
    language: str


def folder():
    """Where finished reports are kept."""
    return Path(setting("DATA_DIR")) / "reports"


def of_result(frozen):
    """The reports asked for, newest first."""
    return session.scalars(select(Report).where(Report.result_id == frozen.id).order_by(Report.id.desc())).all()


def request(frozen, *, language, actor, now):
    """Ask for the report in a language. One that is on its way, or finished from the same content, is given instead."""
    lives.require("decide", frozen.stage.state)
    if language not in LANGUAGES:
        raise Invalid(text("Choose one of the languages in the list."), field="language")
    digest = _digest(frozen, language)
    found = session.scalar(select(Report).where(Report.result_id == frozen.id, Report.digest == digest, Report.state != "failed"))
    if found:
        return found
    row = Report(result=frozen, language=language, digest=digest, requested_at=now, requested_by_id=actor.id)
    session.add(row)
    session.flush()
    history.add(row, "report_requested", actor=actor, now=now, payload={"language": language, "result": frozen.number})
    for trigger in triggers:
        after_commit(partial(trigger, row.id))
    return row


def _digest(frozen, language):
    document = report_codec.to_dict(compositions.compose(frozen, language=language, status=_status(frozen)))
    return sha256({"document": document, "language": language, "software": award.__version__})


def _status(frozen):
    over = frozen.stage.state == "decided" or frozen.stage.round.state in ("decided", "published", "archived")
    return "final" if over else "draft"


def waiting(now):
    """The ids of reports that nobody is rendering: asked for, or left behind by a worker that died."""
    return session.scalars(select(Report.id).where(
        (Report.state == "requested") | ((Report.state == "rendering") & (Report.leased_until < now))).order_by(Report.id)).all()


def claim(report_id, *, now):
    """Take a waiting report to render it; gives Claimed, or None when it is done, taken by another worker or given up."""
    row = session.get(Report, report_id, with_for_update=True)
    free = row is not None and (row.state == "requested" or (row.state == "rendering" and row.leased_until < now))
    if not free:
        return None
    if row.attempts >= TRIES:
        _give_up(row, translate(text("The report could not be made in three tries. Ask for it again, or write to the administrator."), "en"))
        return None
    row.state, row.leased_until, row.attempts = "rendering", now + LEASE, row.attempts + 1
    return Claimed(compositions.compose(row.result, language=row.language, status=_status(row.result)), row.language)


def finish(report_id, pdf, *, now):
    """Keep the rendered file and mark the report ready."""
    row = session.get(Report, report_id)
    row.key = f"{secrets.token_hex(16)}.pdf"
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / row.key).write_bytes(pdf)
    row.state, row.ready_at, row.size, row.sha256 = "ready", now, len(pdf), hashlib.sha256(pdf).hexdigest()
    history.add(row, "report_ready", actor=None, now=now, payload={"sha256": row.sha256, "language": row.language})
    return row


def fail(report_id, message, *, now):
    """Note why a report could not be made; `message` is in the language of the person who asked."""
    row = session.get(Report, report_id)
    _give_up(row, translate(message, row.requested_by.language or row.language))
    history.add(row, "report_failed", actor=None, now=now, payload={"language": row.language})
    return row


def _give_up(row, reason):
    row.state, row.reason, row.leased_until = "failed", reason, None


def path(row):
    """Where the file of a ready report lies."""
    return folder() / row.key
