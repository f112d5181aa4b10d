"""Rows for tests, each with sensible values; pass what matters to the test. All need an application context and add to the session."""
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from award.db import session
from award.models import (Assignment, Ballot, Category, Criterion, Entry, Field, Juror, Member, Office, Programme, Round, Score, Screening,
                          SpecialAward, SpecialShare, Stage, User, Version)

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
_numbers = count(1)


_open = []


@contextmanager
def together():
    """Rows built inside are sent to the database at once, at the end: they have no id before."""
    _open.append(True)
    try:
        with session.no_autoflush:
            yield
    finally:
        _open.pop()
    if not _open:
        session.flush()


def _add(row):
    session.add(row)
    if not _open:
        session.flush()
    return row


def user(email=None, **values):
    number = next(_numbers)
    values = {"name": f"Person {number}", "organisation": f"Organisation {number}", "created_at": NOW, "confirmed_at": NOW, **values}
    return _add(User(email=email or f"person{number}@org{number}.example", **values))


def programme(organiser=None, **values):
    row = _add(Programme(**{"name": {"en": "Lantern Award"}, "organiser": {"en": "Office for Innovation"}, "contact": "award@office.example",
                            "created_at": NOW, **values}))
    if organiser:
        office(row, organiser)
    return row


def office(programme_, user_, kind="organiser"):
    return _add(Office(programme=programme_, user=user_, kind=kind))


def round_(programme_=None, **values):
    values = {"code": f"LA{27 + session.query(Round).count()}", "title": {"en": "Round 2027"}, "languages": ["en"],
              "opens_at": NOW - timedelta(days=30), "closes_at": NOW + timedelta(days=30), "created_at": NOW - timedelta(days=60), **values}
    return _add(Round(programme=programme_ or programme(), **values))


def field(round_row, kind="long_text", **values):
    position = len(round_row.fields)
    return _add(Field(**{"round": round_row, "position": position, "kind": kind, "label": {"en": f"Question {position + 1}"}, **values}))


def stage(round_row, **values):
    values = {"title": {"en": "Jury scoring"}, "position": 0, "rules": {"method": "mean", "order": "ballot", "missing": "strict",
                                                                          "min_ballots": 1, "ties": [], "top": [1, 3]}, **values}
    return _add(Stage(round=round_row, **values))


def criterion(stage_row, key="Impact", share=40, **values):
    values = {"name": {"en": key}, "low": Decimal(0), "high": Decimal(5), "step": Decimal(1), "position": len(stage_row.criteria), **values}
    return _add(Criterion(stage=stage_row, key=key, share=Decimal(share), **values))


def category(round_row, name="Cities", **values):
    return _add(Category(**{"round": round_row, "position": len(round_row.categories), "name": {"en": name}, **values}))


def special_award(stage_row, shares, key="First Penguin", **values):
    """`shares` is {criterion row: any number above 0}."""
    values = {"name": {"en": key}, "position": len(stage_row.special_awards), "entries": [], **values}
    row = SpecialAward(stage=stage_row, key=key, **values)
    row.shares = [SpecialShare(criterion=c, share=Decimal(share)) for c, share in shares.items()]
    return _add(row)


def entry(round_row, owner=None, title="Night desk", *, submitted=True, **values):
    owner = owner or user()
    values = {"team": "Desk team", "language": "en", "created_at": NOW, "saved_at": NOW, "saved_by": owner, **values}
    with together():
        row = _add(Entry(round=round_row, title=title, **values))
        member(row, owner, role="owner")
        if submitted:
            round_row.numbered = (round_row.numbered or 0) + 1
            row.number, row.state = f"{round_row.code}-{round_row.numbered:03}", "submitted"
            version(row, owner)
    return row


def version(entry_row, by, **values):
    values = {"number": len(entry_row.versions) + 1, "title": entry_row.title, "team": entry_row.team, "answers": dict(entry_row.draft or {}),
              "checksum": "0" * 64, "submitted_at": NOW, "submitted_by": by, **values}
    return _add(Version(entry=entry_row, **values))


def member(entry_row, user_row, *, role="editor", joined=True):
    return _add(Member(entry=entry_row, user=user_row, role=role, organisation=user_row.organisation, invited_at=NOW,
                       joined_at=NOW if joined else None))


def screening(entry_row, by, *, eligible=True, reason=""):
    return _add(Screening(entry=entry_row, eligible=eligible, reason=reason, at=NOW, by=by))


def juror(stage_row, user_row=None, **values):
    values = {"code": f"J{len(stage_row.jurors) + 1:02}", "state": "accepted", "invited_at": NOW, "cleared_at": NOW, **values}
    return _add(Juror(stage=stage_row, user=user_row or user(), **values))


def assignment(juror_row, entry_row, **values):
    return _add(_assignment(juror_row, entry_row, **values))


def _assignment(juror_row, entry_row, **values):
    return Assignment(**{"juror": juror_row, "entry": entry_row, "stage": juror_row.stage, "state": "notified", "created_at": NOW, **values})


def ballot(assignment_row, scores, *, submitted=True):
    """`scores` is {criterion row: value or None}."""
    return _add(_ballot(assignment_row, scores, submitted=submitted))


def _ballot(assignment_row, scores, *, submitted=True):
    row = Ballot(assignment=assignment_row, entry_version=assignment_row.entry.versions[-1], saved_at=NOW,
                 state="submitted" if submitted else "draft", submitted_at=NOW if submitted else None, salt="s", receipt="r")
    row.scores = [Score(criterion=c, value=None if v is None else Decimal(str(v))) for c, v in scores.items()]
    return row


def ballots(given):
    """Many submitted ballots with their assignments, [(juror, entry, scores)], sent to the database together."""
    with session.no_autoflush:
        rows = [_ballot(_assignment(juror_row, entry_row), scores) for juror_row, entry_row, scores in given]
        session.add_all(rows)
    session.flush()
    return rows
