"""PDF: the jury report, typeset in a child process with limits, so that no text can hold up the application."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from award.domain.report_codec import to_dict
from award.errors import Refused
from award.exports import Format, csv_, json_
from award.i18n import text, translate

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "award.exports.paper")
QUIET = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
MISSING_LIBRARY, OUT_OF_MEMORY = 4, 5


@dataclass(frozen=True)
class Limits:
    """What one render may use: seconds of processor time, bytes of address space, seconds of waiting."""

    cpu: int = 240
    memory: int = 2 * 1024**3
    wall: int = 540


def write(report, *, language, limits=None):
    """The jury report with result.json and ranking.csv inside. Raises Refused when the limits are too narrow."""
    limits = limits or Limits()
    request = json.dumps(
        {"report": to_dict(report), "language": language, "attachments": attachments(report, language)}
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own command, numbers only
            [*COMMAND, str(limits.cpu), str(limits.memory)],
            input=request.encode("utf-8", "replace"),
            capture_output=True,
            timeout=limits.wall,
            cwd=ROOT,
            env=QUIET,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise too_long(limits.wall) from None
    if done.returncode:
        raise refusal(done, limits)
    return done.stdout


def attachments(report, language):
    """(name, description, text) of the data that the file carries."""
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
