"""What is said of a ranking's certainty, where the result says something and where it does not."""
from award.domain import certainty_words


def test_nothing_is_said_of_leaving_out_jurors_where_the_result_does_not_know():
    assert certainty_words.without_one({"entries": [{"entry": "A"}, {"entry": "B", "moved_by": None}]}) is None


def test_entries_that_a_juror_moves_are_counted_once_each():
    shown = {"entries": [{"moved_by": ["J1", "J2"]}, {"moved_by": []}, {"moved_by": ["J1"]}]}
    assert "2 entries cross a line" in str(certainty_words.without_one(shown))
    assert "no entry crosses a line" in str(certainty_words.without_one({"entries": [{"moved_by": []}]}))
