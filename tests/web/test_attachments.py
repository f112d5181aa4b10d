"""Files on the pages: attached with what is typed, given back as downloads that no browser runs."""

import io

import pytest
from sqlalchemy import select

from award import db
from award.models import Attachment, Entry
from tests import builders as b
from tests.services.test_attachments import image, pdf
from tests.web.test_entries import edit, faults, kept, submit
from tests.web.writing import begin, form

pytestmark = pytest.mark.both_databases

NAME = "jaarverslag “é” 2027.pdf"


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return begin(app)


def attach(world, content, *, name=NAME, who="nora", **changes):
    field = world.fields["file"]
    sent = form(world, act=f"attach-{field}", **changes) | {f"q{field}": (io.BytesIO(content), name)}
    return world.clients[who].post(f"/entries/{world.entry}/attachments", data=sent, content_type="multipart/form-data")


def download(world, who):
    with world.clients[who].get("/attachments/1") as answer:
        answer.get_data()
        return answer


def remove(world, attachment_id=1, *, who="nora", **changes):
    return world.clients[who].post(f"/attachments/{attachment_id}/removal", data=form(world, **changes))


def test_a_file_is_attached_together_with_what_was_typed(app, world):
    answer = attach(world, pdf(), title="Typed meanwhile")
    assert (answer.status_code, answer.location) == (303, f"{edit(world)}#q{world.fields['file']}-files")
    assert kept(app, Entry, "title") == [("Typed meanwhile",)]
    assert kept(app, Attachment, "name", "media_type") == [(NAME, "application/pdf")]
    page = world.clients["nora"].get(edit(world)).text
    assert 'href="/attachments/1"' in page
    assert 'type="file"' not in page


def test_a_file_is_downloaded_never_shown(world):
    content = pdf()
    attach(world, content)
    answer = download(world, "nora")
    assert (answer.status_code, answer.get_data(), answer.mimetype) == (200, content, "application/pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''jaarverslag%20%E2%80%9C%C3%A9%E2%80%9D%202027.pdf" in disposition


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (
            b"<html>",
            "plan.pdf",
            "file: This is not a PDF, PNG or JPEG file, whatever its name says. Save it as one of these.",
        ),
        (image(), "plan.pdf", "file: Attach a file of this kind: PDF."),
        (b"", "", "file: Choose a file first, then press “Attach the file”."),
    ],
)
def test_a_refused_file_gives_the_page_back_with_all_that_was_typed(app, world, content, name, message):
    answer = attach(world, content, name=name, title="Typed meanwhile")
    assert (answer.status_code, faults(answer)) == (422, [message])
    assert "Typed meanwhile" in answer.text
    assert kept(app, Attachment, "id") == []
    assert kept(app, Entry, "title") == [("Night desk",)]


def test_a_file_above_the_limit_of_the_installation_loses_nothing_typed_and_one_far_above_gets_413(app, world):
    app.config["MAX_UPLOAD"], app.config["MAX_CONTENT_LENGTH"] = 100_000, 110_000
    answer = attach(world, pdf() + b"%" * 150_000, title="Typed meanwhile")
    assert answer.status_code == 422
    assert faults(answer)[0].startswith("file: The file is too large: at most 1 MB.")
    assert "Typed meanwhile" in answer.text
    assert attach(world, b"%" * 450_000).status_code == 413


def test_a_faulty_answer_beside_a_good_file_attaches_nothing(app, world):
    answer = attach(world, pdf(), number="about 90k")
    assert answer.status_code == 422
    assert kept(app, Attachment, "id") == []


def test_a_file_for_a_question_that_asks_none_is_not_found(world):
    field = world.fields["file"]
    for act in ("attach-99", "attach-", f"attach-{world.fields['number']}", "save"):
        sent = form(world, act=act) | {f"q{field}": (io.BytesIO(pdf()), NAME)}
        answer = world.clients["nora"].post(
            f"/entries/{world.entry}/attachments", data=sent, content_type="multipart/form-data"
        )
        assert answer.status_code == 404


def test_a_file_sent_on_an_overtaken_page_shows_both_texts(app, world):
    world.clients["tom"].post(edit(world), data=form(world, title="Tom’s title"))
    answer = attach(world, pdf(), title="Nora’s title")
    assert answer.status_code == 409
    assert "Tom’s title" in answer.text
    assert "Nora’s title" in answer.text
    assert kept(app, Attachment, "id") == []


def test_after_the_deadline_no_file_is_attached_or_removed(app, world, clock):
    attach(world, pdf())
    with app.app_context(), db.transaction():
        db.session.get(Entry, world.entry).round.closes_at = b.NOW
    assert attach(world, pdf(), version="3").status_code == 409
    assert remove(world, version="3").status_code == 409
    assert kept(app, Attachment, "id") == [(1,)]


def test_a_file_is_removed_together_with_what_was_typed(app, world):
    attach(world, pdf())
    ((version,),) = kept(app, Entry, "version")
    assert remove(world, title="Typed meanwhile", version=str(version)).status_code == 303
    assert kept(app, Attachment, "id") == []
    assert kept(app, Entry, "title") == [("Typed meanwhile",)]


@pytest.mark.parametrize(
    ("who", "draft", "submitted"),
    [("nora", 200, 200), ("reader", 200, 200), ("stranger", 404, 404), ("organiser", 403, 200), ("visitor", 303, 303)],
)
def test_a_file_is_open_to_its_team_and_once_submitted_to_the_organiser(app, world, who, draft, submitted):
    attach(world, pdf())
    assert download(world, who).status_code == draft
    ((version,),) = kept(app, Entry, "version")
    assert submit(world, version=str(version)).status_code == 303
    assert download(world, who).status_code == submitted


def test_a_file_added_after_submitting_is_not_open_to_the_organiser(app, world):
    world.clients["nora"].post(edit(world), data=form(world))
    submit(world)
    attach(world, pdf(), version="3")
    assert world.clients["organiser"].get("/attachments/1").status_code == 404


@pytest.mark.parametrize("who", ["reader", "stranger", "organiser", "visitor"])
def test_only_those_who_write_attach_and_remove(app, world, who):
    attach(world, pdf())
    expected = {"organiser": 403, "visitor": 401}.get(who, 404)
    assert attach(world, pdf(), who=who).status_code == expected
    assert remove(world, who=who).status_code == expected
    assert kept(app, Attachment, "id") == [(1,)]


def test_what_is_stored_lies_outside_the_pages_under_a_name_nobody_can_guess(app, world):
    attach(world, pdf())
    with app.app_context():
        key = db.session.scalar(select(Attachment.key))
    assert len(key) == 40
    assert (app.config["DATA_DIR"] / "files" / key[:2] / key).exists()
    assert world.clients["nora"].get(f"/attachments/{key}").status_code == 404
