"""Reading rules: what a file says, every fault it has, and that writing and reading are inverse."""

import json
from fractions import Fraction

import pytest
from hypothesis import given

from award.domain import canonical, rulebook, rules_file
from award.errors import FaultyInput
from tests.domain.rounds import rounds

METHODS_THERE = "mean, trimmed_mean, median, additive, mean_rank, borda, zscore"
WHOLE = """
title = "Innovation award 2026"
method = "trimmed_mean"
order = "criterion"
trim = 2
lambda = 0.5
missing = "renormalise"
min_ballots = 3
ties = ["criterion:Impact", "firsts"]
top = [1, 5]
[[criterion]]
name = "Impact"
share = 40
scale = [0, 5]
step = 0.5
threshold = 3
better = "higher"
decimals = 2
[[criterion]]
name = "Coût "
share = 33.333333
scale = [-1.5, 10]
better = "lower"
[[not_applicable]]
entry = "E7"
criterion = "Impact"
reason = "No users yet"
"""


def faults(content):
    with pytest.raises(FaultyInput) as faulty:
        rules_file.parse_toml(content)
    return [str(fault) for fault in faulty.value.faults]


def test_a_file_is_read_exactly():
    rules = rules_file.parse_toml(WHOLE)
    impact, cost = rules.criteria
    assert (rules.title, rules.method, rules.order, rules.trim, rules.lam, rules.missing, rules.min_ballots) == (
        "Innovation award 2026",
        "trimmed_mean",
        "criterion",
        2,
        Fraction(1, 2),
        "renormalise",
        3,
    )
    assert (rules.ties, rules.top, rules.names) == (("criterion:Impact", "firsts"), (1, 5), ("Impact", "Coût"))
    assert (impact.share, impact.low, impact.high, impact.step, impact.threshold, impact.better, impact.decimals) == (
        40,
        0,
        5,
        Fraction(1, 2),
        3,
        "higher",
        2,
    )
    assert (cost.share, cost.low, cost.step, cost.threshold, cost.better, cost.decimals) == (
        Fraction("33.333333"),
        Fraction(-3, 2),
        None,
        None,
        "lower",
        None,
    )
    assert rules.not_applicable == (rulebook.NotApplicable("E7", "Impact", "No users yet"),)
    assert rules.criterion("Impact") is impact
    assert rulebook.applicable(rules, "E7") == (cost,)
    assert rulebook.one_scale(rules) is None


def test_what_is_left_out_has_a_default():
    rules = rules_file.parse_toml('[[criterion]]\nname = "C"\nshare = 1\nscale = [0, 10]\n')
    assert rulebook.to_dict(rules) == {
        "title": "",
        "method": "mean",
        "order": "ballot",
        "trim": 1,
        "lambda": "reml",
        "missing": "strict",
        "min_ballots": 1,
        "ties": [],
        "top": [1, 3],
        "not_applicable": [],
        "criterion": [
            {
                "name": "C",
                "share": 1,
                "scale": [0, 10],
                "step": None,
                "threshold": None,
                "better": "higher",
                "decimals": None,
            }
        ],
    }
    assert rulebook.one_scale(rules) == (0, 10, "higher")


MORE = """
threshold = 12.5
cut = 10
margin = 2.5
budget = 60000
carried = 30
unconnected = "within"
[[criterion]]
name = "Impact"
share = 40
scale = [0, 10]
[[criterion]]
name = "Youth"
share = 0
scale = [0, 5]
[[special]]
name = "Prize of the youth"
[[special.criterion]]
name = "Youth"
share = 2.5
[[special.criterion]]
name = "Impact"
share = 1
[[special]]
name = "Regional prize"
entries = ["E1", " E2"]
[[special.criterion]]
name = "Impact"
share = 1
"""
ENTRIES = """
[[entry]]
entry = "E1"
category = "Cities"
cost = 12000.5
carried = "57/80"
[[entry]]
entry = "E2"
carried = 0.7125
"""


