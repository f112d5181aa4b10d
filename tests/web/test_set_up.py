"""The pages of the entry form, the criteria and the rules: filled in, refused with nothing lost, fixed once published."""

import hashlib
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest

from award import db
from award.domain.fields import TYPES
from award.models import Criterion, Field, Round, Stage
from award.services import rounds, rulebooks
from tests import builders as b
from tests.people import signed_in


@pytest.fixture
def world(app, clock):
    """A round made from the preset, in English and Dutch."""
    clock.now = b.NOW
    with app.app_context(), db.transaction():
        organiser, auditor = (
            b.user("lotte@office.example", name="Lotte Aerts", role="organiser"),
            b.user("audit@court.example"),
        )
        programme = b.programme(organiser)
        b.office(programme, auditor, "auditor")
        dates = {"opens_at": b.NOW, "closes_at": b.NOW + timedelta(days=30)}
        texts = {"code": "LA27", "title": {"en": "Round"}, "languages": ["en", "nl"], "zone": "Europe/Brussels"}
        made = rounds.create(
            programme,
            given={**texts, **dates, "preset": "federal_innovation_award"},
            key="x",
            actor=organiser,
            now=b.NOW,
        )
        stage = made.stages[0]
        found = SimpleNamespace(
            round=made.id,
            stage=stage.id,
            fields=[f.id for f in made.fields],
            criteria=[c.id for c in stage.criteria],
            organiser_id=organiser.id,
            auditor_id=auditor.id,
        )
    found.organiser, found.auditor = signed_in(app, found.organiser_id), signed_in(app, found.auditor_id)
    return found


def texts(answer):
    return answer.get_data(as_text=True)


def messages(page):
    return re.findall(r'<p class="error"[^>]*>([^<]*)', page)


def publish(app, world):
    with app.app_context(), db.transaction() as session:
        session.get(Round, world.round).state = "open"


def labels(app, world):
    with app.app_context():
        return [field.label["en"] for field in db.session.get(Round, world.round).fields]


# the entry form


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_of_every_kind_can_be_added(app, world, kind):
    more = (
        {"choices-en": "Citizens\nCompanies", "choices-nl": "Burgers\nBedrijven"}
        if "choices" in TYPES[kind].accepts
        else {}
    )
    more |= {"types": "application/pdf", "most": "2"} if kind == "file" else {}
    form = texts(world.organiser.get(f"/rounds/{world.round}/fields/new?kind={kind}"))
    assert f'value="{kind}"' in form
    data = {"kind": kind, "label-en": "New one", "label-nl": "Nieuw", "key": kind, **more}
    for _ in range(2):
        assert world.organiser.post(f"/rounds/{world.round}/fields/new", data=data).status_code == 303
    assert labels(app, world)[9:] == ["New one"]


QUESTION_FAULTS = (
    ("long_text", {"label-en": ""}, "Write the question."),
    ("long_text", {"max_words": "many"}, "Write a whole number from 1 to 5000."),
    ("single_choice", {"choices-en": "Only one"}, "Give 2 to 30 different answers to choose from, one a line."),
    ("number", {"low": "9", "high": "1"}, "The highest number must be above the lowest."),
    ("file", {"types": []}, "Choose at least one kind of file: PDF, PNG or JPEG."),
    ("file", {"types": "text/html"}, "Choose one of the answers listed."),
    ("file", {"most": "99"}, "Write a whole number from 1 to 5."),
)


def test_what_is_wrong_with_a_question_stands_beside_it(world):
    for kind, changes, wanted in QUESTION_FAULTS:
        base = {
            "kind": kind,
            "label-en": "Which?",
            "label-nl": "Welke?",
            **({"types": "application/pdf"} if kind == "file" else {}),
        }
        answer = world.organiser.post(f"/rounds/{world.round}/fields/new", data={**base, **changes})
        assert (answer.status_code, messages(texts(answer))) == (422, [wanted])
        assert "Welke?" in texts(answer)


def test_an_unknown_kind_of_question_is_no_page(world):
    assert world.organiser.get(f"/rounds/{world.round}/fields/new?kind=colour").status_code == 404
    assert world.organiser.get(f"/rounds/{world.round}/fields/new").status_code == 404


