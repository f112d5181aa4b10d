"""Whether a file, or a checksum, is one that was published. What is not public is as unknown as what was never made.

Works on results and reports of published rounds alone; the file itself is read by `result_reading`, in a process of its own.
"""
import hashlib
import re
from dataclasses import dataclass
from threading import BoundedSemaphore

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from award.db import session
from award.errors import Invalid, TooMany
from award.i18n import text
from award.models import Report, Result, Round, Stage
from award.services import report_readers, result_reading

PUBLIC = ("published", "archived")
DONE = ("ready", "sealed")
SHORTEST, WHOLE, MOST = 8, 64, 5
WRITTEN = re.compile(r"[0-9a-f]+")
READING, PATIENCE = BoundedSemaphore(1), 3
"""One file at a time in this process, which has other things to do; how many seconds another waits for its turn."""
BUSY = text("Another file is being recomputed at this moment. Wait half a minute, then send yours once more.")
WRONG = text("A checksum consists of 8 to 64 digits and letters from a to f. Copy it again, with or without the spaces in it.")


@dataclass(frozen=True)
class Known:
    """A published result, or a report made from one.

    `standing` of a report: published | earlier (made again since) | draft (while the jury deliberated) | apart (not for everyone).
    `newer`: another result took the place of this one.
    """

    result: Result
    report: Report | None = None
    standing: str = "published"
    newer: bool = False

    @property
    def round(self):
        return self.result.stage.round


@dataclass(frozen=True)
class Verdict:
    """What is known of a file. `kind`: report | data (the result itself) | result (inside another file) | other | differs, or one of the
    faults of `result_reading`.

    `known`: what it is (report, data, result) or what it resembles (differs). `recomputed`: whether its ranking was recomputed and is identical.
    `difference`: the first one, as `result_reading` tells it, `like_published` whether from the published result or from its own data.
    """

    kind: str
    known: Known | None = None
    recomputed: bool = False
    difference: dict | None = None
    like_published: bool = False


def judge(content):
    """The Verdict on the bytes of a file. Asks the database only once the file is read. Raises TooMany while another is being read."""
    found = _read(content)
    digest = hashlib.sha256(content).hexdigest()
    sound = "difference" in found and found["difference"] is None
    report, result = _first(_reports(Report.sha256 == digest)), _first(_results(Result.sha256.in_({digest, found.get("sha256")} - {None})))
    if report and (sound or "fault" in found):
        return Verdict("report", report, sound)
    if result and (sound or "fault" in found):
        return Verdict("result" if content.startswith(b"%PDF") else "data", result, sound)
    return Verdict(found["fault"]) if "fault" in found else _unlike(content, found)


def _first(found):
    return found[0] if found else None


def _read(content, published=b""):
    if not READING.acquire(timeout=PATIENCE):
        raise TooMany(BUSY, field="file")
    try:
        return result_reading.look(content, published)
    finally:
        READING.release()


def _unlike(content, found):
    """The Verdict on a result that is not published: where it differs from the published one that it resembles, or from its own data."""
    like = _like(found)
    difference = like and _read(content, like.result.body.encode()).get("difference")
    if difference:
        return Verdict("differs", like, difference=difference, like_published=True)
    return Verdict("differs", like, difference=found["difference"]) if found["difference"] else Verdict("other", recomputed=True)


def _like(found):
    """The published result of the round that the entries in a file are numbered for, with the same rules if there is one; else None."""
    code = found["entry"].rpartition("-")[0]
    near = _results(Round.code == code) if code else []
    return min(near, key=lambda known: (known.result.rulebook.sha256 != found["rulebook"], known.newer), default=None)


def digits(written):
    """The digits of a checksum as somebody copied it."""
    return "".join(written.split()).lower()


def look_up(written):
    """What was published under a checksum or its first digits: Known reports, then results, at most MOST. Raises Invalid."""
    code = digits(written)
    if not (SHORTEST <= len(code) <= WHOLE and WRITTEN.fullmatch(code)):
        raise Invalid(WRONG, field="checksum")
    return [*_reports(Report.sha256.startswith(code)), *_results(Result.sha256.startswith(code))][:MOST]


def _reports(condition):
    """Finished reports of published results, newest first."""
    query = _of_public_rounds(select(Report).join(Report.result)).where(condition, Report.state.in_(DONE))
    found = session.scalars(query.options(contains_eager(Report.result).contains_eager(Result.stage).contains_eager(Stage.round))
                            .order_by(Report.id.desc()).limit(MOST)).all()
    known = {one.result.id: one for one in _public([row.result for row in found])}
    return [Known(row.result, row, _standing(row), known[row.result_id].newer) for row in found if row.result_id in known]


def _results(condition):
    """Published results, newest first."""
    query = _of_public_rounds(select(Result)).join(Result.rulebook).where(condition)
    return _public(session.scalars(query.options(contains_eager(Result.rulebook), contains_eager(Result.stage).contains_eager(Stage.round))
                                   .order_by(Result.id.desc()).limit(MOST)).all())


def _of_public_rounds(query):
    return query.join(Result.stage).join(Stage.round).where(Round.state.in_(PUBLIC))


def _public(results):
    """Those that were ever public, as Known: the newest of the stage when its round was published, and what replaced it since."""
    stages = {result.stage_id for result in results}
    frozen = session.execute(select(Result.stage_id, Result.id, Result.frozen_at).where(Result.stage_id.in_(stages)).order_by(Result.id)).all()
    found = []
    for result in results:
        own = [row for row in frozen if row.stage_id == result.stage_id]
        published_at = result.stage.round.published_at
        before = [row.id for row in own if published_at and row.frozen_at <= published_at]
        if result.id >= max(before, default=0):
            found.append(Known(result, newer=result.id != own[-1].id))
    return found


def _standing(report):
    """How a finished report stands to those on the public page."""
    if report.status == "draft":
        return "draft"
    public = report_readers.public(report.result)
    if report.sha256 in {one.sha256 for one in public}:
        return "published"
    return "earlier" if any(_alike(report, one) and one.id > report.id for one in public) else "apart"


def _alike(one, other):
    return all(getattr(one, key) == getattr(other, key) for key in ("kind", "variant", "language", "entry_id"))
