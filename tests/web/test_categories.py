"""Categories on the pages: chosen by a team, missing on the page that submits, shown to the jury, filtered by, changed with a reason."""

import re

import pytest

from award import db
from award.models import Entry, Round, Stage
from tests import builders as b
from tests.people import signed_in
from tests.web.test_entries import faults
from tests.web.writing import begin, form


@pytest.fixture
def world(app, clock):
    """A round with an open call, two categories and a scoring stage; Nora’s draft is complete but for its category."""
    clock.now = b.NOW
    found = begin(app)
    with app.app_context(), db.transaction():
        round_ = db.session.get(Round, found.round)
        stage = b.stage(round_)
        b.criterion(stage)
        cities, regions = b.category(round_), b.category(round_, "Regions")
        cities.name = {"en": "Cities", "nl": "Steden"}
        found.cities, found.regions, found.stage = cities.id, regions.id, stage.id
    return found


def entry(app, world):
    with app.app_context():
        row = db.session.get(Entry, world.entry)
        return row.category_id, row.draft.get("category")


def page(world, path, role="nora"):
    return world.clients[role].get(f"/entries/{world.entry}{path}").text


def submitted(world, category):
    """Nora writes everything, chooses the category and submits."""
    world.clients["nora"].post(f"/entries/{world.entry}/edit", data=form(world, category=str(category)))
    version = re.search(r'name="version"[^>]*value="(\d+)"', page(world, "/submission"))[1]
    return world.clients["nora"].post(f"/entries/{world.entry}/submission", data={"version": version, "key": "k"})


def test_saving_never_asks_for_a_category_and_submitting_does(app, world):
    assert world.clients["nora"].post(f"/entries/{world.entry}/edit", data=form(world)).status_code == 303
    listed = page(world, "/submission")
    assert re.findall(r'<li><a href="/entries/1/edit#category-0">Category</a>: (.*?)</li>', listed) == ["Choose the category it takes part in."]
    assert 'id="category-0"' in page(world, "/edit")
    answer = world.clients["nora"].post(f"/entries/{world.entry}/submission", data={"version": "2"})
    assert (answer.status_code, faults(answer)) == (422, ["Answers are missing. Complete them first; everything you wrote is saved."])
    assert entry(app, world) == (None, None)


def test_a_team_chooses_a_category_and_sees_it_before_and_after_submitting(app, world):
    answer = submitted(world, world.cities)
    assert (answer.status_code, entry(app, world)) == (303, (world.cities, str(world.cities)))
    assert "Desk team · Cities · " in " ".join(page(world, "").split())
    checked = re.findall(r'<input checked[^>]* name="category"[^>]* value="(\d+)"', page(world, "/edit"))
    assert checked == [str(world.cities)]


def test_a_draft_is_saved_while_typing_with_its_category(app, world):
    answer = world.clients["nora"].post(f"/entries/{world.entry}/draft", data=form(world, category=str(world.regions)))
    assert (answer.status_code, entry(app, world)) == (204, (None, str(world.regions)))


@pytest.mark.parametrize("wrong", ["99", "x", "0"])
def test_a_foreign_category_is_refused_and_what_was_typed_stays(app, world, wrong):
    answer = world.clients["nora"].post(f"/entries/{world.entry}/edit", data=form(world, category=wrong, title="Night watch"))
    assert (answer.status_code, [fault.split(":")[0] for fault in faults(answer)]) == (422, ["Category"])
    assert "Night watch" in answer.text
    assert entry(app, world) == (None, None)


def test_two_in_a_team_see_which_category_the_other_chose(app, world):
    world.clients["tom"].post(f"/entries/{world.entry}/edit", data=form(world, category=str(world.cities)))
    answer = world.clients["nora"].post(f"/entries/{world.entry}/edit", data=form(world, category=str(world.regions)))
    assert answer.status_code == 409
    assert "Saved by somebody else meanwhile" in answer.text
    assert '<p class="prose">Cities</p>' in answer.text


