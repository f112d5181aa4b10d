"""Conflicts of interest: the check before any content opens, one found at an entry, one the organiser names or takes back."""

from flask import Blueprint, render_template, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from award.i18n import ntext, text
from award.models import Assignment, Conflict, Juror, Round, Stage
from award.permissions import Permission
from award.services import assignments, conflicts
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, Needed, trimmed

bp = Blueprint("conflicts", __name__)
JUROR = (
    joinedload(Juror.stage).joinedload(Stage.round).joinedload(Round.programme),
    joinedload(Juror.user),
    selectinload(Juror.conflicts).joinedload(Conflict.entry),
)
ASSIGNMENT = (
    joinedload(Assignment.juror).selectinload(Juror.conflicts),
    joinedload(Assignment.entry),
    joinedload(Assignment.ballot),
    joinedload(Assignment.stage).joinedload(Stage.round).joinedload(Round.programme),
)
WHAT = text("Say in a few words what the conflict of interest is.")


class DeclarationForm(Form):
    """One tick and one reason an entry; made for the entries of a round."""

    def declared(self, entries):
        """{entry id: reason} of the entries that are ticked."""
        return {e.id: self[f"reason_{e.id}"].data or "" for e in entries if self[f"conflict_{e.id}"].data}

    def validate(self, extra_validators=None):
        valid = super().validate(extra_validators)
        for name in [n for n in self._fields if n.startswith("reason_")]:
            ticked, reason = self[name.replace("reason", "conflict")], self[name]
            if ticked.data and not reason.data:
                reason.errors, valid = [*reason.errors, WHAT], False
            if reason.data and not ticked.data:
                ticked.errors, valid = [*ticked.errors, text("Tick this too, or empty the reason.")], False
        return valid


def declaration_form(entries, declared):
    """The form over `entries`, filled with the conflicts {entry id: reason} that were declared."""
    fields = {}
    for entry in entries:
        fields[f"conflict_{entry.id}"] = BooleanField(text("I have a conflict of interest with “%(entry)s”", entry=entry.title))
        fields[f"reason_{entry.id}"] = StringField(
            text("What the conflict of interest with “%(entry)s” is", entry=entry.title), filters=[trimmed], validators=[AtMost(1000)]
        )
    present = {f"conflict_{id_}": True for id_ in declared} | {f"reason_{id_}": reason for id_, reason in declared.items()}
    return type("DeclarationOfRound", (DeclarationForm,), fields)(data=present)


class ReasonForm(Form):
    reason = TextAreaField(
        text("What the conflict of interest is"),
        filters=[trimmed],
        validators=[Needed(WHAT), AtMost(1000)],
        description=text("The organiser and the auditor read it."),
    )


class NamedForm(Form):
    entry = SelectField(text("Entry"), coerce=int)
    reason = TextAreaField(
        text("Reason"),
        filters=[trimmed],
        validators=[Needed(text("Say what the conflict of interest is.")), AtMost(1000)],
        description=text("The juror and the auditor read it."),
    )


class TakenBackForm(NamedForm):
    reason = TextAreaField(
        text("Reason"),
        filters=[trimmed],
        validators=[Needed(text("Say why it is no conflict of interest.")), AtMost(1000)],
        description=text("The juror and the auditor read it."),
    )


@bp.route("/jurors/<int:juror_id>/conflicts", methods=["GET", "POST"])
@requires(Permission.ANSWER_AS_JUROR, Juror, options=JUROR)
def edit(juror):
    conflicts.require_declarable(juror)
    known = {c.entry_id: c for c in juror.conflicts}
    found = conflicts.entries(juror.stage)
    fixed = {e.id: known[e.id].kind if e.id in known else conflicts.detect(juror, e) for e in found}
    asked = [e for e in found if not fixed[e.id] or (fixed[e.id] == "declared" and juror.stage.state == "draft")]
    form = declaration_form(asked, {e.id: known[e.id].reason for e in asked if e.id in known})
    return answers.after(
        form,
        lambda: _declare(juror, form, asked),
        done=lambda _row: url_for("jurors.show", juror_id=juror.id),
        page=lambda: render_template(
            "conflicts/edit.html",
            juror=juror,
            stage=juror.stage,
            round=juror.stage.round,
            form=form,
            asked=asked,
            organisations=conflicts.organisations,
            words=conflicts.WORDS,
            fixed=[(e, fixed[e.id]) for e in found if e not in asked],
        ),
    )


def _declare(juror, form, asked):
    declared = form.declared(asked)
    conflicts.declare(juror, declared=declared, now=now())
    answers.say(
        ntext(
            "Noted: you have a conflict of interest with %(num)s entry. You will neither see nor score it.",
            "Noted: you have a conflict of interest with %(num)s entries. You will neither see nor score them.",
            len(declared),
        )
        if declared
        else text("Noted: you have no conflict of interest with any entry.")
    )


@bp.route("/assignments/<int:assignment_id>/conflict", methods=["GET", "POST"])
@requires(Permission.JUDGE, Assignment, options=ASSIGNMENT)
def new(assignment):
    form = ReasonForm()
    return answers.after(
        form,
        lambda: _report(assignment, form),
        done=lambda _row: url_for("jurors.show", juror_id=assignment.juror_id),
        page=lambda: render_template(
            "conflicts/new.html",
            assignment=assignment,
            entry=assignment.entry,
            stage=assignment.stage,
            round=assignment.round,
            form=form,
        ),
    )


def _report(assignment, form):
    conflicts.report(assignment, reason=form.reason.data, now=now())
    answers.say(text("Noted. “%(entry)s” is no longer on your list.", entry=assignment.entry.title))


@bp.route("/jurors/<int:juror_id>/conflicts/new", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Juror, options=JUROR)
def create(juror):
    return _settle(juror, NamedForm(), assignments.eligible(juror.stage), act=_name, template="conflicts/create.html")


@bp.route("/jurors/<int:juror_id>/conflicts/return", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Juror, options=JUROR)
def take_back(juror):
    found = conflicts.returnable(juror, assignments.eligible(juror.stage))
    return _settle(juror, TakenBackForm(), found, act=_take_back, template="conflicts/take_back.html")


def _settle(juror, form, found, *, act, template):
    """The organiser chooses an entry among `found` and says why; `act` does the rest."""
    form.entry.choices = [SelectChoice(e.id, f"{e.number} · {e.title}") for e in found]
    return answers.after(
        form,
        lambda: act(juror, next(e for e in found if e.id == form.entry.data), form.reason.data),
        done=lambda _row: url_for("jurors.index", stage_id=juror.stage_id),
        page=lambda: render_template(
            template,
            juror=juror,
            stage=juror.stage,
            round=juror.stage.round,
            form=form,
            found=found,
            words=conflicts.WORDS,
        ),
    )


def _name(juror, entry, reason):
    conflicts.name(juror, entry=entry, reason=reason, actor=current_user._get_current_object(), now=now())
    answers.say(
        text(
            "On record: %(name)s has a conflict of interest with %(number)s and no longer reads it.",
            name=juror.user.name,
            number=entry.number,
        )
    )


def _take_back(juror, entry, reason):
    conflicts.take_back(juror, entry=entry, reason=reason, actor=current_user._get_current_object(), now=now())
    answers.say(
        text("Taken back: %(name)s has no conflict of interest with %(number)s.", name=juror.user.name, number=entry.number)
    )
