"""The forms of a round: a new one from a preset, its texts and dates, its deadline, a step with its reason."""

from datetime import time

from wtforms import StringField, TextAreaField

from award.domain.moments import zones
from award.i18n import LANGUAGES, NAMES, pick, text
from award.services import presets
from award.web.forms import AtMost, Form, Needed, localised, trimmed
from award.web.frame import page_language
from award.web.inputs import Dated, clock, day, local, one_of, options, some_of, written

ZONE = "Europe/Brussels"
START = {"opens_at": time(9), "closes_at": time(17)}
CODE = text("Write 2 to 12 capital letters and figures, such as FIA27.")
READ_BY = text("Teams, jury and auditor can read this.")


class RoundForm(Dated):
    """What new and existing rounds share: code, languages, zone and the dates of the call."""

    moments = ("opens", "closes")
    code = StringField(
        text("Code"),
        filters=[trimmed, lambda code: code.upper() if code else code],
        validators=[Needed(CODE)],
        description=text("It begins the number of every entry, such as FIA27-001."),
    )
    first = one_of(
        text("Written in"),
        [(code, NAMES[code]) for code in LANGUAGES],
        listed=True,
        description=text("A text that is missing in another language is shown in this one."),
    )
    others = some_of(text("And in"), [(code, NAMES[code]) for code in LANGUAGES])
    zone = one_of(text("Time zone"), [(zone, zone) for zone in zones()], listed=True, default=ZONE)
    opens_on, opens_at = (
        day(text("Date"), text("Write the day on which the call opens.")),
        clock(text("Time"), text("Write the time at which the call opens.")),
    )
    closes_on, closes_at = (
        day(text("Date"), text("Write the day on which the call closes.")),
        clock(text("Time"), text("Write the time at which the call closes.")),
    )

    def validate(self, extra_validators=None):
        """The code has its own shape, and stands in every entry's number."""
        valid = super().validate(extra_validators)
        if not self.code.errors and not (
            2 <= len(self.code.data) <= 12 and self.code.data.isascii() and self.code.data.isalnum()
        ):
            self.code.errors = [CODE]
        return valid and not self.code.errors

    def languages(self):
        """The languages the round is written in, the fallback first."""
        return [self.first.data, *(code for code in LANGUAGES if code in self.others.data and code != self.first.data)]

    def shared(self):
        """What both forms give the use case."""
        return {
            "code": self.code.data,
            "languages": self.languages(),
            "zone": self.zone.data,
            "opens_at": self.instants["opens"],
            "closes_at": self.instants["closes"],
        }


class NewForm(RoundForm):
    preset = one_of(
        text("Start from"),
        [("", text("An empty round"), text("You write the questions and the criteria."))],
        default="",
    )
    title = localised(
        text("Title"),
        LANGUAGES,
        hint=text("Of this round, in the languages it is written in, such as Federal Innovation Award 2027."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.preset.choices = [*options_of_presets(), *self.preset.choices]

    def validate(self, extra_validators=None):
        """The title must stand in the language the round falls back to."""
        valid = super().validate(extra_validators)
        part = self.title.form[self.first.data] if self.first.data in LANGUAGES else next(iter(self.title.form))
        if not part.data:
            part.errors = [*part.errors, text("Write the title in the language the round is written in.")]
            return False
        return valid

    def given(self):
        """What the form says, as the use case takes it."""
        shared = self.shared()
        return {**shared, "title": written(self.title.data), "preset": self.preset.data}


def options_of_presets():
    """The presets as choices, in the page's language."""
    return options(
        [
            (key, pick(preset["title"], page_language()), pick(preset["explanation"], page_language()))
            for key, preset in presets.all_().items()
        ]
    )


class ReasonForm(Form):
    reason = TextAreaField(text("Why"), description=READ_BY, filters=[trimmed], validators=[AtMost(1000)])


class Confirm(Form):
    """A button and nothing else."""


class DeadlineForm(Dated):
    moments = ("closes",)
    closes_on = day(text("Date"), text("Write the day on which the call closes."))
    closes_at = clock(text("Time"), text("Write the time at which the call closes."))
    reason = TextAreaField(text("Why"), description=READ_BY, filters=[trimmed], validators=[AtMost(1000)])

    def zone_name(self):
        return self.zone_of_round


def edit_form(round_, **more):
    """The form of a round as it stands, its texts in its languages."""
    parts = {
        "title": localised(text("Title"), round_.languages, needed=text("Write the title.")),
        "purpose": localised(
            text("Purpose"),
            round_.languages,
            limit=3000,
            hint=text("What the award is for, and who can enter. It stands on the page of the call."),
        ),
    }
    kind = type("EditForm", (RoundForm,), parts)
    return kind(
        code=round_.code,
        title=round_.title,
        purpose=round_.purpose,
        first=round_.languages[0],
        others=round_.languages[1:],
        zone=round_.zone,
        **local("opens", round_.opens_at, round_.zone),
        **local("closes", round_.closes_at, round_.zone),
        version=round_.version,
        **more,
    )


def changed(form):
    """What the form of an existing round says. A text stays when its language is left out, for lack of a better one."""
    return {**form.shared(), "title": written(form.title.data), "purpose": written(form.purpose.data)}
