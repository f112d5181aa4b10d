"""A stage behind the ranking page, judged as a test wants it: rules, ballots, categories, a special award."""
from types import SimpleNamespace

from award import db
from award.services import rulebooks
from tests import builders as b
from tests.people import signed_in

CLOSE = {1: "554", 2: "545", 3: "454", 4: "211", 5: "120"}
"""Scores on Impact, 0 to 5, by the number of the entry, one of each juror; "-" is no ballot. Novelty is one less, at least 0."""


def ranked(app, *, rules=None, scores=None, categories=None, award=None, costs=None, state="open"):
    """Ids and a signed-in organiser of a stage with such rules and scores; `categories` {number: name}, `award` the numbers of entries,
    `costs` {number: what it asks}."""
    with app.app_context(), db.transaction():
        rows = _built(scores or CLOSE, rules or {}, categories or {}, costs or {})
        if award is not None:
            b.special_award(rows.stage, {rows.criteria[1]: 100}, entries=[f"LA27-{n:03}" for n in award])
        rulebooks.freeze(rows.stage, actor=rows.organiser, now=b.NOW)
        rows.stage.state = state
        found = SimpleNamespace(stage=rows.stage.id, round=rows.round.id, organiser=rows.organiser.id)
    found.client = signed_in(app, found.organiser)
    return found


def _built(scores, rules, categories, costs):
    organiser = b.user("organiser@office.example", role="organiser")
    round_ = b.round_(b.programme(organiser), state="judging")
    names = {name: b.category(round_, name) for name in sorted(set(categories.values()))}
    stage = b.stage(round_)
    asked = b.field(round_, "number")
    stage.rules = {**stage.rules, **rules, **({"cost_field": asked.id} if costs else {})}
    criteria = [b.criterion(stage, "Impact", 60), b.criterion(stage, "Novelty", 40)]
    jurors = [b.juror(stage) for _ in next(iter(scores.values()))]
    for number, given in scores.items():
        entry = b.entry(round_, title=f"Title {number}", category=names.get(categories.get(number)),
                        draft={str(asked.id): str(costs[number])} if number in costs else {})
        b.screening(entry, organiser)
        for juror, score in zip(jurors, given, strict=True):
            if score != "-":
                b.ballot(b.assignment(juror, entry), {criteria[0]: int(score), criteria[1]: max(0, int(score) - 1)})
    return SimpleNamespace(stage=stage, round=round_, organiser=organiser, criteria=criteria)
