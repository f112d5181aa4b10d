"""The pages of setting up a round: nothing typed is lost, nothing is overwritten, nothing happens at the wrong moment."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from award import db
from award.models import Criterion, Field, Programme, Round, Rulebook, Stage, User
from tests import builders as b
from tests import jury
from tests.people import signed_in
from tests.services import setting_up
from tests.web.test_entries import faults

ONCE = "This was sent twice in one form. Load the page again and send it once more."
FOREIGN = "The form sent something this page does not ask for. Load the page again and send it once more."
LISTED = "Choose one of the answers listed."
NUL = "The text holds a character that cannot be kept. Type it again without copying."


@pytest.fixture
def world(app, clock):
    """A complete draft from the preset: ids, and clients of its people."""
    clock.now = b.NOW
    with app.app_context(), db.transaction():
        round_, organiser = setting_up.ready()
        programme, stage = round_.programme, round_.stages[0]
        auditor, stranger = b.user("auditor@court.example"), b.user("stranger@elsewhere.example")
        b.office(programme, auditor, "auditor")
        b.office(b.programme(), stranger)
        ids = SimpleNamespace(
            programme=programme.id,
            round=round_.id,
            stage=stage.id,
            field=round_.fields[2].id,
            criterion=stage.criteria[0].id,
            criteria=[c.id for c in stage.criteria],
            people={"organiser": organiser.id, "auditor": auditor.id, "elsewhere": stranger.id, "member": b.user().id, "visitor": None},
        )
    ids.clients = {role: signed_in(app, person) for role, person in ids.people.items()}
    ids.client = ids.clients["organiser"]
    return ids


def address(world, path):
    """A path with the numbers of the world filled in."""
    return path.format(**vars(world))


def change(app, model, key, **values):
    """Set columns behind the pages' back."""
    with app.app_context(), db.transaction() as session:
        for name, value in values.items():
            setattr(session.get(model, key), name, value)


def kept(app, model, key, name):
    with app.app_context():
        return getattr(db.session.get(model, key), name)


def form(page, action=None):
    """What a browser would send of the page's form (the one with that action), untouched."""
    forms = re.findall(r"<form([^>]*)>(.*?)</form>", page, re.DOTALL)
    chosen = next(body for head, body in forms if "flow" in head and (action is None or f'action="{action}"' in head))
    sent = {}
    for tag in re.findall(r"<input [^>]*>", chosen):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if given.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        sent.setdefault(given["name"], []).append(given.get("value", "y" if given.get("type") == "checkbox" else ""))
    for name, body in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', chosen, re.DOTALL):
        sent[name] = [body.strip()]
    for name, body in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', chosen, re.DOTALL):
        sent[name] = re.findall(r'<option value="([^"]*)" selected', body)
    return sent


FORMS = {
    "programme": ("/programmes/new", {"name-en": "Lantern", "organiser-en": "Office", "contact": "a@b.example"}),
    "programme edit": ("/programmes/{programme}/edit", {}),
    "office": ("/programmes/{programme}/offices", {"email": "new@court.example", "kind": "auditor"}),
    "round": (
        "/programmes/{programme}/rounds/new",
        {"code": "LA28", "title-en": "Round 2028", "first": "en", "opens_on": "2028-01-10", "closes_on": "10/02/2028"},
    ),
    "round edit": ("/rounds/{round}/edit", {}),
    "question": ("/rounds/{round}/fields/new?kind=long_text", {"label-en": "Why so?", "max_words": "200"}),
    "question edit": ("/fields/{field}", {}),
    "criterion": ("/stages/{stage}/criteria/new", {"name-en": "Courage", "share": "12,5"}),
    "criterion edit": ("/criteria/{criterion}", {}),
    "rules": ("/stages/{stage}/edit", {}),
}


