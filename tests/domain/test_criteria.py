"""A criterion: its steps, and what is on its scale."""

from fractions import Fraction

import pytest

from award.domain import criteria
from award.domain.criteria import Criterion
from award.errors import Invalid

IMPACT = Criterion("Impact", Fraction(40), Fraction(0), Fraction(5), step=Fraction(1, 2))
FREE = Criterion("Price", Fraction(60), Fraction(-1), Fraction(9), better="lower")


def test_the_steps_run_from_the_low_to_the_high_end():
    assert criteria.steps(IMPACT) == tuple(Fraction(i, 2) for i in range(11))


def test_a_scale_without_a_step_or_with_too_many_offers_no_choice():
    assert criteria.steps(FREE) == ()
    assert criteria.steps(Criterion("Fine", Fraction(1), Fraction(0), Fraction(1), step=Fraction(1, 100)))[-1] == 1
    assert criteria.steps(Criterion("Finer", Fraction(1), Fraction(0), Fraction(101, 100), step=Fraction(1, 100))) == ()


@pytest.mark.parametrize(
    ("criterion", "value", "there"),
    [
        (IMPACT, "0", True),
        (IMPACT, "5", True),
        (IMPACT, "3.5", True),
        (IMPACT, "3.25", False),
        (IMPACT, "5.5", False),
        (IMPACT, "-0.5", False),
        (FREE, "-1", True),
        (FREE, "0.123456", True),
        (FREE, "9.000001", False),
    ],
)
def test_a_score_lies_on_a_step_of_the_scale(criterion, value, there):
    assert criteria.on_scale(criterion, Fraction(value)) is there
    assert (criteria.fault(criterion, Fraction(value)) is None) is there


def test_a_typed_score_is_read_and_an_empty_one_is_missing():
    assert criteria.read(IMPACT, "3,5") == Fraction(7, 2)
    assert [criteria.read(IMPACT, empty) for empty in ("", "  ", None)] == [None, None, None]


@pytest.mark.parametrize(
    ("criterion", "typed", "message"),
    [
        (IMPACT, "6", "Enter a score from 0 to 5, in steps of 0.5. Both 3.5 and 3,5 work."),
        (FREE, "10", "Enter a score from -1 to 9. Both 3.5 and 3,5 work."),
    ],
)
def test_a_score_off_the_scale_is_refused_with_the_scale(criterion, typed, message):
    with pytest.raises(Invalid) as refused:
        criteria.read(criterion, typed)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("criterion", "value", "message"),
    [
        (IMPACT, 6, 'score 6 is above the scale 0–5 of "Impact"'),
        (IMPACT, -1, 'score -1 is below the scale 0–5 of "Impact"'),
        (IMPACT, Fraction(1, 4), 'score 0.25 is not on the scale 0–5 of "Impact", which goes in steps of 0.5'),
    ],
)
def test_a_fault_names_the_criterion_and_its_scale(criterion, value, message):
    assert str(criteria.fault(criterion, Fraction(value))) == message


def test_the_unit_scale_runs_from_worst_to_best():
    assert [criteria.unit(IMPACT, Fraction(x)) for x in (0, 1, 5)] == [0, Fraction(1, 5), 1]
    assert [criteria.unit(FREE, Fraction(x)) for x in (-1, 4, 9)] == [1, Fraction(1, 2), 0]
    assert [criteria.in_scale_units(FREE, Fraction(part, 2)) for part in (0, 1, 2)] == [9, 4, -1]
    assert criteria.in_scale_units(IMPACT, Fraction(1, 5)) == 1
