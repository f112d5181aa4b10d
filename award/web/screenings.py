"""Screening: the list of submitted entries, and the verdict on each."""

from flask import Blueprint, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from award.i18n import text
from award.models import Entry, Round
from award.permissions import Permission
from award.services import entry_versions, screenings
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, trimmed

bp = Blueprint("screenings", __name__)


class ScreeningForm(Form):
    eligible = RadioField(
        text("May this entry take part?"),
        validators=[InputRequired(text("Choose one of the two."))],
        choices=[
            SelectChoice("yes", text("Eligible")),
            SelectChoice("no", text("Not eligible"), {"hint": text("The team reads the reason after publication.")}),
        ],
    )
    reason = TextAreaField(
        text("Reason"),
        filters=[trimmed],
        validators=[AtMost(2000)],
        description=text("Needed for a no: which condition is not met, and why."),
    )

    def validate_eligible(self, field):
        """A value that the page does not offer is told in our own words."""
        if field.data not in ("yes", "no"):
            field.errors = [text("Choose one of the two.")]

    def verdict(self):
        return {"eligible": self.eligible.data == "yes", "reason": self.reason.data or ""}


@bp.get("/rounds/<int:round_id>/screenings")
@requires(Permission.READ_ROUND, Round, options=(joinedload(Round.programme),))
def index(round_):
    found = screenings.of_round(round_)
    return render_template(
        "screenings/index.html",
        round=round_,
        entries=found,
        waiting=[e for e in found if e.screening is None and e.state == "submitted"],
        refused=[e for e in found if e.screening and not e.screening.eligible],
    )


@bp.route("/entries/<int:entry_id>/screening", methods=["GET", "POST"])
@requires(
    Permission.ORGANISE,
    Entry,
    options=(
        joinedload(Entry.round).selectinload(Round.fields),
        joinedload(Entry.screening),
        selectinload(Entry.versions),
        selectinload(Entry.attachments),
    ),
)
def edit(entry):
    form = ScreeningForm(**_present(entry.screening))
    return answers.after(
        form, lambda: _save(entry, form), done=lambda _row: _onwards(entry), page=lambda: _page(entry, form)
    )


def _present(row):
    if row is None:
        return {"version": "0"}
    return {"eligible": "yes" if row.eligible else "no", "reason": row.reason, "version": str(row.version)}


def _save(entry, form):
    row = screenings.save(
        entry, verdict=form.verdict(), version=form.opened_on(), actor=current_user._get_current_object(), now=now()
    )
    answers.say(
        text("%(number)s is screened: eligible.", number=entry.number)
        if row.eligible
        else text("%(number)s is screened: not eligible.", number=entry.number)
    )
    return row


def _onwards(entry):
    after = screenings.following(entry.round)
    return url_for(".edit", entry_id=after.id) if after else url_for(".index", round_id=entry.round_id)


def _page(entry, form):
    stale = request.method == "POST" and entry.screening is not None and form.opened_on() != entry.screening.version
    if stale:
        form.version.data = str(entry.screening.version)
    return render_template(
        "screenings/edit.html",
        entry=entry,
        round=entry.round,
        form=form,
        theirs=entry.screening if stale else None,
        read=entry.versions[-1],
        answers=entry_versions.read(entry.versions[-1], entry.round),
    )
