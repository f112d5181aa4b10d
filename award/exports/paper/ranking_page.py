"""The ranking as it is printed: only the columns for which the result has figures."""

from dataclasses import dataclass
from itertools import groupby

from award.domain import certainty_words
from award.exports.paper.glyphs import BOLD, width
from award.i18n import text, translate

PLACELESS = {"below_threshold": text("Below a threshold: not ranked with the others"),
             "not_rankable": text("Without a place: that is not the same as last place")}
RANK = 30  # widths in points; the entry takes the rest of 471
COLUMNS = (46, 54, 62, 70, 78, 86)  # each has its class in the stylesheet


@dataclass(frozen=True)
class Column:
    """A column of figures: its head, its width and the writer of a cell from an entry of the result."""

    head: str
    width: int
    write: object


@dataclass(frozen=True)
class Row:
    """An entry: place (with = where it is shared), label, team where it fits, distinction, figures."""

    key: str
    rank: str
    label: str
    team: str
    wraps: bool
    cells: tuple


@dataclass(frozen=True)
class RankingPage:
    """Columns, then groups of (heading or None, rows): bands that the ballots cannot tell apart, then entries without a place."""

    columns: tuple
    groups: tuple


def ranking_page(pages):
    """The ranking of a report, grouped: ranked in bands, below the threshold, not rankable."""
    kept = tuple(
        Column(said := translate(head, pages.language), column_width(said), write)
        for head, known, write in possible(pages)
        if any(known(e) is not None for e in pages.result["entries"])
    )
    room = 471 - RANK - sum(column.width for column in kept) - 8
    groups = [(heading, tuple(_row(pages, e, kept, room) for e in lines)) for heading, lines in grouped(pages)]
    return RankingPage(kept, tuple(groups))


def grouped(pages):
    """[(heading or None, entries of the result)]; there is no heading where the result does not tell bands."""
    ranked = pages.by_status("ranked")
    for (group, band), found in groupby(ranked, key=lambda line: (line.get("group"), line.get("band"))):
        lines = list(found)
        heading = None if band is None or len(ranked) < 2 else certainty_words.band(band, [line["rank"] for line in lines])
        yield (heading if not group else in_group(group, heading)), lines
    for status, heading in PLACELESS.items():
        if lines := pages.by_status(status):
            yield heading, lines


def in_group(number, heading):
    """The heading of a band in a group that is ranked by itself."""
    named = text("Group %(number)s, ranked by itself", number=number)
    return named if heading is None else text("%(group)s. %(band)s", group=named, band=heading)


def column_width(head):
    """The least width of a column in which no word of its head is broken."""
    longest = max(width(word, 8) for word in head.split()) * BOLD + 4
    return next((one for one in COLUMNS if one >= longest), COLUMNS[-1])


def possible(pages):
    """[(head, what must be known, writer)] of every column a result may fill, in order."""
    rules = pages.result["rulebook"]
    plain = (rules["method"], rules["order"]) == ("mean", "ballot")
    tops = sorted({k for e in pages.result["entries"] for k in e.get("p_top") or {}}, key=int)
    return [
        (text("Score"), _field("score"), lambda e: pages.score(e["score"])),
        (text("Raw mean"), (lambda e: None) if plain else _field("raw_mean"), lambda e: pages.score(e["raw_mean"])),
        (text("Spread"), _field("spread"), lambda e: pages.score(e["spread"])),
        (text("Ballots"), _field("ballots"), lambda e: pages.number(e["ballots"])),
        (text("Rank interval"), _field("rank_interval"), lambda e: interval(e.get("rank_interval"))),
        *(
            (
                text("Chance of top %(k)s", k=k),
                lambda e, k=k: (e.get("p_top") or {}).get(k),
                lambda e, k=k: chance(pages, (e.get("p_top") or {}).get(k)),
            )
            for k in tops
        ),
    ]


def _field(name):
    return lambda entry: entry.get(name)


def interval(ends):
    """2–5, or 1 where both ends are the same."""
    if not ends:
        return ""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def chance(pages, part):
    """A chance in whole percent; never 0 or 100 where it is only near."""
    if part is None:
        return ""
    if 0 <= part < 0.01:
        return "<" + pages.percent(0.01)
    return ">" + pages.percent(0.99) if 0.99 < part <= 1 else pages.percent(part)


def _row(pages, outcome, columns, room):
    key = outcome["entry"]
    label, team = pages.label(key), pages.entries[key].team.name
    taken = width(label, 9) + (width(pages.honour(key), 8) + 8 if pages.honour(key) else 0)
    return Row(
        key,
        pages.place(key),
        label,
        team if team and taken + 8 + width(team, 8) <= room else "",
        taken > room,
        tuple(c.write(outcome) for c in columns),
    )
