"""Words that figures need: heads of the score table, alternative texts of charts."""

from award.i18n import ntext, text

MEAN_HEAD, VALUE_HEAD, ALL_ENTRIES = text("Mean"), text("Value"), text("All entries")
BALLOT, SCORE = text("Ballot"), text("Score")


def caption(scale, shown):
    if scale is None:
        return text(
            "Scores on the scale of each criterion; ballots and score on %(low)s–%(high)s.", low=shown[0], high=shown[1]
        )
    if scale == shown:
        return text("All figures on %(low)s–%(high)s.", low=shown[0], high=shown[1])
    return text(
        "Scores %(least)s–%(most)s; ballots and score on %(low)s–%(high)s.",
        least=scale[0],
        most=scale[1],
        low=shown[0],
        high=shown[1],
    )


def legend(entries):
    return (
        text("one juror"),
        text("value of the jury"),
        ntext("mean of %(num)s entry", "mean of all %(num)s entries", entries),
    )


def dots_title(entry, values):
    return text(
        "Dot plot of the jurors’ scores for %(entry)s. Values of the jury: %(values)s.", entry=entry, values=values
    )


def strip_title(entries, entry, score):
    return ntext(
        "The score of %(num)s entry on a line; %(entry)s stands at %(score)s.",
        "The scores of %(num)s entries on a line; %(entry)s stands at %(score)s.",
        entries,
        entry=entry,
        score=score,
    )


def axis_note(low, least):
    return text("The line starts at %(low)s, not at %(least)s.", low=low, least=least)


def rosette_title(entries):
    return ntext(
        "One ray for the entry; its length is the score.",
        "%(num)s rays in a circle, one for each entry in order of its number; the length of a ray is the score.",
        entries,
    )


def shares_title(parts):
    return text("Shares of the criteria: %(parts)s.", parts=parts)


def intervals_title(entries, first, figures):
    """The alternative text of the chart of scores; figures: (score, low, high) of the first entry as printed, or its score alone."""
    score, *ends = figures
    if not ends:
        return ntext("The score of %(num)s entry on a line: %(entry)s, %(score)s.",
                     "The scores of %(num)s entries in order of rank; first on this page is %(entry)s with %(score)s.",
                     entries, entry=first, score=score)
    return ntext(
        "The score of %(num)s entry with the interval that holds it in 95 of 100 juries: %(entry)s, %(score)s (%(low)s to %(high)s).",
        "The scores of %(num)s entries in order of rank, each with the interval that holds it in 95 of 100 juries; first on this page is "
        "%(entry)s with %(score)s (%(low)s to %(high)s).",
        entries,
        entry=first,
        score=score,
        low=ends[0],
        high=ends[1],
    )