def filled(world, name, **changes):
    """The address of a form and what an organiser sends of it."""
    path, typed = FORMS[name]
    path = address(world, path)
    return path, {**form(world.client.get(path).text), **typed, **changes}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_filled_in_as_shown_is_accepted(world, name):
    path, data = filled(world, name)
    answer = world.client.post(path, data=data)
    assert (faults(answer), answer.status_code) == ([], 303)
    assert world.client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("name", "changes", "messages"),
    [
        ("programme", {"name-en": ""}, ["Name of the award (Nederlands): Write the name in at least one language."]),
        ("programme", {"organiser-en": ""}, ["Who runs it (Nederlands): Write who runs it in at least one language."]),
        ("programme", {"contact": ""}, ["Contact address: Write the address that people can write to."]),
        ("programme", {"contact": "nobody"}, ["Contact address: Write an e-mail address such as name@example.org."]),
        ("programme", {"name-nl": "x" * 201}, ["Name of the award (Nederlands): This is 201 characters long; at most 200 fit. Shorten it."]),
        ("programme", {"name-fr": "a\x00b"}, [f"Name of the award (Français): {NUL}"]),
        ("programme", {"name-fr": "\u200b"}, [f"Name of the award (Français): {NUL}"]),
        ("programme", {"organiser-de": "a\u202eb"}, [f"Who runs it (Deutsch): {NUL}"]),
        ("criterion", {"name-en": "a\x01b"}, [f"Name (English): {NUL}"]),
        ("round edit", {"purpose-en": "Two\tlines\r\nof\x0btext"}, [f"Purpose (English): {NUL}"]),
        ("office", {"email": ""}, ["E-mail address: Write the person’s e-mail address."]),
        ("office", {"email": "a\x00b@court.example"}, [f"E-mail address: {NUL}"]),
        ("office", {"email": "auditor@court.example"}, ["E-mail address: This person already holds an office in the programme."]),
        ("office", {"kind": "minister"}, [f"Office: {LISTED}"]),
        ("round", {"code": ""}, ["Code: Write 2 to 12 capital letters and figures, such as FIA27."]),
        ("round", {"code": "LA-28"}, ["Code: Write 2 to 12 capital letters and figures, such as FIA27."]),
        ("round", {"code": "L" * 13}, ["Code: Write 2 to 12 capital letters and figures, such as FIA27."]),
        ("round", {"title-en": "", "title-nl": "Ronde"}, ["Title (English): Write the title in the language the round is written in."]),
        ("round", {"first": "xx"}, [f"Written in: {LISTED}", "Title (Nederlands): Write the title in the language the round is written in."]),
        ("round", {"others": ["nl", "xx"]}, [f"And in: {LISTED}"]),
        ("round", {"preset": "../etc"}, [f"Start from: {LISTED}"]),
        ("round", {"zone": "Mars/Olympus"}, [f"Time zone: {LISTED}"]),
        ("round", {"closes_on": ""}, ["Date: Write the day on which the call closes."]),
        ("round", {"closes_on": "31/02/2028"}, ["Date: Write the date as day, month and year, such as 26/02/2027."]),
        ("round", {"closes_at": "25:00"}, ["Time: Write the time as hours and minutes, such as 17:00."]),
        ("round", {"closes_at": ""}, ["Time: Write the time at which the call closes."]),
        ("round", {"opens_on": "2028-02-10", "opens_at": "17:00"}, ["Date: The call must close after it opens."]),
        (
            "round",
            {"closes_on": "2028-03-26", "closes_at": "02:30"},
            ["Time: This time does not exist: in that night the clocks go forward from 02:00 to 03:00. Choose another time."],
        ),
        (
            "round",
            {"closes_on": "2028-10-29", "closes_at": "02:30"},
            ["Time: This time comes twice: in that night the clocks go back. Choose a time outside that hour."],
        ),
        ("round edit", {"title-en": ""}, ["Title (English): Write the title."]),
        ("round edit", {"purpose-nl": "x" * 3001}, ["Purpose (Nederlands): This is 3,001 characters long; at most 3,000 fit. Shorten it."]),
        ("question", {"label-en": ""}, ["Question (English): Write the question."]),
        ("question", {"max_words": "many"}, ["At most how many words: Write a whole number from 1 to 5000."]),
        ("question", {"max_words": "0"}, ["At most how many words: Write a whole number from 1 to 5000."]),
        (
            "question edit",
            {"hint-nl": "x" * 501},
            ["Explanation under the question (Nederlands): This is 501 characters long; at most 500 fit. Shorten it."],
        ),
        ("criterion", {"name-en": ""}, ["Name (English): Write the name of the criterion."]),
        ("criterion", {"name-en": "impact"}, ["Name (English): Another criterion of this stage has this name. Choose a different one."]),
        ("criterion", {"share": ""}, ["Weight: Write a number from 0."]),
        ("criterion", {"share": "-1"}, ["Weight: Write a number from 0 to 100,000."]),
        ("criterion", {"share": "0.00001"}, ["Weight: At most four digits may stand after the point."]),
        ("criterion", {"high": "0"}, ["Highest score: The highest score must be above the lowest."]),
        ("criterion", {"step": "0"}, ["Step: Write a number from 0.0001 to 1,000."]),
        ("criterion", {"step": "2"}, ["Step: The steps must lead from the lowest score to the highest, such as 0 to 5 by 0.5."]),
        ("criterion", {"threshold": "9"}, ["Threshold: The threshold must lie on the scale."]),
        ("criterion", {"better": "louder"}, [f"Direction: {LISTED}"]),
        (
            "criterion edit",
            {"anchors_s5_en": "x" * 301},
            ["Anchors (What earns 5) (English): This is 301 characters long; at most 300 fit. Shorten it."],
        ),
        ("rules", {"title-en": ""}, ["Title (English): Write the title of the stage."]),
        ("rules", {"method": "dice"}, [f"How ballots become a score: {LISTED}"]),
        ("rules", {"tie_1": "criterion:Colour"}, [f"Equal scores are separated by: {LISTED}"]),
        ("rules", {"trim": "0.5"}, ["Left out at each end: Write a whole number from 0 to 50."]),
        ("rules", {"min_ballots": "0"}, ["Fewest ballots: Write a whole number from 1 to 1,000."]),
        ("rules", {"top": "1 and 5"}, ["How many may go on or win: Write whole numbers from 1 to 1000, with commas between them, such as 1, 5."]),
        ("rules", {"closes_on": "2027-03-02", "closes_at": "09:00"}, ["Date: Scoring must close after the call does."]),
        ("rules", {"closes_on": "2027-06-01", "closes_at": ""}, ["Time: Write the time as hours and minutes, such as 17:00."]),
        ("rules", {"closes_on": "", "closes_at": "09:00"}, ["Date: Write the date."]),
    ],
)
def test_what_is_wrong_comes_back_with_its_message_and_everything_typed(world, name, changes, messages):
    path, data = filled(world, name, **changes)
    answer = world.client.post(path, data=data)
    assert (answer.status_code, faults(answer)) == (422, messages)
    again = form(answer.text)
    unknown = {key for key, value in changes.items() if "Choose one of" in str(messages) and value != ["nl", "xx"]} | {"others"}
    typed = {key: value for key, value in changes.items() if key not in unknown and value and "\x00" not in str(value)}
    assert {key: again[key] for key in typed} == {key: [value] for key, value in typed.items()}
    rest = {key: value for key, value in data.items() if key not in changes and key not in ("key", "csrf_token")}
    assert {key: again.get(key) for key in rest} == {key: value if isinstance(value, list) else [value] for key, value in rest.items()}


