"""What must be in order before a round or a stage takes its next step. Each check says what it found, in words."""

from dataclasses import dataclass
from datetime import datetime

from award.domain.anchors import written
from award.domain.criteria import Criterion
from award.errors import Refused
from award.i18n import Text, ntext, text

READY, UNDER_WAY, LOOK, MISSING = "ready", "under_way", "look", "missing"


@dataclass(frozen=True)
class Check:
    """One line of the list. `state`: ready, under_way (time will do it), look (may stay), missing (stops the step).

    `place` names the page where it is mended: round, fields, criteria, rules, stage, screenings, jurors, assignments, progress.
    """

    key: str
    title: Text
    finding: Text | str
    state: str
    place: str = ""


@dataclass(frozen=True)
class Plan:
    """A round as set up. `texts` are {language: text} dicts that entrants read; `anchors` (scores' sentences) follow `criteria`."""

    languages: tuple[str, ...]
    closes_at: datetime
    purpose: dict
    texts: tuple[dict, ...]
    fields: int
    criteria: tuple[Criterion, ...]
    anchors: tuple[dict, ...]
    faults: tuple[Text, ...] = ()
    stage: bool = True


def missing(checks):
    """The checks that stop the next step, as a list."""
    return [check for check in checks if check.state == MISSING]


def passed(checks):
    """How many of the checks are ready, an int."""
    return sum(check.state == READY for check in checks)


def require(checks):
    """Pass when nothing is missing. Raises Refused with the first thing that is, and how many more there are."""
    found = missing(checks)
    if len(found) == 1:
        raise Refused(text("Not possible yet. %(check)s: %(finding)s.", check=found[0].title, finding=found[0].finding))
    if found:
        raise Refused(
            ntext(
                "Not possible yet. %(check)s: %(finding)s. One more check fails.",
                "Not possible yet. %(check)s: %(finding)s. %(num)s more checks fail.",
                len(found) - 1,
                check=found[0].title,
                finding=found[0].finding,
            )
        )


def before_call(plan, *, now):
    """The checks of a Plan before its call can open, as a list of Check."""
    return [
        _purpose(plan),
        _dates(plan, now),
        _form(plan),
        _criteria(plan),
        shares(plan.criteria),
        _anchors(plan),
        _rules(plan),
        _languages(plan),
    ]


def _purpose(plan):
    there = any((words or "").strip() for words in plan.purpose.values())
    return Check(
        "purpose",
        text("The purpose is written"),
        text("entrants read it on the page of the call") if there else text("nothing is written yet"),
        READY if there else MISSING,
        "round",
    )


def _dates(plan, now):
    days = (plan.closes_at - now).days
    if plan.closes_at <= now:
        return Check("dates", text("The deadline lies ahead"), text("the deadline has passed"), MISSING, "round")
    return Check(
        "dates",
        text("The deadline lies ahead"),
        ntext("in %(num)s day", "in %(num)s days", days) if days else text("in less than a day"),
        READY if days else LOOK,
        "round",
    )


def _form(plan):
    finding = ntext("%(num)s question", "%(num)s questions", plan.fields) if plan.fields else text("no question yet")
    return Check("form", text("The entry form asks something"), finding, READY if plan.fields else MISSING, "fields")


def _criteria(plan):
    count = len(plan.criteria)
    if not plan.stage:
        return Check("criteria", text("The jury has criteria"), text("there is no stage to score in"), MISSING)
    finding = ntext("%(num)s criterion", "%(num)s criteria", count) if count else text("no criterion yet")
    return Check("criteria", text("The jury has criteria"), finding, READY if count else MISSING, "criteria")


def shares(criteria):
    """The check that the shares of domain criteria can be worked out, and make 100 %."""
    total = sum(criterion.share for criterion in criteria)
    if not total:
        return Check("shares", text("Shares make 100%"), text("no criterion counts yet"), MISSING, "criteria")
    figures = ", ".join(str(round(100 * criterion.share / total)) for criterion in criteria)
    return Check("shares", text("Shares make 100%"), figures, READY, "criteria")


def _anchors(plan):
    counts = [
        written(given, criterion, language=plan.languages[0])
        for given, criterion in zip(plan.anchors, plan.criteria, strict=True)
    ]
    lacking = sum(wanted - done for done, wanted in counts)
    if not counts:
        return Check("anchors", text("Every step says what earns it"), text("no criterion yet"), LOOK, "criteria")
    finding = (
        ntext("%(num)s step has no sentence", "%(num)s steps have no sentence", lacking)
        if lacking
        else text("each step of each scale has its sentence")
    )
    return Check("anchors", text("Every step says what earns it"), finding, LOOK if lacking else READY, "criteria")


def _rules(plan):
    finding = plan.faults[0] if plan.faults else text("how the result is reckoned is complete")
    return Check(
        "rules", text("The rules fit together"), finding, MISSING if plan.faults and plan.criteria else READY, "rules"
    )


def _languages(plan):
    lacking = sum(
        any(words.values()) and not (words.get(code) or "").strip() for words in plan.texts for code in plan.languages
    )
    finding = (
        ntext(
            "%(num)s text is not translated; readers see another language",
            "%(num)s texts are not translated; readers see another language",
            lacking,
        )
        if lacking
        else ntext("all texts, in %(num)s language", "all texts, in %(num)s languages", len(plan.languages))
    )
    return Check("languages", text("Texts stand in every language"), finding, LOOK if lacking else READY, "round")
