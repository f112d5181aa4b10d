"""The end of a round: reminders, lock, frozen result, decisions with their reasons, reports, publication."""
from award.services import decisions, publications, reminders, reports, results, stages
from award.services.demonstration import texts
from award.services.demonstration.chance import one_of

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


def select(scene, result, *, day):
    """Let those above the cut line go on; a mention stands for an entry below it, as content/chosen.toml says. Concludes the stage."""
    chosen, line_at = texts.read("chosen"), scene.stage.rules["cut"]
    for number, line in enumerate(decisions.of_result(result)):
        below = chosen.get(line.entry.title) or _stopping(line, scene.content)
        above = line.figures["rank"] is not None and line.figures["rank"] <= line_at
        _record(scene, result, line, {"outcome": "goes_on", "reason": ""} if above else below, scene.at(day, 13 + number / 20))
    stages.decide(result, actor=scene.organiser, now=scene.at(day, 17))


def decide(scene, result, *, day):
    """Record what the jury decided on each entry, from first to last; the chosen ones as content/chosen.toml says."""
    chosen = texts.read("chosen")
    for number, line in enumerate(decisions.of_result(result)):
        words = chosen.get(line.entry.title) or _stopping(line, scene.content)
        _record(scene, result, line, words, scene.at(day, 13 + number / 20))


def _record(scene, result, line, words, now):
    """The chair records one decision."""
    chair = next(row.user for row, _person in scene.jurors.values() if row.chair)
    decisions.record(result, line.entry, outcome=words["outcome"], reason=words["reason"], by=(chair, now))


def _stopping(line, *about):
    """That an entry stops, with a reason that fits its place."""
    place = "near" if line.figures["rank"] and line.figures["rank"] <= NEAR else "stops"
    reasons = texts.read("comments")[place][line.entry.language]
    return {"outcome": "stops", "reason": one_of(reasons, *about, line.entry.number)}


def publish(scene, result, *, day):
    """Close the deliberation, ask for the full report in the first language of the round, publish, and mail the teams."""
    publications.conclude(result, actor=scene.organiser, now=scene.at(day, 9))
    reports.request(result, language=scene.round.languages[0], actor=scene.organiser, now=scene.at(day, 10))
    publications.publish(scene.round, actor=scene.organiser, now=scene.at(day + 7, 11))
