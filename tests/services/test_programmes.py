"""Programmes: founded once, renamed, and the offices in them."""

import pytest

from award import db
from award.errors import Invalid, Refused, Stale
from award.models import Office, Programme, User
from award.services import programmes
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
    programmes.change(programme, given={**GIVEN, "name": {"nl": "Lantaarnprijs"}}, version=1)
    assert (programme.name, programme.version) == ({"nl": "Lantaarnprijs"}, 2)
    with pytest.raises(Stale):
        programmes.change(programme, given=GIVEN, version=1)


def test_somebody_new_is_appointed_with_an_account_and_only_once(organiser):
    programme = b.programme(organiser)
    programmes.appoint(programme, email="Auditor@Court.example", kind="auditor", now=b.NOW)
    assert [(o.user.email, o.kind) for o in programmes.offices_of(programme)] == [
        ("organiser@office.example", "organiser"),
        ("auditor@court.example", "auditor"),
    ]
    assert db.session.query(User).filter_by(email="auditor@court.example").one().password_hash is None
    with pytest.raises(Invalid) as refusal:
        programmes.appoint(programme, email="auditor@court.example", kind="organiser", now=b.NOW)
    assert refusal.value.field == "email"


def test_the_last_organiser_stays_and_offices_elsewhere_are_left_alone(organiser):
    programme, other = b.programme(organiser), b.programme(b.user())
    auditor = b.office(programme, b.user(), "auditor")
    elsewhere = programmes.offices_of(other)[0]
    first = next(o for o in programmes.offices_of(programme) if o.kind == "organiser")
    with pytest.raises(Refused) as refusal:
        programmes.dismiss(programme, office_id=first.id)
    assert refusal.value.status == 409
    for office_id in (elsewhere.id, None, 10**9):
        programmes.dismiss(programme, office_id=office_id)
    assert db.session.query(Office).count() == 3
    programmes.dismiss(programme, office_id=auditor.id)
    assert programmes.offices_of(programme) == [first]
