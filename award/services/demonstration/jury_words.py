"""What the jury wrote for its report: on entries, with the lessons of the special award and its recommendations, in four languages."""
from sqlalchemy import select

from award.db import session
from award.models import Conflict, Juror
from award.services import jury_texts
from award.services.demonstration import texts


def write(scene, result, *, day, hour):
    """The chair writes the texts of the scene's stage, one form after the other from that hour, as content/jury_words_….toml has them.

    Those on an entry that the chair has a conflict of interest with are written by the organiser.
    """
    written = texts.read(f"jury_words_{'pitch' if scene.stage.position else 'first'}")
    chair = next(row.user for row, _person in scene.jurors.values() if row.chair)
    recused = set(session.scalars(select(Conflict.entry_id).join(Juror, Conflict.juror_id == Juror.id).where(Juror.user_id == chair.id)))
    entries = {title: jury_texts.Place(result.stage, entry=scene.entries[title]) for title in written if title in scene.entries}
    forms = [(place, code, words) for title, place in entries.items() for code, words in written[title].items()]
    forms += [(jury_texts.Place(result.stage, award=award), code, {"lessons": words}) for award in result.stage.special_awards
              for code, words in written.get("lessons", {}).items()]
    forms += [(jury_texts.Place(result.stage), code, {"recommendations": words}) for code, words in written.get("recommendations", {}).items()]
    for number, (place, code, words) in enumerate(forms):
        kept = dict.fromkeys(place.kinds, "") | {kind: text.strip() for kind, text in words.items()}
        actor = scene.organiser if place.entry_id in recused else chair
        jury_texts.save(place, typed=jury_texts.Written(code, kept), actor=actor, now=scene.at(day, hour + number / 20))
