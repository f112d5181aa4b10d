"""A composed document: a frozen result and what surrounds it. Pure data, picked in one language, ready to travel.

The service composes it from the database, `from_result` from a result alone. Every key in it (juror, entry, criterion)
is the key that the result uses; what is shown to readers stands beside the key. Sections without data are left out.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

DISTINCTIONS = ("winner", "commended")
OUTCOMES = (*DISTINCTIONS, "goes_on", "stops")


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
class Process:
    """How the ranking came about. Counts that are not known are None and are not printed."""

    stage: str = ""
    criteria: tuple[Criterion, ...] = ()
    opened_at: datetime | None = None  # when the rulebook was frozen; aware
    received: int | None = None  # entries submitted in time
    eligible: int | None = None  # entries that met the conditions


@dataclass(frozen=True)
class Juror:
    """A juror as readers see them; an empty name prints the key alone."""

    key: str
    name: str = ""
    organisation: str = ""
    chair: bool = False


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

    `kind` is declared, organisation, domain, member or named; other words are printed as they are.
    """

    juror: str
    entry: str
    kind: str = "declared"


@dataclass(frozen=True)
class Jury:
    """The people, what they wrote, and what kept them from judging."""

    jurors: tuple[Juror, ...] = ()
    comments: tuple[Comment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


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
class Entry:
    """An entry as readers see it; its figures stand in the result under `key`."""

    key: str
    title: str = ""
    team: Team = Team()
    summary: str = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class Report:
    """A composed document. `result` is the frozen result: a dict in the format award-result/1."""

    heading: Heading
    process: Process
    jury: Jury
    entries: tuple[Entry, ...]
    result: dict


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


def to_dict(report):
    """The report as plain JSON values; `from_dict` gives an equal report back."""
    plain = asdict(report)
    plain["heading"]["proof"]["frozen_at"] = _iso(report.heading.proof.frozen_at)
    plain["process"]["opened_at"] = _iso(report.process.opened_at)
    return plain


def from_dict(plain):
    """The report that `to_dict` wrote. Raises KeyError or TypeError when a part is missing or unknown."""
    heading, process, jury = plain["heading"], plain["process"], plain["jury"]
    proof = heading["proof"]
    return Report(
        heading=Heading(**{**heading, "proof": Proof(**{**proof, "frozen_at": _time(proof["frozen_at"])})}),
        process=Process(
            **{
                **process,
                "opened_at": _time(process["opened_at"]),
                "criteria": tuple(_criterion(c) for c in process["criteria"]),
            }
        ),
        jury=Jury(
            jurors=tuple(Juror(**j) for j in jury["jurors"]),
            comments=tuple(Comment(**c) for c in jury["comments"]),
            conflicts=tuple(Conflict(**c) for c in jury["conflicts"]),
        ),
        entries=tuple(_entry(e) for e in plain["entries"]),
        result=plain["result"],
    )


def _criterion(plain):
    return Criterion(**{**plain, "anchors": tuple(Anchor(**a) for a in plain["anchors"])})


def _entry(plain):
    team, decision = plain["team"], plain["decision"]
    return Entry(
        **{
            **plain,
            "team": Team(team["name"], tuple(team["organisations"])),
            "decision": Decision(**decision) if decision else None,
        }
    )


def _iso(moment):
    return None if moment is None else moment.isoformat()


def _time(written):
    return None if written is None else datetime.fromisoformat(written)
