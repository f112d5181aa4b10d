"""The categories of a round: set up in a draft, chosen by teams, moved with a reason until scoring opens."""

import pytest

from award import db
from award.errors import Invalid, Refused, Stale
from award.models import Category, Event, Mail
from award.services import categories, entries, entry_versions, presets, rounds
from tests import builders as b
from tests.services.setting_up import GIVEN, acts, by, events, ready

CITIES = {"name": {"en": "Cities", "nl": "Steden"}}
STATES = {"name": {"en": "States"}}


@pytest.fixture
def made(context):
    return ready(preset="")


def written(entry, answers, **columns):
    return entries.Written({"title": entry.title, **columns}, answers, entry.version)


def test_categories_are_added_once_renamed_and_told(made):
    round_, organiser = made
    first, second = (categories.add(round_, given=CITIES, key="one key", **by(organiser)) for _time in range(2))
    assert (first, [c.name for c in round_.categories]) == (second, [{"en": "Cities", "nl": "Steden"}])
    db.session.flush()
    categories.change(first, given=STATES, version=1, **by(organiser))
    assert [event for event in events() if "category" in event[0]] == [
        ("category_added", {"name": {"en": "Cities", "nl": "Steden"}}, {}),
        ("category_changed", {"name": {"en": "States"}}, {}),
    ]
    with pytest.raises(Stale) as refusal:
        categories.change(first, given=CITIES, version=1, **by(organiser))
    assert str(refusal.value).startswith("Lotte Aerts saved this page")


def test_two_categories_never_share_a_name(made):
    round_, organiser = made
    categories.add(round_, given=CITIES, key="", **by(organiser))
    other = categories.add(round_, given=STATES, key="", **by(organiser))
    db.session.flush()
    for act in (
        lambda: categories.add(round_, given={"name": {"en": " cities "}}, key="", **by(organiser)),
        lambda: categories.change(other, given=CITIES, version=1, **by(organiser)),
    ):
        with pytest.raises(Invalid) as refusal:
            act()
        assert (refusal.value.field, str(refusal.value)) == (
            "name",
            "Another category of this round has this name. Choose a different one.",
        )


def test_categories_change_places_and_go(made):
    round_, organiser = made
    rows = [categories.add(round_, given={"name": {"en": name}}, key="", **by(organiser)) for name in "abc"]
    db.session.flush()
    categories.move(rows[0], direction="up", **by(organiser))
    categories.move(rows[2], direction="up", **by(organiser))
    categories.remove(rows[1], **by(organiser))
    db.session.expire(round_, ["categories"])
    assert [(c.name["en"], c.position) for c in round_.categories] == [("a", 0), ("c", 1)]
    assert acts()[-2:] == ["category_moved", "category_removed"]


def test_a_category_with_entries_stays(made):
    round_, organiser = made
    used, drafted = (b.category(round_, name) for name in ("Used", "Drafted"))
    b.entry(round_, category=used)
    b.entry(round_, submitted=False, draft={"category": str(drafted.id)})
    for category in (used, drafted):
        with pytest.raises(Refused) as refusal:
            categories.remove(category, **by(organiser))
        assert str(refusal.value) == "Entries have been placed in this category, so it stays. You can change its name."


def test_nothing_changes_once_the_call_is_open(made):
    round_, organiser = made
    category = b.category(round_)
    round_.state = "open"
    for act in (
        lambda: categories.add(round_, given=CITIES, key="", **by(organiser)),
        lambda: categories.change(category, given=CITIES, version=1, **by(organiser)),
        lambda: categories.move(category, direction="up", **by(organiser)),
        lambda: categories.remove(category, **by(organiser)),
    ):
        with pytest.raises(Refused, match="The call is open"):
            act()


def test_a_preset_brings_its_categories_in_the_languages_of_the_round(context, monkeypatch):
    shape = {**rounds.EMPTY, "category": [{"en": "Cities", "nl": "Steden", "fr": "Villes"}, {"en": "States"}]}
    monkeypatch.setattr(presets, "all_", lambda: {"two": shape})
    round_ = rounds.create(b.programme(), given={**GIVEN, "preset": "two"}, key="", **by(b.user()))
    assert [(c.position, c.name) for c in round_.categories] == [(0, {"en": "Cities", "nl": "Steden"}), (1, {"en": "States"})]


