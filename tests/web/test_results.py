"""From the preview to the published result, page by page."""
import csv
import io
import json
import re

import openpyxl
import pytest
from sqlalchemy import select

from award import db
from award.domain import verification
from award.models import Assignment, Ballot, Result, Round, Rulebook, Stage
from tests.people import signed_in
from tests.web.judging import judged_round

FULL = {"kind": "jury_report", "variant": "full", "jurors": "names", "entry": "every"}


@pytest.fixture
def world(app):
    return judged_round(app)


def result_id(app):
    with app.app_context():
        return db.session.scalar(select(Result.id).order_by(Result.id.desc()))


def frozen(app, world):
    """Lock and freeze through the pages; gives the id of the result."""
    assert world.client.post(f"/stages/{world.stage}/lock").status_code == 303
    assert world.client.post(f"/stages/{world.stage}/result").status_code == 303
    return result_id(app)


def decided(app, world):
    number = frozen(app, world)
    for entry, outcome in (("LA27-001", "winner"), ("LA27-002", "commended"), ("LA27-003", "stops")):
        answer = world.client.post(f"/results/{number}/decisions/{entry}", data={"outcome": outcome, "reason": f"Reason for {entry}."})
        assert answer.status_code == 303
    assert world.client.post(f"/results/{number}/conclusion").status_code == 303
    return number


def published(app, world):
    number = decided(app, world)
    assert world.client.post(f"/rounds/{world.round}/publication").status_code == 303
    return number


def test_the_preview_shows_rank_score_and_what_does_not_count(world):
    page = world.client.get(f"/stages/{world.stage}/ranking").text
    assert page.index("Title 0") < page.index("Title 1") < page.index("Title 2")
    assert "94.0" in page and "Every ballot counts." in page and "All ballots are in." in page


def test_all_entries_stand_in_one_table(world):
    page = world.client.get(f"/stages/{world.stage}/ranking?page=all").text
    assert page.count('class="row"') == 3


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "²", "1.5", ""])
def test_a_page_that_does_not_exist_gives_the_nearest(world, page):
    assert world.client.get(f"/stages/{world.stage}/ranking?page={page}").status_code == 200


def test_an_entry_shows_the_arithmetic_that_a_reader_can_redo(world):
    page = world.client.get(f"/stages/{world.stage}/ranking/LA27-001").text
    assert "(100.00 + 88.00) ÷ 2" in page
    assert "47/50" in page
    assert world.client.get(f"/stages/{world.stage}/ranking/LA27-099").status_code == 404


@pytest.mark.parametrize(("state", "shown"), [("open", []), ("locked", ["Clear gains", "Seen before"]), ("decided", ["Clear gains", "Seen before"])])
@pytest.mark.parametrize("who", ["organiser", "auditor"])
def test_what_the_jurors_wrote_on_an_entry_stands_with_it_once_the_stage_is_locked(app, world, who, state, shown):
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, world.stage)
        stage.state = state
        first, second, other = session.scalars(select(Ballot).join(Assignment).order_by(Assignment.entry_id, Assignment.juror_id).limit(3)).all()
        first.scores[0].comment, second.scores[1].comment, other.scores[0].comment = "Clear <gains", "Seen before", "Of another entry"
        first.note = "A private note"
    page = signed_in(app, getattr(world, who)).get(f"/stages/{world.stage}/ranking/LA27-001").text
    found = [words for words in ("Clear gains", "Seen before", "Of another entry", "A private note") if words in page.replace("&lt;", "")]
    assert (found, "What the jurors wrote" in page) == (shown, bool(shown))


def test_a_comment_on_a_ballot_that_does_not_count_is_not_shown(app, world):
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world.stage).state = "locked"
        ballot = session.scalars(select(Ballot).join(Assignment).order_by(Assignment.entry_id, Assignment.juror_id).limit(1)).one()
        ballot.scores[0].comment, ballot.assignment.state = "Clear gains", "voided"
    assert "Clear gains" not in world.client.get(f"/stages/{world.stage}/ranking/LA27-001").text


