"""How the jurors of a stage scored, for its chair only, once the stage is locked. It shows and remarks; it changes nothing."""
from dataclasses import dataclass

from award.domain import ballots, jury_remarks, lives, result, special_awards
from award.services import results

NONE = float("inf")


@dataclass(frozen=True)
class JuryFigures:
    """`jurors` [{juror, ballots, severity, …}] on 0 to 100, the lowest scores first, each with `interval` and `remarks`, and with `moves`,
    the entries that would cross a line of the ranking without their ballots.

    `effect` is what differences in severity do to the ranks, a code of `award.domain.jury_remarks`; `reach` how far from 0 the
    intervals lie, in points; `lines` the numbers of places that the rules ask about.
    """

    jurors: list
    effect: str
    reach: float
    lines: tuple


def of_stage(stage):
    """The JuryFigures of the frozen result, before there is one of the ballots as they stand. Raises Refused until the stage is locked."""
    lives.require("read_jury_figures", stage.state)
    document, _preview = results.shown(stage)
    moves = _moves(document)
    rules, sheet, passed = result.inputs(document)
    main = special_awards.main(rules)
    counted = ballots.count(main, special_awards.sheet(sheet, main), exclusions=passed)
    lines = [_line(one) | {"moves": moves.get(one["juror"], [])} for one in result.jurors(main, counted, result.Options(main))]
    reach = max((abs(end) for line in lines for end in line["interval"] or ()), default=0)
    lines.sort(key=lambda line: (NONE if line["severity"] is None else line["severity"], line["juror"]))
    return JuryFigures(lines, jury_remarks.effect(main, counted), reach, main.top)


def _line(one):
    return one | {"interval": jury_remarks.interval(one), "remarks": jury_remarks.remarks(one)}


def _moves(document):
    found = {}
    for entry in document["entries"]:
        for juror in entry.get("moved_by") or ():
            found.setdefault(juror, []).append(entry["entry"])
    return found
