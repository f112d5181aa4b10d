"""The rules of a stage: as they stand, and frozen under a number and a checksum."""

import hashlib
import json

import pytest

from award import db
from award.domain.canonical import canonical_json
from award.errors import FaultyInput, Missing
from award.services import rulebooks
from tests import builders as b


@pytest.fixture
def stage(context):
    round_ = b.round_(title={"en": "Round", "nl": "Ronde"}, languages=["nl", "en"])
    row = b.stage(round_)
    b.criterion(row, "Impact", 60)
    b.criterion(row, "Novelty", 40, threshold=3)
    return row


def freeze(stage, **more):
    row = rulebooks.freeze(stage, actor=b.user(), now=b.NOW, **more)
    db.session.expire(stage, ["rulebooks"])
    return row


def test_before_freezing_there_is_nothing_frozen(stage):
    assert (rulebooks.newest(stage), rulebooks.unchanged(stage, None)) == (None, False)
    with pytest.raises(Missing):
        rulebooks.frozen(stage)


def test_frozen_rules_are_canonical_numbered_and_have_the_checksum_of_their_bytes(stage):
    row = freeze(stage)
    assert row.sha256 == hashlib.sha256(row.body.encode()).hexdigest()
    assert row.body.encode() == canonical_json(json.loads(row.body))
    assert (row.number, row.reason, json.loads(row.body)["title"]) == (1, "", "Ronde")
    assert (rulebooks.frozen(stage), rulebooks.read(row)) == (rulebooks.draft(stage), rulebooks.draft(stage))
    assert rulebooks.unchanged(stage, row)


def test_a_change_is_seen_and_the_next_freeze_has_the_next_number(stage):
    first = freeze(stage)
    stage.criteria[0].share = 50
    assert not rulebooks.unchanged(stage, first)
    second = freeze(stage, reason="Weights mended")
    assert (second.number, second.reason, first.sha256 == second.sha256) == (2, "Weights mended", False)
    assert (rulebooks.newest(stage), rulebooks.unchanged(stage, second)) == (second, True)


def test_rules_that_do_not_fit_are_not_frozen_and_each_fault_is_told(stage):
    row = freeze(stage)
    stage.rules = {**stage.rules, "ties": ["criterion:Colour"]}
    for criterion in stage.criteria:
        criterion.share = 0
    assert [fault.one for fault in rulebooks.faults(stage)] == [
        "the shares add up to 0; at least one criterion must count",
        'the tie rule "%(step)s" is unknown; known are %(known)s',
    ]
    with pytest.raises(FaultyInput):
        freeze(stage)
    assert not rulebooks.unchanged(stage, row)


def test_other_rules_can_be_tried_without_keeping_them(stage):
    assert rulebooks.draft(stage, {**stage.rules, "method": "median"}).method == "median"
    assert rulebooks.draft(stage).method == "mean"
