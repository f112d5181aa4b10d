"""Numbers typed by people: what is read, what is refused, and that nothing is lost on the way."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain import numbers
from award.errors import Invalid

READ = {
    "7": 7,
    "7.5": Fraction(15, 2),
    "7,5": Fraction(15, 2),
    "-7,50": Fraction(-15, 2),
    " 7 ": 7,
    "007": 7,
    "0": 0,
    "-0": 0,
    "0.000001": Fraction(1, 10**6),
    "999999999.999999": Fraction(999999999999999, 10**6),
    "\u00a07\n": 7,
}
REFUSED = [
    "",
    " ",
    "1_0",
    "1e3",
    "1E3",
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "٣",
    "३",
    "７",
    "²",
    "½",
    "+7",
    "--7",
    "- 7",
    "7-",
    ".5",
    ",5",
    "7.",
    "7,",
    "7..5",
    "7.5.1",
    "1.000,5",
    "1,000.5",
    "1'000",
    "1 000",
    "1\u00a0000",
    "1\u202f000",
    "7 .5",
    "0x7",
    "0b1",
    "7f",
    "7%",
    "€7",
    "7/2",
    "1j",
    "True",
    "None",
    "seven",
    "1000000000",
    "0.0000001",
    "\u22127",
    "7\x00",
    "7\n8",
    "9" * 5000,
    "7" + " " * 200,
    "=7",
    "7;5",
    "(7)",
    "7a",
    "\ufeff7",
]


@pytest.mark.parametrize(("typed", "value"), READ.items())
def test_it_is_read(typed, value):
    assert numbers.parse(typed) == value


@pytest.mark.parametrize("typed", REFUSED)
def test_it_is_refused(typed):
    with pytest.raises(Invalid, match="is not a number. Write it as 7, 7.5 or 7,5"):
        numbers.parse(typed)


def test_a_refusal_shows_no_more_than_forty_characters():
    assert len(str(numbers.not_a_number("x" * 1000))) < 100


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (7, 7),
        (-7, -7),
        (7.5, Fraction(15, 2)),
        (0.1, Fraction(1, 10)),
        (Decimal("7.50"), Fraction(15, 2)),
        (Decimal("1E+2"), 100),
        (Fraction(1, 8), Fraction(1, 8)),
        ("7,5", Fraction(15, 2)),
    ],
)
def test_exact_takes_every_kind_of_number(value, found):
    assert numbers.exact(value) == found


@pytest.mark.parametrize(
    "value",
    [
        True,
        None,
        [],
        float("nan"),
        float("inf"),
        Decimal("nan"),
        Decimal("sNaN"),
        Decimal("inf"),
        Decimal("1e-999999999"),
        Decimal("1e999999999"),
        10**9,
        -(10**9),
        10**5000,
        1e300,
        0.1 + 0.2,
        Fraction(1, 3),
        Decimal("0.0000001"),
        "1e3",
    ],
    ids=lambda value: type(value).__name__,
)
def test_exact_refuses_what_is_no_short_decimal(value):
    with pytest.raises(Invalid):
        numbers.exact(value)


@given(st.integers(1 - 10**15, 10**15 - 1))
def test_every_number_survives_json_and_paper(millionths):
    value = Fraction(millionths, numbers.UNIT)
    assert numbers.exact(json.loads(json.dumps(numbers.number(value)))) == value
    assert numbers.parse(numbers.plain(value)) == value
    assert numbers.millionths(value) == millionths


@pytest.mark.parametrize(
    ("value", "written"), [(Fraction(15, 2), "7.5"), (Fraction(20), "20"), (Fraction(1, 10**6), "0.000001")]
)
def test_plain_writes_no_superfluous_sign(value, written):
    assert numbers.plain(value) == written


@pytest.mark.parametrize(
    ("value", "decimals", "found"),
    [
        ("6.885", 2, "6.89"),
        ("6.884999", 2, "6.88"),
        ("-6.885", 2, "-6.88"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-2"),
        ("7", 2, "7"),
    ],
)
def test_exactly_half_goes_up(value, decimals, found):
    assert numbers.half_up(Fraction(value), decimals=decimals) == Fraction(found)
