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
    "below": lambda at: text("The mean on “%(criterion)s” is %(mean)s; the threshold is %(threshold)s.", **at),
}

WARNINGS = {
    "not_computed": lambda at: text("Not computed in this version: %(fields)s.", fields=", ".join(at["fields"])),
    "uneven_panels": lambda at: text(
        "Not every juror scored every entry: with the mean, entries scored by lenient jurors gain."),
    "unequal_sizes": lambda at: text(
        "The entries do not all have the same number of ballots, so leaving out extremes weighs differently on them."),
    "few_jurors": lambda at: ntext("With %(num)s juror the median is coarse, and ties are likely.",
                                   "With %(num)s jurors the median is coarse, and ties are likely.", at["jurors"]),
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
