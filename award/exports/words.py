"""What the codes of a decision, a status and a conflict are called."""

from award.domain.aggregation import METHODS
from award.i18n import text

OUTCOMES = {
    "winner": text("Winner"),
    "commended": text("Commended"),
    "goes_on": text("Goes on"),
    "stops": text("Stops here"),
}
STATUSES = {
    "ranked": text("ranked"),
    "below_threshold": text("below the threshold"),
    "not_rankable": text("not rankable"),
}
CONFLICTS = {
    "declared": text("conflict of interest, declared by the juror"),
    "organisation": text("same organisation"),
    "domain": text("same e-mail domain"),
    "member": text("member of the team"),
    "named": text("named by the team"),
}


def named(codes, code):
    """The name of a code; a code without a name is printed as it is."""
    return codes.get(code, code or "")


def method(key):
    """What an aggregation method is called."""
    return METHODS[key].label if key in METHODS else key
