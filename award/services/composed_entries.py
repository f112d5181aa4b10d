"""The entries of a composed document: what the teams sent, what the jury said and decided, and how many were left after each step."""
from dataclasses import replace

from sqlalchemy import func, select

from award.db import session
from award.domain import report
from award.i18n import pick, text, translate
from award.models import Entry, Member, Screening, Version
from award.services import decisions, entrants, jury_texts, published_answers, results

SAID = ("summary", "strengths", "improvements", "motivation")
RECEIVED, ELIGIBLE = text("Received in time"), text("Eligible")
GOING_ON, HONOURED, WINNERS = text("Going on after “%(stage)s”"), text("With a distinction"), text("Winners")


def of_result(frozen, language, texts):
    """The report.Entry of each line of the result, in its order. `texts`: those of the jury. Statements: 6."""
    stage = frozen.stage
    names = {row.id: pick(row.name, language, stage.round.languages) for row in stage.round.categories}
    organisations, versions, decided = _organisations(stage), _versions(stage), decisions.current(frozen)
    found = (line.entry for line in decisions.of_result(frozen))
    return tuple(replace(_entry(row, versions.get(row.id) or row, decided.get(row.id)), category=names.get(row.category_id, ""),
                         said=_said(texts, row.id),
                         team=report.Team((versions.get(row.id) or row).team, tuple(organisations.get(row.id, ()))))
                 for row in found)


def told(found, stage, language):
    """The same entries as a magazine tells them: the long answers of the teams that consent to publication, and what later stages said."""
    answers = published_answers.of_round(stage.round, language)
    ids = dict(session.execute(select(Entry.number, Entry.id).where(Entry.round_id == stage.round_id, Entry.number.is_not(None))).all())
    later = _later(stage, language)
    return tuple(replace(entry, answers=answers.get(ids[entry.key], ()), **later.get(ids[entry.key], {})) for entry in found)


def _later(stage, language):
    """{entry id: {decision, said} of the last stage that decided on it} of the stages after this one; statements: two a stage."""
    found = {}
    for other in stage.round.stages:
        frozen = results.newest(other) if other.kind == "scoring" and other.position > stage.position else None
        if frozen:
            texts = jury_texts.of_stage(other, language)
            found |= {entry_id: {"decision": _decided(decision), "said": _said(texts, entry_id)}
                      for entry_id, decision in decisions.current(frozen).items()}
    return found


def _said(texts, entry_id):
    return report.Said(**{kind: texts.get((f"entry:{entry_id}", kind), "") for kind in SAID})


def _decided(decision):
    return decision and report.Decision(outcome=decision.outcome, reason=decision.reason, departs=decision.departs)


def _entry(row, shown, decision):
    return report.Entry(key=row.number, title=shown.title, summary=shown.summary, decision=_decided(decision),
                        consented=row.consented_at is not None, language=row.language)


def _organisations(stage):
    """{entry id: names of the members' organisations, in the order in which they joined, each once}."""
    found = {}
    rows = session.execute(select(Member.entry_id, Member.organisation).join(Entry)
                           .where(Entry.round_id == stage.round_id, Member.organisation != "").order_by(Member.id))
    for entry_id, organisation in rows:
        found.setdefault(entry_id, dict.fromkeys([]))[organisation] = None
    return found


def _versions(stage):
    """{entry id: the newest submitted version}."""
    found = session.scalars(select(Version).join(Entry).where(Entry.round_id == stage.round_id).order_by(Version.number))
    return {version.entry_id: version for version in found}


def counts(stage):
    """(entries received in time, how many of them are eligible), in one statement."""
    return session.execute(
        select(func.count(Entry.id), func.count(Screening.id).filter(Screening.eligible)).outerjoin(Screening)
        .where(Entry.round_id == stage.round_id, Entry.number.is_not(None))).one()


def funnel(frozen, found, language):
    """How many entries were left after each step of the round, up to this result, as report.Steps. Statements: 2 at most."""
    stage = frozen.stage
    received, eligible = counts(stage)
    steps = [(RECEIVED, received), (ELIGIBLE, eligible)]
    before = [other for other in stage.round.stages if other.kind == "scoring" and other.position < stage.position]
    through = entrants.going_on(before)
    steps += [(_after(other, language), len(through[other.id])) for other in before]
    outcomes = [entry.decision.outcome for entry in found if entry.decision]
    if outcomes and entrants.following(stage):
        steps.append((_after(stage, language), outcomes.count("goes_on")))
    elif outcomes:
        steps += [(HONOURED, sum(map(outcomes.count, report.DISTINCTIONS))), (WINNERS, outcomes.count("winner"))]
    return tuple(report.Step(translate(name, language), number) for name, number in steps)


def _after(stage, language):
    return GOING_ON.filled(stage=pick(stage.title, language, stage.round.languages))
