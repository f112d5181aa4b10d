"""What a variant hides is not in the report at all; what it shows stands as it was."""

import json
from dataclasses import replace

import pytest

from award.domain import variants
from award.domain.report import Comment, Conflict, Decision, Entry, Juror, Jury, Said
from award.domain.report_codec import to_dict
from award.exports import csv_
from tests.exports import sample

HIDDEN = {"comment": "SENTINEL-COMMENT", "improve": "SENTINEL-IMPROVE", "name": "Sentinel Person", "conflict": "SENTINEL-CONFLICT",
          "reason": "SENTINEL-REASON", "own": "SENTINEL-OWN"}


@pytest.fixture(scope="module")
def whole():
    """A report in which everything that a variant may hide has a word of its own."""
    report = sample.full(8)
    entries = tuple(
        replace(e, summary=f"{HIDDEN['own']} {e.key}", said=Said("read", "strong", HIDDEN["improve"], "moved"),
                decision=Decision("stops", HIDDEN["reason"]) if e.key == sample.key(5) else e.decision)
        for e in report.entries)
    jurors = tuple(replace(j, name=HIDDEN["name"] if j.key == "J04" else j.name) for j in report.jury.jurors)
    comments = tuple(replace(c, words=f"{HIDDEN['comment']} {c.entry}") for c in report.jury.comments)
    return replace(report, entries=entries, jury=Jury(jurors, comments, (Conflict("J03", sample.key(1), HIDDEN["conflict"]),)))


def found(report):
    """The sentinels that are left, and how often."""
    plain = json.dumps(to_dict(report))
    return {name: plain.count(words) for name, words in HIDDEN.items() if words in plain}


def test_the_full_report_is_not_touched(whole):
    assert variants.reduced(whole) is whole


def test_codes_leave_no_juror_a_name_and_list_the_people_in_order(whole):
    report = variants.reduced(whole.chosen(jurors="codes"))
    assert {(j.name, j.organisation, j.chair) for j in report.jury.jurors} == {("", "", False)}
    assert [j.key for j in report.jury.members] == [""] * 9
    assert [j.name for j in report.jury.members] == sorted((j.name for j in whole.jury.jurors), key=str.casefold)
    assert [j.name for j in report.jury.members if j.chair] == ["Hannelore Wouters"]
    assert report.jury.comments == whole.jury.comments


def test_the_public_report_holds_no_comment_no_point_to_improve_and_no_conflict_by_name(whole):
    report = variants.reduced(whole.chosen(variant="public"))
    assert found(report) == {"name": 1, "own": 3}
    assert report.choice.jurors == "codes"
    assert len(report.jury.conflicts) == 1
    assert {e.key for e in report.entries if e.summary} == {sample.key(i) for i in (1, 2, 3)}
    assert [e.decision and e.decision.outcome for e in report.entries] == [e.decision and e.decision.outcome for e in whole.entries]


def test_the_public_report_keeps_the_names_that_the_organiser_cannot_choose_away_from_codes(whole):
    assert variants.reduced(whole.chosen(variant="public", jurors="names")) == variants.reduced(whole.chosen(variant="public", jurors="codes"))


def test_a_team_reads_all_of_its_own_entry_and_of_no_other(whole):
    own = sample.key(5)
    report = variants.reduced(whole.chosen(variant="team", entry=own))
    assert {c.entry for c in report.jury.comments} == {own}
    assert found(report) == {"comment": 3, "improve": 1, "name": 1, "reason": 1, "own": 1}
    assert [e.key for e in report.entries if variants.has_page(e, report.choice)] == [own]
    assert next(e for e in report.entries if e.key == own) == next(e for e in whole.entries if e.key == own)


def test_a_team_edition_for_no_entry_has_no_pages(whole):
    report = variants.reduced(whole.chosen(variant="team"))
    assert [e for e in report.entries if e.summary or variants.has_page(e, report.choice)] == []


@pytest.mark.parametrize("choice", [{"variant": "public"}, {"variant": "team", "entry": sample.key(5)}, {"jurors": "codes"}])
def test_the_attached_figures_are_the_same_bytes_in_every_variant(whole, choice):
    report = variants.reduced(whole.chosen(**choice))
    assert csv_.write(report, language="en") == csv_.write(whole, language="en")
    assert report.result is whole.result


def test_a_departing_decision_keeps_its_reason_for_everyone(whole):
    entries = (Entry("A", decision=Decision("stops", "because", departs=True)), Entry("B", decision=Decision("stops", "private")))
    report = variants.reduced(replace(whole, entries=entries).chosen(variant="public"))
    assert [e.decision.reason for e in report.entries] == ["because", ""]


def test_a_jury_without_names_stays_a_jury_of_codes(whole):
    bare = replace(whole, jury=Jury((Juror("J02"), Juror("J01")), (Comment("J01", "A", "", "x"),), ()))
    report = variants.reduced(bare.chosen(jurors="codes"))
    assert (report.jury.members, [j.key for j in report.jury.jurors]) == ((), ["J01", "J02"])
