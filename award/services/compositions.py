"""A frozen result and what surrounds it, composed into one document in one language."""
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session, setting
from award.domain import report, variants
from award.i18n import pick
from award.models import Conflict, Entry, Juror
from award.services import composed_entries, entrants, jury_texts, minutes, results, rulebook_versions, score_sheets

JURY_REPORT = report.Choice()


def compose(frozen, *, language, status="final", choice=JURY_REPORT):
    """The `award.domain.report.Report` of a frozen result under a choice, with everything picked in the language.

    What the variant hides is not in it. Statements: constant, whatever the number of entries, jurors and texts.
    """
    stage, texts = frozen.stage, jury_texts.of_stage(frozen.stage, language)
    entries = composed_entries.of_result(frozen, language, texts)
    whole = report.Report(
        heading=_heading(frozen, language, status), process=_process(frozen, language, entries),
        jury=report.Jury(jurors=_jurors(stage), comments=_comments(stage), conflicts=_conflicts(stage, entries, choice)),
        entries=composed_entries.told(entries, stage, language) if choice.kind == "magazine" else entries,
        result=results.body(frozen), choice=choice, awards=_awards(stage, language, texts),
        recommendations=texts.get(("", "recommendations"), ""), earlier=_earlier(frozen),
        events=minutes.events(stage, language) if choice.kind == "minutes" else ())
    return variants.reduced(whole)


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


def _process(frozen, language, entries):
    stage, order = frozen.stage, frozen.stage.round.languages
    steps = composed_entries.funnel(frozen, entries, language)
    return report.Process(stage=pick(stage.title, language, order), criteria=tuple(_criterion(c, language, order) for c in stage.criteria),
                          opened_at=frozen.rulebook.frozen_at, received=steps[0].entries, eligible=steps[1].entries, funnel=steps)


def _criterion(row, language, order):
    anchors = sorted(((Decimal(score), pick(words, language, order)) for score, words in (row.anchors or {}).items()), reverse=True)
    return report.Criterion(key=row.key, name=pick(row.name, language, order), description=pick(row.description, language, order),
                            anchors=tuple(report.Anchor(float(score), sentence) for score, sentence in anchors if sentence))


def _awards(stage, language, texts):
    order = stage.round.languages
    return tuple(report.Award(key=row.key, name=pick(row.name, language, order), description=pick(row.description or {}, language, order),
                              lessons=texts.get((f"award:{row.id}", "lessons"), "")) for row in stage.special_awards)


def _jurors(stage):
    found = session.scalars(select(Juror).where(Juror.stage_id == stage.id, Juror.state == "accepted").order_by(Juror.code)
                            .options(joinedload(Juror.user)))
    return tuple(report.Juror(key=j.code, name=j.user.name, organisation=j.organisation or j.user.organisation, chair=j.chair,
                              declared_at=j.cleared_at) for j in found)


def _comments(stage):
    return tuple(report.Comment(*row) for row in session.execute(score_sheets.comments(stage)))


def _conflicts(stage, entries, choice):
    """Those about the entries of the result; the register of conflicts has them all."""
    found = session.execute(select(Juror.code, Entry.number, Conflict.kind, Conflict.at).select_from(Conflict)
                            .join(Juror, Conflict.juror_id == Juror.id).join(Entry, Conflict.entry_id == Entry.id)
                            .where(Juror.stage_id == stage.id, Juror.state == "accepted", Entry.number.is_not(None))
                            .order_by(Juror.code, Entry.number))
    known = {entry.key for entry in entries}
    return tuple(report.Conflict(*row) for row in found if choice.kind == "conflict_register" or row[1] in known)


def _earlier(frozen):
    """The result that this one replaces, what moved, and why the rules changed where they did; None for the first."""
    before = next((row for row in frozen.stage.results if row.number == frozen.number - 1), None)
    if before is None:
        return None
    moved = rulebook_versions.moved(rulebook_versions.places(results.body(before), results.body(frozen)))
    rules = frozen.rulebook
    return report.Earlier(number=before.number, sha256=before.sha256, frozen_at=before.frozen_at,
                          moved=tuple(((new or old)["entry"], old and old["rank"], new and new["rank"]) for old, new in moved),
                          why=rules.reason if rules.id != before.rulebook_id else "")
