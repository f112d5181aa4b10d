"""A result under every rule, as a page."""
import re

import pytest
from sqlalchemy import event

from award import db
from award.models import Stage
from award.services import results
from tests import builders as b
from tests import world as whole_world
from tests.people import signed_in
from tests.services.test_comparisons import OPPOSED
from tests.web.judging import judged_round


@pytest.fixture
def page(app):
    """page(scores=…, query=…) gives the page of a judged stage, as its organiser reads it."""
    def page(query="", **values):
        world = judged_round(app, **values)
        return world.client.get(f"/stages/{world.stage}/comparison{query}").text
    return page


def heading(text):
    return re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)[1].strip()


def heads(text):
    return [re.sub("<small>.*?</small>|<[^>]+>", "", head).strip() for head in re.findall(r"<th scope=\"col\".*?</th>", text, re.S)]


def test_rules_that_agree_are_said_to_agree(page):
    text = page()
    assert heading(text) == "All rules agree on the winner"
    assert heads(text)[:5] == ["Entry", "Score", "Plain mean", "mean", "median"]
    assert ("Who is first" in text, 'class="ends"' in text) == (False, False)


def test_the_rules_under_which_another_entry_is_first_are_counted_and_named(page):
    text = page(scores=OPPOSED)
    found = re.fullmatch(r"Under (\d) of (\d) rules another entry is first(, or the first place is shared otherwise)?", heading(text))
    assert found and 0 < int(found[1]) < int(found[2])
    assert re.search(r"<dt>Title 1</dt><dd>under \d rules?: .*Borda count", text)
    assert '<b class="ends">2</b><span class="hid"> differs</span>' in text


def test_rules_that_say_nothing_give_their_reason(page):
    assert "<dt>additive, corrected for severity</dt><dd>Refused: this rule says nothing about these ballots.</dd>" in page()


def test_a_shared_first_place_is_said(page):
    same = {"LA27-001": ((5, 5), (4, 4)), "LA27-002": ((4, 4), (5, 5)), "LA27-003": ((0, 0), (0, 0))}
    assert heading(page(scores=same)) == "All rules agree: the first place is shared"


def test_without_a_place_there_is_nothing_to_compare(page):
    text = page(scores=dict.fromkeys(("LA27-001", "LA27-002"), ((None, None), (None, None))))
    assert heading(text) == "No entry has a place yet"
    assert "There is no ranking to compare yet." in text


def test_one_ballot_an_entry_still_compares(page):
    assert "What each rule is good for" in page(scores={"LA27-001": ((5, 5), (None, None))})


def test_a_frozen_result_is_compared_as_it_was_frozen(app):
    world = judged_round(app, scores=OPPOSED)
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, world.stage)
        stage.state = "locked"
        results.freeze(stage, actor=session.get(b.User, world.organiser), now=b.NOW)
    text = world.client.get(f"/stages/{world.stage}/comparison").text
    assert "Result 1, frozen" in text and re.match(r"Under \d of \d rules", heading(text))


def change(app, world, **rules):
    """Give the stage these rules, frozen anew."""
    from award.services import rulebooks
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, world.stage)
        stage.rules = {**stage.rules, **rules}
        rulebooks.freeze(stage, reason="x", actor=session.get(b.User, world.organiser), now=b.NOW)
    return world.client.get(f"/stages/{world.stage}/comparison").text


@pytest.mark.parametrize(("scores", "said"), [
    (None, "The same first 2 go on under all of them."), (OPPOSED, "above the cut line")])
def test_what_another_rule_would_change_at_the_cut_line_is_said(app, scores, said):
    world = judged_round(app, scores=scores)
    assert said in change(app, world, cut=2 if scores is None else 1)


def test_a_method_that_is_refused_is_shown_by_the_mean_and_says_so(app):
    text = change(app, judged_round(app), method="additive")
    assert "Correcting for severity needs at least three jurors" in text
    assert "The first column is the mean for the time being." in text


def test_the_first_ten_stand_there_and_all_on_demand(app):
    with app.app_context(), db.transaction():
        people, ids = whole_world.build(12)
        organiser = people["organiser"].id
    client, address = signed_in(app, organiser), f"/stages/{ids['stage_id']}/comparison"
    assert [client.get(address + query).text.count('class="row"') for query in ("", "?page=all")] == [10, 12]


@pytest.mark.parametrize("rows", [3, 30])
def test_it_takes_as_many_statements_as_the_ranking(app, rows):
    with app.app_context(), db.transaction():
        people, ids = whole_world.build(rows)
        organiser = people["organiser"].id
    client, seen = signed_in(app, organiser), []
    client.get(f"/stages/{ids['stage_id']}/comparison")
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    assert client.get(f"/stages/{ids['stage_id']}/comparison").status_code == 200
    assert len(seen) <= 6, seen


@pytest.mark.parametrize(("who", "status"), [("organiser", 200), ("auditor", 200), ("juror", 404), ("team", 404), (None, 303)])
def test_who_reads_the_round_reads_the_comparison(app, who, status):
    world = judged_round(app)
    assert signed_in(app, who and getattr(world, who)).get(f"/stages/{world.stage}/comparison").status_code == status
