"""The jury as it is printed: names or codes, who kept away from what, and which ballots do not count."""

from collections import Counter
from functools import cached_property

from award.domain.report import Juror

CONFLICTS = ("conflict", "recusal")
SHORT = 4  # a key of a juror that fits a column of the score table


class People:
    """The part of Pages that is about jurors; it reads `report`, `result` and `excluded`."""

    @cached_property
    def jurors(self):
        """{key: Juror}: the chair first, then by key; jurors of the sheet that the report does not name come last."""
        told = {j.key: j for j in sorted(self.report.jury.jurors, key=lambda j: (not j.chair, j.key))}
        extra = [*(j["juror"] for j in self.result["jurors"]), *self.result["sheet"]["jurors"]]
        return told | {key: Juror(key) for key in extra if key not in told}

    def seat(self, juror):
        """The place of a juror in the order of the jury; those who are not in it come last."""
        order = list(self.jurors)
        return order.index(juror) if juror in order else len(order)

    @cached_property
    def short(self):
        """{key of a juror: what stands above a column}: the key where it is short, otherwise a number."""
        if all(len(key) <= SHORT for key in self.jurors):
            return {key: key for key in self.jurors}
        return {key: str(i) for i, key in enumerate(self.jurors, 1)}

    def person(self, key):
        """Short name and, where it says more, the key or the name of a juror."""
        shown = self.jurors[key].name or (key if self.short.get(key) != key else "") if key in self.jurors else key
        return "\u2002".join(part for part in (self.short.get(key, ""), shown) if part)

    @cached_property
    def conflicts(self):
        """{(juror, entry): kind} that kept jurors from judging: by juror, then by entry."""
        known = [c for c in self.report.jury.conflicts if c.juror]
        return {(c.juror, c.entry): c.kind for c in sorted(known, key=lambda c: (self.seat(c.juror), c.entry))}

    @property
    def conflict_count(self):
        """How many conflicts of interest there are, also where they are not told one by one."""
        return len(self.report.jury.conflicts)

    @property
    def people(self):
        """The jurors whose names are known: with their codes, or in order of name without them."""
        return self.report.jury.members or tuple(j for j in self.jurors.values() if j.name)

    @cached_property
    def causes(self):
        """[(cause, how many ballots do not count for it)], conflicts of interest left out."""
        return sorted(Counter(cause for cause in self.excluded.values() if cause not in CONFLICTS).items())

    @cached_property
    def remarks(self):
        """{entry: the comments on it}."""
        found = {}
        for comment in self.report.jury.comments:
            found.setdefault(comment.entry, []).append(comment)
        return found

    @cached_property
    def uncounted(self):
        """[(juror, entry, cause)] of ballots that do not count, apart from conflicts of interest: by juror, then by entry."""
        found = [(*at, cause) for at, cause in self.excluded.items() if at not in self.conflicts]
        return sorted(found, key=lambda one: (self.seat(one[0]), one[1]))
