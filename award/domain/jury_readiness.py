"""What must be in order before a stage opens, and before it is locked: entries, jurors, pairs, ballots."""

from dataclasses import dataclass

from award.domain.readiness import LOOK, MISSING, READY, UNDER_WAY, Check, shares
from award.i18n import ntext, text


@dataclass(frozen=True)
class Judging:
    """A stage being judged. Jurors and entries by name; a pair is (juror, entry).

    `entries` {entry: language} are the eligible ones, `unscreened` and `refused` count the others. `jurors` {juror: languages}
    are those who accepted, `waiting` counts the invited who have not answered. `pairs` {pair: ballot state or None} leaves out
    what is declined or voided. `commented`: entries with a comment in a submitted ballot. `eligible` counts all eligible entries
    of the round; `before` is the state of the stage before this one, None for the first: `entries` are then those that go on from it.
    """

    entries: dict
    jurors: dict
    pairs: dict
    conflicts: frozenset = frozenset()
    commented: frozenset = frozenset()
    unscreened: int = 0
    refused: int = 0
    waiting: int = 0
    min_ballots: int = 1
    eligible: int = 0
    before: str | None = None


def further(stages):
    """The checks that stages after the first, [(title, number of criteria)], have criteria before the call opens; they may follow later."""
    return [
        Check(
            "further",
            text("Criteria of a further stage: %(stage)s", stage=title),
            ntext("%(num)s criterion", "%(num)s criteria", count) if count else text("none yet; they can be set until the stage opens"),
            READY if count else LOOK,
        )
        for title, count in stages
    ]


def before_stage(judging, criteria, *, faults=()):
    """The checks of a Judging before its stage can open, with the domain criteria and the faults of its rules."""
    return [
        _through(judging) if judging.before else _screened(judging),
        _jury(judging),
        readers(judging),
        no_conflict(judging),
        read_languages(judging),
        shares(criteria),
        Check("rules", text("The rules fit together"), faults[0], MISSING, "rules")
        if faults
        else Check(
            "rules",
            text("The rules fit together"),
            text("they are frozen and published when the stage opens"),
            READY,
            "rules",
        ),
    ]


def _screened(judging):
    count, title = len(judging.entries), text("Every entry is screened")
    if judging.unscreened:
        return Check(
            "screened",
            title,
            ntext("%(num)s entry is not screened yet", "%(num)s entries are not screened yet", judging.unscreened),
            MISSING,
            "screenings",
        )
    if not count:
        return Check("screened", title, text("no entry is eligible"), MISSING, "screenings")
    return Check(
        "screened",
        title,
        text("%(eligible)s eligible, %(refused)s not", eligible=count, refused=judging.refused),
        READY,
        "screenings",
    )


def _through(judging):
    title, count = text("Entries go on from the stage before"), len(judging.entries)
    if judging.before != "decided":
        return Check("through", title, text("that stage is not decided yet"), MISSING, "before")
    if not count:
        return Check("through", title, text("no entry goes on; take that stage back, or remove this one"), MISSING, "before")
    finding = ntext("%(num)s of %(total)s goes on", "%(num)s of %(total)s go on", count, total=judging.eligible)
    return Check("through", title, finding, READY, "before")


def _jury(judging):
    accepted, title = len(judging.jurors), text("The jury has accepted")
    if not accepted:
        return Check("jury", title, text("nobody has accepted yet"), MISSING, "jurors")
    if judging.waiting:
        return Check(
            "jury",
            title,
            text("%(accepted)s accepted, %(waiting)s have not answered", accepted=accepted, waiting=judging.waiting),
            LOOK,
            "jurors",
        )
    return Check("jury", title, ntext("%(num)s juror accepted", "%(num)s jurors accepted", accepted), READY, "jurors")


