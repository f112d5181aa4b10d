"""Reading a rulebook from RULES.toml or from the JSON inside a result. Every fault is listed, nothing is guessed."""
import tomllib
from decimal import Decimal

from award.domain.aggregation import METHODS
from award.domain.criteria import Criterion
from award.domain.facts import read
from award.domain.numbers import plain
from award.domain.reading import Reading
from award.domain.rulebook import BY_CRITERION, FIRSTS, NotApplicable, Rulebook, Special
from award.errors import FaultyInput
from award.i18n import text

KEYS = ("title", "method", "order", "trim", "lambda", "missing", "min_ballots", "ties", "top", "criterion",
        "not_applicable", "threshold", "cut", "margin", "budget", "carried", "unconnected", "special")
CRITERION_KEYS = ("name", "share", "scale", "step", "threshold", "better", "decimals")
CASE_KEYS = ("entry", "criterion", "reason")
SPECIAL_KEYS = ("name", "criterion", "entries")
SHARE_KEYS = ("name", "share")
UNCONNECTED = ("refuse", "within")
ORDERS = ("ballot", "criterion")
MISSING = ("strict", "renormalise")
BETTER = ("higher", "lower")


def parse_toml(content, *, name="RULES.toml"):
    """The Rulebook in the text or UTF-8 bytes of a TOML file. Raises FaultyInput; each fault begins with `name`."""
    return with_facts(content, name=name)[0]


def with_facts(content, *, name="RULES.toml"):
    """(Rulebook, facts as [{entry, …}]) in a TOML file: its rules, and what it says of entries as [[entry]]. Raises FaultyInput."""
    try:
        values = load(content)
        facts = values.pop("entry", [])
        if not isinstance(facts, list):
            raise FaultyInput([text('"%(key)s" must be written as [[%(key)s]], once for each', key="entry")])
        return from_dict(values), read(facts).to_list()
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
        threshold=given.number("threshold"),
        cut=given.whole("cut", None, least=1),
        margin=given.number("margin"),
        budget=given.number("budget"),
        carried=given.number("carried"),
        unconnected=given.choice("unconnected", UNCONNECTED),
        special=tuple(read_special(part, i, faults) for i, part in enumerate(given.tables("special"), 1)),
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


def read_special(values, place, faults):
    """One [[special]] as a Special; what is wrong with it is added to `faults`."""
    where = text("special award %(place)s", place=place)
    given = Reading(values, keys=SPECIAL_KEYS, where=where, faults=faults)
    rows = [Reading(part, keys=SHARE_KEYS, where=where, faults=faults) for part in given.tables("criterion")]
    shares = [(row.name("name"), row.number("share") if row.required("share") else None) for row in rows]
    for name in doubled([name for name, _share in shares]):
        given.fault(text('there are two criteria named "%(criterion)s"', criterion=name))
    return Special(name=given.name("name"), shares=dict(shares), entries=given.lines("entries") if "entries" in given.values else None)


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
    yield from method_contradictions(rulebook)
    yield from special_contradictions(rulebook)
    yield from line_contradictions(rulebook)
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


def method_contradictions(rulebook):
    """Where the method does not go with the order or with incomplete ballots, as Texts."""
    rule = METHODS[rulebook.method]
    if rulebook.order not in rule.orders:
        yield text('the method "%(method)s" works on whole ballots; use order = "ballot"', method=rule.key)
    if rulebook.missing not in rule.missing:
        yield text('the method "%(method)s" needs complete ballots; use missing = "strict"', method=rule.key)


def special_contradictions(rulebook):
    """What does not fit together in the special awards, as Texts."""
    for name in doubled([award.name for award in rulebook.special]):
        yield text('there are two special awards named "%(award)s"', award=name)
    for award in rulebook.special:
        for name in award.shares:
            if name not in rulebook.names:
                yield text('the special award "%(award)s" names "%(criterion)s", which is no criterion', award=award.name, criterion=name)
        if any(share < 0 for share in award.shares.values()) or sum(award.shares.values()) <= 0:
            yield text('the special award "%(award)s" needs at least one criterion with a share, and none below 0', award=award.name)


def line_contradictions(rulebook):
    """What is wrong with the overall threshold, margin, budget and carried share, as Texts."""
    for name in ("margin", "budget"):
        if getattr(rulebook, name) is not None and getattr(rulebook, name) <= 0:
            yield text('"%(key)s" must be above 0', key=name)
    if rulebook.carried is not None and not 0 < rulebook.carried < 100:
        yield text('"carried" is the share of the earlier stage in per cent, above 0 and below 100')
    if rulebook.threshold is None:
        return
    if any(criterion.better == "lower" for criterion in rulebook.criteria):
        yield text('a "threshold" for all criteria together needs criteria on which higher is better')
    highest = sum(criterion.high for criterion in rulebook.criteria)
    if not sum(criterion.low for criterion in rulebook.criteria) <= rulebook.threshold <= highest:
        yield text('the "threshold" for all criteria together is not between the sums of their scales; the highest is %(highest)s',
                   highest=plain(highest))


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

