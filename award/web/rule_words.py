"""The rules of a result in plain sentences. Each takes plain values of a result and gives a lazy text."""
from award.domain import reasons
from award.domain.rulebook import BY_CRITERION
from award.i18n import ntext, said, text
from award.web import frame

METHODS = {
    "mean": text("An entry’s score is the mean of its ballots: one juror, one voice."),
    "median": text("An entry’s score is the median of its ballots: the one in the middle, or the mean of the middle two."),
}
TIES = {"firsts": text("the number of first places")}


def rule(rulebook):
    """How ballots become a score."""
    if rulebook["method"] == "trimmed_mean":
        return ntext("The highest and the lowest ballot are left out. An entry’s score is the mean of the others.",
                     "The %(num)s highest and the %(num)s lowest ballots are left out. An entry’s score is the mean of the others.",
                     rulebook["trim"])
    return METHODS.get(rulebook["method"], rulebook["method"])


def ties(rulebook, stage):
    """What happens when two scores are equal; criteria by their names in the stage."""
    if not rulebook["ties"]:
        return text("Equal scores share a place. Nothing else separates them.")
    return text("Equal scores are separated by: %(steps)s. What is still equal shares a place.",
                steps=", ".join(frame.say(tie_step(step, stage)) for step in rulebook["ties"]))


def tie_step(step, stage):
    """One step of the tie chain."""
    if step.startswith(BY_CRITERION):
        return text("the mean on %(criterion)s", criterion=criterion(step.removeprefix(BY_CRITERION), stage))
    return TIES.get(step, step)


def criterion(key, stage):
    """The name of a criterion of the stage, by its key in the rules, in the reader's language; the key where it is gone."""
    name = next((row.name for row in stage.criteria if row.key == key), {})
    return frame.say(said("words", name, stage.round.languages)) or key


def cause(exclusion):
    """Why a ballot does not count."""
    return reasons.cause(exclusion["cause"])


def why(line, stage):
    """Why an entry has no place, in the page's language."""
    return " ".join(frame.say(reasons.reason(_named(at, stage))) for at in line["reasons"])


def _named(at, stage):
    return at | {"criterion": criterion(at["criterion"], stage)} if "criterion" in at else at
