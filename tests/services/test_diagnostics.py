"""The figures on each juror: from the frozen result or the locked ballots, the lowest scores first."""
import pytest

from award.db import session
from award.errors import Refused
from award.models import Assignment, Ballot
from award.services import diagnostics, rankings, results, rulebooks
from tests import builders as b
from tests import jury


@pytest.fixture
def world(context):
    """Six entries and four jurors, who all scored; the third gives everything 20 points less."""
    found = jury.build(state="locked", entries=6, jurors=4)
    for (j, e), pair in found["pairs"].items():
        b.ballot(pair, {found["criteria"][0]: e % 4 + 2 - (j == 2), found["criteria"][1]: 60 + 5 * (j * e % 3) - 20 * (j == 2)})
    rulebooks.freeze(found["stage"], actor=found["organiser"], now=b.NOW)
    return found


@pytest.mark.parametrize("state", ["draft", "open"])
def test_until_the_lock_they_are_refused(world, state):
    world["stage"].state = state
    with pytest.raises(Refused, match="once the stage is locked"):
        diagnostics.of_stage(world["stage"])


def test_the_lowest_scores_stand_first_with_interval_and_remarks(world):
    found = diagnostics.of_stage(world["stage"])
    first = found.jurors[0]
    assert (first["juror"], first["ballots"], first["remarks"][0]) == ("J03", 6, {"code": "lower", "points": round(-first["severity"])})
    assert first["interval"] == (first["severity"] - 1.96 * first["severity_se"], first["severity"] + 1.96 * first["severity_se"])
    assert [one["severity"] for one in found.jurors] == sorted(one["severity"] for one in found.jurors)
    assert sum(one["severity"] for one in found.jurors) == pytest.approx(0, abs=1e-6)
    assert (found.effect, found.reach) == ("none", max(abs(end) for one in found.jurors for end in one["interval"]))


def test_a_voided_ballot_stays_out_and_then_severity_can_weigh(world):
    session.query(Assignment).order_by(Assignment.id).first().state = "voided"
    found = diagnostics.of_stage(world["stage"])
    assert sorted(one["ballots"] for one in found.jurors) == [5, 6, 6, 6]
    assert found.effect == "uneven"


def test_jurors_without_figures_stand_last(world):
    for pair in world["pairs"].values():
        if pair.juror is world["jurors"][2] and pair.entry is not world["entries"][0]:
            pair.state = "declined"
    found = diagnostics.of_stage(world["stage"]).jurors
    assert (found[-1]["juror"], found[-1]["interval"], found[-1]["remarks"]) == ("J03", None, [{"code": "few_ballots", "ballots": 1, "least": 5}])


def test_once_frozen_the_result_gives_the_figures_whatever_happens_to_the_ballots(world):
    results.freeze(world["stage"], actor=world["organiser"], now=b.NOW)
    session.expire(world["stage"], ["results"])
    before = diagnostics.of_stage(world["stage"])
    session.query(Ballot).order_by(Ballot.id).first().state = "draft"
    session.flush()
    assert diagnostics.of_stage(world["stage"]) == before


def test_looking_changes_nothing(world):
    before = rankings.compute(world["stage"])
    diagnostics.of_stage(world["stage"])
    assert rankings.compute(world["stage"]) == before
