"""Entries: start, write, submit, withdraw; and for the organiser the list, and the return for correction."""
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from award.errors import Missing
from award.i18n import ntext, text
from award.models import Entry, Round
from award.permissions import Permission
from award.services import categories, consents, entries, entry_versions, members, report_readers
from award.web import answers, formats
from award.web.access import requires
from award.web.clock import now
from award.web.entry_forms import ReasonForm, ReturnForm, after, entry_form, start_form
from award.web.forms import Form
from award.web.frame import page_language
from award.web.inputs import local
from award.web.reports import titles

bp = Blueprint("entries", __name__)

ROUND = (joinedload(Entry.round).joinedload(Round.programme), joinedload(Entry.round).selectinload(Round.fields),
         joinedload(Entry.round).selectinload(Round.categories), joinedload(Entry.category))
READING = (*ROUND, selectinload(Entry.members), joinedload(Entry.screening), joinedload(Entry.saved_by))
GRANTED = timedelta(days=7)
WORDS = {"draft": ("todo", text("Draft")), "submitted": ("done", text("Submitted")),
         "returned": ("alert", text("Returned for correction")), "withdrawn": ("stop", text("Withdrawn"))}


@bp.route("/rounds/<int:round_id>/entries/new", methods=["GET", "POST"])
@requires(Permission.START_ENTRY, Round, options=(joinedload(Round.programme),))
def new(round_):
    if request.method == "GET":
        entries.require_startable(round_, now=now())
    form = start_form(round_, current_user)
    return after(form, lambda: entries.start(
        round_, wanted={name: form[name].data for name in ("title", "team", "organisation", "language", "initiative")},
        key=form.key.data, actor=current_user._get_current_object(), now=now()),
        done=lambda entry: url_for(".edit", entry_id=entry.id),
        page=lambda: render_template("entries/new.html", form=form, round=round_))