def test_lines_and_special_awards_are_read_exactly():
    rules = rules_file.parse_toml(MORE)
    assert (rules.threshold, rules.cut, rules.margin, rules.budget, rules.carried, rules.unconnected) == (
        Fraction(25, 2), 10, Fraction(5, 2), 60000, 30, "within")
    assert rules.special == (rulebook.Special("Prize of the youth", {"Youth": Fraction(5, 2), "Impact": 1}),
                             rulebook.Special("Regional prize", {"Impact": 1}, ("E1", "E2")))


def test_rules_that_a_round_may_do_without_stand_in_the_json_only_where_they_are_set():
    plain, more = (rulebook.to_dict(rules_file.parse_toml(content)) for content in (WHOLE, MORE))
    added = {"threshold": 12.5, "cut": 10, "margin": 2.5, "budget": 60000, "carried": 30, "unconnected": "within", "special": [
        {"name": "Prize of the youth", "criterion": [{"name": "Youth", "share": 2.5}, {"name": "Impact", "share": 1}]},
        {"name": "Regional prize", "criterion": [{"name": "Impact", "share": 1}], "entries": ["E1", "E2"]}]}
    assert set(more) - set(plain) == set(added)
    assert {key: more[key] for key in added} == added
    assert rules_file.from_dict(json.loads(json.dumps(more))) == rules_file.parse_toml(MORE)
    assert set(plain) | set(added) == set(rules_file.KEYS)


def test_what_the_file_says_of_entries_comes_beside_the_rules():
    rules, facts = rules_file.with_facts(MORE + ENTRIES)
    assert rules == rules_file.parse_toml(MORE)
    assert facts == [{"entry": "E1", "category": "Cities", "cost": 12000.5, "carried": "57/80"}, {"entry": "E2", "carried": "57/80"}]
    assert rules_file.with_facts(MORE)[1] == []
    assert rules_file.parse_toml(MORE + ENTRIES).sha256 == rules.sha256


@pytest.mark.parametrize(("content", "expected"), [
    ("entry = 5\n" + MORE, ['"entry" must be written as [[entry]], once for each']),
    (MORE + '[[entry]]\nentry = "E1"\ncost = "x"\ncarried = 7\n', [
        'entry 1: "cost": “x” is not a number. Write it as 7, 7.5 or 7,5.',
        'entry 1: "carried" is the score of an earlier stage on 0 to 1, such as "57/80" or 0.7125']),
    (MORE + "[[entry]]\ncategory = 5\n", ['entry 1: "entry" is missing', 'entry 1: "category" is not a text in quotes']),
])
def test_what_is_wrong_with_entries_is_named(content, expected):
    assert faults(content) == [f"RULES.toml: {fault}" for fault in expected]


def test_the_checksum_is_that_of_the_canonical_json():
    rules = rules_file.parse_toml(WHOLE)
    assert rules.sha256 == canonical.sha256(rulebook.to_dict(rules))
    assert rules.sha256 != rules_file.parse_toml(WHOLE.replace("33.333333", "33.333332")).sha256


@given(rounds())
def test_writing_and_reading_are_inverse(a_round):
    rules = rules_file.from_dict(a_round[0])
    assert rules_file.from_dict(json.loads(json.dumps(rulebook.to_dict(rules)))) == rules


