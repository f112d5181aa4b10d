"""The rankings as they are printed: only the columns for which the result has figures and the page has room."""

from dataclasses import dataclass
from itertools import groupby

from award.domain import certainty_words
from award.exports import beside
from award.exports.paper import lines_page
from award.exports.paper.glyphs import BOLD, width
from award.i18n import text, translate

PLACELESS = {"below_threshold": text("Below a threshold: not ranked with the others"),
             "not_rankable": text("Without a place: that is not the same as last place")}
RANK, LEAST, PAGE = 30, 140, 471  # widths in points: of the place, of the entry at least, and of the page
COLUMNS = (46, 54, 62, 70, 78, 86)  # each has its class in the stylesheet


@dataclass(frozen=True)
class Column:
    """A column of figures: its head, its width, the writer of a cell from an entry of the result.

    `spare` says how soon it is left out where the page lacks room, the lowest first; 0 is never.
    """

    head: str
    width: int
    write: object
    spare: int = 0


@dataclass(frozen=True)
class Row:
    """An entry: place (with = where it is shared), label, team where it fits, figures; `above`: the sentences of a line drawn over it."""

    key: str
    rank: str
    label: str
    team: str
    wraps: bool
    cells: tuple
    above: tuple = ()


@dataclass(frozen=True)
class RankingPage:
    """Columns, then groups of (heading or None, rows): bands that the ballots cannot tell apart, then entries without a place."""

    columns: tuple
    groups: tuple


def ranking_page(pages):
    """The ranking of a report, grouped: ranked in bands, below the threshold, not rankable; with the cut line where there is one."""
    lines = pages.result["entries"]
    return page(pages, lines, columns(pages, lines, possible(pages)), lines_page.cut(pages))


def award_page(pages, award):
    """The ranking of one special award of the result: score, ballots, rank interval, chance of first."""
    lines = award["entries"]
    wanted = [*scored(pages), spread(pages), ballots(pages), *certain(pages, ["1"])]
    return page(pages, lines, columns(pages, lines, wanted))


def category_page(pages, name):
    """The ranking of one category of the result, with the scores of the main ranking; those without a place follow."""
    known, own = {line["entry"]: line for line in pages.result["entries"]}, pages.result["categories"][name]
    members = {fact["entry"] for fact in pages.result.get("facts", ()) if fact.get("category") == name}
    placed = [{**known[one["entry"]], **one, "group": None} for one in own]
    rest = [known[entry] for entry in known if entry in members - {one["entry"] for one in own} and known[entry]["status"] != "ranked"]
    lines = [*placed, *rest]
    return page(pages, lines, columns(pages, lines, [*scored(pages), *certain(pages, ["1"])]))


def page(pages, lines, kept, drawn=(None, ())):
    """The RankingPage of lines of the result with these columns; drawn: (entry, sentences of the line above it)."""
    room = PAGE - RANK - sum(column.width for column in kept) - 8
    entry, told = drawn
    groups = [(heading, tuple(_row(pages, line, kept, room, told if line["entry"] == entry else ()) for line in found))
              for heading, found in grouped(lines)]
    return RankingPage(kept, tuple(groups))


def columns(pages, lines, wanted):
    """The Columns of those wanted (head, what must be known, writer, spare) that have figures and room."""
    kept = [Column(said := translate(head, pages.language), column_width(said), write, spare)
            for head, known, write, spare in wanted if any(known(line) is not None for line in lines)]
    while sum(column.width for column in kept) > PAGE - RANK - LEAST and any(column.spare for column in kept):
        kept.remove(min((column for column in kept if column.spare), key=lambda column: column.spare))
    return tuple(kept)


def grouped(lines):
    """[(heading or None, entries of the result)]; there is no heading where the result does not tell bands."""
    ranked = [line for line in lines if line["status"] == "ranked"]
    for (group, band), rows in groupby(ranked, key=lambda line: (line.get("group"), line.get("band"))):
        found = list(rows)
        heading = None if band is None or len(ranked) < 2 else certainty_words.band(band, [line["rank"] for line in found])
        yield (heading if not group else in_group(group, heading)), found
    for status, heading in PLACELESS.items():
        if found := [line for line in lines if line["status"] == status]:
            yield heading, found


def in_group(number, heading):
    """The heading of a band in a group that is ranked by itself."""
    named = text("Group %(number)s, ranked by itself", number=number)
    return named if heading is None else text("%(group)s. %(band)s", group=named, band=heading)


def column_width(head):
    """The least width of a column in which no word of its head is broken."""
    longest = max(width(word, 8) for word in head.split()) * BOLD + 4
    return next((one for one in COLUMNS if one >= longest), COLUMNS[-1])


def possible(pages):
    """[(head, what must be known, writer, spare)] of every column a result may fill, in order."""
    tops = sorted({k for e in pages.result["entries"] for k in e.get("p_top") or {}}, key=int)
    raw = (lambda e: None) if pages.plain else _field("raw_mean")
    return [
        *scored(pages),
        (text("Score of this stage"), _field("own_score"), lambda e: pages.score(e["own_score"]), 0),
        (text("Score of the stage before"), _field("carried"), lambda e: pages.score(e["carried"]), 0),
        (text("Raw mean"), raw, lambda e: pages.score(e["raw_mean"]), 2),
        spread(pages),
        ballots(pages),
        *certain(pages, tops),
    ]


def scored(pages):
    """The column of the score."""
    return [(text("Score"), _field("score"), lambda e: pages.score(e["score"]), 0)]


def spread(pages):
    """The column of the spread."""
    return text("Spread"), _field("spread"), lambda e: pages.score(e["spread"]), 1


def ballots(pages):
    """The column of how many ballots count."""
    return text("Ballots"), _field("ballots"), lambda e: pages.number(e["ballots"]), 3


def certain(pages, tops):
    """The columns of the rank interval and of the chances to be among the first; that of the cut line is the last to go."""
    cut = str(((pages.result.get("lines") or {}).get("cut") or {}).get("places"))
    chances = [(beside.chance_of(k), lambda e, k=k: (e.get("p_top") or {}).get(k),
                lambda e, k=k: chance(pages, (e.get("p_top") or {}).get(k)), 5 if k == cut else 6 if k == tops[0] else 4) for k in tops]
    return [(text("Rank interval"), _field("rank_interval"), lambda e: interval(e.get("rank_interval")), 0), *chances]


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


def _row(pages, outcome, kept, room, above):
    key = outcome["entry"]
    label, team = pages.label(key), pages.entries[key].team.name
    taken = width(label, 9) + (width(pages.honour(key), 8) + 8 if pages.honour(key) else 0)
    return Row(
        key,
        pages.rank(outcome),
        label,
        team if team and taken + 8 + width(team, 8) <= room else "",
        taken > room,
        tuple(c.write(outcome) for c in kept),
        tuple(above),
    )
