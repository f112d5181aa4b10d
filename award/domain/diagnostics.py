"""How each juror scored, for the chair: severity, spread, agreement with the others, halo, range. It flags, and deletes nothing."""
import numpy as np

from award.domain import criteria, numbers, panels, severity

FEWEST = 5  # ballots from which figures are given
FIELDS = ("severity", "severity_se", "correlation", "spread_ratio", "halo", "lowest", "highest")


def diagnostics(rulebook, counted):
    """[{juror, ballots, …}] of all jurors on the sheet, by name; floats on 0..1, None with a code in `notes` where undefined.

    severity: the juror's effect by least squares in the additive model, negative where they scored lower than the others would, and
    `severity_se`, its standard error. correlation: with the mean of the others on the same entries. spread_ratio: the standard
    deviation of the juror's totals over that of all jurors together. halo: the same of the spread across criteria within a ballot;
    low where all criteria got much the same. lowest, highest: totals. `holds_together`: without this juror the jury would fall
    apart. Source: methods, section 3; Saal, Downey and Lahey, Rating the ratings (1980).
    """
    y, there = counted.totals.floats, counted.ballots
    sizes, held = there.sum(axis=0), set(panels.articulation_jurors(there))
    effects, spreads, halos = severities(y), column_spreads(y), halo(rulebook, counted)
    others = [correlation(y, j) if size >= FEWEST else None for j, size in enumerate(sizes.tolist())]
    return [{"juror": name, "ballots": int(sizes[j]), "holds_together": j in held,
             **one(y[there[:, j], j], effects.get(j), others[j], (ratio(spreads, sizes, j), ratio(halos, sizes, j)))}
            for j, name in enumerate(counted.sheet.jurors)]


def one(totals, effect, other, spread):
    """The figures of one juror; effect: (severity, standard error) or None; spread: (spread_ratio, halo)."""
    if len(totals) < FEWEST:
        return {**dict.fromkeys(FIELDS), "notes": dict.fromkeys(FIELDS, "few_ballots")}
    figures = dict(zip(FIELDS, (*(effect or (None, None)), other, *spread, float(totals.min()), float(totals.max())), strict=True))
    notes = {name: "not_fitted" if name.startswith("severity") else "constant" for name, value in figures.items() if value is None}
    return {**figures, "notes": notes}


def severities(y):
    """{juror index: (effect, standard error)} by least squares within each connected group that allows it."""
    found = {}
    for group in panels.components(~np.isnan(y)):
        own = np.flatnonzero((~np.isnan(y[group])).any(axis=0))
        part = y[np.ix_(group, own)]
        if severity.obstacle(~np.isnan(part)) is None:
            fit = severity.fit(part, 0)
            found |= {j: (float(s), float(e)) for j, s, e in zip(own.tolist(), fit.jurors, fit.errors, strict=True)}
    return found


def correlation(y, juror):
    """Pearson's correlation of a juror's totals with the mean of the others on the same entries; None where either is constant."""
    rest = np.delete(y, juror, axis=1)
    both = ~np.isnan(y[:, juror]) & (~np.isnan(rest)).any(axis=1)
    if both.sum() < FEWEST:
        return None
    own, mean = y[both, juror], np.nanmean(rest[both], axis=1)
    if np.ptp(own) < 1e-12 or np.ptp(mean) < 1e-12:
        return None
    return float(np.corrcoef(own, mean)[0, 1])


def column_spreads(y):
    """(sum of squared deviations, degrees of freedom) of each juror's totals, float (jurors,) each."""
    there = ~np.isnan(y)
    sizes = there.sum(axis=0)
    means = np.divide(np.nansum(y, axis=0), sizes, out=np.zeros(len(sizes)), where=sizes > 0)
    return np.nansum((y - means) ** 2, axis=0), np.maximum(sizes - 1, 0)


def halo(rulebook, counted):
    """(sum of squared deviations from the ballot's mean, degrees of freedom) across criteria on 0..1, of each juror."""
    units = np.stack([criteria.unit_float(one, counted.scores[:, :, c] / numbers.UNIT) for c, one in enumerate(rulebook.criteria)], axis=2)
    units = np.where(counted.scored, units, np.nan)
    sizes = counted.scored.sum(axis=2)
    means = np.divide(np.nansum(units, axis=2), sizes, out=np.zeros(sizes.shape), where=sizes > 0)
    return np.nansum((units - means[:, :, None]) ** 2, axis=(0, 2)), np.maximum(sizes - 1, 0).sum(axis=0)


def ratio(spreads, sizes, juror):
    """A juror's standard deviation over that of all jurors together; None where nothing varies or there is one value a ballot."""
    squares, df = spreads
    if not df[juror] or sizes[juror] < FEWEST or squares.sum() < 1e-20:
        return None
    return float(np.sqrt((squares[juror] / df[juror]) / (squares.sum() / df.sum())))
