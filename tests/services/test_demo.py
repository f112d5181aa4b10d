"""The demonstration is whole, convincing and the same every time, on both databases."""
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from award import create_app, db
from award.cli import main
from award.db import session
from award.errors import Refused
from award.models import (Assignment, Ballot, Conflict, Decision, Entry, Event, Juror, JuryText, Mail, Report, Result, Round, Score, Screening, Stage,
                          User, Version)
from award.services import audits, consents, demo, results
from config import Settings
from tests import databases
from tests.conftest import SHARED


@pytest.fixture(scope="module")
def loaded(request, tmp_path_factory):
    """The demonstration, loaded by the command on SQLite and by its use case on PostgreSQL: (app, texts) of each."""
    chosen, shared = request.config.getoption("--database"), request.config.stash[SHARED]
    with ExitStack() as stack:
        found = {}
        if chosen != "postgresql":
            found["sqlite"] = by_command(stack, databases.sqlite(shared, tmp_path_factory.mktemp("sqlite")), tmp_path_factory)
        if chosen != "sqlite":
            worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
            found["postgresql"] = by_use_case(databases.postgresql(shared, f"demo_{worker}"), tmp_path_factory)
        yield found
        for app in found.values():
            app.extensions["engine"].dispose()


def by_command(stack, url, folders):
    patch = stack.enter_context(pytest.MonkeyPatch.context())
    folder = folders.mktemp("data")
    for name, value in {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1", "BASE_URL": "http://localhost:8000"}.items():
        patch.setenv(f"AWARD_{name}", value)
    assert main(["demo", "--lang", "en"]) == 0
    return an_app(url, folder)


def by_use_case(url, folders):
    app = an_app(url, folders.mktemp("data"))
    with app.app_context(), db.transaction():
        demo.load(now=datetime.now(UTC))
    return app


def an_app(url, folder):
    app = create_app(Settings(secret_key="a key for tests only, of sufficient length", database_url=url, data_dir=folder, demo=True,
                              base_url="http://localhost", trusted_hosts=("localhost",), testing=True))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def app(loaded):
    """The demonstration on the first of the databases."""
    return next(iter(loaded.values()))


@pytest.fixture
def rounds(app):
    """The rounds and their stages, with an application context."""
    with app.app_context():
        rows = session.scalars(select(Round).order_by(Round.id)).all()
        yield [SimpleNamespace(round=row, stage=row.stages[0]) for row in rows]


def count(table, *conditions):
    return session.scalar(select(func.count()).select_from(table).where(*conditions))


def test_one_round_is_finished_one_is_being_judged_and_one_call_is_open(rounds):
    assert [r.round.state for r in rounds] == ["published", "judging", "open"]
    assert [r.stage.state for r in rounds] == ["decided", "open", "draft"]
    assert [count(Entry, Entry.round_id == r.round.id) for r in rounds] == [48, 48, 4]


def test_history_results_and_receipts_are_whole(loaded):
    for app in loaded.values():
        with app.app_context():
            assert {row.code: audits.audit(row) for row in audits.rounds()} == dict.fromkeys([r.code for r in audits.rounds()], [])


def test_nothing_happened_in_the_future_and_everything_in_order(rounds):
    for r in rounds:
        instants = session.scalars(select(Event.at).where(Event.round_id == r.round.id).order_by(Event.sequence)).all()
        assert instants[-1] < datetime.now(UTC)
        assert [(a, b) for a, b in pairwise(instants) if a > b] == []


def test_two_loads_hold_the_same_texts_scores_and_result(loaded):
    found = []
    for app in loaded.values():
        with app.app_context():
            found.append((session.scalars(select(Result.body)).all(),
                          session.execute(select(Version.title, Version.checksum).order_by(Version.id)).all(),
                          session.execute(select(Juror.stage_id, Juror.code, Entry.number, Score.value, Score.comment)
                                          .select_from(Score).join(Ballot).join(Assignment).join(Juror).join(Entry, Assignment.entry_id == Entry.id)
                                          .order_by(Juror.stage_id, Juror.code, Entry.number, Score.criterion_id)).all()))
    assert all(one == found[0] for one in found)


def test_the_finished_round_has_entries_in_three_languages_two_of_them_not_eligible(rounds):
    last = rounds[0].round
    languages = session.execute(select(Entry.language, func.count()).where(Entry.round_id == last.id).group_by(Entry.language)).all()
    refused = session.scalars(select(Screening).join(Entry).where(Entry.round_id == last.id, ~Screening.eligible)).all()
    assert dict(languages) == {"nl": 20, "fr": 20, "de": 8}
    assert len(refused) == 2 and all(row.reason for row in refused)


def test_the_jury_of_twelve_comes_from_ten_organisations_with_conflicts_declared_and_found(rounds):
    jurors = rounds[0].stage.jurors
    kinds = set(session.scalars(select(Conflict.kind).join(Juror).where(Juror.stage_id == rounds[0].stage.id)))
    bodies = {j.user.email.partition("@")[2] for j in jurors}
    assert (len(jurors), len(bodies), sum(j.chair for j in jurors)) == (12, 10, 1)
    assert kinds == {"declared", "organisation", "domain"}


def test_a_late_juror_submitted_last_and_left_ballots_out(rounds):
    mine = select(Ballot).join(Assignment).join(Juror).where(Juror.stage_id == rounds[0].stage.id)
    first = {code: min(b.submitted_at for b in session.scalars(mine.where(Juror.code == code))) for code in ("J01", "J05", "J09", "J12")}
    body = results.body(rounds[0].stage.results[0])
    left = [e["juror"] for e in body["exclusions"] if e["cause"] == "not_started"]
    assert max(first, key=first.get) == "J09"
    assert sorted(left) == ["J04", "J09", "J09", "J09"]


def test_the_result_has_ties_and_the_jury_departs_from_it_twice_with_a_reason(rounds):
    body = results.body(rounds[0].stage.results[0])
    outcomes = session.execute(select(Decision.outcome, Decision.departs, func.count()).group_by(Decision.outcome, Decision.departs)).all()
    departing = session.scalars(select(Decision.reason).where(Decision.departs)).all()
    assert sum(line["tied"] for line in body["entries"]) >= 2
    assert sorted(map(tuple, outcomes)) == [("commended", False, 2), ("commended", True, 2), ("goes_on", False, 10), ("stops", False, 41),
                                            ("winner", False, 1)]
    assert [len(reason) > 100 for reason in departing] == [True, True]
    assert set(session.scalars(select(Report.language))) == {"nl", "fr", "de", "en"}


def test_ten_go_on_to_a_pitch_that_counts_the_first_stage_for_half_and_comes_out_too_close_to_call(rounds):
    pitch = rounds[0].round.stages[1]
    body = results.body(pitch.results[0])
    first = {line["entry"]: line["score"] for line in results.body(rounds[0].stage.results[0])["entries"]}
    assert [(line["status"], line["carried"] == first[line["entry"]]) for line in body["entries"]] == [("ranked", True)] * 10
    assert (pitch.state, body["rulebook"]["carried"], body["lines"]["margin"]["deliberate"]) == ("decided", 50, True)


def test_two_categories_are_ranked_and_the_special_award_among_what_failed(rounds):
    body = results.body(rounds[0].stage.results[0])
    (award,) = body["special_awards"]
    failed = session.scalars(select(Entry.number).where(Entry.round_id == rounds[0].round.id, Entry.initiative == "successfully_failed"))
    assert sorted(map(len, body["categories"].values())) == [18, 28]
    assert sorted(line["entry"] for line in award["entries"]) == sorted(filter(None, failed))


def test_the_jury_wrote_four_texts_in_four_languages_on_every_distinction_and_none_where_its_chair_has_a_conflict(rounds):
    honoured = session.scalars(select(Decision.entry_id).where(Decision.outcome.in_(("winner", "commended")))).all()
    found = session.execute(select(JuryText.entry_id, JuryText.language, JuryText.kind, JuryText.words)).all()
    written = [one[:2] for one in found if one.entry_id in honoured and one.words]
    assert sorted(written) == sorted([(entry, language) for entry in honoured for language in ("nl", "fr", "de", "en")] * 4)
    for kind in ("lessons", "recommendations"):
        assert sorted(one.language for one in found if one.kind == kind) == ["de", "en", "fr", "nl"]
    chair = next(j for j in rounds[0].stage.jurors if j.chair)
    recused = select(JuryText).where(JuryText.entry_id.in_([c.entry_id for c in chair.conflicts]))
    assert {text.saved_by_id for text in session.scalars(recused)} == {rounds[0].stage.results[0].frozen_by_id}


def test_comments_stand_with_a_good_share_of_the_scores_in_the_languages_of_the_jury(rounds):
    given = select(Score).join(Ballot).join(Assignment).where(Assignment.stage_id == rounds[0].stage.id)
    scores = session.scalars(given).all()
    share = sum(bool(s.comment) for s in scores) / len(scores)
    languages = set(session.scalars(select(User.language).join(Juror, Juror.user_id == User.id)))
    assert 0.3 < share < 0.8
    assert languages == {"nl", "fr", "de"}


def test_most_teams_of_the_finished_round_consent_to_publication_the_winner_among_them(rounds):
    finished = rounds[0].round
    assert [consents.counts(r.round)[0] for r in rounds[1:]] == [0, 0]
    consenting, taking_part = consents.counts(finished)
    assert 0.7 * taking_part < consenting < 0.9 * taking_part
    winners = session.scalars(select(Entry).join(Decision).where(Decision.outcome == "winner"))
    assert [e.consented_at is not None for e in winners] == [True]


def test_two_thirds_of_the_ballots_of_the_round_being_judged_are_in(rounds):
    stage = rounds[1].stage
    asked = count(Assignment, Assignment.stage_id == stage.id, Assignment.state == "notified")
    states = dict(session.execute(select(Ballot.state, func.count()).join(Assignment).where(Assignment.stage_id == stage.id)
                                  .group_by(Ballot.state)).all())
    begun = set(session.scalars(select(Juror.code).join(Assignment).join(Ballot).where(Juror.stage_id == stage.id)))
    assert 0.6 < states["submitted"] / asked < 0.75
    assert states["draft"] > 5
    assert begun == {f"J{n:02}" for n in range(1, 12) if n != 9}


def test_invitations_lie_in_the_outbox_with_a_link_for_each_juror(rounds):
    mails = session.scalars(select(Mail).where(Mail.kind == "juror_invitation", Mail.round_id == rounds[1].round.id)).all()
    assert len(mails) == 12
    assert all("/links/" in mail.body for mail in mails)
    assert {mail.language for mail in mails} == {"nl", "fr", "de"}


def test_nobody_can_be_reached_at_any_of_the_addresses(rounds):
    assert [e for e in session.scalars(select(User.email)) if not e.endswith(".example")] == []


def test_each_of_the_people_signs_in_with_one_click(app):
    for _words, email in demo.DEMO_PEOPLE:
        client = app.test_client()
        assert client.post("/demo/sign-in", data={"email": email}).status_code == 303
        assert client.get("/").status_code == 200
        assert client.get("/account").status_code == 200


def test_it_is_loaded_into_an_empty_installation_only(loaded, capsys):
    for app in loaded.values():
        with app.app_context(), pytest.raises(Refused):
            demo.load(now=datetime.now(UTC))


def test_the_command_leaves_alone_what_is_there(loaded, capsys):
    if "sqlite" in loaded:
        assert main(["demo", "--lang", "en"]) == 0
        assert capsys.readouterr().out == "The demonstration stays as it is: there is something here already.\n"


def test_the_team_has_a_draft_in_the_open_call_and_a_colleague_who_was_invited(rounds):
    entry = session.scalars(select(Entry).where(Entry.round_id == rounds[2].round.id, Entry.state == "draft")).one()
    assert [(m.role, m.joined_at is not None) for m in entry.members] == [("owner", True), ("editor", False)]
    assert count(Stage, Stage.round_id == rounds[2].round.id) == 1
