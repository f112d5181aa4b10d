"""Several stages in a row through the pages: added, set up, concluded, taken back, and read by everyone in the end."""

from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from award import db
from award.models import Entry, Juror, Mail, Result, Round, Stage
from award.services import assignments, entrants, jurors
from tests import builders as b
from tests import stages_in_a_row as row
from tests.people import signed_in
from tests.rules.conftest import make_app  # noqa: F401

pytestmark = pytest.mark.both_databases


@pytest.fixture
def clock(clock):
    clock.now = b.NOW
    return clock


@pytest.fixture
def world(app, clock):
    """A round with a stage assigned and not open yet, by numbers, and the client of the organiser."""
    return made(app)


def made(app, *, titles=row.TITLES[:1], entries=8):
    with app.app_context(), db.transaction():
        rows = row.build(entries=entries, titles=titles)
        found = SimpleNamespace(round=rows["round"].id, stages=[stage.id for stage in rows["stages"]], organiser=rows["organiser"].id,
                                teams=[team.id for team in rows["teams"]], entries=[entry.id for entry in rows["entries"]],
                                person=rows["jurors"][0].user_id, rows=rows)
    found.client = signed_in(app, found.organiser)
    return found


def page(world, address, status=200):
    answer = world.client.get(address)
    assert answer.status_code == status, address
    return answer.text


def posted(world, address, status=303, **fields):
    answer = world.client.post(address, data=fields)
    assert answer.status_code == status, (address, answer.text)
    return answer


def add(app, world, title):
    """Add a stage through its page; gives its number."""
    answer = posted(world, f"/rounds/{world.round}/stages/new", **{"title-en": title, "criteria": "y", "jury": "y"})
    with app.app_context():
        number = db.session.scalar(select(Stage.id).order_by(Stage.id.desc()))
    assert answer.location == f"/stages/{number}/criteria"
    return number


def judge(app, world, stage_id):
    """Everything between assignment and frozen result; the jurors' ballots are written directly. Gives the number of the result."""
    with app.app_context(), db.transaction():
        stage = db.session.get(Stage, stage_id)
        organiser = stage.round.programme.offices[0].user
        for juror in jurors.of_stage(stage):
            juror.cleared_at = b.NOW
        assignments.confirm(stage, settings=(assignments.EVERYONE, 1), actor=organiser, now=b.NOW)
    posted(world, f"/stages/{stage_id}/open")
    with app.app_context(), db.transaction():
        row.score(db.session.get(Stage, stage_id))
    posted(world, f"/stages/{stage_id}/lock")
    posted(world, f"/stages/{stage_id}/result")
    with app.app_context():
        return db.session.scalar(select(Result.id).order_by(Result.id.desc()))


def decide(app, world, result, best, good="goes_on"):
    with app.app_context():
        stage = db.session.get(Result, result).stage
        numbers = [entry.number for entry in db.session.scalars(entrants.of_stage(stage))]
    for place, number in enumerate(numbers):
        posted(world, f"/results/{result}/decisions/{number}", outcome=good if place < best else "stops", reason=f"Words on {number}.")


