"""One award round in a real browser, with JavaScript, on both databases."""
from tests.journeys.story import tell


def test_a_round_from_the_call_to_the_public_result(app, clock, sit_down, paper):
    tell(app, clock, sit_down(javascript=True), paper)
