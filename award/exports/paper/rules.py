"""The rulebook in plain language: one (matter, [sentence, …]) per rule, from the rules that were frozen."""

from award.domain.aggregation import METHODS
from award.domain.rulebook import BY_CRITERION, FIRSTS
from award.exports.figures import decimals, number, percent
from award.i18n import ntext, text

BALLOT = {
    "mean": text(
        "Each ballot is added up with the shares of the criteria. The score of an entry is the mean of its ballots."
    ),
    "median": text(
        "Each ballot is added up with the shares of the criteria. The score of an entry is the median of its ballots: "
        "half of them lie above it, half below."
    ),
    "additive": text("An entry’s score is the mean of its ballots, corrected for jurors who score all their entries higher or lower."),
    "mean_rank": text("Each juror’s ballots are put in order, the best first. An entry’s score is the mean of its places, 100 for always "
                      "first and 0 for always last."),
    "borda": text("Each juror’s ballots are put in order. An entry’s score is the part of all comparisons with other entries that it wins."),
    "zscore": text("Each juror’s ballots are put on that juror’s own mean and spread. An entry’s score is the mean of these figures; "
                   "50 is average."),
}
CRITERION = {
    "mean": text(
        "For each criterion the mean of the jurors’ scores is taken. These values are added up with the shares of "
        "the criteria."
    ),
    "median": text(
        "For each criterion the median of the jurors’ scores is taken. These values are added up with the shares "
        "of the criteria."
    ),
}


def method(rules):
    """How ballots become a score, as a Text in plain words."""
    key, trim = rules["method"], rules.get("trim") or 0
    if key == "trimmed_mean" and rules["order"] == "ballot":
        return ntext(
            "Each ballot is added up with the shares of the criteria. The score of an entry is the mean of its "
            "ballots without the highest and the lowest.",
            "Each ballot is added up with the shares of the criteria. The score of an entry is the mean of its "
            "ballots without the %(num)s highest and the %(num)s lowest.",
            trim,
        )
    if key == "trimmed_mean":
        return ntext(
            "For each criterion the highest and the lowest score are left out, and the mean of the others is "
            "taken. These values are added up with the shares of the criteria.",
            "For each criterion the %(num)s highest and the %(num)s lowest scores are left out, and the mean of "
            "the others is taken. These values are added up with the shares of the criteria.",
            trim,
        )
    told = (BALLOT if rules["order"] == "ballot" else CRITERION).get(key)
    return told or text(
        "The score of an entry is computed from its ballots by this method: %(method)s.", method=METHODS[key].label
    )


def rows(rules, language):
    """Every rule that applies, as [(matter Text, [Text, …])], in the order in which they act."""
    found = [
        (text("Method"), [method(rules)]),
        (text("What counts"), [minimum(rules["min_ballots"])]),
        (text("Missing scores"), [missing(rules["missing"])]),
        (
            text("Does not apply"),
            [
                text("%(criterion)s is not scored for %(entry)s.", **_case(case))
                for case in rules.get("not_applicable") or ()
            ],
        ),
        (
            text("Threshold"),
            [
                text(
                    "An entry with a mean below %(least)s on %(criterion)s is shown with its figures, and not "
                    "ranked with the others.",
                    least=_shown(c["threshold"], language),
                    criterion=c["name"],
                )
                for c in rules["criterion"]
                if c.get("threshold") is not None
            ],
        ),
        (
            text("Lower is better"),
            [
                text("On %(criterion)s a low score is a good one.", criterion=c["name"])
                for c in rules["criterion"]
                if c.get("better") == "lower"
            ],
        ),
        (text("Ties"), ties(rules["ties"])),
        (text("Rounding"), rounding(rules)),
        (text("Further rules"), list(further(rules, language))),
        (text("Special awards"), [special(award, language) for award in rules.get("special") or ()]),
    ]
    return [(matter, told) for matter, told in found if told]


def further(rules, language):
    """The sentences of overall threshold, cut line, margin, budget and the earlier stage, where there are such rules."""
    if rules.get("threshold") is not None:
        yield text("The means on the criteria must add up to %(threshold)s or more; otherwise an entry has no place.",
                   threshold=_shown(rules["threshold"], language))
    if rules.get("cut"):
        yield ntext("%(num)s entry goes on. Equal scores across this line are not cut: the jury decides.",
                    "%(num)s entries go on. Equal scores across this line are not cut: the jury decides.", rules["cut"])
    if rules.get("margin") is not None:
        yield text("When the scores of first and second, of 100, are less than %(margin)s apart, the jury must deliberate before it decides.",
                   margin=_shown(rules["margin"], language))
    if rules.get("budget") is not None:
        yield text("A budget of %(budget)s is given down the ranking: each entry gets what it asks, until one asks more than is left.",
                   budget=_shown(rules["budget"], language))
    if rules.get("carried") is not None:
        yield text("The score of the stage before counts for %(share)s, the score of this stage for the rest.",
                   share=percent(rules["carried"], language, decimals(rules["carried"])))


def special(award, language):
    """What counts for one special award, as a Text."""
    whole = sum(part["share"] for part in award["criterion"])
    shares = ", ".join(f"{part['name']} {percent(100 * part['share'] / whole, language)}" for part in award["criterion"])
    if award.get("entries") is not None:
        return text("Special award “%(name)s”, for named entries: a ranking of its own by %(shares)s.", name=award["name"], shares=shares)
    return text("Special award “%(name)s”: a ranking of its own by %(shares)s.", name=award["name"], shares=shares)


def minimum(least):
    return ntext(
        "Complete, submitted ballots without a conflict of interest. One is enough for a place in the ranking.",
        "Complete, submitted ballots without a conflict of interest. An entry needs at least %(num)s of them; with "
        "fewer it has no place, which is not the same as last place.",
        least,
    )


def missing(rule):
    if rule == "strict":
        return text("Never zero. A ballot on which a score is missing does not count.")
    return text("Never zero. A ballot on which a score is missing counts with the criteria that were scored.")


def ties(chain):
    """The steps that separate equal scores, in order; what is still equal shares the place."""
    told = [
        text("The higher number of first places on ballots goes first.")
        if step == FIRSTS
        else text("The better mean on %(criterion)s goes first.", criterion=step.removeprefix(BY_CRITERION))
        for step in chain
    ]
    return [*told, text("What is then still equal shares the place.")]


def broken_by(step):
    """The step that separated two entries with the same score, as a Text."""
    if step == FIRSTS:
        return text("more first places on ballots")
    return text("better mean on %(criterion)s", criterion=step.removeprefix(BY_CRITERION))


def rounding(rules):
    """What is rounded, and what never is."""
    told = [text("Places rest on exact values. Figures are rounded for display only.")]
    places = sorted({c["decimals"] for c in rules["criterion"] if c.get("decimals") is not None})
    if rules["order"] == "criterion" and places:
        told = [
            ntext(
                "The value of a criterion is rounded to %(num)s decimal before it is weighted; nothing else is "
                "rounded before the ranking.",
                "The value of a criterion is rounded to %(num)s decimals before it is weighted; nothing else is "
                "rounded before the ranking.",
                places[-1],
            )
        ]
    return told


def _case(case):
    return {"criterion": case["criterion"], "entry": case["entry"]}


def _shown(value, language):
    return number(value, language, decimals(value))
