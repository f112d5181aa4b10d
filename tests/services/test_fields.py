"""The entry form of a round: its questions, in order, while the round is a draft."""

import pytest

from award import db
from award.domain import lives
from award.domain.fields import TYPES
from award.errors import Invalid, Refused, Stale
from award.models import Attachment, Field
from award.services import fields
from tests import builders as b
from tests.services.setting_up import acts, by, events, ready

GIVEN = {"kind": "short_text", "label": {"en": "Who?"}, "hint": {}, "required": True, "options": {}}
CHOICES = [{"key": "c1", "label": {"en": "Yes"}}, {"key": "c2", "label": {"en": "No"}}]
OPTIONS = {
    "long_text": {"max_words": 5},
    "single_choice": {"choices": CHOICES},
    "multiple_choice": {"choices": CHOICES},
    "number": {"low": "0", "high": "10"},
    "file": {"types": ["application/pdf"], "max_mb": 5, "most": 1},
}


@pytest.fixture
def made(context):
    return ready(preset="")


@pytest.mark.parametrize("kind", TYPES)
def test_each_kind_of_question_is_added_with_its_options(made, kind):
    round_, organiser = made
    field = fields.add(round_, given={**GIVEN, "kind": kind, "options": OPTIONS.get(kind, {})}, key="", **by(organiser))
    assert (field.kind, field.position, field.required, set(field.options)) == (kind, 0, True, set(TYPES[kind].accepts))
    assert events()[-1] == ("field_added", {"field": field.id, "kind": kind, "label": {"en": "Who?"}, "required": True}, {})


def test_the_same_post_adds_one_question(made):
    round_, organiser = made
    first, second = (fields.add(round_, given=GIVEN, key="one key", **by(organiser)) for _time in range(2))
    assert (first, db.session.query(Field).count()) == (second, 1)


@pytest.mark.parametrize("change", [{"kind": "colour"}, {"options": {"max_words": 5}}, {"kind": "long_text", "options": {"max_words": "many"}}])
def test_a_foreign_kind_or_option_is_refused(made, change):
    round_, organiser = made
    with pytest.raises(Invalid):
        fields.add(round_, given={**GIVEN, **change}, key="", **by(organiser))
    assert (acts(), round_.fields) == (["round_created"], [])


def test_a_question_changes_and_an_overtaken_change_is_refused(made):
    round_, organiser = made
    field = fields.add(round_, given=GIVEN, key="", **by(organiser))
    db.session.flush()
    fields.change(field, given={**GIVEN, "label": {"en": "Whom?"}, "required": False}, version=1, **by(organiser))
    db.session.flush()
    assert (field.label, field.required, field.version, acts()[-1]) == ({"en": "Whom?"}, False, 2, "field_changed")
    with pytest.raises(Stale) as refusal:
        fields.change(field, given=GIVEN, version=1, **by(organiser))
    assert str(refusal.value).startswith("Lotte Aerts saved this page while you were typing.")


def test_questions_change_places_and_stop_at_the_ends(made):
    round_, organiser = made
    rows = [fields.add(round_, given={**GIVEN, "label": {"en": name}}, key="", **by(organiser)) for name in "abc"]
    before = len(acts())
    fields.move(rows[0], direction="up", **by(organiser))
    fields.move(rows[2], direction="down", **by(organiser))
    assert len(acts()) == before
    fields.move(rows[2], direction="up", **by(organiser))
    fields.move(rows[0], direction="down", **by(organiser))
    fields.remove(rows[1], **by(organiser))
    db.session.expire(round_, ["fields"])
    assert [(f.label["en"], f.position) for f in round_.fields] == [("c", 0), ("a", 1)]
    assert acts()[before:] == ["field_moved", "field_moved", "field_removed"]


def test_a_question_with_files_of_teams_stays(made):
    round_, organiser = made
    field = fields.add(round_, given={**GIVEN, "kind": "file", "options": OPTIONS["file"]}, key="", **by(organiser))
    entry = b.entry(round_, organiser, submitted=False)
    db.session.add(
        Attachment(
            entry=entry, field_id=field.id, key="k", name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
            added_at=b.NOW, added_by_id=organiser.id,
        )
    )
    db.session.flush()
    with pytest.raises(Refused) as refusal:
        fields.remove(field, **by(organiser))
    assert (refusal.value.status, len(round_.fields)) == (409, 1)


@pytest.mark.parametrize("state", lives.ROUND[1:])
def test_the_form_is_fixed_once_the_call_is_open(made, state):
    round_, organiser = made
    field = fields.add(round_, given=GIVEN, key="", **by(organiser))
    round_.state = state
    for act in (
        lambda: fields.add(round_, given=GIVEN, key="", **by(organiser)),
        lambda: fields.change(field, given=GIVEN, version=field.version, **by(organiser)),
        lambda: fields.move(field, direction="up", **by(organiser)),
        lambda: fields.remove(field, **by(organiser)),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.status == 409
