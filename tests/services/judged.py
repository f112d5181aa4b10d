"""A stage with three entries and two jurors, judged, its rules frozen: 100 · (60 % Impact + 40 % Novelty)."""
from types import SimpleNamespace

from award.services import rulebooks
from tests import builders as b

SCORES = {"LA27-001": ((5, 5), (4, 5)), "LA27-002": ((3, 4), (3, 3)), "LA27-003": ((1, 2), (0, 2))}
MEANS = {"LA27-001": 94.0, "LA27-002": 64.0, "LA27-003": 22.0}


def stage(*, scores=None, state="open"):
    """The rows of the judged stage, by what they are."""
    with b.together():
        organiser = b.user("organiser@office.example", role="organiser")
        round_ = b.round_(b.programme(organiser), state="judging")
        row = b.stage(round_)
        criteria = [b.criterion(row, "Impact", 60), b.criterion(row, "Novelty", 40)]
        entries = [b.entry(round_, title=f"Title {n}") for n in range(len(scores or SCORES))]
        jurors = [b.juror(row), b.juror(row, chair=True)]
        for entry in entries:
            b.screening(entry, organiser)
            for juror, given in zip(jurors, (scores or SCORES)[entry.number], strict=True):
                b.ballot(b.assignment(juror, entry), dict(zip(criteria, given, strict=True)))
    rulebooks.freeze(row, actor=organiser, now=b.NOW)
    row.state = state
    return SimpleNamespace(stage=row, round=round_, organiser=organiser, criteria=criteria, entries=entries, jurors=jurors)
