"""What a report would be composed from, told without composing it: the result, what surrounds it, the choice, and the software that sets it."""
import hashlib
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

import award
from award.db import session, setting
from award.domain.canonical import sha256
from award.models import Event, Juror, JuryText, User
from award.services import history

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("static/print", "templates/print", "award/exports", "award/domain", "award/services", "award/translations")
IRRELEVANT = ("report_requested", "report_ready", "report_failed", "report_cancelled", "report_sealed", "round_published", "round_archived")
"""Acts that change nothing in a document, but for those that tell of publication."""
TELLING = ("minutes",)
"""Kinds that tell of the publication itself."""


def status(frozen):
    """Whether a document composed now is the final one, or a draft because the jury still deliberates."""
    over = frozen.stage.state == "decided" or frozen.stage.round.state in ("decided", "published", "archived")
    return "final" if over else "draft"


def surroundings(frozen):
    """A fingerprint of everything beside the choice that a document of this result is composed from. Four statements."""
    chains = (frozen.stage.round, frozen.stage.round.programme)
    return sha256({
        "result": frozen.sha256, "status": status(frozen), "histories": [_head(chain) for chain in chains],
        "texts": _texts(frozen.stage), "people": _people(frozen.stage), "address": setting("BASE_URL"),
        "software": [award.__version__, assets()], "sealed": bool(setting("SEAL_KEY"))})


def digests(frozen, wanted):
    """The digests of the documents that are wanted, [(Choice, language)], in this order. As many statements as for one."""
    around, published = surroundings(frozen), str(frozen.stage.round.published_at)
    return [_digest([around, published] if choice.kind in TELLING else around, choice, language) for choice, language in wanted]


def _digest(around, choice, language):
    chosen = [choice.kind, choice.variant, choice.jurors, list(choice.sections), choice.entry]
    return sha256({"around": around, "choice": chosen, "language": language})


def _head(chain):
    """The hash of the newest act that a document may tell of; it covers all acts before it."""
    found = select(Event.hash).where(history.in_chain(chain), Event.act.not_in(IRRELEVANT)).order_by(Event.sequence.desc()).limit(1)
    return session.scalar(found)


def _texts(stage):
    """How often the texts of the jury were saved."""
    saved = select(func.count(JuryText.id), func.sum(JuryText.version), func.max(JuryText.saved_at)).where(JuryText.stage_id == stage.id)
    return [str(value) for value in session.execute(saved).one()]


def _people(stage):
    """The names of the jurors: people change their own without an act in the history of the round."""
    found = select(User.id, User.name, User.organisation).join(Juror).where(Juror.stage_id == stage.id).order_by(User.id)
    return [list(row) for row in session.execute(found)]


@cache
def assets():
    """SHA-256 of the templates, the stylesheet, the fonts, the words and the code that compose and set a document."""
    found = hashlib.sha256()
    for path in sorted(path for source in SOURCES for path in (ROOT / source).rglob("*") if path.suffix != ".mo" and path.is_file()):
        if "__pycache__" not in path.parts:
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
