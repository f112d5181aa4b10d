"""How certain a ranking is: places counted in redrawn juries, against counting draw by draw and against exact chances."""
from itertools import combinations, product
from math import factorial

import numpy as np
import pytest

from award.domain import certainty, result
from tests.domain.published import REDS, TASTING


def counted(scores, top=(1, 3), ranks=None):
    """The Certainty of one block of scores (draws, entries); ranks 1, 2, … unless others are given."""
    tally = certainty.Tally(scores.shape[1], top)
    tally.add(scores)
    return tally.certainty(ranks or range(1, scores.shape[1] + 1))


def test_entries_that_share_their_place_share_their_band():
    scores = np.array([[0.9, 0.9, 0.5], [0.9, 0.8, 0.5], [0.9, 0.7, 0.5]]).repeat(100, axis=0)
    scores[:100, 1] = 0.8
    assert counted(scores).bands.tolist() == [1, 2, 3]
    assert counted(scores, ranks=[1, 1, 3]).bands.tolist() == [1, 1, 2]


def plainly(scores, k):
    """(interval of places, chance of the top k) of each entry, draw by draw; a tie across the line shares what is left above it."""
    places = [[1 + sum(other > own for other in draw) for own in draw] for draw in scores.tolist()]
    chances = np.zeros(scores.shape[1])
    for draw, ranks in zip(scores.tolist(), places, strict=True):
        for e, rank in enumerate(ranks):
            chances[e] += max(0, min(draw.count(draw[e]), k + 1 - rank)) / draw.count(draw[e])
    ends = []
    for own in np.sort(np.array(places), axis=0).T.tolist():
        low, high = (next(place for place in own if sum(other <= place for other in own) >= part * len(own)) for part in (0.025, 0.975))
        ends.append([low, high])
    return ends, chances / len(scores)


@pytest.mark.parametrize(("size", "values"), [(1, 3), (2, 2), (4, 3), (6, 4), (6, 1000), (17, 5)])
def test_places_and_chances_are_those_counted_draw_by_draw(size, values):
    scores = np.random.default_rng(size).integers(0, values, (300, size)) / values
    found = counted(scores, top=(1, 2, 5, 40))
    for k in (1, 2, 5, 40):
        ends, chances = plainly(scores, k)
        assert found.top[k] == pytest.approx(chances)
        assert found.intervals.tolist() == ends
        assert found.top[k].sum() == pytest.approx(min(k, size))
    assert found.draws == 300


def test_blocks_add_up():
    scores = np.random.default_rng(2).random((500, 4))
    tally = certainty.Tally(4, (1,))
    for start in (0, 100, 350):
        tally.add(scores[start:{0: 100, 100: 350, 350: 500}[start]])
    whole, parts = counted(scores, top=(1,)), tally.certainty(range(1, 5))
    assert parts.intervals.tolist() == whole.intervals.tolist()
    assert (parts.top[1].tolist(), parts.scores.tolist(), parts.bands.tolist()) == (
        whole.top[1].tolist(), whole.scores.tolist(), whole.bands.tolist())


def test_the_interval_of_a_score_leaves_out_a_fortieth_at_each_end():
    scores = np.random.default_rng(3).permutation(np.arange(1000))[:, None] / 1000
    assert counted(scores).scores.tolist() == [[0.024, 0.974]]


def test_scores_below_nought_and_far_apart_are_counted_too():
    scores = np.array([[-1.5, 3.25, -1.5], [7.0, -2.0, 0.0]])
    found = counted(scores, top=(1,))
    assert found.top[1].tolist() == [0.5, 0.5, 0]
    assert found.intervals.tolist() == [[1, 2], [1, 3], [2, 2]]


def test_a_difference_under_a_billionth_is_none():
    found = counted(np.array([[0.5, 0.5 + 4e-10]]), top=(1,))
    assert found.top[1].tolist() == [0.5, 0.5]


def test_a_new_band_begins_where_the_first_of_the_band_is_ahead_in_95_of_100_draws():
    ahead = [(100, 94, 96, 50), (100, 95, 95, 50), (100, 94, 94, 94)]
    bands = []
    for wins in ahead:
        scores = np.ones((100, 4))
        for e, often in enumerate(wins[1:], 1):
            scores[:often, e] = 0.5
        bands.append(counted(scores).bands.tolist())
    assert bands == [[1, 1, 2, 2], [1, 2, 2, 2], [1, 1, 1, 1]]


def test_bands_of_many_entries_are_those_of_few():
    size = certainty.CHUNK * 2 + 3
    scores = np.tile(np.linspace(1, 0, size), (40, 1))
    assert counted(scores).bands.tolist() == list(range(1, size + 1))
    assert counted(np.ones((40, size))).bands.tolist() == [1] * size


def test_the_first_of_shrout_and_fleiss_is_first_in_nearly_all_juries():
    """All 4⁴ juries of the published panel: T5 is first alone in 255 of 256 and tied with one other in the last."""
    found = {one["entry"]: one for one in result.compute(TASTING.rulebook(), TASTING.sheet)["entries"]}
    assert round(found["T5"]["p_top"]["1"], 6) == 0.998047
    scores = np.array([TASTING.y[:, list(jury)].mean(axis=1) for jury in product(range(4), repeat=4)]).round(9)
    order = [TASTING.entries.index(entry) for entry in found]
    ends, chances = plainly(scores[:, order], 1)
    assert [one["rank_interval"] for one in found.values()] == ends
    assert [one["p_top"]["1"] for one in found.values()] == pytest.approx(chances, abs=1e-9)


def juries_of_nine():
    """Each jury that can be drawn from nine jurors, as counts (24310, 9), and how likely each is."""
    bars = [(-1, *cut, 17) for cut in combinations(range(17), 8)]
    counts = np.diff(np.array(bars), axis=1) - 1
    return counts, np.array([factorial(9) / np.prod([factorial(n) for n in row]) for row in counts.tolist()]) / 9.0**9


def test_the_first_wine_of_princeton_is_first_with_a_chance_of_about_59_in_a_hundred():
    """Exact over all 24,310 juries: .5930 first or tied for it, .5797 with a tie shared; ten thousand drawn juries come near."""
    counts, likely = juries_of_nine()
    sums = np.rint(2 * counts @ REDS.y.T).astype(int)
    first = sums == sums.max(axis=1, keepdims=True)
    exact = likely @ (first / first.sum(axis=1, keepdims=True))
    best = REDS.entries.index("B2")
    assert (round(float(likely @ first[:, best]), 4), round(float(exact[best]), 4)) == (0.593, 0.5797)
    found = {one["entry"]: one for one in result.compute(REDS.rulebook(), REDS.sheet)["entries"]}
    assert [found[entry]["p_top"]["1"] for entry in REDS.entries] == pytest.approx(exact, abs=0.015)
    above = (sums > sums[:, [best]]).sum(axis=1)
    reached = [float(likely[above < place].sum()) for place in range(1, 11)]
    assert [next(p for p, part in enumerate(reached, 1) if part >= end) for end in (0.025, 0.975)] == [1, 6]
    assert (found["B2"]["rank"], found["B2"]["rank_interval"]) == (1, [1, 6])
