"""What is known about entries beside their scores: read exactly, written back, and every fault named."""
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from award.domain import facts
from award.errors import FaultyInput


def faults(rows):
    with pytest.raises(FaultyInput) as faulty:
        facts.read(rows)
    return [str(fault) for fault in faulty.value.faults]


def test_facts_are_read_exactly():
    found = facts.read([{"entry": "E2", "category": " Cities ", "cost": Decimal("12000.5")}, {"entry": "E1", "carried": "57/80"},
                        {"entry": "E3", "carried": 0.7125, "cost": 0}])
    assert found.categories == {"E2": "Cities"}
    assert found.costs == {"E2": Fraction(24001, 2), "E3": 0}
    assert found.carried == {"E1": Fraction(57, 80), "E3": Fraction(57, 80)}


def test_writing_gives_what_is_known_by_entry_and_reading_it_is_the_inverse():
    rows = [{"entry": "E1", "carried": "57/80"}, {"entry": "E2", "category": "Cities", "cost": 12000.5, "carried": "1"}]
    written = facts.read(rows[::-1]).to_list()
    assert written == rows
    assert facts.read(json.loads(json.dumps(written))).to_list() == rows


def test_an_entry_of_which_nothing_is_said_leaves_no_trace():
    assert facts.read([{"entry": "E1"}, {"entry": "E2", "category": None, "cost": None}]).to_list() == []
    assert facts.Facts().to_list() == []


@pytest.mark.parametrize(("rows", "expected"), [
    ([{"category": "Cities"}], ['entry 1: "entry" is missing']),
    ([{"entry": "E1", "category": ""}], ['entry 1: "category" is empty']),
    ([{"entry": "E1", "prize": 1}], ['entry 1: "prize" is unknown here; known are entry, category, cost, carried']),
    ([{"entry": "E1", "cost": -1}], ["entry 1: the cost is below 0"]),
    ([{"entry": "E1", "cost": "much"}], ['entry 1: "cost": “much” is not a number. Write it as 7, 7.5 or 7,5.']),
    ([{"entry": "E1", "cost": 1}, {"entry": "E1", "cost": 2}], ["entry 2: “E1” stands here twice"]),
    ([{"entry": "E1", "category": "A"}, {"entry": "E1"}], ["entry 2: “E1” stands here twice"]),
    ([{"entry": "E1", "carried": "1"}, {"entry": "E1"}], ["entry 2: “E1” stands here twice"]),
    (["E1"], ["entry 1: this is not a table of names and values", 'entry 1: "entry" is missing']),
])
def test_a_fault_is_named_with_its_place(rows, expected):
    assert faults(rows) == expected


@pytest.mark.parametrize("carried", ["much", "1/0", "", "9" * 5000, [1], float("nan"), float("inf"), True, "21/10", "-11/10", 71.25])
def test_what_is_no_score_of_an_earlier_stage_is_refused(carried):
    assert faults([{"entry": "E1", "carried": carried}]) == [
        'entry 1: "carried" is the score of an earlier stage on 0 to 1, such as "57/80" or 0.7125']


def test_a_score_corrected_for_severity_may_leave_0_to_1_a_little():
    assert facts.read([{"entry": "E1", "carried": "1.02"}]).carried == {"E1": Fraction(51, 50)}


def test_every_fault_is_listed():
    assert len(faults([{"entry": "E1", "cost": -1, "carried": "x"}, {"entry": 7, "category": 8}])) == 4
