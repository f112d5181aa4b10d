"""One award round in a real browser, with JavaScript, on SQLite; without JavaScript it is lived through on PostgreSQL."""
import pytest

from tests.journeys.story import tell


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_round_from_the_call_to_the_public_result(app, clock, sit_down, paper):
    tell(app, clock, sit_down(javascript=True), paper)
