"""Whether a file or a checksum is of something published; what is not public is as unknown as what was never made."""
import hashlib
import io
import json
import zlib
from datetime import timedelta

import pikepdf
import pytest

from award.db import session
from award.domain import result as domain
from award.domain import rules_file, score_sheet
from award.domain.canonical import canonical_json, sha256
from award.errors import Invalid, TooMany
from award.models import Report, Result
from award.services import decisions, publications, result_reading, results, verifications
from award.services.verifications import Verdict
from tests import builders as b
from tests.services import judged

ONCE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Tests that read a file take seconds and no statement that the look-ups below do not take on both databases."""
LATER = b.NOW + timedelta(days=1)


def paper(body=None, **saving):
    """The bytes of a PDF with a result inside, or without one."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if body is not None:
            pdf.attachments["result.json"] = body
        made = io.BytesIO()
        pdf.save(made, **saving)
    return made.getvalue()


def report(frozen, content, *, at=LATER, **values):
    """A finished report of a result with these bytes."""
    with b.together():
        row = Report(**{"result": frozen, "language": "en", "digest": "d", "variant": "public", "state": "ready", "status": "final",
                        "sha256": hashlib.sha256(content).hexdigest(), "requested_at": at, "requested_by_id": frozen.frozen_by_id, "ready_at": at,
                        **values})
        session.add(row)
    return row


def replacement(frozen, *, at):
    """Another result of the same stage, frozen at a moment."""
    body = json.loads(frozen.body) | {"seed": 7}
    with b.together():
        row = Result(stage=frozen.stage, number=frozen.number + 1, rulebook=frozen.rulebook, body=canonical_json(body).decode(), sha256=sha256(body),
                     frozen_at=at, frozen_by_id=frozen.frozen_by_id, history_head=frozen.history_head)
        session.add(row)
    return row


def recomputed(document, **parts):
    """A result that is consistent in itself, with other scores."""
    document = document | parts
    document["sheet_sha256"] = sha256(document["sheet"])
    rulebook, sheet, passed = domain.inputs(document)
    return domain.compute(rulebook, sheet, exclusions=passed, seed=document["seed"], units=document["units"], diagnostics=False)


@pytest.fixture
def world(context):
    """A published round; `frozen` is its result, `pdf` its report, `document` the result as a dict."""
    found = judged.stage()
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    found.frozen = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    for entry in found.entries:
        decisions.record(found.frozen, entry, outcome="stops", reason="", by=(found.organiser, b.NOW))
    publications.conclude(found.frozen, actor=found.organiser, now=b.NOW)
    publications.publish(found.round, actor=found.organiser, now=b.NOW)
    found.document = json.loads(found.frozen.body)
    found.pdf = paper(found.frozen.body.encode())
    found.report = report(found.frozen, found.pdf)
    return found


@ONCE
def test_a_published_report_is_known_by_its_bytes_and_recomputed(world):
    found = verifications.judge(world.pdf)
    assert (found.kind, found.known.report, found.known.standing, found.recomputed) == ("report", world.report, "published", True)


@ONCE
def test_the_published_result_is_known_alone_and_inside_a_file_that_is_not_ours(world):
    alone, wrapped = (verifications.judge(content) for content in (json.dumps(world.document, indent=2).encode(), world.pdf + b"%"))
    assert [(found.kind, found.known.result, found.recomputed) for found in (alone, wrapped)] == [
        ("data", world.frozen, True), ("result", world.frozen, True)]


@ONCE
def test_a_changed_figure_is_found_and_told_from_the_published_one(world):
    world.document["entries"][1]["score"] = 99.5
    found = verifications.judge(paper(json.dumps(world.document).encode()))
    assert (found.kind, found.known.result, found.like_published) == ("differs", world.frozen, True)
    assert found.difference == {"place": "entries[1].score", "entry": "LA27-002", "juror": "", "given": "99.5", "found": "64.0"}


@ONCE
def test_a_result_that_was_swapped_whole_is_consistent_and_yet_not_the_published_one(world):
    sheet = json.loads(json.dumps(world.document["sheet"]))
    sheet["ballots"][0][2][0] = 1.0
    swapped = recomputed(world.document, sheet=sheet)
    assert result_reading.look(canonical_json(swapped))["difference"] is None
    found = verifications.judge(canonical_json(swapped))
    assert (found.kind, found.known.result, found.like_published, found.difference["entry"]) == ("differs", world.frozen, True, "LA27-001")