def test_answers_to_choose_from_keep_their_keys_when_their_words_change(app, world):
    where = f"/fields/{world.fields[0]}"
    page = texts(world.organiser.get(where))
    assert "In the last three years\nEarlier</textarea>" in page
    data = {"kind": "single_choice", "label-en": "When?", "required": "y", "version": "1"}
    data |= {"choices-en": "Long ago\nEarlier", "choices-nl": "Lang geleden\nVroeger"}
    assert world.organiser.post(where, data=data).status_code == 303
    with app.app_context():
        kept = db.session.get(Field, world.fields[0])
        assert [choice["key"] for choice in kept.options["choices"]] == ["c3", "c2"]
    stale = world.organiser.post(where, data={**data, "label-en": "Mine"})
    assert (stale.status_code, "Lotte Aerts saved this page" in texts(stale)) == (409, True)
    assert '<p class="prose">When?</p>' in texts(stale)
    assert 'value="Mine"' in texts(stale)


def test_questions_move_and_go(app, world):
    before = labels(app, world)
    assert world.organiser.post(f"/fields/{world.fields[1]}/move", data={"direction": "up"}).status_code == 303
    assert labels(app, world) == [before[1], before[0], *before[2:]]
    assert world.organiser.post(f"/fields/{world.fields[1]}/move", data={"direction": "sideways"}).status_code == 422
    assert "Remove this question?" in texts(world.organiser.get(f"/fields/{world.fields[0]}/delete"))
    assert world.organiser.post(f"/fields/{world.fields[0]}/delete", data={}).status_code == 303
    assert labels(app, world) == [before[1], *before[2:]]


def test_an_auditor_reads_the_form_and_nobody_changes_it_once_published(app, world):
    page = texts(world.auditor.get(f"/rounds/{world.round}/fields"))
    assert "Which problem did you take on?" in page
    assert "Add a question" not in page
    assert world.auditor.get(f"/fields/{world.fields[0]}").status_code == 403
    publish(app, world)
    assert "the form is fixed" in texts(world.organiser.get(f"/rounds/{world.round}/fields"))
    for path in (
        f"/fields/{world.fields[0]}",
        f"/fields/{world.fields[0]}/delete",
        f"/rounds/{world.round}/fields/new?kind=number",
    ):
        assert world.organiser.get(path).status_code == 409, path


# criteria


CRITERION = {
    "name-en": "Learning",
    "name-nl": "Leren",
    "description-en": "What did you find out?",
    "share": "2,5",
    "low": "0",
    "high": "2",
    "step": "0,5",
    "better": "higher",
    "threshold": "",
}


def test_a_criterion_is_added_and_its_anchors_follow(app, world):
    answer = world.organiser.post(f"/stages/{world.stage}/criteria/new", data=CRITERION)
    assert answer.status_code == 303
    where = answer.location.partition("#")[0]
    page = texts(world.organiser.get(where))
    assert re.findall(r'name="(anchors_[^"]*)"', page)[::2] == [
        f"anchors_{slug}_en" for slug in ("s2", "s1p5", "s1", "s0p5", "s0")
    ]
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    data = {**CRITERION, "anchors_s1p5_en": "Nearly all", "anchors_s0_nl": "Niets", "version": version}
    assert world.organiser.post(where, data=data).location == f"/stages/{world.stage}/criteria"
    with app.app_context():
        row = db.session.get(Criterion, int(where.split("/")[2]))
        assert row.anchors == {"1.5": {"en": "Nearly all"}, "0": {"nl": "Niets"}}
        assert str(row.share) == "2.5"


CRITERION_FAULTS = (
    ({"name-en": ""}, "Write the name of the criterion."),
    ({"name-en": "impact"}, "Another criterion of this stage has this name. Choose a different one."),
    ({"share": "-1"}, "Write a number from 0 to 100,000."),
    ({"share": "1e3"}, "“1e3” is not a number. Write it as 7, 7.5 or 7,5."),
    ({"share": ""}, "Write a number from 0."),
    ({"share": "0.00001"}, "At most four digits may stand after the point."),
    ({"high": "0"}, "The highest score must be above the lowest."),
    ({"step": "0.3"}, "The steps must lead from the lowest score to the highest, such as 0 to 5 by 0.5."),
    ({"step": "0"}, "Write a number from 0.0001 to 1,000."),
    ({"threshold": "3"}, "The threshold must lie on the scale."),
    ({"better": "sideways"}, "Choose one of the answers listed."),
    ({"description-en": "x" * 501}, "This is 501 characters long; at most 500 fit. Shorten it."),
)


def test_what_is_wrong_with_a_criterion_stands_beside_its_field(world):
    for changes, wanted in CRITERION_FAULTS:
        answer = world.organiser.post(f"/stages/{world.stage}/criteria/new", data={**CRITERION, **changes})
        assert (answer.status_code, messages(texts(answer))) == (422, [wanted])
        assert "Leren" in texts(answer)


