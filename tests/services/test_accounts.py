"""Accounts and links: who an address belongs to, what a password must be, what a link does and how often."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.errors import Invalid, Missing, Refused
from award.models import Link, Mail, SignIn, User
from award.services import accounts, links, passwords, sign_ins
from tests import builders as b
from tests.builders import NOW

GOOD = "four words in a row"


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


def register(email="An.Peeters@town.example", name="An Peeters", password=GOOD):
    accounts.register(wanted={"name": name, "email": email, "organisation": "Town"}, password=password, now=NOW)
    session.flush()


def mails():
    return session.scalars(select(Mail).order_by(Mail.id)).all()


def token_in(mail):
    return mail.body.split("/links/")[1].split()[0].split("?")[0]


def test_registering_mails_a_link_that_confirms_the_address():
    register()
    user = accounts.find("an.peeters@town.example")
    assert (user.name, user.confirmed_at, user.role) == ("An Peeters", None, "member")
    assert accounts.known(user.email) == (None, None)
    link = links.follow(token_in(mails()[0]), now=NOW)
    assert (link.purpose, link.user.confirmed_at) == ("confirm", NOW)
    assert accounts.known(user.email) == (user.id, user.password_hash)
    assert passwords.matches(user.password_hash, GOOD)


def test_registering_a_known_address_changes_nothing_and_mails_its_owner():
    user = b.user("an@town.example", name="An", password_hash=None)
    register("AN@town.example", name="Mallory")
    assert (user.name, user.password_hash) == ("An", None)
    assert [(m.kind, m.address) for m in mails()] == [("registered", "an@town.example")]


def test_a_second_registration_before_confirmation_makes_the_first_mail_useless():
    register(password="words of the attacker")
    register(password=GOOD)
    first, second = mails()
    with pytest.raises(Refused):
        links.follow(token_in(first), now=NOW)
    assert passwords.matches(links.follow(token_in(second), now=NOW).user.password_hash, GOOD)


def test_an_invitation_drops_a_password_that_somebody_chose_before_the_address_was_confirmed():
    register("juror@uni.example", password="words of the attacker")
    user = accounts.find_or_invite("juror@uni.example", now=NOW)
    address = links.make(user, "juror", 1, now=NOW)
    assert links.follow(address.rpartition("/")[2], now=NOW).user.password_hash is None


def test_inviting_makes_an_account_once():
    made = accounts.find_or_invite(" New@Uni.example ", organisation="Uni", language="fr", now=NOW)
    assert (made.email, made.name, made.organisation, made.language) == ("new@uni.example", "new", "Uni", "fr")
    assert accounts.find_or_invite("new@uni.example", name="Other", now=NOW) is made
    assert made.name == "new"


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "eleven char",
        "a" * 30,
        "abababababab",
        "anpeetersanpeeters",
        "my name is Peeters",
        "i am at town today",
        "x" * 201,
    ],
)
def test_a_password_that_is_short_repetitive_or_known_is_refused(password):
    with pytest.raises(Invalid) as refusal:
        register(password=password)
    assert refusal.value.field == "password"
    assert mails() == []


def test_passwords_are_kept_as_argon2id_with_bounded_memory():
    assert passwords.scramble(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not passwords.matches(None, GOOD)
    assert not passwords.matches("rubbish", GOOD)


def test_a_link_is_good_once_and_for_its_time():
    user = b.user()
    token = links.make(user, "sign_in", now=NOW).rpartition("/")[2]
    late = links.make(user, "sign_in", now=NOW).rpartition("/")[2]
    assert links.follow(token, now=NOW + timedelta(minutes=29)).user is user
    for spent, moment in ((token, NOW), (late, NOW + timedelta(minutes=30))):
        with pytest.raises(Refused):
            links.follow(spent, now=moment)
    with pytest.raises(Missing):
        links.follow("guessed", now=NOW)


def test_only_the_hash_of_a_token_is_kept():
    token = links.make(b.user(), "sign_in", now=NOW).rpartition("/")[2]
    row = session.scalar(select(Link))
    assert row.token_hash == sign_ins.digest(token)
    assert token not in str(vars(row))
    assert len(token) >= 43


def test_a_link_keeps_its_purpose_and_the_subject_must_still_be_the_persons():
    juror = b.juror(b.stage(b.round_()))
    address = links.make(juror.user, "juror", juror.id, now=NOW)
    link = links.find(address.rpartition("/")[2])
    assert links.subject(link) is juror
    juror.user = b.user()
    session.flush()
    assert links.subject(link) is None


def test_a_link_carries_where_to_go_on():
    assert links.make(b.user(), "sign_in", now=NOW, then="/entries/1/edit?a=b").endswith("?next=%2Fentries%2F1%2Fedit%3Fa%3Db")


def test_an_unknown_address_gets_no_link_and_a_known_one_gets_one_in_its_language():
    b.user("marie@ville.example", language="fr")
    accounts.mail_link("nobody@else.example", now=NOW)
    accounts.mail_link("Marie@ville.example", now=NOW)
    session.flush()
    assert [(m.address, m.language, m.kind) for m in mails()] == [("marie@ville.example", "fr", "sign_in")]


def test_a_password_link_ends_the_present_password():
    user = b.user(password_hash=passwords.scramble(GOOD))
    links.follow(links.make(user, "password", now=NOW).rpartition("/")[2], now=NOW)
    assert user.password_hash is None


def test_a_new_password_ends_every_other_sign_in_and_every_open_link():
    user = b.user(password_hash=passwords.scramble(GOOD))
    here, _there = sign_ins.start(user, now=NOW), sign_ins.start(user, now=NOW)
    open_link = links.make(user, "sign_in", now=NOW).rpartition("/")[2]
    with pytest.raises(Invalid) as refusal:
        accounts.change_password(user, old="not this one", new="other words in a row", token=here, now=NOW)
    assert refusal.value.field == "old"
    accounts.change_password(user, old=GOOD, new="other words in a row", token=here, now=NOW)
    assert session.scalars(select(SignIn.token_hash)).all() == [sign_ins.digest(here)]
    assert passwords.matches(user.password_hash, "other words in a row")
    with pytest.raises(Refused):
        links.follow(open_link, now=NOW)


def test_somebody_can_be_made_administrator_with_or_without_an_account():
    made, address = accounts.appoint("Boss@office.example", role="administrator", now=NOW)
    assert (made.email, made.role) == ("boss@office.example", "administrator")
    assert links.follow(address.rpartition("/")[2], now=NOW).user is made
    again, _address = accounts.appoint("boss@office.example", role="organiser", now=NOW)
    assert (again is made, again.role) == (True, "organiser")
    assert session.scalars(select(User)).all() == [made]