@ONCE
def test_a_consistent_result_of_something_else_is_not_ours(world):
    rules = {"title": "T", "min_ballots": 1, "ties": [], "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]}
    other = domain.compute(rules_file.from_dict(rules), score_sheet.from_rows([("J", "E1", "C", 3), ("J", "E2", "C", 4)]))
    assert verifications.judge(canonical_json(other)) == Verdict("other", recomputed=True)
    other["entries"][0]["rank"] = 9
    found = verifications.judge(canonical_json(other))
    assert (found.kind, found.known, found.like_published, found.difference["place"]) == ("differs", None, False, "entries[0].rank")


@ONCE
def test_a_round_that_is_not_published_is_as_unknown_as_any_other(world):
    world.round.state = "decided"
    assert [verifications.judge(content) for content in (world.pdf, world.frozen.body.encode())] == [Verdict("other", recomputed=True)] * 2
    assert [verifications.look_up(code) for code in (world.report.sha256, world.frozen.sha256[:8])] == [[], []]


@pytest.mark.parametrize(("content", "fault"), [
    (b"hello", "no result"), (b"[" * 100_000, "no result"), (b"%PDF-1.7 and then nothing", "unreadable"), (paper(), "bare"),
    (paper(b"{}", encryption=pikepdf.Encryption(owner="o", user="u")), "locked"), (paper(b'{"format": "award-result/1"}'), "incomplete"),
])
def test_what_is_no_result_is_called_so(content, fault):
    assert result_reading.examined(content, b"") == {"fault": fault}


def test_nothing_in_a_result_of_odd_shapes_breaks_the_reading():
    base = {"format": "award-result/1", "rulebook": {"sha256": "x"}, "sheet": {}, "sheet_sha256": 1, "exclusions": [], "exclusions_sha256": 1,
            "seed": 1, "units": "score", "entries": []}
    for odd in ({}, {"sheet": []}, {"entries": 7}, {"sheet": {"entries": 3}}, {"sheet": {"entries": [[1]]}}, {"facts": [1]}, {"seed": "x"}):
        for published in (b"", json.dumps(base).encode()):
            found = result_reading.examined(json.dumps(base | odd).encode(), published)
            assert found.keys() in ({"fault"}, {"sha256", "rulebook", "entry", "difference"})


@pytest.mark.parametrize(("place", "entry", "juror"), [
    ("entries[1].score: 1 ≠ 2", "E2", ""), ("sheet.ballots[0][2][1]: 1 ≠ 2", "E2", "J1"), ("exclusions[0].cause: 1 ≠ 2", "E1", "J1"),
    ("entries[9].score: 1 ≠ 2", "", ""), ("sheet.ballots[1]: 1 ≠ 2", "", ""), ("rulebook.title: 1 ≠ 2", "", "")])
def test_a_difference_names_the_entry_and_the_juror_it_is_about(place, entry, juror):
    document = {"entries": [{"entry": "E1"}, {"entry": "E2"}], "exclusions": [{"entry": "E1", "juror": "J1", "cause": "x"}],
                "sheet": {"entries": ["E1", "E2"], "jurors": ["J1"], "ballots": [[1, 0, [3, 4]], 7]}}
    found = result_reading.told(place, document)
    assert (found["entry"], found["juror"], found["given"], found["found"]) == (entry, juror, "1", "2")


def test_a_file_that_unpacks_to_more_than_there_is_room_for_hurts_nobody():
    with pikepdf.open(io.BytesIO(paper(b"x"))) as pdf:
        stream = pdf.attachments["result.json"].get_file().obj
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(bytes(2**24)) for _ in range(48)) + packer.flush()
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        made = io.BytesIO()
        pdf.save(made)
    assert len(made.getvalue()) < 2**20
    assert result_reading.look(made.getvalue(), memory=700 * 2**20) in ({"fault": "heavy"}, {"fault": "unreadable"})


def test_a_reading_that_takes_too_long_is_stopped():
    assert result_reading.look(b"{}", cpu=0) == {"fault": "heavy"}


def test_only_one_file_is_read_at_a_time():
    with verifications.READING, pytest.raises(TooMany):
        verifications.judge(b"{}")


def test_a_draft_a_full_report_and_one_made_again_are_told_apart(world):
    draft, full = report(world.frozen, b"draft", status="draft"), report(world.frozen, b"full", variant="full")
    again = report(world.frozen, b"again", at=LATER + timedelta(hours=1))
    found = [verifications.look_up(row.sha256) for row in (draft, full, again, world.report)]
    assert [[(known.report, known.standing) for known in one] for one in found] == [
        [(draft, "draft")], [(full, "apart")], [(again, "published")], [(world.report, "earlier")]]


def test_a_result_that_replaced_the_published_one_is_named(world):
    after = replacement(world.frozen, at=LATER)
    assert [(known.result, known.newer) for known in verifications.look_up(world.frozen.sha256)] == [(world.frozen, True)]
    assert [(known.result, known.newer) for known in verifications.look_up(after.sha256)] == [(after, False)]


def test_a_result_that_was_replaced_before_it_was_public_stays_unknown(world):
    after = replacement(world.frozen, at=world.frozen.frozen_at)
    assert verifications.look_up(world.frozen.sha256) == []
    assert [known.result for known in verifications.look_up(after.sha256)] == [after]


def test_a_code_is_found_however_it_was_copied(world):
    code = world.frozen.sha256
    spaced = " ".join(code[i:i + 8] for i in range(0, 64, 8)).upper()
    assert [[known.result for known in verifications.look_up(written)] for written in (code, code[:8], spaced)] == [[world.frozen]] * 3
    assert verifications.look_up("0" * 64) == []


def test_what_is_no_code_is_refused():
    for written in ("abc1234", "xyzxyzxyz", "0" * 65, "", "%" * 8, "________", "é" * 8):
        with pytest.raises(Invalid):
            verifications.look_up(written)