def test_a_whole_round_of_three_stages_by_its_pages(app, world):
    first = world.stages[0]
    pitch, final = add(app, world, "Pitch"), add(app, world, "Final")
    assert "Stage 1 of 3: Jury scoring" in page(world, f"/rounds/{world.round}")
    for stage, best in ((first, 4), (pitch, 2)):
        result = judge(app, world, stage)
        decide(app, world, result, best)
        shown = page(world, f"/results/{result}/decisions")
        assert f"{best} entries go on to “" in shown and "Conclude the stage" in shown and "Close the deliberation" not in shown
        assert f"{best} entries go on. Conclude the stage to prepare the next one." in page(world, f"/rounds/{world.round}")
        posted(world, f"/results/{result}/stage-conclusion")
        shown = page(world, f"/rounds/{world.round}")
        assert f"{best} go on" in shown and f"Stage {2 if stage == first else 3} of 3" in shown
        assert "/edit" not in page(world, f"/results/{result}/decisions")
    result = judge(app, world, final)
    decide(app, world, result, 1, "winner")
    posted(world, f"/results/{result}/conclusion")
    before = signed_in(app, world.teams[0])
    assert before.get(f"/rounds/{world.round}/result").status_code == 404
    posted(world, f"/rounds/{world.round}/publication")
    everyone = signed_in(app, None)
    shown = everyone.get(f"/rounds/{world.round}/result").text
    words = ["8 entries", "received", "eligible", "4 entries", "go on after Jury scoring", "2 entries", "go on after Pitch", "1 winner",
             "after Final", "Final: ranking and decisions", "Pitch: ranking and decisions", "Jury scoring: ranking and decisions"]
    places = [shown.index(word) for word in words]
    assert places == sorted(places)
    assert "28 receipts of ballots" in shown and "<h1>Entry 0</h1>" in shown
    for address, name in ((f"/rounds/{world.round}/result.csv", "stage-3"), (f"/rounds/{world.round}/stages/1/result.csv", "stage-1")):
        answer = everyone.get(address)
        assert answer.status_code == 200 and f"LA27-{name}-result-1-en.csv" in answer.headers["Content-Disposition"]
    for absent in ("stages/0/result.csv", "stages/4/result.csv", "stages/1/report-en.pdf", "stages/1/result.pdf"):
        assert everyone.get(f"/rounds/{world.round}/{absent}").status_code == 404
    with app.app_context():
        fates = [mail.body for mail in db.session.scalars(select(Mail).where(Mail.kind == "published").order_by(Mail.id))]
    assert [next(word for word in ("Winner", "Stops here") if f"decision: {word}." in fate) for fate in fates] == ["Winner"] + ["Stops here"] * 7


def test_a_team_sees_nothing_of_going_on_before_the_result_is_public(app, world):
    add(app, world, "Pitch")
    team = signed_in(app, world.teams[0])
    addresses = ("/", f"/entries/{world.entries[0]}", f"/rounds/{world.round}/call")
    result = judge(app, world, world.stages[0])
    before = [team.get(address).text for address in addresses]
    decide(app, world, result, 4)
    posted(world, f"/results/{result}/stage-conclusion")
    assert [team.get(address).status_code for address in addresses] == [200, 200, 200]
    after = [team.get(address).text for address in addresses]
    assert [_bare(text) for text in before] == [_bare(text) for text in after]
    with app.app_context():
        assert [mail.kind for mail in db.session.scalars(select(Mail).where(Mail.user_id.in_(world.teams)))] == []
        assert set(db.session.scalars(select(Entry.state))) == {"submitted"}
    for closed in (f"/stages/{world.stages[0]}/ranking", f"/results/{result}/decisions", f"/rounds/{world.round}"):
        assert team.get(closed).status_code == 404


def _bare(text):
    """The words of a page without what is drawn anew for each answer."""
    return [line for line in text.splitlines() if "csrf" not in line and "head of the history" not in line]


def test_adding_a_stage_asks_for_its_title_and_for_nothing_that_is_not_there(app, world):
    shown = page(world, f"/rounds/{world.round}/stages/new")
    assert "It follows “Jury scoring”." in shown
    answer = posted(world, f"/rounds/{world.round}/stages/new", 422, **{"title-en": ""})
    assert "Write the title of the stage." in answer.text
    posted(world, f"/rounds/{world.round}/stages/new", **{"title-en": "Bare"})
    with app.app_context():
        bare = db.session.scalar(select(Stage).order_by(Stage.id.desc()))
        assert (bare.criteria, bare.jurors) == ([], [])


def test_the_jury_is_taken_over_later_with_one_button(app, world):
    posted(world, f"/rounds/{world.round}/stages/new", **{"title-en": "Pitch", "criteria": "y"})
    with app.app_context():
        pitch = db.session.scalar(select(Stage.id).order_by(Stage.id.desc()))
    assert f"/stages/{pitch}/jury" in page(world, f"/stages/{pitch}/jurors")
    assert "2 people join the jury of “Pitch”" in page(world, f"/stages/{pitch}/jury")
    posted(world, f"/stages/{pitch}/jury")
    assert f"/stages/{pitch}/jury" not in page(world, f"/stages/{pitch}/jurors")
    assert "There is nobody to take over." in page(world, f"/stages/{pitch}/jury")
    assert "There is nobody to take over." in page(world, f"/stages/{world.stages[0]}/jury")


