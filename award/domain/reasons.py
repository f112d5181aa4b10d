"""Why a ballot does not count, why an entry has no place, what a reader should beware of: codes, and their sentences.

A result holds codes, so that it is the same in every language; `cause`, `reason` and `warning` give the Text.
"""
from award.i18n import ntext, text

CAUSES = {
    "incomplete": text("the ballot is incomplete"),
    "blank": text("the ballot holds no score"),
    "no_share": text("none of the scored criteria has a share of the total"),
    "not_submitted": text("the ballot was not submitted"),
    "not_started": text("the ballot was not begun"),
    "declined": text("the juror could not judge this entry"),
    "voided": text("the ballot was voided"),
    "conflict": text("conflict of interest"),
    "recusal": text("the juror is recused"),
}

REASONS = {
    "no_ballot": lambda at: text("No ballot counts for “%(entry)s”, so it has no place.", **at),
    "few_ballots": lambda at: ntext(
        "“%(entry)s” has no place: %(num)s ballot counts and the rules ask for %(least)s. "
        "That is not the same as last place.",
        "“%(entry)s” has no place: %(num)s ballots count and the rules ask for %(least)s. "
        "That is not the same as last place.",
        at["ballots"], **at),
    "few_values": lambda at: ntext(
        "“%(entry)s” has no place: it has %(num)s value and this method asks for %(least)s.",
        "“%(entry)s” has no place: it has %(num)s values and this method asks for %(least)s.",
        at["values"], **at),
    "no_value": lambda at: text(
        "“%(entry)s” has no place: no counted ballot scores “%(criterion)s”, which has a threshold.", **at),
    "no_carried": lambda at: text("“%(entry)s” has no place: the score of the earlier stage, which counts here, is missing.", **at),
    "no_sum": lambda at: text(
        "“%(entry)s” has no place: no counted ballot scores one of its criteria, and the rules set a threshold for all together.", **at),
    "below_overall": lambda at: text(
        "The means of the criteria add up to %(sum)s; the threshold is %(threshold)s.", **at),
    "below": lambda at: text("The mean on “%(criterion)s” is %(mean)s; the threshold is %(threshold)s.", **at),
}

REFUSALS = {
    "few_jurors": lambda at: ntext(
        "Correcting for severity needs at least three jurors, and %(num)s juror has ballots that count. Use the mean, or ask more jurors.",
        "Correcting for severity needs at least three jurors, and %(num)s jurors have ballots that count. Use the mean, or ask more jurors.",
        at["jurors"]),
    "unconnected": lambda at: text(
        "Correcting for severity needs a connected jury: here %(groups)s groups of jurors share no entry, so their scores cannot be "
        "compared. Let a few jurors score entries of another group, or rank each group by itself.", **at),
    "small_group": lambda at: text(
        "Correcting for severity within each of the %(groups)s groups needs at least three jurors in each, and more ballots than entries and "
        "jurors together. Use the mean, or ask more jurors in the smallest group.", **at),
    "no_freedom": lambda at: text(
        "Correcting for severity needs more ballots than entries and jurors together. Use the mean, or ask for more ballots."),
}

NOTES = {
    "no_pair": text("Undefined: no entry has two ballots that count."),
    "all_equal": text("Undefined: all ballots give the same total."),
    "incomplete": text("Needs a complete panel: not every juror has a ballot that counts on every entry."),
    "small": text("Needs at least two entries and two jurors."),
    "no_difference": text("Undefined: entries and jurors do not differ enough to divide by."),
    "few_ballots": text("Needs at least five ballots that count."),
    "not_fitted": text("Cannot be told apart from the entries: the jury is too small, or not connected."),
    "constant": text("Undefined: the scores do not vary."),
    "too_many": text("Not computed: there are too many entries for this rule."),
    "no_single_order": text("No single order agrees best with the ballots."),
    "few_values": text("Needs more ballots on each entry than there are."),
    "complete_ballots": text("Needs complete ballots."),
    "by_mean": text("Ranked by the mean: the method of the rules says nothing about the ballots on these entries alone."),
    "refused": text("Refused: this rule says nothing about these ballots."),
}

WARNINGS = {
    "not_computed": lambda at: text("Not computed in this version: %(fields)s.", fields=", ".join(at["fields"])),
    "uneven_panels": lambda at: text(
        "Not every juror scored every entry: with the mean, entries scored by lenient jurors gain."),
    "unequal_sizes": lambda at: text(
        "The entries do not all have the same number of ballots, so leaving out extremes weighs differently on them."),
    "few_jurors": lambda at: ntext("With %(num)s juror the median is coarse, and ties are likely.",
                                   "With %(num)s jurors the median is coarse, and ties are likely.", at["jurors"]),
    "few_ballots_each": lambda at: text(
        "Some juror has fewer than eight ballots that count: a z-score per juror is coarse then. Use it for comparison only."),
    "little_to_estimate": lambda at: text(
        "There are too few jurors or ballots to estimate how much severity differs, so λ is set to 4: jurors are corrected cautiously."),
    "unconnected": lambda at: text(
        "%(groups)s groups of entries share no juror, so their scores rest on different juries and are hard to compare.", **at),
    "one_ballot_each": lambda at: text(
        "No entry has more than one ballot that counts, so nothing shows how certain the places are."),
    "cut_tied": lambda at: text("Equal scores stand across the cut line: %(entries)s. The jury decides who goes on.",
                                entries=", ".join(at["entries"])),
    "no_cost": lambda at: text("No cost is known for %(entries)s, so nothing of the budget is set aside.", entries=", ".join(at["entries"])),
    "left_out": lambda at: text(
        "Scores of “%(entry)s” on “%(criterion)s” are left out: the rules say that it does not apply.", **at),
    "no_such_entry": lambda at: text("The rules name “%(entry)s”, which is not among the entries.", **at),
}


def cause(code):
    """The Text of an exclusion's cause; a cause outside the table is given back as it is."""
    return CAUSES.get(code, code)


def reason(values):
    """The Text of {code, …} in an entry's `reasons`."""
    return REASONS[values["code"]]({key: value for key, value in values.items() if key != "code"})


def warning(values):
    """The Text of {code, …} in a result's `warning_codes`."""
    return WARNINGS[values["code"]]({key: value for key, value in values.items() if key != "code"})


def refusal(values):
    """The Text of {code, …} why a method says nothing about these ballots."""
    return REFUSALS[values["code"]]({key: value for key, value in values.items() if key != "code"})


def note(code):
    """The Text of why a figure is undefined."""
    return NOTES[code]
