"""The queue, its tasks, and the periodic task that picks up what was lost. Rows are the truth; the queue only says that some wait.

A task takes its row under a lease in one transaction, works outside any, and notes the outcome in another: nobody waits for a mail server
or a report, and a worker that is killed leaves a lease that runs out.
"""

import logging
import smtplib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from huey import SqliteHuey, crontab

from award.db import setting, transaction
from award.errors import Refused
from award.exports import FORMATS
from award.services import outbox, queue, reports

log = logging.getLogger(__name__)


def now():
    """This instant, aware, in UTC."""
    return current_app.config.get("CLOCK", lambda: datetime.now(UTC))()


def init_app(app):
    """Give the application its queue, kept in the data folder, and let the rows that are written ring it."""
    huey = SqliteHuey("award", filename=str(Path(app.config["DATA_DIR"]) / "queue.db"), utc=True)
    app.extensions["queue"] = huey, huey.task(name="look")(lambda: _look(app))
    huey.periodic_task(crontab(minute="*"), name="look_again")(lambda: _look(app))
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


def look():
    """Do all that waits: send mails when there is a mail server, render reports that were asked for."""
    if setting("SMTP_URL"):
        with transaction():
            mails = outbox.waiting(now())
        for mail_id in mails:
            send_mail(mail_id)
    with transaction():
        asked = reports.waiting(now())
    for report_id in asked:
        render_report(report_id)


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
    """Render one report, unless it is done or another worker has it."""
    with transaction():
        claimed = reports.claim(report_id, now=now())
    if claimed is None:
        return
    try:
        pdf = FORMATS["pdf"].write(claimed.document, language=claimed.language)
    except Refused as refusal:
        with transaction():
            reports.fail(report_id, refusal.message, now=now())
        return
    with transaction():
        reports.finish(report_id, pdf, now=now())


def work(app):
    """Run the worker until it is told to stop."""
    huey, look_soon = app.extensions["queue"]
    look_soon()
    huey.create_consumer(workers=2, periodic=True, worker_type="thread", initial_delay=0.2, max_delay=2).run()
