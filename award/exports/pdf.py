"""PDF: the jury report, typeset in a child process with limits, so that no text can hold up the application."""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from award.domain.report_codec import to_dict
from award.errors import Refused
from award.exports import Format, child, csv_, json_
from award.exports.paper.documents import DOCUMENTS
from award.i18n import text, translate

MISSING_LIBRARY, OUT_OF_MEMORY = 4, 5
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)


@dataclass(frozen=True)
class Limits:
    """What one render may use.

    Each process has `cpu` seconds of processor time and `memory` bytes of address space; after `wall` seconds without a sign of
    progress, or `whole` seconds in all, the render ends. `workers` processes set fragments side by side.
    """

    cpu: int = 240
    memory: int = 2 * 1024**3
    wall: int = 540
    whole: int = 7200
    workers: int = min(2, os.cpu_count() or 1)


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
    try:
        ended = child.run(request.encode("utf-8", "replace"), render)
    except child.TooLong as late:
        raise too_long(late.args[0]) from None
    except child.NotWanted:
        raise Stopped(text("The PDF was stopped. Ask for it again when it is needed.")) from None
    if ended.code:
        raise refusal(ended, render.limits)
    return ended.content


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


def refusal(ended, limits):
    """Why a child process ended without a report, as a Refused that says what to do next."""
    if ended.code in OUT_OF_TIME:
        return too_long(limits.cpu)
    if ended.code == MISSING_LIBRARY:
        return Refused(
            text(
                "The PDF cannot be made here: a library that sets type is missing. Ask the administrator to install "
                "it; XLSX, CSV and JSON work."
            )
        )
    if ended.code == OUT_OF_MEMORY or ended.code < 0:
        return Refused(
            text(
                "The PDF needs more than %(megabytes)s MB of memory, so it was stopped. Shorten the longest texts "
                "and try again; XLSX, CSV and JSON work.",
                megabytes=limits.memory // 1024**2,
            )
        )
    return Refused(
        text("The PDF could not be made: %(cause)s. Tell the administrator; XLSX, CSV and JSON work.", cause=ended.said[-300:])
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
