"""The pages of screening, jury, conflicts, assignment and reminders: who may, what is refused, what is kept."""

import pytest
from sqlalchemy import event, select

from award import db
from award.models import Assignment, Conflict, Juror, Mail, Screening, Stage
from tests import builders as b
from tests import jury
from tests.people import signed_in


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return jury.made(app)


@pytest.fixture
def organiser(app, world):
    return signed_in(app, world["organiser"])


@pytest.fixture
def juror(app, world):
    return signed_in(app, world["people"][0])


def set_state(app, world, state):
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world["stage"]).state = state


def rows(app, model):
    with app.app_context():
        return db.session.scalars(select(model).order_by(model.id)).all()


def test_screening_goes_from_entry_to_entry(app, world, organiser):
    with app.app_context(), db.transaction() as session:
        for row in session.scalars(select(Screening)):
            session.delete(row)
        for row in session.scalars(select(Assignment)):
            session.delete(row)
    assert "3 entries to screen" in organiser.get(f"/rounds/{world['round']}/screenings").text
    where = f"/entries/{world['entries'][0]}/screening"
    assert "Secret text 0." in organiser.get(where).text
    first = organiser.post(where, data={"eligible": "yes", "reason": "", "version": "0"})
    assert first.location == f"/entries/{world['entries'][1]}/screening"
    organiser.post(first.location, data={"eligible": "no", "reason": "Not an eligible organisation.", "version": "0"})
    last = organiser.post(f"/entries/{world['entries'][2]}/screening", data={"eligible": "yes", "version": "0"})
    assert last.location == f"/rounds/{world['round']}/screenings"
    page = organiser.get(last.location).text
    assert "Every entry is screened" in page
    assert "Not an eligible organisation." in page


@pytest.mark.parametrize("page", ["jurors/new", "assignments/pair"])
def test_a_choice_that_is_not_listed_is_refused_in_the_language_of_the_page(world, organiser, page):
    given = {"people": "A <a@x.example>", "languages": ["zzz"]} if page == "jurors/new" else {"entry": "zzz", "juror": "9" * 30}
    answer = organiser.post(f"/stages/{world['stage']}/{page}", data=given, headers={"Accept-Language": "de"})
    assert (answer.status_code, "Wählen Sie eine der Antworten aus der Liste." in answer.text) == (422, True)
    assert [words for words in ("not a valid", "Invalid Choice", "Konnte nicht umwandeln") if words in answer.text] == []


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"eligible": "maybe"},
        {"eligible": "no"},
        {"eligible": "no", "reason": "  "},
        {"eligible": "yes", "by": "9"},
        {"eligible": ["yes", "no"]},
        {"eligible": "no", "reason": "x" * 2001},
        {"eligible": "no", "reason": "a\0b"},
    ],
)
def test_a_verdict_that_cannot_be_used_comes_back(app, world, organiser, given):
    answer = organiser.post(f"/entries/{world['entries'][0]}/screening", data={"version": "1", **given})
    assert answer.status_code == 422
    assert 'class="summary"' in answer.text
    assert [s.eligible for s in rows(app, Screening)] == [True, True, True]


def test_a_stale_verdict_shows_both(app, world, organiser):
    with app.app_context(), db.transaction() as session:
        for row in session.scalars(select(Assignment)):
            session.delete(row)
    where = f"/entries/{world['entries'][0]}/screening"
    organiser.post(where, data={"eligible": "no", "reason": "What is saved", "version": "1"})
    page = organiser.post(where, data={"eligible": "no", "reason": "What is typed", "version": "1"})
    assert page.status_code == 409
    assert "What is saved" in page.text
    assert "What is typed" in page.text


