"""How alike the jurors judged: agreement on the totals of ballots. Negative figures stay negative; what is undefined is None."""
import numpy as np
import scipy

ICC = ("icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k")
FIELDS = ("alpha_interval", *ICC, "kendall_w", "kendall_w_p")


def agreement(y):
    """({field: float or None}, {field: code}): the figures of FIELDS, and why each None is undefined.

    `y` (entries, jurors) float, NaN where there is no ballot that counts. Codes: "no_pair" (no entry has two ballots), "all_equal",
    "incomplete" (some juror lacks some entry), "small" (fewer than two entries or jurors), "no_difference" (no juror tells entries apart).
    """
    y = y[(~np.isnan(y)).any(axis=1)][:, (~np.isnan(y)).any(axis=0)]
    there = ~np.isnan(y)
    gap = "incomplete" if not there.all() else "small" if min(y.shape) < 2 else "all_equal" if y.min() == y.max() else None
    figures = {"alpha_interval": alpha_interval(y)} | (dict.fromkeys(FIELDS[1:]) if gap else {**intraclass(y), **concordance(y)})
    alone = "no_pair" if not (there.sum(axis=1) > 1).any() else "all_equal"
    notes = {name: alone if name == "alpha_interval" else gap or "no_difference" for name, value in figures.items() if value is None}
    return figures, notes


def alpha_interval(y):
    """Krippendorff's alpha with interval distances, a float up to 1; None where no two ballots differ or none meet.

    1 − Dₒ/Dₑ over entries with two ballots or more; `y` (entries, jurors) float, NaN where there is no ballot. Source: Krippendorff,
    Content Analysis (2004), chapter 11.
    """
    there = ~np.isnan(y)
    paired = there.sum(axis=1) > 1
    sizes, total = there[paired].sum(axis=1), int(there[paired].sum())
    if not total:
        return None
    x = np.where(there[paired], y[paired] - y[paired][there[paired]].mean(), 0.0)
    sums, squares = x.sum(axis=1), (x**2).sum(axis=1)
    expected = (total * squares.sum() - sums.sum() ** 2) / (total - 1)
    observed = ((sizes * squares - sums**2) / (sizes - 1)).sum()
    return None if np.ptp(y[paired][there[paired]]) == 0 else float(1 - observed / expected)


def intraclass(y):
    """{"icc_1_1", …}: the six intraclass correlations of a complete panel, `y` float (entries, jurors), both at least 2.

    None where entries and jurors leave nothing above 0 to divide by. Source: Shrout and Fleiss (1979).
    """
    n, k = y.shape
    of_entries, of_jurors, mean = y.mean(axis=1), y.mean(axis=0), y.mean()
    between = k * ((of_entries - mean) ** 2).sum() / (n - 1)
    jurors = n * ((of_jurors - mean) ** 2).sum() / (k - 1)
    error = ((y - of_entries[:, None] - of_jurors + mean) ** 2).sum() / ((n - 1) * (k - 1))
    within = ((y - of_entries[:, None]) ** 2).sum() / (n * (k - 1))
    pairs = {"icc_1_1": (between - within, between + (k - 1) * within),
             "icc_2_1": (between - error, between + (k - 1) * error + k * (jurors - error) / n),
             "icc_3_1": (between - error, between + (k - 1) * error),
             "icc_1_k": (between - within, between),
             "icc_2_k": (between - error, between + (jurors - error) / n),
             "icc_3_k": (between - error, between)}
    least = 1e-12 * y.var()
    return {name: float(above / under) if under > least else None for name, (above, under) in pairs.items()}


def concordance(y):
    """{"kendall_w", "kendall_w_p"} of a complete panel, corrected for ties; p by χ² with n − 1 degrees of freedom.

    `y` float (entries, jurors), both at least 2. None where every juror gives all entries the same. Source: Kendall and Gibbons, Rank
    Correlation Methods (1990), chapter 6.
    """
    n, k = y.shape
    ranks = scipy.stats.rankdata(y, axis=0)
    deviations = float(((ranks.sum(axis=1) - k * (n + 1) / 2) ** 2).sum())
    ties = sum(int((size**3 - size).sum()) for size in (np.unique(column, return_counts=True)[1] for column in ranks.T))
    under = k * k * (n**3 - n) - k * ties
    if not under:
        return {"kendall_w": None, "kendall_w_p": None}
    w = 12 * deviations / under
    return {"kendall_w": w, "kendall_w_p": float(scipy.stats.chi2.sf(k * (n - 1) * w, n - 1))}
