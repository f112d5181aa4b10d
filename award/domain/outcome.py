"""One ranking inside a result: its entries with what stands beside each, as JSON-able values."""
from functools import cached_property

import numpy as np

from award.domain import criteria, evidence, lines, reasons, severity, stability
from award.domain.aggregation import METHODS
from award.domain.evidence import Field
from award.domain.measure import rounded
from award.domain.ties import places

BESIDE = dict.fromkeys(evidence.FIELDS)
NEAR = 1e-9
OF_CATEGORY = ("rank_interval", "p_top", "stable_without_any_juror", "moved_by", "band")


def by_category(rulebook, ranking, facts):
    """{category: {entry: Place}}: the ranked entries of each category by the same scores and tie chain, best first."""
    found, entries = {}, ranking.counted.sheet.entries
    at = {entry: e for e, entry in enumerate(entries)}
    scores = {one.entry: one.score for one in ranking.standings if one.rank and one.group in (None, 1)}
    for name in sorted(set(facts.categories.values())):
        own = {at[entry]: score for entry, score in scores.items() if facts.categories.get(entry) == name}
        among = places(rulebook, ranking.counted, ranking.plain, own)
        found[name] = {entries[e]: place for e, place in sorted(among.items(), key=lambda at: (at[1].rank, entries[at[0]]))}
    return found