def test_people_are_invited_from_a_list_and_see_the_charter(app, world, organiser):
    answer = organiser.post(
        f"/stages/{world['stage']}/jurors/new",
        data={
            "people": "Ines <ines@uni.example>\nMarc <marc@lab.example>, Laboratory",
            "organisation": "",
            "languages": ["en", "nl"],
        },
    )
    assert answer.location == f"/stages/{world['stage']}/jurors"
    assert "2 jurors are invited by mail." in organiser.get(answer.location).text
    ines = rows(app, Juror)[2]
    page = signed_in(app, ines.user_id).get(f"/jurors/{ines.id}").text
    assert "Charter of the jury" in page
    assert "Secret text" not in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write at least one name and address."),
        ({"people": "A <a@x.example>\nB"}, "Line 2: write it as Name"),
        ({"people": "A <a@x.example>\nJuror 0 <juror0@uni0.example>"}, "juror0@uni0.example is in this jury already."),
        ({"people": "A <a@x.example>\nB <b@x.example>", "chair": "y"}, "One person takes the chair."),
        ({"people": "A <a@x.example>", "languages": ["xx"]}, "Choose one of the answers listed."),
        ({"people": "A <a@x.example>", "state": "accepted"}, "does not ask for"),
        ({"people": "A <a@x.example>", "organisation": "x" * 201}, "at most 200 fit"),
    ],
)
def test_an_invitation_that_cannot_be_used_comes_back_and_nobody_is_invited(app, world, organiser, given, said):
    answer = organiser.post(f"/stages/{world['stage']}/jurors/new", data=given)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(rows(app, Juror)) == 2
    assert rows(app, Mail) == []


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"act": "maybe"},
        {"act": "accept", "reason": "x" * 2001},
        {"act": ["accept", "decline"]},
        {"act": "accept", "state": "x"},
    ],
)
def test_an_answer_that_cannot_be_used_comes_back(app, world, juror, given):
    set_state(app, world, "draft")
    assert juror.post(f"/jurors/{world['jurors'][0]}/answer", data=given).status_code == 422
    assert rows(app, Juror)[0].state == "accepted"


def test_a_juror_declines_and_may_say_why(app, world, juror):
    set_state(app, world, "draft")
    juror.post(f"/jurors/{world['jurors'][0]}/answer", data={"act": "decline", "reason": ""})
    assert "You have declined" in juror.get(f"/jurors/{world['jurors'][0]}").text
    juror.post(f"/jurors/{world['jurors'][0]}/answer", data={"act": "decline", "reason": "No time"})
    assert rows(app, Juror)[0].reason == "No time"
    set_state(app, world, "open")
    assert juror.post(f"/jurors/{world['jurors'][0]}/answer", data={"act": "accept", "reason": ""}).status_code == 409


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"conflict_{0}": "y"}, "Say in a few words what the conflict of interest is."),
        ({"reason_{0}": "own"}, "Tick this too, or empty the reason."),
        ({"conflict_999": "y"}, "does not ask for"),
        ({"conflict_{0}": "y", "reason_{0}": "x" * 1001}, "at most 1,000 fit"),
    ],
)
def test_a_declaration_that_cannot_be_used_comes_back(app, world, juror, given, said):
    given = {name.format(world["entries"][0]): value for name, value in given.items()}
    answer = juror.post(f"/jurors/{world['jurors'][0]}/conflicts", data=given)
    assert answer.status_code == 422
    assert said in answer.text
    assert rows(app, Conflict) == []


def test_before_declaring_no_content_opens(app, world, juror):
    with app.app_context(), db.transaction() as session:
        session.get(Juror, world["jurors"][0]).cleared_at = None
    assert juror.get(f"/assignments/{world['pairs'][0, 0]}/ballot").status_code == 404
    assert "First: do you have conflicts of interest?" in juror.get(f"/jurors/{world['jurors'][0]}").text


def test_a_conflict_declared_at_an_entry_closes_it(app, world, juror):
    where = f"/assignments/{world['pairs'][0, 0]}"
    assert juror.post(f"{where}/conflict", data={"reason": ""}).status_code == 422
    assert juror.post(f"{where}/conflict", data={"reason": "own work"}).status_code == 303
    assert [juror.get(f"{where}/{page}").status_code for page in ("ballot", "conflict", "refusal")] == [404] * 3
    assert "You declared a conflict of interest" in juror.get(f"/jurors/{world['jurors'][0]}").text


def test_a_conflict_the_organiser_names_is_shown_to_the_juror(app, world, organiser, juror):
    where = f"/jurors/{world['jurors'][0]}/conflicts/new"
    assert [
        organiser.post(where, data=d).status_code
        for d in ({}, {"entry": "999", "reason": "x"}, {"entry": world["entries"][0], "reason": ""})
    ] == [422] * 3
    assert organiser.post(where, data={"entry": world["entries"][0], "reason": "Former member"}).status_code == 303
    assert organiser.post(where, data={"entry": world["entries"][0], "reason": "Again"}).status_code == 409
    assert juror.get(f"/assignments/{world['pairs'][0, 0]}/ballot").status_code == 404
    assert "Former member" in juror.get(f"/jurors/{world['jurors'][0]}").text
    assert "does not count" in organiser.get(f"/stages/{world['stage']}/assignments").text


