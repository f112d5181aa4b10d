"""The additive model: what an entry scores once the severity of its jurors is taken out.

y[e, j] = μ + q[e] + s[j] + error, the entries fixed, the jurors shrunk by λ = σ² / σ²_juror. Entries are eliminated, so that a
system of jurors × jurors is solved, never one of entries and jurors together. Source: methods, section 2; Henderson's mixed model
equations in Searle, Casella and McCulloch, Variance Components (1992), chapters 7 and 8.
"""
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy

from award.domain import criteria, reasons, redraws
from award.domain.method import method
from award.domain.numbers import UNIT
from award.domain.panels import components
from award.errors import Refused
from award.i18n import text

FEWEST_JURORS = 5  # with fewer jurors, or fewer residual degrees of freedom, variances are not estimated
FEWEST_DF = 20
CAUTIOUS = 4.0  # the λ used then
BLOCK = 1000
STEPS = 3  # of Newton after the search, the last of which changes nothing any more
RANGE = (np.log(1e-6), np.log(1e6))  # of both ratios of variances; at the upper end there is nothing to tell apart


@dataclass(frozen=True, eq=False)
class Fit:
    """`mu`, `entries` (entries,) and `jurors` (jurors,), each summing to 0, floats in the unit of y.

    `lam` is λ; `source` says whether it was "given", estimated ("reml") or set to 4 because there is too "little" to estimate it
    from. `residual` is σ²; `variances` {"entry", "juror", "residual"} are by REML, None where not estimated. `df`: values less
    parameters. `there` (entries, jurors) bool; `inverse` (jurors, jurors) is that of the jurors' system.
    """

    mu: float
    entries: np.ndarray
    jurors: np.ndarray
    lam: float
    source: str
    residual: float
    variances: dict
    df: int
    there: np.ndarray
    inverse: np.ndarray

    @property
    def scores(self):
        """μ + q of each entry, float (entries,)."""
        return self.mu + self.entries

    @property
    def errors(self):
        """The standard error of each juror's effect, float (jurors,)."""
        return np.sqrt(self.residual * np.clip(np.diag(self.inverse), 0, None))

    @property
    def panels(self):
        """The part of each juror in each entry's mean, float (entries, jurors); each row sums to 1."""
        return self.there / self.there.sum(axis=1, keepdims=True)

    @cached_property
    def largest_sed(self):
        """The largest standard error of a difference between two entries; 0 for a single entry."""
        mixed = self.panels @ self.inverse @ self.panels.T
        own = 1 / self.there.sum(axis=1) + np.diag(mixed)
        square = own[:, None] + own - 2 * mixed
        np.fill_diagonal(square, 0)
        return float(np.sqrt(self.residual * max(square.max(initial=0), 0)))

    def redrawn(self, normals):
        """Scores as they might have come out, N(μ + q, σ² L⁺), float (draws, entries); `normals` (draws, entries + jurors)."""
        roots, vectors = np.linalg.eigh(self.inverse)
        half = (vectors * np.sqrt(np.clip(roots, 0, None))) @ vectors.T
        of_entries, of_jurors = np.split(normals, [len(self.entries)], axis=1)
        found = of_entries / np.sqrt(self.there.sum(axis=1))
        found -= of_jurors @ (half @ self.panels.T)
        found *= np.sqrt(self.residual)
        found += self.scores
        return found


