"""The queue, its tasks, and the periodic tasks that pick up what was lost. Rows are the truth; the queue only says that some wait.

A task takes its row under a lease in one transaction, works outside any, and notes the outcome in another: nobody waits for a mail server
or a report, and a worker that is killed leaves a lease that runs out. Mails go out between reports, and one worker never renders.
"""

import logging
import smtplib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic

from flask import current_app
from huey import SqliteHuey, crontab

from award.db import setting, transaction
from award.errors import Refused
from award.exports import FORMATS
from award.exports.paper import sealing
from award.exports.pdf import Stopped
from award.i18n import text
from award.services import outbox, queue, renders, report_files, report_readers, reports

log = logging.getLogger(__name__)
RENDERS = 2
PAUSE = 1.0
"""Seconds between two notes on how far a report is, and between two looks at whether it was cancelled."""
FAULT = text("The document could not be made because of a fault in the application; the log tells more. Write to the administrator.")
rendering = BoundedSemaphore(RENDERS)


def now():
    """This instant, aware, in UTC."""
    return current_app.config.get("CLOCK", lambda: datetime.now(UTC))()


def init_app(app):
    """Give the application its queue, kept in the data folder, and let the rows that are written ring it."""
    huey = SqliteHuey("award", filename=str(Path(app.config["DATA_DIR"]) / "queue.db"), utc=True)
    app.extensions["queue"] = huey, huey.task(name="look")(lambda: _look(app))
    huey.periodic_task(crontab(minute="*"), name="look_again")(lambda: _look(app))
    huey.periodic_task(crontab(minute="17"), name="tidy")(lambda: _tidy(app))
    if ring not in queue.triggers:
        queue.triggers.append(ring)
        reports.triggers.append(lambda _report_id: ring())


def ring():
    """Have the worker look for waiting rows. A queue that cannot be written is no reason to fail: the periodic task looks too."""
    if "queue" not in current_app.extensions:
        return
    try:
        current_app.extensions["queue"][1]()
    except (OSError, sqlite3.Error) as error:
        log.warning("the queue could not be rung: %s", error)


def _look(app):
    with app.app_context():
        look()


def _tidy(app):
    with app.app_context():
        tidy()


def tidy():
    """Delete files that nothing refers to, and have the public report made of rounds that were published without one."""
    with transaction():
        report_files.sweep(now=now())
    with transaction():
        report_readers.catch_up(now=now())


def look():
    """Do all that waits: send mails when there is a mail server, render reports that were asked for."""
    send_mails()
    tried = set()
    while (report_id := _next(tried)) is not None and rendering.acquire(blocking=False):
        try:
            tried.add(report_id)
            render_report(report_id)
        finally:
            rendering.release()
        send_mails()


def _next(tried):
    """The id of a report that waits and was not tried yet; None when there is none."""
    with transaction():
        return next((report_id for report_id in renders.waiting(now()) if report_id not in tried), None)


def send_mails():
    """Send the mails that wait, when there is a mail server."""
    if setting("SMTP_URL"):
        with transaction():
            mails = outbox.waiting(now())
        for mail_id in mails:
            send_mail(mail_id)


def send_mail(mail_id):
    """Send one mail, unless it was sent or another worker has it."""
    try:
        with transaction():
            message = outbox.claim(mail_id, now=now())
        if message is None:
            return
        outbox.deliver(message, setting("SMTP_URL"))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        log.warning("mail %s was not sent: %s", mail_id, error)
        with transaction():
            outbox.failed(mail_id, error, now=now(), for_good=isinstance(error, ValueError))
        return
    with transaction():
        outbox.sent(mail_id, now=now())


def render_report(report_id):
    """Render one report, unless it is done, cancelled or another worker has it."""
    with transaction():
        claimed = renders.claim(report_id, now=now())
    if claimed is None:
        return
    try:
        made = _made(claimed)
    except Stopped:
        return
    except Refused as refusal:
        _fail(claimed, refusal.message)
    except Exception:
        log.exception("report %s could not be made", report_id)
        _fail(claimed, FAULT)
    else:
        with transaction():
            renders.finish(claimed, *made, now=now())


def _fail(claimed, message):
    with transaction():
        renders.fail(claimed, message, now=now())


def _made(claimed):
    """(the PDF, its sealed bytes or None, why it bears no seal though it should or None)."""
    with transaction():
        document = renders.document(claimed)
    told, stopped = _watch(claimed)
    if document is None:
        raise Stopped(FAULT)
    pdf = FORMATS["pdf"].write(document, language=claimed.language, kept=report_files.parts(), told=told, stopped=stopped)
    seal = sealing.of_settings(setting)
    try:
        return pdf, seal and sealing.seal(pdf, seal), None
    except Refused as refusal:
        log.warning("report %s bears no seal: %s", claimed.report_id, refusal.message)
        return pdf, None, refusal.message


def _watch(claimed):
    """(told, stopped) for a render: notes how far it is and asks whether it was cancelled, each at most once in a PAUSE."""
    last = {"told": 0.0, "stopped": monotonic()}

    def told(done, total):
        if monotonic() - last["told"] >= PAUSE:
            with transaction():
                renders.progress(claimed, done=done, total=total, now=now())
            last["told"] = monotonic()

    def stopped():
        if monotonic() - last["stopped"] < PAUSE:
            return False
        last["stopped"] = monotonic()
        with transaction():
            return not renders.goes_on(claimed)

    return told, stopped


def work(app):
    """Run the worker until it is told to stop."""
    huey, look_soon = app.extensions["queue"]
    _tidy(app)
    look_soon()
    huey.create_consumer(workers=RENDERS + 1, periodic=True, worker_type="thread", initial_delay=0.2, max_delay=2).run()
