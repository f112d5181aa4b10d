"""The texts of the jury: who writes them and when, the draft from the comments, and that nothing typed is ever lost."""
import re
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from award import db
from award.models import Event, JuryText, Round, Stage
from award.services import decisions, results, rulebooks
from tests import builders as b
from tests import jury
from tests.people import signed_in

HOSTILE = "<script>alert(1)</script>\n{{ 7*7 }} <img src=x onerror=y> “quotes” & ] ]>"
COMMENTS = {(0, 0): ("Figures that others checked.", ""), (1, 0): ("Few users so far.", "New to us."), (0, 1): ("Solid.", "")}
"""(juror, entry): comments on Impact and Novelty."""


@pytest.fixture
def judged(app, clock):
    """judged(state) gives ids: three entries and two jurors, the second the chair, comments, a frozen result with a winner."""
    clock.now = b.NOW

    def judged(state="locked", round_state="judging", rows=3, comments=COMMENTS):
        with app.app_context(), db.transaction():
            found = jury.build(state="locked", entries=rows)
            found["round"].languages = ["nl", "en"]
            found["jurors"][1].chair = True
            for (j, e), pair in found["pairs"].items():
                ballot = b.ballot(pair, {found["criteria"][0]: (5, 1, 2)[e % 3] - (j if e == 0 else 0) * 4, found["criteria"][1]: 90 - 20 * (e % 3)})
                for score, words in zip(ballot.scores, comments.get((j, e), ("", "")), strict=True):
                    score.comment = words
            award = b.special_award(found["stage"], {found["criteria"][1]: 100})
            rulebooks.freeze(found["stage"], actor=found["organiser"], now=b.NOW)
            frozen = results.freeze(found["stage"], actor=found["organiser"], now=b.NOW)
            first = decisions.of_result(frozen)[0].entry
            decisions.record(frozen, first, outcome="winner", reason="It helps now.", by=(found["organiser"], b.NOW))
            found["stage"].state, found["round"].state = state, round_state
            return {**jury.ids(found), "award": award.id, "result": frozen.id, "winner": first.id}
    return judged


@pytest.fixture
def world(judged):
    return judged()


def address(ids, entry=0, language="en"):
    return f"/stages/{ids['stage']}/jury-texts/{ids['entries'][entry]}?language={language}"


def form(**words):
    return {"version": "0", "key": "", **dict.fromkeys(("summary", "strengths", "improvements", "motivation"), ""), **words}


def chair(app, ids):
    return signed_in(app, ids["people"][1])


def kept(app):
    with app.app_context():
        return {(t.place, t.kind, t.language): t.words for t in db.session.scalars(select(JuryText))}


def boxes(text):
    return {name: re.sub(r"&#39;|&#34;", "'", words) for name, words in
            re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', text, re.S)}


def test_the_chair_writes_in_one_language_and_the_history_says_what_was_saved_without_its_words(app, world):
    client = chair(app, world)
    answer = client.post(address(world), data=form(strengths="Checked figures.\r\nNeighbours helped.", motivation="It works."))
    assert (answer.status_code, answer.headers["Location"]) == (303, address(world))
    place = f"entry:{world['entries'][0]}"
    assert kept(app) == {(place, "strengths", "en"): "Checked figures.\nNeighbours helped.", (place, "motivation", "en"): "It works."}
    with app.app_context():
        told = db.session.execute(select(Event.actor_id, Event.payload, Event.about).where(Event.act == "jury_text_saved")).all()
    assert [(who, p["place"], p["kind"], p["language"], len(p["words"]), about) for who, p, about in told] == [
        (world["people"][1], place, "strengths", "en", 16, {}), (world["people"][1], place, "motivation", "en", 16, {})]
    page = client.get(address(world)).text
    assert [words in page for words in ("Saved by Juror 1,", "English, 2 of 4", "Nederlands, 0 of 4")] == [True] * 3
    assert boxes(page)["motivation"] == "It works."
    assert "It works." in client.get(address(world, language="nl")).text


def test_a_save_repeated_changes_nothing_and_an_emptied_text_is_empty(app, world):
    client = chair(app, world)
    for _ in range(2):
        assert client.post(address(world), data=form(summary="Short.", key="k")).status_code == 303
    assert jury.acts(app).count("jury_text_saved") == 1
    assert client.post(address(world), data=form(summary="Longer.", key="k")).status_code == 409    # the page before, gone back to
    assert client.post(address(world), data=form(version="1", key="k")).status_code == 303
    assert list(kept(app).values()) == [""]
    assert "English, 0 of 4" in client.get(address(world)).text


def test_two_at_once_keep_both_texts_and_the_second_sees_the_first(app, world):
    one, two = chair(app, world), signed_in(app, world["organiser"])
    assert one.post(address(world), data=form(summary="By the chair.", strengths="Same.")).status_code == 303
    answer = two.post(address(world), data=form(summary="By the organiser.", strengths="Same."))
    assert answer.status_code == 409
    assert "Juror 1 saved this page while you were typing." in answer.text
    assert (boxes(answer.text)["summary"], "<p class=\"prose\">By the chair.</p>" in answer.text, "<h3>Strengths</h3>" in
            answer.text[answer.text.index('id="theirs"'):answer.text.index("<textarea")]) == ("By the organiser.", True, False)
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text).group(1)
    assert two.post(address(world), data=form(summary="By both.", strengths="Same.", version=version)).status_code == 303
    assert {kind: words for (_p, kind, _l), words in kept(app).items()} == {"summary": "By both.", "strengths": "Same."}
    assert two.post(address(world, language="nl"), data=form(summary="In het Nederlands.")).status_code == 303    # another language is another form


