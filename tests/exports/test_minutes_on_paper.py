"""Minutes, the register of conflicts and score sheets hold what a signature stands under, and nothing that they should not."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from award.domain.report import Anchor, Conflict, Criterion, Event
from award.exports.paper import register_page
from award.exports.paper.composition import compose
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.sheet_page import SheetPages, values
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES, translate
from tests.exports import sample
from tests.exports.documents import attached, text_of, typeset_here

MARCH = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def words(report, kind, language="en", **choice):
    """What a reader sees of a document, in one line; one string a part."""
    parts = compose(report.chosen(kind=kind, **choice), language)
    return [" ".join(re.sub(r"<[^>]+>", " ", part.partition("<body>")[2]).split()) for part in parts]


@pytest.fixture(scope="module")
def report():
    """A round with acts, a recommendation, declarations and a conflict that came to light late."""
    found = sample.full()
    jurors = tuple(replace(j, declared_at=MARCH if j.key != "J02" else None) for j in found.jury.jurors)
    conflicts = (Conflict("J03", sample.key(1), "organisation", MARCH), Conflict("J05", sample.key(6), "declared", MARCH),
                 Conflict("J01", sample.key(2), "named", MARCH + timedelta(days=200)))
    events = (Event(MARCH + timedelta(days=1), "Stage locked, with 70 of 72 ballots submitted"), Event(MARCH, "Call opened\nReason: It is time."))
    return replace(found, events=events, recommendations="Give the jury two weeks more.",
                   jury=replace(found.jury, jurors=jurors, conflicts=conflicts))


def test_acts_stand_in_order_of_time_in_the_zone_of_the_round(report):
    [found] = words(report, "minutes")
    assert "2 March 2026 00:30 Call opened Reason: It is time. 3 March 2026 00:30 Stage locked, with 70 of 72 ballots submitted" in found
    assert "All times: Brussels time." in found


def test_minutes_hold_ranking_decisions_reasons_remarks_and_a_line_for_each_member(report):
    [found] = words(report, "minutes")
    for entry in report.entries:
        assert f"{entry.key} {entry.title}" in found.replace("\u2002", " ")
    assert sample.REASON in found
    assert found.index("The jury values its method above its score.") < found.index(sample.REASON)
    assert "Give the jury two weeks more." in found
    assert found.index("Signatures") < found.rindex(sample.JURORS[0]) < found.rindex(sample.JURORS[1])
    assert found.count("Member of the jury") == 8
    assert found.count("Chair of the jury") == 1


def test_minutes_carry_ranking_and_result_and_the_register_does_not(report):
    assert set(attached(typeset_here(report.chosen(kind="minutes")))) == {"ranking.csv", "result.json"}
    assert [DOCUMENTS[kind].attached for kind in ("conflict_register", "score_sheets", "feedback_letter")] == [False, False, False]


def test_codes_keep_names_apart_from_what_is_told_of_each(report):
    [found] = words(report, "minutes", jurors="codes")
    assert "J03 Zoë" not in found.replace("\u2002", " ")
    assert found.count(sample.JURORS[2]) == 2  # present, and signing
    [register] = words(report, "conflict_register", jurors="codes")
    assert [name for name in sample.JURORS if name in register] == []
    assert "Codes stand for the jurors." in register


def test_the_consequence_of_a_conflict_is_what_the_result_holds(report):
    found = register_page.lines(Pages(report, "en"))
    assert [(line.juror, line.entry, line.consequence) for line in found] == [
        ("J01", sample.key(2), register_page.AFTER), ("J03", sample.key(1), register_page.LATE), ("J05", sample.key(6), register_page.KEPT_AWAY)]


def test_the_register_says_who_declared_none_and_who_declared_nothing(report):
    [found] = words(report, "conflict_register")
    assert "J04 Claire Delvaux City of Lindebeek 2 March 2026" in found.replace("\u2002", " ")
    assert "J02 Mehmet Aydın City of Lindebeek –" in found.replace("\u2002", " ")


def test_a_register_without_a_conflict_is_honest_about_what_is_known(report):
    asked = replace(report, jury=replace(report.jury, conflicts=()), result=sample.compute(sample.rows(2, 3)), entries=())
    assert "No conflict of interest is on record." in words(asked, "conflict_register")[0]
    assert "The scores carry no record of conflicts of interest." in words(sample.alone(), "conflict_register")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_score_sheets_hold_every_criterion_and_no_score(report, language):
    given = {f"{score:g}" for _, _, scores in report.result["sheet"]["ballots"] for score in scores if score is not None}
    first, *_ = sheets = words(report, "score_sheets", language)
    assert len(sheets) == len(report.entries)
    assert [name for name, _, question in sample.CRITERIA if name not in first or question not in first] == []
    again = replace(report, result=sample.compute([(j, e, c, 0) for j, e, c, _ in sample.rows(8, 9)]))
    assert len(given) > 3
    assert [re.sub(r"[0-9a-f]{8}", "", sheet) for sheet in words(again, "score_sheets", language)] == [
        re.sub(r"[0-9a-f]{8}", "", sheet) for sheet in sheets]
    assert not any(name in first for name in sample.JURORS)


@pytest.mark.parametrize(("scale", "step", "count"), [
    ([0, 5], 0.5, 11), ([1, 5], 1, 5), ([0, 10], 0.5, 21), ([0, 100], 1, 0), ([0, 1], None, 0), ([1, 5], 0.1, 0)])
def test_a_scale_of_few_steps_gets_a_box_for_each(scale, step, count):
    assert len(values({"scale": scale, "step": step})) == count


@pytest.mark.parametrize("scale", [[0, 10], [-10, 10], [1000, 1005]])
def test_the_boxes_of_a_scale_do_not_touch_and_stay_on_the_page(report, scale):
    view = SheetPages(Pages(report, "de"), sample.key(1))
    chart = view.boxes({"scale": scale, "step": 0.5 if scale[0] == 0 else 1})
    boxes = [(float(at["x"]), float(at["y"])) for tag, at, _ in chart.marks if tag == "rect"]
    rows = {y: sorted(x for x, row in boxes if row == y) for _, y in boxes}
    assert all(b - a > 18 for xs in rows.values() for a, b in zip(xs, xs[1:], strict=False))
    assert max(x for x, _ in boxes) + 15 <= chart.width


def test_anchors_stand_beside_their_score(report):
    criteria = (Criterion("Novelty", "Novelty", "Is it new?", (Anchor(5, "New to the world"), Anchor(0, "Known"))), *report.process.criteria[1:])
    [first, *_] = words(replace(report, process=replace(report.process, criteria=criteria)), "score_sheets")
    assert "5 New to the world 0 Known Comment" in first


def test_without_entries_every_paper_says_so():
    empty = sample.nothing()
    assert "No entries were judged." in words(empty, "minutes")[0]
    assert "There are no entries to score." in words(empty, "score_sheets")[0]
    assert "The result names no juror." in words(empty, "conflict_register")[0]


def test_the_pages_of_minutes_are_counted_through(report):
    pages = text_of(typeset_here(report.chosen(kind="minutes"))).split("\f")[:-1]
    assert [page.rstrip().endswith(f"{number} of {len(pages)}") for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_titles_of_documents_are_translated():
    for kind in ("feedback_letter", "minutes", "conflict_register", "score_sheets"):
        assert len({translate(DOCUMENTS[kind].title, language) for language in LANGUAGES}) == 4
