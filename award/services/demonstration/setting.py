"""The programme, and its rounds as they are set up before the call opens."""
from award.services import programmes, rounds, stages
from award.services.demonstration import people, texts
from award.services.demonstration.scene import ZONE

PRESET = "federal_innovation_award"
LANGUAGES = ["nl", "fr", "de", "en"]
NAME = {"nl": "Federale Innovatieprijs", "fr": "Prix fédéral de l’innovation", "de": "Föderaler Innovationspreis",
        "en": "Federal Innovation Award"}


def programme(*, now):
    """The programme with its organisers and its auditor. Gives (programme, organiser)."""
    organiser = people.known("organiser", now=now)
    organiser.role = "organiser"
    body = texts.body("organiser")
    given = {"name": NAME, "organiser": {code: body[code] for code in LANGUAGES}, "contact": f"prijs@{body['domain']}"}
    row = programmes.create(given, key="", actor=organiser, now=now)
    for key, kind in (("colleague", "organiser"), ("auditor", "auditor")):
        programmes.appoint(row, email=people.known(key, now=now).email, kind=kind, actor=organiser, now=now)
    return row, organiser


def set_up(scene, programme_row, *, names, days):
    """A round from the preset, its call open. `names` (code, title), `days` (made, opens, closes, scoring closes)."""
    code, title = names
    made, opens, closes, scored = days
    given = {"code": code, "title": title, "languages": LANGUAGES, "zone": ZONE, "opens_at": scene.at(opens, 8),
             "closes_at": scene.at(closes, 17), "preset": PRESET}
    scene.round = rounds.create(programme_row, given=given, key="", actor=scene.organiser, now=scene.at(made))
    scene.stage = scene.round.stages[0]
    rules = {**scene.stage.rules, "ties": [f"criterion:{scene.stage.criteria[0].key}"]}
    stages.change(scene.stage, given={"title": scene.stage.title, "closes_at": scene.at(scored, 20), "rules": rules},
                  version=scene.stage.version, actor=scene.organiser, now=scene.at(made, 11))
    rounds.open_call(scene.round, actor=scene.organiser, now=scene.at(opens - 1, 16))
    return scene
