"""The categories of a round, as its organiser sets them up; and placing an entry in another one."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import HiddenField

from award.domain import lives
from award.i18n import said, text
from award.models import Category, Entry, Round
from award.permissions import Permission
from award.services import categories
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.entry_forms import ReasonForm
from award.web.forms import Form, localised
from award.web.inputs import one_of, written

bp = Blueprint("categories", __name__)
WITH_ROUND = (joinedload(Round.programme), selectinload(Round.categories), selectinload(Round.stages))
WITH = (joinedload(Category.round).joinedload(Round.programme), joinedload(Category.round).selectinload(Round.categories))
OF_ENTRY = (
    joinedload(Entry.round).joinedload(Round.programme),
    joinedload(Entry.round).selectinload(Round.categories),
    joinedload(Entry.round).selectinload(Round.stages),
    joinedload(Entry.saved_by),
)


class MoveForm(Form):
    direction = HiddenField()


class RemoveForm(Form):
    """A button and nothing else."""


def form_for(round_, category=None, **more):
    """The form of a category, filled from it when there is one."""
    parts = {"name": localised(text("Name"), round_.languages, needed=text("Write the name of the category."))}
    data = {"name": category.name, "version": category.version} if category else {}
    return type("CategoryForm", (Form,), parts)(**data, **more)


@bp.get("/rounds/<int:round_id>/categories")
@requires(Permission.READ_ROUND, Round, options=WITH_ROUND)
def index(round_):
    return render_template("categories/index.html", round=round_, changes=lives.allows("set_up_round", round_.state))


@bp.route("/rounds/<int:round_id>/categories/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH_ROUND)
def new(round_):
    lives.require("set_up_round", round_.state)
    form = form_for(round_)
    return answers.after(
        form,
        lambda: categories.add(round_, given={"name": written(form.name.data)}, key=form.key.data, actor=current_user, now=now()),
        done=lambda _category: url_for(".index", round_id=round_.id),
        page=lambda: render_template("categories/new.html", form=form, round=round_),
    )


@bp.route("/categories/<int:category_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Category, options=WITH)
def edit(category):
    round_ = category.round
    lives.require("set_up_round", round_.state)
    form = form_for(round_, category)
    return answers.after(
        form,
        lambda: categories.change(
            category, given={"name": written(form.name.data)}, version=form.opened_on(), actor=current_user, now=now()
        ),
        done=lambda _category: url_for(".index", round_id=round_.id),
        page=lambda: render_template(
            "categories/edit.html",
            form=form,
            category=category,
            round=round_,
            theirs=overtaken.saved(form, category, lambda: form_for(round_, category, formdata=None)),
        ),
    )


@bp.post("/categories/<int:category_id>/move")
@requires(Permission.ORGANISE, Category, options=WITH)
def move(category):
    form = MoveForm()
    if form.direction.data not in categories.STEPS:
        abort(422)
    return answers.after(
        form,
        lambda: categories.move(category, direction=form.direction.data, actor=current_user, now=now()),
        done=lambda _category: url_for(".index", round_id=category.round_id),
        page=lambda: abort(422),
    )


@bp.route("/categories/<int:category_id>/delete", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Category, options=WITH)
def delete(category):
    lives.require("set_up_round", category.round.state)
    form, round_ = RemoveForm(), category.round
    return answers.after(
        form,
        lambda: categories.remove(category, actor=current_user, now=now()),
        done=lambda _round: url_for(".index", round_id=round_.id),
        page=lambda: render_template("categories/delete.html", form=form, category=category, round=round_),
    )


def placing_form(entry, **more):
    """The form that places an entry in another category."""
    listed = [(str(c.id), said("words", c.name, entry.round.languages)) for c in entry.round.categories]
    parts = {"category": one_of(text("Category"), listed)}
    return type("PlacingForm", (ReasonForm,), parts)(category=str(entry.category_id), version=str(entry.version), **more)


@bp.route("/entries/<int:entry_id>/category", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Entry, options=OF_ENTRY)
def entry(entry):
    if request.method == "GET":
        categories.require_movable(entry)
    form = placing_form(entry)
    return answers.after(
        form,
        lambda: categories.move_entry(
            entry,
            wanted={"category": int(form.category.data), "reason": form.reason.value},
            version=form.opened_on(),
            actor=current_user._get_current_object(),
            now=now(),
        ),
        done=lambda _entry: url_for("entries.show", entry_id=entry.id),
        page=lambda: render_template(
            "categories/entry.html",
            form=form,
            entry=entry,
            round=entry.round,
            theirs=overtaken.saved(form, entry, lambda: placing_form(entry, formdata=None)),
        ),
    )
