"""What the jury writes for its report, by stage and language: about each entry, each special award, and the whole stage."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.domain import drafts, lives, result
from award.errors import Missing, Stale
from award.i18n import text
from award.models import Entry, JuryText, SpecialAward, Stage
from award.services import decisions, entrants, history, posted, rankings, results, score_sheets

ENTRY, AWARD, STAGE = ("summary", "strengths", "improvements", "motivation"), ("lessons",), ("recommendations",)
"""The kinds of text about an entry, about a special award, and about the whole stage."""
LONGEST = 20_000
"""Characters that one text may have."""
OVERTAKEN = text("%(name)s saved this page while you were typing. Nothing is lost: both texts are below. Keep one, or combine them.")


@dataclass(frozen=True)
class Place:
    """What the jury writes about: an entry, a special award, or with neither the whole stage."""

    stage: Stage
    entry: Entry | None = None
    award: SpecialAward | None = None

    @property
    def round(self):
        return self.stage.round

    @property
    def entry_id(self):
        return self.entry.id if self.entry else None

    @property
    def key(self):
        """As the rows have it: "entry:7", "award:2" or ""."""
        return f"entry:{self.entry.id}" if self.entry else f"award:{self.award.id}" if self.award else ""

    @property
    def kinds(self):
        return ENTRY if self.entry else AWARD if self.award else STAGE


@dataclass(frozen=True)
class Texts:
    """The texts of a place in one language: `words` {kind: str}, who saved last and when (None before), and `version`, which every
    save raises."""

    words: dict
    version: int = 0
    by: str = ""
    at: datetime | None = None

    @property
    def written(self):
        """How many of them have words."""
        return sum(bool(words) for words in self.words.values())


def of_stage(stage, language):
    """{(place, kind): words} of the stage's texts in one language, those with words only; one statement.

    `place` is "entry:<entry id>", "award:<special award id>" or "" for the whole stage.
    """
    found = select(JuryText.place, JuryText.kind, JuryText.words).where(
        JuryText.stage_id == stage.id, JuryText.language == language, JuryText.words != ""
    )
    return {(place, kind): words for place, kind, words in session.execute(found)}


def written(stage):
    """{(place, language): {kinds that have words}} of a stage. One statement."""
    found = {}
    rows = select(JuryText.place, JuryText.language, JuryText.kind).where(JuryText.stage_id == stage.id, JuryText.words != "")
    for place, language, kind in session.execute(rows):
        found.setdefault((place, language), set()).add(kind)
    return found


def motivations(stages, entries):
    """{(stage id, entry id): {language: words}} of the reasons that the jury wrote about these entries (ids). One statement."""
    found = {}
    rows = select(JuryText.stage_id, JuryText.entry_id, JuryText.language, JuryText.words).where(
        JuryText.stage_id.in_([stage.id for stage in stages]), JuryText.entry_id.in_(entries), JuryText.kind == "motivation", JuryText.words != ""
    )
    for stage_id, entry_id, language, words in session.execute(rows):
        found.setdefault((stage_id, entry_id), {})[language] = words
    return found


def about_entry(stage, entry_id):
    """The Place of an entry that the stage ranks. Raises Missing for any other."""
    entry = session.scalar(select(Entry).where(Entry.id == entry_id, Entry.round_id == stage.round_id))
    if entry is None or line_of(stage, entry) is None:
        raise Missing(text("This entry is not in this stage."))
    return Place(stage, entry=entry)


def about_award(stage, award_id):
    """The Place of a special award of the stage. Raises Missing for any other."""
    award = next((award for award in stage.special_awards if award.id == award_id), None)
    if award is None:
        raise Missing(text("This special award is not in this stage."))
    return Place(stage, award=award)


def line_of(stage, entry):
    """The figures of an entry in the result that counts, before there is one in the ranking as it stands; None when it is not in it."""
    document, _preview = results.shown(stage)
    return next((line for line in document["entries"] if line["entry"] == entry.number), None)


def lines(stage):
    """The entries of the stage in order of rank, each a decisions.Line, from the result that counts or the ranking as it stands."""
    frozen = results.newest(stage)
    if frozen is not None:
        return decisions.of_result(frozen)
    figures = {line["entry"]: line for line in rankings.preview(stage).result["entries"]}
    found = session.scalars(select(Entry).where(Entry.round_id == stage.round_id, Entry.number.in_(figures)))
    entries = {entry.number: entry for entry in found}
    return [decisions.Line(entries[number], line, None) for number, line in figures.items() if number in entries]


def decision(place):
    """The decision about the entry of a place; None while there is none."""
    frozen = results.newest(place.stage)
    return decisions.current(frozen).get(place.entry.id) if frozen and place.entry else None


def read(place):
    """{language: Texts} of a place in every language of its round. One statement."""
    rows = session.scalars(_rows(place).options(joinedload(JuryText.saved_by))).all()
    return {language: _texts(place, [row for row in rows if row.language == language]) for language in place.round.languages}


def _rows(place):
    return select(JuryText).where(JuryText.stage_id == place.stage.id, JuryText.place == place.key).execution_options(populate_existing=True)


def _texts(place, rows):
    words = dict.fromkeys(place.kinds, "") | {row.kind: row.words for row in rows}
    last = max(rows, key=lambda row: row.saved_at, default=None)
    return Texts(words, sum(row.version for row in rows), *((last.saved_by.name, last.saved_at) if last else ()))


def draft(place):
    """The drafts.Draft that the comments on the entry of a place give."""
    document, _preview = results.shown(place.stage)
    sheet = result.inputs(document)[1]
    found = session.execute(score_sheets.comments(place.stage).where(Entry.number == place.entry.number))
    scales = {c.key: drafts.Scale(c.low, c.high, c.better) for c in place.stage.criteria}
    return drafts.from_comments(sheet, place.entry.number, [(criterion, juror, words) for juror, _entry, criterion, words in found], scales)


def require_writable(stage):
    """Pass while the jury may write: the stage is locked and its result is not yet public. Raises Refused."""
    lives.require("write_jury_texts", stage.state)
    lives.require("write_jury_texts_of_round", stage.round.state)


def is_writable(stage):
    """Whether the jury may write now."""
    return lives.allows("write_jury_texts", stage.state) and lives.allows("write_jury_texts_of_round", stage.round.state)


@dataclass(frozen=True)
class Written:
    """What was typed: `words` {kind: str} in `language`, the `version` of the texts that the form was opened on, the form's `key`."""

    language: str
    words: dict
    version: int | None = 0
    key: str = ""


