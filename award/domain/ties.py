"""Places from exact scores: standard competition ranking with the tie chain of the rulebook."""
import math
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from award.domain.rulebook import BY_CRITERION, FIRSTS


@dataclass(frozen=True)
class Place:
    """`rank` 1, 2, 2, 4; `tied` when shared; `broken_by` the last step that parted the entry from an equal score."""

    rank: int | None = None
    tied: bool = False
    broken_by: str | None = None


UNPLACED = Place()


def places(rulebook, counted, means, scores):
    """{entry index: Place} for {entry index: score as Fraction}, the highest score first.

    Each step of the chain parts only those that are still equal; a step without a value for one of them parts none.
    """
    common = math.lcm(*(score.denominator for score in scores.values()))
    whole = {e: score.numerator * (common // score.denominator) for e, score in scores.items()}
    keys = {step: step_key(rulebook, counted, means, step) for step in rulebook.ties}
    broken_by, found, above = {}, {}, 0
    for equal in grouped(list(scores), whole.get):
        for group in parted(equal, list(keys.items()), broken_by):
            for e in group:
                found[e] = Place(above + 1, len(group) > 1, broken_by.get(e))
            above += len(group)
    return found


def grouped(entries, key):
    """The entries in lists of equal key, the highest key first."""
    return [list(group) for _, group in groupby(sorted(entries, key=key, reverse=True), key=key)]


def parted(equal, steps, broken_by):
    """Lists of entries still equal after the steps [(name, key)], best first; `broken_by` gets the step that parted."""
    if len(equal) == 1 or not steps:
        return [equal]
    (name, key), *rest = steps
    parts = [equal] if any(key(e) is None for e in equal) else grouped(equal, key)
    if len(parts) > 1:
        broken_by.update(dict.fromkeys(equal, name))
    return [group for part in parts for group in parted(part, rest, broken_by)]


def step_key(rulebook, counted, means, step):
    """The function entry index → what a step of the chain compares, higher is better; None where there is no value."""
    if step == FIRSTS:
        return firsts(counted.totals).__getitem__
    place = rulebook.names.index(step.removeprefix(BY_CRITERION))
    sizes, sums = means.sizes[:, place].tolist(), means.sums[:, place].tolist()
    common = math.lcm(*filter(None, sizes)) * (1 if rulebook.criteria[place].better == "higher" else -1)
    return [total * (common // size) if size else None for total, size in zip(sums, sizes, strict=True)].__getitem__


def firsts(totals):
    """For each entry the number of counted ballots on which no other entry of that juror has a higher total: ints."""
    counted = np.where(totals.counted, totals.numerators, -1)
    highest = counted.max(axis=0, initial=0)
    return ((counted == highest) & totals.counted).sum(axis=1).tolist()
