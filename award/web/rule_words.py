"""The rules of a result in plain sentences. Each takes plain values of a result and gives a lazy text."""
from award.domain import reasons
from award.i18n import ntext, text
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


def ties(rulebook):
    """What happens when two scores are equal."""
    if not rulebook["ties"]:
        return text("Equal scores share a place. Nothing else separates them.")
    return text("Equal scores are separated by: %(steps)s. What is still equal shares a place.",
                steps=", ".join(frame.say(tie_step(step)) for step in rulebook["ties"]))


def tie_step(step):
    """One step of the tie chain."""
    if step.startswith("criterion:"):
        return text("the mean on %(criterion)s", criterion=step.removeprefix("criterion:"))
    return TIES.get(step, step)


def cause(exclusion):
    """Why a ballot does not count."""
    return reasons.cause(exclusion["cause"])


def why(line):
    """Why an entry has no place, in the page's language."""
    return " ".join(frame.say(reasons.reason(at)) for at in line["reasons"])
