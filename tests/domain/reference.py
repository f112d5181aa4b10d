"""A second, plain implementation of the ranking: fractions and loops, written from cli.md and methods.md alone.

It shares no code with award.domain and takes the values of RULES.toml as they stand in the file.
"""

from fractions import Fraction
from math import floor


def ranking(rules, rows, excluded=()):
    """{entry: dict} of what `rank` must find, and the set of (juror, entry) that do not count."""
    criteria = {c["name"]: c for c in rules["criterion"]}
    skipped = {(n["entry"], n["criterion"]) for n in rules.get("not_applicable", [])}
    sheet = {}
    for juror, entry, criterion, score in rows:
        ballot = sheet.setdefault(entry, {}).setdefault(juror, {})
        if score is not None and (entry, criterion) not in skipped:
            ballot[criterion] = Fraction(str(score))
    counted, out = {}, set()
    for entry, ballots in sheet.items():
        wanted = [name for name in criteria if (entry, name) not in skipped]
        for juror, ballot in ballots.items():
            if (juror, entry) not in excluded and counts(rules, criteria, wanted, ballot):
                counted.setdefault(entry, {})[juror] = ballot
            else:
                out.add((juror, entry))
    totals = {
        entry: {juror: total(criteria, ballot) for juror, ballot in counted.get(entry, {}).items()} for entry in sheet
    }
    found = {entry: figures(rules, criteria, counted.get(entry, {}), totals[entry]) for entry in sheet}
    for entry, figure in found.items():
        figure["status"] = status(rules, criteria, [n for n in criteria if (entry, n) not in skipped], figure)
    places(rules, criteria, found, totals)
    return found, out | set(excluded)


def counts(rules, criteria, wanted, ballot):
    weight = sum(Fraction(str(criteria[name]["share"])) for name in ballot)
    return weight > 0 and (rules.get("missing") == "renormalise" or set(ballot) == set(wanted))


def unit(criterion, x):
    low, high = (Fraction(str(end)) for end in criterion["scale"])
    return (x - low) / (high - low) if criterion.get("better", "higher") == "higher" else (high - x) / (high - low)


def total(criteria, values):
    weight = sum(Fraction(str(criteria[name]["share"])) for name in values)
    return sum(Fraction(str(criteria[name]["share"])) * unit(criteria[name], x) for name, x in values.items()) / weight


def rule(rules, values):
    values = sorted(values)
    if rules["method"] == "trimmed_mean":
        values = values[rules["trim"] : len(values) - rules["trim"]]
        return sum(values) / Fraction(len(values)) if len(values) >= 3 else None
    if rules["method"] == "median":
        middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
        return sum(middle) / Fraction(len(middle))
    return sum(values) / Fraction(len(values))


def figures(rules, criteria, ballots, totals):
    columns = {name: [b[name] for b in ballots.values() if name in b] for name in criteria}
    means = {name: sum(xs) / Fraction(len(xs)) if xs else None for name, xs in columns.items()}
    figure = {
        "ballots": len(ballots),
        "means": means,
        "score": None,
        "criteria": means,
        "raw_mean": sum(totals.values()) / Fraction(len(totals)) if totals else None,
    }
    if ballots and rules["order"] == "ballot":
        figure["score"] = rule(rules, totals.values())
    if rules["order"] == "criterion":
        figure["criteria"] = {
            name: rounded(criteria[name], rule(rules, xs)) if xs else None for name, xs in columns.items()
        }
        there = {name: figure["criteria"][name] for name, xs in columns.items() if xs}
        if there and None not in there.values() and any(criteria[name]["share"] for name in there):
            figure["score"] = total(criteria, there)
    return figure


def rounded(criterion, x):
    if x is None or criterion.get("decimals") is None:
        return x
    return Fraction(floor(x * 10 ** criterion["decimals"] + Fraction(1, 2)), 10 ** criterion["decimals"])


def status(rules, criteria, wanted, figure):
    if figure["ballots"] == 0 or figure["ballots"] < rules.get("min_ballots", 1) or figure["score"] is None:
        return "not_rankable"
    asked = {
        name: Fraction(str(criteria[name]["threshold"]))
        for name in wanted
        if criteria[name].get("threshold") is not None
    }
    if any(figure["means"][name] is None for name in asked):
        return "not_rankable"

    def misses(name):
        mean, lower = figure["means"][name], criteria[name].get("better") == "lower"
        return mean > asked[name] if lower else mean < asked[name]

    return "below_threshold" if any(map(misses, asked)) else "ranked"


def places(rules, criteria, found, totals):
    ranked = [entry for entry in found if found[entry]["status"] == "ranked"]

    def firsts(entry):
        return sum(
            all(others.get(juror, -1) <= mine for others in totals.values()) for juror, mine in totals[entry].items()
        )

    def worth(step, entry):
        if step == "firsts":
            return firsts(entry)
        name = step.split(":", 1)[1]
        mean = found[entry]["means"][name]
        return None if mean is None else unit(criteria[name], mean)

    for entry in ranked:
        rivals = [other for other in ranked if found[other]["score"] == found[entry]["score"]]
        ahead = sum(found[other]["score"] > found[entry]["score"] for other in ranked)
        broken_by = None
        for step in rules.get("ties", []):
            worths = {other: worth(step, other) for other in rivals}
            if None in worths.values() or len(set(worths.values())) == 1:
                continue
            broken_by = step
            ahead += sum(w > worths[entry] for w in worths.values())
            rivals = [other for other in rivals if worths[other] == worths[entry]]
        found[entry] |= {"rank": ahead + 1, "tied": len(rivals) > 1, "tie_broken_by": broken_by}