def readers(judging):
    """The check that every eligible entry has as many readers as the rules ask ballots for."""
    counts = dict.fromkeys(judging.entries, 0)
    for _juror, entry in judging.pairs:
        counts[entry] = counts.get(entry, 0) + 1
    few = [entry for entry in judging.entries if counts[entry] < judging.min_ballots]
    title = text("Every entry has its readers")
    if few:
        return Check(
            "readers",
            title,
            ntext(
                "%(num)s entry has too few; the rules ask for %(least)s",
                "%(num)s entries have too few; the rules ask for %(least)s",
                len(few),
                least=judging.min_ballots,
            ),
            MISSING,
            "assignments",
        )
    fewest = min((counts[entry] for entry in judging.entries), default=0)
    return Check(
        "readers",
        title,
        ntext(
            "%(num)s entry, at least %(fewest)s jurors each; the rules ask for %(least)s",
            "%(num)s entries, at least %(fewest)s jurors each; the rules ask for %(least)s",
            len(judging.entries),
            fewest=fewest,
            least=judging.min_ballots,
        ),
        READY,
        "assignments",
    )


def no_conflict(judging):
    """The check that nobody judges an entry they have a conflict with; recusals are named when they are few."""
    title, wrong = text("Nobody is conflicted"), sorted(judging.conflicts & set(judging.pairs))
    if wrong:
        return Check(
            "conflicts",
            title,
            text("%(juror)s has a conflict of interest with %(entry)s and is to judge it", juror=wrong[0][0], entry=wrong[0][1]),
            MISSING,
            "assignments",
        )
    count = len(judging.conflicts)
    if count == 1:
        juror, entry = next(iter(judging.conflicts))
        return Check(
            "conflicts", title, text("1 recusal: %(juror)s, %(entry)s", juror=juror, entry=entry), READY, "jurors"
        )
    return Check(
        "conflicts",
        title,
        ntext("%(num)s recusal", "%(num)s recusals", count) if count else text("no recusal"),
        READY,
        "jurors",
    )


def read_languages(judging):
    """The check that every assigned entry is read by jurors who know its language; a juror without languages reads all."""
    unread = sum(
        bool(known) and judging.entries.get(entry) not in known
        for juror, entry in judging.pairs
        for known in [judging.jurors.get(juror) or ()]
        if entry in judging.entries
    )
    found = ", ".join(sorted(set(judging.entries.values())))
    title = text("Languages are covered")
    if unread:
        return Check(
            "languages",
            title,
            ntext(
                "%(num)s ballot asks for a language the juror did not name",
                "%(num)s ballots ask for a language the juror did not name",
                unread,
            ),
            LOOK,
            "assignments",
        )
    return Check(
        "languages",
        title,
        text("%(languages)s entries have readers of their language", languages=found)
        if found
        else text("no entry yet"),
        READY,
        "assignments",
    )


def before_lock(judging, criteria, *, unchanged):
    """The checks of a Judging before its stage can be locked; `unchanged`: whether the rules are those that were frozen."""
    return [
        shares(criteria),
        readers(judging),
        no_conflict(judging),
        read_languages(judging),
        _frozen(unchanged),
        _submitted(judging),
        _commented(judging),
    ]


def _frozen(unchanged):
    return Check(
        "rulebook",
        text("Rules unchanged since they were frozen"),
        text("their checksum is the one published") if unchanged else text("they differ from what was published"),
        READY if unchanged else LOOK,
        "rulebook",
    )


def _submitted(judging):
    lacking = [juror for (juror, _entry), state in judging.pairs.items() if state != "submitted"]
    title = text("Ballots submitted")
    if not judging.pairs:
        return Check("ballots", title, text("nothing assigned"), LOOK, "assignments")
    if not lacking:
        return Check("ballots", title, ntext("the only one", "all %(num)s", len(judging.pairs)), READY, "progress")
    return Check(
        "ballots",
        title,
        ntext(
            "%(num)s of %(total)s is missing, from %(jurors)s",
            "%(num)s of %(total)s are missing, from %(jurors)s",
            len(lacking),
            total=len(judging.pairs),
            jurors=ntext("%(num)s juror", "%(num)s jurors", len(set(lacking))),
        ),
        UNDER_WAY,
        "progress",
    )


def _commented(judging):
    silent = sorted(entry for entry in judging.entries if entry not in judging.commented)
    title = text("Comments for every team")
    if not silent:
        return Check("comments", title, text("each entry has at least one"), READY, "progress")
    if len(silent) == 1:
        return Check("comments", title, text("%(entry)s has no comment yet", entry=silent[0]), LOOK, "progress")
    return Check(
        "comments",
        title,
        text("%(count)s entries have no comment yet, the first is %(entry)s", count=len(silent), entry=silent[0]),
        LOOK,
        "progress",
    )
