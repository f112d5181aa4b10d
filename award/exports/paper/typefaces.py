"""The typefaces of a file: each is embedded once, with the glyphs that any of its pieces prints.

WeasyPrint keeps the numbers of glyphs when it leaves out the others, so that what a piece paints holds for the whole file.
"""

import base64
from functools import cache
from hashlib import sha256

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

from award.exports.paper.glyphs import FONTS

NATIVE = ("hb_font", "hb_face", "file_content", "name")
BY_GLYPH = ("widths", "to_unicode", "missing")
ffi.cdef("""
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
""")
COPY = 0  # HB_MEMORY_MODE_DUPLICATE


def told(fonts):
    """[what a piece says of a typeface that it uses] of WeasyPrint's fonts, as plain JSON."""
    found = {}
    for font in fonts:
        one = {name: value for name, value in vars(font).items() if name not in NATIVE}
        one |= {"name": font.name.decode(), "file": bundled().get(sha256(font.file_content).hexdigest())}
        one |= {name: list(getattr(font, name).items()) for name in BY_GLYPH}
        if one["file"] is None:
            one["content"] = base64.b85encode(font.file_content).decode()
        add(found, one)
    return list(found.values())


def add(found, one):
    """Add what a piece says of a typeface to {its name in the file: what all say}: the first that says something is heard."""
    here = found.setdefault(one["hash"], {**one, **{name: [] for name in BY_GLYPH}})
    for name in BY_GLYPH:
        here[name] = list({**dict(one[name]), **dict(here[name])}.items())


def united(found):
    """{name: Font} of typefaces that can be embedded, from what the pieces say of them."""
    return {name: font(found[name]) for name in sorted(found)}


def font(said):
    """WeasyPrint's Font of what is said of a typeface, over the glyphs that are used."""
    made = Font.__new__(Font)
    vars(made).update(said)
    for name in BY_GLYPH:
        setattr(made, name, dict(sorted(said[name])))
    made.name = said["name"].encode()
    made.file_content = (FONTS / said["file"]).read_bytes() if said["file"] else base64.b85decode(said["content"])
    blob = harfbuzz.hb_blob_create(made.file_content, len(made.file_content), COPY, ffi.NULL, ffi.NULL)
    made.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, made.index), harfbuzz.hb_face_destroy)
    harfbuzz.hb_blob_destroy(blob)
    return made


@cache
def bundled():
    """{digest: name of the file} of the bundled typefaces."""
    return {sha256(path.read_bytes()).hexdigest(): path.name for path in FONTS.glob("*.ttf")}