class Sums:
    """The sums of y, floats (entries, jurors) with NaN where there is no value, that every step needs.

    Each entry and each juror has a value. `grams` {panel size: (jurors + 1, jurors + 1)} hold Σ w wᵀ and `rights` Σ w t over the
    entries of that size, w = (size, 1 or 0 for each juror) and t the entry's total; `squares` Σ t².
    """

    def __init__(self, y):
        self.there = ~np.isnan(y)
        self.sizes, self.judged = self.there.sum(axis=1), self.there.sum(axis=0)
        self.centre = float(y[self.there].mean())
        values = np.where(self.there, y - self.centre, 0.0)
        self.totals, self.of_jurors = values.sum(axis=1), values.sum(axis=0)
        self.square, self.count = float((values**2).sum()), int(self.sizes.sum())
        self.df = self.count - len(y) - len(self.judged) + 1
        wide = np.hstack([self.sizes[:, None], self.there]).astype(float)
        rows = {int(size): self.sizes == size for size in np.unique(self.sizes)}
        self.grams = {size: wide[at].T @ wide[at] for size, at in rows.items()}
        self.rights = {size: wide[at].T @ self.totals[at] for size, at in rows.items()}
        self.squares = {size: float((self.totals[at] ** 2).sum()) for size, at in rows.items()}
        self.numbers = {size: int(at.sum()) for size, at in rows.items()}

    def reduced(self, lam):
        """(system of the jurors after the entries are eliminated, its right-hand side), entries fixed."""
        system = np.diag(self.judged + lam) - sum(gram[1:, 1:] / size for size, gram in self.grams.items())
        return system, self.of_jurors - sum(right[1:] / size for size, right in self.rights.items())

    def solve(self, lam):
        """(jurors' effects, inverse of their system, sum of squares that is left) for one λ; λ = 0 takes the effects that sum to 0."""
        system, right = self.reduced(lam)
        one = np.full_like(system, 1 / len(system)) if lam == 0 else 0
        inverse = np.linalg.inv(system + one) - one
        effects = inverse @ right
        left = self.square - sum(square / size for size, square in self.squares.items()) - float(right @ effects)
        return effects, inverse, max(left, 0.0)

    def criterion(self, logs):
        """(−2 log REML likelihood, its gradient, σ²) with entries and jurors random; `logs` of (σ²/σ²_entry, σ²/σ²_juror)."""
        a, b = np.exp(logs)
        size = len(self.judged)
        system = np.block([[np.array([[float(self.count)]]), self.judged[None, :]], [self.judged[:, None], np.diag(self.judged + b)]])
        system = system - sum(gram / (n + a) for n, gram in self.grams.items())
        right = np.concatenate([[self.of_jurors.sum()], self.of_jurors]) - sum(r / (n + a) for n, r in self.rights.items())
        inverse = np.linalg.inv(system)
        found = inverse @ right
        residual = (self.square - sum(s / (n + a) for n, s in self.squares.items()) - right @ found) / (self.count - 1)
        pairs = [(n, self.grams[n], self.rights[n], self.squares[n], self.numbers[n]) for n in self.grams]
        entries = sum((s - 2 * found @ r + found @ g @ found) / (n + a) ** 2 for n, g, r, s, _ in pairs)
        traces = sum(m / (n + a) + np.sum(inverse * g) / (n + a) ** 2 for n, g, _, _, m in pairs)
        gradient = np.array([a * entries / residual + a * traces - len(self.sizes),
                             b * (found[1:] @ found[1:]) / residual + b * np.trace(inverse[1:, 1:]) - size])
        value = ((self.count - 1) * np.log(residual) + sum(m * np.log(n + a) for n, _, _, _, m in pairs)
                 + np.linalg.slogdet(system)[1] - len(self.sizes) * logs[0] - size * logs[1])
        return value, gradient, residual


def fit(y, lam="reml"):
    """The Fit of y, floats (entries, jurors), NaN where there is no value; each entry and each juror has one.

    `lam` is "reml" or a number from 0, which is least squares. Raises Refused for fewer than three jurors, for jurors and entries
    that are not all connected, and where no residual degree of freedom is left.
    """
    if found := obstacle(~np.isnan(y)):
        raise Refused(reasons.refusal(found))
    sums = Sums(y)
    enough = len(sums.judged) >= FEWEST_JURORS and sums.df >= FEWEST_DF and sums.square > 0
    variances = reml(sums) if enough else dict.fromkeys(("entry", "juror", "residual"))
    source = "given" if lam != "reml" else "reml" if enough else "little"
    level = float(lam) if source == "given" else CAUTIOUS if source == "little" else variances["residual"] / variances["juror"]
    jurors, inverse, left = sums.solve(level)
    residual = variances["residual"] if source == "reml" else left / (sums.df if level == 0 else sums.count - len(y))
    scores = sums.centre + (sums.totals - sums.there @ jurors) / sums.sizes
    return Fit(mu=float(scores.mean()), entries=scores - scores.mean(), jurors=jurors, lam=level, source=source, residual=residual,
               variances=variances, df=sums.df, there=sums.there, inverse=inverse)


