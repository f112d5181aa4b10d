"""The rules of a result in plain sentences. Each takes plain values of a result and gives a lazy text."""
from fractions import Fraction

from award.domain import reasons
from award.domain.rulebook import BY_CRITERION
from award.i18n import ntext, said, text
from award.web import frame

METHODS = {
    "mean": text("An entry’s score is the mean of its ballots: one juror, one voice."),
    "additive": text("An entry’s score is the mean of its ballots, corrected for jurors who score all their entries higher or lower."),
    "median": text("An entry’s score is the median of its ballots: the one in the middle, or the mean of the middle two."),
    "mean_rank": text("Each juror’s ballots are put in order, the best first. An entry’s score is the mean of its places, 100 for always "
                      "first and 0 for always last."),
    "borda": text("Each juror’s ballots are put in order. An entry’s score is the part of all comparisons with other entries that it wins."),
    "zscore": text("Each juror’s ballots are put on that juror’s own mean and spread. An entry’s score is the mean of these figures; "
                   "50 is average."),
}
HINTS = {
    "mean": text("One juror, one voice. Right where every juror judges every entry; elsewhere a lenient juror helps the entries that juror judges."),
    "additive": text("The mean, corrected for jurors who score everything higher or lower. Right where not every juror judges every entry. "
                     "It needs three jurors or more, linked by entries they share."),
    "trimmed_mean": text("The highest and the lowest ballots are left out, as in sport. At least three must remain; unfair where entries have "
                         "different numbers of ballots."),
    "median": text("The ballot in the middle. Coarse: with fewer than seven jurors many entries tie."),
    "mean_rank": text("Only the order of each juror’s entries counts, not how far apart they are. Needs complete ballots."),
    "borda": text("The part of all comparisons within jurors that an entry wins; distances do not count. Needs complete ballots."),
    "zscore": text("Each juror’s own mean and spread are taken out. For comparison only: coarse with fewer than eight ballots a juror, "
                   "unfair where jurors got entries of unequal quality."),
}
"""How each method works and when it fits, for those who choose, in the order in which they are offered."""
ADVICE = {
    "mean": text("Recommended: the mean, as every juror judges every entry."),
    "additive": text("Recommended: the mean corrected for severity, as not every juror judges every entry."),
    None: text("Recommended: the mean where every juror will judge every entry, otherwise the mean corrected for severity."),
}
ORDER = {
    "ballot": text("Each juror’s ballot becomes one figure; the figures of the jurors become the score."),
    "criterion": text("The jurors’ scores on a criterion become one figure; the figures of the criteria become the score."),
}
MISSING = {
    "strict": text("A ballot with a missing score does not count. A missing score is never a zero."),
    "renormalise": text("Where a score is missing, the other criteria of that ballot are made up to 100%."),
}
UNCONNECTED = {
    "refuse": text("When groups of jurors have no entry in common, there is no ranking until they do."),
    "within": text("When groups of jurors have no entry in common, each group of entries is ranked by itself."),
}
LAMBDA = text("How far a juror is corrected is estimated from all ballots.")
LAMBDA_FIXED = text("How far a juror is corrected is fixed: lambda is %(value)s. With 0 the correction is full, with a large number there is none.")
OVERALL = text("The means on the criteria must add up to %(threshold)s or more; otherwise an entry has no place.")
MARGIN = text("When the scores of first and second, of 100, are less than %(margin)s apart, the jury must deliberate before it decides.")
BUDGET = text("A budget of %(budget)s is given down the ranking: each entry gets what it asks, until one asks more than is left.")
CARRIED = text("The score of the stage before counts for %(share)s, the score of this stage for the rest.")
SPECIAL = text("Special award “%(name)s”: a ranking of its own by %(shares)s.")
SPECIAL_NAMED = text("Special award “%(name)s”, for named entries: a ranking of its own by %(shares)s.")
TIES = {"firsts": text("the number of first places")}


def rule(rulebook):
    """How ballots become a score."""
    if rulebook["method"] == "trimmed_mean":
        return ntext("The highest and the lowest ballot are left out. An entry’s score is the mean of the others.",
                     "The %(num)s highest and the %(num)s lowest ballots are left out. An entry’s score is the mean of the others.",
                     rulebook["trim"])
    return METHODS.get(rulebook["method"], rulebook["method"])


