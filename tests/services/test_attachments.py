"""Files: known by their content, cleaned of tricks in their names, kept with the version that was submitted."""

import io
import os
import resource
import zlib

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from award.db import session, transaction
from award.domain.fields import TYPES
from award.errors import Invalid, Missing, Stale
from award.models import Attachment, Event
from award.services import attachments, entry_versions, file_check
from award.services.entries import Written
from tests import builders as b
from tests.builders import NOW

ANY = TYPES["file"].options({"most": "2"})


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.fixture
def owner():
    return b.user("nora@port.example")


@pytest.fixture
def entry(owner):
    round_ = b.round_(state="open")
    b.field(round_, "file", options=ANY)
    session.refresh(round_)
    return b.entry(round_, owner, submitted=False, draft={})


def pdf(pages=1, **save):
    written = io.BytesIO()
    with pikepdf.new() as document:
        for _page in range(pages):
            document.add_blank_page(page_size=(100, 100))
        document.save(written, **save)
    return written.getvalue()


def image(kind="PNG", size=(4, 3)):
    written = io.BytesIO()
    Image.new("RGB", size, "white").save(written, kind)
    return written.getvalue()


def examine(content, name="plan.pdf", options=ANY):
    return attachments.examine(7, options, stream=io.BytesIO(content), name=name)


def files():
    return (
        [path.name for path in attachments.folder().rglob("*") if path.is_file()]
        if attachments.folder().exists()
        else []
    )


def written(entry, *, version=None, key="", **columns):
    kept = {name: getattr(entry, name) for name in ("title", "team", "summary", "language", "initiative")}
    return Written(kept | columns, {}, version or entry.version, key)


def add(entry, owner, content=None, *, name="plan.pdf", **rest):
    field = entry.round.fields[0]
    found = attachments.examine(field.id, field.options, stream=io.BytesIO(content or pdf()), name=name)
    return attachments.add(entry, found=found, written=written(entry, **rest), actor=owner, now=NOW)


