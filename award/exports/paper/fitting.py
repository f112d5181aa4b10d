"""How much room a text takes before it is typeset, so that a title shrinks, a text is cut where a sentence ends, and nothing flows off.

Lines are broken as the typesetter breaks them, without hyphens: it never needs more lines than are counted here, up to a hair.
"""
import re
from dataclasses import dataclass
from functools import lru_cache

from award.exports.paper.glyphs import width

HAIR = 1.02  # kerning and rounding: by how much a line may run wider than the sum of its letters
KNOWN = "bijv|bv|enz|ca|nr|art|dr|mr|mevr|st|resp|env|ex|cf|mme|bzw|usw|vgl|abs|evtl|etc|vs|no"  # abbreviations in the four languages
SHORT = re.compile(rf"(?:^|[\s(])(?:\w|\w\.\w|{KNOWN})\.$", re.IGNORECASE)
END = re.compile(r"(?<=[.!?…])[”“’‘»\"')\]]*\s+(?=[^\sa-z])")


@dataclass(frozen=True)
class Style:
    """A face (the name of a bundled font), its size and the height of a line, in points."""

    face: str
    size: float
    leading: float

    @property
    def css(self):
        return f"font-size: {self.size}pt; line-height: {self.leading}pt"


@dataclass(frozen=True)
class Set:
    """A text with the style it is set in, how high it is, and whether something was left out."""

    words: str
    style: Style
    height: float
    cut: bool = False


def ladder(face, *steps):
    """Styles of one face from large to small; steps are (size, leading)."""
    return tuple(Style(face, *step) for step in steps)


@lru_cache(maxsize=50_000)
def _wide(word, face):
    return width(word, 1, face=face) * HAIR


def lines(words, room, style):
    """The number of lines that the text takes in a column of so many points; line breaks that people typed are kept."""
    return sum(_lines(line.split(), room / style.size, style.face) for line in words.split("\n"))


def _lines(words, room, face):
    count, at, space = 1, 0.0, _wide(" ", face)
    for word in words:
        wide = _wide(word, face)
        if at and at + space + wide > room:
            count, at = count + 1, 0.0
        at += wide + (space if at else 0)
        while at > room:  # a word longer than a line is broken anywhere
            count, at = count + 1, at - room
    return count


def height(words, room, style):
    """The height of the text in a column of so many points."""
    return lines(words, room, style) * style.leading


def fit(words, room, tall, styles):
    """The text in the largest of the styles in which it fits a box, its words unbroken where one of the styles can do that; in the
    smallest, cut at a word, where it fits in none."""
    words = " ".join(words.split())
    for unbroken in (True, False):
        for style in styles:
            longest = max((_wide(word, style.face) * style.size for word in words.split()), default=0)
            if (high := height(words, room, style)) <= tall and (longest <= room or not unbroken):
                return Set(words, style, high)
    return cropped(words, room, tall, styles[-1])


def cropped(words, room, tall, style):
    """As many words as fit the box, with an ellipsis where some are left out."""
    if height(words, room, style) <= tall:
        return Set(words, style, height(words, room, style))
    low, high, parts = 0, len(words), words
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if height(_ended(parts[:middle]), room, style) <= tall else (low, middle - 1)
    kept = parts[:low]
    if " " in kept[len(kept) * 2 // 3 :] and not parts[low : low + 1].isspace():
        kept = kept.rsplit(" ", 1)[0]
    return Set(_ended(kept), style, height(_ended(kept), room, style), cut=True)


def _ended(words):
    return words.rstrip(" ,;:–-") + "…"


def sentences(words):
    """The sentences of a text, in order; what stands for an abbreviation ends none."""
    found, start = [], 0
    for end in END.finditer(words):
        if not SHORT.search(words[start : end.start()]):
            found.append(words[start : end.end()].strip())
            start = end.end()
    return [one for one in (*found, words[start:].strip()) if one]


def told(words, room, tall, styles):
    """The text in the largest style in which it fits whole; in the smallest, cut where a sentence ends, where it fits in none."""
    words = " ".join(words.split())
    whole = fit(words, room, tall, styles)
    if not whole.cut:
        return whole
    kept = whole_sentences(words, room, tall, styles[-1])
    return Set(kept, styles[-1], height(kept, room, styles[-1]), cut=True) if kept else whole


def whole_sentences(words, room, tall, style):
    """The sentences from the first on that fit the box; "" where not even the first one does."""
    kept = ""
    for one in sentences(words):
        longer = f"{kept} {one}".strip()
        if height(longer, room, style) > tall:
            break
        kept = longer
    return kept


def first_sentence(words):
    """The first sentence of a text, "" of none."""
    return next(iter(sentences(" ".join(words.split()))), "")


def first_words(words, room, tall, style):
    """As many words from the first on as fit the box, as they stand."""
    parts = words.split(" ")
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if height(" ".join(parts[:middle]), room, style) <= tall else (low, middle - 1)
    return " ".join(parts[:low])