def test_bytes_with_a_mark_and_windows_lines_are_read_too():
    assert rules_file.parse_toml(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == rules_file.parse_toml(WHOLE)


@pytest.mark.parametrize("method", ["elo", "MEAN", ""])
def test_an_unknown_method_is_refused_with_those_there_are(method):
    assert faults(f'method = "{method}"\n[[criterion]]\nname = "C"\nshare = 1\nscale = [0, 1]') == [
        f'RULES.toml: rules: "method" cannot be "{method}"; choose from ' + METHODS_THERE
    ]


def test_every_fault_is_listed():
    assert faults("""
method = 7
order = "jurors"
trim = -1
lambda = -0.5
missing = "zero"
min_ballots = 0
ties = "firsts"
top = [0]
titel = "x"
title = 5
[[criterion]]
name = ""
share = "much"
scale = [5, 0]
step = nan
better = "bigger"
decimals = 7
[[criterion]]
wat = 1
[[not_applicable]]
entry = 7
""") == [
        f"RULES.toml: {fault}"
        for fault in [
            'rules: "titel" is unknown here; known are ' + ", ".join(rules_file.KEYS),
            'criterion 1: "name" is empty',
            'criterion 1: "share": “much” is not a number. Write it as 7, 7.5 or 7,5.',
            'criterion 1: "scale" must be two numbers, the lower first, such as [0, 5]',
            'criterion 1: "step": “NaN” is not a number. Write it as 7, 7.5 or 7,5.',
            'criterion 1: "better" cannot be "bigger"; choose from higher, lower',
            'criterion 1: "decimals" must be a whole number from 0 to 6',
            'criterion 2: "wat" is unknown here; known are name, share, scale, step, threshold, better, decimals',
            'criterion 2: "name" is missing',
            'criterion 2: "share" is missing',
            'criterion 2: "scale" is missing',
            'rules: "title" is not a text in quotes',
            'rules: "method" cannot be "7"; choose from ' + METHODS_THERE,
            'rules: "order" cannot be "jurors"; choose from ballot, criterion',
            'rules: "trim" must be a whole number from 0 to 1000000',
            'rules: "lambda" must be "reml" or a number from 0',
            'rules: "missing" cannot be "zero"; choose from strict, renormalise',
            'rules: "min_ballots" must be a whole number from 1 to 1000000',
            'rules: "ties" must be a list of texts in quotes',
            'rules: "top" must be a list of whole numbers from 1',
            'not_applicable 1: "entry" is not a text in quotes',
            'not_applicable 1: "criterion" is missing',
        ]
    ]


C = '[[criterion]]\nname = "C"\nshare = 1\nscale = [0, 5]\n'
S = '[[special]]\nname = "S"\n[[special.criterion]]\nname = "C"\nshare = 1\n'


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "there is no criterion; write each as [[criterion]]"),
        (C + C, 'there are two criteria named "C"'),
        (C.replace("1", "-1") + C.replace('"C"', '"D"').replace("1", "2"), 'the share of "C" is below 0'),
        (C.replace("share = 1", "share = 0"), "the shares add up to 0; at least one criterion must count"),
        (C + "step = 2", 'the step of "C" does not lead from the low to the high end of its scale'),
        (C + "step = 0", 'the step of "C" does not lead from the low to the high end of its scale'),
        (C + "threshold = 6", 'the threshold of "C" is not on its scale'),
        ('ties = ["criterion:D"]\n' + C, 'the tie rule "criterion:D" is unknown; known are firsts, criterion:C'),
        ('ties = ["firsts", "firsts"]\n' + C, 'the tie rule "firsts" is written twice'),
        (C + '[[not_applicable]]\nentry = "E"\ncriterion = "D"', 'not_applicable names "D", which is no criterion'),
        (C.replace('"C"', '"C\\u202e"'), 'criterion 1: "name" holds a character that cannot be seen'),
        (C.replace('"C"', '"' + "C" * 301 + '"'), 'criterion 1: "name" is longer than 300 characters'),
        (C.replace("[0, 5]", "5"), 'criterion 1: "scale" must be two numbers, the lower first, such as [0, 5]'),
        (C.replace("[0, 5]", "[0, 1, 2]"), 'criterion 1: "scale" must be two numbers, the lower first, such as [0, 5]'),
        ("criterion = 5", 'rules: "criterion" must be written as [[criterion]], once for each'),
        ("criterion = [5]", "criterion 1: this is not a table of names and values"),
        (C + "threshold = true", 'criterion 1: "threshold": “True” is not a number. Write it as 7, 7.5 or 7,5.'),
        (C.replace("[0, 5]", '[0, "x"]'), 'criterion 1: "scale": “x” is not a number. Write it as 7, 7.5 or 7,5.'),
        ("lambda = []\n" + C, 'rules: "lambda": “[]” is not a number. Write it as 7, 7.5 or 7,5.'),
        ("top = 1\n" + C, 'rules: "top" must be a list of whole numbers from 1'),
        ('method = "borda"\norder = "criterion"\n' + C, 'the method "borda" works on whole ballots; use order = "ballot"'),
        ('method = "additive"\norder = "criterion"\n' + C, 'the method "additive" works on whole ballots; use order = "ballot"'),
        ('method = "zscore"\nmissing = "renormalise"\n' + C, 'the method "zscore" needs complete ballots; use missing = "strict"'),
        ("margin = 0\n" + C, '"margin" must be above 0'),
        ("budget = -5\n" + C, '"budget" must be above 0'),
        ("cut = 0\n" + C, 'rules: "cut" must be a whole number from 1 to 1000000'),
        ("carried = 100\n" + C, '"carried" is the share of the earlier stage in per cent, above 0 and below 100'),
        ("carried = 0\n" + C, '"carried" is the share of the earlier stage in per cent, above 0 and below 100'),
        ('unconnected = "merge"\n' + C, 'rules: "unconnected" cannot be "merge"; choose from refuse, within'),
        ("threshold = 6\n" + C, 'the "threshold" for all criteria together is not between the sums of their scales; the highest is 5'),
        ("threshold = -1\n" + C, 'the "threshold" for all criteria together is not between the sums of their scales; the highest is 5'),
        ("threshold = 3\n" + C + 'better = "lower"', 'a "threshold" for all criteria together needs criteria on which higher is better'),
        (C + S + S, 'there are two special awards named "S"'),
        (C + S.replace('"C"', '"D"'), 'the special award "S" names "D", which is no criterion'),
        (C + S.replace("= 1", "= 0"), 'the special award "S" needs at least one criterion with a share, and none below 0'),
        (C + S.replace("= 1", "= -1"), 'the special award "S" needs at least one criterion with a share, and none below 0'),
        (C + '[[special]]\nname = "S"', 'the special award "S" needs at least one criterion with a share, and none below 0'),
        (C + S + '[[special.criterion]]\nname = "C"\nshare = 2', 'special award 1: there are two criteria named "C"'),
        (C + S.replace('"S"', '""'), 'special award 1: "name" is empty'),
        (C + S + "weight = 1", 'special award 1: "weight" is unknown here; known are name, share'),
        (C + S.replace("share = 1", ""), 'special award 1: "share" is missing'),
        (C + S.replace("[[special.criterion]]", 'entries = "E1"\n[[special.criterion]]'),
         'special award 1: "entries" must be a list of texts in quotes'),
        (b"\xff\xfe", "the file is not UTF-8 text; save it again as UTF-8"),
    ],
)
def test_a_contradiction_is_named(content, fault):
    assert faults(content)[0] == f"RULES.toml: {fault}"


@pytest.mark.parametrize(
    "content", ["=", "title = ", 'title = "a"\ntitle = "b"', "x = " + "9" * 5000, "x = " + "[" * 100_000]
)
def test_what_is_no_toml_is_refused(content):
    assert faults(content)[0].startswith("RULES.toml: this is not TOML: ")


def test_a_huge_number_is_refused_and_not_written_out():
    huge = C.replace("1", "0x" + "f" * 5000)
    assert faults(huge) == ['RULES.toml: criterion 1: "share": “…” is not a number. Write it as 7, 7.5 or 7,5.']


def test_a_name_has_one_spelling_however_it_is_typed():
    assert rules_file.parse_toml(C.replace('"C"', '" Cou\\u0302t "')).names == ("Coût",)
