"""The pages of setting up a round: nothing typed is lost, nothing is overwritten, nothing happens at the wrong moment."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from award import db
from award.models import Category, Criterion, Field, Programme, Round, Rulebook, SpecialAward, Stage, User
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
        category, award = b.category(round_), b.special_award(stage, {stage.criteria[0]: 1})
        amount = b.field(round_, "number", options={"low": "0", "high": None})
        ids = SimpleNamespace(
            programme=programme.id,
            round=round_.id,
            stage=stage.id,
            field=round_.fields[2].id,
            criterion=stage.criteria[0].id,
            criteria=[c.id for c in stage.criteria],
            category=category.id,
            award=award.id,
            amount=amount.id,
            people={"organiser": organiser.id, "auditor": auditor.id, "elsewhere": stranger.id, "member": b.user().id, "visitor": None},
        )
    ids.clients = Clients(app, ids.people)
    ids.client = ids.clients["organiser"]
    return ids


class Clients(dict):
    """A client for each of the people, signed in when it is first asked for."""

    def __init__(self, app, people):
        self.app, self.people = app, people

    def __missing__(self, role):
        self[role] = signed_in(self.app, self.people[role])
        return self[role]


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
    "category": ("/rounds/{round}/categories/new", {"name-en": "Regions"}),
    "category edit": ("/categories/{category}", {}),
    "special award": ("/stages/{stage}/special-awards/new", {"name-en": "Courage", "shares_c{criterion}": "1,5"}),
    "special award edit": ("/special-awards/{award}", {}),
}


def filled(world, name, **changes):
    """The address of a form and what an organiser sends of it."""
    path, typed = FORMS[name]
    path, typed = address(world, path), {address(world, key): value for key, value in typed.items()}
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
        ("rules", {"severity": "guess"}, [f"How far jurors are corrected: {LISTED}"]),
        ("rules", {"method": "additive", "severity": "fixed"}, ["Your own figure (lambda): Write the figure, or have it estimated."]),
        ("rules", {"lam": "-1"}, ["Your own figure (lambda): Write a number from 0 to 1,000,000."]),
        ("rules", {"cut": "2.5"}, ["How many go on: Write a whole number from 1 to 100,000."]),
        ("rules", {"margin": "0"}, ["Closer than this, the jury must deliberate: Write a number from 0.0001 to 100."]),
        ("rules", {"threshold": "much"}, ["Threshold for all criteria together: “much” is not a number. Write it as 7, 7.5 or 7,5."]),
        ("rules", {"threshold": "15.5"}, ["Threshold for all criteria together: Write a number from 0 to 15."]),
        ("rules", {"budget": "1000"}, ["The amount asked: Choose the question that holds the amount asked."]),
        ("rules", {"budget": "1000", "cost_field": "1"}, [f"The amount asked: {LISTED}"]),
        (
            "rules",
            {"method": "borda", "order": "criterion", "missing": "renormalise"},
            [
                "What is reckoned first: This method works on whole ballots. Choose “Each ballot first”, or another method.",
                "When a score is missing: This method needs complete ballots. Choose “The ballot does not count”, or another method.",
            ],
        ),
        ("category", {"name-en": ""}, ["Name (English): Write the name of the category."]),
        ("category", {"name-en": "cities"}, ["Name (English): Another category of this round has this name. Choose a different one."]),
        ("category edit", {"name-nl": "x" * 201}, ["Name (Nederlands): This is 201 characters long; at most 200 fit. Shorten it."]),
        ("special award", {"name-en": ""}, ["Name (English): Write the name of the special award."]),
        (
            "special award",
            {"name-en": "first penguin"},
            ["Name (English): Another special award of this stage has this name. Choose a different one."],
        ),
        ("special award", {"shares_c1": "-1"}, ["What counts for it (Impact): Write a number from 0 to 100,000."]),
        ("special award", {"shares_c1": "a lot"}, ["What counts for it (Impact): “a lot” is not a number. Write it as 7, 7.5 or 7,5."]),
        ("special award edit", {"shares_c1": ""}, ["What counts for it (Impact): At least one criterion must count: give it a number above 0."]),
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
        ("category edit", "name-en", Category, "category"),
        ("special award edit", "description-en", SpecialAward, "award"),
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
    "/rounds/{round}/categories",
    "/rounds/{round}/categories/new",
    "/categories/{category}",
    "/categories/{category}/delete",
    "/stages/{stage}/special-awards",
    "/stages/{stage}/special-awards/new",
    "/special-awards/{award}",
    "/special-awards/{award}/entries",
    "/special-awards/{award}/delete",
]
READ = {PAGES[0], PAGES[4], PAGES[7], PAGES[13], PAGES[17], PAGES[21]}


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_open_to_its_people_only(world, path):
    found = {role: world.clients[role].get(address(world, path)).status_code for role in world.people}
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
        "/categories/{category}/move",
        "/special-awards/{award}/move",
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
        assert re.findall(r'<form[^>]*action="(/(?:rounds|stages|fields|criteria|programmes|categories|special-awards)[^"]*)"', page) == []
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
        ("/rounds/{round}/categories/new", {"draft"}),
        ("/categories/{category}", {"draft"}),
        ("/categories/{category}/delete", {"draft"}),
        ("/stages/{stage}/special-awards/new", {"draft"}),
        ("/special-awards/{award}", {"draft"}),
        ("/special-awards/{award}/entries", {"draft", "open", "judging", "decided", "published", "archived"}),
        ("/special-awards/{award}/delete", {"draft"}),
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


def test_a_criterion_is_removed_once_no_special_award_rests_on_it_and_its_page_is_gone(world):
    path = address(world, "/criteria/{criterion}")
    assert world.client.post(f"{path}/delete").status_code == 409
    assert world.client.post(address(world, "/special-awards/{award}/delete")).status_code == 303
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


def test_only_a_stage_that_follows_another_counts_an_earlier_score(app, world):
    path, data = filled(world, "rules", carried="40")
    assert faults(world.client.post(path, data=data)) == [FOREIGN]
    with app.app_context(), db.transaction():
        following = b.stage(db.session.get(Round, world.round), position=1, title={"en": "Final", "nl": "Finale"})
        b.criterion(following)
        world.stage = following.id
    path, data = filled(world, "rules", carried="37,5")
    assert world.client.post(path, data=data).status_code == 303
    assert kept(app, Stage, world.stage, "rules")["carried"] == "37.5"
    assert form(world.client.get(path).text)["carried"] == ["37.5"]
    for wrong in ("0", "100"):
        answer = world.client.post(path, data={**filled(world, "rules")[1], "carried": wrong})
        assert faults(answer) == ["Share of the stage before, in per cent: Write a number from 0.01 to 99.99."]


def test_rules_that_few_stages_need_are_kept_exactly_said_in_words_and_taken_off_again(app, world):
    more = {"method": "additive", "severity": "fixed", "lam": "2,5", "unconnected": "within", "cut": "10", "margin": "1",
            "threshold": "9,5", "budget": "250000", "cost_field": str(world.amount)}
    path, data = filled(world, "rules", **more)
    assert world.client.post(path, data=data).status_code == 303
    rules = kept(app, Stage, world.stage, "rules")
    assert {name: rules.get(name) for name in ("lambda", "unconnected", "cut", "margin", "threshold", "budget", "cost_field")} == {
        "lambda": "2.5", "unconnected": "within", "cut": 10, "margin": "1", "threshold": "9.5", "budget": "250000", "cost_field": world.amount}
    page = world.client.get(path).text
    assert {name: form(page)[name] for name in more} == {name: [value.replace(",", ".")] for name, value in more.items()}
    assert "Further rules of this stage" in page
    lines = re.findall(r"<li>(.*?)</li>", world.client.get(f"/stages/{world.stage}/criteria").text)
    assert [line for line in lines if "lambda" in line or "budget" in line or "must" in line or "10 entries" in line] == [
        "How far a juror is corrected is fixed: lambda is 2.5. With 0 the correction is full, with a large number there is none.",
        "The means on the criteria must add up to 9.5 or more; otherwise an entry has no place.",
        "10 entries go on. Equal scores across this line are not cut: the jury decides.",
        "When the scores of first and second, of 100, are less than 1 apart, the jury must deliberate before it decides.",
        "A budget of 250,000 is given down the ranking: each entry gets what it asks, until one asks more than is left.",
    ]
    without = dict.fromkeys(("lam", "cut", "margin", "threshold", "budget", "cost_field"), "") | {"method": "mean"}
    assert world.client.post(path, data={**filled(world, "rules")[1], **without}).status_code == 303
    assert set(kept(app, Stage, world.stage, "rules")) == {"method", "order", "trim", "missing", "min_ballots", "ties", "top"}
    assert "Further rules of this stage" not in world.client.get(path).text


def test_the_method_that_fits_the_assignments_is_recommended(app, world):
    address_ = f"/stages/{world.stage}/edit"
    assert "Recommended: the mean where every juror will judge every entry" in world.client.get(address_).text
    with app.app_context(), db.transaction():
        stage = db.session.get(Stage, world.stage)
        jurors, entries = [b.juror(stage) for _ in range(2)], [b.entry(stage.round) for _ in range(2)]
        for juror, entry in zip(jurors, entries, strict=True):
            b.assignment(juror, entry)
    assert "corrected for severity, as not every juror judges every entry" in world.client.get(address_).text
    with app.app_context(), db.transaction():
        stage = db.session.get(Stage, world.stage)
        for juror, entry in zip(stage.jurors, reversed(stage.round.entries), strict=True):
            b.assignment(juror, entry)
    assert "Recommended: the mean, as every juror judges every entry." in world.client.get(address_).text


def test_categories_and_special_awards_move_and_go(app, world):
    with app.app_context(), db.transaction():
        second = b.category(db.session.get(Round, world.round), "Regions").id
        other = b.special_award(db.session.get(Stage, world.stage), {db.session.get(Criterion, world.criterion): 1}, "Other").id
    for path, key, list_ in (("/categories", second, f"/rounds/{world.round}/categories"),
                             ("/special-awards", other, f"/stages/{world.stage}/special-awards")):
        assert world.client.post(f"{path}/{key}/move", data={"direction": "sideways"}).status_code == 422
        assert world.client.post(f"{path}/{key}/move", data={"direction": "up"}).location == list_
        found = re.findall(rf'href="{path}/(\d+)"', world.client.get(list_).text)
        assert found == [str(key), "1"]
        assert world.client.post(f"{path}/{key}/delete", data={}).location == list_
        assert re.findall(rf'href="{path}/(\d+)"', world.client.get(list_).text) == ["1"]


def test_a_special_award_is_limited_to_named_entries_and_two_organisers_see_each_other(app, world):
    with app.app_context(), db.transaction():
        numbers = [b.entry(db.session.get(Round, world.round)).number for _ in range(2)]
    path = f"/special-awards/{world.award}/entries"
    assert "FIA27-001 · Night desk" in world.client.get(path).text
    answer = world.client.post(path, data={"version": "1", "entries": [numbers[1]]})
    assert answer.location == f"/stages/{world.stage}/special-awards"
    assert "<small>For 1 named entry</small>" in world.client.get(answer.location).text
    late = world.client.post(path, data={"version": "1", "entries": [numbers[0]]})
    assert (late.status_code, "FIA27-002" in re.search(r'id="theirs".*?</div>', late.text, re.DOTALL)[0]) == (409, True)
    assert faults(world.client.post(path, data={"version": "2", "entries": ["FIA27-009"]})) == [f"Entries: {LISTED}"]
    assert world.client.post(path, data={"version": "2"}).status_code == 303
    assert kept(app, SpecialAward, world.award, "entries") == []
