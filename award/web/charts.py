"""The chart of one ranking row: drawn in Python, as a list draws it a thousand times. All other charts are macros."""
from functools import cache

from markupsafe import Markup, escape

from award.i18n import text, translate
from award.web.formats import point

LEFT, WIDE = 0.038, 0.898
TICK = ' y1="12" y2="30" class="c-tick" stroke="#7f796c" stroke-width="1.5"/>'
RANGE = ' y1="21" y2="21" class="c-range" stroke="#17614a" stroke-width="3"/>'
DOT = ' cy="21" r="6" class="c-dot" fill="#17614a" stroke="#fcfbf8" stroke-width="1.5"/>'
GRID = ' class="c-grid" stroke="#dedad0"/>'
FIGURE = ' dy="-8" text-anchor="middle" class="c-muted" fill="#565d6b">'
SPOKEN = text("%(low)s to %(high)s; ballots %(list)s")
RANGED = text("%(low)s to %(high)s")
BALLOTS = text("ballots %(list)s")
NONE = text("no ballots")


def strip(score, ballots, interval=None, axis=(0, 100, 10), box=None):
    """The strip of one entry: a tick for each ballot, the interval where there is one, a dot at the score. Ballots may be None.

    `axis` is (lowest, highest, step of the grid). It fills its cell; for the PDF `box` gives (width, height) in px.
    """
    marks = [f'<line x1="{x}" x2="{x}"{TICK}' for x in _places(ballots or (), axis, box)]
    if interval:
        first, last = _places(interval, axis, box)
        marks.append(f'<line x1="{first}" x2="{last}"{RANGE}')
    if score is not None:
        marks.append(f'<circle cx="{_places([score], axis, box)[0]}"{DOT}')
    return _drawn(_grid(axis, box) + "".join(marks), box)


def axis_figures(axis=(0, 100, 10), box=None):
    """The figures over a column of strips."""
    steps, foot = _steps(axis), box[1] if box else "100%"
    places = zip(steps, _places(steps, axis, box), strict=True)
    return _drawn("".join(f'<text x="{x}" y="{foot}"{FIGURE}{v}</text>' for v, x in places).replace(">-", ">−"), box)


def strip_words(ballots, interval=None, *, language):
    """What a strip says, for those who listen; ballots None where the strip has none to show."""
    said, needed = _sentence(None if ballots is None else bool(ballots), interval is not None, language)
    nearly = 1e-9    # exactly half goes up, as everywhere; formatting a Decimal would cost ten times as much
    shown = [f"{float(v) + nearly:.1f}" for v in (*(interval or ()), *sorted(ballots or ()))]
    parts = "|".join([*shown[:needed], "; ".join(shown[needed:])]).replace(".", point(language)).split("|")
    return Markup(f'<span class="hid">{escape(said.format(*parts))}</span>')    # noqa: S704  the sentence is escaped


@cache
def _sentence(any_ballots, any_interval, language):
    if any_ballots is None:
        return (translate(RANGED, language) % {"low": "{0}", "high": "{1}"}, 2) if any_interval else ("", 0)
    if not any_ballots:
        return translate(NONE, language), 0
    if not any_interval:
        return translate(BALLOTS, language) % {"list": "{0}"}, 0
    return translate(SPOKEN, language) % {"low": "{0}", "high": "{1}", "list": "{2}"}, 2


def _places(values, axis, box):
    """Where values lie between the ends of the axis: in per cent of the width, or in px of the box."""
    low, high, _step = axis
    whole, unit = (box[0], "") if box else (100, "%")
    scale = WIDE * whole / (high - low)
    return [f"{LEFT * whole + (float(v) - low) * scale:.1f}{unit}" for v in values]


def _steps(axis):
    low, high, step = axis
    return range(low, high + 1, step)


@cache
def _grid(axis, box):
    foot = box[1] if box else "100%"
    return "".join(f'<line x1="{x}" x2="{x}" y1="0" y2="{foot}"{GRID}' for x in _places(_steps(axis), axis, box))


def _drawn(marks, box):
    size = f' width="{box[0]}" height="{box[1]}"' if box else ""
    return Markup(f'<svg{size} aria-hidden="true">{marks}</svg>')    # noqa: S704  figures and our own marks only
