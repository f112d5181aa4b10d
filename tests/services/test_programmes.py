"""Programmes: founded once, renamed, and the offices in them."""

import pytest

from award import db
from award.errors import Invalid, Refused, Stale
from award.models import Event, Office, Programme, User
from award.services import audits, history, programmes
from tests import builders as b

GIVEN = {"name": {"en": "Lantern Award"}, "organiser": {"en": "Office"}, "contact": "award@office.example"}


@pytest.fixture
def organiser(context):
    return b.user("organiser@office.example", role="organiser")


def test_who_founds_a_programme_organises_it_and_a_doubled_post_founds_one(organiser):
    first, second = (programmes.create(GIVEN, key="one key", actor=organiser, now=b.NOW) for _time in range(2))
    assert (first, db.session.query(Programme).count()) == (second, 1)
    assert [(programme, kind, rounds) for programme, kind, rounds in programmes.of(organiser)] == [(first, "organiser", 0)]


def test_rounds_are_listed_newest_first_with_the_entries_submitted(organiser):
    programme = b.programme(organiser)
    old, new = b.round_(programme), b.round_(programme)
    b.entry(old)
    b.entry(old, submitted=False)
    assert programmes.rounds_of(programme) == [(new, 0), (old, 1)]
    assert [row[2] for row in programmes.of(organiser)] == [2]


def test_name_and_contact_change_and_the_second_of_two_is_refused(organiser):
    programme = programmes.create(GIVEN, key="", actor=organiser, now=b.NOW)
    programmes.change(programme, given={**GIVEN, "name": {"nl": "Lantaarnprijs"}}, version=1, actor=organiser, now=b.NOW)
    assert (programme.name, programme.version) == ({"nl": "Lantaarnprijs"}, 2)
    with pytest.raises(Stale) as refusal:
        programmes.change(programme, given=GIVEN, version=1, actor=organiser, now=b.NOW)
    assert str(refusal.value).startswith(organiser.name)


def test_somebody_new_is_appointed_with_an_account_and_only_once(organiser):
    programme = b.programme(organiser)
    programmes.appoint(programme, email="Auditor@Court.example", kind="auditor", actor=organiser, now=b.NOW)
    assert [(o.user.email, o.kind) for o in programmes.offices_of(programme)] == [
        ("organiser@office.example", "organiser"),
        ("auditor@court.example", "auditor"),
    ]
    assert db.session.query(User).filter_by(email="auditor@court.example").one().password_hash is None
    with pytest.raises(Invalid) as refusal:
        programmes.appoint(programme, email="auditor@court.example", kind="organiser", actor=organiser, now=b.NOW)
    assert refusal.value.field == "email"


def test_the_last_organiser_stays_and_offices_elsewhere_are_left_alone(organiser):
    programme, other = b.programme(organiser), b.programme(b.user())
    auditor = b.office(programme, b.user(), "auditor")
    elsewhere = programmes.offices_of(other)[0]
    first = next(o for o in programmes.offices_of(programme) if o.kind == "organiser")
    with pytest.raises(Refused) as refusal:
        programmes.dismiss(programme, office_id=first.id, actor=organiser, now=b.NOW)
    assert refusal.value.status == 409
    for office_id in (elsewhere.id, None, 10**9):
        programmes.dismiss(programme, office_id=office_id, actor=organiser, now=b.NOW)
    assert db.session.query(Office).count() == 3
    programmes.dismiss(programme, office_id=auditor.id, actor=organiser, now=b.NOW)
    assert programmes.offices_of(programme) == [first]


def test_every_act_on_a_programme_leaves_its_event_in_a_chain_of_its_own(organiser):
    programme = programmes.create(GIVEN, key="", actor=organiser, now=b.NOW)
    round_ = b.round_(programme)
    history.add(round_, "round_created", actor=organiser, now=b.NOW)
    by = {"actor": organiser, "now": b.NOW}
    programmes.change(programme, given={**GIVEN, "contact": "nora@office.example"}, version=1, **by)
    programmes.appoint(programme, email="auditor@court.example", kind="auditor", **by)
    auditor = programmes.offices_of(programme)[1]
    programmes.dismiss(programme, office_id=auditor.id, **by)
    told = {"name": GIVEN["name"], "organiser": GIVEN["organiser"]}
    office = {"kind": "auditor", "user": auditor.user_id}
    db.session.expire_all()
    events = history.newest(programme)
    assert [(e.sequence, e.act, e.actor, e.payload, e.about) for e in events] == [
        (4, "office_ended", organiser, office, {"object": "auditor"}),
        (3, "office_given", organiser, office, {"object": "auditor"}),
        (2, "programme_changed", organiser, {"changed": ["contact"], **told}, {}),
        (1, "programme_created", organiser, told, {}),
    ]
    assert [e.act for e in history.newest(round_)] == ["round_created"]
    assert (history.first_break(programme), history.first_break(round_)) == (None, None)
    assert list(audits.of_history(programme)) == []


def test_a_line_moved_from_a_round_to_a_programme_or_changed_in_it_is_found(organiser):
    programme = programmes.create(GIVEN, key="", actor=organiser, now=b.NOW)
    event = history.newest(programme)[0]
    names = ("sequence", "at", "actor_id", "act", "kind", "object_id", "payload", "previous")
    moved = Event(round_id=programme.id, **{name: getattr(event, name) for name in names})
    assert history.fingerprint(moved) != event.hash
    event.payload = {**event.payload, "name": {"en": "Another"}}
    db.session.flush()
    assert [(f.code, str(f.words)[:36]) for f in audits.of_history(programme)] == [(2, "The history is broken at line 1: tha")]


def test_the_lines_of_a_programme_hold_all_that_the_hash_covers_and_no_name(organiser):
    programme = programmes.create(GIVEN, key="", actor=organiser, now=b.NOW)
    programmes.appoint(programme, email="auditor@court.example", kind="auditor", actor=organiser, now=b.NOW)
    first, second = history.lines(programme)
    assert (first["programme_id"], first["previous"], second["previous"]) == (programme.id, history.START, first["hash"])
    assert "auditor@" not in str(second) and "about" not in second
