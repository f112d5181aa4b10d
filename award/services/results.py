"""Locking a stage and freezing its result. A result never changes; freezing again makes the next number."""
import hashlib
import json
from collections import OrderedDict

from award.db import kept, session
from award.domain import lives
from award.domain.canonical import canonical_json, sha256
from award.errors import Refused
from award.i18n import text
from award.models import Result
from award.services import entrants, history, posted, rankings

KEPT = 16


def lock(stage, *, actor, now):
    """Close the ballots of an open stage: none changes any more, and jurors may see one another's."""
    lives.require("lock", stage.state)
    stage.state, stage.locked_at = "locked", now
    preview = rankings.preview(stage)
    history.add(stage, "stage_locked", actor=actor, now=now, payload={"ballots": preview.counted, "asked": preview.asked})
    return stage


def unlock(stage, reason, *, actor, now):
    """Open a locked stage again, with a reason, as long as no result is frozen."""
    lives.require("unlock", stage.state)
    if stage.results:
        raise Refused(text("A result is frozen, so this stage stays locked. A correction is a new result with its reason."))
    stage.state, stage.locked_at = "open", None
    history.add(stage, "stage_unlocked", actor=actor, now=now, about={"reason": reason})
    return stage


def freeze(stage, *, key="", actor, now):
    """Keep the result of a locked stage for good, with its checksum and the head of the history. Gives the Result.

    A second post with the same key gives the Result of the first.
    """
    entrants.hold(stage.round)
    if earlier := posted.earlier(Result, key, user=actor):
        return earlier
    lives.require("freeze", stage.state)
    body = rankings.compute(stage)
    frozen = Result(stage=stage, number=len(stage.results) + 1, rulebook=stage.rulebooks[-1], body=canonical_json(body).decode(),
                    sha256=sha256(body), frozen_at=now, frozen_by_id=actor.id, history_head=history.head(stage.round))
    session.add(frozen)
    session.flush()
    history.add(frozen, "result_frozen", actor=actor, now=now, payload={"number": frozen.number, "sha256": frozen.sha256})
    posted.remember(frozen, key, user=actor, now=now)
    return frozen


def body(frozen):
    """The frozen result as a dict, to be read only. Raises Refused when the stored text no longer has its checksum."""
    memory = kept("results", OrderedDict)
    if frozen.sha256 not in memory:
        if hashlib.sha256(frozen.body.encode()).hexdigest() != frozen.sha256:
            raise Refused(text("The stored result no longer matches its checksum, so it is not shown. Restore it from a backup."))
        memory[frozen.sha256] = json.loads(frozen.body)
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return memory[frozen.sha256]


def newest(stage):
    """The result that counts: the last one frozen; None before the first."""
    return stage.results[-1] if stage.results else None


def require_newest(frozen):
    """Pass for the result that counts. Raises Refused for one that a newer result replaces."""
    if frozen is not newest(frozen.stage):
        raise Refused(text("There is a newer result of this stage. Decide on that one."))


def shown(stage):
    """(the result to show of a stage, its Preview): the newest frozen one and None, before the first the ranking as it stands."""
    frozen = newest(stage)
    if frozen is not None:
        return body(frozen), None
    preview = rankings.preview(stage)
    return preview.result, preview
