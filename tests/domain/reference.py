"""A second, plain implementation of the ranking: fractions and loops, written from cli.md and methods.md alone.

It shares no code with award.domain and takes the values of RULES.toml as they stand in the file.
"""

from fractions import Fraction
from math import floor


def ranking(rules, rows, excluded=(), facts=()):
    """{entry: dict} of what `rank` must find, the set of (juror, entry) that do not count, and the places in each category."""
    criteria = {c["name"]: c for c in rules["criterion"]}
    skipped = {(n["entry"], n["criterion"]) for n in rules.get("not_applicable", [])}
    sheet = arranged(rows, criteria, skipped)
    applying = {entry: [name for name in criteria if (entry, name) not in skipped] for entry in sheet}
    counted, out = {}, set(excluded)
    for entry, ballots in sheet.items():
        for juror, ballot in ballots.items():
            if (juror, entry) not in excluded and counts(rules, criteria, applying[entry], ballot):
                counted.setdefault(entry, {})[juror] = ballot
            else:
                out.add((juror, entry))
    totals = {
        entry: {juror: total(criteria, ballot) for juror, ballot in counted.get(entry, {}).items()} for entry in sheet
    }
    earlier = {one["entry"]: Fraction(str(one["carried"])) for one in facts if "carried" in one}
    found = {entry: figures(rules, criteria, counted.get(entry, {}), (totals, entry)) for entry in sheet}
    for entry, figure in found.items():
        figure["score"] = with_earlier(rules, figure["own_score"], earlier.get(entry))
        figure["status"] = status(rules, criteria, applying[entry], figure)
    ranked = [entry for entry in found if found[entry]["status"] == "ranked"]
    for entry, place in places(rules, criteria, found, totals, ranked).items():
        found[entry] |= place
    grouped = by_category(facts, ranked)
    return found, out, {name: places(rules, criteria, found, totals, own) for name, own in grouped.items()}


def arranged(rows, criteria, skipped):
    sheet = {}
    for juror, entry, criterion, score in rows:
        ballot = sheet.setdefault(entry, {}).setdefault(juror, {})
        if score is not None and criterion in criteria and (entry, criterion) not in skipped:
            ballot[criterion] = Fraction(str(score))
    return sheet


def by_category(facts, ranked):
    names = {one["entry"]: one["category"] for one in facts if "category" in one}
    return {name: [entry for entry in ranked if names.get(entry) == name] for name in names.values()}


def main(rules):
    """The rules of the main ranking: without criteria of share 0 that only special awards use."""
    used = {one["name"] for award in rules.get("special", []) for one in award["criterion"] if one["share"] > 0}
    ties = {step.split(":", 1)[1] for step in rules.get("ties", []) if ":" in step}
    kept = [c for c in rules["criterion"] if c["share"] > 0 or c["name"] not in used or c["name"] in ties]
    return with_criteria(rules, kept)


def special(rules, award):
    """The rules of a special award."""
    shares = {one["name"]: one["share"] for one in award["criterion"]}
    kept = [{**c, "share": shares[c["name"]], "threshold": None} for c in rules["criterion"] if shares.get(c["name"], 0) > 0]
    return with_criteria({key: value for key, value in rules.items() if key not in ("threshold", "carried")}, kept)


def with_criteria(rules, kept):
    names = [c["name"] for c in kept]
    ties = [step for step in rules.get("ties", []) if step == "firsts" or step.split(":", 1)[1] in names]
    cases = [case for case in rules.get("not_applicable", []) if case["criterion"] in names]
    return {**rules, "criterion": kept, "ties": ties, "not_applicable": cases}


def with_earlier(rules, own, earlier):
    part = rules.get("carried")
    if part is None or own is None:
        return own
    return None if earlier is None else (100 - Fraction(str(part))) / 100 * own + Fraction(str(part)) / 100 * earlier


def counts(rules, criteria, wanted, ballot):
    weight = sum(Fraction(str(criteria[name]["share"])) for name in ballot)
    return weight > 0 and (rules.get("missing") == "renormalise" or set(ballot) == set(wanted))


def unit(criterion, x):
    low, high = (Fraction(str(end)) for end in criterion["scale"])
    return (x - low) / (high - low) if criterion.get("better", "higher") == "higher" else (high - x) / (high - low)


def total(criteria, values):
    weight = sum(Fraction(str(criteria[name]["share"])) for name in values)
    return sum(Fraction(str(criteria[name]["share"])) * unit(criteria[name], x) for name, x in values.items()) / weight


def beats(totals, juror, entry):
    """(how many other ballots of a juror that on the entry beats, a tie counting half; how many others there are)."""
    mine, others = totals[entry][juror], [one[juror] for name, one in totals.items() if name != entry and juror in one]
    return sum(Fraction(1) if mine > other else Fraction(1, 2) if mine == other else 0 for other in others), len(others)


