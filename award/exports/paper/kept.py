"""Pieces that are kept between renders: one file each, named after all that its content depends on.

A file is written under another name and renamed, so that half a file is never read; a damaged one is set anew.
"""

import contextlib
import os
import re
import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

import pydyf
import pyphen
import weasyprint
from weasyprint.text.ffi import pango

from award.exports.child import WORK
from award.exports.paper import binding, labels, painting, piece, reading, typefaces
from award.exports.paper.glyphs import FONTS

MOST = 256 * 1024**2  # bytes that may be kept; the pieces that were used longest ago go first
DAY = 24 * 3600
PATTERN = re.compile(r"[0-9a-f]{64}")


def key(fragment, elsewhere):
    """The name of a piece: the digest of the fragment, the anchors it finds in others, the looks and the programs that set it."""
    said = "\0".join((fragment, *sorted(elsewhere), programs()))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def programs():
    """The digest of stylesheet, typefaces, versions and of the modules that set a piece."""
    found = sha256()
    modules = (Path(one.__file__) for one in (binding, labels, painting, piece, reading, typefaces))
    for path in (binding.STYLES, *sorted(FONTS.glob("*.ttf")), *modules):
        found.update(path.read_bytes())
    versions = (weasyprint.__version__, pydyf.VERSION, pyphen.VERSION, str(pango.pango_version()))
    return found.hexdigest() + "/".join(versions)


def intact(folder, name):
    """Whether a piece of that name is there and undamaged. It counts as used now."""
    try:
        os.utime(folder / name)
        return piece.sound((folder / name).read_bytes())
    except OSError:
        return False


def read(folder, name):
    """The piece of that name, which is there."""
    return piece.unpacked((folder / name).read_bytes())


def keep(folder, name, one, work):
    """Write a piece: first into the folder `work` on the same disk, so that nobody reads half of it."""
    unready = work / f"{name}.{os.getpid()}"
    unready.write_bytes(piece.packed(one))
    unready.replace(folder / name)


def tidy(folder, now, most=MOST):
    """Remove the pieces used longest ago beyond so many bytes, and folders of renders that began a day before `now` (seconds)."""
    found = []
    for entry in os.scandir(folder):
        with contextlib.suppress(FileNotFoundError):
            said = entry.stat()
            if PATTERN.fullmatch(entry.name):
                found.append((said.st_mtime, said.st_size, entry.path))
            elif entry.name.startswith(WORK) and said.st_mtime < now - DAY:
                shutil.rmtree(entry.path, ignore_errors=True)
    for _, size, path in sorted(found, reverse=True):
        most -= size
        if most < 0:
            Path(path).unlink(missing_ok=True)
