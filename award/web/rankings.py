"""The ranking of a stage: the live preview or the frozen result, and how one entry's score came about."""
from flask import Blueprint, abort, render_template, url_for
from sqlalchemy.orm import joinedload, selectinload

from award.domain import workings
from award.domain.aggregation import METHODS
from award.domain.numbers import exact
from award.i18n import said, text
from award.models import Round, Stage
from award.permissions import Permission
from award.services import categories, rankings, results
from award.web import frame, ranking_views, ranking_words, rule_words, workings_words
from award.web.access import requires

bp = Blueprint("rankings", __name__)
WITH = (joinedload(Stage.round).options(joinedload(Round.programme), joinedload(Round.categories), joinedload(Round.stages)),
        selectinload(Stage.results), joinedload(Stage.criteria), joinedload(Stage.rulebooks))
INTERVAL = text("score, with the interval that holds it in 95 of 100 redrawn juries")
UNDER_OTHER_RULES = text("Under other rules")
VERSIONS = text("Versions side by side")
OWN_MEASURE = ("mean_rank", "borda", "zscore")
"""Methods whose score is not on the scale of the ballots: their ballots are not drawn beside it."""


@bp.get("/stages/<int:stage_id>/ranking")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def show(stage):
    shown, preview = results.shown(stage)
    titles = rankings.titles(stage.round)
    view = ranking_views.of_request(shown, stage, titles)
    ballots = _ballots(shown, view)
    first = view.lines[0]["entry"] if view.lines else ""
    return render_template("rankings/show.html", stage=stage, round=stage.round, result=shown, view=view, preview=preview, titles=titles,
                           frozen=results.newest(stage), ballots=ballots, axis=_axis(ballots, view.rows), words=ranking_words,
                           names=_names(stage), jurors=_jurors(shown, stage), fields=_fields(shown, stage),
                           lead=ranking_words.lead(shown, view, preview, name=titles.get(first, (first,))[0], state=stage.state),
                           page_shown=view.page is not None, exact=METHODS[shown["rulebook"]["method"]].exact,
                           more=_more(shown, stage),
                           interval=INTERVAL, formula=workings_words.formula(shown["rulebook"]), letters=workings_words.letters(shown["rulebook"]),
                           leaders=ranking_words.leaders(view.lines, titles),
                           about=_about(shown, view),
                           shares=_shares(shown, view), given=_given(shown, view), top=ranking_words.top_of(shown, view.ranked))


@bp.get("/stages/<int:stage_id>/ranking/<number>")
@requires(Permission.READ_ROUND, Stage, options=WITH)
def entry(stage, number):
    shown, preview = results.shown(stage)
    line = next((line for line in shown["entries"] if line["entry"] == number), None) or abort(404)
    found = workings.of_result(shown, number)
    rules = [(one, *map(exact, one["scale"])) for one in shown["rulebook"]["criterion"]]
    return render_template("rankings/entry.html", stage=stage, round=stage.round, result=shown, placing=line, by_hand=found,
                           rules=rules, keys=[one["name"] for one, *_scale in rules],
                           preview=preview, frozen=results.newest(stage), title=rankings.titles(stage.round).get(number, (number, "")),
                           missing=[e for e in shown["exclusions"] if e["entry"] == number], jurors=rankings.names(stage),
                           names=_names(stage), words=ranking_words, hand=workings_words, comments=rankings.comments(stage, number))


def _more(shown, stage):
    """[(address, words, False)] of the pages beside the ranking that have something to show."""
    several = len(stage.rulebooks) > 1 or len(stage.results) > 1
    beside = (("comparisons.show", UNDER_OTHER_RULES, shown.get("comparison")), ("rulebook_versions.show", VERSIONS, several))
    return [(url_for(endpoint, stage_id=stage.id), words, False) for endpoint, words, there in beside if there]


def _ballots(shown, view):
    """{entry: the ballots to draw beside its score}; None where the score is not on their scale."""
    rules = shown["rulebook"]
    if view.kind == "award" or rules["method"] in OWN_MEASURE or rules.get("carried") is not None:
        return None
    return rankings.totals(shown)


def _axis(ballots, rows):
    """The lowest figure on the chart's axis, a multiple of ten; the highest is 100."""
    drawn = [figure for line in rows if line["rank"]
             for figure in (line["score"], *(line.get("score_interval") or ()), *(ballots or {}).get(line["entry"], [])[:1])]
    return max(0, min(90, int(min(drawn, default=0) // 10) * 10))


def _jurors(shown, stage):
    """{code: name} of the jurors, where the page names one."""
    return rankings.names(stage) if shown["exclusions"] or shown.get("articulation_jurors") else {}


def _names(stage):
    """{criterion key: its name in the page's language}."""
    return {one.key: frame.say(said("words", one.name, stage.round.languages)) for one in stage.criteria}


def _fields(shown, stage):
    """[(kind, name in the result, name in the page's language)] of the rankings beside the main one."""
    named = {categories.title(stage.round, one.name): frame.say(said("words", one.name, stage.round.languages)) for one in stage.round.categories}
    found = [("category", name, named.get(name, name)) for name in shown.get("categories") or {}]
    if not shown.get("special_awards"):
        return found
    known = {key: frame.say(said("words", name, stage.round.languages)) for key, name in rankings.awards(stage).items()}
    return found + [("award", award["name"], known.get(award["name"]) or award["name"]) for award in shown["special_awards"]]


def _about(shown, view):
    """The agreement and weights of the ranking in view: those of the result, or of the category; None for a special award."""
    if view.kind == "category":
        return (shown.get("category_figures") or {}).get(view.name)
    return None if view.kind else shown


def _shares(shown, view):
    """[(criterion key, its share)] of the criteria of the ranking in view."""
    known = {key: one["share"] for key, one in shown["weights"].items()}
    if view.kind == "award":
        known = next(award["criteria"] for award in shown["special_awards"] if award["name"] == view.name)
    return [(one["name"], known[one["name"]]) for one in shown["rulebook"]["criterion"] if one["name"] in known]


def _given(shown, view):
    """{entry: what it is given of the budget}; None where there is no budget in this view."""
    budget = (shown.get("lines") or {}).get("budget")
    return {one["entry"]: one["cost"] for one in budget["given"]} if budget and not view.kind else None


def juror_name(code, names):
    """A juror by name and code; the code alone where the reader may not know."""
    return f"{names[code]} ({code})" if names.get(code) else code


for _name, _words in {"cause": rule_words.cause, "why": rule_words.why, "rule_in_words": rule_words.rule, "ties_in_words": rule_words.ties,
                      "tie_step": rule_words.tie_step, "criterion_name": rule_words.criterion, "places": ranking_words.places,
                      "juror_name": juror_name}.items():
    bp.add_app_template_filter(_words, _name)
