"""A report is a row with a state: asked for, rendered by whoever claims it, ready or sealed, failed with a reason, or cancelled."""
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from award.db import session
from award.domain.report import Choice
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Event, Report, User
from award.services import decisions, publications, renders, report_files, report_readers, reports, results
from tests import builders as b
from tests.services import judged

TEAM = Choice(variant="team", entry="LA27-001")


@pytest.fixture
def world(context):
    found = judged.stage()
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    found.result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    return found


def ask(world, language="en", choice=reports.FULL):
    return reports.request(world.result, choice, language=language, actor=world.organiser, now=b.NOW)


def finished(row, content=b"%PDF", **more):
    """The row, claimed and finished with these bytes."""
    claimed = renders.claim(row.id, now=b.NOW)
    renders.document(claimed)
    return renders.finish(claimed, content, **more, now=b.NOW)


def decide(world):
    for entry, outcome in zip(world.entries, ("winner", "commended", "stops"), strict=True):
        decisions.record(world.result, entry, outcome=outcome, reason="Because.", by=(world.organiser, b.NOW))
    publications.conclude(world.result, actor=world.organiser, now=b.NOW)


def acts(world):
    session.flush()
    return [e.act for e in session.query(Event).where(Event.act.like("report%")).order_by(Event.sequence)]


def test_a_report_goes_from_asked_for_to_ready(world):
    row = ask(world)
    assert (row.state, renders.waiting(b.NOW)) == ("requested", [row.id])
    claimed = renders.claim(row.id, now=b.NOW)
    assert (row.state, claimed.language, renders.document(claimed).heading.programme) == ("rendering", "en", "Lantern Award")
    assert renders.progress(claimed, done=12, total=48, now=b.NOW)
    session.refresh(row)
    assert (row.done, row.total) == (12, 48)
    renders.finish(claimed, b"%PDF", now=b.NOW)
    assert (row.state, report_files.path(row).read_bytes(), row.size, row.status) == ("ready", b"%PDF", 4, "draft")
    assert acts(world) == ["report_requested", "report_ready"]


def test_equal_requests_share_one_row_and_one_event(world):
    first = ask(world)
    assert ask(world).id == first.id
    assert finished(first).id == ask(world).id == first.id
    others = [ask(world, "fr"), ask(world, choice=reports.PUBLIC), ask(world, choice=TEAM), ask(world, choice=Choice(sections=("ranking",))),
              ask(world, choice=Choice(jurors="codes"))]
    assert len({first.id, *(row.id for row in others)}) == 6
    assert acts(world).count("report_requested") == 6


def test_what_a_variant_leaves_no_choice_about_makes_no_second_document(world):
    assert ask(world, choice=replace(reports.PUBLIC, jurors="codes")).id == ask(world, choice=reports.PUBLIC).id


@pytest.mark.parametrize("change", ["decision", "juror", "file"])
def test_what_changes_the_document_makes_a_new_one(world, change):
    first = finished(ask(world))
    if change == "decision":
        decisions.record(world.result, world.entries[0], outcome="winner", reason="", by=(world.organiser, b.NOW))
    elif change == "juror":
        world.jurors[0].user.name = "Ann Lee"
    else:
        report_files.path(first).unlink()
    assert ask(world).id != first.id


def test_finding_a_report_again_composes_nothing(world):
    row = finished(ask(world))
    statements = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert ask(world).id == row.id
    assert len(statements) <= 10


def test_equal_bytes_are_kept_once(world):
    assert finished(ask(world), b"%PDF same").key == finished(ask(world, choice=reports.PUBLIC), b"%PDF same").key
    assert len(list(report_files.folder().iterdir())) == 1


def test_a_claimed_report_is_not_claimed_twice_until_its_lease_ends(world):
    row = ask(world)
    first = renders.claim(row.id, now=b.NOW)
    assert renders.claim(row.id, now=b.NOW) is None
    later = b.NOW + renders.LEASE + timedelta(seconds=1)
    assert renders.waiting(later) == [row.id]
    second = renders.claim(row.id, now=later)
    assert (renders.goes_on(first), renders.goes_on(second), renders.progress(first, done=1, total=2, now=later)) == (False, True, False)
    assert renders.finish(first, b"%PDF late", now=later) is None
    assert renders.fail(first, text("The report took too long."), now=later) is None
    assert renders.finish(second, b"%PDF", now=later).state == "ready"


def test_a_report_that_never_ends_is_given_up(world):
    row = ask(world)
    for n in range(renders.TRIES + 1):
        renders.claim(row.id, now=b.NOW + n * (renders.LEASE + timedelta(seconds=1)))
    assert row.state == "failed"
    assert "three tries" in row.reason


def test_a_failure_is_told_in_the_language_of_whoever_asked_and_can_be_tried_again(world):
    world.organiser.language = "nl"
    row = ask(world)
    renders.fail(renders.claim(row.id, now=b.NOW), text("Choose one of the languages in the list."), now=b.NOW)
    assert (row.state, row.reason) == ("failed", "Kies een van de talen in de lijst.")
    new = reports.again(row, actor=world.organiser, now=b.NOW)
    assert (new.id != row.id, [r.id for r in reports.of_result(world.result)]) == (True, [new.id])
    with pytest.raises(Refused):
        reports.again(new, actor=world.organiser, now=b.NOW)


