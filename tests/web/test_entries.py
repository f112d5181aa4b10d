"""The pages of an entry: nothing typed is lost, nothing late counts, nobody sees what is not theirs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from award import db
from award.models import Entry, Event, Mail, Version
from tests import builders as b
from tests.people import signed_in
from tests.web.writing import begin, form

MS = timedelta(milliseconds=1)
START = {
    "title": "River watch",
    "team": "Water",
    "organisation": "Port",
    "language": "nl",
    "initiative": "finished",
    "key": "k1",
}


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return begin(app)


def kept(app, model, *columns):
    with app.app_context():
        return db.session.execute(select(*(getattr(model, c) for c in columns)).order_by(model.id)).all()


def faults(answer):
    """The messages of the summary."""
    summary = re.search(r'<div class="summary".*?</ul>', answer.text, re.DOTALL)
    return (
        [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>.*?</li>", summary[0], re.DOTALL)]
        if summary
        else []
    )


def move(app, world, clock, instant):
    """Go to another instant; everybody signs in again there."""
    clock.now = instant
    world.clients.update({role: signed_in(app, user_id) for role, user_id in world.people.items()})


def edit(world):
    return f"/entries/{world.entry}/edit"


def test_an_entry_is_started_once_and_leads_to_its_form(app, world):
    address = f"/rounds/{world.round}/entries/new"
    assert world.clients["stranger"].get(address).status_code == 200
    first, second = (world.clients["stranger"].post(address, data=START) for _time in range(2))
    assert (first.status_code, first.location, second.location) == (303, "/entries/2/edit", "/entries/2/edit")
    assert kept(app, Entry, "title", "language", "initiative")[1:] == [("River watch", "nl", "finished")]
    assert world.clients["stranger"].get(first.location).status_code == 200


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"title": " "}, ["Title: Give the entry a title. You can change it later."]),
        ({"team": "x" * 201}, ["Team: This is 201 characters long; at most 200 fit. Shorten it."]),
        (
            {"organisation": "a\x00b"},
            ["Your organisation: The text holds a character that cannot be kept. Type it again without copying."],
        ),
        ({"language": "fr"}, ["Language of the entry: Choose one of the answers listed."]),
        (
            {"title": ["a", "b"]},
            [
                "This was sent twice in one form. Load the page again and send it once more.",
                "Title: This was sent twice in one form. Load the page again and send it once more.",
            ],
        ),
        (
            {"state": "submitted"},
            ["The form sent something this page does not ask for. Load the page again and send it once more."],
        ),
    ],
)
def test_a_faulty_start_gets_the_page_back_with_what_to_do(app, world, change, messages):
    sent = {name: value for name, value in (START | change).items() if value is not None}
    answer = world.clients["stranger"].post(f"/rounds/{world.round}/entries/new", data=sent)
    assert (answer.status_code, faults(answer)) == (422, messages)
    assert "Water" in answer.text or "team" in change
    assert len(kept(app, Entry, "id")) == 1


def test_a_visitor_signs_in_first_and_nobody_starts_in_a_closed_call(app, world, clock):
    address = f"/rounds/{world.round}/entries/new"
    assert world.clients["visitor"].get(address).location == f"/sign-in?next=/rounds/{world.round}/entries/new"
    move(app, world, clock, b.NOW + timedelta(days=30))
    assert world.clients["stranger"].get(address).status_code == 409
    answer = world.clients["stranger"].post(address, data=START)
    assert answer.status_code == 409
    assert "so it is too late" in faults(answer)[0]
    assert "River watch" in answer.text


def test_a_round_being_prepared_does_not_show_that_it_exists(app, world):
    with app.app_context(), db.transaction():
        db.session.get(Entry, world.entry).round.state = "draft"
    for number in (world.round, 99):
        assert world.clients["stranger"].get(f"/rounds/{number}/entries/new").status_code == 404


def test_a_draft_is_saved_and_shown_again(app, world):
    answer = world.clients["nora"].post(
        edit(world),
        data=form(world, multiple_choice=["c2", "c1"], single_choice="c1", web_address="https://www.example.org/é"),
    )
    assert (answer.status_code, answer.location) == (303, edit(world))
    f = world.fields
    assert kept(app, Entry, "draft", "version") == [
        (
            {
                str(f["long_text"]): "One letter",
                str(f["number"]): "12.5",
                str(f["single_choice"]): "c1",
                str(f["multiple_choice"]): ["c1", "c2"],
                str(f["web_address"]): "https://www.example.org/é",
            },
            2,
        )
    ]
    page = world.clients["nora"].get(edit(world)).text
    assert 'value="12.5"' in page
    assert page.count("checked") == 5


@pytest.mark.parametrize(
    ("language", "typed", "read"),
    [("en", "1234.5", "1,234.5"), ("nl", "1234,5", "1.234,5"), ("fr", "1234,5", "1\u00a0234,5"), ("de", "1234,5", "1.234,5")],
)
def test_a_number_is_typed_plainly_and_read_in_the_signs_of_the_language(app, world, language, typed, read):
    nora, spoken = world.clients["nora"], {"Accept-Language": language}
    nora.post(edit(world), data=form(world, number="1234,5"))
    assert f'value="{typed}"' in nora.get(edit(world), headers=spoken).text
    assert submit(world).status_code == 303
    for address in ("", "/submission", "/versions/1"):
        assert f"<p>{read}</p>" in nora.get(f"/entries/{world.entry}{address}", headers=spoken).text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"number": "about 90k"}, "number: “about 90k” is not a number. Write it as 7, 7.5 or 7,5."),
        (
            {"web_address": "javascript:alert(1)"},
            "web_address: Write a web address that begins with https:// or http://, for example https://www.example.org.",
        ),
        ({"single_choice": "c9"}, "single_choice: Choose one of the answers listed."),
        ({"multiple_choice": ["c1", "c9"]}, "multiple_choice: Choose one of the answers listed."),
        ({"short_text": "x" * 301}, "short_text: This is 301 characters long; at most 300 fit. Shorten it."),
        ({"long_text": "x" * 50_001}, "long_text: This is 50001 characters long; at most 50000 fit. Shorten it."),
        ({"file": "plan.pdf"}, "file: Choose a file."),
        ({"initiative": "won"}, "The initiative is now: Choose one of the answers listed."),
        ({"language": "de"}, "Language of the entry: Choose one of the answers listed."),
        ({"summary": "x" * 2001}, "Summary: This is 2,001 characters long; at most 2,000 fit. Shorten it."),
        (
            {"number_of_votes": "1"},
            "The form sent something this page does not ask for. Load the page again and send it once more.",
        ),
    ],
)
def test_what_cannot_be_kept_gets_the_page_back_with_all_that_was_typed(app, world, change, message):
    sent = form(world, title="Typed meanwhile", **change)
    answer = world.clients["nora"].post(edit(world), data=sent)
    assert (answer.status_code, faults(answer)) == (422, [message])
    assert "Typed meanwhile" in answer.text
    assert "<title>Error: " in answer.text
    assert kept(app, Entry, "title", "version") == [("Night desk", 1)]
    assert world.clients["nora"].post(f"/entries/{world.entry}/draft", data=sent).status_code == 422


INTERNAL = (
    "id",
    "number",
    "state",
    "reason",
    "due_at",
    "draft",
    "round_id",
    "saved_by_id",
    "created_at",
    "saved_at",
    "members",
    "numbered",
)


@pytest.mark.parametrize("name", INTERNAL)
def test_no_column_can_be_set_by_sending_its_name(app, world, name):
    answer = world.clients["nora"].post(
        edit(world), data=form(world, **{name: "1"}) if name != "number" else form(world) | {"number": "1"}
    )
    assert answer.status_code == 422
    assert kept(app, Entry, "version") == [(1,)]


def test_too_many_words_are_saved_and_pointed_out(app, world):
    answer = world.clients["nora"].post(edit(world), data=form(world, long_text="one two three four five six"))
    assert answer.status_code == 303
    page = world.clients["nora"].get(edit(world))
    assert faults(page) == ["long_text: 6 words, 1 more than allowed"]
    assert "Saved, but one answer needs mending before you submit" in page.text
    assert page.status_code == 200


def draft(world, who="nora", **changes):
    return world.clients[who].post(f"/entries/{world.entry}/draft", data=form(world, **changes))


def test_autosave_answers_with_the_new_version_and_the_clock_of_the_round(app, world, clock):
    clock.now = b.NOW + timedelta(minutes=3)
    answer = draft(world, title="Saved")
    assert (answer.status_code, answer.data) == (204, b"")
    assert (answer.headers["X-Award-Version"], answer.headers["X-Award-Saved"]) == ("2", "13:03")
    again = draft(world, title="Saved")
    assert (again.status_code, again.headers["X-Award-Version"]) == (204, "2")


def test_two_colleagues_typing_see_both_texts_and_the_second_can_go_on(app, world):
    assert draft(world, "tom", title="Tom’s title", long_text="Tom’s text", initiative="finished").status_code == 204
    assert draft(world, title="Nora’s title").status_code == 409
    answer = world.clients["nora"].post(edit(world), data=form(world, title="Nora’s title"))
    assert answer.status_code == 409
    assert faults(answer) == [
        "Tom saved this page while you were typing. Nothing is lost: both texts are below. Keep one, or combine them."
    ]
    for written in ("Nora’s title", "Tom’s title", "Tom’s text", "One letter", '<p class="prose">Finished</p>'):
        assert written in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert (
        world.clients["nora"].post(edit(world), data=form(world, title="Both titles", version="2")).status_code == 303
    )
    assert kept(app, Entry, "title") == [("Both titles",)]


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "99", "٢"])
def test_a_form_without_a_usable_version_overwrites_nothing(app, world, version):
    assert world.clients["nora"].post(edit(world), data=form(world, title="New", version=version)).status_code == 409
    assert kept(app, Entry, "title") == [("Night desk",)]


@pytest.mark.parametrize(("at", "status"), [(-MS, 303), (0 * MS, 409), (MS, 409)])
def test_at_the_deadline_the_clock_of_the_server_decides(app, world, clock, at, status):
    move(app, world, clock, b.NOW + timedelta(days=30) + at)
    answer = world.clients["nora"].post(edit(world), data=form(world, title="In the last second"))
    assert answer.status_code == status
    assert kept(app, Entry, "title") == [("In the last second" if status == 303 else "Night desk",)]
    if status == 409:
        assert "In the last second" in answer.text
        assert world.clients["nora"].get(edit(world)).location == f"/entries/{world.entry}"


def test_what_a_team_typed_after_the_deadline_is_in_the_form_still(app, world, clock):
    move(app, world, clock, b.NOW + timedelta(days=30))
    answer = world.clients["nora"].post(edit(world), data=form(world, long_text="Line one\nLine two", summary="In short"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (409, "no-store")
    assert re.findall(r"<textarea[^>]*>\s*([^<]+)</textarea>", answer.text) == ["In short", "Line one\nLine two"]


def submit(world, who="nora", version="2", key="s"):
    return world.clients[who].post(f"/entries/{world.entry}/submission", data={"version": version, "key": key})


def test_what_is_missing_is_listed_with_links_and_stops_the_submission(app, world):
    page = world.clients["nora"].get(f"/entries/{world.entry}/submission")
    assert re.findall(r'<a href="(/entries/1/edit#q\d+)">', page.text) == [
        f"{edit(world)}#q{world.fields['long_text']}",
        f"{edit(world)}#q{world.fields['number']}",
    ]
    assert submit(world, version="1").status_code == 422
    assert kept(app, Version, "id") == []


def test_an_entry_is_submitted_with_a_receipt_on_screen_and_by_mail(app, world):
    answer = world.clients["nora"].post(edit(world), data=form(world, act="check"))
    assert answer.location == f"/entries/{world.entry}/submission"
    assert "Ready to submit" in world.clients["nora"].get(answer.location).text
    first, second = (submit(world) for _time in range(2))
    assert (first.status_code, first.location, second.location) == (303, *[f"/entries/{world.entry}/versions/1"] * 2)
    receipt = world.clients["nora"].get(first.location).text
    ((checksum,),) = kept(app, Version, "checksum")
    assert "LA27-001" in receipt
    assert "13:00:00 (Brussels time)" in receipt
    assert " ".join(checksum[n : n + 4] for n in range(0, 64, 4)) in receipt
    assert [row[0] for row in kept(app, Mail, "address")] == [
        "nora@port.example",
        "tom@port.example",
        "reader@port.example",
    ]
    assert [row[0] for row in kept(app, Event, "act")] == ["entry_saved", "entry_submitted"]


def test_a_change_after_submitting_is_told_to_be_a_draft_until_submitted_as_version_2(app, world):
    world.clients["nora"].post(edit(world), data=form(world))
    submit(world)
    assert (
        world.clients["nora"].post(f"/entries/{world.entry}/submission", data={"version": "3", "key": "t"}).status_code
        == 409
    )
    world.clients["nora"].post(edit(world), data=form(world, title="Day desk", version="3"))
    page = world.clients["nora"].get(f"/entries/{world.entry}").text
    assert "Your draft is newer and is not" in page
    assert "<h1>Night desk</h1>" in page
    assert submit(world, version="4", key="u").location == f"/entries/{world.entry}/versions/2"
    assert kept(app, Version, "number", "title") == [(1, "Night desk"), (2, "Day desk")]
    old = world.clients["nora"].get(f"/entries/{world.entry}/versions/1").text
    assert "Replaced by version 2" in old
    assert world.clients["nora"].get(f"/entries/{world.entry}/versions/3").status_code == 404


def test_an_entry_is_withdrawn_with_a_reason(app, world):
    address = f"/entries/{world.entry}/withdrawal"
    assert world.clients["nora"].get(address).status_code == 200
    empty = world.clients["nora"].post(address, data={"version": "1", "reason": " "})
    assert (empty.status_code, faults(empty)) == (422, ["Reason: Give the reason."])
    assert world.clients["nora"].post(address, data={"version": "1", "reason": "We stop."}).status_code == 303
    page = world.clients["nora"].get(f"/entries/{world.entry}").text
    assert "This entry has been withdrawn. Reason: We stop." in page
    assert world.clients["nora"].get(address).status_code == 409


def test_an_organiser_returns_an_entry_and_the_team_completes_it(app, world, clock):
    world.clients["nora"].post(edit(world), data=form(world))
    submit(world)
    address = f"/entries/{world.entry}/return"
    assert world.clients["nora"].get(address).status_code == 404
    assert world.clients["organiser"].get(address).status_code == 200
    sent = {"reason": "the annex", "due_on": "2027-04-02", "due_at": "17:00", "version": "3"}
    for change, fault in (
        ({"reason": ""}, "What is missing: Say what is missing; the team reads it."),
        ({"due_on": "soon"}, "Date: Write the date as day, month and year, such as 26/02/2027."),
        ({"due_at": ""}, "Time: Write the time as hours and minutes, such as 17:00."),
        ({"due_on": "2027-02-01"}, "Date: Choose a moment that is still to come."),
    ):
        answer = world.clients["organiser"].post(address, data=sent | change)
        assert (answer.status_code, faults(answer)) == (422, [fault])
    assert world.clients["organiser"].post(address, data=sent).status_code == 303
    move(app, world, clock, b.NOW + timedelta(days=31))
    assert "the annex" in world.clients["nora"].get(edit(world)).text
    assert world.clients["nora"].post(edit(world), data=form(world, title="Complete", version="4")).status_code == 303
    assert submit(world, version="5", key="again").location == f"/entries/{world.entry}/versions/2"


@pytest.mark.parametrize(
    ("role", "edits", "reads", "lists"),
    [
        ("nora", 200, 200, 404),
        ("tom", 200, 200, 404),
        ("reader", 404, 200, 404),
        ("stranger", 404, 404, 404),
        ("organiser", 403, 403, 200),
        ("visitor", 303, 303, 303),
    ],
)
def test_a_draft_is_open_to_its_team_alone(world, role, edits, reads, lists):
    client = world.clients[role]
    assert client.get(edit(world)).status_code == edits
    assert client.get(f"/entries/{world.entry}").status_code == reads
    assert client.get(f"/rounds/{world.round}/entries").status_code == lists


def test_the_organiser_reads_what_was_submitted_never_the_draft(app, world):
    world.clients["nora"].post(edit(world), data=form(world))
    submit(world)
    world.clients["nora"].post(edit(world), data=form(world, title="Secret draft", version="3"))
    for address in (f"/entries/{world.entry}", f"/entries/{world.entry}/versions/1", f"/rounds/{world.round}/entries"):
        page = world.clients["organiser"].get(address)
        assert page.status_code == 200
        shown = page.text
        assert "Secret draft" not in shown, address
        assert "Night desk" in shown, address


def test_markup_in_a_text_is_shown_not_run(app, world):
    mark = "<script>alert(1)</script>"
    world.clients["nora"].post(
        edit(world), data=form(world, title=mark, team=mark, summary=mark, long_text=mark, short_text=mark)
    )
    submit(world)
    for address in ("", "/edit", "/submission", "/versions/1", "/withdrawal", "/members"):
        page = world.clients["nora"].get(f"/entries/{world.entry}{address}").text
        assert mark not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_page_speaks_the_language_of_the_reader(world, language):
    for address in ("", "/edit", "/submission", "/withdrawal", "/members"):
        page = world.clients["nora"].get(f"/entries/{world.entry}{address}", headers={"Accept-Language": language})
        assert page.status_code == 200
        assert f'<html lang="{language}"' in page.text


def test_the_list_is_searched_and_sorted_and_says_when_it_is_empty(app, world):
    organiser = world.clients["organiser"]
    address = f"/rounds/{world.round}/entries"
    assert "No entries submitted yet" in organiser.get(address).text
    with app.app_context(), db.transaction():
        round_ = db.session.get(Entry, world.entry).round
        for title in ("Zebra", "Apple"):
            b.entry(round_, title=title)

    def titles(query):
        return re.findall(r'class="row"[^>]*>([^<]+)<', organiser.get(address + query).text)

    assert titles("") == ["Zebra", "Apple"]
    assert titles("?sort=title") == ["Apple", "Zebra"]
    assert titles("?sort=drop+table") == ["Zebra", "Apple"]
    assert titles("?search=zeb") == ["Zebra"]
    assert "Nothing found for “nothing”." in organiser.get(address + "?search=nothing").text


def cost(app, statements, client, address):
    client.get(address)
    statements.clear()
    assert client.get(address).status_code == 200
    return len(statements)


def test_a_page_costs_the_same_for_3_and_30_rows(app, world):
    statements = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))
    pages = [
        ("organiser", f"/rounds/{world.round}/entries"),
        ("nora", f"/entries/{world.entry}"),
        ("nora", edit(world)),
        ("nora", f"/entries/{world.entry}/submission"),
        ("nora", f"/entries/{world.entry}/members"),
    ]
    costs = []
    for rows in (3, 27):
        with app.app_context(), db.transaction():
            entry = db.session.get(Entry, world.entry)
            for _row in range(rows):
                b.member(entry, b.user())
                b.entry(entry.round)
        costs.append({address: cost(app, statements, world.clients[role], address) for role, address in pages})
    assert costs[0] == costs[1]
    assert costs[0] == {
        f"/rounds/{world.round}/entries": 6,
        f"/entries/{world.entry}": 7,
        edit(world): 6,
        f"/entries/{world.entry}/submission": 6,
        f"/entries/{world.entry}/members": 6,
    }


def test_a_post_without_a_token_is_refused(app, world):
    app.config["WTF_CSRF_ENABLED"] = True
    client = signed_in(app, world.people["nora"])
    for address in (edit(world), f"/entries/{world.entry}/draft", f"/entries/{world.entry}/submission"):
        assert client.post(address, data=form(world)).status_code == 400
    assert kept(app, Entry, "version") == [(1,)]