@pytest.mark.parametrize("who", ["juror", "team", None])
@pytest.mark.parametrize("path", ["ranking", "ranking?page=all", "ranking/LA27-001", "lock", "result", "import"])
def test_the_ranking_is_closed_to_jurors_teams_and_visitors(app, world, who, path):
    answer = signed_in(app, who and getattr(world, who)).get(f"/stages/{world.stage}/{path}")
    assert answer.status_code == (404 if who else 303)


def test_an_auditor_reads_and_changes_nothing(app, world):
    client = signed_in(app, world.auditor)
    assert client.get(f"/stages/{world.stage}/ranking").status_code == 200
    assert [client.post(f"/stages/{world.stage}/{act}").status_code for act in ("lock", "result", "unlock")] == [403] * 3
    number = frozen(app, world)
    assert client.get(f"/results/{number}/decisions").status_code == 200
    assert client.post(f"/results/{number}/reports", data={**FULL, "languages": "en"}).status_code == 403


def test_locking_says_what_it_does_and_then_shows_the_ranking(app, world):
    assert "Lock the scoring?" in world.client.get(f"/stages/{world.stage}/lock").text
    answer = world.client.post(f"/stages/{world.stage}/lock")
    assert answer.headers["Location"] == f"/stages/{world.stage}/ranking"
    with app.app_context():
        assert db.session.get(Stage, world.stage).state == "locked"


def test_the_wrong_moment_is_answered_with_what_to_do(world):
    answer = world.client.post(f"/stages/{world.stage}/result")
    assert answer.status_code == 409
    assert "Lock the stage first" in answer.text


@pytest.mark.parametrize(("state", "page", "said"), [
    ("draft", "lock", "Only an open stage can be locked."), ("open", "unlock", "Only a locked stage can be opened again."),
    ("open", "result", "A result is frozen once the stage is locked."), ("locked", "import", "A score sheet is brought into an open stage.")])
def test_a_question_is_not_asked_at_the_wrong_moment(app, world, state, page, said):
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world.stage).state = state
    for ask in (world.client.get, world.client.post):
        answer = ask(f"/stages/{world.stage}/{page}")
        assert (answer.status_code, said in answer.text) == (409, True)


def test_unlocking_needs_a_reason(world):
    world.client.post(f"/stages/{world.stage}/lock")
    refused = world.client.post(f"/stages/{world.stage}/unlock", data={"reason": "  "})
    assert (refused.status_code, "Write why, in one sentence." in refused.text) == (422, True)
    assert world.client.post(f"/stages/{world.stage}/unlock", data={"reason": "A juror was ill."}).status_code == 303


def test_a_departing_decision_without_a_reason_comes_back_with_what_was_chosen(app, world):
    number = frozen(app, world)
    answer = world.client.post(f"/results/{number}/decisions/LA27-002", data={"outcome": "winner", "reason": ""})
    assert answer.status_code == 422
    assert "departs from the ranking (Title 1: place 2)" in answer.text
    chosen = re.search(r"<input[^>]*checked[^>]*>", answer.text)
    assert 'value="winner"' in chosen[0]


@pytest.mark.parametrize("posted", [{}, {"outcome": ""}, {"outcome": "champion"}, {"outcome": "winner", "rank": "1"},
                                    {"outcome": ["winner", "stops"]}, {"outcome": "winner", "reason": "x" * 10_001}])
def test_a_decision_that_is_missing_wrong_foreign_doubled_or_oversized_is_refused(app, world, posted):
    number = frozen(app, world)
    assert world.client.post(f"/results/{number}/decisions/LA27-001", data=posted).status_code == 422


def test_figures_are_the_same_on_page_csv_xlsx_and_json(app, world):
    number = frozen(app, world)
    page = world.client.get(f"/stages/{world.stage}/ranking").text
    document = json.loads(world.client.get(f"/results/{number}/json").data)
    document = document.get("result", document)
    written = world.client.get(f"/results/{number}/csv").data.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(world.client.get(f"/results/{number}/xlsx").data))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert verification.verify(document) is None
    for line in document["entries"]:
        assert f"{line['score']:.1f}" in page
        assert any(str(line["score"]).rstrip("0").rstrip(".") in field for row in csv.reader(io.StringIO(written), delimiter=",") for field in row)
        assert line["score"] in cells


@pytest.mark.parametrize("key", ["pdf", "exe", "../x"])
def test_an_unknown_format_is_not_found(app, world, key):
    assert world.client.get(f"/results/{frozen(app, world)}/{key}").status_code == 404


