"""How a round stands: which step it is at, what is missing for the next one, how far the jury is. A fixed number of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from award.db import session
from award.domain.jury_readiness import Judging
from award.domain.readiness import Check
from award.models import Decision, Office, Result, Round, Stage
from award.services import entrants, history, progress, readiness, rounds

DRAFTING = ("ballot_saved", "entry_saved")
"""Acts that happen too often to be news; the whole history has them."""
LATEST = 5


@dataclass
class Standing:
    """What the organiser's page shows. `phase` is a key of `award.web.standing_words.TITLES`; `jurors` are JurorProgress.

    `decided` and `onwards` count the entries of the newest result with a decision, and those that go on; `through` says of each
    decided stage, by its id, how many did.
    """

    round: Round
    stage: Stage | None
    phase: str = ""
    checks: list[Check] = field(default_factory=list)
    jurors: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)
    dates: dict = field(default_factory=dict)
    judging: Judging | None = None
    result: Result | None = None
    decided: int = 0
    onwards: int = 0
    through: dict = field(default_factory=dict)
    events: list = field(default_factory=list)
    now: datetime | None = None


def of_round(round_, *, now):
    """The standing of a round loaded with `rounds.WITH_SETUP`, with its counts, dates and latest events."""
    (found,) = of_rounds([round_], now=now)
    decided = [stage for stage in round_.stages[:-1] if stage.state == "decided"]
    found.through = {stage_id: len(entries) for stage_id, entries in entrants.going_on(decided).items()}
    found.counts, found.dates = rounds.counts(round_), rounds.dates(round_)
    found.events = history.newest(round_, most=LATEST, without=DRAFTING)
    return found


def running(user, *, now):
    """The standings of the rounds that the person organises and that are not public yet."""
    held = select(Office.programme_id).where(Office.user_id == user.id, Office.kind == "organiser")
    wanted = select(Round).where(Round.programme_id.in_(held), Round.state.not_in(("published", "archived")))
    return of_rounds(session.scalars(wanted.options(*rounds.WITH_SETUP)).all(), now=now)


def of_rounds(rows, *, now):
    """The standing of each round loaded with `rounds.WITH_SETUP`: its phase and what decides it."""
    standings = [Standing(round_, current(round_), now=now) for round_ in rows]
    if judged := [found for found in standings if found.round.state not in ("draft", "open") and found.stage]:
        _add_jury(judged)
    for found in standings:
        found.phase = phase(found)
        found.checks = _checks(found)
    return standings


def _add_jury(standings):
    stages = [found.stage for found in standings]
    jurors, judging, results = progress.of_stages(stages), readiness.judgings(stages), _results(stages)
    for found in standings:
        found.jurors, found.judging = jurors[found.stage.id], judging[found.stage.id]
        found.result, found.decided, found.onwards = results.get(found.stage.id, (None, 0, 0))


def _results(stages):
    """{stage id: (its newest result without the body, how many entries have a decision in it, how many go on)}."""
    newest = select(func.max(Decision.id)).where(Decision.result_id == Result.id).group_by(Decision.entry_id).correlate(Result)
    decided = select(func.count()).where(Decision.id.in_(newest)).correlate(Result)
    onwards = decided.where(Decision.outcome == "goes_on")
    found = session.execute(
        select(Result, decided.scalar_subquery(), onwards.scalar_subquery())
        .where(Result.stage_id.in_([stage.id for stage in stages]))
        .options(defer(Result.body))
        .order_by(Result.number)
    )
    return {result.stage_id: (result, *counts) for result, *counts in found}


def current(round_):
    """The stage the round is at: the first whose decisions are still to be taken, otherwise the last; None without stages."""
    return next(
        (stage for stage in round_.stages if stage.state != "decided"), round_.stages[-1] if round_.stages else None
    )


def phase(found):
    """The step the round is at, finer than its state."""
    state = found.round.state
    if state == "open":
        return "late" if found.now >= found.round.closes_at else "open"
    if state != "judging":
        return state
    if found.stage is None:
        return "draft"
    return _in_scoring(found) if found.stage.state != "draft" else _before_scoring(found.judging)


def _before_scoring(judging):
    if judging.before and not judging.entries:
        return "nobody"
    if not judging.before and (judging.unscreened or not judging.entries):
        return "screening"
    if not judging.jurors:
        return "inviting"
    few = {entry for entry in judging.entries if sum(pair[1] == entry for pair in judging.pairs) < judging.min_ballots}
    return "assigning" if few else "opening"


def _in_scoring(found):
    if found.stage.state == "open":
        return "scoring" if any(state != "submitted" for state in found.judging.pairs.values()) else "scored"
    if found.result is None:
        return "locked"
    return "frozen" if found.decided < len(found.judging.entries) else "deciding"


def _checks(found):
    if found.phase == "draft":
        return readiness.before_call(found.round, now=found.now)
    if found.phase in ("nobody", "screening", "inviting", "assigning", "opening"):
        return readiness.before_stage(found.stage, found.judging)
    if found.phase in ("scoring", "scored"):
        return readiness.before_lock(found.stage, found.judging)
    return []
