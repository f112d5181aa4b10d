"""What the jury writes for its report, by stage and language: about each entry, each special award, and the whole stage."""

from sqlalchemy import select

from award.db import session
from award.models import JuryText


def of_stage(stage, language):
    """{(place, kind): words} of the stage's texts in one language, those with words only; one statement.

    `place` is "entry:<entry id>", "award:<special award id>" or "" for the whole stage.
    """
    found = select(JuryText.place, JuryText.kind, JuryText.words).where(
        JuryText.stage_id == stage.id, JuryText.language == language, JuryText.words != ""
    )
    return {(place, kind): words for place, kind, words in session.execute(found)}
