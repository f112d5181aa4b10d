"""The entry form of a round, as its organiser writes it."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField, HiddenField, StringField

from award.domain import lives
from award.domain.fields import MEDIA, MOST_CHOICES, MOST_FILES, MOST_MEGABYTES, TYPES, choices_from_lines
from award.i18n import text
from award.models import Field, Round
from award.permissions import Permission
from award.services import fields
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, localised, trimmed
from award.web.inputs import some_of, written

bp = Blueprint("fields", __name__)
WITH_ROUND = (joinedload(Round.programme), selectinload(Round.fields), selectinload(Round.stages))
WITH = (joinedload(Field.round).joinedload(Round.programme), joinedload(Field.round).selectinload(Round.fields))
OPTIONS = {
    "max_words": lambda _languages: StringField(
        text("At most how many words"),
        filters=[trimmed],
        validators=[AtMost(20)],
        description=text("Leave empty for no limit."),
        render_kw={"inputmode": "numeric"},
    ),
    "choices": lambda languages: localised(
        text("Answers to choose from"),
        languages,
        limit=10_000,
        hint=text("One a line, %(most)s at most, in the same order in each language.", most=MOST_CHOICES),
    ),
    "low": lambda _languages: StringField(
        text("Lowest number"), filters=[trimmed], validators=[AtMost(20)], render_kw={"inputmode": "decimal"}
    ),
    "high": lambda _languages: StringField(
        text("Highest number"), filters=[trimmed], validators=[AtMost(20)], render_kw={"inputmode": "decimal"}
    ),
    "types": lambda _languages: some_of(text("Kinds of file"), list(MEDIA.items()), default=["application/pdf"]),
    "max_mb": lambda _languages: StringField(
        text("Largest size in MB"),
        filters=[trimmed],
        validators=[AtMost(20)],
        description=text("From 1 to %(most)s; leave empty for the largest the site takes.", most=MOST_MEGABYTES),
        render_kw={"inputmode": "numeric"},
    ),
    "most": lambda _languages: StringField(
        text("How many files"),
        filters=[trimmed],
        validators=[AtMost(20)],
        default="1",
        description=text("From 1 to %(most)s.", most=MOST_FILES),
        render_kw={"inputmode": "numeric"},
    ),
}
"""The input of each option that a kind of question may take."""


class MoveForm(Form):
    direction = HiddenField()


class RemoveForm(Form):
    """A button and nothing else."""


def form_for(kind, round_, field=None, **more):
    """The form of a question of that kind, with the options the kind takes, filled from `field` when there is one."""
    languages = round_.languages
    parts = {
        "kind": HiddenField(default=kind),
        "label": localised(text("Question"), languages, needed=text("Write the question.")),
        "hint": localised(text("Explanation under the question"), languages, limit=500),
        "required": BooleanField(text("An answer is needed to submit")),
        **{name: OPTIONS[name](languages) for name in TYPES[kind].accepts},
    }
    made = type("FieldForm", (Form,), parts)
    return made(**(_data(field) if field else {}), **more)


def _data(field):
    """What the form shows of a question as it stands."""
    options = dict(field.options)
    if "choices" in options:
        codes = field.round.languages
        options["choices"] = {
            code: "\n".join(choice["label"].get(code, "") for choice in options["choices"]) for code in codes
        }
    shown = {name: "" if value is None else value for name, value in options.items()}
    return {"label": field.label, "hint": field.hint, "required": field.required, "version": field.version, **shown}


def given(form, kind, earlier=()):
    """What the form says, as the use case takes it."""
    options = {name: form[name].data for name in TYPES[kind].accepts}
    if "choices" in options:
        options["choices"] = choices_from_lines(
            {code: lines or "" for code, lines in options["choices"].items()}, earlier=earlier
        )
    return {
        "label": written(form.label.data),
        "hint": written(form.hint.data),
        "required": form.required.data,
        "options": options,
    }


@bp.get("/rounds/<int:round_id>/fields")
@requires(Permission.READ_ROUND, Round, options=WITH_ROUND)
def index(round_):
    return render_template(
        "fields/index.html", round=round_, types=TYPES, changes=lives.allows("set_up_round", round_.state)
    )


@bp.route("/rounds/<int:round_id>/fields/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH_ROUND)
def new(round_):
    lives.require("set_up_round", round_.state)
    kind = request.values.get("kind", "")
    if kind not in TYPES:
        abort(404)
    form = form_for(kind, round_)
    return answers.after(
        form,
        lambda: fields.add(
            round_, given={"kind": kind, **given(form, kind)}, key=form.key.data, actor=current_user, now=now()
        ),
        done=lambda _field: url_for(".index", round_id=round_.id),
        page=lambda: render_template("fields/new.html", form=form, round=round_, type=TYPES[kind]),
    )


@bp.route("/fields/<int:field_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Field, options=WITH)
def edit(field):
    lives.require("set_up_round", field.round.state)
    form = form_for(field.kind, field.round, field)
    earlier = field.options.get("choices", ())
    return answers.after(
        form,
        lambda: fields.change(
            field, given=given(form, field.kind, earlier), version=form.opened_on(), actor=current_user, now=now()
        ),
        done=lambda _field: url_for(".index", round_id=field.round_id),
        page=lambda: render_template(
            "fields/edit.html",
            form=form,
            field=field,
            round=field.round,
            type=TYPES[field.kind],
            theirs=overtaken.saved(form, field, lambda: form_for(field.kind, field.round, field, formdata=None)),
        ),
    )


@bp.post("/fields/<int:field_id>/move")
@requires(Permission.ORGANISE, Field, options=WITH)
def move(field):
    form = MoveForm()
    if form.direction.data not in fields.STEPS:
        abort(422)
    return answers.after(
        form,
        lambda: fields.move(field, direction=form.direction.data, actor=current_user, now=now()),
        done=lambda _field: url_for(".index", round_id=field.round_id),
        page=lambda: abort(422),
    )


@bp.route("/fields/<int:field_id>/delete", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Field, options=WITH)
def delete(field):
    lives.require("set_up_round", field.round.state)
    form, round_ = RemoveForm(), field.round
    return answers.after(
        form,
        lambda: fields.remove(field, actor=current_user, now=now()),
        done=lambda _round: url_for(".index", round_id=round_.id),
        page=lambda: render_template("fields/delete.html", form=form, field=field, round=round_),
    )
