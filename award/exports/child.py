"""Runs the process that typesets, in a folder of its own: hears how far it is, stops it, and leaves neither process nor file."""

import contextlib
import os
import re
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "award.exports.paper")
QUIET = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
ASKED = 0.2  # seconds between two looks at whether the file is still wanted
LEAVING = 2  # seconds that the process has to leave by itself
PROGRESS = re.compile(rb"^(\d+) (\d+)$", re.MULTILINE)
WORK = ".work-"  # how the folder of a render begins


class TooLong(Exception):
    """The process was ended as it said nothing for so long, or took so long in all; the argument is that number of seconds."""


class NotWanted(Exception):
    """The process was ended because nobody wants its file any more."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its code (below 0: by that signal), the last line it said about a fault, and the file it made."""

    code: int
    said: str
    content: bytes | None


def run(request, render):
    """Typeset a request (bytes) as `render` says (see pdf.Render). Gives Ended; raises TooLong or NotWanted."""
    if render.kept:
        Path(render.kept).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=WORK, dir=render.kept, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "request.json").write_bytes(request)
        with open(folder / "said", "w+b") as said, started(folder, said, render) as child:
            watch(child, render)
            said.seek(0)
            fault = said.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
        return Ended(child.returncode, fault, (folder / "report.pdf").read_bytes() if child.returncode == 0 else None)


@contextlib.contextmanager
def started(folder, said, render):
    """The process, in a group of its own, while it is needed; afterwards none of the group is left."""
    limits = render.limits
    numbers = (limits.cpu, limits.memory, limits.workers, os.getpid())
    command = [*COMMAND, str(folder), str(render.kept or ""), *map(str, numbers)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, cwd=ROOT,  # noqa: S603 - our own command
                          env={**QUIET, "TMPDIR": str(folder)}, start_new_session=True) as child:
        try:
            yield child
        finally:
            leave(child)


def leave(child):
    """End the process and its workers."""
    if child.poll() is None:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(LEAVING)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def watch(child, render):
    """Wait for the process and pass on how far it is."""
    begun = heard = time.monotonic()
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdout, selectors.EVENT_READ)
        while True:
            if ready.select(ASKED):
                lines = os.read(child.stdout.fileno(), 65536)
                if not lines:
                    break
                for done, total in PROGRESS.findall(lines)[-1:]:
                    heard = time.monotonic()
                    render.told(int(done), int(total))
            if render.stopped():
                raise NotWanted
            late(heard, render.limits.wall)
            late(begun, render.limits.whole)
    child.wait()


def late(since, most):
    """Raise TooLong when more than so many seconds have passed."""
    if time.monotonic() - since > most:
        raise TooLong(most)
