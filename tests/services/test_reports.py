"""A report is a row with a state: asked for, rendered by whoever claims it, ready, or failed with a reason."""
from datetime import timedelta

import pytest

from award.errors import Invalid, Refused
from award.i18n import text
from award.services import decisions, reports, results
from tests import builders as b
from tests.services import judged


@pytest.fixture
def world(context):
    found = judged.stage()
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    found.result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    return found


def ask(world, language="en"):
    return reports.request(world.result, language=language, actor=world.organiser, now=b.NOW)


def test_a_report_goes_from_asked_for_to_ready(world):
    row = ask(world)
    assert (row.state, reports.waiting(b.NOW)) == ("requested", [row.id])
    claimed = reports.claim(row.id, now=b.NOW)
    assert (row.state, claimed.language, claimed.document.heading.programme) == ("rendering", "en", "Lantern Award")
    reports.finish(row.id, b"%PDF", now=b.NOW)
    assert (row.state, reports.path(row).read_bytes(), row.size) == ("ready", b"%PDF", 4)


def test_equal_requests_share_one_row(world):
    assert ask(world).id == ask(world).id
    assert ask(world, "fr").id != ask(world).id


def test_a_new_decision_makes_a_new_report(world):
    first = ask(world)
    decisions.record(world.result, world.entries[0], outcome="winner", reason="", by=(world.organiser, b.NOW))
    assert ask(world).id != first.id


def test_a_claimed_report_is_not_claimed_twice_until_its_lease_ends(world):
    row = ask(world)
    reports.claim(row.id, now=b.NOW)
    assert reports.claim(row.id, now=b.NOW) is None
    later = b.NOW + reports.LEASE + timedelta(seconds=1)
    assert reports.waiting(later) == [row.id]
    assert reports.claim(row.id, now=later) is not None


def test_a_report_that_never_ends_is_given_up(world):
    row = ask(world)
    for n in range(reports.TRIES + 1):
        reports.claim(row.id, now=b.NOW + n * (reports.LEASE + timedelta(seconds=1)))
    assert row.state == "failed"
    assert "three tries" in row.reason


def test_a_failure_is_told_in_the_language_of_whoever_asked(world):
    row = ask(world)
    reports.claim(row.id, now=b.NOW)
    reports.fail(row.id, text("The report took too long."), now=b.NOW)
    assert (row.state, row.reason) == ("failed", "The report took too long.")
    assert ask(world).id != row.id


def test_an_unknown_language_is_refused(world):
    with pytest.raises(Invalid):
        ask(world, "xx")


def test_a_stage_that_is_open_has_no_report(world):
    world.stage.state = "open"
    with pytest.raises(Refused):
        ask(world)
