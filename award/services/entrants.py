"""Which entries take part in a stage: all eligible ones in the first, afterwards those that the jury let go on."""

from sqlalchemy import func, select, true

from award.db import session
from award.models import Assignment, Decision, Entry, Result, Round, Screening, Stage


def preceding(stage):
    """The scoring stage before this one in its round; None for the first, without asking the database."""
    if not stage.position:
        return None
    return next((other for other in reversed(_scoring(stage)) if other.position < stage.position), None)


def following(stage):
    """The scoring stage after this one in its round; None for the last."""
    return next((other for other in _scoring(stage) if other.position > stage.position), None)


def place(stage):
    """(its number, how many there are): where the stage stands among the scoring stages of its round."""
    row = _scoring(stage)
    return sum(other.position <= stage.position for other in row), len(row)


def _scoring(stage):
    return [other for other in stage.round.stages if other.kind == "scoring"]


def hold(round_):
    """Wait for whoever is changing the stages of the round or deciding in them; then they are ours until the transaction ends."""
    session.flush()
    session.execute(select(Round.id).where(Round.id == round_.id).with_for_update())
    session.refresh(round_, ["state", "stages"])
    for stage in round_.stages:
        session.refresh(stage, ["state"])


def known(stage):
    """Whether it is settled which entries the stage is about: nothing goes before it, or what does is decided."""
    before = preceding(stage)
    return before is None or before.state == "decided"


def of_stage(stage):
    """The statement that gives the entries taking part, by number: submitted, eligible, and let through to this stage."""
    return (
        select(Entry)
        .join(Screening)
        .where(Entry.round_id == stage.round_id, Entry.state == "submitted", Screening.eligible, admitted(stage))
        .order_by(Entry.number)
    )


def takes_part(stage, entry):
    """Whether this one entry takes part in the stage. One statement."""
    return session.scalar(of_stage(stage).with_only_columns(Entry.id).where(Entry.id == entry.id)) is not None


def admitted(stage):
    """The condition on Entry that the stage before, when there is one, is decided and let the entry go on."""
    if not stage.position:
        return true()
    before = (
        select(Stage.id)
        .where(Stage.round_id == stage.round_id, Stage.kind == "scoring", Stage.position < stage.position)
        .order_by(Stage.position.desc())
        .limit(1)
    )
    return Entry.id.in_(_going_on(before).with_only_columns(Decision.entry_id))


def going_on(stages):
    """{stage id: the ids of the entries that go on from it}; a stage not decided lets nobody through. One statement."""
    found = {stage.id: set() for stage in stages}
    for stage_id, entry_id in session.execute(_going_on(list(found))) if found else ():
        found[stage_id].add(entry_id)
    return found


def _going_on(ids):
    """(stage id, entry id) of the entries whose newest decision on the newest result of a decided stage is that they go on."""
    results = select(func.max(Result.id)).where(Result.stage_id.in_(ids)).group_by(Result.stage_id)
    newest = select(func.max(Decision.id)).where(Decision.result_id.in_(results)).group_by(Decision.entry_id, Decision.result_id)
    return (
        select(Result.stage_id, Decision.entry_id)
        .join(Decision.result)
        .join(Result.stage)
        .where(Decision.id.in_(newest), Decision.outcome == "goes_on", Stage.state == "decided")
    )


def release(stage, *, now):
    """Take back the pairs of entries that do not take part in the stage any more: planned ones vanish, the others stay, void."""
    rows = select(Assignment).where(
        Assignment.stage_id == stage.id,
        Assignment.state.in_(("proposed", "notified")),
        Assignment.entry_id.not_in(of_stage(stage).with_only_columns(Entry.id).order_by(None)),
    )
    for row in session.scalars(rows).all():
        if row.state == "proposed":
            session.delete(row)
        else:
            row.state, row.voided_at = "voided", now