@pytest.mark.parametrize("under_way", [False, True])
def test_a_cancelled_report_is_not_rendered_and_leaves_no_file(world, under_way):
    row = ask(world)
    claimed = renders.claim(row.id, now=b.NOW) if under_way else None
    reports.cancel(row, actor=world.organiser, now=b.NOW)
    assert (row.state, renders.waiting(b.NOW + timedelta(days=1)), renders.claim(row.id, now=b.NOW)) == ("cancelled", [], None)
    if claimed:
        assert (renders.goes_on(claimed), renders.document(claimed), renders.finish(claimed, b"%PDF", now=b.NOW)) == (False, None, None)
    assert not report_files.folder().exists()
    with pytest.raises(Refused):
        reports.cancel(row, actor=world.organiser, now=b.NOW)
    assert reports.again(row, actor=world.organiser, now=b.NOW).state == "requested"
    assert acts(world) == ["report_requested", "report_cancelled", "report_requested"]


def test_a_sealed_report_keeps_the_sealed_bytes_and_one_without_its_seal_says_why(world):
    sealed = finished(ask(world), b"%PDF", sealed=b"%PDF sealed")
    assert (sealed.state, report_files.path(sealed).read_bytes(), acts(world)[-1]) == ("sealed", b"%PDF sealed", "report_sealed")
    bare = finished(ask(world, "fr"), b"%PDF fr", unsealed=text("The result is public."))
    assert (bare.state, bool(bare.reason)) == ("ready", True)
    assert ask(world, "fr").id != bare.id


@pytest.mark.parametrize(("choice", "language", "field"), [(reports.FULL, "xx", "languages"), (Choice(variant="secret"), "en", "variant"),
                                                           (Choice(jurors="faces"), "en", "jurors"), (Choice(entry="LA27-099"), "en", "entry")])
def test_what_nobody_offers_is_refused(world, choice, language, field):
    with pytest.raises(Invalid) as refusal:
        ask(world, language, choice)
    assert refusal.value.field == field


def test_a_stage_that_is_open_has_no_report(world):
    world.stage.state = "open"
    with pytest.raises(Refused):
        ask(world)


def test_publishing_has_the_public_report_made_and_nobody_else_reads_the_full_one(world):
    full, draft = finished(ask(world)), finished(ask(world, choice=TEAM), b"%PDF draft")
    decide(world)
    assert (report_readers.public(world.result), report_readers.own(world.entries[0])) == ([], [])
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    asked = {row.choice: row for row in reports.of_result(world.result) if row.state == "requested"}
    assert set(asked) == {replace(reports.PUBLIC, jurors="codes"), replace(TEAM, jurors="codes")}
    assert report_readers.is_coming(world.result)
    assert (report_readers.public(world.result), report_readers.own(world.entries[0])) == ([], [])
    for number, row in enumerate(asked.values()):
        finished(row, b"%%PDF %d" % number)
    assert [row.variant for row in report_readers.public(world.result)] == ["public"]
    assert [(row.variant, row.status) for row in report_readers.own(world.entries[0])] == [("team", "final")]
    assert report_readers.own(world.entries[1]) == []
    assert full.status == draft.status == "draft"


def test_a_round_published_without_a_public_report_gets_one(world):
    decide(world)
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    session.query(Report).delete()
    assert (report_readers.catch_up(now=b.NOW), report_readers.catch_up(now=b.NOW)) == (1, 0)
    assert [(row.variant, row.language) for row in reports.of_result(world.result)] == [("public", "en")]


def test_files_that_no_row_knows_are_swept(world):
    kept = finished(ask(world))
    report_files.parts().mkdir()
    for place, age in (("reports/orphan.pdf", 2), ("reports/half.pdf.new", 2), ("reports/young.pdf", 0), ("parts/old", 24 * 15), ("parts/new", 24)):
        file = report_files.folder().parent / place
        file.write_bytes(b"x")
        os.utime(file, ((b.NOW - timedelta(hours=age)).timestamp(),) * 2)
    os.utime(report_files.path(kept), (0, 0))
    assert report_files.sweep(now=b.NOW) == 3
    left = {file.name for place in (report_files.folder(), report_files.parts()) for file in place.iterdir()}
    assert left == {kept.key, "young.pdf", "new"}


def test_minutes_tell_of_the_publication_and_the_report_does_not(world):
    decide(world)
    before = [finished(ask(world, choice=choice)).id for choice in (reports.FULL, Choice("minutes"))]
    publications.publish(world.round, actor=world.organiser, now=b.NOW)
    after = [ask(world, choice=choice).id for choice in (reports.FULL, Choice("minutes"))]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False]


def test_a_magazine_is_for_everyone(world):
    decide(world)
    finished(ask(world, choice=Choice("magazine")))
    assert [row.kind for row in report_readers.public(world.result)] == ["magazine"]


def test_names_of_people_are_not_in_the_history(world):
    finished(ask(world, choice=TEAM))
    names = [user.name for user in session.query(User)]
    told = [str(e.payload) + str(e.about) for e in session.query(Event).where(Event.act.like("report%"))]
    assert [name for name in names for line in told if name in line] == []
