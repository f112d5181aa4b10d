"""What the bundled fonts can print. A missing glyph would break both standards: a square stands for it, counted."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[3] / "static" / "print" / "fonts"
EVERYWHERE = ("sans-400", "sans-400i", "sans-600")  # what each of these has can stand in any style
FALLBACKS = ("greek-cyrillic-400", "hebrew-400", "arabic-400")
FAMILY = "Award Sans, Award Greek, Award Hebrew, Award Arabic"
BOLD = 1.08  # how much wider than the usual face the semibold one runs
SILENT = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff]"
)
SQUARE = "\u25a1"
SQUARES = re.compile(f"{SQUARE}+")
MARKUP = frozenset("<>&\"'")


class Glyphs:
    """Makes texts printable and remembers how many places it had to replace."""

    def __init__(self):
        self.replaced = 0

    def printable(self, words):
        """The text in the glyphs that we have: marks nobody sees go, the rest becomes a space or a square."""
        seen = SILENT.sub("", words)
        return unprintable().sub(self._instead, seen if seen.isascii() else unicodedata.normalize("NFC", seen))

    def _instead(self, found):
        said, squares = SQUARES.subn(SQUARE, "".join(map(instead, found[0])))
        self.replaced += squares
        return said


def instead(character):
    """What stands for a character that no font has: a space, its plain form (NFKC) or a square; never markup."""
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return SQUARE if unprintable().search(plain) or MARKUP.intersection(plain) else plain


@cache
def unprintable():
    """The pattern of runs that no bundled font can print."""
    covered = set.intersection(*(set(_font(name)[0]) for name in EVERYWHERE)).union(
        *(_font(name)[0] for name in FALLBACKS)
    )
    ranges, points = [], sorted(covered | {9, 10})
    start = previous = points[0]
    for point in points[1:] + [0x110000]:
        if point != previous + 1:
            ranges.append(f"{re.escape(chr(start))}-{re.escape(chr(previous))}")
            start = point
        previous = point
    return re.compile(f"[^{''.join(ranges)}]+")


def width(words, size, *, face="sans-400"):
    """The width of a line in a face, the name of a bundled font, in the unit of `size`."""
    advances, units = _font(face)
    return sum(advances.get(ord(c), units // 2) for c in words) * size / units


@cache
def _font(name):
    """({code point: advance}, units per em) of a bundled font."""
    with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {point: metrics[glyph][0] for point, glyph in font.getBestCmap().items()}, font["head"].unitsPerEm