@pytest.mark.parametrize(("length", "status"), [(20_000, 303), (20_001, 422)])
def test_a_text_has_room_for_20000_characters_and_a_longer_one_is_given_back(app, world, length, status):
    words = ("é " * 10_001)[:length - 1] + "x"
    answer = chair(app, world).post(address(world), data=form(motivation=words, summary="Kept in sight."))
    assert answer.status_code == status
    if status == 422:
        assert "This is 20,001 characters long; at most 20,000 fit. Shorten it." in answer.text
        assert boxes(answer.text)["motivation"] == words and boxes(answer.text)["summary"] == "Kept in sight." and kept(app) == {}


def test_the_draft_holds_the_jurors_words_below_what_was_typed_and_saves_nothing(app, world):
    answer = chair(app, world).post(address(world), data=form(strengths="My own point.", act="draft"))
    page = boxes(answer.text)
    assert (page["strengths"], page["improvements"]) == ("My own point.\nFigures that others checked.\nNew to us.", "Few users so far.")
    assert "It holds the words of J01, J02, as they wrote them" in answer.text
    assert (answer.status_code, kept(app), jury.acts(app).count("jury_text_saved")) == (200, {}, 0)


def test_without_a_comment_the_draft_says_so(app, world):
    answer = chair(app, world).post(address(world, entry=2), data=form(act="draft", summary="Stays."))
    assert ("There is no comment to make a draft from." in answer.text, boxes(answer.text)["summary"]) == (True, "Stays.")


def test_what_helps_the_writing_stands_beside(app, world):
    place = world["entries"].index(world["winner"])
    page = chair(app, world).get(address(world, entry=place)).text
    assert [words in page for words in ("Winner", "It helps now.")] == [True, True]
    page = chair(app, world).get(address(world)).text
    assert re.findall(r"<dt>(J\d+)</dt><dd><p>([^<]+)</p>", page) == [
        ("J01", "Figures that others checked."), ("J02", "Few users so far."), ("J02", "New to us.")]


def test_special_awards_and_the_whole_round_have_their_editors(app, world):
    client, base = chair(app, world), f"/stages/{world['stage']}/jury-texts"
    assert client.post(f"{base}/special-awards/{world['award']}?language=en", data={"version": "0", "lessons": "Ask first."}).status_code == 303
    assert client.post(f"{base}/recommendations?language=nl", data={"version": "0", "recommendations": "Begin vroeger."}).status_code == 303
    assert kept(app) == {(f"award:{world['award']}", "lessons", "en"): "Ask first.", ("", "recommendations", "nl"): "Begin vroeger."}
    page = client.get(f"{base}/special-awards/{world['award']}?language=nl").text
    assert "Ask first." in page and "1 · Entry" in page
    assert client.post(f"{base}/recommendations", data={"version": "0", "recommendations": "x", "act": "draft"}).status_code == 303    # no draft here


