"""Versions of the rules and of the result, side by side."""
import re

import pytest

from award import db
from award.models import Assignment, Result, Stage
from award.services import results, rulebooks
from tests import builders as b
from tests.people import signed_in
from tests.web.judging import judged_round

OPPOSED = {"LA27-001": ((5, 2), (5, 2)), "LA27-002": ((3, 4), (3, 4)), "LA27-003": ((0, 0), (0, 0))}


@pytest.fixture
def world(app):
    return judged_round(app, scores=OPPOSED)


@pytest.fixture
def change(app, world):
    """change(share=…, **rules) gives the stage another version of its rules: the first criterion's share, and rules."""
    def change(share=60, reason="Novelty weighs more", **rules):
        with app.app_context(), db.transaction() as session:
            stage = session.get(Stage, world.stage)
            stage.criteria[0].share = share
            stage.rules = {**stage.rules, **rules}
            rulebooks.freeze(stage, reason=reason, actor=session.get(b.User, world.organiser), now=b.NOW)
    return change


@pytest.fixture
def page(world):
    return lambda query="", client=None: (client or world.client).get(f"/stages/{world.stage}/rulebook-versions{query}").text


def table(text, number=-1):
    """The words of each row of a table of the page."""
    rows = re.findall(r"<tr>.*?</tr>", re.findall(r"<tbody>.*?</tbody>", text, re.S)[number], re.S)
    return [[re.sub(r"\s+", " ", re.sub("<small>.*?</small>|<[^>]+>", "", cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
            for row in rows]


def test_one_version_says_when_there_will_be_two(page):
    text = page()
    assert "The rules have one version" in text and "There is nothing to put side by side." in text


def test_before_the_rules_are_frozen_the_page_says_when_they_are(app, world, page):
    with app.app_context(), db.transaction() as session:
        session.delete(session.get(Stage, world.stage).rulebooks[0])
    assert "The rules are not frozen yet" in page()


def test_two_versions_stand_side_by_side_with_their_reason_and_what_changed(page, change):
    change(share=20, ties=["firsts"])
    text = page()
    assert "Novelty weighs more" in text and "frozen by Person" in text
    assert "Equal scores share a place. Nothing else separates them." in text and "the number of first places" in text
    assert table(text, 0) == [["Impact: share", "60%", "33%"], ["Novelty: share", "40%", "67%"]]
    assert table(text) == [["Title 1", "2", "68.0", "1", "73.3", "1 place higher"], ["Title 0", "1", "76.0", "2", "60.0", "1 place lower"],
                           ["Title 2", "3", "0.0", "3", "0.0", "the same place"]]
    assert "2 of 3 entries change their places." in text


def test_rules_that_differ_in_nothing_say_so(page, change):
    change(share=60)
    text = page()
    assert "No rule of the result differs between these two." in text and "Both give the same places." in text


def test_an_entry_may_gain_or_lose_its_place(page, change):
    change(min_ballots=3)
    change(min_ballots=1, share=50)
    assert {row[-1] for row in table(page("?rules=1-2"))} == {"no longer has a place"}
    assert {row[-1] for row in table(page("?rules=2-3"))} == {"has a place now"}
    assert [row[-1] for row in table(page("?rules=1-3"))] == ["the same place"] * 3


def test_no_place_in_either_is_said(page, change):
    change(min_ballots=3)
    change(min_ballots=4)
    assert {row[-1] for row in table(page())} == {"no place in either"}


@pytest.mark.parametrize("asked", ["", "?rules=9-1", "?rules=2-2", "?rules=x", "?rules=0-1", "?rules=1-2-3", "?rules=99999999999-1", "?rules=1-2"])
def test_a_pair_that_does_not_exist_gives_the_newest_two(page, change, asked):
    change(share=20)
    assert table(page(asked)) == table(page())


def test_rules_that_say_nothing_about_these_ballots_say_why(app, world, page, change):
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world.stage).criteria[0].high = 4
    change()
    text = page()
    assert "it says nothing about these ballots." in text and "J01, LA27-001" in text


def test_a_method_that_is_refused_says_why(page, change):
    change(method="additive")
    assert "Correcting for severity needs at least three jurors" in page()


def test_criteria_come_go_and_change_in_words(app, world, page, change):
    with app.app_context(), db.transaction() as session:
        first, second = session.get(Stage, world.stage).criteria
        first.threshold, first.step, first.better, first.decimals, second.key = 2, b.Decimal("0.5"), "lower", 1, "Newness"
        second.name = {"en": "Newness"}
    change()
    assert table(page(), 0) == [["Impact: step of the scale", "1", "0.5"], ["Impact: threshold", "none", "2"],
                                ["Impact: which score is better", "the higher", "the lower"], ["Impact: decimals of the mean", "none", "1"],
                                ["Novelty", "share 40%", "not a criterion"], ["Newness", "not a criterion", "share 40%"]]


def test_a_corrected_result_stands_beside_the_first(app, world, page):
    with app.app_context(), db.transaction() as session:
        stage, organiser = session.get(Stage, world.stage), session.get(b.User, world.organiser)
        stage.state = "locked"
        results.freeze(stage, actor=organiser, now=b.NOW)
        session.query(Assignment).order_by(Assignment.id).first().state = "voided"
        session.flush()
        session.expire(stage, ["results"])
        results.freeze(stage, actor=organiser, now=b.NOW)
    text = page()
    assert "Results, side by side" in text and "A correction never replaces a result." in text
    assert "no longer counts: the ballot was voided." in text
    assert "was left out (the ballot was voided), and counts now." in page("?results=2-1")


def test_results_of_the_same_ballots_say_so(app, world, page):
    with app.app_context(), db.transaction() as session:
        stage, organiser = session.get(Stage, world.stage), session.get(b.User, world.organiser)
        stage.state = "locked"
        for _ in range(3):
            results.freeze(stage, actor=organiser, now=b.NOW)
            session.expire(stage, ["results"])
        assert session.query(Result).count() == 3
    text = page()
    assert "The same ballots count in both." in text
    assert re.findall(r"\?results=(\d-\d)", text) == ["1-2", "2-3", "1-3"]


@pytest.mark.parametrize(("who", "status"), [("organiser", 200), ("auditor", 200), ("juror", 404), ("team", 404), (None, 303)])
def test_who_reads_the_round_reads_the_versions(app, world, change, who, status):
    change(share=20)
    assert signed_in(app, who and getattr(world, who)).get(f"/stages/{world.stage}/rulebook-versions").status_code == status


def test_the_ways_there_start_at_the_ranking_and_at_the_rules(app, world, change):
    where = f"/stages/{world.stage}/rulebook-versions"
    ways = [f"/stages/{world.stage}/ranking", "/rulebooks/1"]
    assert [where in world.client.get(way).text for way in ways] == [False, False]
    change(share=20)
    assert [where in world.client.get(way).text for way in ways] == [True, True]
    public = app.test_client().get("/rulebooks/1").text
    assert ("Reason: Novelty weighs more" in public, where in public) == (True, False)
