"""The result: what came out and everything it came from, in one JSON-able value that can be verified by itself.

A score is the float nearest to an exact number; `score_exact` is that number as a fraction of 1 ("57/80" stands for 71.25), in every
unit. What stands beside the ranking is rounded to 1e-9. So the bytes are the same on every machine.
"""
from dataclasses import dataclass, replace
from functools import cached_property

from award.domain import agreement, ballots, categories, comparison, lines, panels, reasons, rules_file, score_sheet, severity, special_awards
from award.domain.canonical import sha256
from award.domain.cautions import cautions
from award.domain.diagnostics import diagnostics
from award.domain.facts import read
from award.domain.measure import UNITS, Measure, rounded
from award.domain.outcome import Outcome
from award.domain.ranking import rank
from award.domain.reading import is_whole
from award.domain.rulebook import to_dict
from award.errors import Invalid, Refused
from award.i18n import text

__all__ = ["FORMAT", "SOFTWARE", "UNITS", "compute", "inputs", "passed"]
FORMAT = "award-result/1"
MOST_SEED = 2**53 - 1  # any reader of JSON holds it exactly
SOFTWARE = {"name": "award", "version": "0.1.0"}


@dataclass(frozen=True)
class Options:
    """`seed` starts the random numbers; `units` "score" (0..100) or "scale"; `diagnostics`: whether figures on each juror belong to it.

    Raises Invalid for a seed that is no whole number from 0.
    """

    rulebook: object
    seed: int = 0
    units: str = "score"
    diagnostics: bool = True

    def __post_init__(self):
        if not is_whole(self.seed, 0, MOST_SEED):
            raise Invalid(text("The start of the random numbers must be a whole number from 0 to %(most)s.", most=MOST_SEED))

    @cached_property
    def measure(self):
        """The Measure of the units. Raises Refused when criteria do not share a scale."""
        return Measure(self.rulebook, self.units)


def compute(rulebook, sheet, *, exclusions=(), facts=(), **options):
    """The result of a score sheet under a rulebook, a dict under the keys of docs/methods.md; equal for equal input.

    `exclusions` [{juror, entry, cause}] name ballots that do not count for a reason outside the sheet (not submitted, voided,
    conflict). `facts` [{entry, category?, cost?, carried?}]. `options`: those of Options. Raises Invalid for a score off its scale,
    Refused where the method says nothing about these ballots, and for scale units that the criteria do not share.
    """
    chosen, known = Options(rulebook, **options), read(facts)
    measure, main = chosen.measure, special_awards.main(rulebook)
    ballots.refuse_unfit(rulebook, sheet)
    part = special_awards.sheet(sheet, main)
    ranking = rank(main, part, exclusions=exclusions, facts=known)
    outcome = Outcome(main, ranking, known, chosen)
    drawn = lines.lines(main, ranking.standings, known.costs)
    codes = list(cautions(main, part, ranking, lines=drawn, costs=known.costs))
    scored = comparison.by_methods(main, ranking)
    compared, notes = comparison.comparison(main, ranking, earlier=known.carried, scored=scored)
    counted = ranking.counted
    return {
        **stated(rulebook, sheet, known, chosen),
        "warnings": [str(reasons.warning(code)) for code in codes],
        "warning_codes": codes,
        "exclusions": counted.exclusions,
        "exclusions_sha256": sha256(passed(counted.exclusions)),
        "entries": outcome.entries(),
        "categories": outcome.of_categories(),
        "category_figures": categories.figures(outcome, lambda rows: agreed(counted, rows), scored=scored),
        "special_awards": [special(rulebook, award, (sheet, exclusions, known), chosen) for award in rulebook.special],
        "lines": drawn,
        "jurors": jurors(main, counted, chosen),
        **agreed(counted),
        "model": model(main, counted, measure),
        "components": [[counted.sheet.entries[e] for e in group.tolist()] for group in panels.components(counted.ballots)],
        "articulation_jurors": [counted.sheet.jurors[j] for j in panels.articulation_jurors(counted.ballots)],
        "comparison": compared,
        "comparison_notes": notes,
        "weights": outcome.weights(outcome.first_group, alone=bool(outcome.groups) and not outcome.groups[0][0].place.tied),
        "weights_basis": outcome.basis,
    }


def stated(rulebook, sheet, known, options):
    """What a result was computed from, with its checksums, and in which form it is written; `known` Facts."""
    values, facts = score_sheet.to_dict(sheet), known.to_list()
    return {
        "format": FORMAT,
        "software": dict(SOFTWARE),
        "rulebook": {**to_dict(rulebook), "sha256": rulebook.sha256},
        "sheet": values,
        "sheet_sha256": sha256(values),
        "facts": facts,
        "facts_sha256": sha256(facts),
        "seed": options.seed,
        "units": options.units,
    }


