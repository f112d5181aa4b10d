"""The words of a feedback letter: by what became of the entry, and by what the letter holds."""

from award.i18n import ntext, text

TITLES = {
    "winner": text("Your entry is the winner"),
    "commended": text("The jury commends your entry"),
    "goes_on": text("Your entry goes on"),
    "": text("What the jury thought of your entry"),
}
OPENINGS = {
    "winner": text("The jury names “%(entry)s” the winner. We congratulate everyone who worked on it."),
    "commended": text("The jury commends “%(entry)s”. We congratulate everyone who worked on it."),
    "goes_on": text("“%(entry)s” goes on to the next stage. We look forward to hearing more about it."),
    "stops": text("Thank you for entering “%(entry)s”. The jury did not choose it this time."),
    "below": text("Thank you for entering “%(entry)s”. It stayed below a threshold of the rules, so it is not ranked with the others."),
    "unranked": text("Thank you for entering “%(entry)s”. It has no place in the ranking. That is not the same as last place."),
    "": text("Thank you for entering “%(entry)s”."),
}
COMPARED = {
    ("both", "category"): text("Here is what the jury valued, what could be stronger, and your averages beside those of the category."),
    ("both", "all"): text("Here is what the jury valued, what could be stronger, and your averages beside those of all entries."),
    ("both", "alone"): text("Here is what the jury valued, what could be stronger, and your averages."),
    ("some", "category"): text("Here is what the jury wrote, and your averages beside those of the category."),
    ("some", "all"): text("Here is what the jury wrote, and your averages beside those of all entries."),
    ("some", "alone"): text("Here is what the jury wrote, and your averages."),
    ("figures", "category"): text("Here are your averages beside those of the category."),
    ("figures", "all"): text("Here are your averages beside those of all entries."),
    ("figures", "alone"): text("Here are your averages."),
}
"""What follows overleaf: by what the jury wrote, and by whom the entry is compared with."""
CALLED = {"category": text("Category"), "all": text("All entries"), "alone": text("All entries")}
KEYS = text("your entry"), text("mean"), text("middle half of the entries")
"""What the marks on a line stand for: disc, tick, band."""
PLAIN = {
    "winner": text("The jury names your entry the winner."),
    "commended": text("The jury commends your entry."),
    "goes_on": text("Your entry goes on to the next stage."),
    "stops": text("Your entry stops here."),
}


def beside_title(written, half):
    """The alternative text of the bar of a criterion: own mean, mean of the others, ends of their middle half, as far as known."""
    own, others = written
    if half:
        return text("Your entry %(own)s, mean %(mean)s, middle half of the entries %(low)s to %(high)s.", own=own, mean=others, low=half[0],
                    high=half[1])
    return text("Your entry %(own)s, mean %(mean)s.", own=own, mean=others) if others else text("Your entry %(own)s.", own=own)


def scale_title(low, high):
    return text("Scale from %(low)s to %(high)s.", low=low, high=high)


def mark_title(criteria):
    return ntext("One ray for the criterion; its length is your average.",
                 "%(num)s rays in a circle, one for each criterion in order; the length of a ray is your average.", criteria)


def key_title(meanings):
    own, mean, *half = meanings
    if half:
        return text("Disc: %(own)s. Tick: %(mean)s. Band: %(half)s.", own=own, mean=mean, half=half[0])
    return text("Disc: %(own)s. Tick: %(mean)s.", own=own, mean=mean)