def saved(world, **changes):
    """What the form of the first criterion sends."""
    page = texts(world.organiser.get(f"/criteria/{world.criteria[0]}"))
    anchors = dict(re.findall(r'name="(anchors_[^"]*)"[^>]*value="([^"]*)"', page))
    base = {
        "name-en": "Impact",
        "name-nl": "Impact",
        "share": "40",
        "low": "0",
        "high": "5",
        "step": "1",
        "better": "higher",
        "threshold": "",
    }
    return {**base, **anchors, "version": "1", **changes}


def test_a_changed_scale_asks_for_its_anchors_again(app, world):
    answer = world.organiser.post(f"/criteria/{world.criteria[0]}", data=saved(world, high="2"))
    assert answer.location.startswith(f"/criteria/{world.criteria[0]}#")
    assert "The scale has changed." in texts(world.organiser.get(answer.location))
    with app.app_context():
        assert set(db.session.get(Criterion, world.criteria[0]).anchors) == {"2", "1", "0"}


def test_whoever_is_overtaken_on_another_scale_sees_both_and_loses_nothing(world):
    mine = saved(world, **{"anchors_s5_en": "Mine"})
    world.organiser.post(f"/criteria/{world.criteria[0]}", data=saved(world, high="2", **{"name-en": "Effect"}))
    answer = world.organiser.post(f"/criteria/{world.criteria[0]}", data=mine)
    page = texts(answer)
    assert (answer.status_code, "Lotte Aerts saved this page" in page) == (409, True)
    assert '<p class="prose">Effect</p>' in page
    assert 'value="Mine"' in page


def test_shares_are_worked_out_from_any_numbers(app, world):
    where = f"/stages/{world.stage}/shares"
    names = [f"share_{key}" for key in world.criteria]
    assert (
        world.organiser.post(where, data=dict(zip(names, ("7", "2", "1"), strict=True)) | {"version": "1"}).status_code
        == 303
    )
    page = texts(world.organiser.get(f"/stages/{world.stage}/criteria"))
    assert 'aria-label="Impact 70%, Novelty 20%, Scalability 10%"' in page
    for values, wanted in ((("x", "2", "1"), "“x” is not a number"), (("", "2", "1"), "Write a number from 0.")):
        answer = world.organiser.post(where, data=dict(zip(names, values, strict=True)) | {"version": "2"})
        assert (answer.status_code, messages(texts(answer))[0].startswith(wanted)) == (422, True)
    zero = world.organiser.post(where, data=dict.fromkeys(names, "0") | {"version": "2"})
    assert (zero.status_code, "At least one criterion must count" in texts(zero)) == (422, True)
    stale = world.organiser.post(where, data=dict.fromkeys(names, "3") | {"version": "1"})
    assert (stale.status_code, '<p class="prose">7</p>' in texts(stale)) == (409, True)


def test_a_criterion_is_removed_and_an_auditor_only_reads(app, world):
    page = texts(world.auditor.get(f"/stages/{world.stage}/criteria"))
    assert "A lasting improvement for many people" in page
    assert "Work out the shares" not in page
    assert "num-in" not in page
    assert "Remove “Impact”?" in texts(world.organiser.get(f"/criteria/{world.criteria[0]}/delete"))
    assert world.organiser.post(f"/criteria/{world.criteria[0]}/delete", data={}).status_code == 303
    assert world.organiser.get(f"/criteria/{world.criteria[0]}").status_code == 404
    publish(app, world)
    assert "they are fixed" in texts(world.organiser.get(f"/stages/{world.stage}/criteria"))
    assert world.organiser.get(f"/criteria/{world.criteria[1]}").status_code == 409


def test_a_stage_without_criteria_says_what_to_do(app, world):
    for key in world.criteria:
        world.organiser.post(f"/criteria/{key}/delete", data={})
    assert "Three to five are usual." in texts(world.organiser.get(f"/stages/{world.stage}/criteria"))


# rules


RULES = {
    "title-en": "Jury scoring",
    "closes_on": "2027-05-09",
    "closes_at": "17:00",
    "method": "trimmed_mean",
    "order": "criterion",
    "trim": "1",
    "missing": "renormalise",
    "min_ballots": "4",
    "tie_1": "criterion:Impact",
    "tie_2": "firsts",
    "tie_3": "",
    "top": "5, 1",
    "version": "1",
}