def test_a_draft_stage_is_removed_and_the_first_one_offers_no_such_thing(app, world):
    pitch = add(app, world, "Pitch")
    shown = page(world, f"/rounds/{world.round}")
    assert f"/stages/{pitch}/delete" in shown and f"/stages/{world.stages[0]}/delete" not in shown
    assert "Remove the stage “Pitch”?" in page(world, f"/stages/{pitch}/delete")
    page(world, f"/stages/{world.stages[0]}/delete", 409)
    posted(world, f"/stages/{pitch}/delete")
    assert "The stage “Pitch” is removed." in page(world, f"/rounds/{world.round}")
    page(world, f"/stages/{pitch}/delete", 404)


def test_when_nobody_goes_on_the_page_leads_back_to_the_deliberation(app, world):
    add(app, world, "Pitch")
    result = judge(app, world, world.stages[0])
    decide(app, world, result, 0)
    assert "No entry goes on to “Pitch” yet." in page(world, f"/results/{result}/decisions")
    assert "No entry goes on. Change a decision" in page(world, f"/rounds/{world.round}")
    posted(world, f"/results/{result}/stage-conclusion")
    shown = page(world, f"/rounds/{world.round}")
    assert "<h1>No entry goes on</h1>" in shown and f"/stages/{world.stages[0]}/back" in shown
    assert "back to its deliberation?" in page(world, f"/stages/{world.stages[0]}/back")
    posted(world, f"/stages/{world.stages[0]}/back", reason="Somebody must")
    assert "Every entry has its decision" in page(world, f"/rounds/{world.round}")


def test_one_button_follows_the_cut_line_of_the_rules(app, world):
    add(app, world, "Pitch")
    with app.app_context(), db.transaction():
        first = db.session.get(Stage, world.stages[0])
        first.rules = {**first.rules, "cut": 3}
    result = judge(app, world, world.stages[0])
    assert "Let the first 3 go on, the others stop" in page(world, f"/results/{result}/decisions")
    posted(world, f"/results/{result}/decisions")
    shown = page(world, f"/results/{result}/decisions")
    assert "8 decisions are recorded as the ranking has it." in shown and "3 entries go on to “Pitch”." in shown
    assert "Let the first" not in shown and "Conclude the stage" in shown


def test_wrong_moments_are_told_and_change_nothing(app, world):
    add(app, world, "Pitch")
    result = judge(app, world, world.stages[0])
    for address in (f"/results/{result}/stage-conclusion", f"/results/{result}/conclusion", f"/stages/{world.stages[0]}/delete",
                    f"/stages/{world.stages[0]}/jury"):
        posted(world, address, 409)
    posted(world, f"/results/{result}/decisions/LA27-001", 422, outcome="winner", reason="x")
    decide(app, world, result, 4)
    posted(world, f"/results/{result}/stage-conclusion")
    posted(world, f"/results/{result}/decisions/LA27-001", 409, outcome="stops", reason="x")
    with app.app_context():
        assert db.session.get(Round, world.round).state == "judging"
        assert [stage.state for stage in db.session.scalars(select(Stage).order_by(Stage.position))] == ["decided", "draft"]


def test_the_outcomes_on_offer_are_those_of_the_stage(app, world):
    pitch = add(app, world, "Pitch")
    result = judge(app, world, world.stages[0])
    shown = page(world, f"/results/{result}/decisions/LA27-001")
    assert 'value="goes_on"' in shown and 'value="winner"' not in shown
    decide(app, world, result, 1)
    posted(world, f"/results/{result}/stage-conclusion")
    last = judge(app, world, pitch)
    shown = page(world, f"/results/{last}/decisions/LA27-001")
    assert 'value="winner"' in shown and 'value="goes_on"' not in shown


