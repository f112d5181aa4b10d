"""The jury report as pages of the site: the figures of the file, for readers and search, and for nobody too early."""
import re
import subprocess
from html.parser import HTMLParser

import pytest
from sqlalchemy import event, select

from award import db
from award.domain.report import Choice
from award.exports import pdf
from award.exports.paper import twin
from award.models import Ballot, Result, Round, Version
from award.services import compositions
from tests.people import signed_in
from tests.web.judging import judged_round
from tests.web.test_results import decided, frozen

HOSTILE = '"><script>alert(1)</script> & <b class="row">'


class Seen(HTMLParser):
    """What a browser makes of a page: tags with their attributes, in order."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def every(self, name):
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    @property
    def levels(self):
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]


@pytest.fixture
def statements(app):
    """The statements since the last `clear()`."""
    seen = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    return seen


@pytest.fixture
def world(app):
    """A decided round with comments and one hostile title: `result`, `full` and `public` are addresses."""
    found = judged_round(app)
    with app.app_context(), db.transaction() as session:
        session.scalars(select(Version).order_by(Version.id)).first().title = HOSTILE
        session.scalars(select(Ballot).order_by(Ballot.id)).first().scores[0].comment = f"Clear gains {HOSTILE}"
    found.result = decided(app, found)
    found.full, found.public = f"/results/{found.result}/report", f"/rounds/{found.round}/report"
    return found


def publish(world):
    assert world.client.post(f"/rounds/{world.round}/publication").status_code == 303


def figures(words):
    """The numbers with decimals in a text: scores, means and shares, but no page numbers."""
    return set(re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", words))


def text(page):
    return re.sub(r"<[^>]+>", " ", page)


def test_everybody_reads_it_once_it_is_published_and_the_office_before(app, world, client):
    assert [client.get(address).status_code for address in (world.public, f"{world.public}/LA27-001", world.full)] == [404, 404, 303]
    early = world.client.get(world.public)
    assert (early.status_code, 'content="noindex"' in early.text, "not public yet" in early.text) == (200, True, True)
    assert signed_in(app, world.auditor).get(world.full).status_code == 200
    publish(world)
    page = client.get(world.public)
    assert (page.status_code, 'content="index, follow"' in page.text) == (200, True)
    assert [signed_in(app, who).get(world.full).status_code for who in (world.juror, world.team)] == [404, 404]
    assert [client.get(f"{world.public}/{number}").status_code for number in ("LA27-001", "LA27-003", "LA27-999")] == [200, 404, 404]


def test_the_pages_hold_every_figure_of_the_file(app, world):
    with app.app_context():
        report = compositions.compose(db.session.get(Result, world.result), language="en")
        made = pdf.write(report, language="en")
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    numbers = [entry.key for entry in report.entries]
    pages = "".join(world.client.get(address).text for address in (world.full, *(f"{world.full}/{number}" for number in numbers)))
    assert len(figures(told)) > 20
    assert figures(told) - figures(text(pages)) == set()
    assert "94.0" in figures(told)


def test_headings_names_and_links_hold_together_and_hostile_titles_stay_text(world):
    whole, one = (Seen(world.client.get(address).text) for address in (world.full, f"{world.full}/LA27-001"))
    for seen in (whole, one):
        assert seen.levels.count(1) == 1 and seen.levels[0] == 1
        assert all(after - before <= 1 for before, after in zip(seen.levels, seen.levels[1:], strict=False))
        assert len(seen.every("id")) == len(set(seen.every("id")))
        anchors = [href[1:] for href in seen.every("href") if href.startswith("#")]
        assert anchors and set(anchors) <= set(seen.every("id"))
        assert set(seen.every("aria-labelledby")) <= set(seen.every("id"))
        assert [attributes["src"] for tag, attributes in seen.tags if tag == "script"] == ["/static/app.js"]
        assert seen.every("style") == []
    inner = [href for href in whole.every("href") if href.startswith(f"{world.full}/")]
    assert set(inner) == {f"{world.full}/LA27-00{n}" for n in (1, 2, 3)}
    assert "From the ballots" in world.client.get(f"{world.full}/LA27-001").text


def test_a_juror_is_named_to_the_office_and_not_beside_a_score_to_everybody(app, world, client):
    publish(world)
    full, public = world.client.get(f"{world.full}/LA27-001").text, client.get(f"{world.public}/LA27-001").text
    assert ("Clear gains" in full, "Clear gains" in public) == (True, False)


def test_each_language_has_an_address_that_search_finds(app, world, client):
    publish(world)
    with app.app_context(), db.transaction() as session:
        session.get(Round, world.round).languages = ["en", "nl"]
    seen = Seen(client.get(f"{world.public}?language=nl").text)
    assert ("html", {"lang": "nl"}) in seen.tags
    assert [a["href"] for tag, a in seen.tags if tag == "link" and a["rel"] == "canonical"][0].endswith(f"{world.public}?language=nl")
    named = [a["hreflang"] for tag, a in seen.tags if tag == "link" and a["rel"] == "alternate"]
    assert named == ["en", "nl"]
    assert f"{world.public}/LA27-001?language=nl" in seen.every("href")
    assert ("html", {"lang": "en"}) in Seen(client.get(f"{world.public}?language=xx").text).tags
    answer = client.post("/language", data={"language": "fr", "next": f"{world.public}?language=nl"})
    assert answer.headers["Location"] == world.public
    assert ("html", {"lang": "fr"}) in Seen(client.get(world.public).text).tags


def test_a_page_read_again_is_not_composed_again(statements, world, client):
    publish(world)
    counts = []
    for _ in range(3):
        statements.clear()
        client.get(world.public)
        counts.append(len(statements))
    assert counts[0] > counts[1] == counts[2]


COST = {}
"""Statements of the first and the second reading of the report and of a page of it, by the number of entries."""


@pytest.mark.parametrize("entries", [3, 9])
def test_a_report_costs_the_same_statements_however_many_entries(app, statements, entries):
    scores = {f"LA27-{n:03}": ((5, n % 5), (4, n % 4)) for n in range(1, entries + 1)}
    found = judged_round(app, scores=scores)
    number = frozen(app, found)
    counts = []
    for address in (f"/results/{number}/report", f"/results/{number}/report/LA27-002") * 2:
        statements.clear()
        assert found.client.get(address).status_code == 200
        counts.append(len(statements))
    assert COST.setdefault("first", counts) == counts


def test_a_printed_fragment_becomes_part_of_a_page():
    printed = ('<section class="part row" id="s3" data-round="A" data-part="B &quot;"><h1 data-mark="1">T</h1><h2>U</h2><a href="#e2">x</a>'
               '<table class="n"><caption>C</caption></table><svg xmlns="x" width="471pt" height="20.00pt" viewBox="0 0 471 20">'
               '<title>A &lt; "B"</title><rect/></svg>'
               '<svg xmlns="x" width="20pt" height="20.00pt" viewBox="0 0 20 20"><title>S</title></svg></section>')
    assert twin.on_screen(printed, deeper=1, to=lambda anchor: f"/r/{anchor}") == (
        '<section class="p-part p-row" id="s3"><h2>T</h2><h3>U</h3><a href="/r/e2">x</a>'
        '<div class="p-scroll" role="group" tabindex="0" aria-labelledby="s3-t1"><table class="p-n"><caption id="s3-t1">C</caption></table></div>'
        '<div class="p-scroll p-drawn" role="group" tabindex="0" aria-label="A &lt; &quot;B&quot;"><svg class="p-chart" role="img" '
        'viewBox="0 0 471 20"><title>A &lt; "B"</title><rect/></svg></div>'
        '<svg class="p-chart" role="img" viewBox="0 0 20 20"><title>S</title></svg></section>')


def test_every_class_of_the_report_is_styled_apart_from_the_rest_of_the_site(app, world):
    with app.app_context():
        report = compositions.compose(db.session.get(Result, world.result), language="en", choice=Choice(variant="public"))
    found = twin.twin(report, "en", place=lambda number: f"/x/{number}")
    names = {name for section in found.sections for group in re.findall(r' class="([^"]*)"', section.html) for name in group.split()}
    assert names and {name for name in names if not name.startswith("p-")} == set()
