"""The jury of a stage: inviting, answering, changing who is in the chair."""

import re
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from award.db import session
from award.domain import lives
from award.domain.names import INVISIBLE
from award.errors import FaultyInput, Invalid, Refused
from award.i18n import ntext, said, text
from award.models import Assignment, Entry, Juror, Stage, User
from award.services import accounts, entrants, history, links, mails, versions

LINE = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>\s]+)>(?:\s*[,;]\s*(?P<organisation>[^<>]+))?")
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
MOST = 200
ANSWER_WITHIN = timedelta(days=7)


def read_people(typed):
    """[(name, address, organisation)] of lines "Name <address>" or "Name <address>, Organisation".

    Raises FaultyInput with every fault and its line: unreadable, without a name, no address, twice, more than 200.
    """
    faults, people = [], {}
    for number, line in [(n, line.strip()) for n, line in enumerate(typed.splitlines(), 1) if line.strip()]:
        fault, person = _read_line(line, people)
        if fault:
            faults.append(text("Line %(line)s: %(fault)s", line=number, fault=fault))
        else:
            people[person[1]] = person
    if len(people) > MOST:
        faults.append(
            text(
                "These are %(length)s people; at most %(limit)s can be invited at once.", length=len(people), limit=MOST
            )
        )
    if faults or not people:
        raise FaultyInput(faults or [text("Write at least one name and address.")])
    return list(people.values())


def _read_line(line, people):
    found = LINE.fullmatch(line)
    if found is None:
        return text("write it as Name <name@example.org>, one person a line."), None
    name, email, organisation = (" ".join((found[part] or "").split()) for part in ("name", "email", "organisation"))
    email = email.lower()
    if not name.strip(' ",;'):
        return text("the name is missing."), None
    if unfit := _unfit(line, name, email, organisation):
        return unfit, None
    if email in people:
        return text("%(email)s stands here twice.", email=email), None
    return None, (name.strip(' ",;'), email, organisation)


def _unfit(line, name, email, organisation):
    if len(name) > 120 or len(organisation) > 200:
        return text("the name fits in 120 characters, the organisation in 200. Shorten it.")
    if INVISIBLE.search(line):
        return text("it holds a character that cannot be seen. Type it again without copying.")
    if not ADDRESS.fullmatch(email) or len(email) > 254:
        return text("“%(typed)s” is not an address we can write to.", typed=email[:60])
    return None


def invite(stage, *, people, profile, actor, now):
    """Invite people [(name, address, organisation)] to the jury of the stage, each by mail with a personal link.
    Gives the jurors.

    `profile` {"organisation", "languages", "chair"} holds for all of them. Raises Refused once the stage is locked,
    FaultyInput
    when somebody is in the jury already, Invalid for two chairs.
    """
    lives.require("invite", stage.state)
    if profile["chair"] and len(people) > 1:
        raise Invalid(text("One person takes the chair. Invite the chair alone."), field="chair")
    hold(stage)
    _refuse_known(stage, people)
    first = session.scalar(select(func.count()).select_from(Juror).where(Juror.stage_id == stage.id)) + 1
    invited = [
        _invite_one(stage, person, profile | {"code": f"J{number:02}"}, now=now)
        for number, person in enumerate(people, first)
    ]
    if profile["chair"]:
        _only_chair(stage, invited[0])
    history.add(stage, "jurors_invited", actor=actor, now=now, payload={"jurors": [j.code for j in invited]})
    _mail(invited, now=now)
    return invited


def hold(stage):
    """Wait for whoever is changing the jury or the assignments of the stage; then they are ours until the
    transaction ends."""
    session.execute(select(Stage.id).where(Stage.id == stage.id).with_for_update())


def _refuse_known(stage, people):
    known = set(
        session.scalars(select(User.email).join(Juror, Juror.user_id == User.id).where(Juror.stage_id == stage.id))
    )
    twice = [email for _name, email, _organisation in people if email in known]
    if twice:
        raise FaultyInput([text("%(email)s is in this jury already.", email=email) for email in twice])


def _invite_one(stage, person, profile, *, now):
    name, email, organisation = person
    organisation = organisation or profile["organisation"]
    language = next(iter(profile["languages"]), None)
    user = accounts.find_or_invite(email, name=name, organisation=organisation, language=language, now=now)
    juror = Juror(
        stage=stage,
        user=user,
        code=profile["code"],
        organisation=organisation or user.organisation,
        invited_at=now,
        languages=list(profile["languages"]),
        chair=profile["chair"],
        state="invited",
    )
    session.add(juror)
    session.flush()
    return juror