def by_places(rules, totals, entry):
    pairs = [beats(totals, juror, entry) for juror in totals[entry]]
    if rules["method"] == "mean_rank":
        return sum(Fraction(won) / size if size else Fraction(1, 2) for won, size in pairs) / len(pairs)
    possible = sum(size for _, size in pairs)
    return sum(won for won, _ in pairs) / Fraction(possible) if possible else Fraction(1, 2)


def rule(rules, values):
    values = sorted(values)
    if rules["method"] == "trimmed_mean":
        values = values[rules["trim"] : len(values) - rules["trim"]]
        return sum(values) / Fraction(len(values)) if len(values) >= 3 else None
    if rules["method"] == "median":
        middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
        return sum(middle) / Fraction(len(middle))
    return sum(values) / Fraction(len(values))


def figures(rules, criteria, ballots, place):
    whole, entry = place
    totals = whole[entry]
    columns = {name: [b[name] for b in ballots.values() if name in b] for name in criteria}
    means = {name: sum(xs) / Fraction(len(xs)) if xs else None for name, xs in columns.items()}
    figure = {
        "ballots": len(ballots),
        "means": means,
        "own_score": None,
        "criteria": means,
        "raw_mean": sum(totals.values()) / Fraction(len(totals)) if totals else None,
    }
    if ballots and rules["order"] == "ballot":
        relative = rules["method"] in ("mean_rank", "borda")
        figure["own_score"] = by_places(rules, whole, entry) if relative else rule(rules, totals.values())
    if rules["order"] == "criterion":
        figure["criteria"] = {
            name: rounded(criteria[name], rule(rules, xs)) if xs else None for name, xs in columns.items()
        }
        there = {name: figure["criteria"][name] for name, xs in columns.items() if xs}
        if there and None not in there.values() and any(criteria[name]["share"] for name in there):
            figure["own_score"] = total(criteria, there)
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

    if rules.get("threshold") is not None and any(figure["means"][name] is None for name in wanted):
        return "not_rankable"

    def misses(name):
        mean, lower = figure["means"][name], criteria[name].get("better") == "lower"
        return mean > asked[name] if lower else mean < asked[name]

    return "below_threshold" if any(map(misses, asked)) or misses_together(rules, criteria, wanted, figure) else "ranked"


def misses_together(rules, criteria, wanted, figure):
    if rules.get("threshold") is None:
        return False
    highest, own = (sum(Fraction(str(criteria[name]["scale"][1])) for name in names) for names in (criteria, wanted))
    return sum(figure["means"][name] for name in wanted) < Fraction(str(rules["threshold"])) * own / highest


def places(rules, criteria, found, totals, ranked):
    """{entry: rank, tied, tie_broken_by} among these entries."""

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

    placed = {}
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
        placed[entry] = {"rank": ahead + 1, "tied": len(rivals) > 1, "tie_broken_by": broken_by}
    return placed


def lines(rules, found, facts):
    """The cut, the margin and the budget in a ranking."""
    ranked = sorted((one["rank"], entry) for entry, one in found.items() if one["status"] == "ranked")
    ranks = [rank for rank, _ in ranked]
    lines = dict.fromkeys(("cut", "margin", "budget"))
    if rules.get("cut") is not None:
        inside = {rank: rank + ranks.count(rank) - 1 <= rules["cut"] for rank in ranks}
        lines["cut"] = {"places": rules["cut"], "in": [entry for rank, entry in ranked if inside[rank]],
                        "tied": [entry for rank, entry in ranked if rank <= rules["cut"] and not inside[rank]]}
    if rules.get("margin") is not None:
        best = sorted((found[entry]["score"] for _, entry in ranked), reverse=True)
        apart = 100 * (best[0] - best[1]) if len(best) > 1 else None
        lines["margin"] = {"margin": rules["margin"], "difference": None if apart is None else float(apart),
                           "deliberate": apart is not None and apart < Fraction(str(rules["margin"]))}
    if rules.get("budget") is not None:
        lines["budget"] = budget(rules, ranked, {one["entry"]: Fraction(str(one["cost"])) for one in facts if "cost" in one})
    return lines


def budget(rules, ranked, costs):
    left, given, refused = Fraction(str(rules["budget"])), [], []
    for rank in sorted({rank for rank, _ in ranked}):
        asking = [entry for other, entry in ranked if other == rank and entry in costs]
        if refused or sum(costs[entry] for entry in asking) > left:
            refused += asking
            continue
        for entry in asking:
            left -= costs[entry]
            given.append({"entry": entry, "cost": float(costs[entry]), "left": float(left)})
    return {"budget": float(Fraction(str(rules["budget"]))), "given": given, "left": float(left), "not_given": refused}
