"""A composed document as plain JSON values, so that it travels to the process that typesets, and back."""

from dataclasses import asdict
from datetime import datetime

from award.domain.report import (
    Anchor,
    Answer,
    Award,
    Choice,
    Comment,
    Conflict,
    Criterion,
    Decision,
    Earlier,
    Entry,
    Event,
    Heading,
    Juror,
    Jury,
    Process,
    Proof,
    Report,
    Said,
    Step,
    Team,
)


def to_dict(report):
    """The report as plain JSON values; `from_dict` gives an equal report back."""
    plain = asdict(report)
    plain["heading"]["proof"]["frozen_at"] = _iso(report.heading.proof.frozen_at)
    plain["process"]["opened_at"] = _iso(report.process.opened_at)
    for moment, found in (("at", plain["events"]), ("at", plain["jury"]["conflicts"]), ("declared_at", plain["jury"]["jurors"]),
                          ("declared_at", plain["jury"]["members"])):
        for one in found:
            one[moment] = _iso(one[moment])
    if report.earlier:
        plain["earlier"]["frozen_at"] = _iso(report.earlier.frozen_at)
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
                "funnel": _all(Step, process["funnel"]),
            }
        ),
        jury=Jury(_jurors(jury["jurors"]), _all(Comment, jury["comments"]),
                  tuple(Conflict(**{**one, "at": _time(one["at"])}) for one in jury["conflicts"]), _jurors(jury["members"])),
        entries=tuple(_entry(e) for e in plain["entries"]),
        result=plain["result"],
        choice=Choice(**{**plain["choice"], "sections": tuple(plain["choice"]["sections"])}),
        awards=_all(Award, plain["awards"]),
        recommendations=plain["recommendations"],
        earlier=plain["earlier"] and _earlier(plain["earlier"]),
        events=tuple(Event(_time(e["at"]), e["words"]) for e in plain["events"]),
    )


def _all(kind, plain):
    return tuple(kind(**one) for one in plain)


def _jurors(plain):
    return tuple(Juror(**{**one, "declared_at": _time(one["declared_at"])}) for one in plain)


def _criterion(plain):
    return Criterion(**{**plain, "anchors": _all(Anchor, plain["anchors"])})


def _earlier(plain):
    return Earlier(**{**plain, "frozen_at": _time(plain["frozen_at"]), "moved": tuple(map(tuple, plain["moved"]))})


def _entry(plain):
    team, decision = plain["team"], plain["decision"]
    return Entry(
        **{
            **plain,
            "team": Team(team["name"], tuple(team["organisations"])),
            "decision": Decision(**decision) if decision else None,
            "said": Said(**plain["said"]),
            "answers": _all(Answer, plain["answers"]),
        }
    )


def _iso(moment):
    return None if moment is None else moment.isoformat()


def _time(written):
    return None if written is None else datetime.fromisoformat(written)
