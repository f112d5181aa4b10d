"""The article of an entry: its team's answers as text in two columns, on a number of pages that is known before it is typeset."""
import math
from dataclasses import dataclass

from award.exports.paper.fitting import Style, first_words, height, ladder, whole_sentences

COLUMN = 223.5
SLACK = 4  # lines a page loses where columns are made equal and headings stay with their text
HEAD = Style("sans-600", 10, 14)
SIZES = ladder("serif-400", (14.5, 21.5), (13, 19), (12, 17.5), (11, 15.75), (10, 14.25))
FULL = 685


@dataclass(frozen=True)
class Block:
    """A question ("h2") or a paragraph of an answer ("p"; `on`: the end of one that began on the page before)."""

    kind: str
    words: str
    on: bool = False


@dataclass(frozen=True)
class Article:
    """Blocks by page, the style they are set in, and whether the end was left out."""

    pages: tuple
    style: Style
    cut: bool = False


def blocks(answers):
    """The answers as blocks: each line that people typed is a paragraph; questions without an answer are left out."""
    found = []
    for answer in answers:
        paragraphs = [" ".join(line.split()) for line in answer.words.splitlines() if line.strip()]
        if paragraphs:
            found += [Block("h2", " ".join(answer.question.split()))] * bool(answer.question.strip())
            found += [Block("p", words) for words in paragraphs]
    return found


def article(found, last, *, closed):
    """The article on one page, or else on three; what does not fit those is left out where a sentence ends.

    `last` is the height that is free for it on its last page; `closed` says whether something else stands on that page, so that
    it may hold no text at all.
    """
    for style in SIZES:
        made = filled(found, [_room(last, style)], style)
        if not made.cut:
            return made
    for style in SIZES[2:]:
        made = filled(found, [_room(FULL, style)] * 2 + [_room(last, style)], style)
        if not made.cut:
            return made if closed or len(made.pages) == 3 else spread(found, made, last)
    return made


def spread(found, made, last):
    """The same text more evenly over three pages, so that the last does not stand empty."""
    whole = sum(_high(block, made.style) for block in found)
    rooms = [whole * 0.36 + 2 * made.style.leading] * 2 + [_room(last, made.style)]
    evened = filled(found, rooms, made.style)
    return made if evened.cut else evened


def filled(found, rooms, style):
    """The blocks on pages of so much room each, in order; `cut` where they hold more."""
    pages, left, waiting = [[]], rooms[0], list(found)
    while waiting:
        head, rest = _taken(waiting[0], waiting[1:2], left, style, alone=not pages[-1])
        if head:
            pages[-1].append(head)
            left -= _high(head, style)
        waiting[:1] = [rest] if rest else []
        if rest:
            if len(pages) == len(rooms):
                return Article(_trimmed(pages), style, cut=True)
            carried = [pages[-1].pop()] if pages[-1] and pages[-1][-1].kind == "h2" else []
            pages.append(carried)
            left = rooms[len(pages) - 1] - sum(_high(block, style) for block in carried)
    return Article(_trimmed(pages), style)


def _taken(block, following, left, style, *, alone):
    """(what of the block goes on this page or None, what is left of it or None)."""
    if block.kind == "h2":
        after = 2 * style.leading if following else 0
        return (block, None) if alone or _high(block, style) + after <= left else (None, block)
    if _high(block, style) <= left:
        return block, None
    kept = whole_sentences(block.words, COLUMN, left, style)
    if not kept and alone:
        kept = first_words(block.words, COLUMN, left, style)
    if not kept or height(kept, COLUMN, style) < 2 * style.leading:
        return None, block
    return Block("p", kept, block.on), Block("p", block.words[len(kept) :].strip(), on=True)


def column(page, style):
    """How high the two columns of a page are: as little as it takes, so that they end about level."""
    high = math.ceil(sum(_high(block, style) for block in page) / 2 / style.leading) * style.leading
    while _second(page, style, high) > high:
        high += style.leading
    return high + style.leading / 2


def _second(page, style, high):
    """The height of what is left for the second column: two lines of a paragraph stay together, a question with its answer."""
    left = high
    for place, block in enumerate(page):
        tall = _high(block, style)
        if block.kind == "h2" and tall + 2 * style.leading <= left or tall <= left:
            left -= tall
            continue
        stays = 0
        if block.kind == "p":
            lines = min(int(left // style.leading), round(tall / style.leading) - 2)
            stays = lines * style.leading if lines >= 2 else 0
        lost = _high(page[place - 1], style) if not stays and place and page[place - 1].kind == "h2" else 0
        return lost + tall - stays + sum(_high(one, style) for one in page[place + 1 :])
    return 0


def _trimmed(pages):
    """The pages without questions that lost their answer and without empty pages at the end."""
    for page in pages:
        while page and page[-1].kind == "h2":
            page.pop()
    while pages and not pages[-1]:
        pages.pop()
    return tuple(tuple(page) for page in pages)


def _high(block, style):
    if block.kind == "h2":
        return height(block.words, COLUMN, HEAD) + style.leading
    return height(block.words, COLUMN, style)


def _room(tall, style):
    """What fits two columns of a height."""
    return 2 * tall - SLACK * style.leading
