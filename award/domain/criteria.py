"""A criterion: its share of the total, its scale, and whether a score lies on that scale."""
from dataclasses import dataclass
from fractions import Fraction

from award.domain.numbers import parse, plain
from award.errors import Invalid
from award.i18n import text

MOST_STEPS = 101


@dataclass(frozen=True)
class Criterion:
    """What is scored. All numbers are Fractions; `share` counts relative to the sum of all shares.

    `step` None: any value between `low` and `high`. `threshold` is in scale units; an equal mean passes.
    `better` is "higher" or "lower". `decimals`: with order "criterion", the value is rounded half up before weighting.
    """

    name: str
    share: Fraction
    low: Fraction
    high: Fraction
    step: Fraction | None = None
    threshold: Fraction | None = None
    better: str = "higher"
    decimals: int | None = None


def steps(criterion):
    """The values a juror can choose, lowest first, as Fractions; () when there is no step or there are over 101."""
    if criterion.step is None:
        return ()
    count = (criterion.high - criterion.low) / criterion.step + 1
    if count > MOST_STEPS:
        return ()
    return tuple(criterion.low + i * criterion.step for i in range(int(count)))


def read(criterion, typed):
    """The score that was typed, as a Fraction; None when nothing was. Raises Invalid: no number, or off the scale."""
    if not (typed or "").strip():
        return None
    value = parse(typed)
    check(criterion, value)
    return value


def check(criterion, value):
    """Raises Invalid, with the scale in the message, when the Fraction `value` is no score of the criterion."""
    if on_scale(criterion, value):
        return
    ends = {"lo": plain(criterion.low), "hi": plain(criterion.high)}
    if criterion.step is None:
        raise Invalid(text("Enter a score from %(lo)s to %(hi)s. Both 3.5 and 3,5 work.", **ends))
    raise Invalid(text("Enter a score from %(lo)s to %(hi)s, in steps of %(step)s. Both 3.5 and 3,5 work.",
                       step=plain(criterion.step), **ends))


def on_scale(criterion, value):
    """Whether the Fraction `value` lies within the scale and, where there is a step, on one."""
    if not criterion.low <= value <= criterion.high:
        return False
    return criterion.step is None or (value - criterion.low) % criterion.step == 0


def fault(criterion, value):
    """What is wrong with a score, as a Text that names the criterion and its scale; None when nothing is."""
    if on_scale(criterion, value):
        return None
    ends = {"lo": plain(criterion.low), "hi": plain(criterion.high)}
    values = {"score": plain(value), "criterion": criterion.name, **ends}
    if value > criterion.high:
        return text('score %(score)s is above the scale %(lo)s–%(hi)s of "%(criterion)s"', **values)
    if value < criterion.low:
        return text('score %(score)s is below the scale %(lo)s–%(hi)s of "%(criterion)s"', **values)
    return text('score %(score)s is not on the scale %(lo)s–%(hi)s of "%(criterion)s", which goes in steps of %(step)s',
                step=plain(criterion.step), **values)


def unit(criterion, value):
    """A value in scale units as a Fraction of the scale: 0 is its worst end, 1 its best.

    Source: methods, rule 1: (x − low) / (high − low), reversed when lower is better.
    """
    part = (value - criterion.low) / (criterion.high - criterion.low)
    return part if criterion.better == "higher" else 1 - part


def unit_float(criterion, values):
    """`unit` of floats, a number or an array."""
    part = (values - float(criterion.low)) / float(criterion.high - criterion.low)
    return part if criterion.better == "higher" else 1 - part


def in_scale_units(criterion, part):
    """The inverse of `unit`: a Fraction 0..1 of the scale, in scale units."""
    upwards = part if criterion.better == "higher" else 1 - part
    return criterion.low + upwards * (criterion.high - criterion.low)