@pytest.mark.parametrize(
    ("content", "media_type"), [(pdf(), "application/pdf"), (image(), "image/png"), (image("JPEG"), "image/jpeg")]
)
def test_a_file_is_known_by_its_content_whatever_its_name(content, media_type):
    found = examine(content, "notes.txt")
    assert (found["media_type"], found["size"]) == (media_type, len(content))


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HOSTILE = {
    "empty": b"",
    "text": b"hello",
    "html named pdf": b"<html><script>alert(1)</script>",
    "svg": SVG,
    "gif": b"GIF89a" + b"0" * 20,
    "html before pdf": b"<html>" + pdf(),
    "pdf sign only": b"%PDF-1.7\n<script>alert(1)</script>",
    "pdf cut off": pdf()[:60],
    "png sign only": b"\x89PNG\r\n\x1a\n" + SVG,
    "png cut off": image(size=(200, 200))[:60],
    "jpeg sign only": b"\xff\xd8\xff" + SVG,
    "zip": b"PK\x03\x04" + b"0" * 50,
    "pdf without pages": pdf(0),
    "jpeg cut off": image("JPEG", (300, 300))[:300],
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_another_or_broken_file_is_refused_at_its_question_and_leaves_nothing(content):
    with pytest.raises(Invalid) as refusal:
        examine(content)
    assert refusal.value.field == "q7"
    assert files() == []


def message(content, **options):
    with pytest.raises(Invalid) as refusal:
        examine(content, options=TYPES["file"].options(options))
    assert files() == []
    return str(refusal.value)


def test_a_file_too_large_is_refused_by_the_setting_of_the_installation_or_of_the_question(context):
    large = pdf() + b"%" * 1_000_000
    assert message(large, max_mb="1").startswith("The file is too large: at most 1 MB.")
    context.config["MAX_UPLOAD"] = 1_000_000
    assert message(large).startswith("The file is too large: at most 1 MB.")


def test_a_kind_that_the_question_does_not_ask_is_refused():
    assert message(image(), types=["application/pdf"]) == "Attach a file of this kind: PDF."


def test_a_pdf_with_a_password_is_refused():
    locked = pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    assert message(locked).startswith("The file is protected with a password.")


def test_a_pdf_with_too_many_pages_is_refused():
    assert examine(pdf(file_check.PAGES))["media_type"] == "application/pdf"
    attachments.folder().joinpath(files()[0]).unlink()
    assert message(pdf(file_check.PAGES + 1)).startswith("The file has more than 300 pages.")


def test_an_image_of_30000_pixels_a_side_is_refused_before_it_is_unpacked():
    header = b"IHDR" + (30_000).to_bytes(4) + (30_000).to_bytes(4) + b"\x08\x02\x00\x00\x00"
    body = b"IDAT" + zlib.compress(b"\x00" * 1000)
    chunks = b"".join(len(c[4:]).to_bytes(4) + c + zlib.crc32(c).to_bytes(4) for c in (header, body, b"IEND"))
    assert message(b"\x89PNG\r\n\x1a\n" + chunks).startswith("The image is larger than 40 million pixels.")


def test_a_bomb_in_a_pdf_costs_the_application_no_memory():
    with pikepdf.new() as document:
        document.add_blank_page()
        bomb = io.BytesIO()
        document.save(bomb, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    packed = zlib.compress(b" " * 200_000_000, 9)
    objects = (
        b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length "
        + str(len(packed)).encode()
        + b" >>\nstream\n"
        + packed
        + b"\nendstream\nendobj\ntrailer << /Root 2 0 R >>\n%%EOF"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Invalid):
        examine(objects)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\plan.PDF", "plan.PDF"),
        ("a\x00b.pdf", "ab.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe.pdf"),
        ("\u2066x\u2069.pdf", "x.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ("", "file.pdf"),
        (None, "file.pdf"),
        (".pdf", "file.pdf"),
        ("...", "file.pdf"),
        ("jaarverslag é.html", "jaarverslag é.html.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ('a"b<c>.pdf', "abc.pdf"),
    ],
)
def test_a_name_keeps_what_people_read_and_nothing_else(name, kept):
    assert attachments.clean_name(name, "application/pdf") == kept


def test_a_file_joins_the_draft_together_with_what_was_typed(entry, owner):
    content = pdf()
    attachment = add(entry, owner, content, title="Typed meanwhile")
    told = {
        "id": attachment.id,
        "name": "plan.pdf",
        "media_type": "application/pdf",
        "size": attachment.size,
        "sha256": attachment.sha256,
    }
    assert (entry.title, entry.draft) == ("Typed meanwhile", {str(entry.round.fields[0].id): [told]})
    assert attachments.path(attachment).read_bytes() == content
    assert attachments.path(attachment).stat().st_mode & 0o077 == 0
    assert session.scalars(select(Event.act).order_by(Event.sequence)).all() == ["entry_saved", "attachment_added"]


def test_a_file_sent_twice_is_attached_once(entry, owner):
    opened_on = entry.version
    first, second = (add(entry, owner, key="k", version=opened_on) for _time in range(2))
    assert first is second
    assert len(files()) == 1


def test_a_file_on_an_overtaken_page_or_one_too_many_is_refused_and_leaves_nothing(entry, owner):
    with pytest.raises(Stale):
        add(entry, owner, version=entry.version + 1)
    assert files() == []
    add(entry, owner)
    add(entry, owner)
    with pytest.raises(Invalid) as refusal:
        add(entry, owner)
    assert (refusal.value.field, str(refusal.value)) == (
        f"q{entry.round.fields[0].id}",
        "2 files fit here. Remove one first.",
    )
    assert len(files()) == 2


def remove(attachment, owner):
    entry = attachment.entry
    attachments.remove(attachment, written=written(entry), actor=owner, now=NOW)
    session.flush()


def test_a_file_taken_out_of_a_draft_that_was_not_submitted_is_gone(context, entry, owner):
    attachment = add(entry, owner)
    path = attachments.path(attachment)
    remove(attachment, owner)
    assert (entry.draft, session.scalar(select(Attachment.id))) == ({}, None)
    assert path.exists()
    with transaction():
        pass
    assert not path.exists()


def test_a_version_keeps_its_files_when_the_draft_drops_them(entry, owner):
    attachment = add(entry, owner)
    version = entry_versions.submit(entry, version=entry.version, key="", actor=owner, now=NOW)
    remove(attachment, owner)
    assert entry.draft == {}
    assert [file["id"] for file in version.answers[str(attachment.field_id)]] == [attachment.id]
    assert attachments.path(attachment).exists()


def test_only_the_team_reads_a_file_that_was_not_submitted(entry, owner):
    attachment, stranger = add(entry, owner), b.user()
    attachments.require_readable(attachment, owner)
    with pytest.raises(Missing):
        attachments.require_readable(attachment, stranger)
    entry_versions.submit(entry, version=entry.version, key="", actor=owner, now=NOW)
    attachments.require_readable(attachment, stranger)


def committed(context, entry, owner):
    """Keep what there is, so that the next transaction begins by itself; gives the numbers of entry and owner."""
    with transaction():
        return entry.id, owner.id


def attach(numbers):
    session.expire_all()
    entry, owner = session.get(b.Entry, numbers[0]), session.get(b.User, numbers[1])
    return add(entry, owner)


def break_at_commit(numbers):
    """Attach a file, then make the row one that the database refuses at the commit, and not before."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
    assert attachments.path(attach(numbers)).exists()
    session.execute(text("UPDATE attachment SET field_id = 999999"))


def fail_after(act):
    with transaction():
        act()
        raise ZeroDivisionError


def test_a_file_whose_transaction_fails_at_its_commit_does_not_stay(context, entry, owner):
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ALTER TABLE attachment ALTER CONSTRAINT fk_attachment_field_id_field DEFERRABLE INITIALLY DEFERRED"))
    numbers = committed(context, entry, owner)
    with pytest.raises(IntegrityError), transaction():
        break_at_commit(numbers)
    assert (files(), session.scalar(select(Attachment.id))) == ([], None)
    with transaction():
        attachment = attach(numbers)
    assert files() == [attachment.key]
    with pytest.raises(ZeroDivisionError):
        fail_after(files)
    assert files() == [attachment.key]


def test_a_file_that_was_examined_and_never_attached_does_not_stay(context):
    with pytest.raises(ZeroDivisionError):
        fail_after(lambda: examine(pdf()))
    assert files() == []


def test_files_that_no_attachment_knows_are_named_unless_they_are_fresh(entry, owner):
    attachment = add(entry, owner)
    for name, hours in (("old", 2), ("aa/older", 3), ("fresh", 0)):
        left = attachments.folder() / name
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"x")
        os.utime(left, (NOW.timestamp() - 3600 * hours,) * 2)
    os.utime(attachments.path(attachment), (0, 0))
    assert attachments.orphans(now=NOW) == ["aa/older", "old"]
