"""Assignment: k jurors for each entry, equal loads, never a forbidden pair, and words where it cannot be."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.domain.assignment import Demand, assign, everyone
from award.errors import Refused


@st.composite
def demands(draw):
    entries, jurors = tuple(range(draw(st.integers(1, 9)))), tuple("ABCDEFG"[: draw(st.integers(1, 7))])
    forbidden = draw(st.frozensets(st.tuples(st.sampled_from(entries), st.sampled_from(jurors)), max_size=8))
    kept = draw(st.frozensets(st.tuples(st.sampled_from(entries), st.sampled_from(jurors)), max_size=8))
    return Demand(entries, jurors, draw(st.integers(1, 3)), forbidden, kept)


def is_possible(demand):
    """With no limit on loads, every entry needs enough jurors that are not forbidden."""
    return all(
        sum((entry, juror) not in demand.forbidden for juror in demand.jurors) >= demand.jurors_per_entry
        for entry in demand.entries
    )


@settings(max_examples=80)
@given(demands(), st.integers(0, 2**32))
def test_each_entry_gets_its_jurors_and_never_a_forbidden_one_or_it_is_refused(demand, seed):
    if not is_possible(demand):
        with pytest.raises(Refused, match="Entries that come too short, and by how many"):
            assign(demand, seed=seed)
        return
    found = assign(demand, seed=seed)
    assert set(found.pairs).isdisjoint(demand.forbidden)
    assert list(found.pairs) == sorted(set(found.pairs))
    assert Counter(entry for entry, _ in found.pairs) == dict.fromkeys(demand.entries, demand.jurors_per_entry)
    assert found.loads == {juror: sum(pair[1] == juror for pair in found.pairs) for juror in demand.jurors}


@settings(max_examples=30)
@given(demands(), st.integers(0, 2**32))
def test_without_conflicts_loads_differ_by_at_most_one(demand, seed):
    demand = replace(demand, forbidden=frozenset())
    if is_possible(demand):
        loads = assign(demand, seed=seed).loads.values()
        assert max(loads) - min(loads) <= 1


@settings(max_examples=30)
@given(demands(), st.integers(0, 9), st.randoms())
def test_the_same_seed_gives_the_same_pairs_in_whatever_order_they_are_asked_for(demand, seed, chance):
    if is_possible(demand):
        mixed = replace(
            demand,
            entries=tuple(chance.sample(demand.entries, len(demand.entries))),
            jurors=tuple(chance.sample(demand.jurors, len(demand.jurors))),
        )
        assert assign(mixed, seed=seed) == assign(demand, seed=seed)


def test_another_seed_gives_other_pairs():
    demand = Demand(tuple(range(20)), tuple("ABCDEFGH"), 3)
    assert len({assign(demand, seed=seed).pairs for seed in range(5)}) == 5


def test_all_pairs_stay_when_they_can():
    demand = Demand(tuple(range(12)), tuple("ABCDEF"), 3)
    first = assign(demand, seed=1)
    assert assign(replace(demand, kept=frozenset(first.pairs)), seed=2) == first


def test_when_a_juror_drops_out_only_that_jurors_entries_change():
    demand = Demand(tuple(range(12)), tuple("ABCDEF"), 3)
    first = assign(demand, seed=1)
    kept = frozenset(pair for pair in first.pairs if pair[1] != "A")
    repaired = assign(Demand(demand.entries, tuple("BCDEF"), 3, kept=kept, loads=(0, 8)), seed=1)
    assert kept <= set(repaired.pairs)
    assert len(repaired.pairs) == len(first.pairs)


def test_where_conflicts_stand_in_the_way_loads_are_as_equal_as_they_allow():
    forbidden = frozenset((entry, juror) for entry in range(6) for juror in "BC" if entry)
    found = assign(Demand(tuple(range(6)), tuple("ABCD"), 2, forbidden), seed=1)
    assert found.loads["A"] >= 5
    assert set(found.pairs).isdisjoint(forbidden)


def test_loads_stay_within_what_is_asked():
    found = assign(Demand(tuple(range(10)), tuple("ABCD"), 2, loads=(2, 8)), seed=3)
    assert min(found.loads.values()) >= 2
    assert max(found.loads.values()) <= 8


@pytest.mark.parametrize(
    ("demand", "words"),
    [
        (
            Demand(("E1", "E2"), ("A", "B"), 2, frozenset({("E2", "A")})),
            "1 juror is lacking. Entries that come too short, and by how many: E2 (1). Add jurors",
        ),
        (
            Demand(("E1", "E2"), (), 2),
            "4 jurors are lacking. Entries that come too short, and by how many: E1 (2), E2 (2).",
        ),
        (
            Demand(tuple(range(10, 30)), ("A",), 2),
            "20 jurors are lacking. Entries that come too short, and by how many: 10 (1), 11 (1), "
            "12 (1), 13 (1), 14 (1), 15 (1), 16 (1), 17 (1), 18 (1), 19 (1) …. Add jurors",
        ),
        (Demand(("E1", "E2", "E3"), ("A", "B"), 1, loads=(0, 1)), "1 juror is lacking. Entries that come too short"),
        (Demand(("E1", "E2"), ("A", "B"), 1, loads=(2, 2)), "The jurors cannot each get at least 2 entries"),
    ],
)
def test_an_impossible_demand_is_refused_with_what_is_lacking(demand, words):
    with pytest.raises(Refused) as refused:
        assign(demand, seed=1)
    assert str(refused.value).startswith(words)


def test_no_entries_need_no_jurors():
    assert assign(Demand((), ("A", "B"), 3), seed=1).loads == {"A": 0, "B": 0}
    assert assign(Demand((), (), 3), seed=1).pairs == ()


def test_everyone_scores_everything_but_forbidden_pairs():
    found = everyone(("E2", "E1"), ("A", "B"), forbidden={("E1", "B")})
    assert found.pairs == (("E1", "A"), ("E2", "A"), ("E2", "B"))
    assert (found.loads, found.components) == ({"A": 2, "B": 1}, 1)


def test_groups_of_jurors_without_a_common_entry_are_counted():
    assert everyone((1, 2), ("A", "B"), forbidden={(1, "B"), (2, "A")}).components == 2
    assert everyone((), ("A",)).components == 0


def test_a_large_round_is_whole_and_equal():
    demand = Demand(tuple(range(300)), tuple(range(30)), 5, frozenset((e, e % 30) for e in range(300)))
    found = assign(demand, seed=2026)
    assert set(found.loads.values()) == {50}
    assert found.components == 1
