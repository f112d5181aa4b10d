"""A round of any size, judged, written with plain inserts: ballots and scores as they would lie there after months of use."""
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert, select

from award.db import session
from award.models import Assignment, Ballot, Entry, Juror, Member, Score, Screening, User, Version
from award.services import rulebooks
from tests import builders as b

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TEXT = "We asked the people who use it, changed one thing at a time, and measured before and after. " * 4
NAMES = ("Impact", "Novelty", "Scalability", "Involvement", "Learning", "Sustainability")
PAST = {"state": "submitted", "language": "en", "initiative": "running", "created_at": NOW, "saved_at": NOW, "version": 1}


@dataclass(frozen=True)
class Filled:
    """The numbers of the rows that the measurements ask for."""

    round_id: int
    stage_id: int
    organiser_id: int
    juror_users: list
    drafts: list


def fill(*, entries, ballots, jurors, criteria=6):
    """Write a round with so many entries, ballots an entry and criteria; all ballots are submitted but one a juror. Gives Filled."""
    organiser = b.user(f"organiser{entries}@office.example", role="organiser")
    round_ = b.round_(b.programme(organiser), code=f"B{entries}", state="judging")
    fields = [b.field(round_) for _ in range(4)]
    stage = b.stage(round_, state="open", closes_at=NOW + timedelta(days=30))
    rows = [b.criterion(stage, NAMES[n], 10 + n) for n in range(criteria)]
    panel = [b.juror(stage) for _ in range(jurors)]
    rulebooks.freeze(stage, actor=organiser, now=NOW)
    numbers = _entries(round_, organiser, entries, [str(f.id) for f in fields])
    pairs = [(panel[(n * ballots + k) % jurors].id, numbers[n]) for n in range(entries) for k in range(ballots)]
    drafts = _ballots(stage, pairs, rows)
    return Filled(round_.id, stage.id, organiser.id, [j.user_id for j in panel], drafts)


def _entries(round_, organiser, count, fields):
    """Entries with a version, a member and a screening each. Gives [(entry id, version id)]."""
    people = session.scalars(insert(User).returning(User.id, sort_by_parameter_order=True), [
        {"email": f"t{round_.id}x{n}@team.example", "name": f"Team member {n}", "role": "member", "organisation": f"Body {n % 40}",
         "confirmed_at": NOW, "created_at": NOW} for n in range(count)]).all()
    answers = dict.fromkeys(fields, TEXT)
    texts = [{"title": f"An initiative with a title of usual length, number {n}", "team": f"Team {n}", "summary": TEXT[:90]}
             for n in range(count)]
    found = session.scalars(insert(Entry).returning(Entry.id, sort_by_parameter_order=True), [
        {**PAST, **words, "round_id": round_.id, "number": f"{round_.code}-{n + 1:03}", "draft": answers, "saved_by_id": person}
        for n, (words, person) in enumerate(zip(texts, people, strict=True))]).all()
    versions = session.scalars(insert(Version).returning(Version.id, sort_by_parameter_order=True), [
        {**words, "entry_id": e, "number": 1, "answers": answers, "checksum": "0" * 64, "submitted_at": NOW, "submitted_by_id": p,
         "initiative": "running"} for words, e, p in zip(texts, found, people, strict=True)]).all()
    session.execute(insert(Member), [{"entry_id": e, "user_id": p, "role": "owner", "organisation": f"Body {e % 40}", "invited_at": NOW,
                                      "joined_at": NOW} for e, p in zip(found, people, strict=True)])
    session.execute(insert(Screening), [{"entry_id": e, "eligible": True, "reason": "", "at": NOW, "by_id": organiser.id, "version": 1}
                                        for e in found])
    round_.numbered = count
    session.flush()
    return list(zip(found, versions, strict=True))


def _ballots(stage, pairs, criteria):
    """Ballots with a score on each criterion. Gives the assignments whose ballot is still a draft: one a juror."""
    assignments = session.scalars(insert(Assignment).returning(Assignment.id, sort_by_parameter_order=True), [
        {"stage_id": stage.id, "juror_id": juror, "entry_id": entry, "state": "notified", "created_at": NOW, "reason": ""}
        for juror, (entry, _version) in pairs]).all()
    drafts = {juror: assignment for (juror, _entry), assignment in zip(pairs, assignments, strict=True)}
    ballots = session.scalars(insert(Ballot).returning(Ballot.id, sort_by_parameter_order=True), [
        {"assignment_id": a, "entry_version_id": version, "saved_at": NOW, "salt": "00", "receipt": f"{a:064}", "version": 1,
         "state": "draft" if drafts[juror] == a else "submitted", "submitted_at": None if drafts[juror] == a else NOW}
        for a, (juror, (_entry, version)) in zip(assignments, pairs, strict=True)]).all()
    session.execute(insert(Score), [
        {"ballot_id": ballot, "criterion_id": c.id, "value": Decimal((ballot * 7 + n * 5 + ballot // 11) % 6), "comment": TEXT[:80]}
        for ballot in ballots for n, c in enumerate(criteria)])
    session.flush()
    return list(drafts.values())


def jurors_of(stage_id):
    """{assignment id: user id} of the jurors whose ballot is a draft."""
    return dict(session.execute(select(Assignment.id, Juror.user_id).join(Juror).join(Ballot)
                                .where(Assignment.stage_id == stage_id, Ballot.state == "draft")).all())
