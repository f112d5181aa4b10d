"""Charts as plain marks: (tag, attributes, words). A macro draws them, on paper and on the screen alike.

One unit is one point. Every value drawn is also printed; shape comes before colour: diamond = distinction,
disc = entry, ring = not ranked, triangle = mean of the jury, dashed = mean of all.
"""

import math
import unicodedata
from dataclasses import dataclass

from award.exports.paper.glyphs import BOLD, FAMILY, width

GREEN, GOLD, INK, GREY, LINE, PALE = "#17614a", "#8f6200", "#1b1f2a", "#565d6b", "#a9a497", "#e4e0d6"
MOST = 400  # characters of a label that are looked at
WIDE, NAME = 471, 300  # the width of the page, and of a name on it
SHARES = (
    ("#17614a", "#ffffff"),
    ("#3f7f6b", "#ffffff"),
    ("#6a9d8c", INK),
    ("#97bbae", INK),
    ("#c2d8cf", INK),
    ("#dfeae5", INK),
)


@dataclass(frozen=True)
class Chart:
    """`title` is the alternative text: the finding and its figures."""

    width: float
    height: float
    title: str
    marks: tuple


def line(start, end, colour, thick=0.5, **more):
    return (
        "line",
        {
            "x1": at(start[0]),
            "y1": at(start[1]),
            "x2": at(end[0]),
            "y2": at(end[1]),
            "stroke": colour,
            "stroke-width": thick,
            **more,
        },
        "",
    )


def disc(centre, radius, colour, *, ring=False):
    paint = {"fill": "#ffffff", "stroke": colour, "stroke-width": 1.1} if ring else {"fill": colour}
    return "circle", {"cx": at(centre[0]), "cy": at(centre[1]), "r": radius, **paint}, ""


def diamond(centre, size, colour=GOLD):
    x, y = centre
    return (
        "path",
        {
            "d": f"M{at(x)} {at(y - size)}L{at(x + size)} {at(y)}L{at(x)} {at(y + size)}L{at(x - size)} {at(y)}Z",
            "fill": colour,
        },
        "",
    )


def triangle(point, colour=GOLD):
    return "path", {"d": f"M{at(point[0])} {at(point[1])}l-3.6 6h7.2Z", "fill": colour}, ""


def words(place, said, *, size=8, colour=GREY, **more):
    """A label. One that is written from right to left stays away: SVG cannot set it, and the text beside names it."""
    return (
        "text",
        {"x": at(place[0]), "y": at(place[1]), "font-family": FAMILY, "font-size": size, "fill": colour, **more},
        "" if leftward(said) else said,
    )


def leftward(said):
    """Whether there are letters in the text that run from right to left."""
    return any(unicodedata.bidirectional(c) in ("R", "AL") for c in said)


def at(value):
    return f"{value:.2f}"


def rosette(rays, title, *, size=560):
    """One ray per entry in the given order; rays are (score 0..1 or None, kind), kind as in `shape`."""
    middle, inner, reach = size / 2, size * 0.15, size * 0.335
    circles = [
        (
            "circle",
            {
                "cx": at(middle),
                "cy": at(middle),
                "r": at(inner + reach * k / 4),
                "fill": "none",
                "stroke": "#b5cbc0",
                "stroke-width": 0.4,
            },
            "",
        )
        for k in range(1, 5)
    ]
    marks = [
        *circles,
        (
            "circle",
            {"cx": at(middle), "cy": at(middle), "r": at(inner), "fill": "none", "stroke": GREEN, "stroke-width": 0.8},
            "",
        ),
    ]
    thick = min(1.15, 60 / max(1, len(rays)))
    for i, (score, kind) in enumerate(rays):
        marks += _ray(
            middle, 2 * math.pi * (i / len(rays) + 0.54), (inner, inner + reach * (score or 0)), (kind, thick)
        )
    return Chart(size, size, title, tuple(marks))


def _ray(middle, angle, radii, look):
    kind, thick = look
    start, end = ((middle + r * math.cos(angle), middle + r * math.sin(angle)) for r in radii)
    colour = GOLD if kind == "distinction" else GREEN
    return [line(start, end, colour, thick * (2.4 if kind == "distinction" else 1)), shape(end, kind, 1.5 + thick)]


def shape(centre, kind, size):
    """The mark of an entry: `kind` is distinction, entry or outside (not ranked)."""
    if kind == "distinction":
        return diamond(centre, size * 2)
    return disc(centre, at(size), GREEN, ring=kind == "outside")


def share_bar(parts, title):
    """The shares of the criteria side by side; parts are (name, share 0..1, share in words)."""
    marks, x, gap = [], 0.0, 1.5
    room = WIDE - gap * (len(parts) - 1)
    order = sorted(range(len(parts)), key=lambda i: -parts[i][1])
    for i, (_, share, written) in enumerate(parts):
        fill, ink = SHARES[min(order.index(i), len(SHARES) - 1)]
        wide = room * share
        marks.append(("rect", {"x": at(x), "y": 0, "width": at(wide), "height": 17.5, "fill": fill}, ""))
        if width(written, 9.5) + 8 < wide:
            marks.append(words((x + 6, 12.6), written, size=9.5, colour=ink, **{"font-weight": 600}))
        x += wide + gap
    below = _names([name for name, _, _ in parts], [float(mark[1]["x"]) for mark in marks if mark[0] == "rect"])
    marks += [words((x, y), said, size=9, colour=INK) for x, y, said in below]
    return Chart(WIDE, 36 + 10.5 * any(y > 31 for _, y, _ in below), title, tuple(marks))


