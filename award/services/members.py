"""The team behind an entry: invite a colleague, join, remove. Colleagues may come from several organisations."""
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from award.db import session
from award.domain import lives
from award.errors import Invalid, Refused
from award.i18n import text
from award.models import Member
from award.services import accounts, entries, history, links, mails

ROLES = ("editor", "reader")


def of_entry(entry):
    """The members with their person, the owner first, in one statement."""
    return session.scalars(select(Member).where(Member.entry_id == entry.id).options(joinedload(Member.user))
                           .order_by(Member.id)).all()


def invite(entry, *, invited, actor, now):
    """Invite a colleague by mail. `invited`: email, name, organisation, role (one of ROLES). Gives the member.

    Somebody invited before who has not joined gets a new link. Raises Invalid for somebody who is in the team, Refused
    once the jury has decided or the entry is withdrawn.
    """
    _require_open(entry)
    entries.hold(entry)
    user = accounts.find_or_invite(invited["email"], name=invited["name"], organisation=invited["organisation"],
                                   language=entry.language, now=now)
    member = session.scalar(select(Member).where(Member.entry_id == entry.id, Member.user_id == user.id))
    if member is not None and member.joined_at:
        raise Invalid(text("%(email)s is already in the team.", email=user.email), field="email")
    member = member or Member(entry=entry, user=user, invited_at=now)
    member.role, member.organisation, member.invited_at = invited["role"], invited["organisation"], now
    session.add(member)
    history.add(member, "member_invited", actor=actor, now=now, payload={"entry": entry.id, "role": member.role})
    _send(member, actor=actor, now=now)
    return member


def _require_open(entry):
    if entry.state == "withdrawn":
        raise Refused(entries.WITHDRAWN)
    lives.require("complete_entry", entry.round.state)


def _send(member, *, actor, now):
    entry = member.entry
    mails.write(member.user, kind="member", now=now, round_=entry.round, message=(
        text("%(name)s invites you to the team of “%(entry)s”", name=actor.name, entry=_title(entry)),
        text("%(name)s asks you to join the team of “%(entry)s”, an entry to %(round)s. Open this link and press “Join "
             "the team”:\n\n%(link)s\n\nIt works once. You do not know %(name)s? Then do nothing.", name=actor.name,
             entry=_title(entry), round=entries.round_title(entry),
             link=links.make(member.user, "member", member.id, now=now))))


def _title(entry):
    return entry.title or entries.NAMELESS


def join(member, *, actor, now):
    """The invited person joins the team. Gives the member. A second time nothing happens."""
    if member.user_id != actor.id:
        raise Refused(text("This invitation is for somebody else."))
    if member.joined_at is None:
        member.joined_at = now
        history.add(member, "member_joined", actor=actor, now=now,
                    payload={"entry": member.entry_id, "role": member.role})
    return member


def remove(member, *, actor, now):
    """Take somebody out of the team, or take back an invitation. Gives the entry. Raises Refused for the owner."""
    if member.role == "owner":
        raise Refused(text("Whoever started the entry stays in the team. Withdraw the entry instead."))
    entry = member.entry
    _require_open(entry)
    history.add(member, "member_removed", actor=actor, now=now, payload={"entry": entry.id, "role": member.role})
    entry.members.remove(member)
    session.delete(member)
    return entry
