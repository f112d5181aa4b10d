"""The ballots: what each juror gives which entry, when, and in which words. The same scores every time."""
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from award.db import session
from award.models import Ballot, Score
from award.services import ballots, receipts
from award.services.demonstration import jury, texts
from award.services.demonstration.chance import fraction, one_of, spread
from award.services.demonstration.scene import play

WORDS = ("impact", "novelty", "scale")
SITTING = 5
"""Ballots written in one evening, after which the complete ones are submitted."""
PITCHED = timedelta(minutes=20)


@dataclass(frozen=True)
class Pace:
    """How far the jury gets. `opened`: the day on which the stage opened; `left` {juror code: ballots not written};
    `unsent`: codes of jurors who have not submitted what they wrote last; `also` [(instant, act)]: what happens
    meanwhile; `swift`: ballots appear with their submission, without an event for each save, which loads faster;
    `until`: the instant from which nothing has happened yet.
    """


    opened: int
    left: dict = field(default_factory=dict)
    unsent: frozenset = frozenset()
    also: tuple = ()
    swift: bool = False
    until: datetime | None = None


def score(scene, pace):
    """All jurors judge, each on evenings of their own."""
    acts = list(pace.also)
    for row, person in scene.jurors.values():
        if row.state == "accepted":
            acts += _evenings(scene, row, person, pace)
    play([(instant, act) for instant, act in acts if pace.until is None or instant < pace.until])


def _evenings(scene, row, person, pace):
    """[(instant, act)]: some ballots every evening, then submitting them."""
    first, last = (pace.opened + day for day in person["days"])
    found = jury.own(row)
    evenings = max(2, -(-len(found) // SITTING))
    found = found[:len(found) - pace.left.get(row.code, 0)]
    acts = []
    for evening, start in enumerate(range(0, len(found), SITTING)):
        part = found[start:start + SITTING]
        day = first + (last - first) * evening // (evenings - 1)
        hour = 17.5 + 2 * fraction(scene.content, row.code, evening)
        act = _write if pace.swift else _save
        acts += [(scene.at(day, hour + 0.35 * place), act(scene, person, one)) for place, one in enumerate(part)]
        if row.code not in pace.unsent or start + SITTING < len(found):
            acts.append((scene.at(day, hour + 0.35 * len(part)), _submit(row)))
    return acts


def sitting(scene, row, person, *, at):
    """[(instant, act)]: all ballots of a juror one after the other from an instant on, then submitting them."""
    found = jury.own(row)
    acts = [(at + place * PITCHED, _write(scene, person, one)) for place, one in enumerate(found)]
    return [*acts, (at + len(found) * PITCHED, _submit(row))]


def _save(scene, person, assignment):
    def save(now):
        ballots.save(assignment, marks=marks(scene, person, assignment), version=0, now=now)
    return save


def _write(scene, person, assignment):
    def write(now):
        given = marks(scene, person, assignment)
        scores = [Score(criterion_id=id_, value=value, comment=given.comments.get(id_, ""))
                  for id_, value in given.scores.items()]
        session.add(Ballot(assignment=assignment, entry_version_id=given.read, note=given.note, saved_at=now,
                           scores=scores))
    return write


def _submit(row):
    def submit(now):
        receipts.submit_all(row, now=now)
    return submit


def marks(scene, person, assignment):
    """The Marks of one juror on one entry."""
    strengths = next(e["marks"] for e in texts.entries(scene.content) if e["title"] == assignment.entry.title)
    again = ("again",) if scene.stage.position else ()
    about = (scene.content, assignment.juror.code, assignment.entry.number, *again)
    scores, comments = {}, {}
    for part, (criterion, strength) in enumerate(zip(scene.stage.criteria, strengths, strict=True)):
        value = points(strength + person["severity"] + 0.9 * spread(*about, part), high=int(criterion.high))
        scores[criterion.id] = Decimal(value)
        if fraction(*about, part, "words") < person["words"]:
            comments[criterion.id] = comment(assignment.juror.user.language, WORDS[part], value, about)
    noted = texts.read("comments")["notes"][assignment.juror.user.language]
    note = one_of(noted, *about, "which note") if fraction(*about, "note") < 0.12 else ""
    return ballots.Marks(scores, comments, note, read=assignment.entry.versions[-1].id)


def points(height, *, high):
    """A height as a whole score from 0 to `high`."""
    return min(high, max(0, round(height)))


def comment(language, criterion, value, about):
    """What a juror writes beside a score."""
    height = "high" if value >= 4 else "mid" if value == 3 else "low"
    return one_of(texts.read("comments")[language][criterion][height], *about, criterion)
