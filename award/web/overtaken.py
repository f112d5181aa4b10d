"""When somebody else was first: what they saved, beside what was typed."""

from flask import request

from award.i18n import text, translate
from award.web.frame import page_language, say


def saved(form, row, fresh):
    """What somebody else saved, [(label, text), …], where it differs from what was typed; [] when the form is not overtaken.

    `fresh()` gives the same form filled from the row. The typed form moves on to the row's present version, so that sending
    it once more, with both texts seen, is accepted.
    """
    if request.method != "POST" or form.opened_on() == row.version:
        return []
    form.version.data = str(row.version)
    typed = {field.name: _shown(field) for _label, field in parts(form)}
    return [(label, _shown(field)) for label, field in parts(fresh()) if typed.get(field.name) != _shown(field)]


def parts(form, group=None):
    """Each visible field with its label, those of a text per language with the label of the group."""
    for field in form:
        label = text("%(group)s (%(part)s)", group=group, part=field.label.text) if group else field.label.text
        if hasattr(field, "form"):
            yield from parts(field.form, field.label.text)
        elif getattr(field.widget, "input_type", "") != "hidden":
            yield label, field


def _shown(field):
    if hasattr(field, "iter_choices"):
        return ", ".join(translate(choice.label, page_language()) for choice in field.iter_choices() if choice.selected)
    if isinstance(field.data, bool):
        return say(text("yes") if field.data else text("no"))
    return str(field._value())
