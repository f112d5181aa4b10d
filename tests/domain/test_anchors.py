"""Which scores should say what earns them, and how many do."""

from fractions import Fraction

import pytest

from award.domain import anchors
from award.domain.criteria import Criterion


def scale(low, high, step):
    return Criterion(
        name="Impact", share=Fraction(1), low=Fraction(low), high=Fraction(high), step=step and Fraction(step)
    )


@pytest.mark.parametrize(
    ("ends", "wanted"),
    [
        ((0, 5, 1), ("5", "4", "3", "2", "1", "0")),
        ((0, 1, "0.5"), ("1", "0.5", "0")),
        ((0, 10, "0.5"), ("10", "9", "8", "7", "6", "5", "4", "3", "2", "1", "0")),
        ((0, 100, 1), ("100", "50", "0")),
        ((-1, 1, 1), ("1", "0", "-1")),
        ((0, 1000, 1), ("1000", "0")),
        ((0, 5, None), ("5", "0")),
    ],
)
def test_every_step_has_an_anchor_or_those_that_give_the_scale_its_sense(ends, wanted):
    assert anchors.wanted(scale(*ends)) == wanted


def test_an_anchor_counts_when_it_is_written_in_the_language():
    written = {"2": {"en": "Much", "nl": " "}, "1": {"en": "  "}, "0": {"nl": "Niets"}, "7": {"en": "Off the scale"}}
    assert anchors.written(written, scale(0, 2, 1), language="en") == (1, 3)
    assert anchors.written(written, scale(0, 2, 1), language="nl") == (1, 3)
    assert anchors.written({}, scale(0, 2, 1), language="nl") == (0, 3)
