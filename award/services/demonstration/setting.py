"""The programme, and its rounds as they are set up before the call opens: two categories, two stages, a special award."""
from decimal import Decimal

from award.services import categories, further_stages, programmes, rounds, special_awards, stages
from award.services.demonstration import people, texts
from award.services.demonstration.scene import ZONE

PRESET = "federal_innovation_award"
LANGUAGES = ["nl", "fr", "de", "en"]
NAME = {"nl": "Federale Innovatieprijs", "fr": "Prix fédéral de l’innovation", "de": "Föderaler Innovationspreis",
        "en": "Federal Innovation Award"}

CATEGORIES = ({"nl": "Kleine teams, tot tien mensen", "fr": "Petites équipes, jusqu’à dix personnes", "de": "Kleine Teams, bis zehn Personen",
               "en": "Small teams, up to ten people"},
              {"nl": "Grotere teams", "fr": "Équipes plus grandes", "de": "Größere Teams", "en": "Larger teams"})
PITCH = {"nl": "Pitch voor de jury", "fr": "Présentation devant le jury", "de": "Vorstellung vor der Jury", "en": "Pitch before the jury"}
PENGUIN = dict.fromkeys(LANGUAGES, "First Penguin")
COURAGE = {"nl": "Voor de moed om te proberen en te leren uit wat mislukte.", "fr": "Pour le courage d’essayer et d’apprendre d’un échec.",
           "de": "Für den Mut, etwas zu wagen und aus dem Scheitern zu lernen.", "en": "For the courage to try and to learn from what failed."}
PENGUIN_SHARES = (10, 70, 20)
"""What impact, novelty and scalability weigh for the special award."""
GOING_ON = 10
EARLIER = 50
"""The share of the first stage’s score in the second, in per cent."""


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


def set_up(scene, programme_row, *, names, days, method):
    """A round from the preset, its call open. `names` (code, title), `days` (made, opens, closes, scoring closes), `method` of the first
    stage."""
    code, title = names
    made, opens, closes, scored = days
    given = {"code": code, "title": title, "languages": LANGUAGES, "zone": ZONE, "opens_at": scene.at(opens, 8),
             "closes_at": scene.at(closes, 17), "preset": PRESET}
    scene.round = rounds.create(programme_row, given=given, key="", actor=scene.organiser, now=scene.at(made))
    scene.stage = scene.round.stages[0]
    for number, name in enumerate(CATEGORIES):
        categories.add(scene.round, given={"name": name}, key="", actor=scene.organiser, now=scene.at(made, 10 + number / 10))
    _rule(scene, scene.stage, {"method": method, "top": [1, GOING_ON], "cut": GOING_ON}, (made, 11, scene.at(scored, 20)))
    _penguin(scene, now=scene.at(made, 12))
    given = {"title": PITCH, "criteria": True, "jury": False}
    pitch = further_stages.add(scene.round, given=given, key="", actor=scene.organiser, now=scene.at(made, 13))
    _rule(scene, pitch, {"method": "additive", "top": [1, 5], "carried": EARLIER, "margin": 1}, (made, 14, scene.at(scored + 9, 20)))
    rounds.open_call(scene.round, actor=scene.organiser, now=scene.at(opens - 1, 16))
    return scene


def _rule(scene, stage, wanted, when):
    """Set the rules of a stage; `when`: the day and hour, and when scoring closes."""
    day, hour, closes_at = when
    rules = {**stage.rules, "ties": [f"criterion:{stage.criteria[0].key}"], **wanted}
    stages.change(stage, given={"title": stage.title, "closes_at": closes_at, "rules": rules}, version=stage.version,
                  actor=scene.organiser, now=scene.at(day, hour))


def _penguin(scene, *, now):
    """The special award, ranked by the same scores with shares of its own."""
    shares = {row.id: Decimal(share) for row, share in zip(scene.stage.criteria, PENGUIN_SHARES, strict=True)}
    special_awards.add(scene.stage, given={"name": PENGUIN, "description": COURAGE, "shares": shares}, key="", actor=scene.organiser, now=now)


def nominate(scene, *, day):
    """The organiser names the entries that can get the special award: the initiatives that failed and taught something."""
    failed = [entry.number for entry in scene.entries.values() if entry.initiative == "successfully_failed" and entry.number]
    award = scene.stage.special_awards[0]
    special_awards.limit(award, entries=failed, version=award.version, actor=scene.organiser, now=scene.at(day, 11))
