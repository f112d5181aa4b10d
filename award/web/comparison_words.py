"""What the comparison of rules says, in sentences: who is first under how many rules, and what each rule is good for."""
from award.domain import pairwise, reasons
from award.domain.aggregation import METHODS
from award.i18n import ntext, text
from award.web import frame, rule_words

PAIRS = {
    "bradley_terry": text("Compares the entries two by two, juror by juror, and gives each a strength that explains who was put above whom. "
                          "For comparison only."),
    "schulze": text("Compares the entries two by two: one stands above another when most jurors, directly or through others, put it above. "
                    "For comparison only."),
    "kemeny": text("Looks for the one order that agrees with most comparisons of two entries by a juror. For comparison only, and up to twelve "
                   "entries."),
}
LABELS = {key: method.label for key, method in METHODS.items()} | pairwise.LABELS
ADVICE = rule_words.HINTS | PAIRS


def title(compared):
    """How it stands, in one sentence."""
    differing, rules = len(compared.differing()), len(compared.ranks)
    if not compared.ranks[compared.own]:
        return text("No entry has a place yet")
    if rules == 1:
        return text("Only the rule of this round says something")
    if compared.groups > 1:
        return _in_groups(differing, rules)
    return _agreed(compared) if not differing else _differing(compared, differing, rules)


def _agreed(compared):
    if len(compared.first(compared.own)) > 1:
        return text("All rules agree: the first place is shared")
    return text("All rules agree on the winner")


def _differing(compared, differing, rules):
    if any(compared.first(compared.own) & compared.first(rule) for rule in compared.differing()):
        return ntext("Under %(num)s of %(total)s rules the first place falls otherwise",
                     "Under %(num)s of %(total)s rules the first place falls otherwise", differing, total=rules)
    return ntext("Under %(num)s of %(total)s rules another entry is first", "Under %(num)s of %(total)s rules another entry is first",
                 differing, total=rules)


def _in_groups(differing, rules):
    if not differing:
        return text("All rules agree on who is first in each group")
    return ntext("Under %(num)s of %(total)s rules another entry is first in its group",
                 "Under %(num)s of %(total)s rules another entry is first in its group", differing, total=rules)


def cut(compared, line):
    """Whether the same entries go on under every rule; `line` is the cut line of the result. None where there is none to speak of."""
    if line is None or len(compared.ranks) == 1 or not compared.ranks[compared.own]:
        return None
    differing, places = len(compared.differing(line["places"])), line["places"]
    if not differing:
        return ntext("The first %(num)s goes on under all of them.", "The same first %(num)s go on under all of them.", places)
    return ntext("Under %(num)s of them other entries are above the cut line.", "Under %(num)s of them other entries are above the cut line.",
                 differing)


def silent(code):
    """Why a rule says nothing about these ballots."""
    return reasons.note(code)


def caution(code):
    """What a reader of these ranks should beware of."""
    return reasons.warning(code)


def listed(rules):
    """The names of rules one after another, in the page's language."""
    return ", ".join(frame.say(LABELS[rule]) for rule in rules)