@pytest.mark.parametrize("name", FORMS)
def test_doubled_and_foreign_values_are_refused_by_every_form(world, name):
    path, data = filled(world, name)
    first = next(key for key in data if key not in ("csrf_token", "key", "version", "others", "types"))
    assert ONCE in faults(world.client.post(path, data={**data, first: ["a", "b"]}))
    answer = world.client.post(path, data={**data, "state": "published"})
    assert (answer.status_code, faults(answer)) == (422, [FOREIGN])


@pytest.mark.parametrize("name", [name for name in FORMS if name.endswith("edit") or name == "rules"])
@pytest.mark.parametrize("version", ["", "0", "x", "9" * 5000])
def test_a_form_without_a_true_version_is_overtaken(world, name, version):
    path, data = filled(world, name, version=version)
    assert world.client.post(path, data=data).status_code == 409


@pytest.mark.parametrize(
    ("name", "part", "model", "key"),
    [
        ("programme edit", "name-en", Programme, "programme"),
        ("round edit", "purpose-en", Round, "round"),
        ("question edit", "label-en", Field, "field"),
        ("criterion edit", "anchors_s5_en", Criterion, "criterion"),
        ("rules", "title-en", Stage, "stage"),
    ],
)
def test_an_overtaken_form_shows_both_texts_and_can_be_sent_once_more(app, world, name, part, model, key):
    path, mine = filled(world, name, **{part: "What I typed"})
    _path, theirs = filled(world, name, **{part: "What they saved"})
    assert world.client.post(path, data=theirs).status_code == 303
    answer = world.client.post(path, data=mine)
    assert answer.status_code == 409
    assert "What they saved" in re.search(r'id="theirs".*?</div>', answer.text, re.DOTALL)[0]
    again = form(answer.text)
    assert again[part] == ["What I typed"]
    assert world.client.post(path, data=again).status_code == 303
    assert form(world.client.get(path).text)[part] == ["What I typed"]


