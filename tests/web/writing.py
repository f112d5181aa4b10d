"""A round whose call is open, with every kind of question and people around it: where tests of entries begin."""

from types import SimpleNamespace

from award import db
from award.domain.fields import TYPES
from tests import builders as b
from tests.people import signed_in

CHOICES = [
    {"key": "c1", "label": {"en": "Citizens", "nl": "Burgers"}},
    {"key": "c2", "label": {"en": "Companies", "nl": "Bedrijven"}},
]
GIVEN = {
    "long_text": {"max_words": "5"},
    "single_choice": {"choices": CHOICES},
    "multiple_choice": {"choices": CHOICES},
    "number": {"low": "0"},
    "file": {"types": ["application/pdf"], "max_mb": "1"},
}


def begin(app, **values):
    """Gives ids of round, entry (a draft of Nora’s), fields by kind, and clients by role."""
    with app.app_context(), db.transaction():
        people = {
            "organiser": b.user("org@office.example"),
            "nora": b.user("nora@port.example", name="Nora", organisation="Port"),
            "tom": b.user("tom@port.example", name="Tom"),
            "reader": b.user("reader@port.example"),
            "stranger": b.user("stranger@else.example"),
        }
        round_ = b.round_(b.programme(people["organiser"]), state="open", languages=["en", "nl"], **values)
        fields = {
            kind: b.field(
                round_,
                kind,
                label={"en": kind},
                options=TYPES[kind].options(GIVEN.get(kind, {})),
                required=kind in ("long_text", "number"),
            )
            for kind in TYPES
        }
        entry = b.entry(round_, people["nora"], submitted=False)
        b.member(entry, people["tom"])
        b.member(entry, people["reader"], role="reader")
        found = SimpleNamespace(
            round=round_.id,
            entry=entry.id,
            fields={kind: field.id for kind, field in fields.items()},
            people={role: user.id for role, user in people.items()},
        )
    found.clients = {role: signed_in(app, user_id) for role, user_id in found.people.items()}
    found.clients["visitor"] = app.test_client()
    return found


def form(world, **changes):
    """What the page of an entry sends."""
    fields = world.fields
    sent = {
        "title": "Night desk",
        "team": "Desk team",
        "summary": "",
        "initiative": "running",
        "language": "en",
        "version": "1",
        "key": "",
        f"q{fields['long_text']}": "One letter",
        f"q{fields['number']}": "12,5",
        f"q{fields['short_text']}": "",
        f"q{fields['web_address']}": "",
    }
    return sent | {f"q{fields[name]}" if name in fields else name: value for name, value in changes.items()}
