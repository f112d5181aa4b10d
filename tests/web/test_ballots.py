"""The ballot: saving while typing, submitting with a receipt, what others may not see."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from award import create_app, db
from award.models import Assignment, Ballot, Event, Mail, Score, Stage
from award.services import receipts
from tests import builders as b
from tests import databases, jury
from tests.conftest import SHARED
from tests.people import signed_in


@pytest.fixture
def world(app, clock):
    clock.now = b.NOW
    return jury.made(app)


@pytest.fixture
def juror(app, world):
    return signed_in(app, world["people"][0])


def form(world, entry=0, *, scores=("4", "50"), comments=("", ""), version="0", **more):
    """What the page of a ballot posts."""
    first, second = world["criteria"]
    return {
        f"score_{first}": scores[0],
        f"score_{second}": scores[1],
        f"comment_{first}": comments[0],
        f"comment_{second}": comments[1],
        "note": "",
        "read": str(world["versions"][entry]),
        "version": version,
        **more,
    }


def draft(client, world, entry=0, **more):
    return client.post(f"/assignments/{world['pairs'][0, entry]}/ballot/draft", data=form(world, entry, **more))


def ballot_of(app, assignment_id):
    with app.app_context():
        row = db.session.scalar(select(Ballot).where(Ballot.assignment_id == assignment_id))
        return row and {
            "state": row.state,
            "version": row.version,
            "note": row.note,
            "receipt": row.receipt,
            "scores": [(s.value, s.comment) for s in row.scores],
        }


def masked(page):
    """A page without what differs at every load."""
    return re.sub(rb'name="(csrf_token|key)"[^>]*value="[^"]*"', b"", page)


@pytest.fixture
def make_app(request, settings, tmp_path):
    """make_app() gives a further application, on a database of its own."""
    made = []

    def make():
        folder = tmp_path / f"further{len(made)}"
        folder.mkdir()
        url = databases.sqlite(request.config.stash[SHARED], folder)
        made.append(create_app(replace(settings, database_url=url)))
        made[-1].config.update(WTF_CSRF_ENABLED=False, CLOCK=lambda: b.NOW)
        return made[-1]

    yield make
    for app in made:
        app.extensions["engine"].dispose()


@pytest.fixture
def statements(app):
    seen = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    return seen


def test_a_ballot_is_saved_while_typing_and_says_when(app, world, juror):
    answer = draft(juror, world, scores=("4", "37,5"), comments=("Good", ""))
    assert (answer.status_code, answer.headers["X-Award-Version"], answer.headers["X-Award-Saved"]) == (
        204,
        "1",
        "13:00",
    )
    assert ballot_of(app, world["pairs"][0, 0])["scores"] == [(Decimal(4), "Good"), (Decimal("37.5"), "")]


def test_saving_the_same_twice_leaves_one_event_and_one_version(app, world, juror):
    assert [draft(juror, world).headers["X-Award-Version"] for _ in range(3)] == ["1", "1", "1"]
    assert jury.acts(app) == ["ballot_saved"]


def test_a_changed_draft_is_a_new_version(app, world, juror):
    draft(juror, world)
    assert draft(juror, world, scores=("5", ""), version="1").headers["X-Award-Version"] == "2"
    assert ballot_of(app, world["pairs"][0, 0])["scores"] == [(Decimal(5), ""), (None, "")]


def test_a_stale_autosave_overwrites_nothing(app, world, juror):
    draft(juror, world)
    assert draft(juror, world, scores=("1", "1")).status_code == 409
    assert ballot_of(app, world["pairs"][0, 0])["scores"] == [(Decimal(4), ""), (Decimal(50), "")]


def test_a_stale_save_shows_both_and_can_be_sent_again(app, world, juror):
    draft(juror, world, comments=("What is saved", ""))
    page = juror.post(
        f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, comments=("What is typed", ""), act="save")
    )
    assert page.status_code == 409
    assert "What is saved" in page.text
    assert "What is typed" in page.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]
    again = juror.post(
        f"/assignments/{world['pairs'][0, 0]}/ballot",
        data=form(world, comments=("What is typed", ""), act="save", version=version),
    )
    assert again.status_code == 303
    assert ballot_of(app, world["pairs"][0, 0])["scores"][0] == (Decimal(4), "What is typed")


@pytest.mark.parametrize("typed", ["6", "-1", "4.5", "x", "1e1", "٣", "4 4", "NaN", "5" * 50])
def test_a_score_off_its_scale_is_refused_with_everything_typed(app, world, juror, typed):
    page = juror.post(
        f"/assignments/{world['pairs'][0, 0]}/ballot",
        data=form(world, scores=(typed, "12,5"), comments=("Kept text", ""), act="save"),
    )
    assert page.status_code == 422
    assert "Kept text" in page.text
    assert 'value="12,5"' in page.text
    assert draft(juror, world, scores=(typed, "")).status_code == 422
    assert ballot_of(app, world["pairs"][0, 0]) is None


def test_the_message_of_a_score_off_its_scale_says_the_scale(world, juror):
    page = juror.post(
        f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, scores=("7", "100.25"), act="save")
    )
    assert "Enter a score from 0 to 5, in steps of 1. Both 3.5 and 3,5 work." in page.text
    assert "Enter a score from 0 to 100, in steps of 0.5. Both 3.5 and 3,5 work." in page.text


@pytest.mark.parametrize("wrong", [{"score_99": "1"}, {"state": "submitted"}, {"receipt": "x"}])
def test_a_foreign_field_is_refused(app, world, juror, wrong):
    assert juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data={**form(world), **wrong}).status_code == 422
    assert ballot_of(app, world["pairs"][0, 0]) is None


def test_a_doubled_field_is_refused(world, juror):
    doubled = {**form(world), f"score_{world['criteria'][0]}": ["1", "5"]}
    assert juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=doubled).status_code == 422


def test_a_version_of_another_entry_is_refused(app, world, juror):
    for read in (world["versions"][1], "999", "x", ""):
        given = {**form(world), "read": str(read)}
        assert juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot/draft", data=given).status_code == 422
    assert ballot_of(app, world["pairs"][0, 0]) is None


def test_submitting_needs_every_criterion_and_names_what_is_missing(app, world, juror):
    page = juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, scores=("4", ""), act="submit"))
    assert page.status_code == 422
    assert (
        "No score for Novelty yet. An incomplete ballot does not count; a missing score is never a zero." in page.text
    )
    assert ballot_of(app, world["pairs"][0, 0]) is None


def test_submitting_gives_a_receipt_on_screen_and_by_mail(app, world, juror):
    answer = juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, act="submit"))
    assert answer.status_code == 303
    kept = ballot_of(app, world["pairs"][0, 0])
    assert kept["state"] == "submitted"
    assert re.fullmatch("[0-9a-f]{64}", kept["receipt"])
    assert kept["receipt"] in juror.get(answer.location).text
    with app.app_context():
        assert [kept["receipt"] in m.body for m in db.session.scalars(select(Mail))] == [True]
        assert receipts.holds(db.session.scalar(select(Ballot)))
    assert jury.acts(app) == ["ballots_submitted"]


def test_a_receipt_no_longer_fits_once_a_score_or_comment_is_altered(app, world, juror):
    juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, act="submit"))
    for column, value in ((Score.value, Decimal(5)), (Score.comment, "other")):
        with app.app_context():
            row = db.session.scalar(select(Ballot))
            setattr(row.scores[0], column.key, value)
            assert not receipts.holds(row)
            db.session.rollback()


def test_a_submitted_ballot_is_read_only_for_its_juror(app, world, juror):
    address = f"/assignments/{world['pairs'][0, 0]}/ballot"
    juror.post(address, data=form(world, act="submit"))
    assert '<form class="judge"' not in juror.get(address).text
    assert juror.post(address, data=form(world, scores=("1", "1"), version="1", act="save")).status_code == 409
    assert draft(juror, world, scores=("1", "1"), version="1").status_code == 409
    assert ballot_of(app, world["pairs"][0, 0])["scores"] == [(Decimal(4), ""), (Decimal(50), "")]


def test_all_complete_ballots_are_submitted_in_one_act_with_one_mail(app, world, juror):
    draft(juror, world, 0)
    draft(juror, world, 1)
    draft(juror, world, 2, scores=("4", ""))
    before = jury.acts(app)
    assert "Submit 2 ballots?" in juror.get(f"/jurors/{world['jurors'][0]}/ballots").text
    assert juror.post(f"/jurors/{world['jurors'][0]}/ballots").status_code == 303
    states = [ballot_of(app, world["pairs"][0, n])["state"] for n in range(3)]
    assert states == ["submitted", "submitted", "draft"]
    assert jury.acts(app)[len(before) :] == ["ballots_submitted"]
    with app.app_context():
        assert len(db.session.scalars(select(Mail)).all()) == 1
    assert juror.post(f"/jurors/{world['jurors'][0]}/ballots").status_code == 409


@pytest.mark.parametrize("state", ["draft", "locked", "decided"])
def test_nothing_is_saved_while_the_stage_is_not_open(app, world, juror, state):
    draft(juror, world)
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world["stage"]).state = state
    assert draft(juror, world, scores=("1", "1"), version="1").status_code == 409
    assert (
        juror.post(
            f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, version="1", act="submit")
        ).status_code
        == 409
    )
    assert juror.post(f"/jurors/{world['jurors'][0]}/ballots").status_code == 409
    assert ballot_of(app, world["pairs"][0, 0])["scores"] == [(Decimal(4), ""), (Decimal(50), "")]


@pytest.mark.parametrize("act", ["save", "submit"])
def test_what_a_juror_typed_while_the_stage_was_locked_is_given_back(app, world, juror, act):
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world["stage"]).state = "locked"
    posted = form(world, comments=("First line\n<b>second</b> line", " "), note="For me", act=act, key="a-key-of-the-page", csrf_token="secret-token")
    answer = juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=posted)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (409, "no-store")
    given = re.findall(r"<label[^>]*>([^<]+)</label>\s*<textarea[^>]* readonly [^>]*>\n([^<]*)</textarea>", answer.text)
    assert given == [
        ("Impact", "4"),
        ("Novelty", "50"),
        ("Comment, for the team", "First line\n&lt;b&gt;second&lt;/b&gt; line"),
        ("Private note", "For me"),
    ]
    assert answer.text.count("<textarea") == 4


def test_after_the_lock_a_juror_reads_the_own_ballot(app, world, juror):
    draft(juror, world, comments=("My own words", ""))
    with app.app_context(), db.transaction() as session:
        session.get(Stage, world["stage"]).state = "locked"
    page = juror.get(f"/assignments/{world['pairs'][0, 0]}/ballot")
    assert page.status_code == 200
    assert "My own words" in page.text
    assert "data-autosave" not in page.text


def test_nobody_else_reads_or_writes_a_ballot(app, world):
    for person in (world["people"][1], world["teams"][0], None):
        client = signed_in(app, person)
        for address in ("ballot", "conflict", "refusal"):
            assert client.get(f"/assignments/{world['pairs'][0, 0]}/{address}").status_code == (404 if person else 303)
        assert draft(client, world).status_code == (404 if person else 303)
    assert ballot_of(app, world["pairs"][0, 0]) is None


def test_a_newer_version_of_the_entry_is_told(app, world, juror):
    draft(juror, world)
    with app.app_context(), db.transaction() as session:
        entry = session.get(Assignment, world["pairs"][0, 0]).entry
        b.version(entry, entry.members[0].user, title="Entry 0, mended")
    page = juror.get(f"/assignments/{world['pairs'][0, 0]}/ballot").text
    assert "The team submitted a newer version." in page
    assert "Entry 0, mended" in page


PLACES = [
    "/jurors/{juror}",
    "/assignments/{done}/ballot",
    "/assignments/{todo}/ballot",
    "/jurors/{juror}/ballots",
    "/rounds/{round}/call",
    "/stages/{stage}/ballots",
]


@pytest.mark.parametrize("chair", [False, True])
def test_a_juror_sees_no_byte_of_what_others_do(make_app, chair):
    """Two databases that differ only in the ballots of others give the same pages."""
    seen = []
    for others in ((), tuple((1, n) for n in range(3))):
        app = make_app()
        app.config["WTF_CSRF_ENABLED"] = True
        world = jury.made(app, submitted=[(0, 0), *others])
        with app.app_context(), db.transaction() as session:
            session.get(Assignment, world["pairs"][0, 0]).juror.chair = chair
        client = signed_in(app, world["people"][0])
        names = {
            "juror": world["jurors"][0],
            "done": world["pairs"][0, 0],
            "todo": world["pairs"][0, 1],
            "round": world["round"],
            "stage": world["stage"],
        }
        answers = [client.get(place.format(**names)) for place in PLACES]
        seen.append([(a.status_code, masked(a.data)) for a in answers])
    assert seen[0] == seen[1]
    assert [status for status, _page in seen[0]] == [200] * 5 + [200 if chair else 404]


def test_the_order_is_the_jurors_own_and_stays(app, world):
    orders = []
    for n in (0, 1, 0):
        page = signed_in(app, world["people"][n]).get(f"/jurors/{world['jurors'][n]}").text
        orders.append(re.findall(r'class="row"[^>]*>(Entry \d)', page))
    assert orders[0] == orders[2]
    assert sorted(orders[0]) == sorted(orders[1]) == ["Entry 0", "Entry 1", "Entry 2"]


def test_the_form_costs_at_most_6_statements_and_saving_8(world, juror, statements):
    address = f"/assignments/{world['pairs'][0, 0]}/ballot"
    costs = []
    for ask in (
        lambda: juror.get(address),
        lambda: draft(juror, world, comments=("a", "")),
        lambda: draft(juror, world, scores=("3", "50"), comments=("a", "b"), version="1"),
        lambda: juror.get(address),
        lambda: juror.post(address, data=form(world, scores=("2", "1"), comments=("x", ""), version="2", act="save")),
    ):
        statements.clear()
        assert ask().status_code in (200, 204, 303)
        costs.append(len(statements))
    assert [cost <= most for cost, most in zip(costs, (6, 8, 8, 6, 8), strict=True)] == [True] * 5, (costs, statements)


@pytest.mark.parametrize(
    "address", ["/jurors/{juror}", "/jurors/{juror}/ballots", "/jurors/{juror}/conflicts", "/assignments/{pair}/ballot"]
)
def test_a_jurors_pages_cost_the_same_for_3_and_30_entries(make_app, address):
    costs = []
    for count in (3, 30):
        app = make_app()
        world = jury.made(app, entries=count, submitted=[(0, n) for n in range(count - 1)])
        seen = []
        event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call, seen=seen: seen.append(call[2]))
        client = signed_in(app, world["people"][0])
        path = address.format(juror=world["jurors"][0], pair=world["pairs"][0, count - 1])
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("who", ["organiser", "chair"])
def test_the_organiser_and_the_chair_reopen_with_a_reason(app, world, juror, who):
    juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, act="submit"))
    receipt = ballot_of(app, world["pairs"][0, 0])["receipt"]
    with app.app_context(), db.transaction() as session:
        session.get(Assignment, world["pairs"][1, 0]).juror.chair = True
    client = signed_in(app, world["organiser"] if who == "organiser" else world["people"][1])
    address = f"/assignments/{world['pairs'][0, 0]}/ballot/reopening"
    assert client.post(address, data={"reason": " "}).status_code == 422
    assert client.post(address, data={"reason": "Submitted too early"}).status_code == 303
    assert client.post(address, data={"reason": "Again"}).status_code == 409
    assert ballot_of(app, world["pairs"][0, 0])["state"] == "draft"
    with app.app_context():
        newest = db.session.scalar(select(Event).order_by(Event.id.desc()))
        assert (newest.act, newest.payload["receipt"], newest.about) == (
            "ballot_reopened",
            receipt,
            {"reason": "Submitted too early"},
        )


def test_no_other_juror_and_no_recused_chair_reopens(app, world, juror):
    juror.post(f"/assignments/{world['pairs'][0, 0]}/ballot", data=form(world, act="submit"))
    address = f"/assignments/{world['pairs'][0, 0]}/ballot/reopening"
    chair = signed_in(app, world["people"][1])
    assert [
        juror.post(address, data={"reason": "x"}).status_code,
        chair.post(address, data={"reason": "x"}).status_code,
    ] == [404, 404]
    with app.app_context(), db.transaction() as session:
        other = session.get(Assignment, world["pairs"][1, 0])
        other.juror.chair = True
        jury.conflict(other.juror, other.entry)
    assert chair.post(address, data={"reason": "x"}).status_code == 404
