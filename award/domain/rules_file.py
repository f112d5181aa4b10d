"""Reading a rulebook from RULES.toml or from the JSON inside a result. Every fault is listed, nothing is guessed."""
import tomllib
from decimal import Decimal

from award.domain.aggregation import METHODS
from award.domain.criteria import Criterion
from award.domain.reading import Reading
from award.domain.rulebook import BY_CRITERION, FIRSTS, NotApplicable, Rulebook
from award.errors import FaultyInput
from award.i18n import text

KEYS = ("title", "method", "order", "trim", "lambda", "missing", "min_ballots", "ties", "top", "criterion",
        "not_applicable")
CRITERION_KEYS = ("name", "share", "scale", "step", "threshold", "better", "decimals")
CASE_KEYS = ("entry", "criterion", "reason")
ORDERS = ("ballot", "criterion")
MISSING = ("strict", "renormalise")
BETTER = ("higher", "lower")


def parse_toml(content, *, name="RULES.toml"):
    """The Rulebook in the text or UTF-8 bytes of a TOML file. Raises FaultyInput; each fault begins with `name`."""
    try:
        return from_dict(load(content))
    except FaultyInput as faulty:
        raise FaultyInput([text("%(file)s: %(fault)s", file=name, fault=fault) for fault in faulty.faults]) from None


def load(content):
    """The values in the text or bytes of a TOML file, decimals exact. Raises FaultyInput."""
    try:
        written = content if isinstance(content, str) else content.decode("utf-8-sig")
        return tomllib.loads(written, parse_float=Decimal)
    except UnicodeDecodeError:
        raise FaultyInput([text("the file is not UTF-8 text; save it again as UTF-8")]) from None
    except (ValueError, RecursionError) as fault:
        raise FaultyInput([text("this is not TOML: %(fault)s", fault=str(fault))]) from None


def from_dict(values):
    """The Rulebook under the keys of RULES.toml (`rulebook.to_dict` is the inverse); None counts as left out.

    Raises FaultyInput with every fault found.
    """
    faults = []
    given = Reading(values, keys=KEYS, where=text("rules"), faults=faults)
    rulebook = Rulebook(
        criteria=tuple(read_criterion(part, i, faults) for i, part in enumerate(given.tables("criterion"), 1)),
        title=given.line("title"),
        method=given.choice("method", tuple(METHODS)),
        order=given.choice("order", ORDERS),
        trim=given.whole("trim", 1),
        lam=read_lambda(given),
        missing=given.choice("missing", MISSING),
        min_ballots=given.whole("min_ballots", 1, least=1),
        ties=given.lines("ties"),
        top=given.wholes("top", (1, 3)),
        not_applicable=tuple(read_case(part, i, faults) for i, part in enumerate(given.tables("not_applicable"), 1)),
    )
    faults = faults or list(contradictions(rulebook))
    if faults:
        raise FaultyInput(faults)
    return rulebook


def read_criterion(values, place, faults):
    """One [[criterion]] as a Criterion; what is wrong with it is added to `faults`."""
    given = Reading(values, keys=CRITERION_KEYS, where=text("criterion %(place)s", place=place), faults=faults)
    name = given.name("name")
    share = given.number("share") if given.required("share") else None
    low, high = given.pair("scale")
    return Criterion(name=name, share=share, low=low, high=high,
                     step=given.number("step"), threshold=given.number("threshold"),
                     better=given.choice("better", BETTER), decimals=given.whole("decimals", None, most=6))


def read_case(values, place, faults):
    """One [[not_applicable]]; what is wrong with it is added to `faults`."""
    given = Reading(values, keys=CASE_KEYS, where=text("not_applicable %(place)s", place=place), faults=faults)
    return NotApplicable(entry=given.name("entry"), criterion=given.name("criterion"), reason=given.line("reason"))


def read_lambda(given):
    """How strongly jurors are shrunk: "reml", or a Fraction from 0; "reml" after a fault."""
    if given.values.get("lambda", "reml") == "reml":
        return "reml"
    found = given.number("lambda")
    if found is None or found < 0:
        given.fault(text('"lambda" must be "reml" or a number from 0'))
        return "reml"
    return found


def contradictions(rulebook):
    """What does not fit together in a rulebook whose values are each in order, as Texts."""
    if not rulebook.criteria:
        yield text("there is no criterion; write each as [[criterion]]")
        return
    for name in doubled(rulebook.names):
        yield text('there are two criteria named "%(criterion)s"', criterion=name)
    for criterion in rulebook.criteria:
        yield from criterion_contradictions(criterion)
    if sum(criterion.share for criterion in rulebook.criteria) <= 0:
        yield text("the shares add up to 0; at least one criterion must count")
    yield from tie_contradictions(rulebook)
    for case in rulebook.not_applicable:
        if case.criterion not in rulebook.names:
            yield text('not_applicable names "%(criterion)s", which is no criterion', criterion=case.criterion)


def criterion_contradictions(criterion):
    """What does not fit together in one criterion, as Texts."""
    if criterion.share < 0:
        yield text('the share of "%(criterion)s" is below 0', criterion=criterion.name)
    if criterion.step is not None and (criterion.step <= 0 or (criterion.high - criterion.low) % criterion.step):
        yield text('the step of "%(criterion)s" does not lead from the low to the high end of its scale',
                   criterion=criterion.name)
    if criterion.threshold is not None and not criterion.low <= criterion.threshold <= criterion.high:
        yield text('the threshold of "%(criterion)s" is not on its scale', criterion=criterion.name)


def tie_contradictions(rulebook):
    """What is wrong with the tie chain, as Texts."""
    known = [FIRSTS, *(BY_CRITERION + name for name in rulebook.names)]
    for step in rulebook.ties:
        if step not in known:
            yield text('the tie rule "%(step)s" is unknown; known are %(known)s', step=step[:80],
                       known=", ".join(known))
    for step in doubled(rulebook.ties):
        yield text('the tie rule "%(step)s" is written twice', step=step[:80])


def doubled(values):
    """The values that occur more than once, each once, sorted."""
    return sorted({value for value in values if values.count(value) > 1})

