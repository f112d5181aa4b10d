"""The pages for everyone: the first page for visitors and for people, signs of health, the history, the mails of the
demonstration."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import event

from award.db import session, transaction
from award.i18n import text
from award.models import Mail, Round
from award.services import history, home, links, mails
from award.web.clock import now
from tests import builders as b
from tests import world
from tests.people import signed_in


@pytest.fixture
def round_(app):
    """A judged round with everybody in it: (numbers of people by role, number of the round)."""
    with app.app_context(), transaction():
        people, ids = world.build()
        return {role: user.id for role, user in people.items()}, ids["round_id"]


def fill(app, round_id, organiser, number):
    with app.app_context(), transaction():
        from award.models import Round, User

        round_, actor = session.get(Round, round_id), session.get(User, organiser)
        for n in range(number):
            history.add(
                round_,
                "deadline_extended" if n % 2 else "call_opened",
                actor=actor,
                now=b.NOW + timedelta(minutes=n),
                about={"reason": f"Because of {n}."},
            )


def test_a_visitor_sees_open_calls_and_public_results_and_nothing_else(app, client):
    with app.app_context(), transaction():
        moment = now()
        far = timedelta(days=9)
        for state, title, opens, closes in (
            ("open", "Call that is open", -far, far),
            ("open", "Call that is over", -far, -far / 2),
            ("open", "Call to come", far, 2 * far),
            ("draft", "Round in the making", -far, far),
            ("judging", "Round in judging", -far, far),
        ):
            b.round_(state=state, title={"en": title}, opens_at=moment + opens, closes_at=moment + closes)
        b.round_(state="published", title={"en": "Round with a result"}, published_at=moment)
    page = client.get("/").text
    shown = [
        title
        for title in (
            "Call that is open",
            "Call that is over",
            "Call to come",
            "Round in the making",
            "Round in judging",
            "Round with a result",
        )
        if title in page
    ]
    assert shown == ["Call that is open", "Round with a result"]
    assert "One call is open" in page


def test_the_first_page_of_an_empty_installation_says_so(client):
    assert "No call is open now" in client.get("/").text


@pytest.mark.parametrize(
    ("role", "title", "mine"),
    [
        ("organiser", "One round awaits you", "Your programmes"),
        ("auditor", "Nothing awaits you now", "Your programmes"),
        ("juror", "Nothing awaits you now", "Your juries"),
        ("team", "Nothing awaits you now", "Your entries"),
        ("stranger", "Welcome", "Open calls"),
    ],
)
def test_somebody_sees_what_is_theirs_with_how_it_stands(app, round_, role, title, mine):
    page = signed_in(app, round_[0][role]).get("/").text
    assert title in page
    assert mine in page
    assert [h for h in ("Your programmes", "Your juries", "Your entries") if h in page] == ([mine] if mine.startswith("Your") else [])


def test_a_juror_is_told_how_many_entries_await_scores(app):
    with app.app_context(), transaction():
        round_ = b.round_(state="judging")
        juror = b.juror(b.stage(round_, state="open"))
        criterion = b.criterion(juror.stage)
        for n in range(3):
            assignment = b.assignment(juror, b.entry(round_))
            if n == 0:
                b.ballot(assignment, {criterion: 3})
        user_id = juror.user_id
        assert [(s.assigned, s.submitted, s.to_go) for s in home.seats(juror.user)] == [(3, 1, 2)]
    assert "2 entries await your scores" in signed_in(app, user_id).get("/").text


def organised(person, state, *, pairs=(), **values):
    """A round of the person with one stage and, for each of `pairs`, an entry whose ballot is in or not."""
    round_ = b.round_(person.offices[0].programme, state=state, **values)
    stage = b.stage(round_, state="open" if pairs else "draft")
    criterion = b.criterion(stage)
    juror = b.juror(stage) if pairs else None
    for given in pairs:
        entry = b.entry(round_)
        b.screening(entry, person)
        b.ballot(b.assignment(juror, entry), {criterion: 3}, submitted=given)
    return round_


def test_the_organiser_reads_the_one_next_act_of_each_running_round(app):
    with app.app_context(), transaction():
        person = b.user(role="organiser")
        b.programme(person)
        dates = {"opens_at": now() - timedelta(days=1), "closes_at": now() + timedelta(days=9)}
        ids = [
            organised(person, state, pairs=pairs, **values).id
            for state, pairs, values in (
                ("draft", (), {}),
                ("open", (), dates),
                ("open", (), {**dates, "closes_at": now() - timedelta(hours=1)}),
                ("judging", (), {}),
                ("judging", (True, False), {}),
                ("judging", (True, True), {}),
                ("published", (), {}),
            )
        ]
        user_id = person.id
        rounds = [session.get(b.Round, id_) for id_ in ids]
        stages = [round_.stages[0].id for round_ in rounds]
    page = signed_in(app, user_id).get("/").text
    lines = [page.split(f'href="/rounds/{id_}">')[1].split("</tr>")[0] for id_ in ids]
    assert [re.findall(r'<a href="([^"]+)">([^<]+)</a>', line) for line in lines] == [
        [(f"/rounds/{ids[0]}/edit", "Write the texts and dates")],
        [(f"/rounds/{ids[1]}/entries", "Show the entries")],
        [(f"/rounds/{ids[2]}/close", "Close the call")],
        [(f"/rounds/{ids[3]}/screenings", "Screen the entries")],
        [(f"/stages/{stages[4]}/reminder", "Remind 1 juror")],
        [(f"/stages/{stages[5]}/lock", "Lock the scoring")],
        [],
    ]
    assert "5 rounds await you" in page


def test_nothing_awaits_the_organiser_while_the_teams_write(app):
    with app.app_context(), transaction():
        person = b.user(role="organiser")
        b.programme(person)
        organised(person, "open", opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=9))
        user_id = person.id
    assert "Nothing awaits you now" in signed_in(app, user_id).get("/").text


def test_the_first_page_costs_the_same_for_many_rows(app):
    costs = []
    for rows in (2, 9):
        with app.app_context(), transaction():
            person = b.user(role="organiser")
            for _ in range(rows):
                b.programme(person)
                organised(person, "judging", pairs=[n % 2 == 0 for n in range(rows)])
                round_ = b.round_(person.offices[0].programme, state="open", opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=9))
                b.entry(round_, person)
                b.juror(b.stage(round_), person)
            user_id = person.id
        client = signed_in(app, user_id)
        client.get("/")
        seen = []
        event.listen(app.extensions["engine"], "before_cursor_execute", listen := lambda *call, seen=seen: seen.append(call[2]))
        client.get("/")
        event.remove(app.extensions["engine"], "before_cursor_execute", listen)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 24


@pytest.mark.parametrize("path", ["/accessibility", "/privacy", "/contact", "/register", "/sign-in", "/sign-in/link", "/sign-in/sent"])
@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_pages_for_everyone_are_there_in_every_language(client, path, language):
    answer = client.get(path, headers={"Accept-Language": language})
    assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)


def test_signs_of_health(client):
    for path, word in (("/health/live", "live"), ("/health/ready", "ready")):
        answer = client.get(path)
        assert (answer.status_code, answer.json) == (200, {"status": word})


def test_an_installation_whose_data_folder_is_gone_is_alive_but_not_ready(app, client, tmp_path):
    app.config["DATA_DIR"] = tmp_path / "gone"
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 503


def test_the_history_shows_who_did_what_why_newest_first_in_pages(app, round_):
    people, round_id = round_
    fill(app, round_id, people["organiser"], 60)
    client = signed_in(app, people["auditor"])
    first, second = (client.get(f"/rounds/{round_id}/history?page={n}").text for n in (1, 2))
    assert first.index("Because of 59.") < first.index("Because of 58.")
    assert ("Deadline extended" in first, "Because of 9." in first, "Because of 9." in second) == (True, False, True)
    assert [client.get(f"/rounds/{round_id}/history?page={n}").status_code for n in (0, 3, "x")] == [404, 404, 200]


def test_the_history_can_be_taken_along_as_lines_that_chain(app, round_):
    people, round_id = round_
    fill(app, round_id, people["organiser"], 3)
    answer = signed_in(app, people["organiser"]).get(f"/rounds/{round_id}/history.jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["sequence"] for line in lines] == [1, 2, 3]
    assert [line["previous"] for line in lines] == [history.START, lines[0]["hash"], lines[1]["hash"]]
    assert "@" not in answer.text
    with app.app_context():
        assert lines[-1]["hash"] == history.head(session.get(Round, round_id))


@pytest.mark.parametrize("role", ["team", "juror", "stranger"])
def test_the_history_is_closed_to_those_who_are_judged_or_judge(app, round_, role):
    people, round_id = round_
    client = signed_in(app, people[role])
    assert client.get(f"/rounds/{round_id}/history").status_code == 404
    assert client.get(f"/rounds/{round_id}/history.jsonl").status_code == 404


def test_mails_of_a_round_are_read_in_the_demonstration_only(app, round_):
    people, round_id = round_
    assert signed_in(app, people["organiser"]).get(f"/rounds/{round_id}/mails").status_code == 404


def test_the_organiser_of_the_demonstration_follows_the_link_in_a_mail(demonstration):
    with demonstration.app_context(), transaction():
        people, ids = world.build()
        juror = b.juror(
            b.stage(people["organiser"].offices[0].programme.rounds[0], position=1),
            b.user("new@uni.example"),
            state="invited",
        )
        mails.write(
            juror.user,
            kind="juror",
            now=b.NOW,
            round_=juror.round,
            message=(
                text("Will you join the jury?"),
                text("<b>Open</b> %(link)s.\nThank you.", link=links.make(juror.user, "juror", juror.id, now=now())),
            ),
        )
        organiser, team, juror_id, round_id = people["organiser"].id, people["team"].id, juror.id, ids["round_id"]
        session.flush()
        mail_id = session.query(Mail.id).scalar()
    client = signed_in(demonstration, organiser)
    assert "Will you join the jury?" in client.get(f"/rounds/{round_id}/mails").text
    page = client.get(f"/rounds/{round_id}/mails/{mail_id}").text
    path = page.split(f'href="{demonstration.config["BASE_URL"]}')[1].split('"')[0]
    assert "&lt;b&gt;Open&lt;/b&gt;" in page
    assert "You are signed in as" in client.get(path).text
    assert client.post(path).location == f"/jurors/{juror_id}"
    assert signed_in(demonstration, team).get(f"/rounds/{round_id}/mails").status_code == 404
    assert signed_in(demonstration, organiser).get(f"/rounds/{round_id}/mails/99999").status_code == 404


@pytest.fixture
def demonstration(settings):
    from dataclasses import replace

    from award import create_app

    app = create_app(replace(settings, demo=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["engine"].dispose()
