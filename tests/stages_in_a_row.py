"""A round whose stages follow one another, for tests: eight entries, and so many go on after each stage."""

from sqlalchemy import select

from award import db
from award.models import Assignment
from award.services import assignments, decisions, entrants, further_stages, jurors, publications, results, stages
from tests import builders as b
from tests import jury

FUNNEL = (8, 4, 2, 1)
TITLES = ("Jury scoring", "Pitch", "Final")


def build(*, entries=8, titles=TITLES, people=2):
    """A round in judging, its first stage assigned but not open, the further ones with criteria and jury of the first."""
    world = jury.build(state="draft", entries=entries, jurors=people)
    world["jurors"][0].chair = True
    world["stages"] = [world["stage"]]
    for title in titles[1:]:
        world["stages"].append(add(world, title))
    return world


def add(world, title="Pitch", *, criteria=True, jurors=True):
    """One more stage at the end."""
    given = {"title": {"en": title}, "criteria": criteria, "jury": jurors}
    made = further_stages.add(world["round"], given=given, key="", **by(world))
    db.session.flush()
    db.session.expire(world["round"], ["stages"])
    return made


def by(world):
    """Who acts, and when."""
    return {"actor": world["organiser"], "now": b.NOW}


def judge(world, stage):
    """From a draft to a frozen result: everyone scores everything, the entries in the order of their numbers. Gives the result."""
    for juror in jurors.of_stage(stage):
        juror.cleared_at = b.NOW
    if stage is not world["stage"]:
        assignments.confirm(stage, settings=(assignments.EVERYONE, 1), **by(world))
    stages.open_(stage, reason="Mended" if stage.rulebooks else "", **by(world))
    score(stage)
    results.lock(stage, **by(world))
    frozen = results.freeze(stage, **by(world))
    db.session.expire(stage, ["results"])
    return stage.results[-1] if frozen else None


def score(stage):
    """Submit every ballot: the lower the number of the entry, the better."""
    first, second = stage.criteria
    for row in db.session.scalars(select(Assignment).where(Assignment.stage_id == stage.id, Assignment.state == "notified")):
        if row.ballot is None:
            number = int(row.entry.number[-3:])
            b.ballot(row, {first: 5 if number < 3 else 3, second: 100 - number})
    db.session.expire_all()


def decide(world, frozen, best):
    """The first `best` of the ranking go on, or win in the last stage; the others stop."""
    good = "goes_on" if entrants.following(frozen.stage) else "winner"
    for place, line in enumerate(decisions.of_result(frozen)):
        decisions.record(frozen, line.entry, outcome=good if place < best else "stops", reason="", by=(world["organiser"], b.NOW))


def play(world, stage, best):
    """Judge a stage, decide, and conclude it, or the round with the last. Gives the result."""
    frozen = judge(world, stage)
    decide(world, frozen, best)
    if entrants.following(stage):
        stages.decide(frozen, **by(world))
    else:
        publications.conclude(frozen, **by(world))
    return frozen


def numbers(stage):
    """The last three figures of the numbers of the entries that take part."""
    return [int(entry.number[-3:]) for entry in db.session.scalars(entrants.of_stage(stage))]
