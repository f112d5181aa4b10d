"""Submitting: nothing missing, the number without gaps, the checksum that anyone can work out, the receipt."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.errors import Invalid, Refused, Stale
from award.models import Entry, Event, Mail, Round, User, Version
from award.services import entries, entry_versions
from tests import builders as b
from tests.builders import NOW

CHOICES = [{"key": "c1", "label": {"en": "Yes", "nl": "Ja"}}, {"key": "c2", "label": {"en": "No", "nl": "Nee"}}]


@pytest.fixture
def inside(context):
    with transaction():
        yield


@pytest.fixture
def round_(inside):
    row = b.round_(state="open", languages=["nl", "en"])
    b.field(row, label={"en": "What changed", "nl": "Wat veranderde"}, required=True, options={"max_words": 3})
    b.field(row, "single_choice", label={"en": "Open"}, options={"choices": CHOICES})
    session.refresh(row)
    return row


@pytest.fixture
def owner(inside):
    return b.user("nora@port.example", name="Nora", language="en")


@pytest.fixture
def entry(round_, owner):
    first, second = (str(field.id) for field in round_.fields)
    return b.entry(round_, owner, submitted=False, draft={first: "One letter", second: "c1"})


def submit(entry, actor, *, key="k", now=NOW, version=None):
    return entry_versions.submit(entry, version=version or entry.version, key=key, actor=actor, now=now)


def told(gaps):
    return [(gap.place, str(gap.label), [str(fault) for fault in gap.faults]) for gap in gaps]


def test_gaps_name_each_place_with_what_to_do(entry):
    first = str(entry.round.fields[0].id)
    assert entry_versions.gaps(entry) == []
    entry.title, entry.team, entry.draft = "", "", {}
    assert told(entry_versions.gaps(entry)) == [
        ("title", "Title", ["Give the entry a title."]),
        ("team", "Team", ["Say which team enters."]),
        (first, "What changed", ["Answer this question."]),
    ]
    entry.title, entry.team, entry.draft = "t", "t", {first: "one two three four"}
    assert told(entry_versions.gaps(entry)) == [(first, "What changed", ["4 words, 1 more than allowed"])]


def test_an_entry_with_gaps_is_not_submitted(entry, owner):
    entry.draft = {}
    session.flush()
    with pytest.raises(Invalid):
        submit(entry, owner)
    assert (entry.number, entry.state, session.scalar(select(Round.numbered))) == (None, "draft", 0)


def test_the_first_submission_gives_the_number_and_version_1(entry, owner):
    version = submit(entry, owner)
    assert (entry.number, entry.state) == ("LA27-001", "submitted")
    assert (version.number, version.title, version.answers, version.submitted_at, version.submitted_by) == (
        1,
        "Night desk",
        entry.draft,
        NOW,
        owner,
    )
    event = session.scalar(select(Event).order_by(Event.sequence.desc()))
    assert (event.act, event.payload) == (
        "entry_submitted",
        {"number": "LA27-001", "version": 1, "checksum": version.checksum},
    )


def test_anyone_can_work_out_the_checksum(entry, owner):
    version = submit(entry, owner)
    content = {
        "title": "Night desk",
        "team": "Desk team",
        "summary": "",
        "initiative": "running",
        "answers": version.answers,
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert version.checksum == hashlib.sha256(plain).hexdigest()


@pytest.mark.parametrize(
    "change", [{"title": "x"}, {"team": "x"}, {"summary": "x"}, {"initiative": "finished"}, {"answers": {}}]
)
def test_every_change_changes_the_checksum(entry, change):
    content = entry_versions.of_draft(entry)
    assert entry_versions.checksum(content) != entry_versions.checksum(content | change)


def test_a_change_is_version_2_with_the_same_number_and_version_1_stays(entry, owner):
    first = submit(entry, owner)
    assert not entry_versions.is_ahead(entry, first)
    entry.title = "Day desk"
    session.flush()
    assert entry_versions.is_ahead(entry, first)
    second = submit(entry, owner, key="l", now=NOW + timedelta(days=1))
    assert (entry.number, second.number, second.title, first.title) == ("LA27-001", 2, "Day desk", "Night desk")
    assert entry_versions.newest(entry) is second


def test_nothing_new_is_not_submitted_again(entry, owner):
    submit(entry, owner)
    with pytest.raises(Refused):
        submit(entry, owner, key="l")


def test_a_page_sent_twice_submits_once(entry, owner):
    opened_on = entry.version
    first, second = (submit(entry, owner, version=opened_on) for _time in range(2))
    assert first is second
    assert session.scalars(select(Mail.kind)).all() == ["receipt"]


def test_a_page_that_was_overtaken_is_refused(entry, owner):
    with pytest.raises(Stale):
        submit(entry, owner, version=entry.version + 1)


def test_after_the_deadline_nothing_is_submitted(entry, owner):
    closes_at = entry.round.closes_at
    with pytest.raises(Refused):
        submit(entry, owner, now=closes_at)
    assert submit(entry, owner, now=closes_at - timedelta(milliseconds=1)).number == 1


def test_the_receipt_goes_to_everybody_who_joined_in_their_own_language(entry, owner):
    b.member(entry, b.user("tom@port.example", language="nl"))
    b.member(entry, b.user("not.yet@port.example"), joined=False)
    version = submit(entry, owner)
    english, dutch = session.scalars(select(Mail).order_by(Mail.id)).all()
    assert (english.address, english.language, dutch.address, dutch.language) == (
        "nora@port.example",
        "en",
        "tom@port.example",
        "nl",
    )
    code = " ".join(version.checksum[n : n + 4] for n in range(0, 64, 4))
    assert (
        "We received “Night desk” on Monday, 1 March 2027 at 13:00:00 (Brussels time). Number LA27-001, version 1, "
        f"checksum {code}. You can change it until Wednesday, 31 March 2027 at 14:00 (Brussels time)."
    ) in english.body.replace("\u00a0", " ")


def test_answers_are_read_in_the_order_of_the_form_in_the_readers_language(entry):
    answers = entry_versions.read(entry_versions.of_draft(entry), entry.round)
    assert [(str(a.label), a.value, str(a.text)) for a in answers] == [
        ("What changed", "One letter", "One letter"),
        ("Open", "c1", "Yes"),
    ]


def test_answers_to_questions_taken_away_are_not_submitted(entry, owner):
    entry.draft = {**entry.draft, "99999": "gone"}
    session.flush()
    assert "99999" not in submit(entry, owner).answers


def test_fifty_entries_submitted_at_once_are_numbered_without_gaps(app):
    with app.app_context(), transaction():
        round_ = b.round_(state="open")
        ids = [(entry.id, entry.members[0].user_id) for entry in (b.entry(round_, submitted=False) for _n in range(50))]
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda pair: _submit(app, *pair), ids))
    with app.app_context():
        assert sorted(session.scalars(select(Entry.number))) == [f"LA27-{n:03}" for n in range(1, 51)]
        assert session.scalar(select(Round.numbered)) == 50


def test_one_entry_submitted_fifty_times_at_once_is_one_version(app):
    with app.app_context(), transaction():
        entry = b.entry(b.round_(state="open"), submitted=False)
        pair = entry.id, entry.members[0].user_id
    with ThreadPoolExecutor(10) as pool:
        given = set(pool.map(lambda _n: _submit(app, *pair, key="same", version=1), range(50)))
    with app.app_context():
        assert given == {session.scalar(select(Version.id))}
        assert session.scalars(select(Event.act)).all() == ["entry_submitted"]
        assert session.scalars(select(Mail.kind)).all() == ["receipt"]


def _submit(app, entry_id, user_id, *, key="", version=None):
    with app.app_context(), transaction():
        entry, user = session.get(Entry, entry_id), session.get(User, user_id)
        return entry_versions.submit(entry, version=version or entry.version, key=key, actor=user, now=NOW).id


def test_of_ten_saves_at_once_on_one_version_one_is_kept_and_the_others_are_refused(app):
    with app.app_context(), transaction():
        entry = b.entry(b.round_(state="open"), submitted=False)
        entry_id, user_id = entry.id, entry.members[0].user_id
    for turn in range(20):
        with app.app_context():
            version = session.scalar(select(Entry.version))
        with ThreadPoolExecutor(10) as pool:
            kept = list(
                pool.map(lambda n, v=version, t=turn: _save(app, entry_id, user_id, f"{t} by {n}", v), range(10))
            )
        with app.app_context():
            title, after = session.execute(select(Entry.title, Entry.version)).one()
        assert [t for t in kept if t] == [title]
        assert after == version + 1


def _save(app, entry_id, user_id, title, version):
    with app.app_context():
        try:
            with transaction():
                entry, user = session.get(Entry, entry_id), session.get(User, user_id)
                columns = {"title": title, "team": entry.team, "summary": "", "language": "en", "initiative": "running"}
                entries.save(entry, written=entries.Written(columns, {}, version), actor=user, now=NOW)
        except Stale:
            return None
        return title
