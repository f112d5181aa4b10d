"""The composed document travels to another process and comes back equal."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from award.domain.report import Entry, Juror, Proof, from_result
from award.domain.report_codec import from_dict, to_dict
from tests.exports import sample


@pytest.mark.parametrize("report", [sample.full(), sample.many(2, 3), sample.with_text("é\U0001f680\n=1+1")])
def test_a_report_that_travels_as_json_comes_back_equal(report):
    assert from_dict(json.loads(json.dumps(to_dict(report)))) == report


def test_a_report_without_times_comes_back_equal():
    report = from_result(sample.compute(sample.rows(2, 3)), title="Award 2026")
    assert from_dict(to_dict(report)) == report


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        Proof(frozen_at=datetime(2026, 6, 18, 14, 0))  # noqa: DTZ001


def test_a_part_that_is_missing_or_unknown_is_refused():
    plain = to_dict(sample.many(1, 3))
    with pytest.raises(KeyError):
        from_dict({key: value for key, value in plain.items() if key != "jury"})
    with pytest.raises(TypeError):
        from_dict({**plain, "entries": [{**plain["entries"][0], "grade": "A"}]})


def test_a_result_alone_gives_a_report_of_its_keys():
    found = sample.compute(sample.rows(2, 3))
    report = from_result(
        found,
        title="Award 2026",
        comments=[("J01", "FIA26-001", "Novelty", "New here."), ("J02", "FIA26-001", "", " ")],
    )
    assert report.heading.programme == "Award 2026"
    assert list(report.entries) == [Entry("FIA26-001"), Entry("FIA26-002")]
    assert report.jury.jurors == (Juror("J01"), Juror("J02"), Juror("J03"))
    assert [c.words for c in report.jury.comments] == ["New here."]
    assert report.result is found
    assert replace(report.heading.proof) == Proof()
