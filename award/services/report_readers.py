"""Which finished reports others than the organiser may take: everyone those made for everyone, a team its own, once the round is published."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.models import Report, Result, Stage
from award.services import reports, results

PUBLIC_KINDS = ("magazine", "poster")
"""Documents that are for everyone, in any variant; the jury report is in its public one."""
OWN_KINDS = ("feedback_letter", "certificate")
"""Documents that are for the team of their entry alone, in any variant."""
OPEN = ("published", "archived")


def public(frozen):
    """The reports of a result that everyone may read: final, finished, the newest of each kind and language. One statement."""
    return _newest(_public(frozen).where(Report.state.in_(reports.FINISHED), Report.status == "final"))


def is_coming(frozen):
    """Whether a report for everyone is on its way. One statement."""
    return session.scalar(_public(frozen).where(Report.state.in_(reports.COMING)).with_only_columns(Report.id).limit(1)) is not None


def own(entry):
    """The reports that the team of an entry may take: final, finished, of results that count, in a published round. At most two statements."""
    if entry.round.state not in OPEN:
        return []
    counting = [frozen.id for stage in entry.round.stages if (frozen := results.newest(stage))]
    return _newest(select(Report).where(Report.entry_id == entry.id, Report.result_id.in_(counting), _for_the_team(), Report.status == "final",
                                        Report.state.in_(reports.FINISHED)).options(joinedload(Report.result).joinedload(Result.stage)))


def make_public(round_, *, actor, now):
    """Ask for the public jury report of each stage with a result in the languages of the round, and once more for what everyone or a team
    may take and was asked for before: what is the same already is not made again."""
    for stage in round_.stages:
        frozen = results.newest(stage)
        if frozen is not None:
            wanted = dict.fromkeys([(reports.PUBLIC, language) for language in round_.languages] + _asked_for(frozen))
            reports.request_all(frozen, list(wanted), actor=actor, now=now)


def catch_up(*, now):
    """Ask for the public jury report of rounds that were published without one; gives how many rounds that were."""
    has_one = select(Report.id).where(Report.result_id == Result.id, Report.variant == "public", Report.kind == "jury_report").exists()
    bare = session.scalars(select(Result).join(Stage).where(Stage.round.has(state="published"), ~has_one)).all()
    rounds = {frozen.round: frozen for frozen in bare if frozen is results.newest(frozen.stage)}
    for round_, frozen in rounds.items():
        make_public(round_, actor=frozen.frozen_by, now=now)
    return len(rounds)


def _asked_for(frozen):
    found = session.scalars(select(Report).where(Report.result_id == frozen.id, Report.digest != "", Report.state.not_in(reports.ENDED),
                                                 _for_everyone() | _for_the_team()).options(joinedload(Report.entry)).order_by(Report.id))
    return [(row.choice, row.language) for row in found]


def _public(frozen):
    return select(Report).where(Report.result_id == frozen.id, _for_everyone())


def _for_everyone():
    report = (Report.kind == "jury_report") & (Report.variant == "public")
    return (report | Report.kind.in_(PUBLIC_KINDS)) & Report.entry_id.is_(None)


def _for_the_team():
    return Report.entry_id.is_not(None) & ((Report.variant == "team") | Report.kind.in_(OWN_KINDS))


def _newest(statement):
    """The newest row of each result, kind and language, in this order."""
    found = {(row.result_id, row.kind, row.language): row for row in session.scalars(statement.order_by(Report.id))}
    return [row for _key, row in sorted(found.items())]
