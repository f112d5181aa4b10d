"""What the magazine prints of an entry: the long answers of teams that consent to publication, as they were submitted."""
from sqlalchemy import func, select

from award.db import session
from award.domain import report
from award.i18n import pick
from award.models import Entry, Field, Version
from award.services.consents import TAKING_PART


def of_round(round_, language):
    """{entry id: tuple of report.Answer}: the newest version's long texts, in the order of the form, of the entries that consent.

    The questions stand in `language`. An entry that is withdrawn or does not consent is not in it. Statements: 2.
    """
    questions = _questions(round_, language)
    return {entry_id: tuple(report.Answer(question, answers[key].strip()) for key, question in questions if (answers.get(key) or "").strip())
            for entry_id, answers in session.execute(_submitted(round_))}


def _questions(round_, language):
    """[(key of its answer, the question)] of the long texts, in order."""
    asked = session.scalars(select(Field).where(Field.round_id == round_.id, Field.kind == "long_text").order_by(Field.position, Field.id))
    return [(str(field.id), pick(field.label, language, round_.languages)) for field in asked]


def _submitted(round_):
    newest = select(func.max(Version.number)).where(Version.entry_id == Entry.id).correlate(Entry).scalar_subquery()
    return (select(Entry.id, Version.answers).join(Version, (Version.entry_id == Entry.id) & (Version.number == newest))
            .where(Entry.round_id == round_.id, Entry.consented_at.is_not(None), *TAKING_PART))