def _only_chair(stage, chair):
    for other in session.scalars(select(Juror).where(Juror.stage_id == stage.id, Juror.chair, Juror.id != chair.id)):
        other.chair = False


def _mail(jurors, *, now):
    stage, round_ = jurors[0].stage, jurors[0].stage.round
    count = session.scalar(
        select(func.count())
        .select_from(Entry)
        .where(Entry.round_id == round_.id, Entry.number.is_not(None), Entry.state != "withdrawn", entrants.admitted(stage))
    )
    for juror in jurors:
        mails.write(
            juror.user, kind="juror_invitation", now=now, round_=round_, message=_invitation(juror, count, now=now)
        )


def _invitation(juror, count, *, now):
    round_, stage = juror.stage.round, juror.stage
    title = said("words", round_.title, round_.languages)
    values = {
        "organiser": said("words", round_.programme.organiser, round_.languages),
        "round": title,
        "link": links.make(juror.user, "juror", juror.id, now=now),
        "answer": said("day", now + ANSWER_WITHIN, round_.zone),
    }
    work = text("The entries follow when the call has closed.")
    if entrants.preceding(stage):
        work = text("The entries follow when the stage before is decided.")
    if count:
        work = ntext(
            "There is %(num)s entry to judge; count twenty minutes.",
            "There are %(num)s entries to share among the jury; count twenty minutes each.",
            count,
        )
    return (
        text("Will you join the jury of %(round)s?", round=title),
        text(
            "%(organiser)s asks you to join the jury of “%(round)s”. %(work)s %(until)s Please answer by %(answer)s."
            "\n\nTo accept or decline, open this personal link. You need no password:\n\n%(link)s",
            work=work,
            until=closing(stage),
            **values,
        ),
    )


def closing(stage):
    """When scoring closes, as a sentence for mails."""
    if stage.closes_at is None:
        return text("We will tell you when scoring closes.")
    return text("Scoring closes on %(moment)s.", moment=said("moment", stage.closes_at, stage.round.zone))


def invite_again(juror, *, actor, now):
    """Mail the juror a new personal link. The earlier ones stop working."""
    lives.require("invite", juror.stage.state)
    links.void(juror.user, "juror", now=now)
    history.add(juror, "juror_invited_again", actor=actor, now=now, payload={"juror": juror.code})
    _mail([juror], now=now)
    return juror


def answer(juror, *, accepts, reason, now):
    """The juror accepts, or declines with a reason, and may think again until the stage opens. Gives the juror."""
    lives.require("invite", juror.stage.state)
    wanted = "accepted" if accepts else "declined"
    if juror.state not in ("invited", wanted):
        lives.require("change_answer", juror.stage.state)
    if (juror.state, juror.reason) == (wanted, reason):
        return juror
    juror.state, juror.reason, juror.answered_at = wanted, reason, now
    if not accepts:
        for assignment in session.scalars(
            select(Assignment).where(Assignment.juror_id == juror.id, Assignment.state == "proposed")
        ):
            session.delete(assignment)
    history.add(
        juror,
        "juror_answered",
        actor=juror.user,
        now=now,
        payload={"juror": juror.code, "answer": wanted},
        about={"reason": reason} if reason else None,
    )
    return juror


def change(juror, *, profile, version, actor, now):
    """Set a juror's organisation, languages and chair. Raises Refused once the stage is locked, Stale when
    overtaken."""
    lives.require("invite", juror.stage.state)
    versions.require(juror, version)
    if profile["chair"] and juror.state == "declined":
        raise Refused(text("Somebody who declined cannot take the chair."), field="chair")
    if (juror.organisation, list(juror.languages), juror.chair) == (
        profile["organisation"],
        list(profile["languages"]),
        profile["chair"],
    ):
        return juror
    juror.organisation, juror.languages, juror.chair = (
        profile["organisation"],
        list(profile["languages"]),
        profile["chair"],
    )
    if juror.chair:
        _only_chair(juror.stage, juror)
    history.add(
        juror,
        "juror_changed",
        actor=actor,
        now=now,
        payload={"juror": juror.code, "chair": juror.chair, "languages": juror.languages},
    )
    return juror


def of_stage(stage):
    """The jurors of the stage with their persons and conflicts, by code. Constant statements."""
    return session.scalars(
        select(Juror)
        .where(Juror.stage_id == stage.id)
        .options(joinedload(Juror.user), selectinload(Juror.conflicts))
        .order_by(Juror.code)
    ).all()
