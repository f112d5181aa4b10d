"""A frozen result and what surrounds it, composed into one document in one language."""
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import session, setting
from award.domain import report
from award.i18n import pick
from award.models import Conflict, Entry, Juror, Member, Screening, Version
from award.services import decisions, entrants, results, score_sheets

JURY_REPORT = report.Choice()

def compose(frozen, *, language, status="final", choice=JURY_REPORT):
    """The `award.domain.report.Report` of a frozen result under a choice, with everything picked in the language. Statements: constant."""
    stage = frozen.stage
    return report.Report(heading=_heading(frozen, language, status), process=_process(frozen, language),
                         jury=report.Jury(jurors=_jurors(stage), comments=_comments(stage), conflicts=_conflicts(stage)),
                         entries=_entries(frozen), result=results.body(frozen), choice=choice)


def _heading(frozen, language, status):
    round_ = frozen.stage.round
    order = round_.languages
    proof = report.Proof(status=status, frozen_at=frozen.frozen_at, zone=round_.zone, history=frozen.history_head,
                         url=f"{setting('BASE_URL')}/rounds/{round_.id}/result")
    title = pick(round_.title, language, order)
    if entrants.place(frozen.stage)[1] > 1:
        title = f"{title} – {pick(frozen.stage.title, language, order)}"
    return report.Heading(programme=pick(round_.programme.name, language, order), round=title,
                          organiser=pick(round_.programme.organiser, language, order), proof=proof)


def _process(frozen, language):
    stage, order = frozen.stage, frozen.stage.round.languages
    received, eligible = session.execute(
        select(func.count(Entry.id), func.count(Screening.id).filter(Screening.eligible)).outerjoin(Screening)
        .where(Entry.round_id == stage.round_id, Entry.number.is_not(None))).one()
    return report.Process(stage=pick(stage.title, language, order), criteria=tuple(_criterion(c, language, order) for c in stage.criteria),
                          opened_at=frozen.rulebook.frozen_at, received=received, eligible=eligible)


def _criterion(row, language, order):
    anchors = sorted(((Decimal(score), pick(words, language, order)) for score, words in (row.anchors or {}).items()), reverse=True)
    return report.Criterion(key=row.key, name=pick(row.name, language, order), description=pick(row.description, language, order),
                            anchors=tuple(report.Anchor(float(score), sentence) for score, sentence in anchors if sentence))


def _jurors(stage):
    found = session.scalars(select(Juror).where(Juror.stage_id == stage.id, Juror.state == "accepted").order_by(Juror.code)
                            .options(joinedload(Juror.user)))
    return tuple(report.Juror(key=j.code, name=j.user.name, organisation=j.organisation or j.user.organisation, chair=j.chair,
                              declared_at=j.cleared_at) for j in found)


def _comments(stage):
    return tuple(report.Comment(*row) for row in session.execute(score_sheets.comments(stage)))


def _conflicts(stage):
    found = session.execute(select(Juror.code, Entry.number, Conflict.kind, Conflict.at).select_from(Conflict)
                            .join(Juror, Conflict.juror_id == Juror.id)
                            .join(Entry, Conflict.entry_id == Entry.id)
                            .where(Juror.stage_id == stage.id, Juror.state == "accepted", Entry.number.is_not(None))
                            .order_by(Juror.code, Entry.number))
    return tuple(report.Conflict(*row) for row in found)


def _entries(frozen):
    decided = decisions.current(frozen)
    organisations = _organisations(frozen.stage)
    versions = _versions(frozen.stage)
    return tuple(_entry(line.entry, versions.get(line.entry.id), organisations.get(line.entry.id, ()), decided.get(line.entry.id))
                 for line in decisions.of_result(frozen))


def _entry(row, version, organisations, decision):
    shown = version or row
    decided = decision and report.Decision(outcome=decision.outcome, reason=decision.reason, departs=decision.departs)
    return report.Entry(key=row.number, title=shown.title, team=report.Team(shown.team, tuple(organisations)), summary=shown.summary,
                        decision=decided)


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
