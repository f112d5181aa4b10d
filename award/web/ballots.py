"""The ballot: an entry beside its criteria, saved while typing, submitted with a receipt."""

from flask import Blueprint, make_response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import TextAreaField

from award.errors import Invalid, Stale
from award.i18n import ntext, text
from award.models import Assignment, Ballot, Conflict, Entry, Juror, Round, Stage
from award.permissions import Permission
from award.services import ballots, entry_versions, receipts
from award.web import answers, formats
from award.web.access import requires
from award.web.ballot_form import ballot_form, steps
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed
from award.web.frame import page_language

bp = Blueprint("ballots", __name__)
BALLOT = (
    joinedload(Assignment.juror).joinedload(Juror.conflicts),
    joinedload(Assignment.stage).joinedload(Stage.round).joinedload(Round.programme),
    joinedload(Assignment.entry).joinedload(Entry.versions),
    joinedload(Assignment.entry).joinedload(Entry.category),
    joinedload(Assignment.ballot).joinedload(Ballot.scores),
)


@bp.route("/assignments/<int:assignment_id>/ballot", methods=["GET", "POST"])
@requires(Permission.JUDGE, Assignment, options=BALLOT)
def show(assignment):
    if request.method == "GET" and not ballots.is_open(assignment):
        return _read_only(assignment)
    form = _posted(assignment) if request.method == "POST" else ballot_form(ballots.criteria(assignment.stage), assignment)
    form.whole = request.form.get("act") == "submit"
    return answers.after(
        form, lambda: _save(assignment, form), done=lambda where: where, page=lambda: _page(assignment, form)
    )


def _posted(assignment):
    """The form of a ballot that may still change; made first, so that what was typed can be given back when it may not."""
    form = ballot_form(ballots.hold(assignment).criteria, assignment)
    ballots.require_open(assignment)
    return form


def _save(assignment, form):
    """Save the draft, or submit it; gives where to go on."""
    act = receipts.submit if form.whole else ballots.save
    ballot = act(assignment, marks=form.marks(), version=form.opened_on(), now=now())
    if not form.whole:
        answers.say(text("Saved as a draft. It counts once you submit it."))
        return url_for("jurors.show", juror_id=assignment.juror_id)
    answers.say(
        (
            text("Your ballot on “%(entry)s” is in.", entry=assignment.entry.title),
            text("Receipt: %(code)s", code=ballot.receipt),
        )
    )
    following = ballots.neighbours(assignment)[2]
    return url_for(".show", assignment_id=following) if following else url_for(".finish", juror_id=assignment.juror_id)


def _page(assignment, form):
    ballot, languages = assignment.ballot, assignment.stage.round.languages
    place, places, _next = ballots.neighbours(assignment)
    if form.stale:
        form.version.data = str(ballot.version)
    judged = ballot.entry_version if ballot and ballot.entry_version_id != assignment.entry.versions[-1].id else None
    return render_template(
        "ballots/show.html",
        **_entry(assignment, assignment.entry.versions[-1]),
        form=form,
        ballot=ballot,
        grids={row.id: steps(row, languages) for row in form.rows},
        place=place,
        places=places,
        judged=judged,
        given=sum(bool((form[f"score_{row.id}"].data or "").strip()) for row in form.rows),
    )


def _entry(assignment, read):
    """What shows the entry on both kinds of page; `read` is the version shown."""
    return {
        "assignment": assignment,
        "entry": assignment.entry,
        "stage": assignment.stage,
        "round": assignment.stage.round,
        "read": read,
        "answers": entry_versions.read(read, assignment.stage.round),
        "weight": sum(row.share for row in assignment.stage.criteria),
    }


def _read_only(assignment):
    ballot = assignment.ballot
    scores = {s.criterion_id: s for s in ballot.scores} if ballot else {}
    rows = ballots.criteria(assignment.stage)
    return render_template(
        "ballots/read.html",
        **_entry(assignment, ballot.entry_version if ballot else assignment.entry.versions[-1]),
        ballot=ballot,
        rows=rows,
        scores=scores,
        total=ballots.total(rows, {k: s.value for k, s in scores.items()}),
    )