def test_publishing_takes_two_steps_and_then_everyone_reads_the_result(app, world):
    decided(app, world)
    visitor = app.test_client()
    assert visitor.get(f"/rounds/{world.round}/result").status_code == 404
    first = world.client.get(f"/rounds/{world.round}/publication").text
    assert "Step 1 of 2" in first and "3 mails go out." in first
    assert "Step 2 of 2" in world.client.get(f"/rounds/{world.round}/publication?step=2").text
    assert world.client.post(f"/rounds/{world.round}/publication").status_code == 303
    page = visitor.get(f"/rounds/{world.round}/result").text
    assert "Title 0" in page and "Reason for LA27-001." in page and "94.0" in page
    with app.app_context():
        assert db.session.get(Round, world.round).state == "published"


def test_the_public_exports_are_open_once_published(app, world):
    decided(app, world)
    visitor = app.test_client()
    assert {visitor.get(f"/rounds/{world.round}/result.{key}").status_code for key in ("csv", "xlsx", "json")} == {404}
    world.client.post(f"/rounds/{world.round}/publication")
    assert {visitor.get(f"/rounds/{world.round}/result.{key}").status_code for key in ("csv", "xlsx", "json")} == {200}


def test_a_report_is_asked_for_and_shows_its_state(app, world):
    number = frozen(app, world)
    assert world.client.post(f"/results/{number}/reports", data={**FULL, "languages": "xx"}).status_code == 422
    assert world.client.post(f"/results/{number}/reports", data={**FULL, "languages": "fr"}).status_code == 303
    page = world.client.get(f"/results/{number}/reports").text
    assert "asked for" in page and "Français" in page


def test_a_faulty_sheet_is_answered_with_every_line(app, world):
    sheet = io.BytesIO(b"juror,entry,criterion,score\nAnn,Boat,Impact,9\nAnn,Boat,Colour,1\n")
    with app.app_context(), db.transaction() as session:
        from award.models import Assignment, Ballot, Score
        for model in (Score, Ballot, Assignment):
            session.query(model).delete()
    answer = world.client.post(f"/stages/{world.stage}/import", data={"sheet": (sheet, "SCORES.csv")})
    assert answer.status_code == 422
    assert "SCORES.csv:2:" in answer.text and "SCORES.csv:3:" in answer.text


def test_the_decisions_on_a_replaced_result_lead_to_the_newer_one(app, world):
    number = frozen(app, world)
    assert "There is a newer result of this stage." not in world.client.get(f"/results/{number}/decisions").text
    world.client.post(f"/stages/{world.stage}/result")
    page = world.client.get(f"/results/{number}/decisions").text
    assert "There is a newer result of this stage. Decide on that one." in page
    assert (f'href="/results/{result_id(app)}/decisions"' in page, f"/results/{number}/decisions/" in page) == (True, False)


def test_a_button_pressed_twice_freezes_one_result(app, world):
    world.client.post(f"/stages/{world.stage}/lock")
    first, second = (world.client.post(f"/stages/{world.stage}/result", data={"key": "one-press"}) for _ in range(2))
    assert (first.status_code, second.status_code, result_id(app)) == (303, 303, 1)


def test_a_locked_stage_is_not_asked_to_be_locked_again(world):
    assert world.client.post(f"/stages/{world.stage}/lock").status_code == 303
    page = world.client.get(f"/stages/{world.stage}/ranking").text
    assert ("Freeze the result when the jury is ready." in page, "Lock the stage" in page) == (True, False)


def test_what_keeps_a_result_from_being_frozen_stands_before_the_button(app, world):
    with app.app_context(), db.transaction() as session:
        rulebook = session.scalar(select(Rulebook).where(Rulebook.stage_id == world.stage))
        rulebook.body = rulebook.body.replace('"method":"mean"', '"method":"additive"')
    assert world.client.post(f"/stages/{world.stage}/lock").status_code == 303
    page = world.client.get(f"/stages/{world.stage}/result")
    assert (page.status_code, "Correcting for severity needs at least three jurors" in page.text) == (200, True)
    assert world.client.post(f"/stages/{world.stage}/result").status_code == 409
