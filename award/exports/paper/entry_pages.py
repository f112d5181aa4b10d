"""What the pages of one entry show: the facts, the table of scores, the comments."""

from dataclasses import dataclass
from functools import cached_property

from award.exports import sheet
from award.exports.figures import decimals
from award.exports.paper.glyphs import BOLD, width
from award.exports.paper.words import ALL_ENTRIES, BALLOT, MEAN_HEAD, SCORE, VALUE_HEAD, caption
from award.i18n import translate

ACROSS = 12  # jurors that fit side by side; more of them go down the page
WIDE, LEAST = 8, 3  # criteria that stand side by side at most, and at least
ROOM = 471 - 72  # points for the criteria and the ballot, side by side
MISSING, RECUSED, INAPPLICABLE = "–", "r", "n"


@dataclass(frozen=True)
class Grid:
    """A table of scores: what its first column holds, heads of the others, and rows of (head, cells, kind)."""

    corner: str
    heads: tuple
    rows: tuple


@dataclass(frozen=True)
class EntryPages:
    """One entry of a report."""

    pages: object
    key: str

    @property
    def outcome(self):
        return self.pages.outcomes[self.key]

    @cached_property
    def jurors(self):
        """Keys of the jurors who have to do with the entry, in the order of the jury."""
        involved = self.pages.involved[self.key]
        return [j for j in self.pages.jurors if j in involved]

    @cached_property
    def counted(self):
        """Keys of the jurors whose ballots count."""
        return [
            j for j in self.jurors if (j, self.key) in self.pages.ballots and (j, self.key) not in self.pages.excluded
        ]

    def cell(self, juror, criterion):
        """A score as it is printed, or the sign that stands for it; parentheses: the ballot does not count."""
        at = (juror, self.key)
        if criterion in self.inapplicable:
            return INAPPLICABLE
        value = self.pages.ballots.get(at, {}).get(criterion)
        if value is None:
            return (
                RECUSED
                if at in self.pages.conflicts or self.pages.excluded.get(at) in ("conflict", "recusal")
                else MISSING
            )
        shown = self.pages.number(value, self.places(criterion))
        return f"({shown})" if at in self.pages.excluded else shown

    def places(self, criterion):
        """Decimals of the scores on a criterion: those of its step, or as many as the scores on this entry have."""
        return self.decimals[criterion]

    @cached_property
    def inapplicable(self):
        return sheet.inapplicable(self.pages.result, self.key)

    @cached_property
    def decimals(self):
        """{criterion: how many decimals its scores have}."""
        given = self.pages.ballots_on[self.key].values()
        return {c["name"]: (decimals(c["step"]) if c.get("step") else 0)
                or max((decimals(v) for b in given if (v := b.get(c["name"])) is not None), default=0) for c in self.pages.criteria}

    def total(self, juror):
        """What the juror's ballot adds up to, in the units of the scores."""
        ballot = self.pages.ballots.get((juror, self.key))
        value = ballot and sheet.total(
            {name: score for name, score in ballot.items() if name not in self.inapplicable}, self.pages.result
        )
        if self.cell(juror, self.pages.criteria[0]["name"]) == RECUSED:
            return RECUSED
        if value is None or (juror, self.key) in self.pages.excluded:
            return MISSING
        return self.pages.score(sheet.in_units(value, self.pages.result))

    def value(self, criterion):
        return self.two((self.outcome["criteria"] or {}).get(criterion), criterion)

    def everyone(self, criterion):
        """The mean of all entries that have a value on the criterion."""
        return self.pages.means[criterion]

    def field(self, figure):
        """The mean of a figure over all entries that have it."""
        return self.pages.score(self.pages.field_means[figure])

    def say(self, message):
        return translate(message, self.pages.language)

    def caption(self):
        """On which scale the figures of the table stand."""
        common = sheet.scale_of_all(self.pages.result)
        scale = tuple(map(self.pages.natural, common)) if common else None
        return self.say(caption(scale, tuple(map(self.pages.natural, self.pages.ends))))

    def grids(self):
        """The table of scores: jurors across while they fit, otherwise down, a few criteria at a time."""
        if not self.jurors:
            return []
        if len(self.jurors) <= ACROSS:
            return [self.across()]
        longest = max(width(part, 8) for c in self.pages.criteria for part in c["shown"].split() or [""])
        across = max(LEAST, min(WIDE, int(ROOM // (BOLD * longest + 4)) - 1))
        blocks = [self.pages.criteria[i : i + across] for i in range(0, len(self.pages.criteria), across)]
        return [self.down(block, last=block is blocks[-1]) for block in blocks]

    @property
    def mean_head(self):
        return self.say(MEAN_HEAD if self.pages.result["rulebook"]["order"] == "ballot" else VALUE_HEAD)

    def across(self):
        heads = (*(self.pages.short[j] for j in self.jurors), self.mean_head, self.say(ALL_ENTRIES))
        rows = [
            (
                c["shown"],
                (
                    *(self.cell(j, c["name"]) for j in self.jurors),
                    self.value(c["name"]),
                    self.two(self.everyone(c["name"]), c["name"]),
                ),
                "",
            )
            for c in self.pages.criteria
        ]
        ballots = (
            *(self.total(j) for j in self.jurors),
            self.pages.score(self.outcome["raw_mean"]),
            self.field("raw_mean"),
        )
        rows.append((self.say(BALLOT), ballots, "total"))
        if not self.pages.plain:
            rows.append(
                (
                    self.say(SCORE),
                    (*("" for _ in self.jurors), self.pages.score(self.outcome["score"]), self.field("score")),
                    "final",
                )
            )
        return Grid("criterion", heads, tuple(rows))

    def down(self, block, *, last):
        """Jurors down the page; the totals stand in the last block only."""
        tail = (self.say(BALLOT),) if last else ()
        rows = [
            (self.pages.short[j], (*(self.cell(j, c["name"]) for c in block), *([self.total(j)] if last else [])), "")
            for j in self.jurors
        ]
        rows.append(
            (
                self.mean_head,
                (
                    *(self.value(c["name"]) for c in block),
                    *([self.pages.score(self.outcome["raw_mean"])] if last else []),
                ),
                "total",
            )
        )
        rows.append(
            (
                self.say(ALL_ENTRIES),
                (*(self.two(self.everyone(c["name"]), c["name"]) for c in block), *([self.field("raw_mean")] if last else [])),
                "f",
            )
        )
        if last and not self.pages.plain:
            rows.append((self.say(SCORE), (*("" for _ in block), self.pages.score(self.outcome["score"])), "final"))
        return Grid("juror", (*(c["shown"] for c in block), *tail), tuple(rows))

    def two(self, value, criterion):
        return self.pages.number(value, max(2, self.places(criterion)))

    def signs(self):
        """The signs that the table uses, in order."""
        cells = {self.cell(j, c["name"]) for j in self.jurors for c in self.pages.criteria}
        found = [sign for sign in (RECUSED, MISSING, INAPPLICABLE) if sign in cells]
        return [*found, "()"] if any(c.startswith("(") for c in cells) else found

    def not_counted(self):
        """[(jurors, cause code)] of ballots on this entry that do not count: one line for each cause."""
        causes = {}
        for juror in self.jurors:
            if (juror, self.key) in self.pages.excluded:
                causes.setdefault(self.pages.excluded[juror, self.key], []).append(self.pages.short[juror])
        return [(", ".join(jurors), cause) for cause, jurors in causes.items()]

    def comments(self):
        """[(criterion as shown or "", [(juror, words)])] by criterion; the whole comes last."""
        said = self.pages.remarks.get(self.key, ())
        order = [c["name"] for c in self.pages.criteria]
        names = [*order, *sorted({c.criterion for c in said} - {*order, ""}), ""]
        grouped = [
            (
                self.pages.criterion(n),
                [(self.pages.short.get(c.juror, c.juror), c.words) for c in said if c.criterion == n],
            )
            for n in names
        ]
        return [(name, words) for name, words in grouped if words]
