"""How certain a ranking is, in plain sentences, the same on the page and in the report. Figures come as they are in a result."""
from award.domain import reasons
from award.i18n import ntext, text

AGREEMENT = (
    (0.8, text("The jurors judged very much alike.")),
    (0.5, text("The jurors agreed for the most part.")),
    (0.2, text("The jurors agreed in part, which is usual: people read different things in the same entry.")),
)
DIFFERED = text("The jurors often differed. That is no error; it is why a jury deliberates.")


def agreement(shown):
    """One sentence on how alike the jurors judged; None where the result does not say. Source: Krippendorff's alpha, interval."""
    figure = (shown.get("agreement") or {}).get("alpha_interval")
    if figure is not None:
        return next((words for least, words in AGREEMENT if figure >= least), DIFFERED)
    code = (shown.get("agreement_note_codes") or {}).get("alpha_interval")
    return reasons.note(code) if code else None


def band(number, ranks):
    """What the entries of a band, with their ranks in order, have in common."""
    first, last = ranks[0], ranks[-1]
    if len(ranks) == 1:
        return text("Ahead of all others") if number == 1 else text("Rank %(rank)s, apart from the others", rank=first)
    if first == last:
        return text("Rank %(rank)s, shared: these ballots cannot tell them apart", rank=first)
    return text("Ranks %(first)s to %(last)s: these ballots cannot tell them apart", first=first, last=last)


def without_one(shown):
    """Whether leaving out some one juror moves an entry across a line; None where the result does not say."""
    known = [line for line in shown["entries"] if line.get("moved_by") is not None]
    if not known:
        return None
    moved = sum(bool(line["moved_by"]) for line in known)
    if not moved:
        return text("Each juror was left out in turn, and everything computed anew: no entry crosses a line.")
    return ntext("Each juror was left out in turn, and everything computed anew: %(num)s entry crosses a line for one juror or another.",
                 "Each juror was left out in turn, and everything computed anew: %(num)s entries cross a line for one juror or another.",
                 moved)


def rules(shown):
    """(how many rules say something, under how many of them the same entries are first) of the comparison; None without one."""
    found = {rule: {entry for entry, rank in ranks.items() if rank == 1} for rule, ranks in (shown.get("comparison") or {}).items() if ranks}
    own = found.get(shown["rulebook"]["method"])
    return (len(found), sum(first == own for first in found.values())) if own else None