def special(rulebook, award, given, options):
    """One of the `special_awards`: its name, shares and entries, ranked by its own shares. given: (sheet, exclusions, Facts).

    Where the rulebook's method says nothing about the ballots on these entries alone, they are ranked by the mean, and a note says so.
    """
    narrowed, (sheet, exclusions, known) = special_awards.of(rulebook, award), given
    part, note = special_awards.sheet(sheet, narrowed, award), None
    try:
        ranking = rank(narrowed, part, exclusions=exclusions)
    except Refused:
        narrowed, note = replace(narrowed, method="mean"), "by_mean"
        ranking = rank(narrowed, part, exclusions=exclusions)
    whole = sum(criterion.share for criterion in narrowed.criteria)
    return {"name": award.name, "criteria": {c.name: float(c.share / whole) for c in narrowed.criteria}, "method": narrowed.method,
            "note": note and str(reasons.note(note)), "note_code": note, "entries": Outcome(narrowed, ranking, known, options).entries()}


def jurors(rulebook, counted, options):
    """The `jurors` of a result: how many ballots of each count; where diagnostics belong to it, the figures too, in its unit."""
    if not options.diagnostics:
        sizes = counted.ballots.sum(axis=0).tolist()
        return [{"juror": name, "ballots": size} for name, size in zip(counted.sheet.jurors, sizes, strict=True)]
    turns = {"severity": options.measure.shift, "severity_se": options.measure.length, "correlation": rounded, "spread_ratio": rounded,
             "halo": rounded}
    return [one | {key: turn(one[key]) for key, turn in turns.items()} | used(one, options.measure) for one in diagnostics(rulebook, counted)]


def used(one, measure):
    """{"lowest", "highest"}: the range of a juror's totals in the unit of the result, the lower figure first."""
    ends = [measure.place(one[end]) for end in ("lowest", "highest")]
    return dict(zip(("lowest", "highest"), ends if None in ends else sorted(ends), strict=True))


def agreed(counted, rows=slice(None)):
    """{"agreement", "agreement_notes", "agreement_note_codes"} on the totals of the ballots that count, of all entries or these rows."""
    figures, codes = agreement.agreement(counted.totals.floats[rows])
    return {"agreement": {name: rounded(value) for name, value in figures.items()},
            "agreement_notes": {name: str(reasons.note(code)) for name, code in codes.items()}, "agreement_note_codes": codes}


def model(rulebook, counted, measure):
    """The `model` of a result under the additive method, in its unit; None under the others, and where no ballot counts.

    Where unconnected groups are ranked by themselves it is that of the largest, and `others` holds those of the rest.
    """
    if rulebook.method != "additive":
        return None
    names = counted.sheet.entries, counted.sheet.jurors
    models = [fitted(names, found, measure) for found in severity.fits(counted.totals, rulebook)]
    return {**models[0], "others": models[1:]} if models else None


def fitted(names, found, measure):
    """One fitted model as JSON-able values; names: (entries, jurors); found: (entry indices, juror indices, Fit)."""
    entries, people, fit = found
    square = float(measure.span) ** 2
    return {
        "mu": measure.place(fit.mu),
        "lambda": rounded(fit.lam),
        "lambda_source": fit.source,
        "variance": {name: None if value is None else rounded(value * square) for name, value in fit.variances.items()},
        "residual_sd": measure.length(fit.residual**0.5),
        "residual_df": int(fit.df),
        "entry_effects": {names[0][e]: measure.shift(q) for e, q in zip(entries.tolist(), fit.entries.tolist(), strict=True)},
        "juror_effects": {names[1][j]: measure.shift(s) for j, s in zip(people.tolist(), fit.jurors.tolist(), strict=True)},
        "largest_sed": measure.length(fit.largest_sed),
    }


def inputs(document):
    """(rulebook, sheet, exclusions passed by the application) that a result was computed from.

    Raises Invalid or FaultyInput when they are not in order.
    """
    values = {key: value for key, value in document["rulebook"].items() if key != "sha256"}
    return rules_file.from_dict(values), score_sheet.from_dict(document["sheet"]), passed(document["exclusions"])


def passed(exclusions):
    """The exclusions that the application named; those found in the sheet say what is `missing`."""
    return [one for one in exclusions if "missing" not in one]