def test_a_juror_in_two_stages_has_two_juries_and_is_asked_for_conflicts_in_each(app, world):
    pitch = add(app, world, "Pitch")
    person = signed_in(app, world.person)
    assert all(f"{title}</a><small>Round 2027" in person.get("/").text for title in ("Jury scoring", "Pitch"))
    with app.app_context():
        own = db.session.scalar(select(Juror.id).where(Juror.stage_id == pitch, Juror.user_id == world.person))
    waiting = person.get(f"/jurors/{own}").text
    assert "Pitch · Round 2027" in waiting and "Nothing to judge yet." in waiting
    assert person.get(f"/jurors/{own}/conflicts").status_code == 409
    result = judge(app, world, world.stages[0])
    decide(app, world, result, 2)
    posted(world, f"/results/{result}/stage-conclusion")
    assert "First: do you have conflicts of interest?" in person.get(f"/jurors/{own}").text
    asked = person.get(f"/jurors/{own}/conflicts").text
    assert [f"Entry {n}" in asked for n in range(4)] == [True, True, False, False]


def test_a_stranger_and_an_auditor_may_not_change_the_stages(app, world):
    with app.app_context(), db.transaction():
        auditor, stranger = b.user("auditor@court.example"), b.user("stranger@else.example")
        b.office(db.session.get(Round, world.round).programme, auditor, "auditor")
        people = [(auditor.id, 403), (stranger.id, 404)]
    for person, status in people:
        client = signed_in(app, person)
        for address in (f"/rounds/{world.round}/stages/new", f"/stages/{world.stages[0]}/delete", f"/stages/{world.stages[0]}/jury"):
            assert (client.get(address).status_code, client.post(address).status_code) == (status, status)


def test_the_call_shows_the_criteria_of_every_stage(app, world):
    add(app, world, "Pitch")
    shown = signed_in(app, None).get(f"/rounds/{world.round}/call").text
    assert shown.index("Stage 1 of 2: Jury scoring") < shown.index("Stage 2 of 2: Pitch")
    assert shown.count("The question") == 2


def test_the_pages_of_a_later_stage_cost_the_same_however_many_entries(make_app):  # noqa: F811
    costs = []
    for count in (4, 12):
        app = make_app()
        app.config["CLOCK"] = lambda: b.NOW
        world = made(app, titles=row.TITLES[:2], entries=count)
        result = judge(app, world, world.stages[0])
        decide(app, world, result, count // 2)
        posted(world, f"/results/{result}/stage-conclusion")
        seen = []
        event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call, seen=seen: seen.append(call[2]))
        later = f"/stages/{world.stages[1]}"
        addresses = (f"/rounds/{world.round}", f"/results/{result}/decisions", f"{later}/assignments", f"{later}/ranking", f"{later}/open")
        costs.append([_cost(world, seen, address) for address in addresses])
    assert costs[0] == costs[1]


def _cost(world, seen, address):
    world.client.get(address)
    seen.clear()
    page(world, address)
    return len(seen)


@pytest.mark.parametrize("step", ["planned", "opened", "deciding", "decided"])
def test_every_page_of_every_stage_answers_at_every_step(app, world, step):
    later = [add(app, world, "Pitch"), add(app, world, "Final")]
    if step != "planned":
        result = judge(app, world, world.stages[0])
    if step in ("deciding", "decided"):
        decide(app, world, result, 4)
    if step == "decided":
        posted(world, f"/results/{result}/stage-conclusion")
    with app.app_context():
        own = Juror.user_id == world.person
        jurors_of = {stage: db.session.scalar(select(Juror.id).where(Juror.stage_id == stage, own)) for stage in later}
    for stage in (*world.stages, *later):
        for part in ("criteria", "ranking", "jurors", "assignments", "edit", "open", "back", "deadline", "delete", "jury", "lock", "result"):
            assert world.client.get(f"/stages/{stage}/{part}").status_code in (200, 409), (stage, part)
        assert world.client.get(f"/stages/{stage}/ranking").status_code == 200
    for juror in jurors_of.values():
        assert signed_in(app, world.person).get(f"/jurors/{juror}").status_code == 200
        assert world.client.get(f"/jurors/{juror}/conflicts/new").status_code == 200
    for address in ("/", f"/rounds/{world.round}", f"/rounds/{world.round}/history", f"/rounds/{world.round}/publication"):
        page(world, address)
