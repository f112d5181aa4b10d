"""The outbox: mails are written here with the act that causes them; `award.jobs` sends them."""
from award.db import after_commit, session
from award.i18n import translate
from award.models import Mail

triggers = []
"""Called once the mail is durable; the queue registers itself here."""


def write(user, *, kind, message, now, round_=None):
    """Put a mail to one person in the outbox. `message` is (subject, body): lazy texts, given in the person's language."""
    language = user.language or (round_.languages[0] if round_ else "en")
    subject, body = (translate(part, language) for part in message)
    mail = Mail(user=user, round_id=round_.id if round_ else None, kind=kind, address=user.email,
                subject=" ".join(subject.split()), body=body, language=language, created_at=now)
    session.add(mail)
    for trigger in triggers:
        after_commit(trigger)
    return mail
