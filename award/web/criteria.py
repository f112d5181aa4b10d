"""Criteria of a stage: what the jury weighs, their shares, and what earns each score."""

from decimal import Decimal

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import Form as PlainForm
from wtforms import FormField, StringField

from award.domain import anchors as anchoring
from award.domain.numbers import parse, plain
from award.errors import Invalid
from award.i18n import NAMES, text
from award.models import Criterion, Round, Stage
from award.permissions import Permission
from award.services import criteria, rulebooks, stages
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, localised, trimmed
from award.web.inputs import Between, Figure, Given, one_of, written

bp = Blueprint("criteria", __name__)
WITH_STAGE = (
    joinedload(Stage.round).joinedload(Round.programme),
    selectinload(Stage.criteria),
    selectinload(Stage.rulebooks),
)
WITH = (
    joinedload(Criterion.stage).options(
        joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.criteria), selectinload(Stage.rulebooks)
    ),
)
NUMBER = text("Write a number, such as 5 or 0.5.")
BETTER = [("higher", text("A higher score is better")), ("lower", text("A lower score is better"))]
SHARE = (Given(text("Write a number from 0.")), Between(0, 100_000))
FIRST = {"share": Decimal(1), "low": Decimal(0), "high": Decimal(5), "step": Decimal(1), "better": "higher"}
"""What a new criterion starts from."""


class RemoveForm(Form):
    """A button and nothing else."""


def changes(stage):
    """Whether the criteria may change now."""
    try:
        criteria.require_draft(stage)
    except criteria.Refused:
        return False
    return True


def criterion_form(round_, scores=(), **data):
    """The form of a criterion, with a text per language for each of `scores` (its anchors)."""
    languages = round_.languages
    parts = {
        "name": localised(text("Name"), languages, needed=text("Write the name of the criterion.")),
        "description": localised(
            text("The question it asks"),
            languages,
            limit=500,
            hint=text("One sentence. Entrants and jurors read it under the name."),
        ),
        "share": Figure(
            text("Weight"),
            description=text("Any number. Weights are turned into shares that make 100%. With 0 it counts for special awards only."),
            validators=SHARE,
        ),
        "low": Figure(text("Lowest score"), validators=[Given(NUMBER), Between(-1000, 1000)]),
        "high": Figure(text("Highest score"), validators=[Given(NUMBER), Between(-1000, 1000)]),
        "step": Figure(
            text("Step"),
            description=text("The distance between two scores, such as 1 or 0.5."),
            validators=[Given(NUMBER), Between(Decimal("0.0001"), 1000)],
        ),
        "better": one_of(text("Direction"), BETTER),
        "threshold": Figure(
            text("Threshold"),
            validators=[Between(-1000, 1000)],
            description=text("An entry whose mean lies below it has no place. Leave empty for none."),
        ),
    }
    if scores:
        parts["anchors"] = FormField(_anchors_form(scores, languages), label=text("Anchors"), separator="_")
    return type("CriterionForm", (Form,), parts)(**data)


def _anchors_form(scores, languages):
    lines = {
        code: StringField(NAMES[code], filters=[trimmed], validators=[AtMost(300)], render_kw={"lang": code})
        for code in languages
    }
    line = type("AnchorForm", (PlainForm,), lines)
    groups = {
        _slug(score): FormField(line, label=text("What earns %(score)s", score=score), separator="_")
        for score in scores
    }
    return type("AnchorsForm", (PlainForm,), groups)


def _slug(score):
    """A score as the name of an input: "-0.5" becomes "m0p5"."""
    return "s" + score.replace("-", "m").replace(".", "p")


def _score(slug):
    """The score of an input's name; None when it is none."""
    try:
        return plain(parse(slug.removeprefix("s").replace("m", "-").replace("p", ".")))
    except Invalid:
        return None


def _scores(criterion):
    """The scores that have an anchor on the form: the wanted ones, and those that an overtaken form still carries."""
    wanted = anchoring.wanted(criteria.scale_of(criterion))
    if request.form.get("version", "") == str(criterion.version):
        return wanted
    sent = {_score(name.split("_")[1]) for name in request.form if name.startswith("anchors_") and name.count("_") == 2}
    return (*wanted, *sorted(sent - {None, *wanted})[:101])


def given(form):
    """What the form says, as the use case takes it."""
    values = {name: form[name].data for name in ("share", "low", "high", "step", "better", "threshold")}
    return {"name": written(form.name.data), "description": written(form.description.data), **values}


def _anchors(form):
    found = form.anchors.data if "anchors" in form else {}
    return {_score(slug): written(words) for slug, words in found.items()}


