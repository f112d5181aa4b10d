"""The jury report as pages of the site: one with its sections, one for each entry. The same parts and figures as the file."""
from collections import OrderedDict

from flask import Blueprint, abort, current_app, render_template, url_for
from sqlalchemy.orm import joinedload

from award.db import kept
from award.domain.report import Choice
from award.exports import pdf
from award.exports.paper import twin
from award.models import Result, Round, Stage
from award.permissions import Permission
from award.services import compositions, publications, report_digests
from award.web import ways
from award.web.access import requires
from award.web.frame import page_language

bp = Blueprint("report_pages", __name__)

ROUND = (joinedload(Round.programme),)
RESULT = (joinedload(Result.stage).joinedload(Stage.round).joinedload(Round.programme),)
PUBLIC, FULL = Choice(variant="public"), Choice(variant="full")
KEPT = 120
"""How many composed pages this process keeps."""


@bp.get("/rounds/<int:round_id>/report")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/report")
@requires(Permission.READ_PUBLICATION, Round, options=ROUND)
def show(round_, place=None):
    judged = _judged(round_, place)
    files = [row for row in judged.reports if row.kind == PUBLIC.kind]
    return _whole(judged.result, PUBLIC, {"endpoint": ".entry", "round_id": round_.id, "place": place}, files=files)


@bp.get("/rounds/<int:round_id>/report/<number>")
@bp.get("/rounds/<int:round_id>/stages/<int:place>/report/<number>")
@requires(Permission.READ_PUBLICATION, Round, options=ROUND)
def entry(round_, number, place=None):
    return _entry(_judged(round_, place).result, PUBLIC, {"endpoint": ".entry", "round_id": round_.id, "place": place}, number)


@bp.get("/results/<int:result_id>/report")
@requires(Permission.READ_ROUND, Result, options=RESULT)
def full(result):
    return _whole(result, FULL, {"endpoint": ".full_entry", "result_id": result.id})


@bp.get("/results/<int:result_id>/report/<number>")
@requires(Permission.READ_ROUND, Result, options=RESULT)
def full_entry(result, number):
    return _entry(result, FULL, {"endpoint": ".full_entry", "result_id": result.id}, number)


def _judged(round_, place):
    """The judged stage at this place, counted from 1; the last for None. Not found where there is none."""
    found = publications.stages(round_)
    place = len(found) if place is None else place
    return found[place - 1] if 1 <= place <= len(found) else abort(404)


def _whole(result, choice, way, *, files=()):
    found = _composed(result, choice, way, "")
    return render_template("report_pages/show.html", report=found, files=files, place=way.get("place"), drawn=found.art,
                           **_frame(result, choice, way))


def _entry(result, choice, way, number):
    """The page of one entry between its neighbours in the report."""
    whole = _composed(result, choice, way, "")
    if number not in whole.entries:
        abort(404)
    order = list(whole.entries)
    at = order.index(number)
    around = [(key, whole.entries[key]) if key else None for key in (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)]
    return render_template("report_pages/entry.html", report=whole, number=number, title=whole.entries[number], around=around,
                           part=_composed(result, choice, way, number), **_frame(result, choice, way, number))


def _composed(result, choice, way, number):
    """The Twin of a report, or the HTML of one entry's page; kept by what it is composed from, the language and the addresses in it."""
    language = page_language()
    memory = kept("report pages", OrderedDict)
    digest, = report_digests.digests(result, [(choice, language)])
    key = digest, number, _address(way, number)
    if key not in memory:
        memory[key] = _compose(result, choice, (language, way, number))
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return memory[key]


def _compose(result, choice, about):
    language, way, number = about
    report = compositions.compose(result, language=language, status=report_digests.status(result), choice=choice)
    files = [(name, told, content.encode()) for name, told, content in pdf.attachments(report, language)]

    def place(key):
        return _address(way, key)
    return twin.entry(report, language, number, files=files, place=place) if number else twin.twin(report, language, files=files, place=place)


def _address(way, number="", *, language=None, **more):
    """The address of an entry's page, or of the report: in the language that this page's own address names, if it names one."""
    way = dict(way)
    endpoint = way.pop("endpoint")
    language = language or ways.asked_language()
    if not number:
        endpoint = {".entry": ".show", ".full_entry": ".full"}[endpoint]
    return url_for(endpoint, **way, **({"number": number} if number else {}), **({"language": language} if language else {}), **more)


def _frame(result, choice, way, number=""):
    """What the frame of the page needs: the round, the way back, and what search engines are told."""
    round_ = result.stage.round
    public = choice is PUBLIC and round_.state in ("published", "archived")
    base = current_app.config["BASE_URL"]
    versions = [(code, base + _address(way, number, language=code)) for code in round_.languages] if public else []
    own = dict(versions).get(page_language()) or base + _address(way, number, language=round_.languages[0])
    return {"round": round_, "result": result, "public": public, "whole": choice is FULL, "address": lambda key="": _address(way, key),
            "canonical": own, "versions": versions}
