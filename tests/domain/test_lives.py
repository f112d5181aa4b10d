"""When an act is possible: the one table."""
import pytest

from award.domain import lives
from award.errors import Refused

EVERY = [(act, state) for act, (kind, *_rest) in lives.ACTS.items() for state in lives.LIVES[kind]]


@pytest.mark.parametrize(("act", "state"), EVERY)
def test_an_act_is_possible_in_its_states_alone_and_otherwise_says_what_to_do(act, state):
    _kind, states, otherwise = lives.ACTS[act]
    assert lives.allows(act, state) is (state in states)
    if state in states:
        lives.require(act, state)
        return
    with pytest.raises(Refused) as refused:
        lives.require(act, state)
    assert (refused.value.message, refused.value.status) == (otherwise, 409)


def test_every_act_names_states_of_its_object():
    assert [act for act, (kind, states, _otherwise) in lives.ACTS.items() if not set(states) <= set(lives.LIVES[kind])] == []


def test_an_unknown_act_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        lives.require("fly", "open")


def test_a_step_back_leads_to_the_state_before_and_never_before_the_first():
    assert [lives.preceding("round", state) for state in lives.ROUND] == [None, *lives.ROUND[:-1]]
    assert lives.preceding("stage", "open") == "draft"
