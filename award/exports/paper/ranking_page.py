"""The ranking as it is printed: only the columns for which the result has figures."""

from dataclasses import dataclass

from award.exports.paper.glyphs import BOLD, width
from award.i18n import text, translate

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
    """Columns, then groups of (status, rows)."""

    columns: tuple
    groups: tuple


def ranking_page(pages):
    """The ranking of a report, grouped: ranked, below the threshold, not rankable."""
    kept = tuple(
        Column(said := translate(head, pages.language), column_width(said), write)
        for head, known, write in possible(pages)
        if any(known(e) is not None for e in pages.result["entries"])
    )
    room = 471 - RANK - sum(column.width for column in kept) - 8
    groups = (
        (status, tuple(_row(pages, e, kept, room) for e in pages.by_status(status)))
        for status in ("ranked", "below_threshold", "not_rankable")
    )
    return RankingPage(kept, tuple(group for group in groups if group[1]))


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
