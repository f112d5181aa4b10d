"""The forms of an entry: starting it, writing it (a part for each question of the round), withdrawing, returning."""
from flask import request
from wtforms import FileField, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from award.domain.fields import TYPES
from award.errors import Invalid, Refused
from award.i18n import NAMES, said, text
from award.services import entry_versions
from award.services.entries import Written, category_of
from award.web import answers
from award.web.formats import point
from award.web.forms import AtMost, Form, Needed, trimmed
from award.web.frame import page_language, say
from award.web.inputs import Dated, clock, day, one_of

INITIATIVES = [("running", text("Running")), ("finished", text("Finished")),
               ("successfully_failed", text("Successfully failed"),
                text("Stopped, and others can learn from why. Judged by the same criteria."))]


class Parsed:
    """What was typed can be kept as an answer of this kind; the field then holds it as `value`."""

    def __init__(self, kind, options=None):
        self.kind, self.options = TYPES[kind], options or {}
        if self.options.get("max_words"):
            self.words = self.options["max_words"]

    def __call__(self, _form, field):
        try:
            field.value = self.kind.parse([raw for raw in field.raw_data or [] if isinstance(raw, str)], self.options)
        except Invalid as refusal:
            raise StopValidation(refusal.message) from refusal


def line(label, *rules, hint=""):
    """One line of at most 200 characters."""
    rules = [*rules, AtMost(200), Parsed("short_text")]
    return StringField(label, filters=[trimmed], validators=rules, description=hint)


def paragraphs(label, *rules, hint="", words=None):
    """A text of at most 2,000 characters, with a count of words where they are limited."""
    rules = [*rules, AtMost(2000), Parsed("long_text", {"max_words": words})]
    return TextAreaField(label, filters=[trimmed], validators=rules, description=hint)


def _languages(round_):
    return one_of(text("Language of the entry"), [(code, NAMES[code]) for code in round_.languages])


class StartForm(Form):
    """What begins an entry."""

    title = line(text("Title"), Needed(text("Give the entry a title. You can change it later.")))
    team = line(text("Team"), Needed(text("Say which team enters, by its own name or that of its service.")))
    organisation = line(text("Your organisation"), Needed(text("Name the organisation you work for.")),
                        hint=text("It keeps jurors of the same organisation away from your entry."))
    initiative = one_of(text("The initiative is now"), INITIATIVES)


def start_form(round_, user):
    """The form that starts an entry in a round, in one of its languages."""
    language = page_language()
    return type("Starting", (StartForm,), {"language": _languages(round_)})(
        organisation=user.organisation, initiative="running",
        language=language if language in round_.languages else round_.languages[0])


class EntryForm(Form):
    """What every entry holds; `entry_form` adds the questions of the round."""

    title = line(text("Title"))
    team = line(text("Team"))
    summary = paragraphs(text("Summary"), words=100,
                         hint=text("In a few sentences, for readers who know nothing about it."))
    initiative = one_of(text("The initiative is now"), INITIATIVES)

    def question(self, field):
        """The part of the form that asks a question of the round."""
        return self._fields[f"q{field.id}"]

    def written(self, round_):
        """What was typed, for the use case."""
        columns = {name: self._fields[name].value or "" for name in ("title", "team", "summary")}
        choices = {name: self._fields[name].data for name in ("initiative", "language")}
        answered = {str(field.id): self.question(field).value for field in _typed(round_)}
        if "category" in self:
            answered["category"] = self["category"].value
        return Written(columns | choices, answered, self.opened_on(), self.key.data)

    def point_out(self, entry):
        """Show beside each answer what must be mended before submitting; what is only missing is left in peace."""
        for field in entry.round.fields:
            value = entry.draft.get(str(field.id))
            self.question(field).errors = [] if value is None else entry_versions.faults_of(field, value)

    def overtaken(self, entry):
        """What somebody else saved since this form was opened, {name: text}, where it differs from what was typed here.

        The form moves on to the entry as it is, so that it is accepted when sent once more with both texts seen.
        """
        if request.method != "POST" or self.opened_on() == entry.version:
            return {}
        self.version.data = str(entry.version)
        kept = entry_form(entry, formdata=None)
        return {f.name: shown(f) for f in kept if not isinstance(f, HiddenField) and shown(f) != shown(self[f.name])}


