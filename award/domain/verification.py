"""Recomputing a result from the data inside it."""
import json
import math

from award.domain import first_form, result
from award.domain.canonical import canonical_json, sha256
from award.errors import Invalid, Refused
from award.i18n import text

LOOSE = ("software", "about")  # which version computed it, and what the application adds: no part of the calculation
PARTS = ("rulebook", "sheet", "sheet_sha256", "exclusions", "exclusions_sha256", "seed", "units", "entries")
NAMED = ("entry", "juror", "cause")
MISSING = object()
NEAR = 1e-7


def read(content):
    """The document in the bytes of a result file. Raises Invalid when they are not a complete result."""
    try:
        document = json.loads(content, object_pairs_hook=without_doubles)
        canonical_json(document)
    except (ValueError, RecursionError):
        raise Invalid(text("This file cannot be read as a result of Award.")) from None
    if not isinstance(document, dict) or document.get("format") != result.FORMAT:
        raise Invalid(text("This file is not a result of Award: its format is not %(format)s.", format=result.FORMAT))
    return document


def without_doubles(pairs):
    """The dict of key-value pairs; raises ValueError for a doubled key, behind which a second figure could hide."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError
    return values


def verify(document):
    """The first difference between a result and what its data give, as "place: in the file ≠ recomputed"; None: none.

    Raises Invalid when the document lacks what the calculation needs.
    """
    refuse_incomplete(document)
    for place, values, stated in checksums(document):
        if sha256(values) != stated:
            return difference(place, stated, sha256(values))
    try:
        rulebook, sheet, passed = result.inputs(document)
        found = result.compute(rulebook, sheet, exclusions=passed, facts=document.get("facts", []), seed=document["seed"],
                               units=document["units"], diagnostics=diagnosed(document))
    except Refused as refused:
        raise Invalid(text("The data in this file cannot be recomputed: %(fault)s", fault=refused.message)) from None
    found = first_form.first_form(found) if first_form.is_first_form(document) else found
    return first_difference(*(stripped(values) for values in (document, found)))


def diagnosed(document):
    """Whether a result has the figures on each juror; those of the application leave them to the chair."""
    jurors = document.get("jurors")
    return isinstance(jurors, list) and any(isinstance(one, dict) and "severity" in one for one in jurors)


def refuse_incomplete(document):
    """Raises Invalid when a part is missing or has the wrong shape."""
    try:
        named = {part: document[part] for part in PARTS}
        whole = isinstance(named["rulebook"].get("sha256"), str) and named["units"] in result.UNITS
        whole = whole and all(isinstance(one[key], str) for one in named["exclusions"] for key in NAMED)
        whole = whole and isinstance(document.get("facts", []), list)
    except (AttributeError, KeyError, TypeError):
        whole = False
    if not whole:
        raise Invalid(text("This result is incomplete: it lacks data that the calculation needs."))


def checksums(document):
    """(place, values, stated checksum) of the parts of a result that carry one."""
    rules = {key: value for key, value in document["rulebook"].items() if key != "sha256"}
    yield "rulebook.sha256", rules, document["rulebook"]["sha256"]
    yield "sheet_sha256", document["sheet"], document["sheet_sha256"]
    if "facts" in document:
        yield "facts_sha256", document["facts"], document.get("facts_sha256")
    yield "exclusions_sha256", result.passed(document["exclusions"]), document["exclusions_sha256"]


def stripped(document):
    """A result without what is no part of the calculation."""
    return {key: value for key, value in document.items() if key not in LOOSE}


def first_difference(given, found, place=""):
    """Where two JSON values first differ, in the order of the second, as "place: in the file ≠ recomputed", or None."""
    if isinstance(given, dict) and isinstance(found, dict):
        keys = [*found, *(key for key in given if key not in found)]
        pairs = [(f"{place}.{key}" if place else key, given.get(key, MISSING), found.get(key, MISSING)) for key in keys]
    elif isinstance(given, list) and isinstance(found, list) and len(given) == len(found):
        pairs = [(f"{place}[{i}]", *pair) for i, pair in enumerate(zip(given, found, strict=True))]
    else:
        return None if same(given, found) else difference(place, given, found)
    return next((seen for where, *pair in pairs if (seen := first_difference(*pair, where))), None)


def same(given, found):
    """Whether two JSON leaves are equal; true and 1 are not, and two floats are when they agree to seven decimals.

    Estimates (severity, λ, agreement) end in digits in which processors differ; exact scores stand beside their floats as fractions.
    """
    if isinstance(given, float) and isinstance(found, float):
        return math.isclose(given, found, rel_tol=NEAR, abs_tol=NEAR)
    return isinstance(given, bool) == isinstance(found, bool) and given == found


def difference(place, given, found):
    """A difference in words that fit every language: the place and both values as JSON, shortened."""
    return f"{place}: {shown(given)} ≠ {shown(found)}"


def shown(value):
    """A JSON value on one line of at most 80 characters; a dash for a part that is not there."""
    written = "–" if value is MISSING else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return written if len(written) <= 80 else written[:79] + "…"
