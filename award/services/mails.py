"""The outbox: mails are written here with the act that causes them; `award.jobs` sends them."""

from award.db import session
from award.i18n import pick, text, translate
from award.models import Mail
from award.services import queue

SITE = "Award"
LETTER = text("Dear %(name)s,\n\n%(message)s\n\nKind regards\n%(sender)s")


def write(user, *, kind, message, now, round_=None):
    """Put a mail to one person in the outbox. `message` is (subject, body): lazy texts, given in the person's language.

    The greeting with the person's name and the close with the sender are added here: write only what comes between.
    """
    language = user.language or (round_.languages[0] if round_ else "en")
    subject, body = (translate(part, language) for part in message)
    letter = LETTER.filled(name=user.name, message=body, sender=_sender(round_, language))
    mail = Mail(
        user=user,
        round_id=round_.id if round_ else None,
        kind=kind,
        address=user.email,
        subject=" ".join(subject.split()),
        body=translate(letter, language),
        language=language,
        created_at=now,
    )
    session.add(mail)
    queue.wake()
    return mail


def _sender(round_, language):
    return pick(round_.programme.organiser, language, round_.languages) if round_ else SITE
