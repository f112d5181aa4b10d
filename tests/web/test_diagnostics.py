"""How each juror scored: for the chair, once the stage is locked."""
import re

import pytest
from sqlalchemy import event

from award import db
from award.models import Juror, Stage
from award.services import results, rulebooks
from tests import builders as b
from tests import jury
from tests.people import signed_in

ENTRIES = 6


@pytest.fixture
def judged(app):
    """judged(state) gives the ids of a stage with six entries and four jurors; the second is the chair, the third scores everything lower."""
    def judged(state="locked", rows=ENTRIES):
        with app.app_context(), db.transaction():
            found = jury.build(state=state, entries=rows, jurors=4)
            found["jurors"][1].chair = True
            for (j, e), pair in found["pairs"].items():
                b.ballot(pair, {found["criteria"][0]: max(0, e % 6 - (2 if j == 2 else 0)),
                                found["criteria"][1]: 90 - 10 * (e % 5) - (40 if j == 2 else 0) + j * e % 3})
            rulebooks.freeze(found["stage"], actor=found["organiser"], now=b.NOW)
            return jury.ids(found)
    return judged


def address(ids):
    return f"/stages/{ids['stage']}/jury-figures"


def rows(text):
    return [re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", row)).strip()
            for row in re.findall(r"<tr>.*?</tr>", re.findall(r"<tbody>.*?</tbody>", text, re.S)[0], re.S)]


def test_the_chair_reads_names_figures_and_kind_words(app, judged):
    ids = judged()
    text = signed_in(app, ids["people"][1]).get(address(ids)).text
    assert "Juror 2" in rows(text)[0]
    assert re.search(r"<dt>Juror 2</dt><dd>Scored about \d+ points lower than the others would have; that is normal\.", text)
    assert len(rows(text)) == 4
    assert "Every juror scored every entry, so they move no rank." in text
    assert text.count('class="c-range"') == 5    # one in the key


def test_before_the_lock_nobody_reads_them_and_hears_when(app, judged):
    ids = judged("open")
    answer = signed_in(app, ids["people"][1]).get(address(ids))
    assert (answer.status_code, "once the stage is locked" in answer.text) == (409, True)
    assert [name for name in ("Juror 0", "Juror 2") if name in answer.text] == []


def test_the_frozen_result_gives_the_same_figures_as_the_locked_ballots(app, judged):
    ids = judged()
    client = signed_in(app, ids["people"][1])
    before = rows(client.get(address(ids)).text)
    with app.app_context(), db.transaction() as session:
        results.freeze(session.get(Stage, ids["stage"]), actor=session.get(b.User, ids["organiser"]), now=b.NOW)
    after = client.get(address(ids)).text
    assert (rows(after), "Result 1, frozen" in after) == (before, True)


def test_below_five_ballots_there_are_no_figures(app, judged):
    ids = judged(rows=3)
    text = signed_in(app, ids["people"][1]).get(address(ids)).text
    assert text.count("3 ballots count; figures are given from 5 ballots.") == 4


def test_without_ballots_the_page_says_so(app):
    with app.app_context(), db.transaction():
        found = jury.build(state="locked", jurors=1, assigned=False)
        found["jurors"][0].chair = True
        ids = jury.ids(found)
    assert "No juror has a ballot that counts." in signed_in(app, ids["people"][0]).get(address(ids)).text


def test_an_entry_that_hangs_on_one_juror_is_named_without_reproach(app):
    with app.app_context(), db.transaction():
        found = jury.build(state="locked", entries=2, jurors=3)
        found["jurors"][0].chair = True
        for (j, e), pair in found["pairs"].items():
            b.ballot(pair, {found["criteria"][0]: (5, 0)[e] if j == 0 else (3, 4)[e], found["criteria"][1]: 50})
        ids = jury.ids(found)
    text = signed_in(app, ids["people"][0]).get(address(ids)).text
    assert "Without these ballots, on the other side of a line of the ranking: Entry 0, Entry 1." in text


@pytest.mark.parametrize("state", ["open", "locked", "decided"])
def test_nobody_but_the_chair_comes_here(app, judged, state):
    ids = judged(state)
    with app.app_context(), db.transaction() as session:
        auditor = b.user("auditor@court.example")
        b.office(session.get(Stage, ids["stage"]).round.programme, auditor, "auditor")
        watcher = auditor.id
    others = {"juror": ids["people"][0], "organiser": ids["organiser"], "auditor": watcher, "team": ids["teams"][0], "visitor": None}
    assert {who: signed_in(app, person).get(address(ids)).status_code for who, person in others.items()} == {
        "juror": 404, "organiser": 403, "auditor": 403, "team": 404, "visitor": 303}


@pytest.mark.parametrize("state", ["invited", "declined"])
def test_a_chair_who_has_not_accepted_stays_outside(app, judged, state):
    ids = judged()
    with app.app_context(), db.transaction() as session:
        session.get(Juror, ids["jurors"][1]).state = state
    assert signed_in(app, ids["people"][1]).get(address(ids)).status_code == 404


@pytest.mark.parametrize(("state", "linked"), [("open", False), ("locked", True), ("decided", True)])
def test_the_way_there_starts_at_the_chairs_own_page(app, judged, state, linked):
    ids = judged(state)
    chair, juror = (signed_in(app, ids["people"][n]).get(f"/jurors/{ids['jurors'][n]}").text for n in (1, 0))
    assert (address(ids) in chair, address(ids) in juror) == (linked, False)


def test_a_chair_without_assignments_finds_the_way_too(app):
    with app.app_context(), db.transaction():
        found = jury.build(state="locked", jurors=1, assigned=False)
        found["jurors"][0].chair = True
        ids = jury.ids(found)
    assert address(ids) in signed_in(app, ids["people"][0]).get(f"/jurors/{ids['jurors'][0]}").text


def test_no_figure_on_a_juror_stands_on_a_page_that_others_read(app, judged):
    ids = judged()
    client = signed_in(app, ids["organiser"])
    with app.app_context(), db.transaction() as session:
        frozen = results.freeze(session.get(Stage, ids["stage"]), actor=session.get(b.User, ids["organiser"]), now=b.NOW).id
    document = client.get(f"/results/{frozen}/json").json
    assert {key for one in document.get("result", document)["jurors"] for key in one} == {"juror", "ballots"}
    for path in ("ranking", "ranking?page=all", "comparison", "rulebook-versions"):
        assert "than the others would have" not in client.get(f"/stages/{ids['stage']}/{path}").text


@pytest.mark.parametrize("entries", [6, 30])
def test_it_takes_as_many_statements_however_many_entries(app, judged, entries):
    ids, seen = judged(rows=entries), []
    client = signed_in(app, ids["people"][1])
    client.get(address(ids))
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    assert client.get(address(ids)).status_code == 200
    assert len(seen) <= 7, seen


@pytest.mark.parametrize(("reach", "found"), [(0, (-1, 1, 1)), (3.2, (-4, 4, 1)), (4.1, (-6, 6, 2)), (18, (-20, 20, 5)), (75, (-80, 80, 20)),
                                              (99, (-100, 100, 25))])
def test_the_axis_holds_every_interval(reach, found):
    from award.web.diagnostics import axis
    assert axis(reach) == found
