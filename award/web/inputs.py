"""Kinds of input: dates and times as people write them, numbers in our own grammar, choices that say so when one is unknown."""

from datetime import datetime
from decimal import Decimal

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from award.domain import moments, numbers
from award.errors import Invalid
from award.i18n import text
from award.web.forms import LISTED, Form, Needed, figure
from award.web.frame import page_language

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
CLOCKS = ("%H:%M", "%H.%M", "%Hh%M", "%H:%M:%S")
YEARS = range(2000, 2200)


class Day(DateField):
    """A date, as browsers send it or as people write it: 2027-02-26, 26/02/2027, 26.02.2027."""

    def process_formdata(self, valuelist):
        found = _read(valuelist, DAYS)
        self.data = found.date() if found else None
        if found is None and _typed(valuelist):
            raise ValueError(text("Write the date as day, month and year, such as 26/02/2027."))

    def pre_validate(self, _form):
        _stop_at_first(self)


class Clock(TimeField):
    """A time of day, 24 hours: 17:00, 17.00, 17h00."""

    def process_formdata(self, valuelist):
        found = _read(valuelist, CLOCKS)
        self.data = found.time().replace(second=0) if found else None
        if found is None and _typed(valuelist):
            raise ValueError(text("Write the time as hours and minutes, such as 17:00."))

    def pre_validate(self, _form):
        _stop_at_first(self)


def _typed(valuelist):
    return bool(valuelist and valuelist[0].strip())


def _read(valuelist, formats):
    written = valuelist[0].strip()[:20] if valuelist else ""
    for wanted in formats:
        try:
            found = datetime.strptime(written, wanted)  # noqa: DTZ007  a date or a time alone has no zone
        except ValueError:
            continue
        if "%Y" not in wanted or found.year in YEARS:
            return found
    return None


def _stop_at_first(field):
    """What cannot be read is not also called missing."""
    if field.process_errors:
        raise StopValidation


class Figure(StringField):
    """A number as people type it (7, 7.5, 7,5), as a Decimal of at most four places; None when nothing was typed."""

    def process_formdata(self, valuelist):
        self.data = None
        if _typed(valuelist):
            self.data = self._figure(valuelist[0])

    def _figure(self, typed):
        try:
            found = Decimal(numbers.plain(numbers.parse(typed)))
        except Invalid as refusal:
            raise ValueError(refusal.message) from None
        if found != round(found, 4):
            raise ValueError(text("At most four digits may stand after the point."))
        return found

    def pre_validate(self, _form):
        _stop_at_first(self)

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        shown = "" if self.data is None else f"{self.data:f}"
        return shown if page_language() == "en" else shown.replace(".", ",")


class Given:
    """The number must be there; 0 is a number."""

    field_flags = {"required": True}

    def __init__(self, message):
        self.message = message

    def __call__(self, _form, field):
        if field.data is None:
            raise StopValidation(self.message)


class Between:
    """A number, or a whole number, from `low` to `high`."""

    def __init__(self, low, high, *, whole=False):
        self.low, self.high, self.whole = low, high, whole

    def __call__(self, _form, field):
        if field.data is None or (self.low <= field.data <= self.high and not (self.whole and field.data % 1)):
            return
        words = (
            text("Write a whole number from %(low)s to %(high)s.")
            if self.whole
            else text("Write a number from %(low)s to %(high)s.")
        )
        raise StopValidation(words.filled(low=figure(self.low), high=figure(self.high)))


class Listed:
    """One or several of the choices, and nothing else."""

    field_flags = {"required": True}

    def __call__(self, _form, field):
        known = {choice.value for choice in field.iter_choices()}
        given = field.data if isinstance(field.data, list) else [field.data]
        if not set(given) <= known:
            raise StopValidation(LISTED)


def options(pairs):
    """Choices of (value, words) or (value, words, hint)."""
    return [SelectChoice(value, words, {"hint": hint[0]} if hint else {}) for value, words, *hint in pairs]


def one_of(label, pairs, *, listed=False, **more):
    """One choice: radios, or a list to unfold where `listed`."""
    kind = SelectField if listed else RadioField
    return kind(label, choices=options(pairs), validate_choice=False, validators=[Listed()], **more)


def some_of(label, pairs, *, needed=None, **more):
    """Any number of choices, as boxes to tick; at least one where `needed` says what to do."""
    return SelectMultipleField(
        label,
        choices=options(pairs),
        validate_choice=False,
        validators=[Listed(), *([needed] if needed else [])],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **more,
    )


def day(label, message=None):
    """A date that must be there when `message` says what to write."""
    return Day(label, validators=[Needed(message)] if message else [])


def clock(label, message=None):
    """A time of day that must be there when `message` says what to write. Midnight is a time."""
    return Clock(label, validators=[Given(message)] if message else [])


class Dated(Form):
    """A form with instants: for each name in `moments` a date `<name>_on` and a time `<name>_at`, local to `zone_name()`.

    A valid form has them in `instants`, {name: aware instant, or None where neither was typed}.
    """

    moments = ()

    def zone_name(self):
        """The zone in which the dates and times are meant."""
        return self.zone.data

    def validate(self, extra_validators=None):
        valid = super().validate(extra_validators)
        self.instants = {}
        return all([valid, *(self._instant(name) for name in self.moments)])

    def _instant(self, name):
        day_field, clock_field = self[f"{name}_on"], self[f"{name}_at"]
        if day_field.errors or clock_field.errors or self.zone_name() not in moments.zones():
            return False
        if day_field.data is None and clock_field.data is None:
            self.instants[name] = None
            return True
        if day_field.data is None:
            day_field.errors = [text("Write the date.")]
            return False
        if clock_field.data is None:
            clock_field.errors = [text("Write the time as hours and minutes, such as 17:00.")]
            return False
        try:
            self.instants[name] = moments.instant(day_field.data, clock_field.data, zone=self.zone_name())
        except Invalid as refusal:
            clock_field.errors = [refusal.message]
        return not clock_field.errors


def local(name, moment, zone):
    """The data of a date and a time field for an instant: {<name>_on: …, <name>_at: …}."""
    on, at = moments.local(moment, zone=zone) if moment else (None, None)
    return {f"{name}_on": on, f"{name}_at": at}


def written(texts):
    """Of texts per language, those that were written."""
    return {code: words for code, words in texts.items() if words}
