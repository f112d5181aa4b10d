"""A round: created, set up, opened, closed, taken back; and the page that says how it stands."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user

from award.domain import lives
from award.i18n import text
from award.models import Programme, Round
from award.permissions import Permission
from award.services import event_words, readiness, rounds, standings
from award.web import answers, next_steps, overtaken, spines, standing_words
from award.web.access import requires
from award.web.clock import now
from award.web.frame import page_language
from award.web.inputs import local
from award.web.round_forms import START, Confirm, DeadlineForm, NewForm, ReasonForm, changed, edit_form

bp = Blueprint("rounds", __name__)
bp.add_app_template_filter(standing_words.STATES.__getitem__, "round_state")
bp.add_app_template_global(spines.setting_up, "set_up_steps")
WITH = rounds.WITH_SETUP


@bp.route("/programmes/<int:programme_id>/rounds/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Programme)
def new(programme):
    form = NewForm(first=page_language(), **START)
    return answers.after(
        form,
        lambda: rounds.create(programme, given=form.given(), key=form.key.data, actor=current_user, now=now()),
        done=lambda made: url_for(".edit", round_id=made.id),
        page=lambda: render_template("rounds/new.html", form=form, programme=programme),
    )


@bp.get("/rounds/<int:round_id>")
@requires(Permission.READ_ROUND, Round, options=WITH)
def show(round_):
    found = standings.of_round(round_, now=now())
    return render_template(
        "rounds/show.html",
        found=found,
        round=round_,
        words=standing_words,
        steps=next_steps,
        spines=spines,
        event_words=event_words,
    )


@bp.route("/rounds/<int:round_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def edit(round_):
    lives.require("set_up_round", round_.state)
    form = edit_form(round_)
    before = list(round_.languages)
    return answers.after(
        form,
        lambda: rounds.change(round_, given=changed(form), version=form.opened_on(), actor=current_user, now=now()),
        done=lambda saved: _after_edit(saved, before),
        page=lambda: render_template(
            "rounds/edit.html",
            form=form,
            round=round_,
            spines=spines,
            theirs=overtaken.saved(form, round_, lambda: edit_form(round_, formdata=None)),
        ),
    )


def _after_edit(round_, before):
    """On to the entry form; back to the texts when a language came along."""
    if set(round_.languages) <= set(before):
        return url_for("fields.index", round_id=round_.id)
    answers.say((text("A language was added."), text("Write the texts in it.")))
    return url_for(".edit", round_id=round_.id)


@bp.route("/rounds/<int:round_id>/open", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def open_(round_):
    lives.require("open_call", round_.state)
    form = Confirm()
    return answers.after(
        form,
        lambda: rounds.open_call(round_, actor=current_user, now=now()),
        done=lambda saved: url_for(".show", round_id=saved.id),
        page=lambda: render_template(
            "rounds/open.html",
            form=form,
            round=round_,
            plan=readiness.plan(round_),
            lacking=readiness.missing(readiness.before_call(round_, now=now())),
        ),
    )


@bp.route("/rounds/<int:round_id>/close", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def close(round_):
    lives.require("close_call", round_.state)
    form = ReasonForm()
    return answers.after(
        form,
        lambda: rounds.close_call(round_, reason=form.reason.data or "", actor=current_user, now=now()),
        done=lambda saved: url_for(".show", round_id=saved.id),
        page=lambda: render_template(
            "rounds/close.html", form=form, round=round_, counts=rounds.counts(round_), early=now() < round_.closes_at
        ),
    )


@bp.route("/rounds/<int:round_id>/deadline", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def deadline(round_):
    lives.require("move_deadline", round_.state)
    kind = type("RoundDeadlineForm", (DeadlineForm,), {"zone_of_round": round_.zone})
    form = kind(**local("closes", round_.closes_at, round_.zone))
    return answers.after(
        form,
        lambda: rounds.extend(
            round_, closes_at=form.instants["closes"], reason=form.reason.data, actor=current_user, now=now()
        ),
        done=lambda saved: url_for(".show", round_id=saved.id),
        page=lambda: render_template("rounds/deadline.html", form=form, round=round_),
    )


@bp.route("/rounds/<int:round_id>/back", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def back(round_):
    rounds.require_way_back(round_)
    form = ReasonForm()
    return answers.after(
        form,
        lambda: rounds.back(round_, reason=form.reason.data or "", actor=current_user, now=now()),
        done=lambda saved: url_for(".show", round_id=saved.id),
        page=lambda: render_template(
            "rounds/back.html",
            form=form,
            round=round_,
            counts=rounds.counts(round_),
            words=standing_words,
            target=lives.preceding("round", round_.state),
        ),
    )


@bp.route("/rounds/<int:round_id>/archive", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def archive(round_):
    lives.require("archive", round_.state)
    form = Confirm()
    return answers.after(
        form,
        lambda: rounds.archive(round_, actor=current_user, now=now()),
        done=lambda saved: url_for(".show", round_id=saved.id),
        page=lambda: render_template("rounds/archive.html", form=form, round=round_),
    )
