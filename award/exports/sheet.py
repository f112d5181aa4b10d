"""The score sheet inside a result: who gave which score, and what a ballot adds up to."""

from fractions import Fraction

from award.domain.criteria import Criterion, in_scale_units, unit
from award.domain.numbers import exact


def criteria(result):
    """The criteria of the rulebook as dicts {name, share, scale, step, threshold, better, decimals}, in its order."""
    return result["rulebook"]["criterion"]


def ballots(result):
    """{(juror, entry): {criterion: score in scale units, None where missing}}: every ballot, counted or not."""
    sheet = result["sheet"]
    return {
        (sheet["jurors"][j], sheet["entries"][e]): dict(zip(sheet["criteria"], scores, strict=True))
        for e, j, scores in sheet["ballots"]
    }


def excluded(result):
    """{(juror, entry): cause} of the ballots that do not count."""
    return {(e["juror"], e["entry"]): e["cause"] for e in result["exclusions"]}


def total(ballot, result):
    """What a ballot adds up to, on 0..100, as a Fraction; None when no score applies.

    Source: methods, rules 1 and 2: y = Σ w·u / Σ w over the scores given.
    """
    known = [
        (exact(c["share"]), unit(criterion(c), exact(ballot[c["name"]])))
        for c in criteria(result)
        if ballot.get(c["name"]) is not None
    ]
    weight = sum((share for share, _ in known), Fraction(0))
    return 100 * sum(share * part for share, part in known) / weight if weight else None


def inapplicable(result, entry):
    """The names of the criteria that no juror scores for the entry."""
    return {case["criterion"] for case in result["rulebook"].get("not_applicable") or () if case["entry"] == entry}


def scale_of_all(result):
    """(low, high) that all criteria share, with the same direction; None when they differ."""
    scales = {(*c["scale"], c.get("better", "higher")) for c in criteria(result)}
    return scales.pop()[:2] if len(scales) == 1 else None


def in_units(value, result):
    """A figure on 0..100 in the units of the result: itself, or a value on the scale that all criteria share."""
    if result.get("units", "score") == "score":
        return value
    return in_scale_units(criterion(criteria(result)[0]), value / 100)


def criterion(plain):
    """The criterion of the domain that a dict of the rulebook stands for."""
    return Criterion(
        plain["name"], exact(plain["share"]), *map(exact, plain["scale"]), better=plain.get("better") or "higher"
    )
