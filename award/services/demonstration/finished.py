"""Last year's round: judged in two stages, decided, published. One juror began last of all and left some ballots out."""
from award.services import rounds, stages
from award.services.demonstration import closing, consenting, jury, jury_words, pitch, scoring, setting, teams

LATE = {"J09": 3, "J04": 1}


def finished(scene, programme):
    """Play the whole round. Its day 0 is a year ago."""
    year = scene.day_0.year
    names = (f"FIP{year % 100:02}", {code: f"{name} {year}" for code, name in setting.NAME.items()})
    setting.set_up(scene, programme, names=names, days=(-100, -75, -30, 19), method="mean")
    teams.enter(scene, days=(-75, -30))
    rounds.close_call(scene.round, actor=scene.organiser, now=scene.at(-30, 17.1))
    jury.screen(scene, days=(-29, -25))
    jury.invite(scene, day=-24)
    jury.declare(scene, day=-17)
    setting.nominate(scene, day=-13)
    jury.assign(scene, readers=5, day=-13)
    stages.open_(scene.stage, actor=scene.organiser, now=scene.at(-12, 9))
    scoring.score(scene, scoring.Pace(opened=-12, left=LATE, swift=True, also=tuple(
        (scene.at(day, 9.25), closing.reminder(scene)) for day in (9, 13))))
    first = closing.freeze(scene, day=20)
    closing.select(scene, first, day=21)
    jury_words.write(scene, first, day=21, hour=18)
    pitch.pitch(scene, day=22)
    result = closing.freeze(scene, day=29)
    consenting.answer(scene, day=29)
    closing.decide(scene, result, day=30)
    jury_words.write(scene, result, day=30, hour=16)
    closing.publish(scene, result, day=31)
