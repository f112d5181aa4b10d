"""A score sheet judged elsewhere, on paper or in a spreadsheet, brought into a stage: entries, jurors, submitted ballots."""
import hashlib
import secrets
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import lives, score_csv
from award.domain.canonical import canonical_json
from award.errors import FaultyInput, Refused
from award.i18n import text
from award.models import Assignment, Ballot, Entry, Juror, Member, Score, Screening, User, Version
from award.services import entrants, history, receipts, rulebooks

PAPER = "paper.invalid"
"""The mail domain of jurors known only from a sheet; nothing can be delivered there."""


@dataclass(frozen=True)
class Sheet:
    """Where the import writes: the stage, who imports, when."""

    stage: object
    actor: User
    now: object


def bring_in(stage, content, *, actor, now, name="CSV"):
    """Bring the CSV bytes of a score sheet into an open stage without ballots; faults name the file. Gives the number of ballots.

    Entries are found by number or title, jurors by code or name; those not found are made. Raises FaultyInput with every
    fault and its line, and Refused when the stage is not open or has ballots already; then nothing is written.
    """
    lives.require("import", stage.state)
    if session.scalar(select(func.count()).select_from(Ballot).join(Assignment).where(Assignment.stage_id == stage.id)):
        raise Refused(text("This stage has ballots already. A score sheet can only be brought into a stage without ballots."))
    place = Sheet(stage, actor, now)
    try:
        scores = score_csv.parse_csv(content, rulebook=rulebooks.frozen(stage), name=name)
        entries, jurors = _entries(place, scores.sheet.entries), _jurors(place, scores.sheet.jurors)
    except FaultyInput as faulty:
        raise FaultyInput(faulty.faults, field="sheet") from None
    ballots = _ballots(place, scores, (entries, jurors))
    history.add(stage, "sheet_imported", actor=actor, now=now, payload={
        "sheet": scores.sheet.sha256, "ballots": ballots, "receipts": _seal(stage)})
    return ballots


def _entries(place, names):
    """{name on the sheet: (entry id, id of its newest version)}"""
    round_ = place.stage.round
    known = {}
    for entry in session.scalars(select(Entry).where(Entry.round_id == round_.id, Entry.state != "withdrawn",
                                                     entrants.admitted(place.stage))):
        known.update({entry.title: entry, entry.number: entry})
    _require_admitted(place.stage, [name for name in names if name not in known])
    found = {name: known.get(name) or _new_entry(place, name) for name in names}
    session.flush()
    newest = dict(session.execute(select(Version.entry_id, func.max(Version.id)).join(Entry).where(Entry.round_id == round_.id)
                                  .group_by(Version.entry_id)).all())
    faults = [text("“%(entry)s” has not been submitted, so it cannot have scores.", entry=n) for n, e in found.items() if e.id not in newest]
    if faults:
        raise FaultyInput(faults)
    return {name: (entry.id, newest[entry.id]) for name, entry in found.items()}


def _require_admitted(stage, unknown):
    """A sheet of the first stage may bring entries of its own; a later stage knows who takes part."""
    if unknown and entrants.preceding(stage):
        raise FaultyInput([text("“%(entry)s” does not take part in this stage: no entry of this name or number goes on to it.", entry=n)
                           for n in unknown])


def _new_entry(place, name):
    """A submitted, eligible entry that stands for a name on the sheet; it belongs to whoever imports."""
    round_, actor, now = place.stage.round, place.actor, place.now
    round_.numbered += 1
    entry = Entry(round=round_, number=f"{round_.code}-{round_.numbered:03}", title=name, team=name, language=round_.languages[0],
                  state="submitted", created_at=now, saved_at=now, saved_by_id=actor.id)
    entry.members = [Member(user_id=actor.id, role="owner", organisation=actor.organisation, invited_at=now, joined_at=now)]
    entry.versions = [Version(number=1, title=name, team=name, answers={}, submitted_at=now, submitted_by_id=actor.id,
                              checksum=hashlib.sha256(canonical_json({"title": name, "team": name, "answers": {}})).hexdigest())]
    entry.screening = Screening(eligible=True, at=now, by_id=actor.id)
    session.add(entry)
    return entry


def _jurors(place, names):
    """{name on the sheet: juror id}"""
    known = {}
    for juror in session.scalars(select(Juror).where(Juror.stage_id == place.stage.id)):
        known.update({juror.user.name: juror, juror.code: juror})
    count = len(place.stage.jurors)
    found = {}
    for name in names:
        found[name] = known.get(name) or _new_juror(place, name, count := count + 1)
    session.flush()
    return {name: juror.id for name, juror in found.items()}


def _new_juror(place, name, number):
    user = User(email=f"{secrets.token_hex(8)}@{PAPER}", name=name, created_at=place.now)
    juror = Juror(stage_id=place.stage.id, user=user, code=f"J{number:02}", state="accepted", invited_at=place.now, answered_at=place.now,
                  cleared_at=place.now)
    session.add(juror)
    return juror


def _ballots(place, scores, known):
    """Write one submitted ballot for each pair on the sheet, in three bulk statements. Gives their number."""
    entries, jurors = known
    pairs = sorted({(juror, entry) for juror, entry, _criterion, _score in scores.rows})
    assignments = session.scalars(insert(Assignment).returning(Assignment.id, sort_by_parameter_order=True), [
        {"stage_id": place.stage.id, "juror_id": jurors[j], "entry_id": entries[e][0], "state": "notified", "created_at": place.now}
        for j, e in pairs]).all()
    salts = [secrets.token_hex(16) for _ in pairs]
    ballots = session.scalars(insert(Ballot).returning(Ballot.id, sort_by_parameter_order=True), [
        {"assignment_id": a, "entry_version_id": entries[e][1], "state": "submitted", "saved_at": place.now, "submitted_at": place.now,
         "salt": salt} for a, (_j, e), salt in zip(assignments, pairs, salts, strict=True)]).all()
    session.execute(insert(Score), _score_rows(place.stage, scores, dict(zip(pairs, ballots, strict=True))))
    return len(pairs)


def _seal(stage):
    """Give each ballot the receipt that it would have got here; {juror: {entry: receipt}}, for the history."""
    ballots = session.scalars(select(Ballot).join(Assignment).where(Assignment.stage_id == stage.id).options(
        joinedload(Ballot.entry_version), selectinload(Ballot.scores),
        joinedload(Ballot.assignment).options(joinedload(Assignment.juror), joinedload(Assignment.entry))))
    given = {}
    for ballot in ballots:
        ballot.receipt = receipts.receipt_of(ballot, ballot.salt)
        given.setdefault(ballot.assignment.juror.code, {})[ballot.assignment.entry.number] = ballot.receipt
    return given


def _score_rows(stage, scores, ballots):
    keys = {c.key: c for c in stage.criteria}
    comments = {(j, e, c): words for j, e, c, words in scores.comments}
    return [{"ballot_id": ballots[j, e], "criterion_id": keys[c].id, "value": None if score is None else _decimal(score),
             "comment": comments.get((j, e, c), "")} for j, e, c, score in scores.rows]


def _decimal(score):
    """The Decimal of a Fraction with few decimals, exact."""
    return Decimal(score.numerator) / Decimal(score.denominator)
