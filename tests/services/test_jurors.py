"""The jury: inviting people, their answers, the chair."""

import pytest
from sqlalchemy import select

from award import db
from award.errors import FaultyInput, Invalid, Refused, Stale
from award.models import Assignment, Event, Juror, Link, Mail
from award.services import jurors
from tests import builders as b
from tests import jury

PROFILE = {"organisation": "", "languages": [], "chair": False}


@pytest.fixture
def world(context):
    return jury.build(state="draft")


def invite(world, typed, **profile):
    return jurors.invite(
        world["stage"], people=jurors.read_people(typed), profile=PROFILE | profile, actor=world["organiser"], now=b.NOW
    )


def test_a_line_is_a_name_an_address_and_perhaps_an_organisation():
    typed = 'Ines Verbruggen <Ines@Uni.example>\n\n  "Marc Delacroix" <marc@lab.example>, Laboratory of Words  \n'
    assert jurors.read_people(typed) == [
        ("Ines Verbruggen", "ines@uni.example", ""),
        ("Marc Delacroix", "marc@lab.example", "Laboratory of Words"),
    ]


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ("", ["Write at least one name and address."]),
        ("ines@uni.example", ["Line 1: write it as Name <name@example.org>, one person a line."]),
        ("<ines@uni.example>", ["Line 1: the name is missing."]),
        (f"{'x' * 121} <ines@uni.example>", ["Line 1: the name fits in 120 characters, the organisation in 200. Shorten it."]),
        ("I\u200bnes <ines@uni.example>", ["Line 1: it holds a character that cannot be seen. Type it again without copying."]),
        ("Ines <ines>", ["Line 1: “ines” is not an address we can write to."]),
        (
            "A <a@x.example>\nB <a@x.example>\nC",
            [
                "Line 2: a@x.example stands here twice.",
                "Line 3: write it as Name <name@example.org>, one person a line.",
            ],
        ),
    ],
)
def test_every_fault_of_a_list_is_told_with_its_line(typed, faults):
    with pytest.raises(FaultyInput) as refusal:
        jurors.read_people(typed)
    assert [str(f) for f in refusal.value.faults] == faults


def test_at_most_200_people_are_invited_at_once():
    with pytest.raises(FaultyInput):
        jurors.read_people("\n".join(f"N{n} <n{n}@x.example>" for n in range(201)))


def test_an_invitation_gives_a_code_a_mail_and_a_personal_link(world):
    first, second = invite(
        world,
        "Ines <ines@uni.example>, Free University\nMarc <marc@lab.example>",
        organisation="Laboratory",
        languages=["nl"],
    )
    assert [(j.code, j.state, j.organisation, j.languages, j.user.email) for j in (first, second)] == [
        ("J03", "invited", "Free University", ["nl"], "ines@uni.example"),
        ("J04", "invited", "Laboratory", ["nl"], "marc@lab.example"),
    ]
    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    assert [(m.address, "/links/" in m.body, m.language) for m in mails] == [
        ("ines@uni.example", True, "nl"),
        ("marc@lab.example", True, "nl"),
    ]
    assert [link.subject_id for link in db.session.scalars(select(Link).order_by(Link.id))] == [first.id, second.id]
    assert db.session.scalar(select(Event)).payload == {"jurors": ["J03", "J04"]}


def test_nobody_is_invited_when_one_of_them_is_in_the_jury_already(world):
    with pytest.raises(FaultyInput, match="juror0@uni0.example is in this jury already"):
        invite(world, "New <new@uni.example>\nJuror 0 <JUROR0@uni0.example>")
    assert len(db.session.scalars(select(Juror)).all()) == 2


def test_there_is_one_chair(world):
    with pytest.raises(Invalid):
        invite(world, "A <a@x.example>\nB <b@x.example>", chair=True)
    for typed in ("A <a@x.example>", "B <b@x.example>"):
        invite(world, typed, chair=True)
    assert [j.code for j in db.session.scalars(select(Juror).where(Juror.chair))] == ["J04"]


def test_nobody_is_invited_once_the_stage_is_locked(world):
    world["stage"].state = "locked"
    with pytest.raises(Refused):
        invite(world, "A <a@x.example>")


def test_a_juror_may_think_again_until_the_stage_opens(world):
    juror = world["jurors"][0]
    jurors.answer(juror, accepts=False, reason="No time", now=b.NOW)
    db.session.flush()
    assert (juror.state, juror.reason) == ("declined", "No time")
    assert db.session.scalars(select(Assignment).where(Assignment.juror_id == juror.id)).all() == []
    jurors.answer(juror, accepts=True, reason="", now=b.NOW)
    assert juror.state == "accepted"
    world["stage"].state = "open"
    with pytest.raises(Refused):
        jurors.answer(juror, accepts=False, reason="", now=b.NOW)


def test_the_same_answer_twice_is_one_event(world):
    for _ in range(2):
        jurors.answer(world["jurors"][0], accepts=False, reason="No time", now=b.NOW)
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_a_late_juror_answers_while_the_stage_is_open(world):
    juror = invite(world, "Late <late@x.example>")[0]
    world["stage"].state = "open"
    assert jurors.answer(juror, accepts=True, reason="", now=b.NOW).state == "accepted"


def test_a_new_link_makes_the_earlier_ones_useless(world):
    juror = invite(world, "A <a@x.example>")[0]
    jurors.invite_again(juror, actor=world["organiser"], now=b.NOW)
    assert [link.used_at is None for link in db.session.scalars(select(Link).order_by(Link.id))] == [False, True]


def test_a_juror_is_changed_on_the_version_that_was_shown(world):
    juror = world["jurors"][0]
    changed = {"organisation": "Elsewhere", "languages": ["fr"], "chair": True}
    with pytest.raises(Stale):
        jurors.change(juror, profile=changed, version=juror.version - 1, actor=world["organiser"], now=b.NOW)
    jurors.change(juror, profile=changed, version=juror.version, actor=world["organiser"], now=b.NOW)
    assert (juror.organisation, juror.languages, juror.chair) == ("Elsewhere", ["fr"], True)


def test_somebody_who_declined_cannot_take_the_chair(world):
    juror = world["jurors"][0]
    jurors.answer(juror, accepts=False, reason="", now=b.NOW)
    db.session.flush()
    with pytest.raises(Refused):
        jurors.change(
            juror, profile=PROFILE | {"chair": True}, version=juror.version, actor=world["organiser"], now=b.NOW
        )
