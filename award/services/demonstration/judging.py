"""This year's round, in the middle of judging: most ballots are in, some are drafts, one juror has not begun."""
from award.services import rounds, stages
from award.services.demonstration import closing, jury, scoring, setting, teams

READERS = 5
DECLINED = frozenset({12})
LEFT = {"J01": 9, "J02": 3, "J03": 0, "J04": 6, "J05": 2, "J06": 11, "J07": 0, "J08": 6, "J10": 3, "J11": 4}
NOT_BEGUN = "J09"
UNSENT = frozenset({"J01", "J06", "J08"})


def judging(scene, programme):
    """Play the round up to the evening before its day 0."""
    year = scene.day_0.year
    names = (f"FIP{year % 100:02}", {code: f"{name} {year}" for code, name in setting.NAME.items()})
    setting.set_up(scene, programme, names=names, days=(-110, -90, -46, 5), method="additive")
    teams.enter(scene, days=(-90, -46))
    rounds.close_call(scene.round, actor=scene.organiser, now=scene.at(-46, 17.1))
    jury.screen(scene, days=(-45, -40))
    jury.invite(scene, day=-39, absent=DECLINED)
    jury.declare(scene, day=-31)
    jury.assign(scene, readers=READERS, day=-24)
    setting.nominate(scene, day=-23)
    stages.open_(scene.stage, actor=scene.organiser, now=scene.at(-22, 9))
    left = {**LEFT, NOT_BEGUN: len(jury.own(scene.jurors[NOT_BEGUN][0]))}
    reminded = (scene.at(-3, 9.25), closing.reminder(scene))
    scoring.score(scene, scoring.Pace(opened=-22, left=left, unsent=UNSENT, also=(reminded,),
                                      until=scene.at(0)))
