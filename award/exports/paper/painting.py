"""From a laid-out fragment to a piece: its pages are painted and tagged as WeasyPrint does, but nothing that is had once is written.

Fonts, colour profile, metadata, attachments and the roots of all trees come when the pieces are joined. A link whose anchor
stands in another fragment stays.
"""

import zlib
from types import SimpleNamespace

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references
from weasyprint.pdf.anchors import add_links, resolve_links
from weasyprint.pdf.stream import Stream
from weasyprint.pdf.tags import add_tags

from award.exports.paper import typefaces
from award.exports.paper.piece import SEPARATOR, Key, Piece, order, place, shared, written

SCALE = 0.75  # points a CSS pixel
LEVEL = 6  # of compression: 9 costs three times as much and saves one per cent
PRINTED = 4  # the flag of an annotation that is printed


def painted(document, elsewhere):
    """The Piece of a laid-out document; `elsewhere` holds the names of anchors in other fragments that it links to."""
    pdf = pydyf.PDF()
    pdf.catalog["Lang"] = pydyf.String()
    canvas = SimpleNamespace(pdf=pdf, fonts=document.fonts, resources=empty_resources(), images={}, names=[])
    pdf.add_object(canvas.resources)
    leave_links(document, elsewhere)
    streams = [paint(canvas, page, links) for page, links in zip(document.pages, resolve_links(document.pages), strict=True)]
    _use_references(pdf, canvas.resources, canvas.images, {})
    add_tags(pdf, document, "1.7", streams)
    return gathered(pdf, document, [name for name in canvas.names if name[0] not in elsewhere])


def empty_resources():
    """What the pages of a piece share; fonts and colours are those of the whole file."""
    nothing = {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")}
    return pydyf.Dictionary({**nothing, "ColorSpace": shared(b"colours"), "Font": shared(b"fonts")})


def leave_links(document, elsewhere):
    """Give the last page the anchors of other fragments, so that links to them are not dropped."""
    document.pages[-1].anchors |= dict.fromkeys(sorted(elsewhere), (0, 0, 0, 0))


def paint(canvas, page, links):
    """Add a page, its content and its links. Gives the stream of the page."""
    profiles = {"srgb": SimpleNamespace(pdf_reference=shared(b"profile"))}
    tags, height, pdf = {}, page.height * SCALE, canvas.pdf
    area = (0, 0, page.width, page.height)
    stream = Stream(canvas.fonts, area, canvas.resources, canvas.images, tags, profiles, None, compress=True)
    stream.transform(d=-1, f=height)
    pdf.add_object(stream)
    boxes = dict.fromkeys(("MediaBox", "TrimBox", "BleedBox"), pydyf.Array([0, 0, SCALE * page.width, height]))
    leaf = pydyf.Dictionary({"Type": "/Page", "Parent": shared(b"pages"), **boxes, "Contents": stream.reference,
                             "Resources": canvas.resources.reference, "Tabs": "/S", "StructParents": order(pdf.pages["Count"])})
    pdf.add_page(leaf)
    add_links(links, Matrix(SCALE, 0, 0, -SCALE, 0, height), pdf, leaf, canvas.names, tags)
    page.paint(stream, SCALE)
    return stream


def gathered(pdf, document, names):
    """The Piece of a painted and tagged PDF."""
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    top = pdf.objects[int(root["K"][0].split()[0])]
    tree = pdf.objects[int(root["ParentTree"].split()[0])]
    finish(pdf)
    left_out = {0, pdf.pages.number, pdf.catalog.number, root.number, top.number, tree.number}
    kept = [one for one in pdf.objects if one.number not in left_out] + [pydyf.Array(one) for one in tree["Nums"][1::2] if isinstance(one, list)]
    places = {one.reference: at for at, one in enumerate(kept) if one.number}
    references = {reference: place(at) for reference, at in places.items()} | {top.reference: shared(b"document")}
    pages = [places[b"%d 0 R" % number] for number in pdf.pages["Kids"][::3]]
    told = {
        "count": len(kept), "pages": pages, "top": [places[reference] for reference in top["K"]],
        "tags": [len(kept) - len(pages) + at for at in range(len(pages))] + [places[one] for one in tree["Nums"][1::2] if isinstance(one, bytes)],
        "names": [[name, pages.index(places[spot[0]]), *spot[2:4]] for name, spot in names],
        "marks": [mark for number, page in enumerate(document.pages) for mark in bookmarks(page, number)],
        "fonts": typefaces.told(document.fonts.values()),
    }
    streams = {at: squeezed(one) for at, one in enumerate(kept) if isinstance(one, pydyf.Stream)}
    texts = [written(extra(one, streams.get(at)), references) for at, one in enumerate(kept)]
    return Piece(told, SEPARATOR.join(texts), streams)


def finish(pdf):
    """What WeasyPrint leaves out of tags and links: scopes of header cells, names that stay unique, links that are printed."""
    for element in pdf.objects:
        if not isinstance(element, dict):
            continue
        if element.get("S") == "/TH":
            scope(pdf, element)
        elif element.get("Type") == "/Annot":
            element["F"] = PRINTED
            if "StructParent" in element:
                element["StructParent"] = order(element["StructParent"])


def scope(pdf, header):
    """Give a header cell its /Scope: a column header stands in a THead. Its name gets a place for the number of its table."""
    row = up(pdf, header)
    column = row.get("S") == "/TR" and up(pdf, row).get("S") == "/THead"
    header["A"]["Scope"] = "/Column" if column else "/Row"
    if "ID" in header:
        table, _, rest = header["ID"].string.partition("-")
        header["ID"].string = Key(b"\x00K%s;-%s" % (table.encode(), rest.encode()))


def up(pdf, element):
    """The element above a tag."""
    return pdf.objects[int(element["P"].split()[0])]


def bookmarks(page, number):
    """[page, level, words, x, y, state] of the bookmarks on a page."""
    return [[number, level, words, x * SCALE, (page.height - y) * SCALE, state] for level, words, (x, y), state in page.bookmarks]


def squeezed(stream):
    """The compressed bytes of a stream; shifts by nothing between two glyphs are left out of what WeasyPrint paints."""
    raw = b"\n".join(map(pydyf._to_bytes, stream.stream))
    if isinstance(stream, Stream):
        raw = raw.replace(b">0<", b"")
    return zlib.compress(raw, LEVEL) if stream.compress else raw


def extra(thing, raw):
    """What describes an object: itself, or the dictionary of a stream with its length."""
    if raw is None:
        return thing
    return pydyf.Dictionary({**thing.extra, **({"Filter": "/FlateDecode"} if thing.compress else {}), "Length": len(raw)})
