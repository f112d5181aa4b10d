"""Reading scores from CSV: what people's spreadsheets write, and every fault with its line."""

from fractions import Fraction

import pytest

from award.domain import rules_file, score_csv, score_sheet
from award.errors import FaultyInput

RULES = rules_file.from_dict(
    {
        "criterion": [
            {"name": "Impact", "share": 1, "scale": [0, 10], "step": 0.5},
            {"name": "Coût", "share": 1, "scale": [0, 10]},
        ]
    }
)
HEADER = "juror,entry,criterion,score\n"


def read(content):
    return score_csv.parse_csv(content, rulebook=RULES)


def faults(content):
    with pytest.raises(FaultyInput) as faulty:
        read(content)
    return [str(fault).removeprefix("SCORES.csv:") for fault in faulty.value.faults]


SAME = [
    HEADER + "J1,E1,Impact,7.5\nJ1,E1,Coût,\n",
    HEADER + 'J1,E1,Impact,"7,5"\nJ1,E1,Coût,',
    "juror;entry;criterion;score\r\nJ1;E1;Impact;7,5\r\nJ1;E1;Coût;\r\n",
    "\ufeff" + HEADER + "J1,E1,Impact,7.5\nJ1,E1,Coût, \n",
    "Score,CRITERION , entry,juror\n7.50,Impact,E1,J1\n,Coût,E1,J1\n",
    HEADER + "\n J1 , E1,Impact,7.5\n,,,\n\nJ1,E1,Cou\u0302t,\n\n",
    "juror,entry,criterion,score\rJ1,E1,Impact,7.5\rJ1,E1,Coût,\r",
    '"juror","entry","criterion","score"\n"J1","E1","Impact","7.5"\n"J1","E1","Coût",""\n',
]


@pytest.mark.parametrize("content", SAME)
@pytest.mark.parametrize("encode", [str, str.encode], ids=["text", "bytes"])
def test_it_is_read_alike(content, encode):
    found = read(encode(content))
    assert found.rows == (("J1", "E1", "Impact", Fraction(15, 2)), ("J1", "E1", "Coût", None))
    assert score_sheet.to_dict(found.sheet) == {
        "entries": ["E1"],
        "jurors": ["J1"],
        "criteria": ["Coût", "Impact"],
        "ballots": [[0, 0, [None, 7.5]]],
    }
    assert found.comments == ()


def test_comments_are_kept_with_their_place_and_may_have_lines():
    header = HEADER.replace("score", "score,comment")
    found = read(header + 'J1,E1,Impact,7,"Good, but\nlate"\nJ2,E1,Impact,8,\nJ3,E1,Impact,8,"8 users"\n')
    assert found.comments == (("J1", "E1", "Impact", "Good, but\nlate"), ("J3", "E1", "Impact", "8 users"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("J,E,Impact,11", 'score 11 is above the scale 0–10 of "Impact"'),
        ("J,E,Impact,-1", 'score -1 is below the scale 0–10 of "Impact"'),
        ("J,E,Impact,7.3", 'score 7.3 is not on the scale 0–10 of "Impact", which goes in steps of 0.5'),
        ("J,E,Impact,seven", "“seven” is not a number. Write it as 7, 7.5 or 7,5."),
        ("J,E,Impact,1e1", "“1e1” is not a number. Write it as 7, 7.5 or 7,5."),
        ("J,E,impact,7", 'criterion "impact" is not in the rules, which have "Impact", "Coût"'),
        (",E,Impact,7", "the juror is empty"),
        ("J, ,Impact,7", "the entry is empty"),
        ("J,E,,7", "the criterion is empty"),
        ("J,E\u202eE,Impact,7", "the entry holds a character that cannot be seen"),
        ("J,E\tE,Impact,7", "the entry holds a character that cannot be seen"),
        ("J," + "E" * 301 + ",Impact,7", "the entry is longer than 300 characters"),
        ("J,E,Impact,7,5", "this line has 5 cells and the header 4; a score such as 7,5 between commas needs quotes"),
        ("J,E,Impact", "this line has 3 cells and the header 4; a score such as 7,5 between commas needs quotes"),
        ('J,E,Impact,"7', "this line is not CSV: unexpected end of data"),
        ('J,E,"Imp"act,7', "this line is not CSV: ',' expected after '\"'"),
        ("J,E,Impact,7\0", "this is not a text file"),
        ("J,E,Impact," + "7" * 200_000, "this line is not CSV: field larger than field limit (131072)"),
    ],
)
def test_a_fault_is_named_with_its_line(line, fault):
    assert faults(HEADER + "J1,E1,Impact,7\n" + line + "\n") == [f"3: {fault}"]