def test_an_entry_a_juror_cannot_judge_leaves_the_list(app, world, juror):
    where = f"/assignments/{world['pairs'][0, 0]}/refusal"
    assert juror.post(where, data={}).status_code == 422
    assert juror.post(where, data={"reason": "Not my field"}).status_code == 303
    assert juror.get(f"/assignments/{world['pairs'][0, 0]}/ballot").status_code == 404
    assert "Not my field" in juror.get(f"/jurors/{world['jurors'][0]}").text


@pytest.fixture
def unassigned(app, clock):
    clock.now = b.NOW
    return jury.made(app, state="draft", entries=4, jurors=4, assigned=False)


def test_a_juror_accepts_declares_and_waits(app, unassigned):
    world, juror = unassigned, signed_in(app, unassigned["people"][0])
    with app.app_context(), db.transaction() as session:
        row = session.get(Juror, world["jurors"][0])
        row.state, row.cleared_at = "invited", None
    page = f"/jurors/{world['jurors'][0]}"
    answer = juror.post(f"{page}/answer", data={"act": "accept", "reason": ""})
    assert answer.location == f"{page}/conflicts"
    asked = juror.get(answer.location).text
    assert "Entry 0" in asked
    assert "Town 0" in asked
    assert "Secret text" not in asked
    conflict = {f"conflict_{world['entries'][1]}": "y", f"reason_{world['entries'][1]}": "I advised them"}
    assert juror.post(answer.location, data=conflict).location == page
    shown = juror.get(page).text
    assert "Nothing to judge yet." in shown
    assert "I advised them" in shown
    assert [(c.entry_id, c.reason) for c in rows(app, Conflict)] == [(world["entries"][1], "I advised them")]


def test_a_plan_is_shown_before_it_is_kept(app, unassigned):
    organiser = signed_in(app, unassigned["organiser"])
    where = f"/stages/{unassigned['stage']}/assignments"
    assert "Nothing is assigned yet." in organiser.get(where).text
    preview = organiser.get(f"{where}/new?mode=some&readers=2&seed=7").text
    assert "Preview, nobody has been told" in preview
    assert "4 entries, 4 jurors, 8 ballots." in preview
    assert rows(app, Assignment) == []
    assert organiser.post(f"{where}/new", data={"mode": "some", "readers": "2", "seed": "7"}).status_code == 303
    assert len(rows(app, Assignment)) == 8
    assert "The jurors are mailed when the stage opens." in organiser.get(where).text
    set_state(app, unassigned, "open")
    assert "Tell the jurors" in organiser.get(where).text
    assert organiser.post(f"/stages/{unassigned['stage']}/notification").status_code == 303
    assert len(rows(app, Mail)) == 4


@pytest.mark.parametrize(
    "given",
    [
        {"mode": "some"},
        {"mode": "some", "readers": "0", "seed": "1"},
        {"mode": "some", "readers": "2.5", "seed": "1"},
        {"mode": "few", "readers": "2", "seed": "1"},
        {"mode": "everyone", "seed": "-1"},
        {"mode": "everyone", "seed": "9" * 12},
        {"mode": "everyone", "seed": "1", "stage": "2"},
        {"readers": "2", "seed": "1"},
    ],
)
def test_settings_that_cannot_be_used_come_back(app, unassigned, given):
    organiser = signed_in(app, unassigned["organiser"])
    assert organiser.post(f"/stages/{unassigned['stage']}/assignments/new", data=given).status_code == 422
    assert rows(app, Assignment) == []


def test_a_plan_that_cannot_be_says_which_entries_come_too_short(app, unassigned):
    organiser = signed_in(app, unassigned["organiser"])
    where = f"/stages/{unassigned['stage']}/assignments/new"
    assert "LA27-001 (1)" in organiser.get(f"{where}?mode=some&readers=5&seed=1").text
    assert organiser.post(where, data={"mode": "some", "readers": "5", "seed": "1"}).status_code == 409


