"""What the register of conflicts of interest shows: every conflict with its consequence, and the jurors without any."""

from dataclasses import dataclass, replace

from award.domain import variants
from award.i18n import text

KEPT_AWAY = text("The juror was not given the entry.")
LATE = text("It came to light after the juror was given the entry: a ballot on it does not count.")
AFTER = text("It was put on record after the result was frozen: the ballot counts in it.")
APART = ("conflict", "recusal")


@dataclass(frozen=True)
class Line:
    """A juror and an entry: what tied them ("" where only the result tells of it), since when, and what followed."""

    juror: str
    entry: str
    kind: str
    at: object
    consequence: object


def chosen(pages):
    """The pages as the choice of names or codes has them: with codes, the people stand apart from what is told of each."""
    return replace(pages, report=variants.coded(pages.report)) if pages.choice.jurors == "codes" else pages


def kept(pages):
    """Whether conflicts of interest were asked about at all: a bare result says nothing of them."""
    jury = pages.report.jury
    return bool(jury.conflicts or jury.members) or any(juror.name or juror.declared_at for juror in jury.jurors)


def lines(pages):
    """Every conflict of interest on record and every ballot that a result leaves out for one: by juror, then by entry."""
    known = {(c.juror, c.entry): c for c in pages.report.jury.conflicts}
    pairs = {*known, *(at for at, cause in pages.excluded.items() if cause in APART)}
    return [_line(pages, at, known.get(at)) for at in sorted(pairs, key=lambda at: (pages.seat(at[0]), at[1]))]


def _line(pages, at, conflict):
    return Line(*at, conflict.kind if conflict else "", conflict.at if conflict else None, consequence(pages, at))


def consequence(pages, at):
    """What followed from a conflict of interest, by what the result holds of the pair."""
    if at in pages.excluded:
        return LATE
    return AFTER if at in pages.ballots else KEPT_AWAY


def free(pages):
    """The jurors without a line in the register, in the order of the jury."""
    tied = {line.juror for line in lines(pages)}
    return [juror for key, juror in pages.jurors.items() if key not in tied]
