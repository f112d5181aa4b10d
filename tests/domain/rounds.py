"""Random rounds: rules under the keys of RULES.toml, and rows of scores with gaps, ties and odd scales."""

from random import Random

from hypothesis import strategies as st

from award.domain.aggregation import METHODS

SCALES = [
    ([0, 2], 1, "higher"),
    ([1, 3], 0.5, "higher"),
    ([0, 10], None, "lower"),
    ([-1, 1], 1, "lower"),
    ([0, 7], 1, "higher"),
]


@st.composite
def criteria(draw):
    """The [[criterion]] tables of one round."""
    made = []
    for place in range(draw(st.integers(1, 3))):
        scale, step, better = draw(st.sampled_from(SCALES))
        threshold = draw(st.none() | st.sampled_from([scale[0], scale[0] + 1, scale[1]]))
        made.append(
            {
                "name": f"C{place}",
                "share": draw(st.sampled_from([0, 1, 2, 2.5, 40])),
                "scale": scale,
                "step": step,
                "better": better,
                "threshold": threshold,
                "decimals": draw(st.sampled_from([None, 0, 1])),
            }
        )
    if not any(c["share"] for c in made):
        made[0]["share"] = 1
    return made


@st.composite
def rounds(draw):
    """(rules, rows) of one round; the scores come from a drawn seed, which is faster than drawing each."""
    made = draw(criteria())
    steps = ["firsts", *(f"criterion:{one['name']}" for one in made)]
    rules = {
        "title": "",
        "method": draw(st.sampled_from(sorted(METHODS))),
        "order": draw(st.sampled_from(["ballot", "criterion"])),
        "trim": draw(st.sampled_from([0, 1])),
        "missing": draw(st.sampled_from(["strict", "renormalise"])),
        "min_ballots": draw(st.sampled_from([1, 1, 1, 2])),
        "criterion": made,
        "ties": draw(st.permutations(steps))[: draw(st.integers(0, len(steps)))],
        "not_applicable": [{"entry": "E0", "criterion": made[-1]["name"]}] if draw(st.booleans()) else [],
    }
    entries, jurors, gap = draw(st.integers(1, 5)), draw(st.integers(1, 7)), draw(st.sampled_from([0, 0.1, 0.3]))
    return rules, list(rows(Random(draw(st.integers(0, 2**32))), made, (entries, jurors), gap))


def rows(chance, criteria, sizes, gap):
    """Rows of scores for sizes (entries, jurors); a part `gap` of them is left out, and as many are left open."""
    for entry in range(sizes[0]):
        for juror in range(sizes[1]):
            for one in criteria:
                if chance.random() >= gap:
                    yield f"J{juror}", f"E{entry}", one["name"], None if chance.random() < gap else score(chance, one)


def score(chance, criterion):
    """A score of a criterion."""
    (low, high), step = criterion["scale"], criterion["step"] or 1
    return low + step * chance.randint(0, int((high - low) / step))