def test_the_overview_says_what_is_written_and_what_is_missing_for_a_distinction(app, world):
    client = chair(app, world)
    place = world["entries"].index(world["winner"])
    client.post(address(world, entry=place), data=form(summary="a", strengths="b", motivation="c"))
    page = client.get(f"/stages/{world['stage']}/jury-texts").text
    first = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page[page.index("Still to write"):page.index("<table>")]))
    assert "Entry 0Nederlands: all of it · English: Points to improve" in first
    assert page.count("English: 3 of 4 texts") == 1 and page.count("English: 0 of 4 texts") == 2 and page.count("of 1 texts") == 4


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_language_is_that_of_the_page_until_another_is_asked_for(app, world, language):
    page = chair(app, world).get(address(world).split("?")[0], headers={"Accept-Language": language}).text
    assert set(re.findall(r'<textarea[^>]* lang="(\w+)"', page)) == {language}
    assert chair(app, world).get(address(world, language="fr")).status_code == 404


def test_hostile_words_are_shown_as_they_are_and_stay_text(app, judged):
    ids = judged(comments={(0, 0): (HOSTILE, "")})
    client = chair(app, ids)
    client.post(address(ids), data=form(summary=HOSTILE, improvements=HOSTILE))
    for page in (client.get(address(ids)), client.get(address(ids, language="nl")), client.post(address(ids, language="nl"), data=form(act="draft"))):
        assert "<script>alert" not in page.text and "<img src=x" not in page.text and "{{ 7*7 }} &lt;img" in page.text


@pytest.mark.parametrize("path", ["", "/{entry}", "/special-awards/{award}", "/recommendations"])
def test_the_chair_and_the_organiser_come_here_and_nobody_else(app, world, path):
    with app.app_context(), db.transaction() as session:
        auditor = b.user("auditor@court.example")
        b.office(session.get(Stage, world["stage"]).round.programme, auditor, "auditor")
        watcher = auditor.id
    people = {"chair": world["people"][1], "organiser": world["organiser"], "juror": world["people"][0], "auditor": watcher,
              "team": world["teams"][0], "visitor": None}
    here = f"/stages/{world['stage']}/jury-texts" + path.format(entry=world["entries"][0], award=world["award"])
    assert {who: signed_in(app, person).get(here).status_code for who, person in people.items()} == {
        "chair": 200, "organiser": 200, "juror": 404, "auditor": 403, "team": 404, "visitor": 303}


def test_a_chair_with_a_conflict_leaves_that_entry_to_the_organiser(app, world):
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, world["stage"])
        jury.conflict(stage.jurors[1], session.get(b.Entry, world["entries"][0]))
    client = chair(app, world)
    assert [client.get(address(world, n)).status_code for n in (0, 1)] == [404, 200]
    assert client.post(address(world), data=form(summary="Mine.")).status_code == 404
    assert client.post(address(world), data=form(act="draft")).status_code == 404
    overview = client.get(f"/stages/{world['stage']}/jury-texts").text
    assert "You have a conflict of interest, so the organiser writes these texts." in overview
    assert f"jury-texts/{world['entries'][0]}" not in overview
    assert signed_in(app, world["organiser"]).post(address(world), data=form(summary="By the secretary.")).status_code == 303
    assert list(kept(app).values()) == ["By the secretary."]


@pytest.mark.parametrize(("stage", "round_", "read", "write"), [
    ("draft", "judging", 409, 409), ("open", "judging", 409, 409), ("locked", "judging", 200, 303), ("decided", "judging", 200, 303),
    ("decided", "decided", 200, 303), ("decided", "published", 200, 409), ("decided", "archived", 200, 409)])
def test_texts_are_written_from_the_lock_until_the_publication_and_read_afterwards(app, judged, stage, round_, read, write):
    ids = judged(stage, round_)
    client = chair(app, ids)
    assert client.get(f"/stages/{ids['stage']}/jury-texts").status_code == read
    assert client.get(address(ids)).status_code == read
    answer = client.post(address(ids), data=form(summary="Typed too late to be kept."))
    assert answer.status_code == write
    if write == 409:
        assert "Typed too late to be kept." in answer.text and kept(app) == {}
    if (read, write) == (200, 409):
        page = client.get(address(ids)).text
        assert ("so the texts of the jury are fixed" in page, "<textarea" in page) == (True, False)
        assert "A change needs the round taken back" in answer.text


