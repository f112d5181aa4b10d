"""What changed between two versions of the rules or of a result, in sentences."""
from award.i18n import ntext, said, text
from award.web import frame, rule_words

ASPECTS = {
    "share": text("%(criterion)s: share"),
    "scale": text("%(criterion)s: scale"),
    "step": text("%(criterion)s: step of the scale"),
    "threshold": text("%(criterion)s: threshold"),
    "better": text("%(criterion)s: which score is better"),
    "decimals": text("%(criterion)s: decimals of the mean"),
}
BETTER = {"higher": text("the higher"), "lower": text("the lower")}
NONE = text("none")


def changed(before, after, stage):
    """(sentences of the rules that only the first has, those that only the second has) of two tables of rules."""
    old, new = ([frame.say(line) for line in rule_words.rules(table, stage)] for table in (before, after))
    return [line for line in old if line not in new], [line for line in new if line not in old]


def aspect(name, criterion, stage):
    """What of a criterion changed."""
    called = rule_words.criterion(criterion, stage)
    return called if name == "criterion" else ASPECTS[name].filled(criterion=called)


def value(name, given):
    """What it was or is."""
    if given is None:
        return text("not a criterion") if name == "criterion" else NONE
    if name == "criterion":
        return text("share %(share)s", share=said("share", given["share"]))
    if name == "scale":
        return text("%(low)s to %(high)s", low=said("number", given[0]), high=said("number", given[1]))
    return BETTER[given] if name == "better" else said("share" if name == "share" else "number", given)


def move(before, after):
    """What became of an entry's place, from one ranking to the other."""
    old, new = (line and line["rank"] for line in (before, after))
    if not old and not new:
        return text("no place in either")
    if not old or not new:
        return text("has a place now") if new else text("no longer has a place")
    if old == new:
        return text("the same place")
    if new < old:
        return ntext("%(num)s place higher", "%(num)s places higher", old - new)
    return ntext("%(num)s place lower", "%(num)s places lower", new - old)


def outcome(moved, total):
    """How many entries change places."""
    if not moved:
        return text("Both give the same places.")
    return ntext("%(num)s of %(total)s entries changes its place.", "%(num)s of %(total)s entries change their places.", moved, total=total)
