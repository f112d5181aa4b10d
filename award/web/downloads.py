"""Files to take away: made once for the same content, named, dated and with their checksum in the answer."""
import base64
import hashlib
from collections import OrderedDict
from dataclasses import replace

from flask import Response

from award.db import kept
from award.domain.canonical import sha256
from award.domain.report_codec import to_dict

KEPT = 8
MOST = 32 * 1024 * 1024  # bytes kept in all


def made(what, reports, write):
    """The bytes of `write()`, kept for the next who asks; `what` (a text) and the Reports say what it would write."""
    memory = kept("downloads", OrderedDict)
    key = (what, tuple(digest(report) for report in reports))
    if key not in memory:
        memory[key] = write()
        while len(memory) > 1 and (len(memory) > KEPT or sum(map(len, memory.values())) > MOST):
            memory.popitem(last=False)
    return memory[key]


def digest(report):
    """A checksum of a report, with that of its result."""
    return sha256({"result": sha256(report.result), "around": to_dict(replace(report, result={}))})


def answer(content, *, name, mimetype, at):
    """The bytes as a file with a name; `at` is when its content was fixed (aware, or None)."""
    code = base64.b64encode(hashlib.sha256(content).digest()).decode()
    given = Response(content, mimetype=mimetype,
                     headers={"Content-Disposition": f'attachment; filename="{name}"', "Repr-Digest": f"sha-256=:{code}:"})
    given.last_modified = at
    return given
