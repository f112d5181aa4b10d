"""A composed document: a frozen result and what surrounds it. Pure data, picked in one language, ready to travel.

The service composes it from the database, `from_result` from a result alone. Every key in it (juror, entry, criterion)
is the key that the result uses; what is shown to readers stands beside the key. Sections without data are left out.
"""

from dataclasses import dataclass, replace
from datetime import datetime

DISTINCTIONS = ("winner", "commended")
OUTCOMES = (*DISTINCTIONS, "goes_on", "stops")
VARIANTS = ("full", "public", "team")
JURORS = ("names", "codes")


@dataclass(frozen=True)
class Choice:
    """Which document, for whom, and what stands in it.

    `kind`: a key of `award.exports.paper.documents.DOCUMENTS`. `variant`: one of VARIANTS. `jurors`: "names", or "codes" where
    a juror stands as the data call them and the names are listed apart. `sections`: keys of the parts, () for all.
    `entry`: key of the one entry that the document is about or for, "" for none.
    """

    kind: str = "jury_report"
    variant: str = "full"
    jurors: str = "names"
    sections: tuple[str, ...] = ()
    entry: str = ""


@dataclass(frozen=True)
class Proof:
    """Where the document stands, how it can be checked. `frozen_at` is the time of the result, not of the render."""

    status: str = "final"  # draft | final
    frozen_at: datetime | None = None  # aware
    zone: str = "UTC"  # name of the zone in which times are shown
    history: str = ""  # head of the hash chain
    url: str = ""  # public page of the round

    def __post_init__(self):
        if self.frozen_at is not None and self.frozen_at.tzinfo is None:
            raise ValueError("frozen_at names its zone")


@dataclass(frozen=True)
class Heading:
    """What the cover and the running heads say."""

    programme: str
    round: str
    organiser: str = ""
    proof: Proof = Proof()


@dataclass(frozen=True)
class Anchor:
    """One step of a scale, in scale units, and the sentence that says what earns it."""

    value: float
    sentence: str


@dataclass(frozen=True)
class Criterion:
    """A criterion as readers see it; share, scale and threshold stand in the result's rulebook under `key`."""

    key: str
    name: str = ""
    description: str = ""
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Step:
    """How many entries were left after something: `name` says what, in the language of the document."""

    name: str
    entries: int


@dataclass(frozen=True)
class Process:
    """How the ranking came about. Counts that are not known are None and are not printed."""

    stage: str = ""
    criteria: tuple[Criterion, ...] = ()
    opened_at: datetime | None = None  # when the rulebook was frozen; aware
    received: int | None = None  # entries submitted in time
    eligible: int | None = None  # entries that met the conditions
    funnel: tuple[Step, ...] = ()  # from the entries received to the winners, over all stages


@dataclass(frozen=True)
class Juror:
    """A juror as readers see them; an empty name prints the key alone.

    `declared_at`: when the juror said which entries are a conflict of interest, if any; None where that is not known.
    """

    key: str
    name: str = ""
    organisation: str = ""
    chair: bool = False
    declared_at: datetime | None = None


@dataclass(frozen=True)
class Comment:
    """What a juror wrote on an entry, about one criterion ("" is about the whole)."""

    juror: str
    entry: str
    criterion: str
    words: str


@dataclass(frozen=True)
class Conflict:
    """A conflict of interest between a juror and an entry.

    `kind` is declared, organisation, domain, member or named; other words are printed as they are. `at`: when it was put on
    record; None where that is not known.
    """

    juror: str
    entry: str
    kind: str = "declared"
    at: datetime | None = None


@dataclass(frozen=True)
class Jury:
    """The people, what they wrote, and what kept them from judging.

    `members` lists the people without their keys, where no juror may be known by name.
    """

    jurors: tuple[Juror, ...] = ()
    comments: tuple[Comment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    members: tuple[Juror, ...] = ()


@dataclass(frozen=True)
class Team:
    """Who owns an entry."""

    name: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What the jury decided about an entry (one of OUTCOMES), why, and whether that departs from the ranking."""

    outcome: str
    reason: str = ""
    departs: bool = False


@dataclass(frozen=True)
class Said:
    """What the jury wrote about an entry, in paragraphs; "" where it wrote nothing in this language.

    `strengths` and `improvements` (points to improve) hold one point a line.
    """

    summary: str = ""
    strengths: str = ""
    improvements: str = ""
    motivation: str = ""


@dataclass(frozen=True)
class Answer:
    """What the team answered to a question of the call."""

    question: str
    words: str


@dataclass(frozen=True)
class Entry:
    """An entry as readers see it; its figures stand in the result under `key`.

    `summary` is the team's own; `said` is the jury's. `answers` are the texts of an entry whose team consents to publication
    (`consented`), for the magazine; they are left out of other documents. `language`: the one in which the team wrote, "" if unknown.
    """

    key: str
    title: str = ""
    team: Team = Team()
    summary: str = ""
    decision: Decision | None = None
    said: Said = Said()
    category: str = ""
    consented: bool = False
    answers: tuple[Answer, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Award:
    """A special award as readers see it, and what others can learn from it; its ranking stands in the result under `key`."""

    key: str
    name: str = ""
    description: str = ""
    lessons: str = ""


@dataclass(frozen=True)
class Event:
    """An act of the round's history that minutes tell, in the language of the document."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Earlier:
    """The result that this one replaces: its number, checksum and time, and what differs.

    `moved`: (entry, place before or None, place now or None). `why`: the reason of the new rulebook version, "" without one.
    """

    number: int
    sha256: str
    frozen_at: datetime
    moved: tuple[tuple[str, int | None, int | None], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Report:
    """A composed document. `result` is the frozen result: a dict in the format award-result/1."""

    heading: Heading
    process: Process
    jury: Jury
    entries: tuple[Entry, ...]
    result: dict
    choice: Choice = Choice()
    awards: tuple[Award, ...] = ()
    recommendations: str = ""  # of the jury, for the organiser and the next round
    earlier: Earlier | None = None
    events: tuple[Event, ...] = ()

    def chosen(self, **changes):
        """The same content under another choice."""
        return replace(self, choice=replace(self.choice, **changes))


def from_result(result, *, title, comments=()):
    """The report of a result about which nothing else is known (command line).

    `comments` holds (juror, entry, criterion, words) rows. Titles of entries are their keys; nobody is named twice.
    """
    return Report(
        heading=Heading(programme=title, round=""),
        process=Process(criteria=tuple(Criterion(c["name"]) for c in result["rulebook"]["criterion"])),
        jury=Jury(
            jurors=tuple(Juror(j["juror"]) for j in result["jurors"]),
            comments=tuple(Comment(*row) for row in comments if row[3].strip()),
        ),
        entries=tuple(Entry(e["entry"]) for e in result["entries"]),
        result=result,
    )
