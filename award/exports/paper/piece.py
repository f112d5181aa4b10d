"""A piece: one fragment, laid out and painted, as PDF objects whose numbers are given when all pieces are joined.

What a piece says of itself stands in `told` (plain JSON), its objects in `text`: one after the other, separated by SEPARATOR, with
places in them that `numbered` fills in. Streams lie beside the text. The bytes of a piece depend on its fragment alone.
"""

import json
import re
import zlib
from dataclasses import dataclass
from hashlib import sha256

import pydyf

SEPARATOR, MARK = b"\x01", b"\x00"
PLACE = re.compile(rb"\x00(\d+);")
KEY = re.compile(rb"\x00K(\d+);")
ORDER = re.compile(rb"\x00S(\d+);")
SHARED = (b"pages", b"fonts", b"colours", b"profile", b"document")  # objects that all pieces have in common
UNSAFE = re.compile(rb"[\\()\x00\x01]")
DIGEST = 32


@dataclass(frozen=True)
class Piece:
    """One fragment in PDF. `streams`: {number of the object: its bytes}; see painting.painted for what is told."""

    told: dict
    text: bytes
    streams: dict

    @property
    def count(self):
        """How many objects the piece has."""
        return self.told["count"]


class Key(bytes):
    """The name of a header cell within its piece: place of the table's number, then row and column."""


def shared(name):
    """What stands for an object that all pieces have in common."""
    return MARK + name + b";"


def place(number):
    """What stands for a reference to an object of the piece."""
    return b"\x00%d;" % number


def order(number):
    """What stands for an entry of the tree that leads from the content to its tags."""
    return b"\x00S%d;" % number


def numbered(piece, base, first, known):
    """The objects of a piece whose numbers begin at `base` and whose entries in the parent tree begin at `first`.

    `known` is {name of a shared object: its reference}.
    """
    text = piece.text
    for name, reference in known.items():
        text = text.replace(shared(name), reference)
    references = [b"%d 0 R" % number for number in range(base, base + piece.count)]
    text = PLACE.sub(lambda found: references[int(found[1])], text)
    text = KEY.sub(lambda found: b"%d" % (base + int(found[1])), text)
    return ORDER.sub(lambda found: b"%d" % (first + int(found[1])), text).split(SEPARATOR)


def written(value, references):
    """A value of pydyf as it stands in a file; `references` gives what stands for each reference."""
    if isinstance(value, bytes):
        return references.get(value, value)
    if isinstance(value, dict):
        return b"<<" + b"".join(b"/%s %s" % (key.encode(), written(one, references)) for key, one in value.items()) + b">>"
    if isinstance(value, (list, tuple)):
        return b"[" + b" ".join([written(one, references) for one in value]) + b"]"
    if isinstance(value, pydyf.String):
        return quoted(value)
    return pydyf._to_bytes(value)


def quoted(words):
    """A text as PDF writes it, without the two characters that have a meaning here."""
    if type(words.string) is Key:
        return b"(" + words.string + b")"
    plain = words.string if isinstance(words.string, bytes) else str(words.string)
    if isinstance(plain, str) and not plain.isascii():
        return words.data
    plain = plain if isinstance(plain, bytes) else plain.encode()
    return b"(" + UNSAFE.sub(lambda found: b"\\%03o" % ord(found[0]), plain) + b")"


def packed(piece):
    """A piece as the content of a file, which begins with the digest of the rest."""
    told = json.dumps({**piece.told, "streams": [[number, len(raw)] for number, raw in piece.streams.items()]}).encode()
    small = zlib.compress(len(told).to_bytes(4, "big") + told + piece.text, 1)
    body = len(small).to_bytes(4, "big") + small + b"".join(piece.streams.values())
    return sha256(body).digest() + body


def sound(content):
    """Whether a file holds what was written into it."""
    return len(content) > DIGEST and sha256(content[DIGEST:]).digest() == content[:DIGEST]


def unpacked(content):
    """The piece in the content of a file. Raises ValueError where the content is not what was written."""
    if not sound(content):
        raise ValueError("a piece is damaged")
    body = content[DIGEST:]
    end = 4 + int.from_bytes(body[:4], "big")
    plain = zlib.decompress(body[4:end])
    start = 4 + int.from_bytes(plain[:4], "big")
    told, streams = json.loads(plain[4:start]), {}
    for number, length in told.pop("streams"):
        streams[number] = body[end : end + length]
        end += length
    return Piece(told, plain[start:], streams)
