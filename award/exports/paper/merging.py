"""Joins pieces to one tagged PDF: pages, tags, links, bookmarks and typefaces of all, in the order of the pieces.

Each piece goes into the file as it comes, so that the memory needed does not grow with them.
"""

from types import SimpleNamespace

import pydyf
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix
from weasyprint.pdf.anchors import add_outlines

from award.exports.paper import typefaces
from award.exports.paper.outfile import OutFile
from award.exports.paper.painting import extra, squeezed
from award.exports.paper.piece import SHARED, numbered, written

OURS = ("/ObjStm", "/XRef")  # what a file is made of, as against what it holds


class Final(str):
    """A reference to an object by its number in the file."""


class Gathered:
    """What the whole file needs of the pieces so far: references of pages and tags, anchors, bookmarks, typefaces."""

    def __init__(self):
        self.pages, self.top, self.tags, self.marks, self.anchors, self.faces = [], [], [], [], {}, {}

    def add(self, told, base):
        """Add what a piece tells whose objects begin at `base`."""
        first = len(self.pages)
        self.pages += [final(base + at) for at in told["pages"]]
        self.top += [final(base + at) for at in told["top"]]
        self.tags += [final(base + at) for at in told["tags"]]
        self.marks += [[] for _ in told["pages"]]
        for page, level, words, x, y, state in told["marks"]:
            self.marks[first + page].append((level, words, (x, y), state))
        for name, page, x, y in told["names"]:
            self.anchors.setdefault(name, pydyf.Array([self.pages[first + page], "/XYZ", x, y, 0]))
        for one in told["fonts"]:
            typefaces.add(self.faces, one)


def final(number):
    """The reference to an object of the file."""
    return Final(f"{number} 0 R")


def merged(pieces, target, frame):
    """Write the PDF of the pieces to a binary file. `frame(faces)` gives the pydyf.PDF of what a file has once."""
    out, found = OutFile(target), Gathered()
    shared = {name: out.taken() for name in SHARED}
    known = {name: b"%d 0 R" % number for name, number in shared.items()}
    for piece in pieces:
        base = out.taken(piece.count)
        texts = numbered(piece, base, len(found.tags), known)
        put(out, {base + at: content for at, content in enumerate(texts)}, {base + at: raw for at, raw in piece.streams.items()})
        found.add(piece.told, base)
    end(out, found, frame(found.faces), shared)


def put(out, texts, streams):
    """Write objects: {number: text} of all, {number: bytes} of those that are streams."""
    for number, raw in streams.items():
        out.stream(number, texts.pop(number), raw)
    out.objects(texts.items())


def end(out, found, pdf, shared):
    """Write what the file has once, with the trees over all pieces, and close it."""
    root = at(pdf, pdf.catalog["StructTreeRoot"])
    document, tree = at(pdf, root["K"][0]), at(pdf, root["ParentTree"])
    resources = next(one for one in pdf.objects if isinstance(one, dict) and "ExtGState" in one)
    pdf.pages |= {"Kids": pydyf.Array(found.pages), "Count": len(found.pages)}
    document["K"] = pydyf.Array(found.top)
    tree["Nums"] = pydyf.Array(part for number, one in enumerate(found.tags) for part in (number, one))
    root["ParentTreeNextKey"] = len(found.tags)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["Dests"] = destinations(found.anchors)
    add_outlines(SimpleNamespace(add_object=pdf.add_object, catalog=pdf.catalog, page_references=found.pages), tree_of(found.marks))
    profile = pdf.catalog["OutputIntents"][0]["DestOutputProfile"]
    known = {b"pages": pdf.pages.reference, b"fonts": resources["Font"], b"colours": resources["ColorSpace"], b"profile": profile,
             b"document": document.reference}
    kept = [one for one in pdf.objects[1:] if one is not resources and getattr(one, "extra", {}).get("Type") not in OURS]
    numbers = {known[name]: number for name, number in shared.items()}
    numbers |= {one.reference: out.taken() for one in kept if one.reference not in numbers}
    references = {one: b"%d 0 R" % number for one, number in numbers.items()}
    streams = {numbers[one.reference]: squeezed(one) for one in kept if isinstance(one, pydyf.Stream)}
    put(out, {(number := numbers[one.reference]): written(extra(one, streams.get(number)), references) for one in kept}, streams)
    out.close(b"/Root %s/Info %s" % (references[pdf.catalog.reference], references[pdf.info.reference]))


def at(pdf, reference):
    """The object behind a reference."""
    return pdf.objects[int(reference.split()[0])]


def destinations(anchors):
    """The tree of names of {anchor: its destination}, in the order of their bytes."""
    names = sorted(((pydyf.String(name), spot) for name, spot in anchors.items()), key=lambda pair: sorting(pair[0].string))
    return pydyf.Dictionary({"Names": pydyf.Array(part for pair in names for part in pair)})


def sorting(name):
    """The bytes of a name as PDF writes it."""
    return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def tree_of(marks):
    """WeasyPrint's tree of the bookmarks on each page."""
    root, skipped, previous = [], [], 0
    branches = [root]
    for number, page in enumerate(marks):
        previous = make_page_bookmark_tree(SimpleNamespace(bookmarks=page), skipped, branches, previous, number, Matrix())
    return root
