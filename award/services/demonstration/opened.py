"""A small special award whose call is open: here the story of a team can be tried."""
from decimal import Decimal

from award.services import criteria, entries, fields, members, rounds
from award.services.demonstration import people, setting, teams, texts
from award.services.demonstration.scene import ZONE

OPTIONS = {"long_text": {"max_words": 200}, "file": {"types": ["application/pdf"], "max_mb": 10}}
SCALE = {"low": Decimal(0), "high": Decimal(5), "step": Decimal(1), "better": "higher", "threshold": None}


def opened(scene, programme):
    """A round set up by hand, its call open, some entries in, and a draft of the team that one can sign in as."""
    words = texts.read("opened")
    given = {"code": "PENGUIN", "title": words["title"], "languages": setting.LANGUAGES, "zone": ZONE, "preset": "",
             "opens_at": scene.at(-12, 8), "closes_at": scene.at(26, 17)}
    scene.round = rounds.create(programme, given=given, key="", actor=scene.organiser, now=scene.at(-20))
    scene.stage = scene.round.stages[0]
    _write(scene, given, words)
    rounds.open_call(scene.round, actor=scene.organiser, now=scene.at(-13, 16))
    teams.enter(scene, days=(-12, -1))
    _draft(scene, words["draft"])


def _write(scene, given, words):
    """The round's purpose, its questions, its criteria with their anchors."""
    texts_of_round = {name: value for name, value in given.items() if name != "preset"}
    rounds.change(scene.round, given={**texts_of_round, "purpose": words["purpose"]}, version=scene.round.version,
                  actor=scene.organiser, now=scene.at(-20, 10))
    for number, field in enumerate(words["field"]):
        asked = {**field, "required": field["kind"] != "file", "options": OPTIONS[field["kind"]]}
        fields.add(scene.round, given=asked, key="", actor=scene.organiser, now=scene.at(-20, 11 + number / 10))
    for number, criterion in enumerate(words["criterion"]):
        _weigh(scene, criterion, now=scene.at(-20, 12 + number / 10))


def _weigh(scene, criterion, *, now):
    words = {"name": criterion["name"], "description": criterion["description"]}
    given = {**words, "share": Decimal(criterion["share"]), **SCALE}
    row = criteria.add(scene.stage, given=given, key="", actor=scene.organiser, now=now)
    given["anchors"] = criterion["anchors"]
    criteria.change(row, given=given, version=row.version, actor=scene.organiser, now=now)


def _draft(scene, words):
    """An entry half written, with a colleague of another organisation who was invited and has not joined."""
    owner = people.known("team", now=scene.at(-3))
    columns = {"title": words["title"], "team": words["team"], "language": "nl", "initiative": "successfully_failed"}
    entry = entries.start(scene.round, wanted={**columns, "organisation": owner.organisation}, key="", actor=owner,
                          now=scene.at(-3, 14))
    columns["summary"] = words["summary"]
    answers = teams.answers(scene.round, {"long_text": [words["problem"]]})
    entries.save(entry, written=entries.Written(columns, answers, entry.version), actor=owner, now=scene.at(-3, 14.6))
    colleague = words["colleague"]
    members.invite(entry, invited={"email": people.address(colleague, "steun"), "name": colleague, "role": "editor",
                                   "organisation": people.called("steun", "nl")}, actor=owner, now=scene.at(-2, 10))
