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
    finding: Text
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


@dataclass(frozen=True)
class Judging:
    """A stage being judged. Jurors and entries by name; a pair is (juror, entry).

    `entries` {entry: language} are the eligible ones, `unscreened` and `refused` count the others. `jurors` {juror: languages}
    are those who accepted, `waiting` counts the invited who have not answered. `pairs` {pair: ballot state or None} leaves out
    what is declined or voided. `commented`: entries with a comment in a submitted ballot.
    """

    entries: dict
    jurors: dict
    pairs: dict
    conflicts: frozenset = frozenset()
    commented: frozenset = frozenset()
    unscreened: int = 0
    refused: int = 0
    waiting: int = 0
    min_ballots: int = 1


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
        raise Refused(ntext("Not possible yet. %(check)s: %(finding)s. One more check fails.",
                            "Not possible yet. %(check)s: %(finding)s. %(num)s more checks fail.", len(found) - 1,
                            check=found[0].title, finding=found[0].finding))


def before_call(plan, *, now):
    """The checks of a Plan before its call can open, as a list of Check."""
    return [_purpose(plan), _dates(plan, now), _form(plan), _criteria(plan), shares(plan.criteria), _anchors(plan), _rules(plan),
            _languages(plan)]


def _purpose(plan):
    there = any((words or "").strip() for words in plan.purpose.values())
    return Check("purpose", text("The purpose is written"), text("entrants read it on the page of the call") if there else text("nothing is written yet"),
                 READY if there else MISSING, "round")


def _dates(plan, now):
    days = (plan.closes_at - now).days
    if plan.closes_at <= now:
        return Check("dates", text("The deadline lies ahead"), text("the deadline has passed"), MISSING, "round")
    return Check("dates", text("The deadline lies ahead"), ntext("in %(num)s day", "in %(num)s days", days) if days else text("in less than a day"),
                 READY if days else LOOK, "round")


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
    return Check("shares", text("Shares make 100%"), text("%(shares)s", shares=figures), READY, "criteria")


def _anchors(plan):
    counts = [written(given, criterion, language=plan.languages[0]) for given, criterion in zip(plan.anchors, plan.criteria, strict=True)]
    lacking = sum(wanted - done for done, wanted in counts)
    finding = (ntext("%(num)s step has no sentence", "%(num)s steps have no sentence", lacking) if lacking
               else text("each step of each scale has its sentence"))
    return Check("anchors", text("Every step says what earns it"), finding, LOOK if lacking or not counts else READY, "criteria")


def _rules(plan):
    finding = plan.faults[0] if plan.faults else text("how the result is reckoned is complete")
    return Check("rules", text("The rules fit together"), finding, MISSING if plan.faults and plan.criteria else READY, "rules")


def _languages(plan):
    lacking = sum(any(words.values()) and not (words.get(code) or "").strip() for words in plan.texts for code in plan.languages)
    finding = (ntext("%(num)s text is not translated; readers see another language", "%(num)s texts are not translated; readers see another language", lacking)
               if lacking else ntext("all texts, in %(num)s language", "all texts, in %(num)s languages", len(plan.languages)))
    return Check("languages", text("Texts stand in every language"), finding, LOOK if lacking else READY, "round")


def before_stage(judging, criteria, *, faults=()):
    """The checks of a Judging before its stage can open, with the domain criteria and the faults of its rules."""
    return [_screened(judging), _jury(judging), readers(judging), no_conflict(judging), read_languages(judging), shares(criteria),
            Check("rules", text("The rules fit together"), faults[0], MISSING, "rules") if faults else
            Check("rules", text("The rules fit together"), text("they are frozen and published when the stage opens"), READY, "rules")]


def _screened(judging):
    count, title = len(judging.entries), text("Every entry is screened")
    if judging.unscreened:
        return Check("screened", title, ntext("%(num)s entry is not screened yet", "%(num)s entries are not screened yet", judging.unscreened), MISSING,
                     "screenings")
    if not count:
        return Check("screened", title, text("no entry is eligible"), MISSING, "screenings")
    return Check("screened", title, text("%(eligible)s eligible, %(refused)s not", eligible=count, refused=judging.refused), READY, "screenings")


def _jury(judging):
    accepted, title = len(judging.jurors), text("The jury has accepted")
    if not accepted:
        return Check("jury", title, text("nobody has accepted yet"), MISSING, "jurors")
    if judging.waiting:
        return Check("jury", title, text("%(accepted)s accepted, %(waiting)s have not answered", accepted=accepted, waiting=judging.waiting), LOOK, "jurors")
    return Check("jury", title, ntext("%(num)s juror accepted", "%(num)s jurors accepted", accepted), READY, "jurors")


