"""A result under every rule: which rules say something, where they agree, and what another one would change."""
from dataclasses import dataclass

from award.domain import pairwise, result
from award.domain.aggregation import METHODS


@dataclass(frozen=True)
class Comparison:
    """The ranks of the ranked entries under each rule, {rule: {entry: rank}}, the official rule first; `silent` {rule: code of why not}.

    `groups` is the number of groups that are ranked each by itself; 1 where all entries stand in one ranking.
    """

    ranks: dict
    silent: dict
    groups: int

    @property
    def own(self):
        """The official rule."""
        return next(iter(self.ranks))

    def first(self, rule, places=1):
        """The entries on the first `places` places under a rule, a set."""
        return {entry for entry, rank in self.ranks[rule].items() if rank is not None and rank <= places}

    def differing(self, places=1):
        """The rules under which other entries stand on the first `places` places than under the official rule."""
        official = self.first(self.own, places)
        return [rule for rule in self.ranks if self.first(rule, places) != official]

    def leaders(self):
        """{entry: rules under which it is first, alone or with others}, the official first entry first."""
        found = {}
        for rule in self.ranks:
            for entry in sorted(self.first(rule)):
                found.setdefault(entry, []).append(rule)
        return found


def read(document):
    """The Comparison in a result. Results of the first version hold none: it is computed from what they do hold."""
    if document.get("comparison") is None:
        document = _again(document)
    own, notes = document["rulebook"]["method"], document["comparison_notes"]
    official = {line["entry"]: line["rank"] for line in document["entries"] if line["rank"]}
    others = {rule: document["comparison"][rule] for rule in (*METHODS, *pairwise.RULES) if rule != own}
    saying = {rule: ranks for rule, ranks in others.items() if ranks is not None and any(ranks.values())}
    groups = {line["group"] for line in document["entries"] if line["rank"] and line["group"]}
    return Comparison(ranks={own: official} | saying,
                      silent={rule: notes.get(rule, "refused") for rule in others if rule not in saying}, groups=len(groups) or 1)


def _again(document):
    rules, sheet, passed = result.inputs(document)
    return result.compute(rules, sheet, exclusions=passed, facts=document.get("facts", ()), diagnostics=False)