PAGES = [
    "/programmes/{programme}",
    "/programmes/{programme}/edit",
    "/programmes/{programme}/offices",
    "/programmes/{programme}/rounds/new",
    "/rounds/{round}",
    "/rounds/{round}/edit",
    "/rounds/{round}/open",
    "/rounds/{round}/fields",
    "/rounds/{round}/fields/new?kind=file",
    "/fields/{field}",
    "/fields/{field}/delete",
    "/stages/{stage}/edit",
    "/stages/{stage}/deadline",
    "/stages/{stage}/criteria",
    "/stages/{stage}/criteria/new",
    "/criteria/{criterion}",
    "/criteria/{criterion}/delete",
]
READ = {PAGES[0], PAGES[4], PAGES[7], PAGES[13]}


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_open_to_its_people_only(world, path):
    found = {role: client.get(address(world, path)).status_code for role, client in world.clients.items()}
    assert found == {"organiser": 200, "auditor": 200 if path in READ else 403, "elsewhere": 403, "member": 404, "visitor": 303}


@pytest.mark.parametrize(
    "path",
    [
        *(path for path in PAGES if path not in READ),
        "/rounds/{round}/close",
        "/rounds/{round}/deadline",
        "/rounds/{round}/back",
        "/rounds/{round}/archive",
        "/fields/{field}/move",
        "/stages/{stage}/shares",
        "/stages/{stage}/open",
        "/stages/{stage}/back",
        "/programmes/{programme}/offices/end",
    ],
)
def test_the_auditor_and_strangers_change_nothing(app, world, path):
    roles = ("auditor", "elsewhere", "member", "visitor")
    assert [world.clients[role].post(address(world, path)).status_code for role in roles] == [403, 403, 404, 303]
    assert jury.acts(app) == ["round_created"]


def test_the_auditor_reads_how_the_round_stands_without_buttons(world):
    for path in READ:
        page = world.clients["auditor"].get(address(world, path)).text
        assert re.findall(r'<form[^>]*action="(/(?:rounds|stages|fields|criteria|programmes)[^"]*)"', page) == []
        assert "/edit" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("path", "states"),
    [
        ("/rounds/{round}/edit", {"draft"}),
        ("/rounds/{round}/open", {"draft"}),
        ("/rounds/{round}/close", {"open"}),
        ("/rounds/{round}/deadline", {"open"}),
        ("/rounds/{round}/back", {"open", "judging", "decided"}),
        ("/rounds/{round}/archive", {"published"}),
        ("/rounds/{round}/fields/new?kind=number", {"draft"}),
        ("/fields/{field}", {"draft"}),
        ("/fields/{field}/delete", {"draft"}),
        ("/stages/{stage}/edit", {"draft"}),
        ("/stages/{stage}/open", {"judging"}),
        ("/stages/{stage}/criteria/new", {"draft"}),
        ("/criteria/{criterion}", {"draft"}),
        ("/criteria/{criterion}/delete", {"draft"}),
    ],
)
def test_at_the_wrong_moment_a_page_says_what_to_do(app, world, path, states):
    found = set()
    for state in ("draft", "open", "judging", "decided", "published", "archived"):
        change(app, Round, world.round, state=state)
        answer = world.client.get(address(world, path))
        found |= {state} if answer.status_code == 200 else set()
        assert answer.status_code in (200, 409)
    assert found == states


def test_the_preset_round_is_opened_at_once_and_an_empty_one_says_what_is_missing(app, world):
    path, data = filled(world, "round", preset="federal_innovation_award", others="nl")
    made = world.client.post(path, data=data).location.removesuffix("/edit")
    assert world.client.post(path, data=data).location == f"{made}/edit"
    assert "Everything is ready." in world.client.get(made).text
    assert world.client.post(f"{made}/open").location == made
    assert "<h1>The call is open</h1>" in re.sub(r"<h1[^>]*>", "<h1>", world.client.get(made).text)
    empty = world.client.post(path, data={**filled(world, "round")[1], "preset": "", "code": "EMPTY"}).location.removesuffix("/edit")
    page = world.client.get(empty).text
    for finding in ("nothing is written yet", "no question yet", "no criterion yet", "no criterion counts yet"):
        assert finding in page
    assert "These checks do not pass:" in world.client.get(f"{empty}/open").text
    refused = world.client.post(f"{empty}/open")
    assert (refused.status_code, "nothing is written yet" in refused.text) == (409, True)


