"""Anchors: which scores want a sentence, and how many have one."""

from fractions import Fraction

import pytest

from award.domain.anchors import wanted, written
from award.domain.criteria import Criterion


def scale(low, high, step):
    return Criterion(name="Impact", share=Fraction(1), low=Fraction(low), high=Fraction(high), step=step and Fraction(step))


@pytest.mark.parametrize(
    ("criterion", "scores"),
    [
        (scale(0, 5, "1"), ("5", "4", "3", "2", "1", "0")),
        (scale(1, 2, "0.5"), ("2", "1.5", "1")),
        (scale(0, 10, "1"), ("10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0")),
        (scale(0, 10, "0.5"), ("10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0")),
        (scale(-1, 1, "1"), ("1", "0", "-1")),
        (scale(0, 100, "1"), ("100", "50", "0")),
        (scale("0.5", "6.5", "0.5"), ("6", "5", "4", "3", "2", "1")),
        (scale("0.1", "1.9", "0.1"), ("1.9", "1", "0.1")),
        (scale(0, 1000, "1"), ("1000", "0")),
        (scale(0, 7, None), ("7", "0")),
    ],
)
def test_each_step_wants_a_sentence_or_each_whole_one_or_the_ends_and_the_middle(criterion, scores):
    assert wanted(criterion) == scores


def test_a_sentence_counts_when_it_is_written_in_the_language_for_a_wanted_score():
    criterion = scale(0, 2, "1")
    anchors = {"2": {"en": "Lasting", "nl": "Blijvend"}, "1": {"en": "  "}, "7": {"en": "Off the scale"}, "0": None}
    assert written(anchors, criterion, language="en") == (1, 3)
    assert written(anchors, criterion, language="nl") == (1, 3)
    assert written(anchors, criterion, language="fr") == (0, 3)
    assert written({}, criterion, language="en") == (0, 3)