def test_a_comment_that_is_only_a_number_is_taken_for_a_decimal_comma():
    header = HEADER.replace("score", "score,comment")
    assert faults(header + "J,E,Impact,7,5\n") == [
        "2: the comment is only a number; was the score 7,5? Then write it in quotes"
    ]
    assert read(header.replace(",", ";") + "J;E;Impact;7;5\n").comments == (("J", "E", "Impact", "5"),)


def test_a_score_given_twice_names_both_lines():
    assert faults(HEADER + "J,E,Impact,7\nJ,E,Coût,7\nJ,E,Impact,\n J,E ,Impact,7\n") == [
        '4: the score of J for E on "Impact" was already given on line 2',
        '5: the score of J for E on "Impact" was already given on line 2',
    ]


def test_the_line_is_the_one_on_which_a_row_begins():
    header = HEADER.replace("score", "score,comment")
    assert faults(header + 'J,E,Impact,7,"one\ntwo\nthree"\nJ,F,Impact,77,"x\ny"\n') == [
        '5: score 77 is above the scale 0–10 of "Impact"'
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "1: this file is empty; its first line must be juror,entry,criterion,score"),
        (" \n\n", "1: the header lacks juror, entry, criterion, score; it must be juror,entry,criterion,score"),
        (HEADER, "1: there are no scores in this file"),
        ("juror,entry,score\n", "1: the header lacks criterion; it must be juror,entry,criterion,score"),
        (
            "J1,E1,Impact,7\n",
            "1: the header lacks juror, entry, criterion, score; it must be juror,entry,criterion,score",
        ),
        (HEADER.replace("score", "score,juror"), '1: the header has the column "juror", which is unknown or doubled'),
        (HEADER.replace("score", "score,remark"), '1: the header has the column "remark", which is unknown or doubled'),
        (
            b"juror,entry,criterion,score\nJ,E,Impact,7\nJ\xe9,E,Impact,7\n",
            "3: this is not UTF-8 text; save the file again as “CSV UTF-8”",
        ),
        (HEADER.encode("utf-16"), "1: this is not UTF-8 text; save the file again as “CSV UTF-8”"),
        (b"PK\x03\x04\x00\x00", "1: this is not a text file"),
    ],
)
def test_a_file_that_is_no_score_sheet_is_refused(content, fault):
    assert faults(content) == [fault]


def test_twenty_faults_are_listed_and_the_others_counted():
    found = faults(HEADER + "J,E,Impact,11\n" * 21)
    assert (len(found), found[0], found[-1]) == (
        21,
        '2: score 11 is above the scale 0–10 of "Impact"',
        "and 1 more fault",
    )
    assert faults(HEADER + "J,E,Impact,11\n" * 25)[-1] == "and 5 more faults"
    assert len(faults(HEADER + "J,E,Impact,11\n" * 20)) == 20


def test_too_many_different_jurors_and_entries_are_refused():
    assert faults(HEADER + "".join(f"J{i},E{i},Impact,7\n" for i in range(4000)))[0].startswith(
        "1: There are too many different"
    )


def test_cells_that_look_like_formulas_stay_the_names_they_are():
    assert read(HEADER + "=1+1,@E,Impact,7\n").sheet.jurors == ("=1+1",)
