"""Which entries take part in a stage: 8, of which 4 go on, of which 2, of which 1 wins."""

import pytest
from sqlalchemy import event, select

from award import db
from award.errors import FaultyInput, Refused
from award.models import Assignment, Entry
from award.services import assignments, conflicts, decisions, entrants, imports, publications, rankings, readiness, results, score_sheets, stages
from tests import builders as b
from tests import stages_in_a_row as row


@pytest.fixture
def world(context):
    return row.build()


def test_each_stage_knows_its_neighbours_and_its_place(world):
    first, second, third = world["stages"]
    assert [entrants.preceding(stage) for stage in world["stages"]] == [None, first, second]
    assert [entrants.following(stage) for stage in world["stages"]] == [second, third, None]
    assert [entrants.place(stage) for stage in world["stages"]] == [(1, 3), (2, 3), (3, 3)]


def test_all_eligible_entries_take_part_in_the_first_stage_and_nobody_in_the_next_until_it_is_decided(world):
    first, second, _third = world["stages"]
    world["entries"][7].screening.eligible = False
    world["entries"][6].state = "withdrawn"
    assert (row.numbers(first), row.numbers(second)) == ([1, 2, 3, 4, 5, 6], [])
    assert [entrants.known(stage) for stage in world["stages"]] == [True, False, False]


def test_eight_entries_become_four_then_two_then_one_winner(world):
    for stage, before, best in zip(world["stages"], row.FUNNEL[:3], row.FUNNEL[1:], strict=True):
        assert row.numbers(stage) == list(range(1, before + 1))
        row.play(world, stage, best)
    assert [stage.state for stage in world["stages"]] == ["decided"] * 3
    assert world["round"].state == "decided"
    assert [len(results.body(stage.results[0])["entries"]) for stage in world["stages"]] == [8, 4, 2]
    publications.publish(world["round"], **row.by(world))
    assert publications.frozen(world["round"]).stage is world["stages"][-1]
    assert [(judged.stage, judged.onwards) for judged in publications.stages(world["round"])] == list(
        zip(world["stages"], (4, 2, 0), strict=True))
    assert len(publications.receipts(world["round"])) == 2 * (8 + 4 + 2)


def test_every_part_of_judging_knows_only_those_that_go_on(world):
    first, second, _third = world["stages"]
    row.play(world, first, 4)
    juror = second.jurors[0]
    asked = [entry.number[-3:] for entry in conflicts.entries(second)]
    assert asked == [entry.number[-3:] for entry in assignments.eligible(second)] == ["001", "002", "003", "004"]
    assert sorted(readiness.judging(second).entries) == [entry.number for entry in world["entries"][:4]]
    assert score_sheets.of_stage(second)[0].entries == tuple(entry.number for entry in world["entries"][:4])
    with pytest.raises(Refused, match="Only entries that go on"):
        assignments.add(second, entry=world["entries"][4], juror=juror, **row.by(world))
    assert assignments.add(second, entry=world["entries"][3], juror=juror, **row.by(world)).state == "proposed"


def test_planning_before_the_stage_before_is_decided_is_refused(world):
    with pytest.raises(Refused, match="No entry goes on to this stage yet"):
        assignments.plan(world["stages"][1], readers=1, seed=1)


def test_only_the_newest_decision_on_the_newest_result_counts(world):
    first, second, _third = world["stages"]
    old = row.judge(world, first)
    row.decide(world, old, 8)
    new = results.freeze(first, **row.by(world))
    db.session.expire(first, ["results"])
    row.decide(world, new, 4)
    decisions.record(new, world["entries"][0], outcome="stops", reason="Not ripe.", by=(world["organiser"], b.NOW))
    with pytest.raises(Refused, match="newer result"):
        stages.decide(old, **row.by(world))
    stages.decide(new, **row.by(world))
    assert row.numbers(second) == [2, 3, 4]


def test_an_entry_commended_does_not_go_on_and_one_withdrawn_afterwards_takes_no_part(world):
    first, second, _third = world["stages"]
    frozen = row.judge(world, first)
    row.decide(world, frozen, 4)
    decisions.record(frozen, world["entries"][4], outcome="commended", reason="", by=(world["organiser"], b.NOW))
    stages.decide(frozen, **row.by(world))
    world["entries"][1].state = "withdrawn"
    assert row.numbers(second) == [1, 3, 4]


def test_a_sheet_of_a_later_stage_names_entries_that_take_part_and_no_others(world):
    first, second, _third = world["stages"]
    row.play(world, first, 4)
    assignments.confirm(second, settings=(assignments.EVERYONE, 1), **row.by(world))
    stages.open_(second, **row.by(world))
    for assignment in db.session.scalars(select(Assignment).where(Assignment.stage_id == second.id)).all():
        db.session.delete(assignment)
    db.session.flush()

    def sheet(name):
        return f'juror,entry,criterion,score\nJ01,"{name}",Impact,4\nJ01,"{name}",Novelty,50\n'.encode()

    before = len(db.session.scalars(select(Entry)).all())
    for unknown in ("Entry 6", world["entries"][6].number, "Unheard of"):
        with pytest.raises(FaultyInput) as faulty:
            imports.bring_in(second, sheet(unknown), **row.by(world))
        assert "does not take part in this stage" in str(faulty.value)
    assert imports.bring_in(second, sheet("Entry 2"), **row.by(world)) == 1
    assert len(db.session.scalars(select(Entry)).all()) == before


@pytest.mark.parametrize("entries", [4, 16])
def test_asking_costs_the_same_however_many_entries(context, app, entries):
    world = row.build(entries=entries, titles=row.TITLES[:2])
    row.play(world, world["stages"][0], entries // 2)
    db.session.flush()
    seen = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    assert len(readiness.judgings(world["stages"])) == 2
    assert len(seen) == 6
    seen.clear()
    assert len(row.numbers(world["stages"][1])) == entries // 2
    assert len(seen) == 1
    rankings.preview(world["stages"][1])
    assert entrants.going_on([]) == {}
