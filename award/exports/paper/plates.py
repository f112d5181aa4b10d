"""Pages made to hang: what a certificate and a poster say, and how large, so that each stays on its one page."""
from dataclasses import dataclass, replace

from award.exports.paper import emblems, fields_page
from award.exports.paper.fitting import Set, first_sentence, fit, ladder, told
from award.i18n import text, translate

TEAM = ladder("lead-400", (17, 24), (14, 19), (11, 15), (9, 12))
CERTIFICATE = {"title": ladder("display-400", (54, 58), (46, 50), (38, 42), (31, 35), (25, 29), (20, 24), (16, 19), (13, 16)), "team": TEAM,
               "why": ladder("serif-400i", (12.5, 18), (11, 16), (9.5, 13.5))}
POSTER = {"title": ladder("display-400", (118, 118), (100, 102), (84, 88), (70, 74), (58, 62), (47, 52), (38, 43), (30, 35)),
          "team": ladder("lead-400", (28, 38), (22, 30), (17, 23)),
          "what": ladder("lead-400", (25, 36), (21, 30), (17.5, 25), (15, 21)),
          "why": ladder("serif-400i", (21, 31), (17.5, 26), (15, 22))}


@dataclass(frozen=True)
class Plate:
    """One page: the distinction, the title and the rest in the style in which each fits, the ornament."""

    key: str
    kind: Set
    title: Set
    team: Set
    what: Set | None
    why: Set
    rosette: object
    names: list


def distinctions(pages, key):
    """The names of what an entry has won: winner or commended, then each special award in which it stands first."""
    found = [pages.honour(key)] if pages.honour(key) else []
    return found + [named(pages, award) for award in fields_page.awards(pages)
                    if any(line["entry"] == key and line["rank"] == 1 for line in award["entries"])]


def named(pages, award):
    """What a special award of the result is called in the report."""
    return next((one.name for one in pages.report.awards if one.key == award["name"] and one.name), award["name"])


def honoured(pages):
    """Keys of the entries that have won something: winners, commended, then the firsts of special awards in order of number."""
    first = [entry.key for entry in pages.honours]
    return first + [key for key in pages.entries if key not in first and distinctions(pages, key)]


def certificates(pages):
    """One plate for each distinction of the chosen entry; of all entries where none is chosen."""
    chosen = [key for key in honoured(pages) if pages.choice.entry in ("", key)]
    return [certificate(pages, key, kind) for key in chosen for kind in distinctions(pages, key)]


def certificate(pages, key, kind):
    """The certificate of an entry for one distinction: 362 points wide, 282 high."""
    entry, room, left = pages.entries[key], 370, 268
    named_kind = fit(kind, room, 42, ladder("lead-400", (17, 21), (14, 18), (11, 14)))
    title = fit(pages.title(key), room, 168, CERTIFICATE["title"])
    team = fit(entry.team.name, room, 38, CERTIFICATE["team"])
    left -= named_kind.height + title.height + (team.height + 8 if entry.team.name else 0) + 18
    reason = why(entry) if kind == pages.honour(key) else ""
    said = quote(pages, reason, room, left, CERTIFICATE["why"])
    return Plate(key, named_kind, title, team, None, said, emblems.marked(pages, key, size=372), names(pages))


def posters(pages):
    """One plate for each winner."""
    return [poster(pages, entry.key) for entry in pages.honours if entry.decision.outcome == "winner"]


def poster(pages, key):
    """The poster of a winner on A3: 680 points wide."""
    entry, room = pages.entries[key], 690
    title = fit(pages.title(key), room, 380, POSTER["title"])
    team = fit(entry.team.name, room, 76, POSTER["team"])
    left = 600 - title.height - (team.height + 14 if entry.team.name else 0)
    sentence = first_sentence(entry.summary or entry.said.summary)
    what = told(sentence, 560, min(180, left / 2), POSTER["what"])
    said = quote(pages, why(entry), 520, min(250, left - what.height - 60), POSTER["why"])
    kind = fit(pages.honour(key), room, 40, ladder("lead-400", (30, 38), (22, 28)))
    return Plate(key, kind, title, team, what, said, emblems.marked(pages, key, size=820, colours=emblems.ON_CREAM, turned=True),
                 names(pages))


def names(pages):
    """Programme and round, without the stage: what is honoured is the round."""
    after = f" – {pages.report.process.stage}"
    return [name.removesuffix(after) if pages.report.process.stage else name for name in pages.names]


def why(entry):
    """The jury's motivation of an entry; the reason of its decision where it wrote none."""
    return entry.said.motivation or (entry.decision.reason if entry.decision else "")


def quote(pages, words, room, tall, styles):
    """As many whole sentences as fit the box, between the quotation marks of the language; an empty Set of no words or no room."""
    if not words or tall < styles[-1].leading:
        return Set("", styles[-1], 0)
    found = told(words, room - 14, tall, styles)
    return replace(found, words=translate(text("“%(words)s”", words=found.words), pages.language))


def signatures(pages):
    """[(name, office)] of those who sign: the chairs of the jury, then the organiser."""
    jury = pages.report.jury
    chairs = [juror.name for juror in (*jury.jurors, *jury.members) if juror.chair and juror.name]
    organiser = pages.heading.organiser or pages.heading.programme
    return [(name, text("Chair of the jury")) for name in chairs[:2]] + [(organiser, text("Organiser"))]