def test_the_deadline_is_extended_with_a_reason(app, world):
    change(app, Round, world.round, state="open")
    path = address(world, "/rounds/{round}/deadline")
    data = form(world.client.get(path).text)
    assert (data["closes_on"], data["closes_at"]) == (["2027-03-31"], ["14:00"])
    assert faults(world.client.post(path, data={**data, "closes_on": "2027-04-02"})) == ["Why: Say why: teams, jury and auditor can read it."]
    answer = world.client.post(path, data={**data, "closes_on": "2027-03-28", "closes_at": "02:30", "reason": "Storm"})
    assert faults(answer) == ["Time: This time does not exist: in that night the clocks go forward from 02:00 to 03:00. Choose another time."]
    assert world.client.post(path, data={**data, "closes_on": "2.4.2027", "reason": "Storm"}).status_code == 303
    assert kept(app, Round, world.round, "closes_at") == b.NOW + timedelta(days=32)
    assert "Reason: Storm" in world.client.get(address(world, "/rounds/{round}")).text


def test_a_round_is_taken_back_with_a_reason_that_stands_in_the_history(app, world):
    change(app, Round, world.round, state="open")
    path = address(world, "/rounds/{round}/back")
    answer = world.client.post(path, data={"reason": "  "})
    assert (answer.status_code, faults(answer)) == (422, ["Why: Say why: teams, jury and auditor can read it."])
    assert faults(world.client.post(path, data={"reason": "x" * 1001})) == ["Why: This is 1,001 characters long; at most 1,000 fit. Shorten it."]
    assert world.client.post(path, data={"reason": "A question was wrong"}).status_code == 303
    assert kept(app, Round, world.round, "state") == "draft"
    assert "A question was wrong" in world.client.get(address(world, "/rounds/{round}")).text


def test_a_call_closes_early_with_a_reason(app, world):
    change(app, Round, world.round, state="open")
    path = address(world, "/rounds/{round}/close")
    assert faults(world.client.post(path)) == ["Why: The deadline has not passed. Say why the call closes early."]
    assert world.client.post(path, data={"reason": "Elections"}).status_code == 303
    assert "Entries are being screened" in world.client.get(address(world, "/rounds/{round}")).text


def test_a_round_keeps_its_title_when_its_language_changes(app, world):
    path, data = filled(world, "round edit", first="de", others=[])
    assert world.client.post(path, data=data).status_code == 303
    assert kept(app, Round, world.round, "languages") == ["de"]
    assert "Award 2027" in world.client.get(address(world, "/rounds/{round}")).text


def test_questions_move_and_go(app, world):
    path = address(world, "/fields/{field}")
    assert world.client.post(f"{path}/move", data={"direction": "up"}).status_code == 303
    assert kept(app, Field, world.field, "position") == 1
    assert world.client.post(f"{path}/move", data={"direction": "sideways"}).status_code == 422
    assert world.client.post(f"{path}/delete").status_code == 303
    assert world.client.get(path).status_code == 404
    assert world.client.get(address(world, "/rounds/{round}/fields/new?kind=colour")).status_code == 404


def test_answers_to_choose_from_keep_their_lines(app, world):
    path = address(world, "/rounds/{round}/fields/new?kind=multiple_choice")
    data = {**form(world.client.get(path).text), "label-en": "Where?"}
    answer = world.client.post(path, data={**data, "choices-en": "Here"})
    assert (answer.status_code, form(answer.text)["choices-en"]) == (422, ["Here"])
    assert world.client.post(path, data={**data, "choices-en": "Here\nThere"}).status_code == 303
    assert "2 answers to choose from" in world.client.get(address(world, "/rounds/{round}/fields")).text


def test_weights_are_kept_as_typed_and_worked_out(app, world):
    path = address(world, "/stages/{stage}/shares")
    names = [f"share_{number}" for number in world.criteria]
    version = str(kept(app, Stage, world.stage, "version"))
    wrong = world.client.post(path, data={"version": version, names[0]: "some", names[1]: "1", names[2]: "1"})
    assert (wrong.status_code, form(wrong.text)[names[0]]) == (422, ["some"])
    none = world.client.post(path, data={"version": version, **dict.fromkeys(names, "0")})
    assert (none.status_code, len(faults(none))) == (422, 1)
    assert world.client.post(path, data={"version": version, **dict.fromkeys(names, "2,5")}).status_code == 303
    assert kept(app, Criterion, world.criterion, "share") * 10 == 25
    stale = world.client.post(path, data={"version": version, **dict.fromkeys(names, "7")})
    assert (stale.status_code, form(stale.text)[names[0]], "2.5" in stale.text) == (409, ["7"], True)


