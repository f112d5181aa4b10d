"""A round: from a preset to the open call, closed, taken back, archived; each step with its event and its reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from award.db import session
from award.errors import Invalid, Refused, Stale
from award.models import Event, Programme
from award.services import presets, programmes, progress, rounds, standings
from tests import builders as b

LANGUAGES = ["nl", "en"]


@pytest.fixture
def organiser(context):
    return b.user("lotte@office.example", name="Lotte Aerts", role="organiser")


@pytest.fixture
def programme(organiser):
    return b.programme(organiser)


def given(**changes):
    return {
        "code": "FIA27",
        "title": {"nl": "Editie 2027", "en": "Round 2027"},
        "languages": LANGUAGES,
        "zone": "Europe/Brussels",
        "opens_at": b.NOW,
        "closes_at": b.NOW + timedelta(days=30),
        "preset": "federal_innovation_award",
        **changes,
    }


def make(programme, organiser, key="k", **changes):
    return rounds.create(programme, given=given(**changes), key=key, actor=organiser, now=b.NOW)


def acts(round_):
    return session.scalars(select(Event.act).where(Event.round_id == round_.id).order_by(Event.sequence)).all()


def newest(round_):
    return session.scalars(select(Event).where(Event.round_id == round_.id).order_by(Event.sequence.desc())).first()


def test_a_programme_is_founded_once_and_run_by_its_founder(organiser):
    words = {"name": {"en": "Lantern"}, "organiser": {"en": "Office"}, "contact": "a@office.example"}
    first = programmes.create(words, key="once", actor=organiser, now=b.NOW)
    assert programmes.create(words, key="once", actor=organiser, now=b.NOW) is first
    assert [(office.user, office.kind) for office in first.offices] == [(organiser, "organiser")]
    assert [(row.id, kind, count) for row, kind, count in programmes.of(organiser)] == [(first.id, "organiser", 0)]
    with pytest.raises(Stale):
        programmes.change(first, given=words, version=first.version + 1)
    programmes.change(first, given={**words, "contact": "new@office.example"}, version=first.version)
    assert session.get(Programme, first.id).contact == "new@office.example"


def test_offices_are_given_and_taken_back_but_never_the_last_organisers(programme, organiser):
    programmes.appoint(programme, email="Audit@Court.example", kind="auditor", now=b.NOW)
    with pytest.raises(Invalid) as twice:
        programmes.appoint(programme, email="audit@court.example", kind="organiser", now=b.NOW)
    assert twice.value.field == "email"
    first, second = programmes.offices_of(programme)
    assert [(o.user.email, o.kind) for o in (first, second)] == [
        ("lotte@office.example", "organiser"),
        ("audit@court.example", "auditor"),
    ]
    programmes.dismiss(programme, office_id=99_999)
    with pytest.raises(Refused):
        programmes.dismiss(programme, office_id=first.id)
    programmes.dismiss(programme, office_id=second.id)
    assert [o.user for o in programmes.offices_of(programme)] == [organiser]


@pytest.mark.parametrize("key", presets.all_())
def test_every_preset_makes_a_round_that_can_open_in_each_language(programme, organiser, key):
    for place, language in enumerate(("nl", "fr", "de", "en")):
        made = make(programme, organiser, key=f"k{place}", preset=key, languages=[language], title={language: "Titel"})
        found = standings.of_round(made, now=b.NOW)
        assert {check.key: check.state for check in found.checks} == dict.fromkeys(
            (c.key for c in found.checks), "ready"
        )
        assert {code for field in made.fields for code in field.label} == {language}


def test_an_empty_round_has_a_stage_and_says_all_that_is_missing(programme, organiser):
    made = make(programme, organiser, preset="")
    found = standings.of_round(made, now=b.NOW)
    assert [c.key for c in found.checks if c.state == "missing"] == ["purpose", "form", "criteria", "shares"]
    assert made.stages[0].title == {"nl": "Jurybeoordeling", "en": "Jury scoring"}
    with pytest.raises(Refused, match="3 more checks fail"):
        rounds.open_call(made, actor=organiser, now=b.NOW)
    assert made.state == "draft"


def test_the_same_post_twice_makes_one_round(programme, organiser):
    assert make(programme, organiser) is make(programme, organiser)
    assert make(programme, organiser, key="other") is not make(programme, organiser)


def test_dates_in_the_wrong_order_are_refused(programme, organiser):
    with pytest.raises(Invalid) as refused:
        make(programme, organiser, closes_at=b.NOW)
    assert refused.value.field == "closes_on"


def change(round_, organiser, **changes):
    wanted = {name: value for name, value in given(purpose={"en": "Why"}, **changes).items() if name != "preset"}
    return rounds.change(round_, given=wanted, version=round_.version, actor=organiser, now=b.NOW)


def test_texts_change_in_a_draft_only(programme, organiser):
    made = make(programme, organiser)
    change(made, organiser, code="NEW27")
    assert (made.code, made.purpose) == ("NEW27", {"en": "Why"})
    with pytest.raises(Stale):
        rounds.change(made, given=given(), version=made.version - 1, actor=organiser, now=b.NOW)
    rounds.open_call(made, actor=organiser, now=b.NOW)
    with pytest.raises(Refused):
        change(made, organiser)
    assert acts(made) == ["round_created", "round_changed", "call_opened"]


def test_whoever_was_overtaken_hears_by_whom(programme, organiser):
    made = make(programme, organiser)
    change(made, organiser)
    with pytest.raises(Stale, match="Lotte Aerts saved this page while you were typing"):
        rounds.change(made, given=given(), version=1, actor=organiser, now=b.NOW)


def test_the_deadline_only_moves_later_with_a_reason(programme, organiser):
    made = make(programme, organiser)
    later = made.closes_at + timedelta(days=3)
    with pytest.raises(Refused):
        rounds.extend(made, closes_at=later, reason="Strike", actor=organiser, now=b.NOW)
    rounds.open_call(made, actor=organiser, now=b.NOW)
    for closes_at, reason in ((made.closes_at, "Strike"), (b.NOW, "Strike"), (later, "")):
        with pytest.raises(Invalid):
            rounds.extend(made, closes_at=closes_at, reason=reason, actor=organiser, now=b.NOW)
    rounds.extend(made, closes_at=later, reason="Strike", actor=organiser, now=b.NOW)
    assert made.closes_at == later
    assert (newest(made).act, newest(made).about) == ("deadline_extended", {"reason": "Strike"})


def test_a_call_closes_early_only_with_a_reason(programme, organiser):
    made = make(programme, organiser)
    rounds.open_call(made, actor=organiser, now=b.NOW)
    with pytest.raises(Invalid) as refused:
        rounds.close_call(made, actor=organiser, now=b.NOW)
    assert refused.value.field == "reason"
    rounds.close_call(made, actor=organiser, now=made.closes_at)
    assert made.state == "judging"
    with pytest.raises(Refused):
        rounds.close_call(made, reason="Again", actor=organiser, now=b.NOW)


def test_each_step_back_needs_a_reason_and_a_state_that_allows_it(programme, organiser):
    made = make(programme, organiser)
    with pytest.raises(Refused):
        rounds.back(made, reason="Why not", actor=organiser, now=b.NOW)
    rounds.open_call(made, actor=organiser, now=b.NOW)
    with pytest.raises(Invalid):
        rounds.back(made, reason="", actor=organiser, now=b.NOW)
    rounds.close_call(made, reason="Early", actor=organiser, now=b.NOW)
    rounds.back(made, reason="A team asked", actor=organiser, now=b.NOW)
    rounds.back(made, reason="A question was wrong", actor=organiser, now=b.NOW)
    assert made.state == "draft"
    assert newest(made).payload == {"from": "open", "to": "draft"}


def test_a_round_whose_scoring_has_begun_stays_closed_and_a_decided_one_goes_back_to_the_jury(programme, organiser):
    made = make(programme, organiser)
    made.state, made.stages[0].state = "judging", "open"
    with pytest.raises(Refused, match="Scoring has begun"):
        rounds.back(made, reason="x", actor=organiser, now=b.NOW)
    made.state, made.stages[0].state = "decided", "decided"
    rounds.back(made, reason="The chair was ill", actor=organiser, now=b.NOW)
    assert (made.state, made.stages[0].state) == ("judging", "locked")


def test_a_published_round_is_archived_and_no_other(programme, organiser):
    made = make(programme, organiser)
    with pytest.raises(Refused):
        rounds.archive(made, actor=organiser, now=b.NOW)
    made.state = "published"
    rounds.archive(made, actor=organiser, now=b.NOW)
    assert (made.state, newest(made).act) == ("archived", "round_archived")


def test_entries_are_counted_by_state(programme, organiser):
    made = b.round_(programme)
    b.entry(made)
    b.entry(made)
    b.entry(made, submitted=False)
    assert rounds.counts(made) == {"draft": 1, "submitted": 2, "returned": 0, "withdrawn": 0}
    assert [(row, count) for row, count in programmes.rounds_of(programme)] == [(made, 2)]


def test_progress_counts_ballots_per_juror_and_never_a_score(programme):
    made = b.round_(programme, state="judging")
    stage = b.stage(made, state="open")
    impact = b.criterion(stage)
    entries = [b.entry(made) for _ in range(3)]
    names = ("Ada", "Bo", "Cy", "Di", "Eve", "Flo")
    jurors = {name: b.juror(stage, b.user(name=name), chair=name == "Flo") for name in names}
    jurors["Cy"].state, jurors["Di"].state = "declined", "invited"
    for name in ("Ada", "Bo", "Flo"):
        for entry in entries:
            assignment = b.assignment(jurors[name], entry)
            if name == "Ada" or (name == "Bo" and entry is entries[0]):
                b.ballot(assignment, {impact: 3}, submitted=name == "Ada" or entry is not entries[0])
    b.assignment(jurors["Eve"], entries[0], state="voided", voided_at=b.NOW)
    found = progress.of_stage(stage)
    assert [(juror.name, juror.standing, juror.submitted, juror.begun, juror.total) for juror in found] == [
        ("Flo", "not_started", 0, 0, 3),
        ("Ada", "finished", 3, 0, 3),
        ("Bo", "under_way", 0, 1, 3),
        ("Cy", "declined", 0, 0, 0),
        ("Di", "invited", 0, 0, 0),
        ("Eve", "waiting", 0, 0, 0),
    ]
    assert progress.ballots(found) == (3, 9)
    assert [juror.name for juror in progress.unfinished(found)] == ["Flo", "Bo"]