def save(place, *, typed, actor, now):
    """Keep the texts of a place in one language, each change with its event; an empty text is kept as empty.

    What is kept already is not kept again, so a save repeated after a lost answer is harmless. Raises Refused at the wrong moment,
    Stale when somebody else saved since the form was opened.
    """
    entrants.hold(place.round)
    require_writable(place.stage)
    key = typed.key and f"{typed.key[:32]}:{_checksum(''.join(typed.words.values()))}"
    if posted.earlier(JuryText, key, user=actor):
        return
    kept = {row.kind: row for row in session.scalars(_rows(place).where(JuryText.language == typed.language))}
    changed = {kind: words for kind, words in typed.words.items() if words != (kept[kind].words if kind in kept else "")}
    if not changed:
        return
    if typed.version != sum(row.version for row in kept.values()):
        raise Stale(OVERTAKEN.filled(name=_texts(place, kept.values()).by))
    for kind, words in changed.items():
        row = kept.get(kind) or _new(place, kind, typed.language)
        row.words, row.saved_at, row.saved_by = words, now, actor
        session.add(row)
        history.add(_flushed(row), "jury_text_saved", actor=actor, now=now,
                    payload={"place": place.key, "kind": kind, "language": typed.language, "words": _checksum(words)})
    posted.remember(row, key, user=actor, now=now)


def _new(place, kind, language):
    return JuryText(stage=place.stage, entry=place.entry, special_award=place.award, place=place.key, kind=kind, language=language)


def _flushed(row):
    session.flush()
    return row


def _checksum(words):
    return hashlib.sha256(words.encode()).hexdigest()[:16]
