"""The end of a round: reminders, lock, frozen result, decisions with their reasons, reports, publication."""
from award.services import decisions, publications, reminders, reports, results
from award.services.demonstration import texts
from award.services.demonstration.chance import one_of

LANGUAGES = ("nl", "fr", "de", "en")
NEAR = 12
"""Up to this place the jury discussed whether an entry should be commended."""


def reminder(scene):
    """The act of reminding the jurors who have ballots open."""
    def remind(now):
        reminders.send(scene.stage, actor=scene.organiser, now=now)
    return remind


def freeze(scene, *, day):
    """Lock the stage and freeze its result. Gives the result."""
    results.lock(scene.stage, actor=scene.organiser, now=scene.at(day, 10))
    return results.freeze(scene.stage, actor=scene.organiser, now=scene.at(day, 16))


def decide(scene, result, *, day):
    """Record what the jury decided on each entry, from first to last; the chosen ones as content/chosen.toml says."""
    chosen = texts.read("chosen")
    chair = next(row.user for row, _person in scene.jurors.values() if row.chair)
    for number, line in enumerate(decisions.of_result(result)):
        words = chosen.get(line.entry.title) or _stopping(line, scene.content)
        decisions.record(result, line.entry, outcome=words["outcome"], reason=words["reason"],
                         by=(chair, scene.at(day, 13 + number / 20)))


def _stopping(line, *about):
    """That an entry stops, with a reason that fits its place."""
    place = "near" if line.figures["rank"] and line.figures["rank"] <= NEAR else "stops"
    reasons = texts.read("comments")[place][line.entry.language]
    return {"outcome": "stops", "reason": one_of(reasons, *about, line.entry.number)}


def publish(scene, result, *, day):
    """Close the deliberation, ask for the reports in every language, publish, and mail the teams."""
    publications.conclude(result, actor=scene.organiser, now=scene.at(day, 9))
    for language in LANGUAGES:
        reports.request(result, language=language, actor=scene.organiser, now=scene.at(day, 10))
    publications.publish(scene.round, actor=scene.organiser, now=scene.at(day + 7, 11))
