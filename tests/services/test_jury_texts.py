"""Texts of the jury kept: what others read of them, and many people at once."""
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, select

from award import db
from award.errors import Missing, Refused, Stale
from award.models import Event, JuryText, Round
from award.services import history, jury_texts, results
from tests import builders as b
from tests.people import signed_in
from tests.services import judged

WRITERS = 6


@pytest.fixture
def rows(context):
    found = judged.stage(state="locked")
    found.frozen = results.freeze(found.stage, actor=found.organiser, now=b.NOW)
    found.place = jury_texts.about_entry(found.stage, found.entries[0].id)
    return found


def save(rows, place=None, *, version=0, key="", **words):
    typed = jury_texts.Written("en", words, version, key)
    jury_texts.save(place or rows.place, typed=typed, actor=rows.organiser, now=b.NOW)
    return jury_texts.read(place or rows.place)["en"]


def test_the_report_reads_what_has_words_in_one_language_in_one_statement(app, rows):
    award = b.special_award(rows.stage, {rows.criteria[0]: 1})
    db.session.expire(rows.stage)
    save(rows, summary="Short.", strengths="")
    save(rows, jury_texts.about_award(rows.stage, award.id), lessons="Ask first.")
    save(rows, jury_texts.Place(rows.stage), recommendations="Begin earlier.")
    stage, entry, seen = rows.stage, rows.entries[0].id, []
    stage.id, db.session.flush()
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: seen.append(call[2]))
    assert jury_texts.of_stage(stage, "en") == {(f"entry:{entry}", "summary"): "Short.", (f"award:{award.id}", "lessons"): "Ask first.",
                                                ("", "recommendations"): "Begin earlier."}
    assert (len(seen), jury_texts.of_stage(stage, "nl")) == (1, {})


def test_each_save_raises_the_version_and_an_older_form_is_refused(rows):
    assert save(rows, summary="One.", motivation="Why.").version == 2
    assert save(rows, summary="Two.", motivation="Why.", version=2).version == 3
    with pytest.raises(Stale):
        save(rows, summary="Three.", motivation="Why.", version=2)
    assert save(rows, summary="Two.", motivation="Why.", version=0).version == 3    # what is kept already, sent again
    assert jury_texts.read(rows.place)["en"].words == {"summary": "Two.", "strengths": "", "improvements": "", "motivation": "Why."}


def test_a_form_sent_twice_counts_once_even_when_somebody_saved_between(rows):
    save(rows, summary="One.", key="k")
    save(rows, summary="Two.", version=1)
    assert save(rows, summary="One.", key="k").words["summary"] == "Two."
    with pytest.raises(Stale):
        save(rows, summary="Another one.", key="k")
    assert [told.payload["kind"] for told in db.session.scalars(select(Event).where(Event.act == "jury_text_saved"))] == ["summary"] * 2


def test_the_history_stays_whole_and_holds_checksums_only(rows):
    save(rows, summary="Secret until published.")
    told = db.session.scalars(select(Event).where(Event.act == "jury_text_saved")).one()
    assert (set(told.payload), told.kind, "Secret" in str(told.payload)) == ({"place", "kind", "language", "words"}, "jury_text", False)
    assert history.first_break(rows.round) is None


def test_an_entry_that_is_not_ranked_here_and_a_published_round_are_refused(rows):
    with pytest.raises(Missing):
        jury_texts.about_entry(rows.stage, b.entry(rows.round).id)
    rows.round.state = "published"
    with pytest.raises(Refused) as refused:
        save(rows, summary="Too late.")
    assert "the texts of the jury are fixed" in str(refused.value)


def test_before_a_result_is_frozen_the_entries_stand_as_they_rank_now(context):
    found = judged.stage(state="locked")
    assert [(line.entry.number, line.figures["rank"], line.decision) for line in jury_texts.lines(found.stage)] == [
        ("LA27-001", 1, None), ("LA27-002", 2, None), ("LA27-003", 3, None)]
    assert jury_texts.draft(jury_texts.about_entry(found.stage, found.entries[0].id)).jurors == ()


def test_of_many_who_save_one_text_at_once_one_is_kept_and_other_entries_are_untouched(app):
    with app.app_context(), db.transaction():
        found = judged.stage(state="locked")
        stage, round_, organiser, entries = found.stage.id, found.round.id, found.organiser.id, [e.id for e in found.entries]
    clients = [signed_in(app, organiser) for _ in range(WRITERS)]

    def write(n):
        words = {"version": "0", "summary": f"By {n}.", **dict.fromkeys(("strengths", "improvements", "motivation"), "")}
        return clients[n].post(f"/stages/{stage}/jury-texts/{entries[n % 2]}?language=en", data=words).status_code

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sorted(pool.map(write, range(WRITERS))) == [303, 303] + [409] * (WRITERS - 2)
    with app.app_context():
        assert sorted(text.entry_id for text in db.session.scalars(select(JuryText))) == sorted(entries[:2])
        assert history.first_break(db.session.get(Round, round_)) is None
