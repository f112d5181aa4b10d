"""A request in a folder becomes a PDF in the same folder: composed, its missing pieces set by workers, all joined."""

import contextlib
import gc
import json
import os
import shutil
import signal

from award.domain.report_codec import from_dict
from award.exports.paper import chunks, kept
from award.exports.paper.binding import Setter, bind, join, linked
from award.exports.paper.chunks import Shop, die_with
from award.exports.paper.composition import compose

PIECES, READY = "pieces", "report.pdf"


def render(folder, shelf, workers, ended):
    """Write folder/report.pdf from folder/request.json. `shelf` is the folder of kept pieces or None; see chunks.Shop for `ended`."""
    fragments, files, frozen_at = composed(json.loads((folder / "request.json").read_bytes()))
    (shelf or folder / PIECES).mkdir(parents=True, exist_ok=True)
    named = [(kept.key(fragment, elsewhere), fragment, elsewhere) for fragment, elsewhere in zip(fragments, linked(fragments), strict=True)]
    wanted = chunks.missing(named, shelf or folder / PIECES)
    told = counted(len(wanted), len({name for name, _, _ in named}))
    gc.collect()
    gc.freeze()  # what is there now is shared with the workers and not looked at again
    chunks.set_all(wanted, Shop(shelf or folder / PIECES, folder, workers, told, ended))
    with open(folder / READY, "wb") as target:
        join(pieces(named, shelf or folder / PIECES), target, fragments[0], attachments=files, frozen_at=frozen_at)
    if shelf:
        kept.tidy(shelf, folder.stat().st_mtime)


def composed(request):
    """(fragments, attachments, time of the result) of a request {report, language, attachments: [[name, description, text], …]}."""
    report = from_dict(request["report"])
    files = [(name, told, content.encode()) for name, told, content in request["attachments"]]
    return compose(report, request["language"], files), files, report.heading.proof.frozen_at


def typeset(request):
    """The PDF of a request, set in this process."""
    fragments, files, frozen_at = composed(request)
    return bind(fragments, attachments=files, frozen_at=frozen_at)


def counted(left, total):
    """A function that says `done total` on standard output whenever more fragments are set; it says how many there are at once."""
    done = total - left

    def told(count):
        nonlocal done
        done += count
        print(done, total, flush=True)

    told(0)
    return told


def pieces(named, shelf):
    """The pieces in order; one that has gone or is damaged since it was looked for is set anew."""
    for name, fragment, elsewhere in named:
        try:
            found = kept.read(shelf, name)
        except (OSError, ValueError):
            found = Setter().set(fragment, elsewhere)
        yield found


def leave_with(parent, folder):
    """Have this process end when its parent ends or it is told to: its workers end first, and the folder goes."""
    def leave(*_signal):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGTERM)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.wait()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)
    signal.signal(signal.SIGTERM, leave)
    die_with(parent, signal.SIGTERM)
