"""Random rounds: rules under the keys of RULES.toml, rows of scores with gaps, ties and odd scales, and facts about entries."""

from random import Random

from hypothesis import strategies as st

from award.domain.aggregation import METHODS

METHODS_HERE = sorted(key for key, one in METHODS.items() if one.exact)
SCALES = [
    ([0, 2], 1, "higher"),
    ([1, 3], 0.5, "higher"),
    ([0, 10], None, "lower"),
    ([-1, 1], 1, "lower"),
    ([0, 7], 1, "higher"),
]
SHARES = [0, 1, 2, 2.5, 40]
FACTORS = ["reml", 0, 0.5, 4]


def rounds():
    """A strategy of (rules, rows): rounds that need no facts; from a drawn seed, which is faster than drawing each score."""
    return st.integers(0, 2**48).map(lambda seed: a_round(Random(seed)))


def a_round(chance):
    """(rules, rows) of one random round under an exact method."""
    made = criteria(chance)
    steps = ["firsts", *(f"criterion:{one['name']}" for one in made)]
    method = chance.choice(METHODS_HERE)
    rules = {
        "title": "",
        "method": method,
        "order": chance.choice(["ballot", "criterion"]),
        "trim": chance.choice([0, 1]),
        "lambda": chance.choice(FACTORS),
        "missing": chance.choice(["strict", "renormalise"]),
        "min_ballots": chance.choice([1, 1, 1, 2]),
        "criterion": made,
        "ties": chance.sample(steps, chance.randint(0, len(steps))),
        "not_applicable": [{"entry": "E0", "criterion": made[-1]["name"]}] if chance.random() < 0.3 else [],
    }
    sizes, gap = (chance.randint(1, 5), chance.randint(1, 7)), chance.choice([0, 0, 0.1, 0.3])
    return under(rules, method), list(rows(chance, made, sizes, gap))


def criteria(chance):
    """The [[criterion]] tables of one round."""
    made = []
    for place in range(chance.randint(1, 3)):
        scale, step, better = chance.choice(SCALES)
        made.append(
            {
                "name": f"C{place}",
                "share": chance.choice(SHARES),
                "scale": scale,
                "step": step,
                "better": better,
                "threshold": chance.choice([None, None, scale[0], scale[0] + 1, scale[1]]),
                "decimals": chance.choice([None, 0, 1]),
            }
        )
    if not any(one["share"] for one in made):
        made[0]["share"] = 1
    return made


def under(rules, method):
    """The rules under another method, with an order and a treatment of gaps that it goes with."""
    rule = METHODS[method]
    settled = {"order": rules["order"] if rules["order"] in rule.orders else "ballot",
               "missing": rules["missing"] if rules["missing"] in rule.missing else "strict"}
    return {**rules, "method": method, **settled}


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


def a_whole_round(chance):
    """(rules, rows, facts, ballots that do not count): a round that may use every rule there is, under an exact method."""
    rules, sheet = a_round(chance)
    made = rules["criterion"]
    if all(one["better"] == "higher" for one in made) and chance.random() < 0.5:
        rules["threshold"] = sum(one["scale"][0] for one in made) + chance.choice([0, 1, 1.5, 2])
    drawn = {"cut": [1, 2, 4], "margin": [0.5, 10, 50], "budget": [5, 20, 33.5], "carried": [12.5, 50]}
    rules |= {key: chance.choice(values) for key, values in drawn.items() if chance.random() < 0.4}
    if chance.random() < 0.5:
        rules["special"] = [award(chance, made, f"S{place}") for place in range(chance.randint(1, 2))]
    out = {(f"J{chance.randint(0, 3)}", f"E{chance.randint(0, 3)}") for _ in range(chance.choice([0, 0, 1, 2]))}
    return rules, sheet, [fact(chance, f"E{place}") for place in range(6) if chance.random() < 0.8], out


def award(chance, criteria, name):
    """One [[special]] table."""
    shares = [{"name": one["name"], "share": chance.choice(SHARES)} for one in criteria if chance.random() < 0.7]
    if not any(one["share"] for one in shares):
        shares = [{"name": criteria[0]["name"], "share": 3}]
    chosen = {"entries": [f"E{place}" for place in range(6) if chance.random() < 0.6]} if chance.random() < 0.5 else {}
    return {"name": name, "criterion": shares, **chosen}


def fact(chance, entry):
    """What is known of an entry."""
    drawn = {"category": ["Cities", "Villages"], "cost": [0, 3, 7.5, 12], "carried": ["0", "3/7", "57/80", 0.5, "1"]}
    return {"entry": entry} | {key: chance.choice(values) for key, values in drawn.items() if chance.random() < 0.9}
