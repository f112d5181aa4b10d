"""Invented rounds under every registered method: how often each finds what is truly best, and how much hangs on one juror."""
from dataclasses import dataclass

import numpy as np

from award.domain import redraws, rules_file, severity
from award.domain.aggregation import METHODS, Values
from award.domain.panels import components
from tests.simulation.juries import DESIGNS, JURORS, normal, truth

STEP = 0.1  # a ballot's total is on 0 to 10 in steps of a tenth
FIGURES = ("winner", "all_three", "of_three", "hangs")


@dataclass(frozen=True)
class Plan:
    """What is simulated: `severities` standard deviations of the jurors' severity; that of the entries is 1 point of 10."""

    seed: int = 20260301
    rounds: int = 1000
    entries: tuple = (24, 48)
    severities: tuple = (0.3, 0.8)
    designs: tuple = tuple(DESIGNS)
    noise: float = 1.0  # the middle juror's standard deviation from ballot to ballot
    noise_between: float = 0.3  # standard deviation of its logarithm between jurors
    stretch: float = 0.2  # the same of how widely jurors use the scale
    middle: float = 6.0


def cells(plan):
    """{(design, entries, severity): {method: {figure: float} or None where the method refuses}}."""
    keys = [(d, e, s) for d in plan.designs for e in plan.entries for s in plan.severities]
    return {key: cell(plan, key, number) for number, key in enumerate(keys)}


def cell(plan, key, number):
    """The figures of one kind of round; every method sees the same rounds."""
    design, entries, spread = key
    seed = [plan.seed, number]
    there = DESIGNS[design](plan.rounds, entries, seed=[*seed, 1])
    good = truth(design, plan.rounds, entries, seed=[*seed, 2])
    totals = ballots(plan, good, spread, [*seed, 3])
    lots = redraws.uniform(plan.rounds * entries, seed=[*seed, 4]).reshape(plan.rounds, entries) * 1e-10
    found = {method: [] for method in METHODS}
    for one in zip(there, good, totals, lots, strict=True):
        for method, scores in scored(one[0], one[2]).items():
            found[method].append(None if scores is None else judged(one[1], scores + one[3]))
    return {method: None if None in rows else dict(zip(FIGURES, np.mean(rows, axis=0).tolist(), strict=True))
            for method, rows in found.items()}


def ballots(plan, good, spread, seed):
    """The total that each juror would give each entry in tenths, int (rounds, entries, jurors).

    middle + severity + stretch · (truth + noise), rounded to the step, kept on 0 to 10.
    """
    jurors = (plan.rounds, 1, JURORS)
    severe, wide, loose = (normal(jurors, seed=[*seed, part]) for part in range(3))
    error = normal((plan.rounds, good.shape[1], JURORS), seed=[*seed, 3]) * plan.noise * np.exp(plan.noise_between * loose)
    exact = plan.middle + spread * severe + np.exp(plan.stretch * wide) * (good[:, :, None] + error)
    return np.rint(np.clip(exact, 0, 10) / STEP).astype(np.int64)


def scored(there, tenths):
    """{method: scores float (1 + jurors, entries), of the whole jury and without each juror; None where the method refuses}."""
    values = Values(np.where(there, tenths, 0), there, 100)
    counts = np.vstack([np.ones((1, JURORS), np.int64), redraws.without_each(JURORS)])
    rulebook = rules_file.from_dict({"criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]})
    return {key: corrected(values, counts) if key == "additive" else one.redraw(values, rulebook)(counts) for key, one in METHODS.items()}


def corrected(values, counts):
    """The scores of the additive method with λ by REML, and without each juror at the same λ; None where the jury falls apart."""
    y = values.floats
    if len(components(values.counted)) > 1:
        return None
    if values.counted.all():  # the corrected scores of a complete panel are the means
        return METHODS["mean"].redraw(values, None)(counts)
    whole = severity.fit(y)
    return np.vstack([whole.scores, at_level(y, counts[1:] > 0, whole.lam)])


def at_level(y, kept, lam):
    """What `severity.at_level` gives for each jury, bool (juries, jurors), at once: float (juries, entries); λ is above 0."""
    held = (~np.isnan(y) & kept[:, None, :]).astype(float)
    values = held * np.nan_to_num(y)
    sizes, totals = held.sum(axis=2), values.sum(axis=2)
    shares = held / sizes[:, :, None]
    system = np.eye(JURORS) * (held.sum(axis=1) + lam)[:, :, None] - held.transpose(0, 2, 1) @ shares
    right = values.sum(axis=1) - (totals[:, None, :] @ shares)[:, 0]
    effects = np.linalg.solve(system, right[:, :, None])
    return (totals - (held @ effects)[:, :, 0]) / sizes


def judged(good, scores):
    """(best found, all of the best three, part of the best three, whether leaving out some one juror changes the first)."""
    order = np.argsort(-scores, axis=1)
    best, three = np.argmax(good), set(np.argsort(-good)[:3].tolist())
    right = len(three & set(order[0, :3].tolist()))
    return order[0, 0] == best, right == 3, right / 3, bool((order[1:, 0] != order[0, 0]).any())
