"""Publishing in two steps, and the public result of a round."""
from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from award.i18n import ntext, said, text
from award.models import Round
from award.permissions import Permission
from award.services import decisions, jury_texts, publications, results
from award.web import answers
from award.web.access import requires
from award.web.clock import now
from award.web.frame import page_language
from award.web.reports import sent as sent_report, titles
from award.web.results import PUBLIC, Confirm, sent, sent_table

bp = Blueprint("publications", __name__)
WITH = (joinedload(Round.programme),)


@bp.route("/rounds/<int:round_id>/publication", methods=["GET", "POST"])
@requires(Permission.ORGANISE, Round, options=WITH)
def new(round_):
    form = Confirm()
    return answers.after(form, lambda: publications.publish(round_, actor=current_user, now=now()),
                         done=lambda round_: url_for(".show", round_id=round_.id),
                         page=lambda: render_template("publications/new.html", form=form, round=round_, ready=publications.readiness(round_),
                                                      result=publications.frozen(round_),
                                                      step=_step(round_)))


def _step(round_):
    """1 checks, 2 asks for the last word; there is nothing to publish before the decisions are closed."""
    return 2 if round_.state == "decided" and (request.args.get("step") == "2" or request.method == "POST") else 1


@bp.get("/rounds/<int:round_id>/result")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def show(round_):
    found = publications.stages(round_) or abort(404)
    return render_template("publications/show.html", round=round_, stages=found, funnel=_funnel(round_, found), outcomes=decisions.OUTCOMES,
                           rulebooks={judged.stage.id: results.body(judged.result)["rulebook"] for judged in found},
                           receipts=publications.receipts(round_), reasons=_reasons(round_, found), titles=titles())


def _reasons(round_, found):
    """{entry id: (language, words)}: why the jury honoured it, in the language of the page or else the first of the round that has it."""
    honoured = {line.entry.id: judged.stage.id for judged in found for line in judged.lines
                if line.decision and line.decision.outcome in ("winner", "commended")}
    said_ = jury_texts.motivations([judged.stage for judged in found], list(honoured))
    written = {entry: said_[stage, entry] for entry, stage in honoured.items() if (stage, entry) in said_}
    return {entry: next((code, words[code]) for code in (page_language(), *round_.languages, *words) if code in words)
            for entry, words in written.items()}


def _funnel(round_, found):
    """From the entries received to the winners, as steps of a spine: a figure, and what it counts."""
    received, eligible = publications.received(round_)
    steps = [(_entries(received), text("received")), (_entries(eligible), text("eligible"))]
    for judged in found:
        title = said("words", judged.stage.title, round_.languages)
        winners = sum(line.decision is not None and line.decision.outcome == "winner" for line in judged.lines)
        if judged is found[-1]:
            steps.append((ntext("%(num)s winner", "%(num)s winners", winners), text("after %(stage)s", stage=title), judged.anchor))
        else:
            steps.append((_entries(judged.onwards), text("go on after %(stage)s", stage=title), judged.anchor))
    return [{"title": figure, "note": words, "state": "past", "url": f"#{anchor[0]}" if anchor else None} for figure, words, *anchor in steps]


def _entries(count):
    return ntext("%(num)s entry", "%(num)s entries", count)


@bp.get("/rounds/<int:round_id>/result.<key>")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/result.<key>")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def download(round_, key, place=None):
    return sent(_judged(round_, place).result, key, choice=PUBLIC)


@bp.get("/rounds/<int:round_id>/result-<table>.csv")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/result-<table>.csv")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def download_table(round_, table, place=None):
    return sent_table(_judged(round_, place).result, table, choice=PUBLIC)


@bp.get("/rounds/<int:round_id>/report-<language>.pdf")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/report-<language>.pdf")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def report(round_, language, place=None):
    return _document(round_, "jury_report", language, place)


@bp.get("/rounds/<int:round_id>/documents/<kind>-<language>.pdf")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/documents/<kind>-<language>.pdf")
@requires(Permission.READ_PUBLICATION, Round, options=WITH)
def paper(round_, kind, language, place=None):
    return _document(round_, kind, language, place)


def _document(round_, kind, language, place):
    """The newest document of this kind for everyone, of the stage at this place."""
    found = {(report.kind, report.language): report for report in _judged(round_, place).reports}
    return sent_report(found.get((kind, language)) or abort(404))


def _judged(round_, place):
    """The judged stage at this place, counted from 1; the last for None. Not found where there is none."""
    found = publications.stages(round_)
    place = len(found) if place is None else place
    return found[place - 1] if 1 <= place <= len(found) else abort(404)