def rules(table, stage):
    """Every rule of a stage's result as a list of sentences; `table` has the keys of RULES.toml."""
    minimum = ntext("An entry needs %(num)s counted ballot for a place.", "An entry needs %(num)s counted ballots for a place.",
                    table["min_ballots"])
    return [rule(table), *_correction(table), ORDER[table["order"]], MISSING[table["missing"]], minimum, *_threshold(table),
            ties(table, stage), *_lines(table), *_top(table), *specials(table, stage)]


def _correction(table):
    if table["method"] != "additive":
        return []
    fixed = table.get("lambda") not in (None, "reml")
    amount = LAMBDA_FIXED.filled(value=said("number", table["lambda"])) if fixed else LAMBDA
    return [amount, UNCONNECTED[table.get("unconnected") or "refuse"]]


def _threshold(table):
    return [OVERALL.filled(threshold=said("number", table["threshold"]))] if table.get("threshold") is not None else []


def _lines(table):
    """The sentences of cut line, margin, budget and the earlier stage, where there are such rules."""
    if table.get("cut"):
        yield ntext("%(num)s entry goes on. Equal scores across this line are not cut: the jury decides.",
                    "%(num)s entries go on. Equal scores across this line are not cut: the jury decides.", table["cut"])
    for name, words, shown in (("margin", MARGIN, "margin"), ("budget", BUDGET, "budget")):
        if table.get(name) is not None:
            yield words.filled(**{shown: said("number", table[name])})
    if table.get("carried") is not None:
        yield CARRIED.filled(share=said("share", Fraction(str(table["carried"])) / 100))


def _top(table):
    return [text("For these numbers of places the result says how sure it is who takes them: %(places)s.",
                 places=", ".join(map(str, table["top"])))] if table.get("top") else []


def specials(table, stage):
    """One sentence for each special award: what counts for it, by names of the stage."""
    awards = {award.key: award for award in stage.special_awards}
    return [_special(given, awards.get(given["name"]), stage) for given in table.get("special") or ()]


def _special(given, award, stage):
    total = sum(part["share"] for part in given["criterion"])
    parts = [text("%(criterion)s %(share)s", criterion=criterion(part["name"], stage), share=said("share", part["share"] / total))
             for part in given["criterion"]]
    name = (frame.say(said("words", award.name, stage.round.languages)) if award else "") or given["name"]
    return (SPECIAL_NAMED if given.get("entries") else SPECIAL).filled(name=name, shares=", ".join(map(frame.say, parts)))


def ties(rulebook, stage):
    """What happens when two scores are equal; criteria by their names in the stage."""
    if not rulebook["ties"]:
        return text("Equal scores share a place. Nothing else separates them.")
    return text("Equal scores are separated by: %(steps)s. What is still equal shares a place.",
                steps=", ".join(frame.say(tie_step(step, stage)) for step in rulebook["ties"]))


def tie_step(step, stage):
    """One step of the tie chain."""
    if step.startswith(BY_CRITERION):
        return text("the mean on %(criterion)s", criterion=criterion(step.removeprefix(BY_CRITERION), stage))
    return TIES.get(step, step)


def criterion(key, stage):
    """The name of a criterion of the stage, by its key in the rules, in the reader's language; the key where it is gone."""
    name = next((row.name for row in stage.criteria if row.key == key), {})
    return frame.say(said("words", name, stage.round.languages)) or key


def cause(exclusion):
    """Why a ballot does not count."""
    return reasons.cause(exclusion["cause"])


def why(line, stage):
    """Why an entry has no place, in the page's language."""
    return " ".join(frame.say(reasons.reason(_named(at, stage))) for at in line["reasons"])


def _named(at, stage):
    """The values of a reason as the page's language writes them."""
    shown = {key: said("number", value) if isinstance(value, float) else value for key, value in at.items()}
    return shown | {"criterion": criterion(at["criterion"], stage)} if "criterion" in at else shown
