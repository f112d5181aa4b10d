"""The files of reports: written whole or not at all, and swept when nothing refers to them."""
import os
import secrets
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from award.db import after_drop, session, setting
from award.models import Report

UNSETTLED = timedelta(hours=1)
"""A younger file may belong to a row that is about to be written."""
PARTS_KEPT = timedelta(days=14)


def folder():
    """Where finished reports are kept."""
    return Path(setting("DATA_DIR")) / "reports"


def parts():
    """Where the parts of reports are kept between renders, so that a draft sets anew only what changed. May be deleted at any time."""
    return Path(setting("DATA_DIR")) / "parts"


def path(row):
    """Where the file of a finished report lies."""
    return folder() / row.key


def is_there(row):
    """Whether the file of a finished report can be read."""
    return bool(row.key) and path(row).is_file()


def keep(content, sha256):
    """Keep the bytes of a report; gives the key of their file. Bytes that are there already are not kept twice.

    The file appears whole under its name; it disappears again when the transaction is not kept.
    """
    for same in session.scalars(select(Report).where(Report.sha256 == sha256)):
        if is_there(same):
            return same.key
    key = f"{secrets.token_hex(16)}.pdf"
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / f"{key}.new"
    after_drop(partial(_remove, draft))
    after_drop(partial(_remove, folder() / key))
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder() / key)
    return key


def sweep(*, now):
    """Delete the files of reports that no row knows, and parts that nobody asked for lately; gives how many were deleted."""
    known = set(session.scalars(select(Report.key).where(Report.key != "")))
    orphans = [file for file in _older(folder(), now - UNSETTLED) if file.name not in known]
    stale = orphans + list(_older(parts(), now - PARTS_KEPT))
    for file in stale:
        _remove(file)
    for left in parts().glob(".work-*"):
        if left.stat().st_mtime < (now - UNSETTLED).timestamp():
            shutil.rmtree(left, ignore_errors=True)
    return len(stale)


def _older(place, moment):
    """The files below a folder that were last written before a moment."""
    for file in place.rglob("*") if place.is_dir() else ():
        try:
            if file.is_file() and file.stat().st_mtime < moment.timestamp():
                yield file
        except FileNotFoundError:
            continue


def _remove(file):
    file.unlink(missing_ok=True)
