"""A team consents to publication and takes it back; only what it agreed to is given to the magazine."""
import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.domain import report
from award.errors import Refused
from award.models import Event
from award.services import consents, entries, published_answers
from tests import builders as b
from tests.builders import NOW


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.fixture
def round_():
    row = b.round_(state="open", languages=["en", "nl"])
    b.field(row, label={"en": "What did you do?", "nl": "Wat deed u?"})
    b.field(row, "number", label={"en": "How many?"})
    b.field(row, label={"en": "What is better now?"})
    return row


def entered(round_, title="Night desk", **values):
    first, number, second = (str(field.id) for field in round_.fields)
    return b.entry(round_, title=title, draft={first: f"{title}: we asked. ", number: "12", second: ""}, **values)


def events():
    return [(e.act, e.payload) for e in session.scalars(select(Event).order_by(Event.sequence))]


def test_consent_is_kept_with_its_time_and_told_once_in_the_history(round_):
    entry = entered(round_)
    before = entry.version
    for _ in range(2):
        consents.give(entry, actor=entry.saved_by, now=NOW)
    assert (entry.consented_at, entry.version, events()) == (NOW, before, [("publication_agreed", {"number": entry.number})])


def test_consent_is_taken_back_and_nothing_of_the_entry_is_given_any_more(round_):
    entry = entered(round_)
    consents.give(entry, actor=entry.saved_by, now=NOW)
    assert list(published_answers.of_round(round_, "en")) == [entry.id]
    for _ in range(2):
        consents.take_back(entry, actor=entry.saved_by, now=NOW)
    assert (entry.consented_at, [act for act, _ in events()]) == (None, ["publication_agreed", "publication_stopped"])
    assert published_answers.of_round(round_, "en") == {}


def test_who_consents_does_not_overtake_a_colleague_who_is_writing(round_):
    entry = entered(round_)
    opened = entry.version
    consents.give(entry, actor=entry.saved_by, now=NOW)
    columns = {name: getattr(entry, name) for name in ("title", "team", "language", "initiative")} | {"summary": "Written meanwhile."}
    entries.save(entry, written=entries.Written(columns, {}, opened), actor=b.user(), now=NOW)
    assert (entry.summary, entry.consented_at) == ("Written meanwhile.", NOW)


@pytest.mark.parametrize(("state", "possible"), [("draft", False), ("open", True), ("judging", True), ("decided", True), ("published", True),
                                                 ("archived", False)])
def test_the_question_stands_until_the_round_is_archived(round_, state, possible):
    entry = entered(round_)
    round_.state = state
    assert consents.is_open(entry) is possible


def test_a_draft_and_a_withdrawn_entry_are_not_asked(round_):
    draft, gone = b.entry(round_, submitted=False), entered(round_)
    entries.withdraw(gone, reason="Merged.", version=gone.version, actor=gone.saved_by, now=NOW)
    for entry, said in ((draft, str(consents.NOT_SUBMITTED)), (gone, str(entries.WITHDRAWN))):
        with pytest.raises(Refused) as refusal:
            consents.give(entry, actor=entry.saved_by, now=NOW)
        assert str(refusal.value) == said


def test_the_answers_are_the_long_texts_of_those_who_consent_with_the_question_in_the_language(round_):
    yes, _no, gone = (entered(round_, title) for title in ("One", "Two", "Three"))
    for entry in (yes, gone):
        consents.give(entry, actor=entry.saved_by, now=NOW)
    entries.withdraw(gone, reason="Merged.", version=gone.version, actor=gone.saved_by, now=NOW)
    assert published_answers.of_round(round_, "nl") == {yes.id: (report.Answer("Wat deed u?", "One: we asked."),)}
    assert published_answers.of_round(round_, "de")[yes.id][0].question == "What did you do?"
    assert consents.counts(round_) == (1, 2)


def test_the_newest_version_is_printed(round_):
    entry = entered(round_)
    first = str(round_.fields[0].id)
    b.version(entry, entry.saved_by, answers={first: "Second thoughts."})
    consents.give(entry, actor=entry.saved_by, now=NOW)
    assert [a.words for a in published_answers.of_round(round_, "en")[entry.id]] == ["Second thoughts."]
