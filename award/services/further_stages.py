"""Stages after the first: added behind the last one, with the criteria and the jury of the one before, and removed as drafts."""

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import lives
from award.errors import Refused
from award.i18n import said, text
from award.models import Assignment, Conflict, Criterion, Juror, Stage
from award.services import entrants, history, mails, posted, stages
from award.services.jurors import hold

OWN = {"id", "stage_id", "version"}
CALLED_OFF = (
    text("A stage is called off: %(round)s"),
    text("The stage “%(stage)s” of “%(round)s” is called off, so there is nothing left to do for its jury. Thank you."),
)
"""The mail to the jury of a stage that is removed, as (subject, text)."""


def add(round_, *, given, key, actor, now):
    """Add a scoring stage after the last one. `given`: title, and whether criteria and jury of the stage before are taken over.

    A second post with the same key gives the stage of the first. Raises Refused once the round is decided.
    """
    if earlier := posted.earlier(Stage, key, user=actor):
        return earlier
    entrants.hold(round_)
    lives.require("add_stage", round_.state)
    before = round_.stages[-1] if round_.stages else None
    stage = Stage(round=round_, position=before.position + 1 if before else 0, title=given["title"], rules=dict(stages.START))
    session.add(stage)
    if before and given["criteria"]:
        stage.rules = {name: before.rules.get(name, value) for name, value in stages.START.items()}
        stage.criteria = [_copied(criterion) for criterion in before.criteria]
    history.add(stage, "stage_added", actor=actor, now=now, payload={"position": stage.position, "criteria": [c.key for c in stage.criteria]})
    if before and given["jury"]:
        take_over_jury(stage, actor=actor, now=now)
    posted.remember(stage, key, user=actor, now=now)
    return stage


def _copied(criterion):
    """The same criterion for another stage, with its scale, share and anchors."""
    return Criterion(**{c.key: getattr(criterion, c.key) for c in Criterion.__table__.columns if c.key not in OWN})


def missing_jurors(stage):
    """The jurors who accepted in the stage before and are not in the jury of this one, by code; [] for the first stage."""
    before = entrants.preceding(stage)
    if before is None:
        return []
    own = select(Juror.user_id).where(Juror.stage_id == stage.id)
    found = select(Juror).where(Juror.stage_id == before.id, Juror.state == "accepted", Juror.user_id.not_in(own))
    return session.scalars(found.order_by(Juror.code).options(selectinload(Juror.conflicts), joinedload(Juror.user))).all()


def take_over_jury(stage, *, actor, now):
    """Make the jurors who accepted in the stage before jurors of this one, with their conflicts of interest. Gives the new jurors.

    A code that is taken gives way to the next free one; the chair stays unless the stage has one. They declare conflicts anew.
    """
    lives.require("set_up_stage", stage.state)
    hold(stage)
    found = missing_jurors(stage)
    taken = dict(session.execute(select(Juror.code, Juror.chair).where(Juror.stage_id == stage.id)).all())
    chaired, made = any(taken.values()), []
    for juror in found:
        code = juror.code if juror.code not in taken else _free(taken)
        taken[code] = False
        made.append(_seated(juror, stage, code=code, chair=juror.chair and not chaired))
    session.add_all(made)
    if made:
        history.add(stage, "jury_taken_over", actor=actor, now=now, payload={"jurors": [juror.code for juror in made]})
    return made


def _free(taken):
    """The first code that no juror of the stage has."""
    return next(code for code in (f"J{number:02}" for number in range(1, len(taken) + 2)) if code not in taken)


def _seated(juror, stage, *, code, chair):
    row = Juror(
        stage=stage,
        user=juror.user,
        code=code,
        organisation=juror.organisation,
        chair=chair,
        languages=list(juror.languages),
        conflict_free=list(juror.conflict_free),
        state="accepted",
        invited_at=juror.invited_at,
        answered_at=juror.answered_at,
    )
    row.conflicts = [
        Conflict(entry_id=c.entry_id, kind=c.kind, reason=c.reason, at=c.at, by_id=c.by_id) for c in juror.conflicts
    ]
    return row


def require_removable(stage):
    """Pass when the stage can be removed. Raises Refused, saying what to do, when it cannot."""
    lives.require("remove_stage", stage.state)
    lives.require("add_stage", stage.round.state)
    before = entrants.preceding(stage)
    if before is None:
        raise Refused(text("The first stage stays: a round has at least one."))
    if stage.rulebooks:
        raise Refused(text("This stage was opened before and its rules are public, so it stays."))
    if before.state == "decided" and entrants.following(stage) is None:
        raise Refused(text("Entries go on to this stage already. Take the stage before it back to its deliberation first; that needs a reason."))


def remove(stage, *, actor, now):
    """Take a draft stage that is not the first out of its round, with its criteria and jury; the jurors are told. Gives the round."""
    entrants.hold(stage.round)
    require_removable(stage)
    round_, about = stage.round, {"title": stage.title, "languages": stage.round.languages}
    jurors = session.scalars(select(Juror).where(Juror.stage_id == stage.id).options(joinedload(Juror.user))).all()
    _tell([juror.user for juror in jurors if juror.state != "declined"], stage, now=now)
    ids = [juror.id for juror in jurors]
    session.execute(delete(Assignment).where(Assignment.stage_id == stage.id))
    session.execute(delete(Conflict).where(Conflict.juror_id.in_(ids)))
    session.execute(delete(Juror).where(Juror.id.in_(ids)))
    history.add(stage, "stage_removed", actor=actor, now=now, payload={"position": stage.position, "jurors": len(ids)}, about=about)
    session.flush()
    session.expire(stage)
    session.delete(stage)
    session.flush()
    session.expire(round_, ["stages"])
    return round_


def _tell(people, stage, *, now):
    round_ = stage.round
    words = {"stage": said("words", stage.title, round_.languages), "round": said("words", round_.title, round_.languages)}
    subject, body = CALLED_OFF
    for person in people:
        mails.write(person, kind="stage_called_off", now=now, round_=round_, message=(subject.filled(round=words["round"]), body.filled(**words)))
