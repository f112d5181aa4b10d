"""PDF: the jury report, typeset in a child process with limits, so that no text can hold up the application."""

import contextlib
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from award.domain.report_codec import to_dict
from award.errors import Refused
from award.exports import Format, csv_, json_
from award.exports.paper.documents import DOCUMENTS
from award.i18n import text, translate

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "award.exports.paper")
QUIET = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
MISSING_LIBRARY, OUT_OF_MEMORY = 4, 5
ASKED = 0.2  # seconds between two looks at whether the file is still wanted


@dataclass(frozen=True)
class Limits:
    """What one render may use: seconds of processor time, bytes of address space, seconds of waiting."""

    cpu: int = 240
    memory: int = 2 * 1024**3
    wall: int = 540


@dataclass(frozen=True)
class Render:
    """How a file is made: within which limits, with the parts kept in which folder, who hears of progress, who may stop it."""

    limits: Limits = Limits()
    kept: Path | None = None
    told: Callable = lambda done, total: None
    stopped: Callable = lambda: False


class Stopped(Refused):
    """Whoever asked for the file no longer wants it; everything that was begun is gone."""


def write(report, *, language, kept=None, told=Render.told, stopped=Render.stopped):
    """The document that `report.choice` names, as a PDF. Raises Refused when the limits are too narrow.

    `kept`: folder of parts set before, taken again where nothing about them changed; None keeps nothing.
    `told(done, total)` hears how many parts are set. `stopped()` is asked now and then: once true, all ends with Stopped.
    """
    return made(report, language, Render(kept=kept, told=told, stopped=stopped))


def made(report, language, render):
    """The PDF of a report, made as `render` says."""
    request = json.dumps({"report": to_dict(report), "language": language, "attachments": attachments(report, language)})
    with tempfile.TemporaryFile() as asked:
        asked.write(request.encode("utf-8", "replace"))
        asked.seek(0)
        done = waited(asked, render)
    if done.returncode:
        raise refusal(done, render.limits)
    render.told(1, 1)
    return done.stdout


def waited(request, render):
    """The child process once it has ended, as a CompletedProcess. Raises Refused or Stopped and leaves no process."""
    command = [*COMMAND, str(render.limits.cpu), str(render.limits.memory)]
    end = time.monotonic() + render.limits.wall
    with subprocess.Popen(command, stdin=request, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=QUIET) as child:  # noqa: S603
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    out, said = child.communicate(timeout=ASKED)
                    return subprocess.CompletedProcess(command, child.returncode, out, said)
                if render.stopped():
                    raise Stopped(text("The PDF was stopped. Ask for it again when it is needed."))
                if time.monotonic() > end:
                    raise too_long(render.limits.wall)
        except BaseException:
            child.kill()
            raise


def attachments(report, language):
    """(name, description, text) of the data that the file carries; [] for a kind of document that carries none."""
    if not DOCUMENTS[report.choice.kind].attached:
        return []
    return [
        (
            "ranking.csv",
            translate(text("Ranking, one row per entry"), language),
            csv_.write(report, language=language).decode(),
        ),
        (
            "result.json",
            translate(text("Frozen result: rulebook, scores, ranking"), language),
            json_.write(report, language=language).decode(),
        ),
    ]


def refusal(done, limits):
    """Why a child process ended without a report, as a Refused that says what to do next."""
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return too_long(limits.cpu)
    if done.returncode == MISSING_LIBRARY:
        return Refused(
            text(
                "The PDF cannot be made here: a library that sets type is missing. Ask the administrator to install "
                "it; XLSX, CSV and JSON work."
            )
        )
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        return Refused(
            text(
                "The PDF needs more than %(megabytes)s MB of memory, so it was stopped. Shorten the longest texts "
                "and try again; XLSX, CSV and JSON work.",
                megabytes=limits.memory // 1024**2,
            )
        )
    cause = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][-300:]
    return Refused(
        text("The PDF could not be made: %(cause)s. Tell the administrator; XLSX, CSV and JSON work.", cause=cause)
    )


def too_long(seconds):
    """The refusal of a render that took more than so many seconds."""
    return Refused(
        text(
            "The PDF took more than %(seconds)s seconds, so it was stopped. Shorten the longest texts and try again; "
            "XLSX, CSV and JSON work.",
            seconds=seconds,
        )
    )


FORMAT = Format("pdf", "pdf", "application/pdf", write)
