"""A doubled post has one effect; keys of different people and things never meet."""
import pytest

from award.models import Entry, Programme
from award.services import posted
from tests import builders as b


@pytest.fixture
def people(context):
    return b.user(), b.user()


def test_the_second_post_with_a_key_gives_what_the_first_made(people):
    ann, _bob = people
    made = b.programme()
    posted.remember(made, "key", user=ann, now=b.NOW)
    assert posted.earlier(Programme, "key", user=ann) is made


def test_a_key_of_another_person_or_another_thing_gives_nothing(people):
    ann, bob = people
    posted.remember(b.programme(), "key", user=ann, now=b.NOW)
    assert [posted.earlier(Programme, "key", user=bob), posted.earlier(Entry, "key", user=ann), posted.earlier(Programme, "", user=ann)] == [None] * 3


def test_a_post_without_a_key_is_not_remembered(people):
    ann, _bob = people
    posted.remember(b.programme(), "", user=ann, now=b.NOW)
    assert posted.earlier(Programme, "", user=ann) is None


def test_a_key_of_any_length_is_taken(people):
    ann, _bob = people
    made = b.programme()
    posted.remember(made, "x" * 100_000, user=ann, now=b.NOW)
    assert posted.earlier(Programme, "x" * 100_000, user=ann) is made