def test_a_team_chooses_when_it_submits_and_a_new_choice_counts_once_submitted(made):
    round_, _organiser = made
    cities, states = (b.category(round_, name) for name in ("Cities", "States"))
    round_.state, owner = "open", b.user()
    entry = b.entry(round_, owner, submitted=False)
    entries.save(entry, written=written(entry, {"category": None}), **by(owner))
    assert [(gap.place, str(gap.faults[0])) for gap in entry_versions.gaps(entry)] == [
        ("category", "Choose the category it takes part in.")
    ]
    with pytest.raises(Invalid):
        entry_versions.submit(entry, version=entry.version, key="", **by(owner))
    entries.save(entry, written=written(entry, {"category": str(cities.id)}), **by(owner))
    assert (entry.category, entries.category_of(entry)) == (None, cities)
    entry_versions.submit(entry, version=entry.version, key="", **by(owner))
    assert (entry.category, entry_versions.is_ahead(entry, entry.versions[-1])) == (cities, False)
    entries.save(entry, written=written(entry, {"category": str(states.id)}), **by(owner))
    assert (entry.category, entry_versions.is_ahead(entry, entry.versions[-1])) == (cities, True)
    entry_versions.submit(entry, version=entry.version, key="", **by(owner))
    assert (entry.category, len(entry.versions)) == (states, 2)


def placed(made, **values):
    """A submitted entry in one of two categories of a round being judged."""
    round_, organiser = made
    cities, states = (b.category(round_, name) for name in ("Cities", "States"))
    round_.state = "judging"
    return b.entry(round_, category=cities, draft={"category": str(cities.id)}, **values), states, organiser


def test_the_organiser_places_an_entry_elsewhere_with_a_reason_and_the_team_hears_it(made):
    entry, states, organiser = placed(made)
    categories.move_entry(entry, wanted={"category": states.id, "reason": "It is no city."}, version=entry.version, **by(organiser))
    assert (entry.category, entries.category_of(entry)) == (states, states)
    assert events()[-1] == ("entry_moved", {"from": {"en": "Cities"}, "to": {"en": "States"}}, {"reason": "It is no city."})
    assert [(m.subject, m.body.split("\n")[0]) for m in db.session.query(Mail)][0][0] == "“Night desk” is in another category"
    assert "in the category “States”. Reason: It is no city." in db.session.query(Mail).one().body


def test_an_entry_stays_where_it_is_when_nothing_changes_when_overtaken_and_once_scoring_opens(made):
    entry, states, organiser = placed(made)
    elsewhere = b.category(b.round_())
    for wrong in (entry.category_id, elsewhere.id, 10**6):
        with pytest.raises(Invalid) as refusal:
            categories.move_entry(entry, wanted={"category": wrong, "reason": "x"}, version=entry.version, **by(organiser))
        assert refusal.value.field == "category"
    with pytest.raises(Stale):
        categories.move_entry(entry, wanted={"category": states.id, "reason": "x"}, version=0, **by(organiser))
    entry.round.stages[0].state = "open"
    with pytest.raises(Refused, match="before scoring opens"):
        categories.move_entry(entry, wanted={"category": states.id, "reason": "x"}, version=entry.version, **by(organiser))
    assert (entry.category.name, db.session.query(Event).filter_by(act="entry_moved").count()) == ({"en": "Cities"}, 0)
    assert db.session.query(Category).count() == 3


def test_a_draft_or_a_withdrawn_entry_is_not_moved(made):
    for values in ({"submitted": False}, {}):
        entry, states, organiser = placed(made, **values)
        entry.state = "withdrawn" if not values else entry.state
        with pytest.raises(Refused):
            categories.move_entry(entry, wanted={"category": states.id, "reason": "x"}, version=entry.version, **by(organiser))


def test_the_list_of_entries_can_be_that_of_one_category(made):
    entry, states, _organiser = placed(made)
    other = b.entry(entry.round, category=states)
    assert [row.id for row in entries.of_round(entry.round)] == [entry.id, other.id]
    assert [(row.id, row.category_id) for row in entries.of_round(entry.round, category=states.id)] == [(other.id, states.id)]
