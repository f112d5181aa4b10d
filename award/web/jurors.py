"""The jury of a stage for the organiser, and a juror's own page."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from award.domain import lives
from award.errors import FaultyInput
from award.i18n import NAMES, ntext, text
from award.models import Conflict, Juror, Round, Stage
from award.permissions import Permission
from award.services import ballots, entrants, further_stages, jurors
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, trimmed

bp = Blueprint("jurors", __name__)
STAGE = (joinedload(Stage.round).joinedload(Round.programme),)
JUROR = (joinedload(Juror.stage).joinedload(Stage.round).joinedload(Round.programme), joinedload(Juror.user))
ORGANISATION = {"label": text("Organisation"), "filters": [trimmed], "validators": [AtMost(200)]}


def languages_field():
    """The languages a juror reads; none ticked means all."""
    return SelectMultipleField(
        text("Languages read"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[SelectChoice(code, own) for code, own in NAMES.items()],
        description=text("An entry in another language is not assigned to this juror. Tick none when all are read."),
    )


class People:
    """Lines of people, each fault with its line."""

    def __call__(self, form, field):
        try:
            form.people_read = jurors.read_people(field.data or "")
        except FaultyInput as faulty:
            field.errors = [*field.errors, *faulty.faults]
            raise StopValidation() from None


class InvitationForm(Form):
    people = TextAreaField(
        text("Who"),
        validators=[AtMost(40_000), People()],
        description=text("One person a line: Name <name@example.org>. You may add an organisation after a comma."),
    )
    organisation = StringField(
        description=text("For everybody above whose line names none. It keeps jurors from entries of their own."),
        **ORGANISATION,
    )
    languages = languages_field()
    chair = BooleanField(
        text("This person takes the chair"), description=text("The chair may reopen a ballot, with a reason.")
    )

    people_read = ()


class JurorForm(Form):
    organisation = StringField(
        description=text("It keeps jurors from entries of their own organisation."), **ORGANISATION
    )
    languages = languages_field()
    chair = BooleanField(
        text("This person takes the chair"), description=text("The chair may reopen a ballot, with a reason.")
    )


class AnswerForm(Form):
    reason = TextAreaField(
        text("If you decline: why?"),
        filters=[trimmed],
        validators=[AtMost(2000)],
        description=text("Only the organiser sees it."),
    )
    act = StringField(text("Your answer"))

    def validate_act(self, field):
        """The two buttons."""
        if field.data not in ("accept", "decline"):
            field.errors = [text("Choose one of the two buttons.")]
            raise StopValidation()


class AgainForm(Form):
    """The button alone."""


def profile(form):
    """What is kept of a juror besides the person."""
    return {
        "organisation": form.organisation.data or "",
        "languages": form.languages.data or [],
        "chair": form.chair.data,
    }


def actor():
    """The person of the request, as a row."""
    return current_user._get_current_object()


@bp.get("/stages/<int:stage_id>/jurors")
@requires(Permission.READ_ROUND, Stage, options=STAGE)
def index(stage):
    return render_template(
        "jurors/index.html",
        stage=stage,
        round=stage.round,
        jurors=jurors.of_stage(stage),
        takes_over=lives.allows("set_up_stage", stage.state) and bool(further_stages.missing_jurors(stage)),
    )


@bp.route("/stages/<int:stage_id>/jurors/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=STAGE)
def new(stage):
    form = InvitationForm()
    return answers.after(
        form,
        lambda: _invite(stage, form),
        done=lambda _rows: url_for(".index", stage_id=stage.id),
        page=lambda: render_template("jurors/new.html", stage=stage, round=stage.round, form=form),
    )


def _invite(stage, form):
    found = jurors.invite(stage, people=form.people_read, profile=profile(form), actor=actor(), now=now())
    answers.say(ntext("%(num)s juror is invited by mail.", "%(num)s jurors are invited by mail.", len(found)))
    return found


@bp.route("/jurors/<int:juror_id>/edit", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Juror, options=JUROR)
def edit(juror):
    form = JurorForm(obj=juror, version=str(juror.version))
    return answers.after(
        form,
        lambda: _change(juror, form),
        done=lambda _row: url_for(".index", stage_id=juror.stage_id),
        page=lambda: render_template(
            "jurors/edit.html",
            juror=juror,
            stage=juror.stage,
            round=juror.round,
            form=form,
            again=AgainForm(formdata=None),
            overtaken=overtaken.saved(form, juror, lambda: JurorForm(formdata=None, obj=juror)),
        ),
    )


def _change(juror, form):
    jurors.change(juror, profile=profile(form), version=form.opened_on(), actor=actor(), now=now())
    answers.say(text("%(name)s is changed.", name=juror.user.name))


@bp.post("/jurors/<int:juror_id>/invitation")
@requires(Permission.ORGANISE, Juror, options=JUROR)
def invitation(juror):
    form = AgainForm()
    return answers.after(
        form,
        lambda: _again(juror),
        done=lambda _row: url_for(".index", stage_id=juror.stage_id),
        page=lambda: render_template(
            "jurors/edit.html",
            juror=juror,
            stage=juror.stage,
            round=juror.round,
            form=JurorForm(formdata=None, obj=juror),
            again=form,
        ),
    )


def _again(juror):
    jurors.invite_again(juror, actor=actor(), now=now())
    answers.say(text("%(name)s gets a new personal link by mail.", name=juror.user.name))


OWN = (*JUROR, selectinload(Juror.conflicts).joinedload(Conflict.entry))


@bp.get("/jurors/<int:juror_id>")
@requires(Permission.ANSWER_AS_JUROR, Juror, options=OWN)
def show(juror):
    return _own_page(juror, AnswerForm())


@bp.post("/jurors/<int:juror_id>/answer")
@requires(Permission.ANSWER_AS_JUROR, Juror, options=OWN)
def answer(juror):
    form = AnswerForm(act=request.form.get("act"))
    return answers.after(
        form, lambda: _answer(juror, form), done=_after_answer, page=lambda: _own_page(juror, form, asking=True)
    )


def _answer(juror, form):
    return jurors.answer(juror, accepts=form.act.data == "accept", reason=form.reason.data or "", now=now())


def _after_answer(juror):
    ready = juror.state == "accepted" and _is_asked(juror)
    return url_for("conflicts.edit" if ready else ".show", juror_id=juror.id)


def _is_asked(juror):
    """Whether the juror still has to declare conflicts, and can: the entries are known and the stage is not over."""
    stage = juror.stage
    return juror.cleared_at is None and stage.round.state == "judging" and stage.state != "decided" and entrants.known(stage)


def _own_page(juror, form, *, asking=False):
    """A juror's own page, by how it stands: to answer, to wait, or to judge."""
    page = {"juror": juror, "stage": juror.stage, "round": juror.stage.round, "form": form}
    if asking or juror.state != "accepted":
        return render_template("jurors/invited.html", criteria=ballots.criteria(juror.stage), **page)
    desks = ballots.own(juror) if juror.cleared_at else []
    if not desks:
        return render_template("jurors/waiting.html", asking=_is_asked(juror), **page)
    return render_template(
        "jurors/show.html",
        desks=[d for d in desks if d.assignment.state == "notified"],
        set_aside=[d for d in desks if d.assignment.state != "notified"],
        **page,
    )