def entry_form(entry, **given):
    """The form of an entry, as it was just typed or else as it is kept; `formdata=None`: as it is kept."""
    parts = {f"q{field.id}": _part(field, entry.round) for field in entry.round.fields}
    kept = {f"q{field.id}": _kept(field, entry.draft.get(str(field.id))) for field in entry.round.fields}
    if entry.round.categories:
        parts["category"] = _category(entry.round)
        kept["category"] = str(category.id) if (category := category_of(entry)) else None
    kind = type("Writing", (EntryForm,), {**parts, "language": _languages(entry.round)})
    return kind(
        title=entry.title, team=entry.team, summary=entry.summary, initiative=entry.initiative,
        language=entry.language, version=str(entry.version), **kept, **given)


def _category(round_):
    """The choice of a category; it can wait until the entry is submitted."""
    choices = [{"key": str(category.id), "label": category.name} for category in round_.categories]
    listed = [SelectChoice(c["key"], said("words", c["label"], round_.languages)) for c in choices]
    return RadioField(text("Category"), choices=listed, validate_choice=False, validators=[Parsed("single_choice", {"choices": choices})])


def _typed(round_):
    return [field for field in round_.fields if TYPES[field.kind].control != "file"]


def _kept(field, value):
    return value.replace(".", point(page_language())) if field.kind == "number" and value else value


def _part(field, round_):
    draw, more = CONTROLS[TYPES[field.kind].control]
    if "choices" in field.options:
        more = more | {"choices": [SelectChoice(c["key"], said("words", c["label"], round_.languages))
                                   for c in field.options["choices"]]}
    return draw(said("words", field.label, round_.languages), validators=[Parsed(field.kind, field.options)],
                description=said("words", field.hint, round_.languages) if field.hint else "", render_kw={}, **more)


BOXES = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
CONTROLS = {"line": (StringField, {"filters": [trimmed]}), "text": (TextAreaField, {"filters": [trimmed]}),
            "one": (RadioField, {"validate_choice": False}), "file": (FileField, {}),
            "many": (SelectMultipleField, {"validate_choice": False, **BOXES})}
"""How WTForms draws each control of award.domain.fields."""


def shown(field):
    """What a field of a form holds, as text to read."""
    if hasattr(field, "iter_choices"):
        return ", ".join(say(choice.label) for choice in field.iter_choices() if choice.selected)
    return str(field.data or "") if not isinstance(field, FileField) else ""


class ReasonForm(Form):
    """A reason, for those who read it."""

    reason = paragraphs(text("Reason"), Needed(text("Give the reason.")))


class ReturnForm(Dated):
    """What is missing, and until when it can be completed."""

    moments = ("due",)
    reason = paragraphs(text("What is missing"), Needed(text("Say what is missing; the team reads it.")),
                        hint=text("It is put into the mail to the team."))
    due_on = day(text("Date"), text("Write the date as day, month and year, such as 26/02/2027."))
    due_at = clock(text("Time"), text("Write the time as hours and minutes, such as 17:00."))

    def zone_name(self):
        return self.zone


def after(form, act, *, done, page):
    """As answers.after; but what was typed at the wrong moment stays in sight too, with what to do (409)."""
    try:
        return answers.after(form, act, done=done, page=page)
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        form.refuse(refusal)
        return page(), refusal.status


def uploaded(field):
    """The file that was sent for a question: its stream and its name. Raises Invalid when none was."""
    file = request.files.get(f"q{field.id}")
    if file is None or not file.filename:
        raise Invalid(text("Choose a file first, then press “Attach the file”."), field=f"q{field.id}")
    return {"stream": file.stream, "name": file.filename}
