"""The picture of a plan: jurors down, entries across, one cell a pair."""

from markupsafe import Markup, escape

CELL, LEFT, TOP = 20, 140, 26
MOST_CELLS = 6000
SIGNS = {
    "assigned": '<rect x="{x}" y="{y}" width="18" height="18" class="c-fill1" fill="#17614a"/>'
    '<circle cx="{cx}" cy="{cy}" r="3" class="c-hollow0" fill="#fcfbf8"/>',
    "conflict": '<path d="M{x1} {y1}l8 8m0 -8l-8 8" class="c-bad" stroke="#a4262c" stroke-width="2"/>',
    "language": '<path d="M{x1} {cy}h8" class="c-tick" stroke="#7f796c" stroke-width="2"/>',
    "free": '<rect x="{x}" y="{y}" width="18" height="18" class="c-heat1" fill="#e6e3da"/>',
}


def heat_map(board, pairs):
    """{"svg", "width", "height", "signs"} of the pairs (entry id, juror id) on a board; None when it would be too large to read."""
    if not board.entries or not board.jurors or len(board.entries) * len(board.jurors) > MOST_CELLS:
        return None
    marks = [_numbers(len(board.entries))]
    for row, juror in enumerate(board.jurors):
        y = TOP + row * CELL
        marks.append(f'<text x="0" y="{y + 14}" fill="#1b1f2a">{_short(juror.user.name)}</text>')
        marks += [
            _cell(_sign(board, pairs, (e.id, juror.id)), LEFT + column * CELL, y)
            for column, e in enumerate(board.entries)
        ]
    return {
        "svg": Markup("".join(marks)),  # noqa: S704  (names are escaped, the rest is ours)
        "width": LEFT + len(board.entries) * CELL + 4,
        "height": TOP + len(board.jurors) * CELL + 4,
    }


def _numbers(count):
    places = [n for n in range(1, count + 1) if n == 1 or n % 5 == 0]
    return "".join(
        f'<text x="{LEFT + (n - 1) * CELL + 9}" y="18" text-anchor="middle" class="c-muted" fill="#565d6b">{n}</text>'
        for n in places
    )


def _short(name):
    return escape(name if len(name) <= 19 else name[:18] + "…")


def _sign(board, pairs, pair):
    if pair in pairs:
        return "assigned"
    kind = board.barred.get(pair)
    return "free" if kind is None else "language" if kind == "language" else "conflict"


def _cell(sign, x, y):
    return SIGNS[sign].format(x=x, y=y, cx=x + 9, cy=y + 9, x1=x + 5, y1=y + 5)
