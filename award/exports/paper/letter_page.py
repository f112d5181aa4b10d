"""What a feedback letter shows: the fate of one entry, its averages beside those of the others, and what the jury wrote.

Nothing of another entry stands in it: of the others only a mean, from three entries on, and the middle half, from five on.
"""

from dataclasses import dataclass
from statistics import fmean, quantiles

from award.domain import criteria as scales
from award.domain.numbers import exact
from award.exports import sheet
from award.exports.paper import charts, entry_charts
from award.exports.paper.entry_pages import EntryPages
from award.exports.paper.letter_words import CALLED, COMPARED, KEYS, OPENINGS, PLAIN, TITLES, beside_title, key_title, mark_title, scale_title

FEW, SEVERAL = 3, 5  # entries from which a mean, and a middle half, say nothing about one of them
BAR, TALL, INSET = 186, 14, 5  # the drawing beside a criterion: width, height, room at its ends
MARK, MOST = 63, 12  # the ornament: its size, and the rays that it has room for


@dataclass(frozen=True)
class Beside:
    """One criterion of an entry beside the others: its name, scale where scales differ, chart, own mean and mean of the others."""

    name: str
    scale: str
    chart: object
    own: str
    others: str


@dataclass(frozen=True)
class LetterPages(EntryPages):
    """The letter to the team of one entry."""

    @property
    def entry(self):
        return self.pages.entries[self.key]

    @property
    def addressees(self):
        """The lines of the address: the team, and the organisations behind it, each once."""
        return list(dict.fromkeys(line for line in (self.entry.team.name, *self.entry.team.organisations) if line))

    @property
    def fate(self):
        """What became of the entry: its decision, else the state of its result; "" while neither says more."""
        if self.entry.decision:
            return self.entry.decision.outcome
        return {"below_threshold": "below", "not_rankable": "unranked"}.get(self.outcome["status"], "")

    @property
    def title(self):
        return TITLES.get(self.fate, TITLES[""])

    @property
    def opening(self):
        """The first sentences, with the title of the entry in them."""
        return OPENINGS.get(self.fate, OPENINGS[""]).filled(entry=self.pages.title(self.key))

    @property
    def public(self):
        """Whether the place of the entry may stand in the letter: it has one, and the result is final."""
        return self.outcome["rank"] is not None and self.pages.proof.status == "final"

    @property
    def within(self):
        """The places that 95 of 100 comparable juries would give, where they differ."""
        low, high = self.outcome.get("rank_interval") or (1, 1)
        return (low, high) if low < high else None

    @property
    def announces(self):
        """The sentence that says what follows overleaf."""
        said = self.entry.said
        wrote = bool(said.strengths and said.improvements), bool(said.strengths or said.improvements or said.motivation or self.remarks())
        kind = "both" if wrote[0] else "some" if wrote[1] else "figures"
        return COMPARED[kind, self.field_kind]

    @property
    def category(self):
        """The category within which the entry is compared: its own, where it holds enough entries; otherwise ""."""
        own = self._categories().get(self.key, "")
        return own if own and self._of(own) >= FEW else ""

    @property
    def field_kind(self):
        return "category" if self.category else "all" if len(self.pages.entries) >= FEW else "alone"

    @property
    def called(self):
        """What the others are called above their column."""
        return CALLED[self.field_kind]

    def _categories(self):
        """{entry: category} as the result has it, else as the report has it."""
        found = {fact["entry"]: fact["category"] for fact in self.pages.result.get("facts") or () if fact.get("category")}
        return found or {key: entry.category for key, entry in self.pages.entries.items() if entry.category}

    def _of(self, category):
        return sum(one == category for one in self._categories().values())

    def field_values(self, criterion):
        """The values of all entries that it is compared with on a criterion, its own among them."""
        known, wanted = self._categories(), self.category
        lines = [e for e in self.pages.result["entries"] if not wanted or known.get(e["entry"]) == wanted]
        return [value for e in lines if (value := (e["criteria"] or {}).get(criterion)) is not None]

    @property
    def criteria(self):
        """The criteria that apply to the entry and for which it has a value."""
        out, own = sheet.inapplicable(self.pages.result, self.key), self.outcome["criteria"] or {}
        return [c for c in self.pages.criteria if c["name"] not in out and own.get(c["name"]) is not None]

    def rows(self):
        """One Beside for each criterion of the entry."""
        return [self.row(c) for c in self.criteria]

    def row(self, criterion):
        name = criterion["name"]
        own, values = self.outcome["criteria"][name], self.field_values(name)
        mean = fmean(values) if len(values) >= FEW else None
        half = quantiles(values, method="inclusive")[::2] if len(values) >= SEVERAL else None
        written = self.two(own, name), self.two(mean, name)
        told = self.say(beside_title(written, [self.two(value, name) for value in half or ()]))
        places = [None if value is None else entry_charts.place(self, criterion, value) for value in (own, mean, *(half or ()))]
        scale = "" if sheet.scale_of_all(self.pages.result) else "–".join(map(self.pages.natural, criterion["scale"]))
        return Beside(criterion["shown"], scale, bar(places, [at for at, _ in self.ticks()], told), *written)

    def ticks(self):
        return entry_charts.ticks(self)

    def axis(self):
        """The scale above the bars."""
        ticks = self.ticks()
        marks = [charts.words((_x(at), 8), written, **{"text-anchor": "middle"}) for at, written in ticks]
        return charts.Chart(BAR, 10, self.say(scale_title(ticks[0][1], ticks[-1][1])), tuple(marks))

    def key_below(self):
        """What the marks mean; None where there is only the entry's own."""
        if self.field_kind == "alone":
            return None
        drawn = (_own, _mean, _half)[: 3 if any(len(self.field_values(c["name"])) >= SEVERAL for c in self.criteria) else 2]
        told = [self.say(one) for one in KEYS[: len(drawn)]]
        x, y, marks = 0, TALL / 2, []
        for said, draw in zip(told, drawn, strict=True):
            marks += [draw(x + 6, y), charts.words((x + 16, y + 3), said)]
            x += 16 + charts.width(said, 8) + 18
        return charts.Chart(charts.WIDE, TALL, self.say(key_title(told)), tuple(marks))

    def mark(self):
        """The ornament of the letter: one ray for each criterion, as long as the entry's own mean; None without any, or with too many."""
        own, kind = self.outcome["criteria"] or {}, self.pages.kind(self.key)
        rays = [(self._unit(c, own[c["name"]]), kind) for c in self.criteria]
        return charts.rosette(rays, self.say(mark_title(len(rays))), size=MARK) if 0 < len(rays) <= MOST else None

    @staticmethod
    def _unit(criterion, value):
        return float(scales.unit(sheet.criterion(criterion), exact(round(value, 6))))

    def remarks(self):
        """[(criterion or "", [words])] that jurors wrote, nobody named: only where the jury itself wrote no points.

        The words of each criterion stand in the order of the alphabet, so that their order tells nothing of who wrote them.
        """
        if self.entry.said.strengths or self.entry.said.improvements:
            return []
        return [(name, sorted(words for _juror, words in said)) for name, said in self.comments()]

    @property
    def plain_decision(self):
        """The decision as the letter says it."""
        return PLAIN.get(self.entry.decision.outcome) if self.entry.decision else None


def points(words):
    """The points of a text that holds one a line."""
    return [line.strip().lstrip("-–•* ").strip() for line in words.splitlines() if line.strip("-–•* \t")]


def bar(places, ticks, title):
    """A mark on a line: `places` are own, mean of the others, and the ends of their middle half, each 0..1 or None."""
    own, mean, *half = places
    y = TALL / 2
    marks = [charts.line((_x(at), 0), (_x(at), TALL), charts.PALE) for at in ticks]
    if half:
        left, right = sorted(map(_x, half))
        marks.append(_half((left + right) / 2, y, max(1, right - left)))
    if mean is not None:
        marks.append(_mean(_x(mean), y))
    return charts.Chart(BAR, TALL, title, (*marks, _own(_x(own), y)))


def _own(x, y):
    return charts.disc((x, y), 3.6, charts.GREEN)


def _mean(x, y):
    return charts.line((x, y - 5), (x, y + 5), charts.INK, 0.8)


def _half(x, y, wide=12):
    return charts.line((x - wide / 2, y), (x + wide / 2, y), "#c2d8cf", 7)


def _x(place):
    return INSET + (BAR - 2 * INSET) * min(1, max(0, place))