@bp.post("/assignments/<int:assignment_id>/ballot/draft")
@requires(Permission.JUDGE, Assignment, options=BALLOT)
def draft(assignment):
    """Saving while typing: no page, the new version and the time of saving in the headers."""
    form = _posted(assignment)
    if not form.validate():
        return "", 422
    try:
        ballot = ballots.save(assignment, marks=form.marks(), version=form.opened_on(), now=now())
    except (Invalid, Stale) as refusal:
        return "", refusal.status
    answer = make_response("", 204)
    answer.headers["X-Award-Version"] = str(ballot.version)
    answer.headers["X-Award-Saved"] = formats.clock(
        ballot.saved_at, assignment.stage.round.zone, language=page_language()
    )
    return answer


class FinishForm(Form):
    """The button alone."""


@bp.route("/jurors/<int:juror_id>/ballots", methods=["GET", "POST"])
@requires(
    Permission.ANSWER_AS_JUROR,
    Juror,
    options=(
        joinedload(Juror.stage).joinedload(Stage.round).joinedload(Round.programme),
        selectinload(Juror.conflicts).joinedload(Conflict.entry),
    ),
)
def finish(juror):
    form = FinishForm()
    return answers.after(
        form,
        lambda: _submit_all(juror),
        done=lambda _rows: url_for(".finish", juror_id=juror.id),
        page=lambda: _finish_page(juror, form),
    )


def _submit_all(juror):
    found = receipts.submit_all(juror, now=now())
    answers.say(
        (
            ntext("Your ballot is in.", "Your %(num)s ballots are in.", len(found)),
            text("The receipts stand below and in a mail to you."),
        )
    )
    return found


def _finish_page(juror, form):
    desks = [d for d in ballots.own(juror) if d.assignment.state == "notified"]
    ranked = sorted((d for d in desks if d.total is not None), key=lambda d: (-d.total, d.place))
    return render_template(
        "ballots/finish.html",
        juror=juror,
        stage=juror.stage,
        round=juror.stage.round,
        form=form,
        ranked=ranked,
        open_=[d for d in desks if d.total is None],
        ready=[d for d in ranked if d.state == "complete"],
        near=ballots.near_ties(ranked),
        total=len(desks),
    )


class ReopeningForm(Form):
    reason = TextAreaField(
        text("Why"),
        filters=[trimmed],
        validators=[Needed(text("Say in a few words why.")), AtMost(1000)],
        description=text("The juror and the auditor read it."),
    )


@bp.get("/stages/<int:stage_id>/ballots")
@requires(
    Permission.PRESIDE, Stage, options=(joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.jurors))
)
def index(stage):
    return render_template("ballots/index.html", stage=stage, round=stage.round, pairs=ballots.reopenable(stage))


@bp.route("/assignments/<int:assignment_id>/ballot/reopening", methods=["GET", "POST"])
@requires(
    Permission.PRESIDE,
    Assignment,
    options=(
        joinedload(Assignment.juror).joinedload(Juror.user),
        joinedload(Assignment.entry),
        joinedload(Assignment.ballot),
        joinedload(Assignment.stage).joinedload(Stage.round).joinedload(Round.programme),
    ),
)
def reopening(assignment):
    form = ReopeningForm()
    return answers.after(
        form,
        lambda: _reopen(assignment, form),
        done=lambda _row: url_for(".index", stage_id=assignment.stage_id),
        page=lambda: render_template(
            "ballots/reopening.html",
            assignment=assignment,
            entry=assignment.entry,
            stage=assignment.stage,
            round=assignment.round,
            form=form,
        ),
    )


def _reopen(assignment, form):
    receipts.reopen(assignment, reason=form.reason.data, actor=current_user._get_current_object(), now=now())
    answers.say(
        text(
            "The ballot of %(name)s on %(number)s is open again.",
            name=assignment.juror.user.name,
            number=assignment.entry.number,
        )
    )
