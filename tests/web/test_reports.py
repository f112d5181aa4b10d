"""The page of a result's documents: one click for the usual, a form for each kind, and who may take which file."""
import re

import pytest
from sqlalchemy import event

from award import db
from award.db import session
from award.exports.paper.documents import DOCUMENTS
from award.models import Report, Round
from award.services import report_files
from tests.people import signed_in
from tests.web.judging import judged_round
from tests.web.test_results import FULL, decided, frozen

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def world(app):
    return judged_round(app)


def rows(app):
    with app.app_context():
        return [(row.kind, row.variant, row.jurors, row.sections, row.entry and row.entry.number, row.language, row.state)
                for row in session.query(Report).order_by(Report.id)]


def ready(app, content=b"%PDF-1.7"):
    """Every report that waits is ready, final, with these bytes; gives {id: (kind, variant)}."""
    with app.app_context(), db.transaction():
        report_files.folder().mkdir(exist_ok=True)
        for row in session.query(Report).where(Report.state == "requested"):
            row.state, row.status, row.key, row.size = "ready", "final", f"{row.id}.pdf", len(content)
            report_files.path(row).write_bytes(content)
        return {row.id: (row.kind, row.variant) for row in session.query(Report)}


def taken(client, path):
    """(status, headers) of a file, read to its end."""
    with client.get(path) as answer:
        answer.get_data()
        return answer.status_code, answer.headers


def test_the_usual_report_is_one_click_away(app, world):
    number = frozen(app, world)
    page = world.client.get(f"/results/{number}/reports").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.partition("Make the report")[0]))
    hidden.pop("csrf_token")
    assert hidden == {**FULL, "languages": "en"}
    assert world.client.post(f"/results/{number}/reports", data=hidden).status_code == 303
    assert rows(app) == [("jury_report", "full", "names", [], None, "en", "requested")]
    page = world.client.get(f"/results/{number}/reports").text
    assert "1 document is on its way." in page and "asked for" in page and "Look again" in page and "the report says that it is a draft" in page
    world.client.post(f"/results/{number}/reports", data=hidden)
    assert len(rows(app)) == 1


def test_each_kind_that_can_be_composed_has_its_form(app, world):
    number = decided(app, world)
    page = world.client.get(f"/results/{number}/reports").text
    offered = set(re.findall(r"\?kind=(\w+)", page))
    assert {"jury_report", "feedback_letter"} <= offered <= set(DOCUMENTS)
    for kind in offered:
        form = world.client.get(f"/results/{number}/reports?kind={kind}").text
        assert f'name="kind" type="hidden" value="{kind}"' in form and form.count('name="languages"') == 4, kind
        assert (form.count('name="sections"') > 0) == bool(DOCUMENTS[kind].sections)
    assert "Make the report" in world.client.get(f"/results/{number}/reports?kind=absent").text


def test_variants_parts_codes_and_languages_are_chosen(app, world):
    number = decided(app, world)
    data = {**FULL, "variant": "full", "jurors": "codes", "sections": ["ranking", "decisions"], "languages": ["nl", "de"]}
    assert world.client.post(f"/results/{number}/reports", data=data).status_code == 303
    assert rows(app) == [("jury_report", "full", "codes", ["ranking", "decisions"], None, language, "requested") for language in ("nl", "de")]


def test_all_entries_are_asked_for_together_and_one_alone(app, world):
    number = decided(app, world)
    world.client.post(f"/results/{number}/reports", data={"kind": "feedback_letter", "entry": "every", "languages": "en"})
    assert [row[4] for row in rows(app)] == ["LA27-001", "LA27-002", "LA27-003"]
    world.client.post(f"/results/{number}/reports", data={**FULL, "variant": "team", "entry": "LA27-002", "languages": "en"})
    assert rows(app)[3:] == [("jury_report", "team", "codes", [], "LA27-002", "en", "requested")]


@pytest.mark.parametrize(("change", "said"), [
    ({"kind": "novel"}, "Choose one of the documents in the list."), ({"kind": ""}, "Choose one of the documents in the list."),
    ({"variant": "secret"}, "Choose one of the answers listed."), ({"sections": ["jury", "love"]}, "Choose one of the answers listed."),
    ({"entry": "LA27-099", "variant": "team"}, "Choose one of the answers listed."), ({"languages": "xx"}, "Choose one of the answers listed."),
    ({"languages": []}, "Choose at least one language."), ({"jurors": "faces"}, "Choose one of the answers listed.")])
