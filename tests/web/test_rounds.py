"""The pages of programmes and rounds: created, filled in, refused with nothing lost, opened, closed; how the round stands."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from award import db
from award.models import Event, Office, Programme, Round
from award.services import rounds
from tests import builders as b
from tests.people import signed_in

NEW = {
    "preset": "federal_innovation_award",
    "title-nl": "Editie 2027",
    "title-fr": "",
    "title-de": "",
    "title-en": "Round 2027",
    "code": "fia27",
    "first": "nl",
    "others": ["en"],
    "zone": "Europe/Brussels",
    "opens_on": "2027-04-01",
    "opens_at": "09:00",
    "closes_on": "2027-05-01",
    "closes_at": "17:00",
}


@pytest.fixture
def world(app, clock):
    """A programme with its organiser, an auditor and a stranger, and a round made from the preset."""
    clock.now = b.NOW
    with app.app_context(), db.transaction():
        people = {
            "organiser": b.user("lotte@office.example", name="Lotte Aerts", role="organiser"),
            "auditor": b.user("audit@court.example"),
            "stranger": b.user("else@else.example"),
        }
        programme = b.programme(people["organiser"])
        b.office(programme, people["auditor"], "auditor")
        given = {
            "code": "LA27",
            "title": {"en": "Round 2027", "nl": "Editie 2027"},
            "languages": ["en", "nl"],
            "zone": "Europe/Brussels",
            "opens_at": b.NOW,
            "closes_at": b.NOW + timedelta(days=30),
            "preset": "federal_innovation_award",
        }
        made = rounds.create(programme, given=given, key="x", actor=people["organiser"], now=b.NOW)
        found = SimpleNamespace(
            programme=programme.id,
            round=made.id,
            stage=made.stages[0].id,
            people={role: user.id for role, user in people.items()},
        )
    for role, user_id in found.people.items():
        setattr(found, role, signed_in(app, user_id))
    found.visitor = app.test_client()
    return found


def row(app, model, key):
    with app.app_context():
        found = db.session.get(model, key)
        return {column.key: getattr(found, column.key) for column in model.__mapper__.columns}


def set_state(app, world, round_state, **stage):
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        made.state = round_state
        for name, value in stage.items():
            setattr(made.stages[0], name, value)


def messages(page):
    """The errors that stand beside fields."""
    return re.findall(r'<p class="error"[^>]*>([^<]*)', page)


def texts(answer):
    return answer.get_data(as_text=True)


# programmes


def test_an_organiser_founds_a_programme_and_others_may_not(app, world):
    data = {"name-en": "Lantern", "organiser-en": "Office", "contact": "a@office.example", "key": "k1"}
    answer = world.organiser.post("/programmes/new", data=data)
    assert answer.status_code == 303
    assert world.organiser.post("/programmes/new", data=data).location == answer.location
    assert "Lantern" in texts(world.organiser.get(answer.location))
    assert world.stranger.get("/programmes/new").status_code == 404
    assert world.auditor.get("/programmes/new").status_code == 403


def test_a_programme_without_a_name_comes_back_with_everything_typed(world):
    answer = world.organiser.post("/programmes/new", data={"organiser-fr": "Bureau", "contact": "nobody"})
    assert answer.status_code == 422
    assert messages(texts(answer)) == [
        "Write the name in at least one language.",
        "Write an e-mail address such as name@example.org.",
    ]
    assert 'value="Bureau"' in texts(answer)
    assert 'value="nobody"' in texts(answer)


def test_the_list_of_programmes_shows_only_ones_own(world):
    assert "Lantern Award" in texts(world.auditor.get("/programmes"))
    assert "Lantern Award" not in texts(world.stranger.get("/programmes"))
    assert world.stranger.get(f"/programmes/{world.programme}").status_code == 404


def test_the_contact_changes_also_while_a_call_is_open(app, world):
    set_state(app, world, "open")
    data = {"name-en": "Lantern Award", "organiser-en": "Office", "contact": "new@office.example", "version": "1"}
    assert world.organiser.post(f"/programmes/{world.programme}/edit", data=data).status_code == 303
    assert row(app, Programme, world.programme)["contact"] == "new@office.example"
    stale = world.organiser.post(f"/programmes/{world.programme}/edit", data={**data, "contact": "mine@office.example"})
    assert stale.status_code == 409
    assert "Lotte Aerts saved this page while you were typing." in texts(stale)
    assert '<p class="prose">new@office.example</p>' in texts(stale)
    assert 'value="mine@office.example"' in texts(stale)


def test_an_organiser_appoints_an_auditor_who_reads_and_changes_nothing(app, world):
    where = f"/programmes/{world.programme}/offices"
    assert world.organiser.post(where, data={"email": "else@else.example", "kind": "auditor"}).status_code == 303
    page = texts(world.stranger.get(f"/rounds/{world.round}"))
    assert "The round is being set up" in page
    assert "primary" not in page
    assert world.stranger.get(f"/rounds/{world.round}/edit").status_code == 403
    again = world.organiser.post(where, data={"email": "else@else.example", "kind": "boss"})
    assert (again.status_code, messages(texts(again))) == (422, ["Choose one of the answers listed."])
    with app.app_context():
        office = db.session.scalar(select(Office.id).where(Office.user_id == world.people["stranger"]))
    assert world.organiser.post(f"{where}/end", data={"office": str(office)}).status_code == 303
    assert world.stranger.get(f"/rounds/{world.round}").status_code == 404


# a new round


def post_new(world, **changes):
    data = {**NEW, **changes}
    return world.organiser.post(
        f"/programmes/{world.programme}/rounds/new", data={k: v for k, v in data.items() if v is not None}
    )


def test_a_round_is_created_from_a_preset_in_its_languages(app, world):
    answer = post_new(world)
    assert answer.status_code == 303
    made = row(app, Round, int(answer.location.split("/")[2]))
    assert (made["code"], made["languages"], made["title"]) == (
        "FIA27",
        ["nl", "en"],
        {"nl": "Editie 2027", "en": "Round 2027"},
    )
    assert made["opens_at"].isoformat() == "2027-04-01T07:00:00+00:00"
    page = texts(world.organiser.get(answer.location))
    assert "We zoeken teams in de federale administratie" in page
    assert "Nous cherchons" not in page


ROUND_FAULTS = (
    ({"title-nl": " "}, ["Write the title in the language the round is written in."]),
    ({"code": "F"}, ["Write 2 to 12 capital letters and figures, such as FIA27."]),
    ({"code": "FIA 27"}, ["Write 2 to 12 capital letters and figures, such as FIA27."]),
    ({"code": ""}, ["Write 2 to 12 capital letters and figures, such as FIA27."]),
    ({"opens_on": "soon"}, ["Write the date as day, month and year, such as 26/02/2027."]),
    ({"opens_on": "0001-01-01"}, ["Write the date as day, month and year, such as 26/02/2027."]),
    ({"opens_on": None}, ["Write the day on which the call opens."]),
    ({"closes_at": "25:00"}, ["Write the time as hours and minutes, such as 17:00."]),
    ({"closes_at": ""}, ["Write the time at which the call closes."]),
    ({"closes_on": "2027-03-01"}, ["The call must close after it opens."]),
    ({"zone": "Europe/Nowhere"}, ["Choose one of the answers listed."]),
    ({"first": "xx"}, ["Choose one of the answers listed."]),
    ({"others": ["en", "xx"]}, ["Choose one of the answers listed."]),
    ({"preset": "unknown"}, ["Choose one of the answers listed."]),
    ({"title-en": "x" * 201}, ["This is 201 characters long; at most 200 fit. Shorten it."]),
)


def test_what_is_wrong_with_a_new_round_stands_beside_its_field_and_nothing_is_lost(world):
    for changes, wanted in ROUND_FAULTS:
        answer = post_new(world, **changes)
        assert answer.status_code == 422
        assert sorted(messages(texts(answer))) == sorted(wanted)
        assert "Editie 2027" in texts(answer) or "title-nl" in changes


CLOCKS = (
    ("2027-03-28", "02:30", "in that night the clocks go forward from 02:00 to 03:00"),
    ("2027-10-31", "02:30", "This time comes twice"),
    ("31/10/2027", "2.30", "This time comes twice"),
)


def test_a_time_that_does_not_exist_or_comes_twice_is_refused(world):
    for day, hour, says in CLOCKS:
        answer = post_new(world, opens_on="2027-01-01", closes_on=day, closes_at=hour)
        assert answer.status_code == 422
        assert says in messages(texts(answer))[0]


def test_a_doubled_or_foreign_field_is_refused(world):
    doubled = post_new(world, code=["FIA27", "FIA28"])
    assert (doubled.status_code, "sent twice in one form" in texts(doubled)) == (422, True)
    foreign = post_new(world, state="published")
    assert (foreign.status_code, "something this page does not ask for" in texts(foreign)) == (422, True)


# texts and dates


def edit(world, client=None, **changes):
    data = {
        **NEW,
        "first": "en",
        "others": ["nl"],
        "purpose-en": "Why",
        "purpose-nl": "Waarom",
        "version": "1",
        **changes,
    }
    names = {"preset", "title-fr", "title-de"}
    return (client or world.organiser).post(
        f"/rounds/{world.round}/edit", data={k: v for k, v in data.items() if k not in names and v is not None}
    )


def test_texts_and_dates_are_saved_and_the_set_up_goes_on(app, world):
    answer = edit(world)
    assert (answer.status_code, answer.location) == (303, f"/rounds/{world.round}/fields")
    assert row(app, Round, world.round)["purpose"] == {"en": "Why", "nl": "Waarom"}


def test_a_language_that_is_added_asks_for_its_texts(world):
    answer = edit(world, others=["nl", "de"])
    assert answer.location == f"/rounds/{world.round}/edit"
    assert 'name="purpose-de"' in texts(world.organiser.get(answer.location))


def test_whoever_is_overtaken_sees_both_texts_and_may_send_once_more(app, world):
    edit(world, **{"purpose-en": "Theirs"})
    answer = edit(world, **{"purpose-en": "Mine"})
    page = texts(answer)
    assert answer.status_code == 409
    assert "Lotte Aerts saved this page while you were typing." in page
    assert '<p class="prose">Theirs</p>' in page
    assert ">Mine</textarea>" in page or ">\r\nMine</textarea>" in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    assert edit(world, **{"purpose-en": "Both"}, version=version).status_code == 303
    assert row(app, Round, world.round)["purpose"]["en"] == "Both"


def test_an_open_round_cannot_be_edited(app, world):
    set_state(app, world, "open")
    for answer in (world.organiser.get(f"/rounds/{world.round}/edit"), edit(world)):
        assert answer.status_code == 409
        assert "Take the round back to draft first" in texts(answer)


# its life


def test_a_complete_round_opens_and_closes_and_each_act_is_one_event(app, world):
    where = f"/rounds/{world.round}"
    assert "Open the call?" in texts(world.organiser.get(f"{where}/open"))
    assert world.organiser.post(f"{where}/open", data={}).status_code == 303
    assert world.organiser.post(f"{where}/open", data={}).status_code == 409
    early = world.organiser.post(f"{where}/close", data={"reason": ""})
    assert (early.status_code, messages(texts(early))) == (
        422,
        ["The deadline has not passed. Say why the call closes early."],
    )
    assert world.organiser.post(f"{where}/close", data={"reason": "The hall burned down"}).status_code == 303
    assert world.organiser.post(f"{where}/back", data={"reason": "It was a false alarm"}).status_code == 303
    with app.app_context():
        acts = db.session.scalars(select(Event.act).where(Event.round_id == world.round).order_by(Event.sequence)).all()
    assert acts == ["round_created", "call_opened", "call_closed", "round_taken_back"]
    assert "The hall burned down" in texts(world.auditor.get(where))


def test_a_round_with_gaps_does_not_open(app, world):
    answer = post_new(world, preset="")
    where = answer.location.removesuffix("/edit")
    page = texts(world.organiser.get(where))
    assert "4 things are missing before the call can open." in page
    assert "Write the texts and dates" in page
    assert "nothing is written yet" in texts(world.organiser.get(f"{where}/open"))
    refused = world.organiser.post(f"{where}/open", data={})
    assert (refused.status_code, "Not possible yet." in texts(refused)) == (409, True)


def test_the_deadline_is_extended_with_a_reason(app, world):
    set_state(app, world, "open")
    where = f"/rounds/{world.round}/deadline"
    sooner = world.organiser.post(where, data={"closes_on": "2027-03-02", "closes_at": "12:00", "reason": "x"})
    assert (sooner.status_code, len(messages(texts(sooner)))) == (422, 1)
    data = {"closes_on": "2027-05-02", "closes_at": "12:00", "reason": "A strike"}
    assert world.organiser.post(where, data={**data, "reason": " "}).status_code == 422
    assert world.organiser.post(where, data=data).status_code == 303
    assert row(app, Round, world.round)["closes_at"].isoformat() == "2027-05-02T10:00:00+00:00"


def test_only_the_organiser_acts(world):
    for path in ("edit", "open", "close", "back", "deadline", "archive"):
        assert world.auditor.get(f"/rounds/{world.round}/{path}").status_code == 403, path
        assert world.stranger.get(f"/rounds/{world.round}/{path}").status_code == 404, path
        assert world.visitor.get(f"/rounds/{world.round}/{path}").status_code == 303, path


# how it stands


def judged(app, world, ballots):
    """Two entries, two jurors; `ballots` submitted ones. The stage is open."""
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        stage, organiser = made.stages[0], session.get(b.User, world.people["organiser"])
        entries = [b.entry(made), b.entry(made)]
        pairs = [
            b.assignment(juror, entry)
            for juror in (b.juror(stage, b.user(name="Ada")), b.juror(stage, b.user(name="Bo")))
            for entry in entries
        ]
        for entry in entries:
            b.screening(entry, organiser)
        for assignment in pairs[:ballots]:
            b.ballot(assignment, dict.fromkeys(stage.criteria, 3))
    set_state(app, world, "judging", state="open", closes_at=b.NOW + timedelta(days=39))


def primary(page):
    found = re.search(r'<(?:a|button) class="button primary"[^>]*>([^<]*)<', page)
    return found and found[1].strip()


def stands(world):
    page = texts(world.organiser.get(f"/rounds/{world.round}"))
    lead = re.search(r'<p class="lead">(.*?)</p>', page, re.S)[1]
    return re.search(r"<h1>([^<]*)", page)[1].strip(), " ".join(lead.split()), primary(page)


def test_the_title_the_lead_and_the_one_act_follow_the_state(app, clock, world):
    assert stands(world)[2] == "Open the call"
    set_state(app, world, "open")
    assert stands(world)[::2] == ("The call is open", "Show the entries")
    clock.now = b.NOW + timedelta(days=31)
    world.organiser = signed_in(app, world.people["organiser"])
    assert stands(world) == (
        "The deadline has passed",
        "0 entries are in. Close the call to begin judging.",
        "Close the call",
    )
    clock.now = b.NOW
    set_state(app, world, "judging")
    assert stands(world)[::2] == ("Entries are being screened", "Screen the entries")
    judged(app, world, 3)
    title, lead, act = stands(world)
    assert (title, act) == ("Jury scoring is open", "Remind 1 juror")
    assert lead == "3 of 4 ballots are in. Scoring closes on Friday, 9 April 2027 at 14:00 (Brussels time), in 39 days."


@pytest.mark.parametrize(
    ("round_state", "stage_state", "title", "act"),
    [
        ("judging", "locked", "Scoring is locked", "Freeze the result"),
        ("judging", "open", "All ballots are in", "Lock the scoring"),
        ("decided", "decided", "The decisions are taken", "Publish the result"),
        ("archived", "decided", "The round is archived", "Read the public result"),
    ],
)
def test_after_the_last_ballot_the_way_leads_to_publication(app, world, round_state, stage_state, title, act):
    judged(app, world, 4)
    set_state(app, world, round_state, state=stage_state)
    assert stands(world)[::2] == (title, act)


def test_the_jury_is_formed_before_entries_are_assigned_and_scoring_opens(app, world):
    set_state(app, world, "judging")
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        entry = b.entry(made)
        b.screening(entry, session.get(b.User, world.people["organiser"]))
        entry_id = entry.id
    assert stands(world) == (
        "The jury is being formed",
        "1 entry is eligible. Invite the people who will judge it.",
        "Invite jurors",
    )
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        jurors = [b.juror(made.stages[0]) for _ in range(3)]
        ids = [juror.id for juror in jurors]
    assert stands(world)[::2] == ("Entries go to the jurors", "Assign the entries")
    with app.app_context(), db.transaction() as session:
        for juror_id in ids:
            b.assignment(session.get(b.Juror, juror_id), session.get(b.Entry, entry_id), state="proposed")
    assert stands(world)[::2] == ("Scoring can open", "Open the scoring")
    assert world.organiser.post(f"/stages/{world.stage}/open", data={"reason": ""}).status_code == 303
    assert stands(world)[::2] == ("Jury scoring is open", "Remind 3 jurors")


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
def test_what_is_about_to_be_fixed_names_the_criteria_in_the_language_of_the_reader(app, world, language):
    with app.app_context(), db.transaction() as session:
        stage = session.get(Round, world.round).stages[0]
        names = [row.name.get(language) or row.name["en"] for row in stage.criteria]
        stage.rules = {**stage.rules, "ties": [f"criterion:{stage.criteria[1].key}"]}
    spoken = {"Accept-Language": language}
    call = texts(world.organiser.get(f"/rounds/{world.round}/open", headers=spoken))
    set_state(app, world, "judging")
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        entry = b.entry(made)
        b.screening(entry, session.get(b.User, world.people["organiser"]))
        for _ in range(3):
            b.assignment(b.juror(made.stages[0]), entry, state="proposed")
    scoring = texts(world.organiser.get(f"/stages/{world.stage}/open", headers=spoken))
    assert [[name for name in names if name in page] for page in (call, scoring)] == [names, names]
    mean = {"nl": "het gemiddelde op ‘%s’", "en": "the mean on %s", "fr": "la moyenne sur «\u00a0%s\u00a0»"}[language]
    assert mean % names[1] in scoring


def test_the_page_says_what_stands_before_the_lock_and_how_far_each_juror_is(app, world):
    judged(app, world, 3)
    page = " ".join(texts(world.auditor.get(f"/rounds/{world.round}")).split())
    assert "Before you can lock the scoring" in page
    assert '<a href="#progress">1 of 4 is missing, from 1 juror</a>' in page
    assert "2 of 2" in page
    assert "1 of 2" in page
    assert "primary" not in page


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_page_speaks_each_language(app, world, language):
    judged(app, world, 3)
    page = texts(world.organiser.get(f"/rounds/{world.round}", headers={"Accept-Language": language}))
    for english in ("Before you can", "Progress per juror", "Latest events", "Jury scoring is open", "under way"):
        assert english not in page


def test_of_rounds_made_at_once_with_one_code_the_first_is_made_and_the_others_say_so(app, world):
    """Each with a token of its own, so that no post is a repetition of another."""
    def post(n):
        return world.organiser.post(f"/programmes/{world.programme}/rounds/new", data={**NEW, "key": f"key {n}"})

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(post, range(6)))
    assert sorted(answer.status_code for answer in answers) == [303] + [422] * 5
    assert all("has the code FIA27" in answer.text for answer in answers if answer.status_code == 422)