def test_single_pairs_are_changed_by_hand(app, world, organiser):
    removal = f"/assignments/{world['pairs'][0, 0]}/removal"
    assert organiser.post(removal, data={"reason": ""}).status_code == 422
    assert organiser.post(removal, data={"reason": "Too many"}).status_code == 303
    assert organiser.post(removal, data={"reason": "Again"}).status_code == 409
    pair = f"/stages/{world['stage']}/assignments/pair"
    assert [
        organiser.post(pair, data=d).status_code
        for d in ({}, {"entry": "999", "juror": world["jurors"][0]}, {"entry": "x", "juror": "y"})
    ] == [422] * 3
    assert organiser.post(pair, data={"entry": world["entries"][0], "juror": world["jurors"][0]}).status_code == 303
    assert rows(app, Assignment)[0].state == "notified"
    assert organiser.post(pair, data={"entry": world["entries"][0], "juror": world["jurors"][0]}).status_code == 409


def test_a_reminder_says_how_many_and_goes_out_once_per_post(app, world, organiser):
    where = f"/stages/{world['stage']}/reminder"
    assert "Remind 2 jurors?" in organiser.get(where).text
    assert organiser.post(where).status_code == 303
    assert len(rows(app, Mail)) == 2
    assert jury.acts(app) == ["jurors_reminded"]
    set_state(app, world, "locked")
    assert [organiser.get(where).status_code, organiser.post(where).status_code] == [409, 409]


def test_a_juror_is_changed_and_gets_a_new_link(app, world, organiser):
    where = f"/jurors/{world['jurors'][0]}"
    assert (
        organiser.post(
            f"{where}/edit", data={"organisation": "Elsewhere", "languages": ["de"], "version": "1"}
        ).status_code
        == 303
    )
    stale = organiser.post(f"{where}/edit", data={"organisation": "Nowhere", "version": "1"})
    assert stale.status_code == 409
    assert "Elsewhere" in stale.text
    assert "Nowhere" in stale.text
    assert organiser.post(f"{where}/invitation").status_code == 303
    assert (rows(app, Juror)[0].organisation, len(rows(app, Mail))) == ("Elsewhere", 1)


ORGANISERS = [
    "/rounds/{round}/screenings",
    "/entries/{entry}/screening",
    "/stages/{stage}/jurors",
    "/stages/{stage}/jurors/new",
    "/jurors/{juror}/edit",
    "/jurors/{juror}/conflicts/new",
    "/stages/{stage}/assignments",
    "/stages/{stage}/assignments/new",
    "/stages/{stage}/assignments/pair",
    "/assignments/{pair}/removal",
    "/stages/{stage}/reminder",
    "/stages/{stage}/ballots",
    "/assignments/{pair}/ballot/reopening",
]
READ = {"/rounds/{round}/screenings", "/stages/{stage}/jurors", "/stages/{stage}/assignments"}


def places(world):
    return {
        "round": world["round"],
        "stage": world["stage"],
        "entry": world["entries"][0],
        "juror": world["jurors"][0],
        "pair": world["pairs"][0, 0],
    }


@pytest.mark.parametrize("address", ORGANISERS)
def test_pages_of_the_organiser_are_closed_to_others(app, world, organiser, address):
    with app.app_context(), db.transaction() as session:
        auditor = b.user("auditor@court.example")
        b.office(session.get(Stage, world["stage"]).round.programme, auditor, "auditor")
        auditor_id = auditor.id
    path = address.format(**places(world))
    seen = {
        who: signed_in(app, id_).get(path).status_code
        for who, id_ in (
            ("juror", world["people"][0]),
            ("team", world["teams"][0]),
            ("auditor", auditor_id),
            ("visitor", None),
        )
    }
    assert organiser.get(path).status_code == 200
    assert seen == {"juror": 404, "team": 404, "auditor": 200 if address in READ else 403, "visitor": 303}


@pytest.mark.parametrize("address", [*ORGANISERS, "/stages/{stage}/assignments/new?mode=everyone&seed=1"])
def test_pages_of_the_organiser_cost_the_same_for_3_and_12_rows(app, clock, address):
    clock.now = b.NOW
    costs, seen = [], []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    world = jury.made(app, jurors=3)
    for more in (0, 9):
        _enlarge(app, world, more)
        client = signed_in(app, world["organiser"])
        path = address.format(**places(world))
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]


def _enlarge(app, world, count):
    """Add entries and jurors to the round."""
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, world["stage"])
        organiser = stage.round.programme.offices[0].user
        entries = [b.entry(stage.round, title=f"More {n}") for n in range(count)]
        for entry in entries:
            b.screening(entry, organiser)
        for _ in range(count):
            juror = b.juror(stage)
            for entry in entries:
                b.assignment(juror, entry)
