"""Who may do what: the one table. Pure: a person and a subject come in, yes or no goes out.

When an act is possible is told by `domain/lives.py`; what may be typed, by the forms.
"""
from enum import StrEnum


class Permission(StrEnum):
    OPEN_PAGE = "open_page"                        # home, help, health, language
    SIGN_IN = "sign_in"                            # sign in, register, follow a mailed link
    OWN_ACCOUNT = "own_account"                    # one's own name, password, sign-ins; sign out
    CREATE_PROGRAMME = "create_programme"
    ORGANISE = "organise"                          # set up, screen, invite, assign, lock, decide, publish
    READ_ROUND = "read_round"                      # progress, entries, ranking, history, reports of a round
    READ_CALL = "read_call"                        # the public page of a round
    START_ENTRY = "start_entry"
    READ_ENTRY = "read_entry"                      # an entry with its answers
    EDIT_ENTRY = "edit_entry"                      # write, submit, invite colleagues, withdraw
    READ_ATTACHMENT = "read_attachment"
    ANSWER_AS_JUROR = "answer_as_juror"            # accept or decline, declare conflicts, own dashboard
    JUDGE = "judge"                                # read the entry as a juror, score it
    PRESIDE = "preside"                            # reopen a ballot of somebody else, with a reason
    READ_JURY_FIGURES = "read_jury_figures"        # how each juror scored, by name
    READ_PUBLICATION = "read_publication"          # the public result of a published round
    READ_MAIL = "read_mail"                        # the outbox of a round, in the demonstration


def _programme_id(subject):
    return subject.round.programme_id if hasattr(subject, "round") else subject.id


def _holds(user, subject, *kinds):
    return any(o.kind in kinds and o.programme_id == _programme_id(subject) for o in user.offices)


def is_anyone(_user, _subject):
    return True


def is_signed_in(user, _subject):
    return user.is_authenticated


def may_found(user, _subject):
    return user.role in ("organiser", "administrator")


def is_organiser(user, subject):
    return _holds(user, subject, "organiser")


def is_organiser_or_auditor(user, subject):
    return _holds(user, subject, "organiser", "auditor")


def is_public(user, subject):
    return subject.round.state != "draft" or (user.is_authenticated and is_organiser_or_auditor(user, subject))


def is_published(user, subject):
    return subject.round.state in ("published", "archived") or (user.is_authenticated and is_organiser_or_auditor(user, subject))


def is_member(user, subject, *, roles=("owner", "editor", "reader")):
    return any(m.user_id == user.id and m.joined_at and m.role in roles for m in subject.entry.members)


def is_writer(user, subject):
    return is_member(user, subject, roles=("owner", "editor"))


def is_juror_of(user, subject):
    """An assignment that this juror accepted, after declaring conflicts, and that no conflict has voided."""
    juror = subject.juror
    return (juror.user_id == user.id and juror.state == "accepted" and juror.cleared_at is not None
            and subject.state in ("notified", "voided") and not _is_recused(subject))


def _is_recused(assignment):
    return any(c.entry_id == assignment.entry_id for c in assignment.juror.conflicts)


def reads_entry(user, subject):
    """The team; organisers and auditors once it has been submitted."""
    return is_member(user, subject) or (subject.entry.number is not None and is_organiser_or_auditor(user, subject))


def reads_attachment(user, subject):
    return reads_entry(user, subject) or any(is_juror_of(user, a) for a in subject.entry.assignments)


def is_this_juror(user, subject):
    return subject.user_id == user.id


def is_chair(user, subject):
    """The accepted chair of this very stage; not its organisers, auditors or other jurors."""
    return any(j.chair and j.state == "accepted" and j.user_id == user.id for j in subject.jurors)


def is_chair_or_organiser(user, subject):
    """The chair of the stage, but not about an entry that the chair has a conflict with."""
    stage = getattr(subject, "stage", subject)
    chairs = [j for j in stage.jurors if j.chair and j.state == "accepted" and j.user_id == user.id]
    recused = any(c.entry_id == getattr(subject, "entry_id", None) for j in chairs for c in j.conflicts)
    return is_organiser(user, subject) or (bool(chairs) and not recused)


RULES = {
    Permission.OPEN_PAGE: is_anyone,
    Permission.SIGN_IN: is_anyone,
    Permission.OWN_ACCOUNT: is_signed_in,
    Permission.CREATE_PROGRAMME: may_found,
    Permission.ORGANISE: is_organiser,
    Permission.READ_ROUND: is_organiser_or_auditor,
    Permission.READ_CALL: is_public,
    Permission.START_ENTRY: is_public,
    Permission.READ_ENTRY: reads_entry,
    Permission.EDIT_ENTRY: is_writer,
    Permission.READ_ATTACHMENT: reads_attachment,
    Permission.ANSWER_AS_JUROR: is_this_juror,
    Permission.JUDGE: is_juror_of,
    Permission.PRESIDE: is_chair_or_organiser,
    Permission.READ_JURY_FIGURES: is_chair,
    Permission.READ_PUBLICATION: is_published,
    Permission.READ_MAIL: is_organiser,
}
VISITORS = {Permission.OPEN_PAGE, Permission.SIGN_IN, Permission.READ_CALL, Permission.READ_PUBLICATION}
"""What somebody who has not signed in may be allowed; everything else asks to sign in first."""


def can(user, permission, subject=None):
    """True when the person holds the permission on the subject; a visitor holds only those open to visitors."""
    if not user.is_authenticated and permission not in VISITORS:
        return False
    return RULES[permission](user, subject)
