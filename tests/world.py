"""A whole round for tests that visit every page: all objects, somebody in every role, and as many rows as wanted."""
from tests import builders as b

SCORES = (5, 4, 3, 2, 1, 0)


def build(rows=3):
    """A round with `rows` entries and jurors, judged but not locked. Gives (people by role, ids by the name used in addresses)."""
    with b.together():
        people = {"administrator": b.user("admin@office.example", role="administrator"),
                  "organiser": b.user("organiser@office.example", role="organiser"),
                  "auditor": b.user("auditor@court.example"), "stranger": b.user("stranger@else.example"),
                  "team": b.user("team@town.example"), "colleague": b.user("colleague@port.example"), "juror": b.user("juror@uni.example"),
                  "chair": b.user("chair@uni.example")}
        programme = b.programme(people["organiser"])
        b.office(programme, people["auditor"], "auditor")
        round_ = b.round_(programme, state="judging")
        field, category = b.field(round_), b.category(round_)
        stage = b.stage(round_, state="open")
        criteria = [b.criterion(stage, name, share) for name, share in (("Impact", 60), ("Novelty", 40))]
        award = b.special_award(stage, {criteria[0]: 100})
        entries = [b.entry(round_, people["team"] if n == 0 else None, f"Entry {n}", draft={str(field.id): f"Text of entry {n}."},
                           category=category)
                   for n in range(rows)]
        b.member(entries[0], people["colleague"])
        for entry in entries:
            b.screening(entry, people["organiser"])
        jurors = [b.juror(stage, {0: people["juror"], 1: people["chair"]}.get(n), chair=n == 1) for n in range(rows)]
        ballots = b.ballots([(juror, entry, judged(juror, entry, criteria)) for juror in jurors for entry in entries])
    return people, {"programme_id": programme.id, "round_id": round_.id, "stage_id": stage.id, "field_id": field.id, "category_id": category.id,
                    "criterion_id": criteria[0].id, "special_award_id": award.id, "entry_id": entries[0].id, "juror_id": jurors[0].id,
                    "assignment_id": ballots[0].assignment_id, "ballot_id": ballots[0].id, "version_id": entries[0].versions[0].id,
                    "member_id": entries[0].members[1].id, "user_id": people["stranger"].id}


def judged(juror, entry, criteria):
    """Scores that depend on who and what, so that the ranking has an order."""
    start = int(juror.code[1:]) + int(entry.number[-3:])
    return {c: SCORES[(start + n) % len(SCORES)] for n, c in enumerate(criteria)}
