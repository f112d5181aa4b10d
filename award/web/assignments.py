"""Who judges what: the plan, its preview and confirmation, single pairs, and a juror who cannot judge."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from award.errors import Refused
from award.i18n import ntext, text
from award.models import Assignment, Juror, Round, Stage
from award.permissions import Permission
from award.services import assignments, conflicts
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed, figure
from award.web.heat_map import heat_map

bp = Blueprint("assignments", __name__)
STAGE = (joinedload(Stage.round).joinedload(Round.programme),)
PAIR = (
    joinedload(Assignment.juror).joinedload(Juror.user),
    joinedload(Assignment.juror).selectinload(Juror.conflicts),
    joinedload(Assignment.entry),
    joinedload(Assignment.ballot),
    joinedload(Assignment.stage).joinedload(Stage.round).joinedload(Round.programme),
)
PAGE = 50
MOST_SEED = 10**9


class Whole:
    """A whole number between two ends."""

    def __init__(self, low, high):
        self.low, self.high = low, high

    def __call__(self, _form, field):
        typed = (field.data or "").strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) < 11 and self.low <= int(typed) <= self.high):
            raise ValidationError(text("Write a whole number from %(low)s to %(high)s.", low=figure(self.low), high=figure(self.high)))


class PlanForm(Form):
    mode = RadioField(
        text("Who judges an entry"),
        choices=[
            SelectChoice(
                "everyone",
                text("Everyone judges everything"),
                {"hint": text("Except where there is a conflict of interest. Good up to about 20 entries.")},
            ),
            SelectChoice(
                "some",
                text("Some jurors judge each entry"),
                {"hint": text("Equal loads, no conflicts of interest, no unread language.")},
            ),
        ],
    )
    readers = StringField(text("Jurors for each entry"), filters=[trimmed], render_kw={"inputmode": "numeric"})
    seed = StringField(
        text("Seed"),
        filters=[trimmed],
        validators=[Whole(0, MOST_SEED)],
        render_kw={"inputmode": "numeric"},
        description=text("The same number draws the same plan again."),
    )

    def validate_mode(self, field):
        """A value that the page does not offer is told in our own words."""
        if field.data not in ("everyone", "some"):
            field.errors = [text("Choose one of the two.")]

    def validate_readers(self, field):
        """Only asked where some jurors judge each entry."""
        if self.mode.data == "some":
            Whole(1, 99)(self, field)

    def settings(self):
        """(jurors for each entry or 0, seed) as the plan takes them."""
        return (int(self.readers.data) if self.mode.data == "some" else assignments.EVERYONE), int(self.seed.data)


class PairForm(Form):
    entry = SelectField(text("Entry"), coerce=int)
    juror = SelectField(text("Juror"), coerce=int)


class RemovalForm(Form):
    reason = TextAreaField(
        text("Why"),
        filters=[trimmed],
        validators=[AtMost(1000)],
        description=text("The juror and the auditor read it."),
    )


class RefusalForm(Form):
    reason = TextAreaField(
        text("Why"),
        filters=[trimmed],
        validators=[Needed(text("Say in a few words why.")), AtMost(1000)],
        description=text("The organiser reads it and looks for somebody else."),
    )


class TellForm(Form):
    """The button alone."""


def actor():
    """The person of the request, as a row."""
    return current_user._get_current_object()


@bp.get("/stages/<int:stage_id>/assignments")
@requires(Permission.READ_ROUND, Stage, options=STAGE)
def index(stage):
    board = assignments.board(stage)
    return render_template("assignments/index.html", form=TellForm(), **_values(stage, board, board.live))


def _values(stage, board, pairs):
    """What both pages show of a set of pairs: the map, the loads, one page of entries with their jurors."""
    last = max(1, -(-len(board.entries) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    counts = {j.id: sum(pair[1] == j.id for pair in pairs) for j in board.jurors}
    barred = {j.id: sum(pair[1] == j.id for pair in board.barred) for j in board.jurors}
    return {
        "stage": stage,
        "round": stage.round,
        "board": board,
        "pairs": pairs,
        "counts": counts,
        "barred": barred,
        "words": conflicts.WORDS,
        "page": page,
        "last": last,
        "shown": board.entries[(page - 1) * PAGE : page * PAGE],
        "picture": heat_map(board, pairs),
        "waiting": sum(row.state == "proposed" for row in board.rows.values()),
    }


@bp.route("/stages/<int:stage_id>/assignments/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=STAGE)
def new(stage):
    """The preview follows the address, so that it can be shown again; only the confirmation writes."""
    if request.method == "POST":
        form = PlanForm()
    else:
        form = PlanForm(
            formdata=request.args if request.args.get("mode") else None,
            meta={"csrf": False},
            data={"mode": "some", "readers": "4", "seed": str(now().year * 10_000 + stage.id)},
        )
    return answers.after(
        form,
        lambda: _confirm(stage, form),
        done=lambda _plan: url_for(".index", stage_id=stage.id),
        page=lambda: _preview(stage, form),
    )


def _confirm(stage, form):
    made = assignments.confirm(stage, settings=form.settings(), actor=actor(), now=now())
    said = ntext("%(num)s assignment is kept.", "%(num)s assignments are kept.", len(made.pairs))
    later = (
        text("The jurors have been mailed.")
        if stage.state == "open"
        else text("The jurors are mailed when the stage opens.")
    )
    answers.say((said, later))
    return made


def _preview(stage, form):
    """The settings with the plan they give, or with the reason why there is none."""
    plan, refusal = None, None
    asked = request.method == "POST" or request.args.get("mode")
    try:
        if asked and not form.errors and (request.method == "POST" or form.validate()):
            readers, seed = form.settings()
            plan = assignments.plan(stage, readers=readers, seed=seed)
    except Refused as refused:
        refusal = refused.message
    values = _values(stage, plan.board, plan.pairs) if plan else {"stage": stage, "round": stage.round}
    return render_template("assignments/new.html", form=form, plan=plan, refusal=refusal, **values)


@bp.route("/stages/<int:stage_id>/assignments/pair", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Stage, options=STAGE)
def pair(stage):
    board = assignments.board(stage)
    form = PairForm(entry=request.args.get("entry", type=int), juror=request.args.get("juror", type=int))
    form.entry.choices = [SelectChoice(e.id, f"{e.number} · {e.title}") for e in board.entries]
    form.juror.choices = [SelectChoice(j.id, f"{j.code} · {j.user.name}") for j in board.jurors]
    return answers.after(
        form,
        lambda: _add(stage, form, board),
        done=lambda _row: url_for(".index", stage_id=stage.id),
        page=lambda: render_template("assignments/pair.html", stage=stage, round=stage.round, form=form, board=board),
    )


def _add(stage, form, board):
    entry, juror = (
        next(row for row in rows if row.id == field.data)
        for rows, field in ((board.entries, form.entry), (board.jurors, form.juror))
    )
    assignments.add(stage, entry=entry, juror=juror, actor=actor(), now=now())
    answers.say(text("%(name)s judges %(number)s.", name=juror.user.name, number=entry.number))


@bp.route("/assignments/<int:assignment_id>/removal", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Assignment, options=PAIR)
def removal(assignment):
    form = RemovalForm()
    return answers.after(
        form,
        lambda: _remove(assignment, form),
        done=lambda stage: url_for(".index", stage_id=stage.id),
        page=lambda: render_template(
            "assignments/removal.html", assignment=assignment, stage=assignment.stage, round=assignment.round, form=form
        ),
    )


def _remove(assignment, form):
    name, number = assignment.juror.user.name, assignment.entry.number
    stage = assignments.remove(assignment, reason=form.reason.data or "", actor=actor(), now=now())
    answers.say(text("%(name)s no longer judges %(number)s.", name=name, number=number))
    return stage


@bp.route("/assignments/<int:assignment_id>/refusal", methods=["GET", "POST"])
@requires(Permission.JUDGE, Assignment, options=PAIR)
def refusal(assignment):
    form = RefusalForm()
    return answers.after(
        form,
        lambda: _decline(assignment, form),
        done=lambda juror: url_for("jurors.show", juror_id=juror.id),
        page=lambda: render_template(
            "assignments/refusal.html",
            assignment=assignment,
            entry=assignment.entry,
            stage=assignment.stage,
            round=assignment.round,
            form=form,
        ),
    )


def _decline(assignment, form):
    juror = assignments.decline(assignment, reason=form.reason.data, now=now())
    answers.say(text("Noted. The organiser looks for somebody else for “%(entry)s”.", entry=assignment.entry.title))
    return juror


@bp.post("/stages/<int:stage_id>/notification")
@requires(Permission.ORGANISE, Stage, options=STAGE)
def notification(stage):
    form = TellForm()
    return answers.after(
        form,
        lambda: _tell(stage),
        done=lambda _rows: url_for(".index", stage_id=stage.id),
        page=lambda: index(stage_id=stage.id),
    )


def _tell(stage):
    told = assignments.notify(stage, actor=actor(), now=now())
    answers.say(ntext("%(num)s juror is told by mail.", "%(num)s jurors are told by mail.", len(told)))
    return told