def obstacle(there):
    """Why the model says nothing here as {code, …} of `reasons.REFUSALS`, or None; `there` (entries, jurors) bool, every juror in it."""
    groups, size = components(there), there.shape[1]
    if size < 3:
        return {"code": "few_jurors", "jurors": size}
    if len(groups) > 1:
        return {"code": "unconnected", "groups": len(groups)}
    if there.sum() - sum(there.shape) + 1 < 1:
        return {"code": "no_freedom"}
    return None


def reml(sums):
    """{"entry", "juror", "residual"}: variances by restricted maximum likelihood, entries and jurors random, floats above 0.

    Minimised over the logarithms of both ratios with the exact gradient, then by Newton steps. Source: Searle, Casella and
    McCulloch (1992), section 8.3; a ratio at the end of its range means that nothing tells the jurors (or entries) apart.
    """
    found = scipy.optimize.minimize(lambda at: sums.criterion(at)[:2], np.array([0.0, 2.0]), jac=True, method="L-BFGS-B", bounds=[RANGE] * 2,
                              options={"ftol": 1e-15, "gtol": 1e-9}).x
    for _ in range(STEPS):
        if not ((found > RANGE[0]) & (found < RANGE[1])).all():
            break
        found = newton(sums, found)
    residual = sums.criterion(found)[2]
    entry, juror = residual / np.exp(found)
    return {"entry": float(entry), "juror": float(juror), "residual": float(residual)}


def newton(sums, at):
    """One Newton step of the gradient's root from `at` (2,), kept within RANGE."""
    near = 1e-5 * np.eye(2)
    slopes = np.array([(sums.criterion(at + h)[1] - sums.criterion(at - h)[1]) / 2e-5 for h in near])
    step = np.linalg.solve((slopes + slopes.T) / 2, sums.criterion(at)[1])
    return np.clip(at - step, *RANGE)


def fits(values, rulebook):
    """[(entries, jurors, Fit)]: the model of each group that is fitted by itself, with int arrays of where it stands in Values.

    One group unless the rulebook ranks unconnected groups within themselves. Raises Refused as `fit` does, and where one of several
    groups is too small. Values of entries without a ballot, and jurors without one, are in no group.
    """
    y, there = values.floats, values.counted
    groups = components(there) if rulebook.unconnected == "within" else []
    groups = groups or [np.flatnonzero(there.any(axis=1))]
    own = [np.flatnonzero(there[group].any(axis=0)) for group in groups]
    if len(groups) > 1 and any(obstacle(there[np.ix_(*at)]) for at in zip(groups, own, strict=True)):
        raise Refused(reasons.refusal({"code": "small_group", "groups": len(groups)}))
    return [(group, jurors, fit(y[np.ix_(group, jurors)], rulebook.lam)) for group, jurors in zip(groups, own, strict=True)]


def redraw(values, rulebook):
    """The redraw of the additive model: of a complete panel that of the mean, as both give the same; otherwise each jury that leaves
    jurors out is fitted anew at the same λ. Where λ is 0 and the jury falls apart, the entries of that group are NaN.
    """
    if judged(values.counted).all():
        return redraws.mean(values, rulebook)
    known = fits(values, rulebook)

    def refitted(counts):
        found = np.full((len(counts), len(values.counted)), np.nan)
        for row, left in zip(found, counts > 0, strict=True):
            for entries, jurors, whole in known:
                rest = jurors[left[jurors]]
                part = entries[values.counted[np.ix_(entries, rest)].any(axis=1)]
                row[part] = at_level(values.floats[np.ix_(part, rest)], whole.lam)
        return found
    return refitted


