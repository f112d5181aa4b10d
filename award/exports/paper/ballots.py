"""The ballots of a report, found by entry, and the means of all entries: each is worked out once for all pages."""

from functools import cached_property
from statistics import fmean

from award.exports import sheet


class Ballots:
    """The part of Pages that is about ballots; it reads `result`, `entries`, `criteria` and `conflicts`."""

    @cached_property
    def ballots(self):
        return sheet.ballots(self.result)

    @cached_property
    def excluded(self):
        return sheet.excluded(self.result)

    @cached_property
    def counted(self):
        """The number of ballots that count."""
        return sum(e["ballots"] for e in self.result["entries"])

    @cached_property
    def ballots_on(self):
        """{entry: {juror: ballot}}, counted or not."""
        found = {key: {} for key in self.entries}
        for (juror, entry), ballot in self.ballots.items():
            found.setdefault(entry, {})[juror] = ballot
        return found

    @cached_property
    def involved(self):
        """{entry: the jurors who have to do with it}."""
        found = {key: set(given) for key, given in self.ballots_on.items()}
        for juror, entry in (*self.excluded, *self.conflicts):
            found.setdefault(entry, set()).add(juror)
        return found

    @cached_property
    def means(self):
        """{criterion: the mean of all entries that have a value on it}; None where none has."""
        return {c["name"]: mean((e["criteria"] or {}).get(c["name"]) for e in self.result["entries"]) for c in self.criteria}

    @cached_property
    def field_means(self):
        """{score or raw_mean: its mean over all entries that have it}."""
        return {figure: mean(e[figure] for e in self.result["entries"]) for figure in ("score", "raw_mean")}


def mean(values):
    """The mean of the values that are known, None without any."""
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
