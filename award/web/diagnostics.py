"""How the jurors of a stage scored, for its chair: figures with their intervals, and kind words."""
from flask import Blueprint, render_template
from sqlalchemy.orm import joinedload, selectinload

from award.i18n import ntext, text
from award.models import Juror, Round, Stage
from award.permissions import Permission
from award.services import diagnostics, rankings, results
from award.web.access import requires

bp = Blueprint("diagnostics", __name__)
WITH = (joinedload(Stage.round).joinedload(Round.programme), selectinload(Stage.rulebooks), selectinload(Stage.results), joinedload(Stage.criteria),
        selectinload(Stage.jurors).joinedload(Juror.user))
STEPS = (1, 2, 5, 10, 20)
REMARKS = {
    "few_ballots": lambda at: ntext("%(num)s ballot counts; figures are given from %(least)s ballots.",
                                    "%(num)s ballots count; figures are given from %(least)s ballots.", at["ballots"], least=at["least"]),
    "not_fitted": lambda at: text("Cannot be told apart from the entries: the jury is too small, or not connected."),
    "as_others": lambda at: text("Scored much as the others would have."),
    "lower": lambda at: ntext("Scored about %(num)s point lower than the others would have; that is normal.",
                              "Scored about %(num)s points lower than the others would have; that is normal.", at["points"]),
    "higher": lambda at: ntext("Scored about %(num)s point higher than the others would have; that is normal.",
                               "Scored about %(num)s points higher than the others would have; that is normal.", at["points"]),
    "narrow": lambda at: text("Kept the scores close together, so these ballots weigh less on the order."),
    "wide": lambda at: text("Spread the scores widely, so these ballots weigh more on the order."),
    "unlike": lambda at: text("Put the entries in another order than the others did. Worth hearing why."),
    "opposite": lambda at: text("Put the entries nearly in the opposite order. Worth hearing why, and whether the scale was read as meant."),
    "flat": lambda at: text("Gave all criteria of an entry much the same score."),
    "holds_together": lambda at: text("Without this juror the jury would fall into groups that share no entry."),
}
EFFECTS = {
    "none": text("Differences in severity are normal. Every juror scored every entry, so they move no rank."),
    "corrected": text("Differences in severity are normal, and the rule of this round corrects for them."),
    "uneven": text("Differences in severity are normal. Not every juror scored every entry, so under this rule they can move ranks."),
    "some": text("Differences in severity are normal. Under the rules of this round they can move a rank all the same."),
}


@bp.get("/stages/<int:stage_id>/jury-figures")
@requires(Permission.READ_JURY_FIGURES, Stage, options=WITH)
def show(stage):
    figures, titles = diagnostics.of_stage(stage), rankings.titles(stage.round)
    return render_template("diagnostics/show.html", stage=stage, round=stage.round, jury=figures, frozen=results.newest(stage),
                           lines=figures.lines, axis=axis(figures.reach), names={j.code: j.user.name for j in stage.jurors},
                           remark=remark, effect=EFFECTS[figures.effect],
                           titled=lambda entries: ", ".join(titles.get(entry, (entry,))[0] for entry in entries))


def remark(values):
    """The sentence of a {code, …}."""
    return REMARKS[values["code"]](values)


def axis(reach):
    """(lowest, highest, step) of an axis around 0 that holds `reach` points on either side, with at most four steps each."""
    step = next((step for step in STEPS if 4 * step >= reach), 25)
    most = step * max(1, -int(-reach // step))
    return -most, most, step