def test_an_entry_or_special_award_of_another_stage_is_not_there(app, world):
    with app.app_context(), db.transaction() as session:
        other = b.stage(b.round_(session.get(Round, world["round"]).programme, state="judging"))
        foreign = b.special_award(other, {b.criterion(other): 1}).id, b.entry(other.round).id
    client = chair(app, world)
    assert [client.get(f"/stages/{world['stage']}/jury-texts/{path}").status_code for path in
            (f"special-awards/{foreign[0]}", foreign[1], 99_999)] == [404, 404, 404]


def test_the_ways_there_start_at_the_pages_of_the_chair_and_of_the_organiser(app, world):
    here = f'href="/stages/{world["stage"]}/jury-texts"'
    stage, result, jurors, people = (world[name] for name in ("stage", "result", "jurors", "people"))
    pages = {people[1]: [f"/jurors/{jurors[1]}", f"/stages/{stage}/jury-figures", f"/stages/{stage}/ballots"],
             world["organiser"]: [f"/stages/{stage}/ranking", f"/results/{result}/decisions", f"/results/{result}/reports"],
             people[0]: [f"/jurors/{jurors[0]}"]}
    assert [[here in signed_in(app, who).get(page).text for page in those] for who, those in pages.items()] == [[True] * 3, [True] * 3, [False]]


@pytest.mark.parametrize("rows", [3, 24])
def test_each_page_takes_as_many_statements_however_many_entries_and_texts(app, judged, rows):
    seen, ids = [], judged(rows=rows)
    with app.app_context(), db.transaction() as session:
        stage, writer = session.get(Stage, ids["stage"]), session.get(b.User, ids["organiser"])
        for entry in ids["entries"]:
            for kind in ("summary", "strengths"):
                session.add(JuryText(stage=stage, entry_id=entry, place=f"entry:{entry}", kind=kind, language="nl", words="x", saved_at=b.NOW,
                                     saved_by=writer))
    client, base = chair(app, ids), f"/stages/{ids['stage']}/jury-texts"
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    counts = []
    for path in ("", f"/{ids['entries'][0]}", f"/special-awards/{ids['award']}", "/recommendations"):
        client.get(base + path)
        seen.clear()
        assert client.get(base + path).status_code == 200
        counts.append(len(seen))
    assert counts == [13, 14, 12, 11]


def test_the_public_page_shows_the_reasons_of_the_jury_about_a_distinction_in_the_readers_language(app, judged):
    ids = judged()
    winner = ids["entries"].index(ids["winner"])
    client = chair(app, ids)
    client.post(address(ids, winner, "nl"), data=form(motivation="Omdat het werkt.\n<b>Echt.</b>", summary="Niet openbaar."))
    client.post(address(ids, (winner + 1) % 3, "nl"), data=form(motivation="Niet onderscheiden."))
    with app.app_context(), db.transaction() as session:
        session.get(Round, ids["round"]).state, session.get(Round, ids["round"]).published_at = "published", b.NOW
    page = app.test_client().get(f"/rounds/{ids['round']}/result", headers={"Accept-Language": "en"}).text
    assert '<p lang="nl">Omdat het werkt.</p><p lang="nl">&lt;b&gt;Echt.&lt;/b&gt;</p>' in page
    assert [words for words in ("Niet openbaar.", "Niet onderscheiden.") if words in page] == []


def test_a_criterion_where_less_is_better_turns_the_sides(app, judged):
    ids = judged()
    with app.app_context(), db.transaction() as session:
        stage = session.get(Stage, ids["stage"])
        stage.criteria[0].better, stage.criteria[0].high = "lower", Decimal(5)
    page = boxes(chair(app, ids).post(address(ids), data=form(act="draft")).text)
    assert (page["strengths"], page["improvements"]) == ("Few users so far.\nNew to us.", "Figures that others checked.")