def _names(names, starts):
    """[(x, y, name)] under the parts of a bar: on one line where all fit, otherwise on two in turn, shortened to their room."""
    ends = [*starts[1:], WIDE + 2]
    lines = 1 if all(width(name, 9) + 2 < end - x for name, x, end in zip(names, starts, ends, strict=True)) else 2
    placed, taken = [], [0.0] * lines
    for i, (name, x) in enumerate(zip(names, starts, strict=True)):
        free = starts[i + lines] - 2 * lines if i + lines < len(starts) else WIDE
        start = max(taken[i % lines], min(x, free - width(name, 9)) if free == WIDE else x)
        said = fitted(name, free - start, 9)
        placed.append((start, 31 + 10.5 * (i % lines), "" if said == "…" else said))
        taken[i % lines] = start + width(said, 9) + 6
    return placed


def dots(rows, ticks, legend, title):
    """Each juror's score by criterion; rows are (name, [place 0..1 per juror], jury's place, all's place, mean).

    `ticks` are (place, written); `legend` is (one juror, mean of the jury, mean of all entries).
    """
    left, right, y, marks = 133, 413, 12.0, []
    pitches = [min(4.3, 52 / max(1, _stack(row[1]))) for row in rows]
    bottom = y + sum(_tall(row[1], pitch) for row, pitch in zip(rows, pitches, strict=True)) + 8
    for place, written in ticks:
        x = left + (right - left) * place
        marks += [line((x, y), (x, bottom - 4), PALE), words((x, bottom + 7), written, **{"text-anchor": "middle"})]
    for row, pitch in zip(rows, pitches, strict=True):
        y += _tall(row[1], pitch)
        marks += _dot_row(row, y, pitch, (left, right))
    return Chart(471, bottom + 23, title, tuple(marks + _legend(legend, bottom + 16)))


def _stack(places):
    return max((places.count(p) for p in places), default=0)


def _tall(places, pitch):
    return max(28, _stack(places) * pitch + 14)


def _dot_row(row, y, pitch, ends):
    name, places, jury, everyone, written = row
    left, right = ends
    marks = [
        line((left, y - 2.4), (right, y - 2.4), LINE, 0.4),
        words((0, y - 5), fitted(name, 126, 9), size=9, colour=INK),
    ]
    for i, place in enumerate(places):
        marks.append(disc((left + (right - left) * place, y - 6 - pitch * places[:i].count(place)), 2.05, "#4f8c79"))
    if everyone is not None:
        x = left + (right - left) * everyone
        marks.append(line((x, y - 24), (x, y - 2.4), INK, 0.8, **{"stroke-dasharray": "2 1.6"}))
    if jury is not None:
        marks.append(triangle((left + (right - left) * jury, y - 1.8)))
    return [*marks, words((471, y - 5), written, size=9, colour=INK, **{"text-anchor": "end", "font-weight": 600})]


def _legend(legend, y):
    juror, jury, everyone = legend
    second = 9 + width(juror, 8) + 16
    third = second + 8 + width(jury, 8) + 16
    return [
        disc((2.2, y), 2.2, "#4f8c79"),
        words((9, y + 3), juror),
        triangle((second, y - 3)),
        words((second + 8, y + 3), jury),
        line((third, y - 5), (third, y + 4), INK, 0.8, **{"stroke-dasharray": "2 1.6"}),
        words((third + 6, y + 3), everyone),
    ]


def strip(scores, own, axis, title):
    """All scores on one line. `own` is (score, kind, name, written); `axis` is (low, high, [(value, written)])."""
    low, high, ticks = axis

    def x(value):
        return 4 + 463 * (value - low) / (high - low)

    marks = [line((0, 20), (471, 20), LINE)]
    marks.append(("path", {"d": "".join(f"M{at(x(s))} 15v10" for s in sorted(set(scores))), "stroke": GREEN, "stroke-width": 0.9}, ""))
    marks += [_tied(x(v), 36, w) for v, w in ticks]
    score, kind, name, written = own
    label = written if leftward(name) else f"{fitted(name, NAME, 9)}\u00a0\u00a0{written}"
    marks += [
        shape((x(score), 20), kind, 2.6 if kind == "distinction" else 4),
        _tied(x(score), 9, label, size=9, colour=INK, **{"font-weight": 600}),
    ]
    return Chart(471, 39, title, tuple(marks))


def _tied(x, y, said, *, size=8, **more):
    """A label over its mark, moved aside as far as it takes to stay on the page."""
    half = width(said, size) * BOLD / 2
    place, side = (0, "start") if x < half else (WIDE, "end") if x > WIDE - half else (x, "middle")
    return words((place, y), said, size=size, **more, **{"text-anchor": side})


def fitted(said, room, size):
    """The text, or as much of it as fits with an ellipsis."""
    said = " ".join(said[:MOST].split())
    if width(said, size) <= room:
        return said
    while said and width(said + "…", size) > room:
        said = said[:-1]
    return said.rstrip() + "…"


def scale_ticks(low, high, most=10):
    """Round values between low and high, at most about `most` of them: steps of 1, 2, 5, 10 …"""
    least = 1 if high - low >= 3 else 0
    step = next(
        s * 10**p for p in range(-3, 10) for s in (1, 2, 5) if (high - low) / (s * 10**p) <= most and s * 10**p >= least
    )
    first = math.ceil(round(low / step, 9))
    return [round((first + i) * step, 9) for i in range(int(math.floor(round(high / step, 9))) - first + 1)]
