"""The public page that says whether a file or a checksum is of something published."""
import hashlib
import io
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from award import db
from award.models import Report, Result
from award.services import attempts
from award.services.verifications import Verdict
from award.web import verdict_words
from tests import builders as b
from tests.services.test_verifications import paper
from tests.web.judging import judged_round
from tests.web.test_results import published


@pytest.fixture
def world(app):
    """A published round with its report: `body` is the result, `pdf` the report's bytes."""
    found = judged_round(app)
    number = published(app, found)
    with app.app_context(), db.transaction() as session:
        frozen = session.get(Result, number)
        found.body, found.sha256 = frozen.body, frozen.sha256
        found.pdf = paper(frozen.body.encode())
        session.add(Report(result=frozen, language="en", digest="d", variant="public", state="ready", status="final", size=9, key="x.pdf",
                           sha256=hashlib.sha256(found.pdf).hexdigest(), requested_at=b.NOW, ready_at=b.NOW + timedelta(days=900),
                           requested_by_id=found.organiser))
    return found


def send(client, content, **more):
    return client.post("/verify", data={"file": (io.BytesIO(content), "report.pdf"), **more}, content_type="multipart/form-data")


def plain(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main"):page.index("</main>")]))


def test_the_foot_of_every_page_leads_to_it_and_nobody_has_to_sign_in(client):
    assert 'href="/verify"' in client.get("/").text
    page = client.get("/verify")
    assert (page.status_code, "<h1>Verify a report</h1>" in page.text) == (200, True)


def test_a_published_report_is_recognised_in_the_heading_and_in_words(world, client):
    page = send(client, world.pdf)
    assert (page.status_code, "<h1>This file is genuine</h1>" in page.text) == (200, True)
    said = plain(page.text)
    assert "This is the published jury report of" in said and "Recalculated from the data inside it, the ranking is identical." in said
    assert f"/rounds/{world.round}/result" in page.text and world.sha256 in said


def test_a_changed_file_is_told_with_its_first_difference_in_the_language_of_the_page(world, client):
    changed = json.loads(world.body)
    changed["entries"][1]["score"] = 99.5
    client.post("/language", data={"language": "nl", "next": "/verify"})
    page = send(client, json.dumps(changed).encode())
    assert "<h1>Dit bestand klopt niet</h1>" in page.text
    assert "Eerste verschil: score van inzending LA27-002, 99.5 in het bestand, 64.0 in het gepubliceerde resultaat." in plain(page.text)


def test_what_cannot_be_used_is_answered_with_what_to_do(app, client):
    assert (send(client, b"").status_code, client.post("/verify").status_code) == (422, 422)
    app.config["MAX_UPLOAD"] = 1000
    answer = send(client, b"x" * 1200)
    assert (answer.status_code, "larger than the largest" in answer.text) == (422, True)
    assert send(client, b"x" * 5000).status_code == 413


def test_too_many_files_from_one_place_have_to_wait(app, client, clock):
    with app.app_context(), db.transaction():
        for _ in range(attempts.LIMITS["file"]["address"]):
            attempts.take("file", address="127.0.0.1", now=clock.now)
    answer = send(client, b"{}")
    assert (answer.status_code, "Many files were sent" in answer.text) == (429, True)
    assert client.get("/verify?checksum=" + "0" * 64).status_code == 200


def test_a_checksum_is_looked_up_and_a_short_one_proves_little(world, client):
    whole, short, none = (client.get(f"/verify?checksum={code}").text for code in (world.sha256, world.sha256[:8], "0" * 16))
    assert "<h1>This checksum is of something published</h1>" in whole and "to the last byte" in plain(whole)
    assert "<h1>Something published begins with this code</h1>" in short and "it proves nothing about your file" in plain(short)
    assert "<h1>Nothing published here has this checksum</h1>" in none
    answer = client.get("/verify?checksum=%3Cb%3Enonsense")
    assert (answer.status_code, "A checksum consists of" in answer.text, "<b>nonsense" in answer.text) == (422, True, False)


def test_a_file_sent_without_a_token_is_refused(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(client, b"{}").status_code == 400


def test_looking_up_writes_nothing_and_says_the_same_of_what_is_not_public(app, world, client):
    with app.app_context(), db.transaction() as session:
        session.scalars(select(Result)).one().stage.round.state = "decided"
    unknown, hidden = (client.get(f"/verify?checksum={code}").text for code in ("1" * 64, world.sha256))
    assert unknown.replace("1" * 64, "") == hidden.replace(world.sha256, "") or plain(unknown) == plain(hidden)


@pytest.mark.parametrize(("place", "entry", "juror", "said"), [
    ("entries[0].rank", "E1", "", "rank of entry E1, 1 in the file, 2 when it is recomputed"),
    ("entries[0].band", "E1", "", "“band” of entry E1, 1 in the file, 2 when it is recomputed"),
    ("sheet.ballots[3][2][0]", "E1", "J2", "a score of juror J2 for entry E1, 1 in the file, 2 when it is recomputed"),
    ("sheet_sha256", "", "", "wrong checksum, the scores"), ("rulebook.sha256", "", "", "wrong checksum, the rules"),
    ("units", "", "", "“units”, 1 in the file, 2 when it is recomputed"),
])
def test_a_place_is_called_what_readers_call_it(place, entry, juror, said):
    difference = {"place": place, "entry": entry, "juror": juror, "given": "1", "found": "2"}
    assert str(verdict_words.place(Verdict("differs", difference=difference))) == said