def test_what_is_not_offered_is_answered_in_words_and_the_rest_is_kept(app, world, change, said):
    number = frozen(app, world)
    answer = world.client.post(f"/results/{number}/reports", data={**FULL, "variant": "public", "languages": ["fr"], "sections": ["jury"], **change})
    assert (answer.status_code, said in answer.text, rows(app)) == (422, True, [])
    ticked = re.findall(r'<input checked[^>]*value="(\w+)"', answer.text)
    assert "kind" in change or "public" in ticked or "variant" in change


def test_a_report_under_way_shows_how_far_it_is_and_is_cancelled_and_asked_for_again(app, world):
    number = frozen(app, world)
    world.client.post(f"/results/{number}/reports", data={**FULL, "languages": "en"})
    with app.app_context(), db.transaction():
        row = session.query(Report).one()
        row.state, row.done, row.total, row.attempts = "rendering", 12, 48, 1
    page = world.client.get(f"/results/{number}/reports").text
    assert "12 of 48 parts" in page and '<progress max="48" value="12"' in page
    auditor = signed_in(app, world.auditor)
    assert auditor.post("/reports/1/cancellation").status_code == 403
    assert world.client.post("/reports/1/cancellation").status_code == 303
    assert world.client.post("/reports/1/cancellation").status_code == 409
    page = world.client.get(f"/results/{number}/reports").text
    assert "cancelled" in page and "Ask again" in page and "/again" not in auditor.get(f"/results/{number}/reports").text
    assert world.client.post("/reports/1/again").status_code == 303
    assert [row[-1] for row in rows(app)] == ["cancelled", "requested"]
    assert "Ask again" not in world.client.get(f"/results/{number}/reports").text


def test_who_may_take_which_file(app, world):
    number = decided(app, world)
    world.client.post(f"/results/{number}/reports", data={**FULL, "languages": "en"})
    world.client.post(f"/results/{number}/reports", data={"kind": "feedback_letter", "entry": "LA27-001", "languages": "en"})
    people = {who: signed_in(app, who and getattr(world, who)) for who in ("organiser", "auditor", "team", "juror", None)}
    entry = "/entries/1"
    paths = ["/reports/1.pdf", "/reports/2.pdf", f"{entry}/documents/1.pdf", f"{entry}/documents/2.pdf", f"/rounds/{world.round}/report-en.pdf",
             f"/rounds/{world.round}/documents/jury_report-en.pdf", f"/rounds/{world.round}/documents/feedback_letter-en.pdf"]

    def codes(who):
        return [taken(people[who], path)[0] for path in paths]
    ready(app)
    assert codes("team") == [404] * 7
    assert "From the jury" not in people["team"].get(entry).text
    assert world.client.post(f"/rounds/{world.round}/publication").status_code == 303
    assert "The jury report is being made." in people[None].get(f"/rounds/{world.round}/result").text
    found = ready(app)
    public = next(n for n, what in found.items() if what == ("jury_report", "public"))
    page = people[None].get(f"/rounds/{world.round}/result").text
    assert "Jury report in English, PDF" in page and "is being made" not in page
    assert codes("auditor")[:2] == [200, 200]
    assert codes("team") == [404, 404, 404, 200, 200, 200, 404]
    assert codes("juror") == [404, 404, 404, 404, 200, 200, 404]
    assert codes(None) == [303, 303, 303, 303, 200, 200, 404]
    assert people["team"].get(f"{entry}/documents/{public}.pdf").status_code == 404
    shown = people["team"].get(entry).text
    assert "From the jury" in shown and f'href="{entry}/documents/2.pdf"' in shown
    disposition = taken(people["team"], f"{entry}/documents/2.pdf")[1]["Content-Disposition"]
    assert "LA27-feedback-letter-team-LA27-001-1-en.pdf" in disposition
    with app.app_context(), db.transaction():
        session.get(Round, world.round).state = "decided"
    assert [code for code in (*codes("team"), *codes(None)[4:]) if code == 200] == []


def test_the_page_costs_the_same_for_one_document_and_for_many(app, world):
    number, statements = decided(app, world), []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: statements.append(call[2]))

    def cost():
        address = f"/results/{number}/reports"
        world.client.get(address)
        statements.clear()
        assert world.client.get(address).status_code == 200
        return len(statements)
    world.client.post(f"/results/{number}/reports", data={**FULL, "languages": "en"})
    few = cost()
    world.client.post(f"/results/{number}/reports", data={"kind": "feedback_letter", "entry": "every", "languages": ["nl", "fr", "de", "en"]})
    assert (cost(), len(rows(app))) == (few, 13)
