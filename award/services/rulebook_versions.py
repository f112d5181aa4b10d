"""Versions of a stage's rules and of its result, two at a time: what changed, and both rankings side by side."""
import json
from collections import OrderedDict
from dataclasses import dataclass

from award.db import kept
from award.errors import Refused
from award.services import rankings, results, rulebooks

KEPT = 16
ASPECTS = ("share", "scale", "step", "threshold", "better", "decimals")


@dataclass(frozen=True)
class Side:
    """One version: `row` the frozen rules or result, `table` its rules under the keys of RULES.toml, `ranking` the result under them.

    `ranking` is None where these rules say nothing about the present ballots; `refused` then says why, a Text.
    """

    row: object
    table: dict
    ranking: dict | None
    refused: object = None


def of_rules(stage, row):
    """The Side of frozen rules on the ballots as they are now. Kept in memory as long as the round's history has not moved."""
    memory = kept("versions", OrderedDict)
    key = (stage.id, stage.round.sequence, row.id)
    if key not in memory:
        memory[key] = _ranked(stage, row)
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return Side(row, json.loads(row.body), *memory[key])


def of_result(row):
    """The Side of a frozen result."""
    document = results.body(row)
    return Side(row, document["rulebook"], document)


def _ranked(stage, row):
    try:
        return rankings.compute(stage, rulebooks.read(row)), None
    except Refused as refused:
        return None, refused.message


def criteria(before, after):
    """[(criterion, aspect, before, after)] of what differs between two tables of rules; aspect "criterion" for one that only one has.

    Shares are parts of the whole, so that 6 and 4 are the same as 60 and 40.
    """
    sides = [{one["name"]: _facts(one, table) for one in table["criterion"]} for table in (before, after)]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        old, new = (side.get(name) for side in sides)
        if old is None or new is None:
            yield name, "criterion", old, new
        else:
            yield from ((name, aspect, old[aspect], new[aspect]) for aspect in ASPECTS if old[aspect] != new[aspect])


def _facts(one, table):
    return one | {"share": one["share"] / sum(each["share"] for each in table["criterion"])}


def places(before, after):
    """[(line before, line after)] of two results, by entry, in the order of the second; None where a result lacks the entry."""
    old, new = ({line["entry"]: line for line in document["entries"]} for document in (before, after))
    return [(old.get(entry), new.get(entry)) for entry in dict.fromkeys((*new, *old))]


def moved(pairs):
    """Those of `places` whose rank differs."""
    return [pair for pair in pairs if _rank(pair[0]) != _rank(pair[1])]


def _rank(line):
    return line and line["rank"]


def ballots(before, after):
    """(exclusions that only the second result has, those that only the first has, whether the score sheets differ)."""
    old, new = ([(out["juror"], out["entry"], out["cause"]) for out in document["exclusions"]] for document in (before, after))
    return ([out for out in new if out not in old], [out for out in old if out not in new], before["sheet_sha256"] != after["sheet_sha256"])
