"""The texts of the jury: an overview for its chair, and an editor per entry, per special award and for the recommendations."""

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload
from wtforms import TextAreaField

from award.domain import drafts, lives
from award.i18n import NAMES, text
from award.models import Juror, Round, Stage
from award.permissions import Permission, can
from award.services import decisions, jury_texts, rankings, results
from award.web import answers, overtaken
from award.web.access import requires
from award.web.clock import now
from award.web.forms import AtMost, Form, figure
from award.web.frame import page_language

bp = Blueprint("jury_texts", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), joinedload(Stage.round).selectinload(Round.stages), selectinload(Stage.criteria),
        selectinload(Stage.results), selectinload(Stage.rulebooks), selectinload(Stage.special_awards),
        selectinload(Stage.jurors).selectinload(Juror.conflicts))
PAGE = 100
POINTS = text("One point a line.")
KINDS = {
    "summary": (text("Summary"), text("What the initiative is about, in a few sentences, for readers who know nothing about it.")),
    "strengths": (text("Strengths"), POINTS),
    "improvements": (text("Points to improve"), POINTS),
    "motivation": (text("Motivation"), text("Why the jury decided as it did. For a distinction it also stands on the public page.")),
    "lessons": (text("Lessons learnt"), text("What others can learn from the entries that could get this special award.")),
    "recommendations": (text("Recommendations"), text("From the jury to the organiser, the teams and the next round.")),
}
"""What each kind of text is called, and what helps to write it."""


def lines_alike(value):
    """Without white space around, and with line ends of one kind; None stays None."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def form_for(place, texts, language, **more):
    """The form of the texts of a place in one language, filled with the Texts there are."""
    fields = {kind: TextAreaField(KINDS[kind][0], filters=[lines_alike], validators=[AtMost(jury_texts.LONGEST)], description=KINDS[kind][1],
                                  render_kw={"lang": language}) for kind in place.kinds}
    return type("TextsForm", (Form,), fields)(data=texts.words | {"version": str(texts.version)}, **more)


@bp.get("/stages/<int:stage_id>/jury-texts")
@requires(Permission.PRESIDE, Stage, options=WITH)
def index(stage):
    lives.require("write_jury_texts", stage.state)
    lines, written = jury_texts.lines(stage), jury_texts.written(stage)
    open_ = {line.entry.id for line in lines if can(current_user, Permission.PRESIDE, jury_texts.Place(stage, entry=line.entry))}
    last = max(1, -(-len(lines) // PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template("jury_texts/index.html", stage=stage, round=stage.round, written=written, kinds=KINDS, of_entry=jury_texts.ENTRY,
                           rows=lines[(page - 1) * PAGE:page * PAGE], open=open_, page=page, last=last, outcomes=decisions.OUTCOMES,
                           missing=[gap for gap in gaps(stage, lines, written) if gap[0].entry.id in open_], frozen=results.newest(stage),
                           writable=jury_texts.is_writable(stage))


def gaps(stage, lines, written):
    """What is still to write about the entries with a distinction: [(line, [(language, kinds), …]), …]."""
    honoured = [line for line in lines if line.decision and line.decision.outcome in ("winner", "commended")]
    found = [(line, [(language, [kind for kind in jury_texts.ENTRY if kind not in written.get((f"entry:{line.entry.id}", language), ())])
                     for language in stage.round.languages]) for line in honoured]
    return [(line, lacking) for line, parts in found if (lacking := [(language, kinds) for language, kinds in parts if kinds])]


@bp.route("/stages/<int:stage_id>/jury-texts/<int:entry_id>", methods=["GET", "POST"])
@requires(Permission.PRESIDE, Stage, options=WITH)
def entry(stage, entry_id):
    lives.require("write_jury_texts", stage.state)
    place = jury_texts.about_entry(stage, entry_id)
    if not can(current_user, Permission.PRESIDE, place):
        abort(403 if current_user.offices else 404)
    return _edit(place, sources=lambda: {"figures": jury_texts.line_of(stage, place.entry), "decision": jury_texts.decision(place),
                                         "comments": rankings.comments(stage, place.entry.number)})


@bp.route("/stages/<int:stage_id>/jury-texts/special-awards/<int:special_award_id>", methods=["GET", "POST"])
@requires(Permission.PRESIDE, Stage, options=WITH)
def award(stage, special_award_id):
    lives.require("write_jury_texts", stage.state)
    place = jury_texts.about_award(stage, special_award_id)
    return _edit(place, sources=lambda: {"ranked": _ranked(place), "titles": rankings.titles(stage.round)})


def _ranked(place):
    """The lines of the entries that could get the special award, best first."""
    document, _preview = results.shown(place.stage)
    return next((one["entries"] for one in document.get("special_awards") or () if one["name"] == place.award.key), [])


@bp.route("/stages/<int:stage_id>/jury-texts/recommendations", methods=["GET", "POST"])
@requires(Permission.PRESIDE, Stage, options=WITH)
def recommendations(stage):
    lives.require("write_jury_texts", stage.state)
    return _edit(jury_texts.Place(stage), sources=dict)


def _language(round_):
    """The language that is written in: the one asked for, else that of the page, else the round's first."""
    given = request.args.get("language")
    if given is not None:
        return given if given in round_.languages else abort(404)
    return page_language() if page_language() in round_.languages else round_.languages[0]


def _edit(place, *, sources):
    """The editor of a place in one language; `sources()` gives what else the page shows."""
    if request.method == "POST":
        jury_texts.require_writable(place.stage)
    language = _language(place.round)
    texts = jury_texts.read(place)
    form = form_for(place, texts[language], language)
    if place.entry and request.form.get("act") == "draft":
        return _page((place, language, texts), form, drafted=_propose(place, form), **sources())
    return answers.after(form, lambda: _save(place, form, language), done=lambda _none: request.full_path.rstrip("?"),
                         page=lambda: _page((place, language, texts), form, **sources()))


def _propose(place, form):
    """Put the draft from the comments into the form, below what stands there; nothing is saved. Gives the drafts.Draft."""
    found = jury_texts.draft(place)
    for kind, points in (("strengths", found.strengths), ("improvements", found.improvements)):
        form[kind].data = drafts.joined(form[kind].data or "", points)
    return found


def _save(place, form, language):
    typed = jury_texts.Written(language, {kind: form[kind].data or "" for kind in place.kinds}, form.opened_on(), form.key.data)
    jury_texts.save(place, typed=typed, actor=current_user._get_current_object(), now=now())
    answers.say(text("Saved in %(language)s.", language=NAMES[language]))


def _page(about, form, *, drafted=None, **sources):
    place, language, texts = about
    if form.refusals:
        texts = jury_texts.read(place)
    theirs = [] if drafted else overtaken.saved(form, texts[language], lambda: form_for(place, texts[language], language, formdata=None))
    return render_template("jury_texts/edit.html", place=place, stage=place.stage, round=place.round, form=form, texts=texts, here=language,
                           theirs=theirs, drafted=drafted, kinds=KINDS, limit=figure(jury_texts.LONGEST), outcomes=decisions.OUTCOMES,
                           writable=jury_texts.is_writable(place.stage), at=at, **sources)


def at(place, **values):
    """The address of the editor of a place."""
    if place.entry:
        return url_for("jury_texts.entry", stage_id=place.stage.id, entry_id=place.entry.id, **values)
    if place.award:
        return url_for("jury_texts.award", stage_id=place.stage.id, special_award_id=place.award.id, **values)
    return url_for("jury_texts.recommendations", stage_id=place.stage.id, **values)