def filled(criterion, **more):
    """The form of a criterion as it stands."""
    values = {
        name: getattr(criterion, name)
        for name in ("name", "description", "share", "low", "high", "step", "better", "threshold", "version")
    }
    scores = _scores(criterion)
    return criterion_form(
        criterion.round,
        scores,
        anchors={_slug(score): criterion.anchors.get(score, {}) for score in scores},
        **values,
        **more,
    )


def shares_form(stage, **more):
    """The weight of each criterion, in one form."""
    parts = {
        f"share_{c.id}": Figure(text("Weight of %(criterion)s", criterion=c.key), validators=SHARE)
        for c in stage.criteria
    }
    data = {f"share_{c.id}": c.share for c in stage.criteria}
    return type("SharesForm", (Form,), parts)(**data, version=stage.version, **more)


def overview(stage, form):
    """The page of the criteria: shares, scales, thresholds, anchors written, rules."""
    code = stage.round.languages[0]
    total = sum(c.share for c in stage.criteria)
    rows = [
        {
            "criterion": c,
            "share": c.share / total if total else 0,
            "input": form[f"share_{c.id}"],
            "anchors": anchoring.written(c.anchors, criteria.scale_of(c), language=code),
            "scores": [(score, c.anchors.get(score, {})) for score in anchoring.wanted(criteria.scale_of(c))],
        }
        for c in stage.criteria
    ]
    theirs = overtaken.saved(form, stage, lambda: shares_form(stage, formdata=None))
    return render_template(
        "criteria/index.html",
        form=form,
        stage=stage,
        round=stage.round,
        rows=rows,
        total=total,
        changes=changes(stage),
        theirs=theirs,
        rules={**stages.START, **rulebooks.as_table(stage)},
        faults=rulebooks.faults(stage) if stage.criteria else [],
    )


@bp.get("/stages/<int:stage_id>/criteria")
@requires(Permission.READ_ROUND, Stage, options=WITH_STAGE)
def index(stage):
    return overview(stage, shares_form(stage))


@bp.route("/stages/<int:stage_id>/shares", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH_STAGE)
def shares(stage):
    form = shares_form(stage)
    return answers.after(
        form,
        lambda: criteria.weigh(
            stage,
            shares={c.id: form[f"share_{c.id}"].data for c in stage.criteria},
            version=form.opened_on(),
            actor=current_user,
            now=now(),
        ),
        done=lambda _stage: url_for(".index", stage_id=stage.id),
        page=lambda: overview(stage, form),
    )


@bp.route("/stages/<int:stage_id>/criteria/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=WITH_STAGE)
def new(stage):
    criteria.require_draft(stage)
    last = stage.criteria[-1] if stage.criteria else None
    start = {name: getattr(last, name) for name in ("low", "high", "step", "better")} if last else {}
    form = criterion_form(stage.round, **{**FIRST, **start})
    return answers.after(
        form,
        lambda: criteria.add(stage, given=given(form), key=form.key.data, actor=current_user, now=now()),
        done=lambda made: url_for(".edit", criterion_id=made.id, _anchor="anchors"),
        page=lambda: render_template("criteria/new.html", form=form, stage=stage, round=stage.round),
    )


@bp.route("/criteria/<int:criterion_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Criterion, options=WITH)
def edit(criterion):
    criteria.require_draft(criterion.stage)
    form = filled(criterion)
    before = anchoring.wanted(criteria.scale_of(criterion))
    return answers.after(
        form,
        lambda: criteria.change(
            criterion,
            given={**given(form), "anchors": _anchors(form)},
            version=form.opened_on(),
            actor=current_user,
            now=now(),
        ),
        done=lambda saved: _next(saved, before),
        page=lambda: render_template(
            "criteria/edit.html",
            form=form,
            criterion=criterion,
            stage=criterion.stage,
            round=criterion.round,
            theirs=overtaken.saved(form, criterion, lambda: filled(criterion, formdata=None)),
        ),
    )


def _next(criterion, before):
    """Back to the criteria; to the anchors when the scale now has other steps."""
    if anchoring.wanted(criteria.scale_of(criterion)) == before:
        return url_for(".index", stage_id=criterion.stage_id)
    flash((text("The scale has changed."), text("Check what earns each score.")), "info")
    return url_for(".edit", criterion_id=criterion.id, _anchor="anchors")


@bp.route("/criteria/<int:criterion_id>/delete", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Criterion, options=WITH)
def delete(criterion):
    criteria.require_draft(criterion.stage)
    form, stage = RemoveForm(), criterion.stage
    return answers.after(
        form,
        lambda: criteria.remove(criterion, actor=current_user, now=now()),
        done=lambda _stage: url_for(".index", stage_id=stage.id),
        page=lambda: render_template(
            "criteria/delete.html", form=form, criterion=criterion, stage=stage, round=stage.round
        ),
    )