def test_a_criterion_is_removed_and_its_page_is_gone(world):
    path = address(world, "/criteria/{criterion}")
    assert world.client.post(f"{path}/delete").status_code == 303
    assert world.client.get(path).status_code == 404


def test_offices_are_given_and_ended(app, world):
    path = address(world, "/programmes/{programme}/offices")
    page = world.client.get(path).text
    office = re.search(r'name="office" value="(\d+)"', page)[1]
    for foreign in ("x", "9" * 50, "\u0663", ""):
        assert world.client.post(f"{path}/end", data={"office": foreign}).status_code == 303
    assert world.client.post(f"{path}/end", data={"office": office}).status_code == 303
    assert "auditor@court.example" not in world.client.get(path).text
    assert world.clients["auditor"].get(address(world, "/rounds/{round}")).status_code in (403, 404)


def test_only_those_who_may_found_programmes_see_the_form(app, world):
    assert [world.clients[role].get("/programmes/new").status_code for role in ("member", "auditor", "visitor")] == [404, 403, 303]
    change(app, User, world.people["member"], role="organiser")
    assert world.clients["member"].get("/programmes/new").status_code == 200
    assert "You run no award here yet." in world.clients["member"].get("/programmes").text


def test_opening_the_scoring_publishes_the_frozen_rules_with_their_checksum(app, clock):
    clock.now = b.NOW
    ids = jury.made(app, state="draft")
    client, visitor = signed_in(app, ids["organiser"]), app.test_client()
    assert "Open the scoring?" in client.get(f"/stages/{ids['stage']}/open").text
    assert client.post(f"/stages/{ids['stage']}/open").status_code == 303
    with app.app_context():
        row = db.session.query(Rulebook).one()
        number, checksum, body = row.id, row.sha256, row.body
    page = visitor.get(f"/rulebooks/{number}").text
    assert checksum in page and "Version 1." in page
    assert visitor.get(f"/rulebooks/{number}.json").data == body.encode()
    assert client.get(f"/stages/{ids['stage']}/open").status_code == 409
    assert client.post(f"/stages/{ids['stage']}/back", data={"reason": "Threshold"}).status_code == 303
    again = client.post(f"/stages/{ids['stage']}/open")
    assert (again.status_code, faults(again)) == (422, ["Why: The rules were frozen before, so a new version needs a reason."])
    assert client.post(f"/stages/{ids['stage']}/open", data={"reason": "Mended"}).status_code == 303
    assert "Version 2. Reason: Mended" in visitor.get(f"/rulebooks/{number + 1}").text


def test_the_closing_time_of_scoring_is_moved_with_a_reason(app, clock):
    clock.now = b.NOW
    ids = jury.made(app)
    client, path = signed_in(app, ids["organiser"]), f"/stages/{ids['stage']}/deadline"
    data = form(client.get(path).text)
    assert faults(client.post(path, data=data)) == ["Why: Say why: the jury and the auditor read it."]
    assert client.post(path, data={**data, "closes_on": "2027-03-20", "reason": "Ill"}).status_code == 303
    change(app, Stage, ids["stage"], state="locked")
    assert client.get(path).status_code == 409


def statements(app, client, path):
    """The number of statements that one page takes."""
    seen = []
    with app.app_context():
        engine = db.session.get_bind().engine
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert client.get(path).status_code == 200
    return len(seen)


def test_the_page_of_a_round_takes_as_many_statements_for_few_entries_as_for_many(app, clock):
    clock.now = b.NOW
    ids = jury.made(app)
    client, path = signed_in(app, ids["organiser"]), f"/rounds/{ids['round']}"
    few = statements(app, client, path)
    with app.app_context(), db.transaction() as session:
        round_ = session.get(Round, ids["round"])
        for number in range(10):
            entry = b.entry(round_, title=f"More {number}")
            b.screening(entry, session.get(User, ids["organiser"]))
            b.assignment(b.juror(session.get(Stage, ids["stage"])), entry)
    assert statements(app, client, path) == few
