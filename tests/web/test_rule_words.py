"""The rules of a result in sentences: each rule that is set has one, and only those."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from award.domain.aggregation import METHODS
from award.i18n import translate
from award.web import rule_words

PLAIN = {"method": "mean", "order": "ballot", "missing": "strict", "min_ballots": 2, "ties": [], "top": [1, 3], "trim": 1}
ALWAYS = [
    "An entry’s score is the mean of its ballots: one juror, one voice.",
    "Each juror’s ballot becomes one figure; the figures of the jurors become the score.",
    "A ballot with a missing score does not count. A missing score is never a zero.",
    "An entry needs 2 counted ballots for a place.",
    "Equal scores share a place. Nothing else separates them.",
    "For these numbers of places the result says how sure it is who takes them: 1, 3.",
]


@pytest.fixture
def stage(app):
    round_ = SimpleNamespace(languages=["en", "nl"])
    criteria = [SimpleNamespace(key="Impact", name={"en": "Impact", "nl": "Effect"}), SimpleNamespace(key="Courage", name={"en": "Courage"})]
    awards = [SimpleNamespace(key="First Penguin", name={"en": "First Penguin", "nl": "Eerste pinguïn"})]
    return SimpleNamespace(round=round_, criteria=criteria, special_awards=awards)


def said(app, stage, language="en", **rules):
    with app.test_request_context(headers={"Accept-Language": language}):
        return [translate(line, language) for line in rule_words.rules({**PLAIN, **rules}, stage)]


def test_the_rules_that_every_stage_has(app, stage):
    assert said(app, stage) == ALWAYS


@pytest.mark.parametrize(
    ("rules", "sentences"),
    [
        ({"cut": 1}, ["1 entry goes on. Equal scores across this line are not cut: the jury decides."]),
        (
            {"margin": Decimal("1.5")},
            ["When the scores of first and second, of 100, are less than 1.5 apart, the jury must deliberate before it decides."],
        ),
        ({"budget": 250000}, ["A budget of 250,000 is given down the ranking: each entry gets what it asks, until one asks more than is left."]),
        ({"threshold": Decimal(10)}, ["The means on the criteria must add up to 10 or more; otherwise an entry has no place."]),
        ({"carried": 40.0}, ["The score of the stage before counts for 40%, the score of this stage for the rest."]),
        (
            {"special": [{"name": "First Penguin", "criterion": [{"name": "Impact", "share": 1}, {"name": "Courage", "share": 3}]}]},
            ["Special award “First Penguin”: a ranking of its own by Impact 25%, Courage 75%."],
        ),
        (
            {"special": [{"name": "Gone", "entries": ["LA27-001"], "criterion": [{"name": "Lost", "share": 1}]}]},
            ["Special award “Gone”, for named entries: a ranking of its own by Lost 100%."],
        ),
        ({"lambda": 4, "unconnected": "within"}, []),
    ],
)
def test_a_rule_that_is_set_has_its_sentence(app, stage, rules, sentences):
    assert [line for line in said(app, stage, **rules) if line not in ALWAYS] == sentences


@pytest.mark.parametrize(
    ("rules", "sentences"),
    [
        (
            {},
            [
                "How far a juror is corrected is estimated from all ballots.",
                "When groups of jurors have no entry in common, there is no ranking until they do.",
            ],
        ),
        (
            {"lambda": 0, "unconnected": "within"},
            [
                "How far a juror is corrected is fixed: lambda is 0. With 0 the correction is full, with a large number there is none.",
                "When groups of jurors have no entry in common, each group of entries is ranked by itself.",
            ],
        ),
    ],
)
def test_the_correction_says_how_far_it_goes(app, stage, rules, sentences):
    assert said(app, stage, method="additive", **rules)[1:3] == sentences


def test_names_are_those_of_the_readers_language(app, stage):
    special = [{"name": "First Penguin", "criterion": [{"name": "Impact", "share": 1}]}]
    assert said(app, stage, "nl", special=special)[-1] == "Bijzondere prijs ‘Eerste pinguïn’: een eigen rangschikking volgens Effect 100%."


def test_every_method_is_explained_to_those_who_choose_and_to_those_who_read(app):
    assert set(rule_words.HINTS) == set(METHODS)
    assert {key for key in METHODS if rule_words.rule({"method": key, "trim": 1}) == key} == set()