@bp.route("/entries/<int:entry_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def edit(entry):
    if request.method == "GET" and not entries.is_writable(entry, now=now()):
        return redirect(url_for(".show", entry_id=entry.id), 303)
    form = entry_form(entry)
    if request.method == "GET":
        form.point_out(entry)
    onward = ".submission" if request.form.get("act") == "check" else ".edit"
    return after(form, lambda: entries.save(entry, written=form.written(entry.round), now=now(),
                                            actor=current_user._get_current_object()),
                 done=lambda _entry: url_for(onward, entry_id=entry.id), page=lambda: writing_page(form, entry))


def writing_page(form, entry):
    """The form of an entry, with what somebody else saved meanwhile beside what was typed."""
    theirs, faulty = form.overtaken(entry), len(form.errors)
    heading = text("Somebody else saved meanwhile") if theirs else None
    if request.method == "GET" and faulty:
        heading = ntext("Saved, but one answer needs mending before you submit",
                        "Saved, but %(num)s answers need mending before you submit", faulty)
    return render_template("entries/edit.html", form=form, entry=entry, round=entry.round, theirs=theirs,
                           heading=heading, gaps=entry_versions.gaps(entry), newest=entry_versions.newest(entry))


@bp.post("/entries/<int:entry_id>/draft")
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def draft(entry):
    form = entry_form(entry)
    if not form.validate():
        return "", 422
    entries.save(entry, written=form.written(entry.round), actor=current_user._get_current_object(), now=now())
    saved = formats.clock(entry.saved_at, entry.round.zone, language=page_language())
    return "", 204, {"X-Award-Version": str(entry.version), "X-Award-Saved": saved}


@bp.get("/entries/<int:entry_id>")
@requires(Permission.READ_ENTRY, Entry, options=READING)
def show(entry):
    newest = entry_versions.newest(entry)
    own = any(member.user_id == current_user.id for member in entry.members)
    content = newest or entry_versions.of_draft(entry)
    return render_template("entries/show.html", entry=entry, category=entry.category if newest else entries.category_of(entry),
                           movable=categories.is_movable, consentable=consents.is_open(entry), papers=report_readers.own(entry),
                           titles=titles(), round=entry.round, newest=newest,
                           own=own, content=content,
                           answers=entry_versions.read(content, entry.round), members=members.of_entry(entry),
                           ahead=own and entry_versions.is_ahead(entry, newest), state=WORDS[entry.state],
                           writable=entries.is_writable(entry, now=now()), until=entries.deadline(entry))


@bp.route("/entries/<int:entry_id>/submission", methods=["GET", "POST"])
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def submission(entry):
    if request.method == "GET" and not entries.is_writable(entry, now=now()):
        return redirect(url_for(".show", entry_id=entry.id), 303)
    form = Form(version=str(entry.version))
    return after(form, lambda: entry_versions.submit(
        entry, version=form.opened_on(), key=form.key.data, actor=current_user._get_current_object(), now=now()),
        done=lambda version: url_for(".receipt", entry_id=entry.id, number=version.number),
        page=lambda: _checking_page(form, entry))


def _checking_page(form, entry):
    form.version.data = str(entry.version)
    newest, content = entry_versions.newest(entry), entry_versions.of_draft(entry)
    return render_template("entries/submission.html", form=form, entry=entry, round=entry.round, newest=newest,
                           gaps=entry_versions.gaps(entry), category=entries.category_of(entry),
                           ahead=entry_versions.is_ahead(entry, newest),
                           content=content, answers=entry_versions.read(content, entry.round),
                           until=entries.deadline(entry))


@bp.get("/entries/<int:entry_id>/versions/<int:number>")
@requires(Permission.READ_ENTRY, Entry, options=(*READING, selectinload(Entry.versions)))
def receipt(entry, number):
    found = {version.number: version for version in entry.versions}.get(number)
    if found is None:
        raise Missing(text("This version does not exist."))
    return render_template("entries/receipt.html", entry=entry, round=entry.round, version=found,
                           members=members.of_entry(entry), newest=entry.versions[-1], consentable=consents.is_open(entry),
                           code=entry_versions.grouped(found.checksum), answers=entry_versions.read(found, entry.round),
                           until=entries.deadline(entry), writable=entries.is_writable(entry, now=now()),
                           own=can_write(entry))


def can_write(entry):
    """Whether the reader is in the team as owner or editor."""
    return any(m.user_id == current_user.id and m.role != "reader" for m in entry.members)


@bp.route("/entries/<int:entry_id>/withdrawal", methods=["GET", "POST"])
@requires(Permission.EDIT_ENTRY, Entry, options=READING)
def withdrawal(entry):
    if request.method == "GET":
        entries.require_withdrawable(entry)
    form = ReasonForm(version=str(entry.version))
    return answers.after(form, lambda: entries.withdraw(
        entry, reason=form.reason.value, version=form.opened_on(), actor=current_user._get_current_object(), now=now()),
                         done=lambda _entry: url_for(".show", entry_id=entry.id),
                         page=lambda: render_template("entries/withdrawal.html", form=form, entry=entry,
                                                      round=entry.round))


@bp.route("/entries/<int:entry_id>/return", methods=["GET", "POST"], endpoint="return")
@requires(Permission.ORGANISE, Entry, options=READING)
def return_(entry):
    if request.method == "GET":
        entries.require_returnable(entry)
    start = max(entry.round.closes_at, now() + GRANTED)
    form = ReturnForm(version=str(entry.version), **local("due", start, entry.round.zone))
    form.zone = entry.round.zone
    return answers.after(form, lambda: entries.send_back(
        entry, reason=form.reason.value, due_at=form.instants["due"], now=now(),
        actor=current_user._get_current_object()),
                         done=lambda _entry: url_for(".show", entry_id=entry.id),
                         page=lambda: render_template("entries/return.html", form=form, entry=entry, round=entry.round,
                                                      newest=entry_versions.newest(entry)))


@bp.get("/rounds/<int:round_id>/entries")
@requires(Permission.READ_ROUND, Round, options=(joinedload(Round.programme), selectinload(Round.categories)))
def index(round_):
    search, sort = request.args.get("search", "")[:100], request.args.get("sort", "number")
    sort = sort if sort in entries.SORTS else "number"
    named = {str(category.id): category for category in round_.categories}
    category = named.get(request.args.get("category", ""))
    return render_template("entries/index.html", round=round_, search=search, sort=sort, category=category, counts=entries.counts(round_),
                           consents=consents.counts(round_),
                           rows=entries.of_round(round_, search=search, sort=sort, category=category and category.id),
                           names={c.id: c.name for c in round_.categories}, words=WORDS)
