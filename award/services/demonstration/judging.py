"""This year's round, in the middle of judging: most ballots are in, some are drafts, one juror has not begun."""
from award.services import rounds, stages
from award.services.demonstration import closing, jury, scoring, setting, teams

READERS = 4
DECLINED = frozenset({12})
LEFT = {"J01": 7, "J02": 4, "J03": 3, "J04": 6, "J05": 3, "J06": 9, "J07": 2, "J08": 5, "J10": 1, "J11": 5}
NOT_BEGUN = "J09"
UNSENT = frozenset({"J01", "J06", "J08"})


def judging(scene, programme):
    """Play the round up to the evening before its day 0."""
    year = scene.day_0.year
    names = (f"FIP{year % 100:02}", {code: f"{name} {year}" for code, name in setting.NAME.items()})
    setting.set_up(scene, programme, names=names, days=(-110, -90, -46, 5))
    teams.enter(scene, days=(-90, -46))
    jury.invite(scene, day=-52, absent=DECLINED)
    rounds.close_call(scene.round, actor=scene.organiser, now=scene.at(-46, 17.1))
    jury.screen(scene, days=(-45, -38))
    jury.declare(scene, day=-36)
    jury.assign(scene, readers=READERS, day=-30)
    stages.open_(scene.stage, actor=scene.organiser, now=scene.at(-29, 9))
    left = {**LEFT, NOT_BEGUN: len(jury.own(scene.jurors[NOT_BEGUN][0]))}
    reminded = (scene.at(-2, 9.25), closing.reminder(scene))
    scoring.score(scene, scoring.Pace(opened=-29, left=left, unsent=UNSENT, also=(reminded,)))
