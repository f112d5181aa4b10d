"""A composed document holds what surrounds its result: words of the jury, special awards, steps, what went before."""
from datetime import timedelta

import pytest
from sqlalchemy import event

from award.db import session
from award.domain.report import Choice
from award.models import Conflict, JuryText
from award.services import compositions, decisions, results
from tests import builders as b
from tests import stages_in_a_row
from tests.services import judged

HIDDEN = "SENTINEL-IMPROVE"


@pytest.fixture
def world(context):
    found = judged.stage()
    results.lock(found.stage, actor=found.organiser, now=b.NOW)
    found.result = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    return found


def write(world, place, kind, words, language="en"):
    entry = int(place.removeprefix("entry:")) if place.startswith("entry:") else None
    session.add(JuryText(stage_id=world.stage.id, entry_id=entry, place=place, kind=kind, language=language, words=words, saved_at=b.NOW,
                         saved_by_id=world.organiser.id))
    session.flush()


def decide(world, *outcomes):
    for entry, outcome in zip(world.entries, outcomes, strict=False):
        decisions.record(world.result, entry, outcome=outcome, reason="Because.", by=(world.organiser, b.NOW))


def compose(world, language="en", **choice):
    return compositions.compose(world.result, language=language, choice=Choice(**choice))


def statements(app, call):
    found = []
    note = lambda *at: found.append(at[2])  # noqa: E731 - a listener
    session.expire_all()
    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    try:
        call()
    finally:
        event.remove(app.extensions["engine"], "before_cursor_execute", note)
    return len(found)


def test_the_words_of_the_jury_stand_with_their_entry_in_their_language(world):
    first = world.entries[0]
    write(world, f"entry:{first.id}", "motivation", "It moved us.")
    write(world, f"entry:{first.id}", "strengths", "Sterk", "nl")
    write(world, "", "recommendations", "Go on.")
    report = compose(world)
    assert {e.key: e.said.motivation for e in report.entries if e.said.motivation} == {first.number: "It moved us."}
    assert (report.recommendations, report.entries[0].said.strengths) == ("Go on.", "")
    assert [e.said.strengths for e in compose(world, "nl").entries if e.said.strengths] == ["Sterk"]


def test_the_steps_go_from_the_entries_received_to_the_winners(world):
    decide(world, "winner", "commended", "stops")
    assert [(s.name, s.entries) for s in compose(world).process.funnel] == [
        ("Received in time", 3), ("Eligible", 3), ("With a distinction", 2), ("Winners", 1)]


def test_the_steps_end_where_nothing_is_decided_yet(world):
    assert [s.entries for s in compose(world).process.funnel] == [3, 3]


def test_the_first_result_has_no_earlier_one_and_the_second_tells_it(world):
    assert compose(world).earlier is None
    before = world.result
    later = b.NOW + timedelta(hours=1)
    session.refresh(world.stage, ["results"])
    world.result = results.freeze(world.stage, key="again", actor=world.organiser, now=later)
    session.refresh(world.stage, ["results"])
    earlier = compose(world).earlier
    assert (earlier.number, earlier.sha256, earlier.moved, earlier.why) == (1, before.sha256, (), "")


def test_the_public_report_is_composed_without_what_it_hides(world):
    first = world.entries[0]
    write(world, f"entry:{first.id}", "improvements", HIDDEN)
    session.add(Conflict(juror=world.jurors[0], entry=first, kind="declared", reason="private", at=b.NOW, by_id=world.organiser.id))
    decide(world, "winner")
    report = compose(world, variant="public")
    assert HIDDEN not in str(report)
    assert HIDDEN in str(compose(world))
    assert [(c.juror, c.entry) for c in report.jury.conflicts] == [("", "")]
    assert [j.name for j in report.jury.jurors] == ["", ""]
    assert len(report.jury.members) == 2


def test_the_statements_do_not_grow_with_entries_and_texts(app, world):
    decide(world, "winner")
    alone = statements(app, lambda: compose(world))
    for entry in world.entries:
        for kind in ("summary", "strengths", "improvements", "motivation"):
            write(world, f"entry:{entry.id}", kind, "Words.")
    decide(world, "winner", "commended", "stops")
    assert statements(app, lambda: compose(world)) == alone
    assert alone <= 30


def test_answers_of_teams_stand_in_the_magazine_alone(world):
    assert [e.answers for e in compose(world).entries] == [()] * 3
    assert [e.answers for e in compose(world, kind="magazine").entries] == [()] * 3


def test_the_magazine_of_an_early_stage_tells_who_won_in_the_end(context):
    world = stages_in_a_row.build(entries=3, titles=("Jury scoring", "Pitch"))
    first = stages_in_a_row.play(world, world["stages"][0], 2)
    final = stages_in_a_row.judge(world, world["stages"][1])
    stages_in_a_row.decide(world, final, 1)
    outcomes = {kind: [e.decision.outcome for e in compositions.compose(first, language="en", choice=Choice(kind=kind)).entries]
                for kind in ("jury_report", "magazine")}
    assert outcomes == {"jury_report": ["goes_on", "goes_on", "stops"], "magazine": ["winner", "stops", "stops"]}
