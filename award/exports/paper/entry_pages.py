"""What the pages of one entry show: the facts, the table of scores, the comments, two small charts."""

from dataclasses import dataclass
from statistics import fmean

from award.domain import criteria as scales
from award.domain.numbers import exact
from award.exports import sheet
from award.exports.figures import decimals
from award.exports.paper import charts
from award.exports.paper.words import (
    ALL_ENTRIES,
    BALLOT,
    dots_title,
    legend,
    MEAN_HEAD,
    SCORE,
    caption,
    strip_title,
    VALUE_HEAD,
)
from award.i18n import translate

ACROSS = 12  # jurors that fit side by side; more of them go down the page
WIDE = 8  # criteria that fit side by side
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

    @property
    def jurors(self):
        """Keys of the jurors who have to do with the entry, in the order of the jury."""
        involved = {j for (j, e) in (*self.pages.ballots, *self.pages.excluded, *self.pages.conflicts) if e == self.key}
        return [j for j in self.pages.jurors if j in involved]

    @property
    def counted(self):
        """Keys of the jurors whose ballots count."""
        return [
            j for j in self.jurors if (j, self.key) in self.pages.ballots and (j, self.key) not in self.pages.excluded
        ]

    @property
    def plain_mean(self):
        """Whether the score is the mean of the ballots and nothing else."""
        rules = self.pages.result["rulebook"]
        return (rules["method"], rules["order"]) == ("mean", "ballot")

    def cell(self, juror, criterion):
        """A score as it is printed, or the sign that stands for it; parentheses: the ballot does not count."""
        at = (juror, self.key)
        if criterion in sheet.inapplicable(self.pages.result, self.key):
            return INAPPLICABLE
        value = self.pages.ballots.get(at, {}).get(criterion)
        if value is None:
            return (
                RECUSED
                if at in self.pages.conflicts or self.pages.excluded.get(at) in ("conflict", "recusal")
                else MISSING
            )
        shown = self.pages.number(value, self.score_places)
        return f"({shown})" if at in self.pages.excluded else shown

    @property
    def score_places(self):
        return max((decimals(c["step"]) for c in self.pages.criteria if c.get("step")), default=0) or max(
            (
                decimals(v)
                for (_, e), b in self.pages.ballots.items()
                if e == self.key
                for v in b.values()
                if v is not None
            ),
            default=0,
        )

    def total(self, juror):
        """What the juror's ballot adds up to, in the units of the scores."""
        ballot = self.pages.ballots.get((juror, self.key))
        out = sheet.inapplicable(self.pages.result, self.key)
        value = ballot and sheet.total(
            {name: score for name, score in ballot.items() if name not in out}, self.pages.result
        )
        if self.cell(juror, self.pages.criteria[0]["name"]) == RECUSED:
            return RECUSED
        if value is None or (juror, self.key) in self.pages.excluded:
            return MISSING
        return self.pages.score(sheet.in_units(value, self.pages.result))

    def value(self, criterion):
        return self.pages.number((self.outcome["criteria"] or {}).get(criterion), max(2, self.score_places))

    def everyone(self, criterion):
        """The mean of all entries that have a value on the criterion."""
        known = [v for e in self.pages.result["entries"] if (v := (e["criteria"] or {}).get(criterion)) is not None]
        return fmean(known) if known else None

    def field(self, figure):
        """The mean of a figure over all entries that have it."""
        known = [e[figure] for e in self.pages.result["entries"] if e[figure] is not None]
        return self.pages.score(fmean(known) if known else None)

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
        blocks = [self.pages.criteria[i : i + WIDE] for i in range(0, len(self.pages.criteria), WIDE)]
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
                    self.two(self.everyone(c["name"])),
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
        if not self.plain_mean:
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
                (*(self.two(self.everyone(c["name"])) for c in block), *([self.field("raw_mean")] if last else [])),
                "f",
            )
        )
        if last and not self.plain_mean:
            rows.append((self.say(SCORE), (*("" for _ in block), self.pages.score(self.outcome["score"])), "final"))
        return Grid("juror", (*(c["shown"] for c in block), *tail), tuple(rows))

    def two(self, value):
        return self.pages.number(value, max(2, self.score_places))

    def signs(self):
        """The signs that the table uses, in order."""
        cells = {self.cell(j, c["name"]) for j in self.jurors for c in self.pages.criteria}
        found = [sign for sign in (RECUSED, MISSING, INAPPLICABLE) if sign in cells]
        return [*found, "()"] if any(c.startswith("(") for c in cells) else found

    def not_counted(self):
        """[(juror, cause code)] of ballots on this entry that do not count."""
        return [(j, self.pages.excluded[j, self.key]) for j in self.jurors if (j, self.key) in self.pages.excluded]

    def comments(self):
        """[(criterion as shown or "", [(juror, words)])] by criterion; the whole comes last."""
        said = [c for c in self.pages.report.jury.comments if c.entry == self.key]
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

    def dots(self):
        """The chart of scores by criterion; None where no ballot counts."""
        if not self.counted:
            return None
        rows = [
            self.dot_row(c)
            for c in self.pages.criteria
            if c["name"] not in sheet.inapplicable(self.pages.result, self.key)
        ]
        title = self.say(dots_title(self.pages.label(self.key), "; ".join(f"{row[0]} {row[4]}" for row in rows)))
        return charts.dots(rows, self.ticks(), tuple(self.say(one) for one in legend(len(self.pages.entries))), title)

    def dot_row(self, criterion):
        name = criterion["name"]
        values = [v for j in self.counted if (v := self.pages.ballots[j, self.key].get(name)) is not None]
        own = (self.outcome["criteria"] or {}).get(name)
        return (
            criterion["shown"],
            [self.place(criterion, v) for v in values],
            self.place(criterion, own),
            self.place(criterion, self.everyone(name)),
            self.value(name),
        )

    def place(self, criterion, value):
        """Where a score stands between the ends of the scale, 0..1: as on the common scale, or worst to best."""
        if value is None:
            return None
        low, high = criterion["scale"]
        if sheet.scale_of_all(self.pages.result):
            return (value - low) / (high - low)
        return float(scales.unit(sheet.criterion(criterion), exact(round(value, 6))))

    def ticks(self):
        common = sheet.scale_of_all(self.pages.result)
        if not common:
            return [(k / 4, self.pages.percent(k / 4)) for k in range(5)]
        low, high = common
        return [((v - low) / (high - low), self.pages.natural(v)) for v in charts.scale_ticks(low, high)]

    def strip(self):
        """The scores of all entries on one line; None where the entry has none or stands alone."""
        scores = [e["score"] for e in self.pages.result["entries"] if e["score"] is not None]
        if self.outcome["score"] is None or len(scores) < 2 or min(scores) == max(scores):
            return None
        step = charts.scale_ticks(min(scores), max(scores), 8)
        gap = step[1] - step[0] if len(step) > 1 else max(scores) - min(scores)
        low, high = step[0] - gap * (min(scores) < step[0]), step[-1] + gap * (max(scores) > step[-1])
        ticks = [(v, self.pages.natural(v)) for v in charts.scale_ticks(low, high, 10)]
        written = self.pages.score(self.outcome["score"])
        title = self.say(strip_title(len(scores), self.pages.label(self.key), written))
        return charts.strip(
            scores,
            (self.outcome["score"], self.pages.kind(self.key), f"{self.key}\u2002{written}"),
            (low, high, ticks),
            title,
        )
