"""Who judges what: k jurors for each entry, equal loads, never a forbidden pair, few changes, one answer for a seed.

A linear programme over the allowed pairs; its constraints are those of a network flow, so its optimum is
whole numbers. Source: methods, section 4.
"""
from collections import Counter
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from award.errors import Refused
from award.i18n import ntext, text

MOST_NAMED = 10


@dataclass(frozen=True)
class Demand:
    """Entries and jurors (sortable, unique), the jurors wanted for each entry, pairs (entry, juror) that may never be.

    `kept` are pairs to keep where possible. `loads` (low, high) entries for each juror; None: as equal as the forbidden
    pairs allow, at best with a difference of 1.
    """

    entries: tuple
    jurors: tuple
    jurors_per_entry: int
    forbidden: frozenset = frozenset()
    kept: frozenset = frozenset()
    loads: tuple[int, int] | None = None


@dataclass(frozen=True)
class Assignment:
    """`pairs` (entry, juror), sorted; `loads` {juror: entries}; `components`: groups of jurors without a common entry.

    One component is best: scores of jurors in different components cannot be compared.
    """

    pairs: tuple
    loads: dict
    components: int


def everyone(entries, jurors, *, forbidden=frozenset()):
    """The Assignment in which every juror scores every entry, but for the forbidden pairs (entry, juror)."""
    return assignment({(e, j) for e in entries for j in jurors} - set(forbidden), jurors)


def assign(demand, *, seed):
    """The Assignment that meets a Demand: as many kept pairs as possible, the rest by chance from the seed.

    The order of entries and jurors is irrelevant. Raises Refused, naming entries and how many jurors they lack.
    """
    entries, jurors = sorted(demand.entries), sorted(demand.jurors)
    allowed = [(e, j) for e, entry in enumerate(entries) for j, juror in enumerate(jurors)
               if (entry, juror) not in demand.forbidden]
    kept = np.array([(entries[e], jurors[j]) in demand.kept for e, j in allowed], bool)
    network = Network(np.array(allowed, np.intp).reshape(-1, 2), (len(entries), len(jurors)), demand.jurors_per_entry)
    costs = np.random.default_rng(seed).random(len(allowed)) - 2 * (len(jurors) + 1) * kept
    for loads in ranges(demand):
        chosen = network.cheapest(costs, loads)
        if chosen is not None:
            return assignment({(entries[e], jurors[j]) for e, j in network.pairs[chosen].tolist()}, demand.jurors)
    raise refusal(network.shortage(loads[1]), entries, loads)


def refusal(lacking, entries, loads):
    """The Refused of an impossible assignment: which entries lack how many jurors, or else the least load."""
    if not lacking.any():
        return Refused(text("The jurors cannot each get at least %(low)s entries: there are too few entries, or "
                            "too many conflicts. Ask for fewer entries per juror.", low=loads[0]))
    named = [f"{entries[e]} ({lacking[e]})" for e in np.flatnonzero(lacking)]
    listed = ", ".join(named[:MOST_NAMED]) + (" …" if len(named) > MOST_NAMED else "")
    return Refused(ntext(
        "%(num)s juror is lacking. Entries that come too short, and by how many: %(entries)s. "
        "Add jurors, ask for fewer jurors per entry, or allow more entries per juror.",
        "%(num)s jurors are lacking. Entries that come too short, and by how many: %(entries)s. "
        "Add jurors, ask for fewer jurors per entry, or allow more entries per juror.",
        int(lacking.sum()), entries=listed))


def assignment(pairs, jurors):
    """The Assignment of a set of pairs (entry, juror)."""
    counts = Counter(juror for _, juror in pairs)
    return Assignment(tuple(sorted(pairs)), {juror: counts[juror] for juror in sorted(jurors)}, components(pairs))


def components(pairs):
    """The number of connected groups in the graph of entries and jurors that have a pair; 0 without pairs."""
    if not pairs:
        return 0
    entries = {entry: i for i, entry in enumerate({entry for entry, _ in pairs})}
    jurors = {juror: len(entries) + i for i, juror in enumerate({juror for _, juror in pairs})}
    size, ends = len(entries) + len(jurors), ([entries[e] for e, _ in pairs], [jurors[j] for _, j in pairs])
    graph = coo_array((np.ones(len(pairs)), ends), shape=(size, size))
    return int(connected_components(graph, directed=False)[0])


def ranges(demand):
    """The load ranges to try, the most equal first: as asked, otherwise widened step by step until all is allowed."""
    if demand.loads:
        return [demand.loads]
    if not demand.entries:
        return [(0, 0)]
    low, rest = divmod(len(demand.entries) * demand.jurors_per_entry, max(len(demand.jurors), 1))
    high, widest = low + bool(rest), max(len(demand.entries), low + 1)
    steps = [0, *(2**i for i in range(widest.bit_length() + 1))]
    return [(max(low - step, 0), high + step) for step in steps]


class Network:
    """`pairs` allowed: indices (entry, juror), int (pairs, 2); `sizes` (entries, jurors); `wanted` jurors per entry."""

    def __init__(self, pairs, sizes, wanted):
        self.pairs = pairs
        self.sizes = sizes
        self.wanted = wanted

    def incidence(self, side):
        """Sparse (entries or jurors, pairs): 1 where the pair holds the entry (side 0) or juror (side 1)."""
        count = len(self.pairs)
        return coo_array((np.ones(count), (self.pairs[:, side], np.arange(count))), shape=(self.sizes[side], count))

    def cheapest(self, costs, loads):
        """Bool (pairs,): the choice with the least sum of `costs` and loads within (low, high); None: there is none."""
        if not len(self.pairs):
            return None if self.sizes[0] * self.wanted else np.zeros(0, bool)
        by_entry, by_juror = self.incidence(0).tocsr(), self.incidence(1).tocsr()
        found = linprog(costs, A_eq=by_entry, b_eq=np.full(self.sizes[0], self.wanted),
                        A_ub=vstack([by_juror, -by_juror]),
                        b_ub=np.repeat([loads[1], -loads[0]], self.sizes[1]), bounds=(0, 1), method="highs")
        return found.x > 0.5 if found.status == 0 else None

    def shortage(self, high):
        """Int (entries,): how many jurors each entry lacks when loads up to `high` are filled as well as possible."""
        size = self.sizes[0]
        by_entry = hstack([self.incidence(0), eye_array(size)]).tocsr()
        by_juror = hstack([self.incidence(1), coo_array((self.sizes[1], size))]).tocsr()
        costs = np.concatenate([np.zeros(len(self.pairs)), np.ones(size)])
        bounds = np.column_stack([np.zeros(len(costs)), np.where(costs, self.wanted, 1)])
        found = linprog(costs, A_eq=by_entry, b_eq=np.full(size, self.wanted), A_ub=by_juror,
                        b_ub=np.full(self.sizes[1], high), bounds=bounds, method="highs")
        return np.rint(found.x[len(self.pairs):]).astype(int)