class Outcome:
    """A Ranking, its measure, and what stands beside each rank; `facts` are those of the result."""

    def __init__(self, rulebook, ranking, facts, options):
        self.rulebook, self.ranking, self.facts, self.measure = rulebook, ranking, facts, options.measure
        self.at = {entry: e for e, entry in enumerate(ranking.counted.sheet.entries)}
        self.ranked = [one for one in ranking.standings if one.rank]
        self.groups = [[one for one in self.ranked if one.group == group] for group in dict.fromkeys(one.group for one in self.ranked)]
        self.categories = by_category(rulebook, ranking, facts)
        self.lines = tuple(sorted({*rulebook.top, *([rulebook.cut] if rulebook.cut else [])}))
        fields = [self.field([one.entry for one in group], [one.rank for one in group]) for group in self.groups]
        fields += [self.field(list(found), [place.rank for place in found.values()]) for found in self.categories.values()]
        self.studied = evidence.study(rulebook, ranking.counted, fields, earlier=self.earlier(), seed=options.seed)
        self.seed = options.seed

    def field(self, entries, ranks):
        """The Field of entries (names) in the order of their ranks."""
        return Field(entries=[self.at[entry] for entry in entries], ranks=ranks, lines=self.lines)

    def earlier(self):
        """The scores of the earlier stage, float (entries,), where they count; otherwise None."""
        if self.rulebook.carried is None:
            return None
        return np.array([float(self.facts.carried.get(entry, np.nan)) for entry in self.at])

    def entries(self):
        """The `entries` of a result."""
        beside = {e: figures for found in self.studied[:len(self.groups)] for e, figures in found.items()}
        cut = {entry: gap for group in self.groups for entry, gap in lines.to_cut(self.rulebook, group).items()}
        shares = self.first_under_shares(self.first_group)
        return [self.entry(one) | BESIDE | self.in_unit(beside.get(self.at[one.entry], {}))
                | {"to_cut": self.measure.shift(cut.get(one.entry)), "first_under_shares": shares.get(one.entry)}
                for one in self.ranking.standings]

    def in_unit(self, figures):
        """What stands beside an entry, with its score interval from low to high in the unit of the result."""
        ends = figures.get("score_interval")
        return figures if ends is None else figures | {"score_interval": sorted(map(self.measure.place, ends))}

    def entry(self, one):
        """One Standing as JSON-able values; `reason` is the English text of `reasons`, which hold codes and figures."""
        exact = METHODS[self.rulebook.method].exact and one.score is not None
        carried = self.rulebook.carried is not None
        return {
            "entry": one.entry,
            "status": one.status,
            "reason": " ".join(str(reasons.reason(values)) for values in one.reasons) or None,
            "reasons": list(one.reasons),
            "rank": one.place.rank,
            "tied": one.place.tied,
            "tie_broken_by": one.place.broken_by,
            "score": self.measure.point(one.score),
            "score_exact": str(one.score) if exact else None,
            "raw_mean": self.measure.point(one.raw_mean),
            "ballots": one.ballots,
            "spread": self.measure.distance(one.spread),
            "criteria": one.criteria,
            "group": one.group,
            "own_score": self.measure.point(one.own_score) if carried else None,
            "carried": self.measure.point(self.facts.carried.get(one.entry)) if carried else None,
        }

    def of_categories(self):
        """The `categories` of a result: {name: [{entry, rank, tied, …}]}; None where no entry has one."""
        if not self.categories:
            return None
        studied = zip(self.categories.items(), self.studied[len(self.groups):], strict=True)
        return {name: self.of_category(found, beside) for (name, found), beside in studied}

    def of_category(self, found, beside):
        """The entries of one category, {entry: Place} by rank, with what stands beside each."""
        shares = self.first_under_shares(list(found))
        return [{"entry": entry, "rank": place.rank, "tied": place.tied, **{key: beside[self.at[entry]][key] for key in OF_CATEGORY},
                 "first_under_shares": shares[entry]} for entry, place in found.items()]

    @cached_property
    def units(self):
        """u of each entry on each criterion, float (entries, criteria), NaN where it does not count: what the shares weigh.

        The values of the criteria under the rule; under the additive model corrected for severity at the λ of the whole ballots, so
        that their weighted sum is the score.
        """
        return severity.by_criterion(self.ranking.counted, self.rulebook) if self.rulebook.method == "additive" else self.plain_units()

    def plain_units(self):
        """u of the value of each criterion, float (entries, criteria), NaN where it does not count."""
        found = np.full((len(self.at), len(self.rulebook.criteria)), np.nan)
        for one in self.ranking.standings:
            for c, criterion in enumerate(self.rulebook.criteria):
                if (value := one.criteria[criterion.name]) is not None:
                    found[self.at[one.entry], c] = criteria.unit_float(criterion, value)
        return found

    def first_under_shares(self, entries):
        """{entry: part of all shares there could be under which it is first} among these entries (names)."""
        if not entries:
            return {}
        found = stability.first_under_any_shares(self.with_earlier(entries), seed=self.seed)
        return dict(zip(entries, map(rounded, found.tolist()), strict=True))

    def with_earlier(self, entries):
        """The units of these entries with the score of an earlier stage counted into each, as shares do not weigh it."""
        rows = [self.at[entry] for entry in entries]
        if self.rulebook.carried is None:
            return self.units[rows]
        part = float(self.rulebook.carried) / 100
        return (1 - part) * self.units[rows] + part * self.earlier()[rows, None]

    @property
    def basis(self):
        """Whether the figures on shares follow the rule itself ("method"), or the plain means of the criteria ("means")."""
        linear = self.rulebook.order == "criterion" or self.rulebook.method in ("mean", "additive")
        return "method" if linear else "means"

    @property
    def first_group(self):
        """The names of the ranked entries of the first group, by rank."""
        return [one.entry for one in self.groups[0]] if self.groups else []

    def weights(self, entries, *, alone):
        """The `weights` of a result: {criterion: {share, effective_share, winner_stable_from, winner_stable_to}}, of these entries.

        `entries` by rank; `alone`: whether nobody shares the first place. The last two figures are None where somebody does, or
        where another would be first by the criteria's values.
        """
        whole = sum(criterion.share for criterion in self.rulebook.criteria)
        shares = np.array([float(criterion.share / whole) for criterion in self.rulebook.criteria])
        effective = stability.effective_shares(self.units[[self.at[entry] for entry in entries]], shares) if entries else None
        values = self.with_earlier(entries) if entries else None
        stable = stability.stable_shares(values, shares, 0) if entries and alone and leads(values, shares) else None
        return {c.name: {"share": shares[i].item(), "effective_share": None if effective is None else rounded(effective[i]),
                         "winner_stable_from": None if stable is None else rounded(stable[i][0]),
                         "winner_stable_to": None if stable is None else rounded(stable[i][1])}
                for i, c in enumerate(self.rulebook.criteria)}


def leads(values, shares):
    """Whether the first entry is first by the criteria's values too, u float (entries, criteria)."""
    found = stability.scores(values, shares)
    return bool(found[0] >= np.nanmax(found) - NEAR)
