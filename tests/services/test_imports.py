"""A score sheet brought into a stage: the same ranking as on the command line; faults with their line, and then nothing."""
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from award.db import session
from award.errors import FaultyInput, Refused
from award.models import Assignment, Ballot, Entry, Event, Juror, Score
from award.services import imports, rankings, receipts, rulebooks
from tests import builders as b
from tests.domain import isu_worlds2017 as isu


@pytest.fixture
def stage(context):
    organiser = b.user("organiser@office.example", role="organiser")
    round_ = b.round_(b.programme(organiser), code="ISU17", state="judging")
    row = b.stage(round_, rules={"method": "trimmed_mean", "order": "criterion", "trim": 1, "missing": "strict"})
    for name in isu.COMPONENTS:
        b.criterion(row, name, 20, low=Decimal(0), high=Decimal(10), step=Decimal("0.25"), decimals=2)
    rulebooks.freeze(row, actor=organiser, now=b.NOW)
    row.state = "open"
    session.flush()
    row.organiser = organiser
    return row


def csv(rows):
    return "\n".join(["juror,entry,criterion,score", *(f'"{j}","{e}","{c}",{s}' for j, e, c, s in rows)]).encode()


def count(model):
    return session.scalar(select(func.count()).select_from(model))


def bring_in(stage, content):
    return imports.bring_in(stage, content, actor=stage.organiser, now=b.NOW)


def test_the_world_championship_of_2017_gives_the_official_result(stage):
    assert bring_in(stage, csv(row[:4] for row in isu.ROWS)) == 216
    document = rankings.compute(stage)
    titles = {number: title for number, (title, _team) in rankings.titles(stage.round).items()}
    factor = isu.FACTOR * len(isu.COMPONENTS)
    totals = {titles[line["entry"]]: round(line["score"] / 10 * factor, 2) for line in document["entries"]}
    panel = {(titles[line["entry"]], name): value for line in document["entries"] for name, value in line["criteria"].items()}
    assert totals == isu.OFFICIAL_TOTALS
    assert panel == isu.OFFICIAL_PANEL_SCORES
    assert (count(Entry), count(Juror), count(Score)) == (24, 9, 1080)


def test_the_import_is_one_event_and_gives_every_ballot_a_receipt(stage):
    bring_in(stage, csv([("Ann", "Boat", c, "7.5") for c in isu.COMPONENTS]))
    assert session.scalars(select(Event.act)).all() == ["sheet_imported"]
    ballot = session.scalars(select(Ballot)).one()
    assert (ballot.state, receipts.holds(ballot)) == ("submitted", True)
    assert session.scalar(select(Event.payload))["receipts"] == {"J01": {ballot.assignment.entry.number: ballot.receipt}}


def test_known_entries_and_jurors_are_used(stage):
    entry = b.entry(stage.round, title="Boat")
    b.screening(entry, stage.organiser)
    juror = b.juror(stage, b.user(name="Ann"))
    bring_in(stage, csv([("Ann", entry.number, c, "7.5") for c in isu.COMPONENTS]))
    assert [(a.entry_id, a.juror_id) for a in session.scalars(select(Assignment))] == [(entry.id, juror.id)]


def test_every_fault_is_named_with_its_line_and_nothing_is_written(stage):
    rows = [("Ann", "Boat", "Transitions", "11"), ("Ann", "Boat", "Colour", "3"),
            ("Ann", "Boat", "Transitions", "x"), ("", "Boat", "Transitions", "1")]
    with pytest.raises(FaultyInput) as refused:
        bring_in(stage, csv(rows))
    lines = [str(fault).split(":")[1] for fault in refused.value.faults]
    assert lines == ["2", "3", "4", "5"]
    assert (count(Entry), count(Juror), count(Ballot)) == (0, 0, 0)


def test_a_draft_entry_cannot_have_scores(stage):
    b.entry(stage.round, title="Boat", submitted=False)
    with pytest.raises(FaultyInput, match="has not been submitted"):
        bring_in(stage, csv([("Ann", "Boat", c, "7.5") for c in isu.COMPONENTS]))


def test_a_stage_with_ballots_takes_no_sheet(stage):
    bring_in(stage, csv([("Ann", "Boat", c, "7.5") for c in isu.COMPONENTS]))
    with pytest.raises(Refused, match="has ballots already"):
        bring_in(stage, csv([("Ann", "Boat", c, "7.5") for c in isu.COMPONENTS]))


def test_a_locked_stage_takes_no_sheet(stage):
    stage.state = "locked"
    with pytest.raises(Refused):
        bring_in(stage, csv([("Ann", "Boat", c, "7.5") for c in isu.COMPONENTS]))
