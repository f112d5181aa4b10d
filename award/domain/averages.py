"""Methods that put the values of an entry's jurors in the middle: mean, trimmed mean, median. All exact."""
import numpy as np

from award.domain import redraws
from award.domain.method import fractions, method
from award.i18n import text


@method("mean", label=text("mean"), breaks=("shifted_juror",), cautions=("uneven_panels",), redraw=redraws.mean)
def mean(values, rulebook):
    """(x₁ + … + xₙ) / n over the n counted values x of each entry, exact.

    `values` Values (entries, jurors); gives Fractions (entries,). Source: the arithmetic mean; methods, section 2.
    """
    return fractions(values.numerators.sum(axis=1), values.sizes.astype(object) * values.denominator)


@method("trimmed_mean", label=text("trimmed mean"), least=lambda rulebook: 2 * rulebook.trim + 3, redraw=redraws.trimmed_mean,
        breaks=("doubled_jurors", "single_juror", "complete_mean", "shifted_juror"), cautions=("unequal_sizes",))
def trimmed_mean(values, rulebook):
    """(x₍g₊₁₎ + … + x₍ₙ₋g₎) / (n − 2g): the mean without the g lowest and g highest, g = `trim`, exact.

    `values` Values (entries, jurors), n − 2g at least 3; gives Fractions (entries,). Source: methods, section 2; with
    g = 1 it is the panel score of the ISU judging system for figure skating.
    """
    kept = np.arange(values.counted.shape[1]) >= rulebook.trim
    kept = kept & (np.arange(values.counted.shape[1]) < values.sizes[:, None] - rulebook.trim)
    sums = np.where(kept, values.ascending, 0).sum(axis=1)
    return fractions(sums, kept.sum(axis=1).astype(object) * values.denominator)


@method("median", label=text("median"), redraw=redraws.median, breaks=("complete_mean", "shifted_juror"), cautions=("few_jurors",))
def median(values, rulebook):
    """x₍₍ₙ₊₁₎/₂₎, or for an even number (x₍ₙ/₂₎ + x₍ₙ/₂₊₁₎) / 2, of the values x sorted, exact.

    `values` Values (entries, jurors); gives Fractions (entries,). Source: the sample median; methods, section 2.
    """
    rows, sizes = np.arange(len(values.sizes)), values.sizes
    ascending = values.ascending
    return fractions(ascending[rows, (sizes - 1) // 2] + ascending[rows, sizes // 2], 2 * values.denominator)
