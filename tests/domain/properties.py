"""What every method must satisfy: each property takes a round and chance, and fails with an AssertionError where it does not hold.

A property compares a round with the same round changed in a way that must not matter. A method that refuses one of the two must refuse
the other too, unless the property says otherwise.
"""
from fractions import Fraction

from award.domain import ranking, rules_file, score_sheet
from award.domain.aggregation import METHODS
from award.errors import Refused

PROPERTIES = {}
NEAR = Fraction(1, 10**8)  # what rounding may do to a score that is not exact
REFUSED = "refused"


def prop(function):
    """Registers a property under the name of its function."""
    PROPERTIES[function.__name__] = function
    return function


def ranked(rules, rows):
    """{entry: (status, score, rank)} of a round, or REFUSED."""
    try:
        standings = ranking.rank(rules_file.from_dict(rules), score_sheet.from_rows(rows)).standings
    except Refused:
        return REFUSED
    return {one.entry: (one.status, one.score, one.rank) for one in standings}


def scores(found):
    """{entry: score} of what `ranked` gives, or REFUSED."""
    return found if found == REFUSED else {entry: one[1] for entry, one in found.items()}


def alike(rules, one, other):
    """Whether two scores, either of which may be None, are the same, for a method that is not exact within NEAR."""
    exact = METHODS[rules["method"]].exact or None in (one, other)
    return one == other if exact else abs(one - other) <= NEAR


def same(rules, before, after):
    """Asserts that two outcomes of `ranked` are the same; without exact scores, ranks may differ only where scores are within NEAR."""
    if METHODS[rules["method"]].exact or REFUSED in (before, after):
        assert before == after
        return
    assert {entry: one[0] for entry, one in before.items()} == {entry: one[0] for entry, one in after.items()}
    assert all(alike(rules, before[entry][1], after[entry][1]) for entry in before)
    placed = [entry for entry, one in before.items() if one[2]]
    assert all(after[a][2] < after[b][2] for a in placed for b in placed if before[a][1] - before[b][1] > 2 * NEAR and not rules["ties"])


def complete(rules, rows):
    """The round with every gap filled with the low end of the scale, thresholds, ties and minimum left out."""
    criteria = [{**c, "threshold": None} for c in rules["criterion"]]
    given = {row[:3]: row[3] for row in rows}
    filled = [(j, e, c["name"], c["scale"][0] if given.get((j, e, c["name"])) is None else given[j, e, c["name"]])
              for j in sorted({row[0] for row in rows}) for e in sorted({row[1] for row in rows}) for c in criteria]
    return {**rules, "criterion": criteria, "min_ballots": 1, "not_applicable": [], "ties": []}, filled


@prop
def order(rules, rows, chance):
    """The order of rows, and the names of jurors and entries, are irrelevant."""
    expected = ranked(rules, rows)
    same(rules, expected, ranked(rules, chance.sample(rows, len(rows))))
    named = {**rules, "not_applicable": [{**case, "entry": "F" + str(9 - int(case["entry"][1:]))} for case in rules["not_applicable"]]}
    turned = [(f"K{9 - int(j[1:])}", f"F{9 - int(e[1:])}", c, s) for j, e, c, s in rows]
    found = ranked(named, turned)
    same(rules, expected, found if found == REFUSED else {f"E{9 - int(entry[1:])}": one for entry, one in found.items()})


@prop
def scaled_shares(rules, rows, chance):
    """Scaling all shares changes nothing."""
    scaled = {**rules, "criterion": [{**c, "share": c["share"] * 3} for c in rules["criterion"]]}
    same(rules, ranked(rules, rows), ranked(scaled, rows))


@prop
def stretched_scale(rules, rows, chance):
    """A criterion scored on a scale twice as wide weighs the same."""
    rules = {**rules, "criterion": [{**c, "decimals": None} for c in rules["criterion"]]}
    chosen = chance.choice([c["name"] for c in rules["criterion"]])
    twice = [{**c, "scale": [2 * end for end in c["scale"]], **{key: c[key] and 2 * c[key] for key in ("step", "threshold")}}
             if c["name"] == chosen else c for c in rules["criterion"]]
    wide = [(j, e, c, 2 * s if c == chosen and s is not None else s) for j, e, c, s in rows]
    same(rules, ranked(rules, rows), ranked({**rules, "criterion": twice}, wide))


@prop
def turned_scale(rules, rows, chance):
    """A criterion on which lower is better counts as one on which higher is, with the scale turned round."""
    rules = {**rules, "criterion": [{**c, "decimals": None} for c in rules["criterion"]]}
    ends = {c["name"]: sum(c["scale"]) for c in rules["criterion"]}
    turned = [{**c, "better": "lower" if c["better"] == "higher" else "higher",
               "threshold": None if c["threshold"] is None else ends[c["name"]] - c["threshold"]} for c in rules["criterion"]]
    same(rules, ranked(rules, rows), ranked({**rules, "criterion": turned}, [(j, e, c, s if s is None else ends[c] - s) for j, e, c, s in rows]))