def readers(judging):
    """The check that every eligible entry has as many readers as the rules ask ballots for."""
    counts = dict.fromkeys(judging.entries, 0)
    for _juror, entry in judging.pairs:
        counts[entry] = counts.get(entry, 0) + 1
    few = [entry for entry in judging.entries if counts[entry] < judging.min_ballots]
    title = text("Every entry has its readers")
    if few:
        return Check("readers", title, ntext("%(num)s entry has too few; the rules ask for %(least)s", "%(num)s entries have too few; the rules ask for %(least)s",
                                             len(few), least=judging.min_ballots), MISSING, "assignments")
    fewest = min((counts[entry] for entry in judging.entries), default=0)
    return Check("readers", title, ntext("%(num)s entry, at least %(fewest)s jurors each; the rules ask for %(least)s",
                                         "%(num)s entries, at least %(fewest)s jurors each; the rules ask for %(least)s", len(judging.entries),
                                         fewest=fewest, least=judging.min_ballots), READY, "assignments")


def no_conflict(judging):
    """The check that nobody judges an entry they have a tie with; recusals are named when they are few."""
    title, wrong = text("Nobody is conflicted"), sorted(judging.conflicts & set(judging.pairs))
    if wrong:
        return Check("conflicts", title, text("%(juror)s has a tie with %(entry)s and is to judge it", juror=wrong[0][0], entry=wrong[0][1]), MISSING,
                     "assignments")
    count = len(judging.conflicts)
    if count == 1:
        juror, entry = next(iter(judging.conflicts))
        return Check("conflicts", title, text("1 recusal: %(juror)s, %(entry)s", juror=juror, entry=entry), READY, "jurors")
    return Check("conflicts", title, ntext("%(num)s recusal", "%(num)s recusals", count) if count else text("no recusal"), READY, "jurors")


def read_languages(judging):
    """The check that every assigned entry is read by jurors who know its language; a juror without languages reads all."""
    unread = sum(bool(known) and judging.entries.get(entry) not in known
                 for juror, entry in judging.pairs for known in [judging.jurors.get(juror) or ()] if entry in judging.entries)
    found = ", ".join(sorted(set(judging.entries.values())))
    title = text("Languages are covered")
    if unread:
        return Check("languages", title, ntext("%(num)s ballot asks for a language the juror did not name",
                                               "%(num)s ballots ask for a language the juror did not name", unread), LOOK, "assignments")
    return Check("languages", title, text("%(languages)s entries have readers of their language", languages=found) if found else text("no entry yet"),
                 READY, "assignments")


def before_lock(judging, criteria, *, unchanged):
    """The checks of a Judging before its stage can be locked; `unchanged`: whether the rules are those that were frozen."""
    return [shares(criteria), readers(judging), no_conflict(judging), read_languages(judging), _frozen(unchanged), _submitted(judging), _commented(judging)]


def _frozen(unchanged):
    return Check("rulebook", text("Rules unchanged since they were frozen"), text("their checksum is the one published") if unchanged else
                 text("they differ from what was published"), READY if unchanged else LOOK, "rulebook")


def _submitted(judging):
    lacking = [juror for (juror, _entry), state in judging.pairs.items() if state != "submitted"]
    title = text("Ballots submitted")
    if not lacking:
        return Check("ballots", title, ntext("the only one", "all %(num)s", len(judging.pairs)), READY, "progress")
    return Check("ballots", title, ntext("%(num)s of %(total)s is missing, from %(jurors)s", "%(num)s of %(total)s are missing, from %(jurors)s", len(lacking),
                                         total=len(judging.pairs), jurors=ntext("%(num)s juror", "%(num)s jurors", len(set(lacking)))), UNDER_WAY, "progress")


def _commented(judging):
    silent = sorted(entry for entry in judging.entries if entry not in judging.commented)
    title = text("Comments for every team")
    if not silent:
        return Check("comments", title, text("each entry has at least one"), READY, "progress")
    if len(silent) == 1:
        return Check("comments", title, text("%(entry)s has no comment yet", entry=silent[0]), LOOK, "progress")
    return Check("comments", title, text("%(count)s entries have no comment yet, the first is %(entry)s", count=len(silent), entry=silent[0]), LOOK, "progress")
