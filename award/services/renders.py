"""A report being rendered: claimed under a lease, composed, and finished or given up by whoever holds the claim, and nobody else."""
import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update

from award.db import session
from award.i18n import text, translate
from award.models import Report
from award.services import compositions, history, report_digests, report_files, reports

LEASE = timedelta(minutes=10)
TRIES = 3


@dataclass(frozen=True)
class Claimed:
    """A report to render now. `attempt` tells this try from those before and after it."""

    report_id: int
    attempt: int
    language: str


def waiting(now):
    """The ids of reports that nobody is rendering: asked for, or left behind by a worker that died."""
    return session.scalars(select(Report.id).where(
        (Report.state == "requested") | ((Report.state == "rendering") & (Report.leased_until < now))).order_by(Report.id)).all()


def claim(report_id, *, now):
    """Take a waiting report to render it; gives Claimed, or None when it is done, taken by another worker or given up."""
    row = session.get(Report, report_id, with_for_update=True, populate_existing=True)
    free = row is not None and (row.state == "requested" or (row.state == "rendering" and row.leased_until < now))
    if not free:
        return None
    if row.attempts >= TRIES:
        _give_up(row, text("The document could not be made in three tries. Ask for it again, or write to the administrator."), now)
        return None
    row.state, row.leased_until, row.attempts, row.done, row.total = "rendering", now + LEASE, row.attempts + 1, 0, 0
    return Claimed(row.id, row.attempts, row.language)


def document(claimed):
    """The composed document of a claimed report, as things stand now; None when it is ours no more."""
    row = _held(claimed)
    if row is None:
        return None
    row.status = report_digests.status(row.result)
    row.digest, = report_digests.digests(row.result, [(row.choice, row.language)])
    return compositions.compose(row.result, language=row.language, status=row.status, choice=row.choice)


def progress(claimed, *, done, total, now):
    """Note how many parts are set, and hold the report for longer; False when it was cancelled or is somebody else's by now."""
    ours = update(Report).where(*_ours(claimed)).values(done=done, total=total, leased_until=now + LEASE)
    return session.execute(ours.execution_options(synchronize_session=False)).rowcount == 1


def goes_on(claimed):
    """Whether the report is still wanted from this worker: neither cancelled nor taken over by another."""
    return session.scalar(select(Report.id).where(*_ours(claimed))) is not None


def finish(claimed, pdf, sealed=None, unsealed=None, *, now):
    """Keep the file and mark the report ready, or sealed when its sealed bytes are given too; gives the row, None when it is ours no more.

    `unsealed` says why a report that should bear the seal does not.
    """
    row = _held(claimed)
    if row is None:
        return None
    content = sealed or pdf
    row.sha256, row.size = hashlib.sha256(content).hexdigest(), len(content)
    row.key = report_files.keep(content, row.sha256)
    row.state, row.ready_at, row.leased_until, row.done = "sealed" if sealed else "ready", now, None, row.total
    row.reason = _in_words(row, unsealed) if unsealed else ""
    history.add(row, "report_ready", actor=None, now=now, payload={**reports.told(row), "sha256": hashlib.sha256(pdf).hexdigest()})
    if sealed:
        history.add(row, "report_sealed", actor=None, now=now, payload={**reports.told(row), "sha256": row.sha256})
    return row


def fail(claimed, message, *, now):
    """Note why a report could not be made; `message` is shown in the language of the person who asked."""
    row = _held(claimed)
    if row is not None:
        _give_up(row, message, now)
    return row


def _ours(claimed):
    return Report.id == claimed.report_id, Report.state == "rendering", Report.attempts == claimed.attempt


def _held(claimed):
    """The row of a claim, held until the transaction ends; None when it is ours no more."""
    return session.scalar(select(Report).where(*_ours(claimed)).with_for_update().execution_options(populate_existing=True))


def _give_up(row, message, now):
    row.state, row.reason, row.leased_until = "failed", _in_words(row, message), None
    history.add(row, "report_failed", actor=None, now=now, payload=reports.told(row))


def _in_words(row, message):
    return translate(message, row.requested_by.language or row.language)