@prop
def absent_juror(rules, rows, chance):
    """A juror who gave nothing changes nothing: missing is never 0."""
    name = rules["criterion"][0]["name"]
    same(rules, ranked(rules, rows), ranked(rules, [*rows, *(("K", entry, name, None) for entry in {row[1] for row in rows})]))


@prop
def doubled_jurors(rules, rows, chance):
    """Doubling every juror changes no score."""
    rules = {**rules, "min_ballots": 1, "ties": []}
    same(rules, ranked(rules, rows), ranked(rules, rows + [(j + "'", e, c, s) for j, e, c, s in rows]))


def with_one_raised(rules, rows, chance):
    """(what an entry has, what it has after one score on it was raised) as (status, score, rank), or None where there is none."""
    rules, rows = {**rules, "ties": [], "criterion": [{**c, "threshold": None} for c in rules["criterion"]]}, list(rows)
    places = [i for i, row in enumerate(rows) if row[3] is not None]
    if not places:
        return None
    at = chance.choice(places)
    juror, entry, name, score = rows[at]
    criterion = next(c for c in rules["criterion"] if c["name"] == name)
    step, up = criterion["step"] or 1, criterion["better"] == "higher"
    best = criterion["scale"][1 if up else 0]
    raised = chance.choice([best, score if score == best else score + step if up else score - step])
    before, after = ranked(rules, rows), ranked(rules, [*rows[:at], (juror, entry, name, raised), *rows[at + 1:]])
    assert (before == REFUSED) == (after == REFUSED)
    return None if REFUSED in (before, after) else (before[entry], after[entry], rules)


@prop
def raised(rules, rows, chance):
    """Raising one score never lowers the score of that entry."""
    if found := with_one_raised(rules, rows, chance):
        before, after, rules = found
        assert before[0] == after[0]
        assert before[1] is None or after[1] >= before[1] or alike(rules, after[1], before[1])


@prop
def raised_rank(rules, rows, chance):
    """Raising one score never lowers the rank of that entry."""
    if found := with_one_raised(rules, rows, chance):
        before, after, _rules = found
        assert before[2] is None or after[2] <= before[2]


@prop
def equal_entries(rules, rows, chance):
    """Equal entries tie."""
    rules = {**rules, "not_applicable": []}
    found = ranked(rules, rows + [(j, "E0'", c, s) for j, e, c, s in rows if e == "E0"])
    assert found == REFUSED or found.get("E0") == found.get("E0'")


@prop
def single_juror(rules, rows, chance):
    """A single juror gives that juror's order."""
    rules, rows = complete({**rules, "order": "ballot"}, rows)
    first = min((row[0] for row in rows), default=None)
    rows = [row for row in rows if row[0] == first]
    found, plain = ranked(rules, rows), ranked({**rules, "method": "mean"}, rows)
    assert found != REFUSED
    assert {entry: one[2] for entry, one in found.items()} == {entry: one[2] for entry, one in plain.items()}


@prop
def complete_mean(rules, rows, chance):
    """On a complete panel it gives the mean."""
    rules, rows = complete({**rules, "order": "ballot"}, rows)
    found, plain = ranked(rules, rows), ranked({**rules, "method": "mean"}, rows)
    if found != REFUSED:
        same(rules, plain, found)


@prop
def shifted_juror(rules, rows, chance):
    """Shifting all scores of one juror by the same changes no difference between entries."""
    rules = {**rules, "missing": "strict", "order": "ballot", "not_applicable": [],
             "criterion": [{**c, "threshold": None, "step": None, "scale": [c["scale"][0] - 5, c["scale"][1] + 5]} for c in rules["criterion"]]}
    juror = chance.choice(sorted({row[0] for row in rows} or {""}))
    towards = {c["name"]: chance.choice([1, 2, 5]) * (1 if c["better"] == "higher" else -1) for c in rules["criterion"]}
    moved = [(j, e, c, s if j != juror or s is None else s + towards[c]) for j, e, c, s in rows]
    before, after = scores(ranked(rules, rows)), scores(ranked(rules, moved))
    assert (before == REFUSED) == (after == REFUSED)
    if before != REFUSED:
        there = [entry for entry in before if before[entry] is not None]
        assert all(alike(rules, before[a] - before[there[0]], after[a] - after[there[0]]) for a in there)


@prop
def second_run(rules, rows, chance):
    """A second run gives the same to the last bit."""
    assert ranked(rules, rows) == ranked(rules, rows)
