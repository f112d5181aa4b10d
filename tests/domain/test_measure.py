"""The unit of a result: 0 to 100, or that of the scale."""
from fractions import Fraction

import pytest

from award.domain import rules_file
from award.domain.measure import Measure, rounded
from award.errors import Refused


def measure(units, *scales, better="higher"):
    criteria = [{"name": f"C{i}", "share": 1, "scale": scale, "better": better} for i, scale in enumerate(scales)]
    return Measure(rules_file.from_dict({"criterion": criteria}), units)


@pytest.mark.parametrize(("units", "better", "point", "shift"), [
    ("score", "higher", 62.5, 12.5), ("score", "lower", 62.5, 12.5), ("scale", "higher", 6.0, 1.0), ("scale", "lower", 4.0, -1.0)])
def test_points_and_differences_stand_in_the_unit(units, better, point, shift):
    found = measure(units, [1, 9], [1, 9], better=better)
    assert (found.point(Fraction(5, 8)), found.place(0.625), found.shift(0.125)) == (point, point, shift)
    assert (found.distance(0.125), found.length(0.125)) == (abs(shift), abs(shift))


def test_what_is_undefined_stays_so_in_every_unit():
    found = measure("scale", [0, 10])
    assert [turn(None) for turn in (found.point, found.place, found.distance, found.length, found.shift)] == [None] * 5


def test_criteria_of_different_scales_have_no_common_unit():
    with pytest.raises(Refused, match="Scale units need criteria that share one scale and one direction. Use --units score"):
        measure("scale", [0, 10], [0, 5])
    assert measure("score", [0, 10], [0, 5]).point(Fraction(1, 2)) == 50


@pytest.mark.parametrize(("value", "expected"), [(None, None), (float("nan"), None), (1 / 3, 0.333333333), (-1e-12, 0.0), (2, 2.0)])
def test_a_figure_has_nine_decimals_and_never_a_minus_before_zero(value, expected):
    assert rounded(value) == expected
    assert str(rounded(value)) == str(expected)
