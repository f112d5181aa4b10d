"""The second stage: the entries that go on present themselves, seven jurors score each on one afternoon."""
from award.services import conflicts, further_stages, stages
from award.services.demonstration import jury, scoring
from award.services.demonstration.scene import play

READERS = 7


def pitch(scene, *, day):
    """From the jury taken over on that day to the last ballot six days later; the scene then plays in this stage."""
    first, scene.stage = scene.stage, scene.round.stages[1]
    people = {row.user_id: person for row, person in scene.jurors.values()}
    rows = further_stages.take_over_jury(scene.stage, actor=scene.organiser, now=scene.at(day, 10))
    scene.jurors = {row.code: (row, people[row.user_id]) for row in rows}
    play([(scene.at(day + 1, 18 + number / 10), _declare(row)) for number, row in enumerate(rows)])
    jury.assign(scene, readers=READERS, day=day + 3)
    stages.open_(scene.stage, actor=scene.organiser, now=scene.at(day + 4, 9))
    acts = []
    for row, person in scene.jurors.values():
        acts += scoring.sitting(scene, row, person, at=scene.at(day + 6, 13.5))
    play(acts)
    return first


def _declare(row):
    """The juror confirms the conflicts of interest of the first stage, and has no other."""
    def declare(now):
        conflicts.declare(row, declared={}, now=now)
    return declare
