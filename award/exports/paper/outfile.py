"""Writes a PDF from its objects as they come: nothing of it stays in memory but where each object stands."""

import zlib
from hashlib import sha256

LEVEL = 6
HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


class OutFile:
    """A PDF 1.7 that is being written to a binary file. Numbers of objects are given with `taken`."""

    def __init__(self, target):
        self.target, self.at, self.digest = target, 0, sha256()
        self.where = {0: (0, 0, 65535)}
        self.next = 1
        self._put(HEADER)

    def taken(self, count=1):
        """The first of so many numbers in a row, which are now taken."""
        first, self.next = self.next, self.next + count
        return first

    def stream(self, number, description, raw):
        """Write a stream object: its dictionary as text, its bytes as they are."""
        self.where[number] = (1, self.at, 0)
        self._put(b"".join((b"%d 0 obj\n" % number, description, b"\nstream\n", raw, b"\nendstream\nendobj\n")))

    def objects(self, numbered):
        """Write objects that are no streams, (number, text) each, together and compressed."""
        numbered = list(numbered)
        if not numbered:
            return
        places, position, holder = [], 0, self.taken()
        for index, (number, content) in enumerate(numbered):
            places += [number, position]
            position += len(content) + 1
            self.where[number] = (2, holder, index)
        head = " ".join(map(str, places)).encode() + b"\n"
        raw = zlib.compress(head + b"\n".join(content for _, content in numbered), LEVEL)
        self.stream(holder, b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>" % (len(numbered), len(head), len(raw)), raw)

    def close(self, trailer):
        """Write the table of objects with the entries of the trailer, and the end. The file's name is the digest of its content."""
        name = self.digest.hexdigest()[:32].encode()
        number, at = self.taken(), self.at
        self.where[number] = (1, at, 0)
        width = (at.bit_length() + 7) // 8
        rows = (self.where.get(one, (0, 0, 0)) for one in range(self.next))
        table = b"".join(kind.to_bytes(1, "big") + place.to_bytes(width, "big") + more.to_bytes(4, "big") for kind, place, more in rows)
        raw = zlib.compress(table, LEVEL)
        said = (self.next, width, self.next, trailer, name, name, len(raw))
        self.stream(number, b"<</Type /XRef/Index [0 %d]/W [1 %d 4]/Size %d%s/ID [<%s> <%s>]/Filter /FlateDecode/Length %d>>" % said, raw)
        self._put(b"startxref\n%d\n%%%%EOF\n" % at)

    def _put(self, content):
        self.target.write(content)
        self.digest.update(content)
        self.at += len(content)