def test_the_rules_are_saved_and_told_in_plain_words(app, world):
    assert world.organiser.post(f"/stages/{world.stage}/edit", data=RULES).status_code == 303
    with app.app_context():
        stage = db.session.get(Stage, world.stage)
        assert stage.closes_at.isoformat() == "2027-05-09T15:00:00+00:00"
        drafted = rulebooks.draft(stage)
        assert (drafted.method, drafted.order, drafted.missing, drafted.min_ballots) == (
            "trimmed_mean",
            "criterion",
            "renormalise",
            4,
        )
        assert (drafted.ties, drafted.top) == (("criterion:Impact", "firsts"), (1, 5))
    page = texts(world.auditor.get(f"/stages/{world.stage}/criteria"))
    assert "The highest and the lowest ballot are left out." in page
    assert "An entry needs 4 counted ballots for a place." in page
    stale = world.organiser.post(f"/stages/{world.stage}/edit", data={**RULES, "min_ballots": "7"})
    assert (stale.status_code, '<p class="prose">4</p>' in texts(stale), 'value="7"' in texts(stale)) == (
        409,
        True,
        True,
    )


RULE_FAULTS = (
    ({"method": "dice"}, "Choose one of the answers listed."),
    ({"trim": "1.5"}, "Write a whole number from 0 to 50."),
    ({"min_ballots": "0"}, "Write a whole number from 1 to 1,000."),
    ({"min_ballots": ""}, "Write a whole number."),
    ({"top": "the best"}, "Write whole numbers from 1 to 1000, with commas between them, such as 1, 5."),
    ({"tie_1": "criterion:Nothing"}, "Choose one of the answers listed."),
    ({"closes_on": "2027-03-09"}, "Scoring must close after the call does."),
    ({"closes_at": ""}, "Write the time as hours and minutes, such as 17:00."),
    ({"title-en": ""}, "Write the title of the stage."),
)


def test_what_is_wrong_with_the_rules_stands_beside_its_field(world):
    for changes, wanted in RULE_FAULTS:
        answer = world.organiser.post(f"/stages/{world.stage}/edit", data={**RULES, **changes})
        assert (answer.status_code, messages(texts(answer))) == (422, [wanted])


def opened(app, world):
    """The stage opened over one entry and three jurors."""
    with app.app_context(), db.transaction() as session:
        made = session.get(Round, world.round)
        made.state = "judging"
        entry = b.entry(made)
        b.screening(entry, session.get(b.User, world.organiser_id))
        for _ in range(3):
            b.assignment(b.juror(made.stages[0]), entry, state="proposed")
    assert "The rules are frozen and published" in texts(world.organiser.get(f"/stages/{world.stage}/open"))
    assert world.organiser.post(f"/stages/{world.stage}/open", data={"reason": ""}).status_code == 303


def test_frozen_rules_are_public_with_the_checksum_of_the_file(app, world, client):
    opened(app, world)
    page = texts(client.get("/rulebooks/1"))
    kept = client.get("/rulebooks/1.json")
    assert hashlib.sha256(kept.data).hexdigest() in page
    assert "Rules fixed and public since" in page
    assert kept.headers["Content-Disposition"] == 'attachment; filename="LA27-rules-1.json"'
    assert client.get("/rulebooks/2").status_code == 404


def test_the_stage_is_taken_back_and_opened_again_with_a_reason(app, world):
    opened(app, world)
    where = f"/stages/{world.stage}"
    assert world.organiser.get(f"{where}/edit").status_code == 409
    assert world.organiser.post(f"{where}/back", data={"reason": ""}).status_code == 422
    assert world.organiser.post(f"{where}/back", data={"reason": "A share was wrong"}).status_code == 303
    assert world.organiser.get(f"{where}/edit").status_code == 200
    assert world.organiser.post(f"{where}/open", data={"reason": ""}).status_code == 422
    assert world.organiser.post(f"{where}/open", data={"reason": "A share was wrong"}).status_code == 303
    assert "A share was wrong" in texts(world.auditor.get("/rulebooks/2"))


def test_the_close_of_scoring_is_moved_with_a_reason(app, world):
    opened(app, world)
    where = f"/stages/{world.stage}/deadline"
    data = {"closes_on": "2027-06-09", "closes_at": "17:00"}
    assert world.organiser.post(where, data=data).status_code == 422
    assert world.organiser.post(where, data={**data, "reason": "A juror was ill"}).status_code == 303
    assert "Wednesday, 9 June 2027 at 17:00" in texts(world.organiser.get(where)).replace("\xa0", " ")


def test_a_stage_that_is_not_ready_says_what_is_missing(app, world):
    with app.app_context(), db.transaction() as session:
        session.get(Round, world.round).state = "judging"
    assert "no entry is eligible" in texts(world.organiser.get(f"/stages/{world.stage}/open"))
    refused = world.organiser.post(f"/stages/{world.stage}/open", data={"reason": ""})
    assert (refused.status_code, "Not possible yet." in texts(refused)) == (409, True)
