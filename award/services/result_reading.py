"""Reads the result in an uploaded file and recomputes it, in a process of its own with limits, so that no file hurts anybody.

    python -m award.services.result_reading CPU_SECONDS MEMORY_BYTES LENGTH < FILE [PUBLISHED]

Standard input holds the file, of LENGTH bytes, and after it the canonical JSON of a published result to compare with, if any. Standard
output is JSON: {"fault": why nothing can be said} or {"sha256", "rulebook", "entry", "difference"}; `difference` is null or
{"place", "entry", "juror", "given", "found"}.
"""

import io
import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU, MEMORY, WALL = 10, 1024**3, 120
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
UNREADABLE, LOCKED, BARE, NO_RESULT, INCOMPLETE, HEAVY = "unreadable", "locked", "bare", "no result", "incomplete", "heavy"
ATTACHMENT = "result.json"
WHERE = re.compile(r"(entries|sheet\.ballots|exclusions)\[(\d+)\]")
INPUTS = ("rulebook", "sheet", "exclusions", "facts")
LAST = 256
"""How many bytes of a value are said at most."""


def look(content, published=b"", *, cpu=CPU, memory=MEMORY):
    """What a process with limits finds in the bytes of a file, as a dict; with `published`, how it differs from that result."""
    command = [sys.executable, "-m", "award.services.result_reading", str(cpu), str(memory), str(len(content))]
    try:
        done = subprocess.run(command, input=content + published, capture_output=True, timeout=WALL, cwd=ROOT, env=ENVIRONMENT,  # noqa: S603
                              check=False)
        return json.loads(done.stdout) if done.returncode == 0 else {"fault": HEAVY}
    except (subprocess.TimeoutExpired, ValueError):
        return {"fault": HEAVY}


def main(cpu, memory, length):
    """Limit this process, then read, recompute or compare."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    content, published = sys.stdin.buffer.read(length), sys.stdin.buffer.read()
    try:
        found = examined(content, published)
    except MemoryError:
        found = {"fault": HEAVY}
    print(json.dumps(found))


def examined(content, published):
    """The answer for the bytes of a file: its fault, or its checksum and its first difference."""
    from award.domain import verification
    from award.domain.canonical import sha256
    from award.errors import Invalid

    found, fault = attached(content) if content.startswith(b"%PDF") else (content, None)
    if fault:
        return {"fault": fault}
    try:
        document = verification.read(found)
    except Invalid:
        return {"fault": NO_RESULT}
    try:
        place = compared(document, json.loads(published)) if published else verification.verify(document)
    except (Invalid, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return {"fault": INCOMPLETE}
    return {"sha256": sha256(document), "rulebook": document["rulebook"]["sha256"], "entry": first_entry(document),
            "difference": place and told(place, document)}


def attached(content):
    """(the bytes of the result inside a PDF, None) or (None, fault)."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return (pdf.attachments[ATTACHMENT].get_file().read_bytes(), None) if ATTACHMENT in pdf.attachments else (None, BARE)
    except pikepdf.PasswordError:
        return None, LOCKED
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return None, UNREADABLE


def compared(document, published):
    """The first difference between a result and the published one, as `verification.verify` gives it; what went in before what came out."""
    from award.domain.verification import first_difference, stripped

    given, known = ({part: document.get(part) for part in INPUTS} for document in (document, published))
    return first_difference(given, known) or first_difference(stripped(document), stripped(published))


def first_entry(document):
    """The number of the first entry, which says of which round the result is; "" without one."""
    entries = document["sheet"].get("entries") if isinstance(document["sheet"], dict) else None
    return str(entries[0])[:LAST] if isinstance(entries, list) and entries else ""


def told(place, document):
    """A difference "place: given ≠ found" taken apart, with the entry and the juror that it is about where it says so."""
    where, _, values = place.partition(": ")
    given, _, found = values.partition(" ≠ ")
    entry, juror = about(where, document)
    return {"place": where[:LAST], "entry": entry, "juror": juror, "given": given[:LAST], "found": found[:LAST]}


def about(where, document):
    """(entry, juror) that a place in a result is about, "" where it is about none."""
    seen = WHERE.match(where)
    if not seen:
        return "", ""
    kind, number, sheet = seen[1], int(seen[2]), document["sheet"]
    try:
        if kind == "sheet.ballots":
            entry, juror, _scores = sheet["ballots"][number]
            return str(sheet["entries"][entry])[:LAST], str(sheet["jurors"][juror])[:LAST]
        row = document[kind][number]
        return str(row["entry"])[:LAST], str(row.get("juror", ""))[:LAST]
    except (AttributeError, LookupError, TypeError, ValueError):
        return "", ""


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