def test_a_round_without_categories_asks_for_none(app, world):
    with app.app_context(), db.transaction():
        for category in db.session.get(Round, world.round).categories:
            db.session.delete(category)
    assert "category" not in page(world, "/edit")
    world.clients["nora"].post(f"/entries/{world.entry}/edit", data=form(world))
    assert "Ready to submit" in page(world, "/submission")


def test_the_list_of_entries_shows_and_filters_categories(app, world):
    submitted(world, world.cities)
    with app.app_context(), db.transaction():
        b.entry(db.session.get(Round, world.round), title="River watch", category_id=world.regions)
        b.entry(db.session.get(Round, world.round), title="Old mill")
    lists = {
        query: re.findall(r'<a class="row"[^>]*>(.*?)</a>', world.clients["organiser"].get(f"/rounds/{world.round}/entries{query}").text)
        for query in ("", f"?category={world.regions}", "?category=99", "?category=x", f"?category={world.cities}&search=mill")
    }
    everything = ["Night desk", "River watch", "Old mill"]
    assert list(lists.values()) == [everything, ["River watch"], everything, everything, []]
    head = world.clients["organiser"].get(f"/rounds/{world.round}/entries?category={world.regions}").text
    assert f"sort=title&amp;category={world.regions}" in head
    assert f'<option value="{world.regions}" selected>' in head


def test_the_call_tells_the_categories_and_every_rule(world):
    call = world.clients["visitor"].get(f"/rounds/{world.round}/call").text
    assert "An entry takes part in one category. Each category has its own ranking." in call
    assert "<li>Cities</li><li>Regions</li>" in call
    assert "<li>An entry’s score is the mean of its ballots: one juror, one voice.</li>" in call


def test_the_organiser_places_an_entry_in_another_category_until_scoring_opens(app, world):
    client = world.clients["organiser"]
    assert client.get(f"/entries/{world.entry}/category").status_code == 409
    submitted(world, world.cities)
    assert f'href="/entries/{world.entry}/category"' in page(world, "", "organiser")
    assert f'href="/entries/{world.entry}/category"' not in page(world, "")
    typed = client.get(f"/entries/{world.entry}/category").text
    assert "It is in “Cities” now." in typed
    version = re.search(r'name="version"[^>]*value="(\d+)"', typed)[1]
    sent = {"version": version, "category": str(world.regions), "reason": "It serves a region."}
    for wrong, message in (({"reason": " "}, "Reason: Give the reason."), ({"category": "99"}, "Category: Choose one of the answers listed."),
                           ({"category": str(world.cities)}, "Category: Choose another category than the one it is in.")):
        answer = client.post(f"/entries/{world.entry}/category", data={**sent, **wrong})
        assert (answer.status_code, faults(answer)) == (422, [message])
    assert client.post(f"/entries/{world.entry}/category", data=sent).location == f"/entries/{world.entry}"
    assert entry(app, world) == (world.regions, str(world.regions))
    late = client.post(f"/entries/{world.entry}/category", data={**sent, "category": str(world.cities)})
    assert late.status_code == 409
    assert "It serves a region." in client.get(f"/rounds/{world.round}/history").text
    with app.app_context(), db.transaction():
        db.session.get(Stage, world.stage).state = "open"
    assert client.get(f"/entries/{world.entry}/category").status_code == 409
    assert "Place in another category" not in page(world, "", "organiser")


@pytest.mark.parametrize(("role", "status"), [("nora", 404), ("stranger", 404), ("visitor", 303)])
def test_only_the_organiser_places_entries(world, role, status):
    assert world.clients[role].get(f"/entries/{world.entry}/category").status_code == status
    assert world.clients[role].post(f"/entries/{world.entry}/category", data={"category": "1", "reason": "x"}).status_code == status


def test_the_jury_sees_the_category_of_what_it_judges(app, world):
    submitted(world, world.cities)
    with app.app_context(), db.transaction():
        stage = db.session.get(Stage, world.stage)
        stage.state, stage.round.state = "open", "judging"
        assignment = b.assignment(b.juror(stage), db.session.get(Entry, world.entry))
        juror, number = assignment.juror.user_id, assignment.id
    text = signed_in(app, juror).get(f"/assignments/{number}/ballot").text
    assert "Desk team · Cities · " in " ".join(text.split())
