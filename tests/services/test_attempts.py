"""Limits on tries: per account, per address and in all; they pass by themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.errors import TooMany
from award.models import Attempt
from award.services import attempts
from tests.builders import NOW

WINDOW = attempts.WINDOW


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


def tries(number, *, email="an@town.example", address="192.0.2.1", kind="password", now=NOW):
    """How many of so many tries are let through; {n} stands for the number of the try."""
    let_through = 0
    for n in range(number):
        try:
            attempts.take(kind, email=email.format(n=n), address=address.format(n=n % 250, m=n), now=now)
            let_through += 1
        except TooMany:
            pass
    return let_through


def test_a_thousand_guesses_at_one_account_from_everywhere_give_ten_real_checks():
    assert tries(1000, address="192.0.2.{n}") == 10


def test_a_thousand_guesses_from_one_address_at_different_accounts_give_ten_real_checks():
    assert tries(1000, email="person{n}@town.example") == 10


def test_one_network_of_version_6_counts_as_one_address():
    assert tries(50, email="person{n}@town.example", address="2001:db8:1:2::{m:x}") == 10


def test_in_all_there_is_a_limit_too():
    assert tries(400, email="person{n}@town.example", address="2001:db8:{m:x}::1") == attempts.LIMITS["password"]["all"]


def test_nobody_is_locked_out_for_good_however_long_the_guessing_goes_on():
    assert tries(1000) == 10
    assert tries(100, now=NOW + WINDOW - timedelta(seconds=1)) == 0
    assert tries(100, now=NOW + WINDOW) == 10


def test_success_is_forgotten_so_that_an_office_behind_one_address_can_sign_in():
    for n in range(100):
        who = {"email": f"juror{n}@uni.example", "address": "192.0.2.1"}
        attempts.take("password", **who, now=NOW)
        attempts.forget("password", **who)
    assert session.scalar(select(Attempt.id).limit(1)) is not None


def test_mails_are_counted_apart_from_passwords():
    assert (tries(20), tries(20, kind="mail")) == (10, attempts.LIMITS["mail"]["account"])


def test_neither_addresses_nor_accounts_are_kept_in_clear():
    tries(1)
    session.flush()
    kept = " ".join(session.scalars(select(Attempt.key)))
    assert "town" not in kept
    assert "192" not in kept


def test_an_address_that_cannot_be_read_is_counted_as_unknown():
    assert tries(20, email="person{n}@town.example", address="no address {n}") == 10
