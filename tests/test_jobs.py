"""The worker against a real mail server: each mail once, a failure tried again, nothing that can slip into a header."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import parseaddr
from time import monotonic, sleep

import pytest
from sqlalchemy import select

from award import jobs
from award.cli import attached
from award.db import session, transaction
from award.i18n import text
from award.models import Mail, Report
from award.services import mails, outbox, queue, renders, report_files, reports
from tests import builders as b
from tests.exports import seals

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def stopped(clock):
    clock.now = b.NOW
    return clock


SUBJECT, BODY = text("Your receipt"), text("We received it.")


def write(app, subject=SUBJECT, body=BODY, **values):
    """A mail in the outbox: its number."""
    with app.app_context(), transaction():
        mail = mails.write(b.user(**values), kind="test", message=(subject, body), now=b.NOW)
        session.flush()
        return mail.id


def look(app):
    with app.app_context():
        jobs.look()


def row(app, mail_id):
    with app.app_context():
        mail = session.get(Mail, mail_id)
        return mail.sent_at, mail.attempts, mail.error


def test_a_mail_is_sent_once_as_plain_text_to_its_one_reader(app, smtp):
    app.config["SMTP_URL"] = smtp.url
    mail_id = write(app, email="rene@town.example", name="René Ångström")
    look(app)
    look(app)
    assert (len(smtp.messages), smtp.recipients) == (1, [["rene@town.example"]])
    message = smtp.messages[0]
    assert (message["To"], message["Subject"], parseaddr(message["From"])[1]) == (
        "rene@town.example",
        "Your receipt",
        "award@example.org",
    )
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == "Dear René Ångström,\n\nWe received it.\n\nKind regards\nAward\n"
    assert row(app, mail_id) == (b.NOW, 1, "")


def test_without_a_mail_server_mails_stay_in_the_outbox(app):
    mail_id = write(app)
    look(app)
    assert row(app, mail_id) == (None, 0, "")


def test_a_refused_mail_keeps_its_error_and_is_tried_again_later(app, smtp, stopped):
    app.config["SMTP_URL"] = smtp.url
    smtp.refuse = "451 try later"
    mail_id = write(app)
    look(app)
    look(app)
    sent_at, attempts, error = row(app, mail_id)
    assert (sent_at, attempts) == (None, 1)
    assert "try later" in error
    smtp.refuse = None
    stopped.now = b.NOW + outbox.WAITS[0]
    look(app)
    assert row(app, mail_id) == (stopped.now, 2, "")


def test_a_mail_server_that_is_away_loses_nothing_and_is_given_up_after_the_last_try(app, stopped):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    mail_id = write(app)
    for _ in range(20):
        look(app)
        stopped.now += 24 * HOUR
    sent_at, attempts, error = row(app, mail_id)
    assert (sent_at, attempts) == (None, len(outbox.WAITS) + 1)
    assert "refused" in error


def test_a_worker_that_died_after_sending_causes_a_second_try_with_the_same_message_id(app, smtp, stopped):
    app.config["SMTP_URL"] = smtp.url
    mail_id = write(app)
    with app.app_context():
        with transaction():
            message = outbox.claim(mail_id, now=b.NOW)
        outbox.deliver(message, smtp.url)
    look(app)
    assert len(smtp.messages) == 1
    stopped.now += outbox.LEASE
    look(app)
    assert len({m["Message-ID"] for m in smtp.messages}) == 1
    assert row(app, mail_id)[0] == stopped.now


def test_many_workers_send_each_mail_once(app, smtp):
    app.config["SMTP_URL"] = smtp.url
    for _ in range(12):
        write(app)
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: look(app), range(4)))
    assert len(smtp.messages) == 12
    assert len({m["Message-ID"] for m in smtp.messages}) == 12


@pytest.mark.parametrize(
    "evil",
    [
        "a\r\nBcc: thief@evil.example",
        "a\nBcc: thief@evil.example",
        "a\rBcc: x@y.example",
        "a\x0bBcc: x@y.example",
        "a\u2028Bcc: x@y.example",
    ],
)
def test_a_line_end_in_a_title_makes_no_header(app, smtp, evil):
    app.config["SMTP_URL"] = smtp.url
    write(app, subject=text("Receipt for %(title)s", title=evil), body=text("%(title)s", title=evil), name=evil)
    look(app)
    assert [r for recipients in smtp.recipients for r in recipients if "evil" in r or r == "x@y.example"] == []
    for message in smtp.messages:
        assert message["Bcc"] is None


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: x@y.example", "a@b.example, x@y.example", "<x@y.example>", "a b@c.example", ""])
def test_a_mail_to_an_unusable_address_is_given_up_with_its_error(app, smtp, address):
    app.config["SMTP_URL"] = smtp.url
    mail_id = write(app)
    with app.app_context(), transaction():
        session.get(Mail, mail_id).address = address
    look(app)
    sent_at, attempts, error = row(app, mail_id)
    assert (smtp.recipients, sent_at, attempts) == ([], None, len(outbox.WAITS) + 1)
    assert error != ""


def test_a_password_is_not_sent_to_a_server_without_tls(app, smtp, monkeypatch):
    app.config["SMTP_URL"] = smtp.url.replace("smtp://", "smtp://user:secret@")
    mail_id = write(app)
    look(app)
    assert row(app, mail_id)[0] is None
    assert "secret" not in row(app, mail_id)[2]


def fail_after_writing():
    with transaction():
        mails.write(b.user(), kind="test", message=(SUBJECT, BODY), now=b.NOW)
        raise ZeroDivisionError


def test_writing_a_mail_rings_the_queue_once_it_is_durable(app):
    rung = []
    queue.triggers.append(bell := lambda: rung.append(1))
    try:
        with app.app_context():
            with pytest.raises(ZeroDivisionError):
                fail_after_writing()
            assert rung == []
        write(app)
        assert rung == [1]
    finally:
        queue.triggers.remove(bell)


def test_a_report_that_cannot_be_made_says_why(app):
    with app.app_context():
        with transaction():
            judged = _judged()
            report_id = reports.request(judged, language="en", actor=judged.frozen_by, now=b.NOW).id
            broken = session.get(Report, report_id)
            broken.attempts = renders.TRIES
        jobs.look()
        assert session.execute(select(Report.state).where(Report.id == report_id)).scalar_one() == "failed"


def test_a_report_that_was_asked_for_is_rendered(app):
    with app.app_context():
        with transaction():
            judged = _judged()
            report_id = reports.request(judged, language="nl", actor=judged.frozen_by, now=b.NOW).id
        jobs.look()
        jobs.look()
        ready = session.get(Report, report_id)
        assert (ready.state, report_files.path(ready).read_bytes()[:5]) == ("ready", b"%PDF-")


def _judged():
    from award.services import results
    from tests.services import judged

    made = judged.stage()
    results.lock(made.stage, actor=made.organiser, now=b.NOW)
    return results.freeze(made.stage, actor=made.organiser, now=b.NOW)


def asked(app, *languages):
    """The ids of reports asked for in these languages."""
    with app.app_context(), transaction():
        judged = _judged()
        return [reports.request(judged, language=language, actor=judged.frozen_by, now=b.NOW).id for language in languages]


def state(app, report_id):
    with app.app_context():
        found = session.get(Report, report_id)
        return found.state, found.reason, found.key


def until(met, seconds=120):
    """Wait until `met()` holds; gives whether it does."""
    end = monotonic() + seconds
    while not met() and monotonic() < end:
        sleep(0.1)
    return met()


def test_two_workers_render_two_reports_side_by_side_and_seal_them(app, tmp_path):
    app.config |= {"SEAL_KEY": seals.organiser_key(tmp_path), "SEAL_PASSWORD": seals.PASSWORD}
    ids = asked(app, "nl", "fr")
    with ThreadPoolExecutor(2) as workers:
        list(workers.map(lambda _: look(app), range(2)))
    with app.app_context():
        rows = [session.get(Report, report_id) for report_id in ids]
        assert [(row.state, row.done, row.attempts) for row in rows] == [("sealed", row.total, 1) for row in rows]
        files = [report_files.path(row).read_bytes() for row in rows]
        assert [hashlib.sha256(file).hexdigest() for file in files] == [row.sha256 for row in rows]
        assert [attached(file) for file in files] == [rows[0].result.body.encode()] * 2
        assert {path.name for path in report_files.folder().iterdir()} == {row.key for row in rows}


def test_a_seal_that_cannot_be_set_leaves_the_report_without_it_and_says_why(app, tmp_path):
    app.config |= {"SEAL_KEY": seals.organiser_key(tmp_path), "SEAL_PASSWORD": "another"}
    (report_id,) = asked(app, "en")
    look(app)
    found, reason, _key = state(app, report_id)
    assert (found, "cannot be opened" in reason) == ("ready", True)


def test_a_report_that_is_cancelled_under_way_stops_and_leaves_nothing(app):
    (report_id,) = asked(app, "en")
    with ThreadPoolExecutor(1) as workers:
        work = workers.submit(look, app)
        assert until(lambda: state(app, report_id)[0] == "rendering")
        with app.app_context(), transaction():
            row = session.get(Report, report_id)
            reports.cancel(row, actor=row.requested_by, now=b.NOW)
        work.result(timeout=60)
    assert state(app, report_id) == ("cancelled", "", "")
    with app.app_context():
        assert not report_files.folder().exists() or list(report_files.folder().iterdir()) == []


def test_a_result_that_was_tampered_with_fails_by_itself_and_holds_up_no_other_report(app):
    first, second = asked(app, "en", "nl")
    with app.app_context(), transaction():
        row = session.get(Report, first)
        row.result.body += " "
        session.get(Report, second).attempts = renders.TRIES
    look(app)
    assert [state(app, report_id)[0] for report_id in (first, second)] == ["failed", "failed"]
    assert "checksum" in state(app, first)[1]
