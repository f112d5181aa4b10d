"""Entries being written: who is in time, who overwrites nobody, what is told to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from award.db import session, transaction
from award.errors import Invalid, Refused, Stale
from award.models import Entry, Event, Mail, Version
from award.services import entries, entry_versions
from award.services.entries import Written
from tests import builders as b
from tests.builders import NOW

MS = timedelta(milliseconds=1)
WANTED = {"title": "Night desk", "team": "Desk team", "organisation": "Port", "language": "en", "initiative": "running"}


@pytest.fixture(autouse=True)
def inside(context):
    with transaction():
        yield


@pytest.fixture
def owner():
    return b.user("nora@port.example", name="Nora")


@pytest.fixture
def round_():
    return b.round_(state="open")


@pytest.fixture
def draft(round_, owner):
    return b.entry(round_, owner, submitted=False, draft={})


def written(entry, *, answers=None, version=None, **columns):
    kept = {name: getattr(entry, name) for name in ("title", "team", "summary", "language", "initiative")}
    return Written(kept | columns, answers or {}, entry.version if version is None else version)


def acts():
    return session.scalars(select(Event.act).order_by(Event.sequence)).all()


def mails():
    return session.execute(select(Mail.kind, Mail.address).order_by(Mail.id)).all()


def test_an_entry_starts_as_a_draft_without_a_number_owned_by_whoever_starts_it(round_, owner):
    entry = entries.start(round_, wanted=WANTED, key="k", actor=owner, now=NOW)
    assert (entry.title, entry.state, entry.number, entry.draft) == ("Night desk", "draft", None, {})
    assert [(m.user_id, m.role, m.organisation, m.joined_at) for m in entry.members] == [
        (owner.id, "owner", "Port", NOW)
    ]
    assert acts() == ["entry_started"]


def test_a_start_sent_twice_starts_one_entry(round_, owner):
    first, second = (entries.start(round_, wanted=WANTED, key="k", actor=owner, now=NOW) for _time in range(2))
    assert first is second
    assert acts() == ["entry_started"]


@pytest.mark.parametrize(("at", "possible"), [(-MS, False), (0 * MS, True), (MS, True)])
def test_the_call_opens_at_its_instant(round_, owner, at, possible):
    round_.opens_at = NOW
    assert starts(round_, owner, NOW + at) is possible


@pytest.mark.parametrize(("at", "possible"), [(-MS, True), (0 * MS, False), (MS, False)])
def test_the_call_closes_at_its_instant_which_is_late(round_, owner, at, possible):
    round_.closes_at = NOW
    assert starts(round_, owner, NOW + at) is possible


def starts(round_, owner, now):
    try:
        entries.start(round_, wanted=WANTED, key="", actor=owner, now=now)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("state", ["draft", "judging", "decided", "published", "archived"])
def test_an_entry_starts_only_while_the_call_is_open(owner, state):
    assert not starts(b.round_(state=state), owner, NOW)


def test_who_is_too_late_reads_when_it_closed_when_theirs_arrived_and_whom_to_ask(round_, draft, owner):
    round_.closes_at = datetime(2027, 2, 26, 16, 0, tzinfo=UTC)
    with pytest.raises(Refused) as refusal:
        entries.save(draft, written=written(draft, title="Late"), actor=owner, now=round_.closes_at + MS)
    assert str(refusal.value).replace("\u00a0", " ") == (
        "Entries closed on Friday, 26 February 2027 at 17:00 (Brussels time). Yours arrived at 17:00:00, so it is too "
        "late. "
        "Your text is kept. Questions: award@office.example."
    )
    assert draft.title == "Night desk"


@pytest.mark.parametrize(
    ("closes_at", "now", "possible"),
    [
        # the night of 28 March 2027: clocks go from 02:00 to 03:00, so 03:00 local is 01:00 UTC
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), datetime(2027, 3, 28, 0, 59, 59, 999000, tzinfo=UTC), True),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC), False),
        # the night of 31 October 2027: 02:30 comes twice; the instant decides, not the clock on the wall
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), datetime(2027, 10, 31, 0, 45, tzinfo=UTC), True),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 29, 59, 999000, tzinfo=UTC), True),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC), False),
    ],
)
def test_in_the_nights_when_clocks_are_moved_the_instant_decides(round_, draft, closes_at, now, possible):
    round_.closes_at = closes_at
    session.flush()
    session.refresh(round_)
    assert entries.is_writable(draft, now=now) is possible


def test_a_draft_is_saved_incomplete(draft, owner):
    later = NOW + timedelta(minutes=5)
    entries.save(
        draft, written=written(draft, title="", answers={"7": "One letter", "8": None}), actor=owner, now=later
    )
    assert (draft.title, draft.draft, draft.saved_at, draft.version) == ("", {"7": "One letter"}, later, 2)


def test_saves_of_one_person_in_a_row_are_one_event(draft, owner):
    for title in "abc":
        entries.save(draft, written=written(draft, title=title), actor=owner, now=NOW)
    colleague = b.user()
    entries.save(draft, written=written(draft, title="d"), actor=colleague, now=NOW)
    entries.save(draft, written=written(draft, title="e"), actor=owner, now=NOW)
    assert acts() == ["entry_saved"] * 3
    assert (draft.title, draft.version) == ("e", 6)


def test_a_save_repeated_after_a_lost_answer_changes_nothing(draft, owner):
    opened_on = draft.version
    for _time in range(2):
        entries.save(draft, written=written(draft, title="New", version=opened_on), actor=owner, now=NOW)
    assert (draft.title, draft.version, acts()) == ("New", opened_on + 1, ["entry_saved"])


def test_a_save_on_an_overtaken_version_is_refused_and_names_who_was_first(draft, owner):
    opened_on = draft.version
    colleague = b.user(name="Tom")
    entries.save(draft, written=written(draft, title="Tom’s"), actor=colleague, now=NOW)
    with pytest.raises(Stale) as refusal:
        entries.save(draft, written=written(draft, title="Nora’s", version=opened_on), actor=owner, now=NOW)
    assert str(refusal.value).startswith("Tom saved this page while you were typing.")
    assert draft.title == "Tom’s"


def test_files_in_the_draft_stay_when_answers_are_saved(draft, owner):
    draft.draft = {"5": [{"id": 1}], "7": "old"}
    session.flush()
    entries.save(draft, written=written(draft, answers={"7": None, "8": "new"}), actor=owner, now=NOW)
    assert draft.draft == {"5": [{"id": 1}], "8": "new"}


def test_an_entry_is_withdrawn_with_its_reason_and_the_team_is_told(round_, owner):
    entry = b.entry(round_, owner)
    b.member(entry, b.user("tom@port.example"))
    b.member(entry, b.user("late@port.example"), joined=False)
    entries.withdraw(entry, reason="We stop.", version=entry.version, actor=owner, now=NOW)
    assert (entry.state, entry.reason) == ("withdrawn", "We stop.")
    assert mails() == [("withdrawn", "nora@port.example"), ("withdrawn", "tom@port.example")]
    assert acts() == ["entry_withdrawn"]
    assert session.scalar(select(Event.payload)) == {}
    with pytest.raises(Refused):
        entries.save(entry, written=written(entry, title="Back"), actor=owner, now=NOW)
    with pytest.raises(Refused):
        entries.withdraw(entry, reason="Again", version=entry.version, actor=owner, now=NOW)


def test_an_entry_is_not_withdrawn_once_the_jury_has_decided_nor_on_an_overtaken_page(round_, owner):
    entry = b.entry(round_, owner)
    with pytest.raises(Stale):
        entries.withdraw(entry, reason="x", version=entry.version + 1, actor=owner, now=NOW)
    round_.state = "decided"
    with pytest.raises(Refused):
        entries.withdraw(entry, reason="x", version=entry.version, actor=owner, now=NOW)


@pytest.fixture
def returned(round_, owner):
    entry = b.entry(round_, owner)
    round_.state, round_.closes_at = "judging", NOW - timedelta(days=1)
    entries.send_back(entry, reason="the annex.", due_at=NOW + timedelta(days=2), actor=b.user(), now=NOW)
    return entry


def test_a_returned_entry_says_what_is_missing_by_mail(returned):
    assert (returned.state, returned.reason) == ("returned", "the annex.")
    mail = session.scalar(select(Mail))
    assert (mail.kind, mail.address, mail.subject) == ("returned", "nora@port.example", "Please complete “Night desk”")
    assert (
        "Please complete “Night desk” by Wednesday, 3 March 2027 at 13:00 (Brussels time). Still missing: the annex. "
        "Your earlier version is kept."
    ) in mail.body.replace("\u00a0", " ")


@pytest.mark.parametrize(("at", "possible"), [(-MS, True), (0 * MS, False)])
def test_a_returned_entry_can_be_completed_until_the_instant_granted(returned, at, possible):
    assert entries.is_writable(returned, now=returned.due_at + at) is possible


def test_a_returned_entry_stays_as_it_is_once_screened_or_decided(returned):
    b.screening(returned, b.user())
    session.refresh(returned)
    assert not entries.is_writable(returned, now=NOW)
    with pytest.raises(Refused):
        entries.send_back(returned, reason="x", due_at=NOW + MS, actor=b.user(), now=NOW)


def test_a_returned_entry_submitted_again_is_version_2_and_closed_again(returned, owner):
    entries.save(returned, written=written(returned, title="Night desk, complete"), actor=owner, now=NOW)
    version = entry_versions.submit(returned, version=returned.version, key="k", actor=owner, now=NOW)
    assert (version.number, returned.state, returned.due_at, returned.reason) == (2, "submitted", None, "")
    assert not entries.is_writable(returned, now=NOW)


def test_a_moment_that_is_past_cannot_be_granted(round_, owner):
    entry = b.entry(round_, owner)
    with pytest.raises(Invalid) as refusal:
        entries.send_back(entry, reason="x", due_at=NOW, actor=owner, now=NOW)
    assert (refusal.value.field, entry.state) == ("due_on", "submitted")


def test_a_draft_cannot_be_returned(draft, owner):
    with pytest.raises(Refused):
        entries.send_back(draft, reason="x", due_at=NOW + MS, actor=owner, now=NOW)


def numbers(rows):
    return [row.number for row in rows]


def test_the_list_shows_submitted_entries_with_their_newest_version(round_, owner):
    entry = b.entry(round_, owner)
    b.version(entry, owner, submitted_at=NOW + MS)
    b.entry(round_, submitted=False)
    b.screening(b.entry(round_, title="Second"), owner, eligible=False)
    rows = entries.of_round(round_)
    assert [(r.number, r.version, r.submitted_at, r.eligible) for r in rows] == [
        ("LA27-001", 2, NOW + MS, None),
        ("LA27-002", 1, NOW, False),
    ]
    assert entries.counts(round_) == {"submitted": 2, "draft": 1}


def test_the_list_is_searched_in_number_title_and_team_and_sorted(round_):
    for title, team in (("Zebra 100%", "Port"), ("Apple", "Town"), ("Mango", "zoo")):
        b.entry(round_, title=title, team=team)
    assert numbers(entries.of_round(round_, search="100%")) == ["LA27-001"]
    assert numbers(entries.of_round(round_, search="%")) == ["LA27-001"]
    assert numbers(entries.of_round(round_, search="town apple")) == ["LA27-002"]
    assert numbers(entries.of_round(round_, search="la27-003")) == ["LA27-003"]
    assert numbers(entries.of_round(round_, sort="title")) == ["LA27-002", "LA27-003", "LA27-001"]
    assert numbers(entries.of_round(round_, sort="team")) == ["LA27-001", "LA27-002", "LA27-003"]


def test_number_1000_comes_after_999(round_):
    for number in ("LA27-1000", "LA27-999"):
        b.entry(round_).number = number
    session.flush()
    assert numbers(entries.of_round(round_)) == ["LA27-999", "LA27-1000"]


def test_a_person_sees_the_entries_of_the_teams_they_joined(round_, owner):
    own = b.entry(round_, owner)
    b.member(b.entry(round_), owner, joined=False)
    assert entries.of_person(round_, owner) == [own]


def test_versions_and_entries_are_what_the_database_holds(draft, owner):
    entries.save(draft, written=written(draft, answers={"1": "é€😀"}), actor=owner, now=NOW)
    session.expire_all()
    assert session.scalar(select(Entry.draft).where(Entry.id == draft.id)) == {"1": "é€😀"}
    assert session.scalar(select(Version.id)) is None
