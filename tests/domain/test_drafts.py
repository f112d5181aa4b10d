"""A draft from the comments: the jurors' own words, parted by the scores beside them."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.domain import drafts, score_sheet

SCALES = {"Impact": drafts.Scale(0, 10), "Cost": drafts.Scale(0, 10, "lower")}
ROWS = [("J1", "E1", "Impact", 6), ("J1", "E2", "Impact", 4), ("J2", "E1", "Impact", 5), ("J2", "E2", "Impact", 7), ("J3", "E1", "Impact", 6),
        ("J1", "E1", "Cost", 4), ("J1", "E2", "Cost", 7), ("J2", "E1", "Cost", 7), ("J2", "E2", "Cost", 4)]


def drafted(comments, rows=ROWS, entry="E1"):
    found = drafts.from_comments(score_sheet.from_rows(rows), entry, comments, SCALES)
    return [[point.words for point in points] for points in (found.strengths, found.improvements)]


def test_the_score_beside_the_jurors_own_mean_parts_strengths_from_points_to_improve():
    assert drafted([("Impact", "J1", "Figures."), ("Impact", "J2", "Few users.")]) == [["Figures."], ["Few users."]]


def test_where_the_jurors_mean_says_nothing_the_entrys_mean_beside_all_ballots_does():
    assert drafted([("Impact", "J3", "Only entry I read.")]) == [["Only entry I read."], []]
    assert drafted([("Impact", "J3", "Only entry I read.")], [("J3", "E1", "Impact", 6), ("J1", "E2", "Impact", 8)]) == [[], ["Only entry I read."]]


@pytest.mark.parametrize(("score", "others", "strength"), [("7.5", 10, True), ("7.4", 10, False), ("2.6", 0, True), ("2.5", 0, False)])
def test_in_the_outer_quarters_the_score_speaks_for_itself_whatever_the_juror_gave_the_others(score, others, strength):
    rows = [("J1", "E1", "Impact", score), ("J1", "E2", "Impact", others)]
    assert drafted([("Impact", "J1", "Seen.")], rows) == ([["Seen."], []] if strength else [[], ["Seen."]])


def test_where_the_lower_score_is_the_better_the_sides_turn():
    assert drafted([("Cost", "J1", "Cheap."), ("Cost", "J2", "Dear.")]) == [["Cheap."], ["Dear."]]


@pytest.mark.parametrize(("score", "expected"), [(6, [["Seen."], []]), (4, [[], ["Seen."]]), (5, [[], []])])
def test_an_entry_alone_is_measured_by_the_middle_of_the_scale(score, expected):
    assert drafted([("Impact", "J1", "Seen.")], [("J1", "E1", "Impact", score)]) == expected


def test_a_missing_score_leaves_the_entrys_mean_and_without_any_score_the_comment_is_left_out():
    rows = [("J1", "E1", "Impact", None), ("J2", "E1", "Impact", 4), ("J2", "E2", "Impact", 3)]
    assert drafted([("Impact", "J1", "No score.")], rows) == [["No score."], []]
    assert drafted([("Cost", "J1", "Nobody scored.")], [("J1", "E1", "Cost", None), ("J2", "E1", "Impact", 5)]) == [[], []]
    assert drafted([("Impact", "J9", "Stranger.")]) == [[], []]


def test_words_that_jurors_share_stand_once_and_name_them_all():
    found = drafts.from_comments(score_sheet.from_rows(ROWS + [("J3", "E2", "Impact", 5)]), "E1",
                                 [("Impact", "J1", "Clear\r\nfigures."), ("Impact", "J3", " Clear figures. "), ("Impact", "J2", "  ")], SCALES)
    assert found == drafts.Draft(strengths=(drafts.Point("Impact", ("J1", "J3"), "Clear figures."),))
    assert (found.jurors, drafts.Draft().jurors) == (("J1", "J3"), ())


def test_points_go_below_what_stands_there_and_none_comes_twice():
    points = [drafts.Point("Impact", ("J1",), words) for words in ("One.", "Two.")]
    assert drafts.joined("Mine.\n\nTwo.\n", points) == "Mine.\nTwo.\nOne."
    assert drafts.joined("", points) == "One.\nTwo."


@given(st.lists(st.tuples(st.sampled_from(["Impact", "Cost"]), st.sampled_from(["J1", "J2", "J3"]), st.text(max_size=40))))
def test_no_word_is_invented_and_none_is_lost_where_scores_tell(comments):
    strengths, improvements = drafted(comments)
    assert {*strengths, *improvements} == {" ".join(words.split()) for _criterion, _juror, words in comments} - {""}
    assert [line for line in (*strengths, *improvements) if line != " ".join(line.split())] == []