def judged(there):
    """The rows and columns of bool (entries, jurors) in which a ballot counts."""
    return there[there.any(axis=1)][:, there.any(axis=0)]


def at_level(y, lam):
    """The scores μ + q (entries,) of y at a known λ; NaN where λ is 0 and y falls apart."""
    if not y.size or (lam == 0 and len(components(~np.isnan(y))) > 1):
        return np.full(len(y), np.nan)
    sums = Sums(y)
    return sums.centre + (sums.totals - sums.there @ sums.solve(lam)[0]) / sums.sizes


def by_criterion(counted, rulebook):
    """u of each criterion on 0..1 corrected for severity at the λ of the whole ballots, float (entries, criteria), NaN without.

    The model is linear once λ is known, so of complete ballots the weighted sum over criteria is the score.
    """
    found = np.full(counted.applicable.shape, np.nan)
    for entries, jurors, whole in fits(counted.totals, rulebook):
        for c, criterion in enumerate(rulebook.criteria):
            at = np.ix_(entries, jurors, [c])
            y = np.where(counted.scored[at], criteria.unit_float(criterion, counted.scores[at] / UNIT), np.nan)[:, :, 0]
            rows, columns = np.flatnonzero((~np.isnan(y)).any(axis=1)), np.flatnonzero((~np.isnan(y)).any(axis=0))
            found[entries[rows], c] = at_level(y[np.ix_(rows, columns)], whole.lam)
    return found


def draws(values, rulebook, seed):
    """Blocks of scores as they might have come out by the model, float (draws, entries); None for a panel small enough to enumerate."""
    if redraws.small(judged(values.counted)):
        return None
    return blocks(fits(values, rulebook), len(values.counted), seed)


def blocks(known, size, seed):
    """The blocks of `draws`: 10,000 draws in all, 1,000 at a time."""
    for start in range(0, redraws.DRAWS, BLOCK):
        drawn = [one.redrawn(normals((BLOCK, len(entries) + len(jurors)), seed=[seed, start, place]))
                 for place, (entries, jurors, one) in enumerate(known)]
        if len(known[0][0]) == size:
            yield drawn[0]
            continue
        found = np.full((BLOCK, size), np.nan)
        for (entries, *_rest), part in zip(known, drawn, strict=True):
            found[:, entries] = part
        yield found


def normals(shape, *, seed):
    """Standard normal numbers, float of that shape, the same on every machine for one seed."""
    found = redraws.uniform(shape[0] * shape[1], seed=seed)
    return scipy.special.ndtri(found, out=found).reshape(shape)


@method("additive", label=text("additive, corrected for severity"), exact=False, orders=("ballot",), redraw=redraw, draws=draws,
        breaks=("single_juror", "doubled_jurors", "raised", "raised_rank", "shifted_juror"), cautions=("little_to_estimate",))
def additive(values, rulebook):
    """μ + qₑ of y = μ + qₑ + sⱼ + error: entries fixed, jurors shrunk by λ = σ² / σ²ⱼ, the ratio of the variances of error and jurors.

    λ = 0 is least squares, λ → ∞ the mean; "reml" estimates λ by restricted maximum likelihood, and takes 4 with fewer than 5 jurors
    or 20 residual degrees of freedom. `values` Values (entries, jurors); gives floats (entries,). Raises Refused for fewer than three
    jurors, for an unconnected jury and without residual degrees of freedom. Source: methods, section 2; Henderson's mixed model
    equations; Searle, Casella and McCulloch, Variance Components (1992).
    """
    found = np.full(len(values.counted), np.nan)
    for entries, _jurors, one in fits(values, rulebook):
        found[entries] = one.scores
    return found
