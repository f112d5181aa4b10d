"""Reports: asked for as rows with a state; the queue only triggers. Equal requests share a row, named by what it is composed from."""
from dataclasses import replace
from functools import partial

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from award.db import after_commit, session
from award.domain import lives
from award.domain.report import JURORS, VARIANTS, Choice
from award.errors import Invalid, Refused
from award.i18n import LANGUAGES, text
from award.models import Entry, Report
from award.services import entrants, history, report_digests, report_files, results

FULL, PUBLIC = Choice(), Choice(variant="public")
FINISHED, COMING, ENDED = ("ready", "sealed"), ("requested", "rendering"), ("failed", "cancelled")
MOST = 2000
"""How many documents one request may ask for."""
triggers = []
"""Called with a report's id once its row is durable; the queue registers itself here."""


def of_result(frozen, *, skip=0, most=None):
    """The reports asked for, newest first, with their entries; those that were asked for anew since are left out. One statement."""
    found = select(Report).where(Report.result_id == frozen.id, Report.digest != "").options(joinedload(Report.entry))
    return session.scalars(found.order_by(Report.id.desc()).offset(skip).limit(most)).all()


def count(frozen):
    """{state: how many reports of the result are in it}, without those that were asked for anew since."""
    found = select(Report.state, func.count()).where(Report.result_id == frozen.id, Report.digest != "").group_by(Report.state)
    return dict(session.execute(found).all())


def request(frozen, choice=FULL, *, language, actor, now):
    """Ask for one document. One that is on its way, or finished from the same content, is given instead."""
    return request_all(frozen, [(choice, language)], actor=actor, now=now)[0]


def request_all(frozen, wanted, *, actor, now):
    """Ask for documents together, [(Choice, language)]; gives their rows in this order, those that are there already among them.

    Raises Refused before a result is frozen for good, Invalid where a language, a variant or an entry is not one of those that there are.
    """
    lives.require("decide", frozen.stage.state)
    entries = _entries(frozen, wanted)
    wanted = [(_plain(choice), language) for choice, language in wanted]
    digests = report_digests.digests(frozen, wanted)
    found, made = _known(frozen, digests), {}
    if set(digests) - set(found):
        entrants.hold(frozen.stage.round)
        found = _known(frozen, digests)
    for digest, (choice, language) in zip(digests, wanted, strict=True):
        if digest not in found and digest not in made:
            made[digest] = Report(result=frozen, digest=digest, language=language, kind=choice.kind, variant=choice.variant, jurors=choice.jurors,
                                  sections=list(choice.sections), entry=entries.get(choice.entry), requested_at=now, requested_by_id=actor.id,
                                  status=report_digests.status(frozen))
    if made:
        _add(frozen, list(made.values()), actor, now)
    return [{**found, **made}[digest] for digest in digests]


def _plain(choice):
    """The choice without what its variant leaves no choice about: only the full one can name the jurors beside their scores."""
    return choice if choice.variant == "full" else replace(choice, jurors="codes")


def _entries(frozen, wanted):
    """{number: entry} of the entries that the choices name, all of them in the result. Raises Invalid for what is not there."""
    if not wanted:
        raise Invalid(text("Choose at least one language."), field="languages")
    if len(wanted) > MOST:
        raise Invalid(text("These are more than %(most)s documents. Choose fewer languages, or one entry at a time.", most=MOST), field="entry")
    if any(language not in LANGUAGES for _choice, language in wanted):
        raise Invalid(text("Choose one of the languages in the list."), field="languages")
    for name, known in (("variant", VARIANTS), ("jurors", JURORS)):
        if any(getattr(choice, name) not in known for choice, _language in wanted):
            raise Invalid(text("Choose one of the answers listed."), field=name)
    numbers = {choice.entry for choice, _language in wanted} - {""}
    judged = {line["entry"] for line in results.body(frozen)["entries"]} if numbers else set()
    found = session.scalars(select(Entry).where(Entry.round_id == frozen.stage.round_id, Entry.number.in_(numbers & judged))) if numbers else ()
    entries = {entry.number: entry for entry in found}
    if set(entries) != numbers:
        raise Invalid(text("Choose one of the entries in the list."), field="entry")
    return entries


def _known(frozen, digests):
    """{digest: the row} of those that are on their way or can be taken; failed ones of the same content step back for the new request."""
    found = {}
    rows = session.scalars(select(Report).where(Report.result_id == frozen.id, Report.digest.in_(digests)).order_by(Report.id))
    for row in rows:
        if row.state in COMING or (row.state in FINISHED and not row.reason and report_files.is_there(row)):
            found[row.digest] = row
        else:
            row.digest = ""
    return found


def _add(frozen, rows, actor, now):
    session.add_all(rows)
    session.flush()
    first, languages = rows[0], sorted({row.language for row in rows})
    history.add(first, "report_requested", actor=actor, now=now, payload={
        "result": frozen.number, "kind": first.kind, "variant": first.variant, "languages": languages, "files": len(rows)})
    for trigger in triggers:
        after_commit(partial(trigger, first.id))


def cancel(row, *, actor, now):
    """Stop a report that is not finished; whoever renders it notices. Raises Refused for one that has ended."""
    session.refresh(row, ["state"], with_for_update=True)
    if row.state not in COMING:
        raise Refused(text("This document is no longer being made, so there is nothing to cancel."))
    row.state, row.leased_until = "cancelled", None
    history.add(row, "report_cancelled", actor=actor, now=now, payload=told(row))


def again(row, *, actor, now):
    """Ask for a failed or cancelled report, or one that lacks its seal, once more; gives the new row."""
    if row.state in COMING or (row.state in FINISHED and not row.reason and report_files.is_there(row)):
        raise Refused(text("This document is there or on its way already."))
    row.digest = ""
    return request(row.result, row.choice, language=row.language, actor=actor, now=now)


def told(row):
    """What the history keeps about a report: which document it is, no person."""
    return {"kind": row.kind, "variant": row.variant, "language": row.language, **({"entry": row.entry.number} if row.entry else {})}
