"""The ranking page and an entry's own: how certain it is, lines, categories, special awards, order, and the sums redone by hand."""
import re

import pytest

from award.web import ranking_words, workings_words
from tests.web.ranked import ranked

APART = {1: "5555", 2: "3333", 3: "2222", 4: "0000"}
TIED = {1: "55", 2: "33", 3: "33", 4: "11"}
NEAR = {1: "545", 2: "554", 3: "222"}


def page(world, query=""):
    answer = world.client.get(f"/stages/{world.stage}/ranking{query}")
    assert answer.status_code == 200
    return answer.text


def rows(text):
    """The titles of the entries in the order of the table."""
    return re.findall(r'class="row" [^>]*>Title (\d)<', text)


def cells(text, title):
    """The words of each cell of the entry's first row."""
    row = re.search(rf"<tr>(?:(?!<tr>).)*?>Title {title}<.*?</tr>", text, re.S)[0]
    return [re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<span class=\"hid\">.*?</span>|<[^>]+>", " ", cell)).strip()
            for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.S)]


def bands(text):
    return [re.sub("<[^>]+>", "", found) for found in re.findall(r'<tr class="band">(.*?)</tr>', text)]


def test_entries_that_the_ballots_cannot_tell_apart_stand_in_one_band(app):
    text = page(ranked(app))
    assert bands(text) == ["Ranks 1 to 3: these ballots cannot tell them apart", "Ranks 4 to 5: these ballots cannot tell them apart"]
    assert "<h1>The first place is shared</h1>" in text


@pytest.mark.parametrize(("scores", "said"), [
    ({1: "554", 2: "544", 3: "454", 4: "110"}, "The top is close"), ({1: "554", 2: "544", 3: "454"}, "No entry is clearly ahead"),
    ({1: "5555", 2: "3223", 3: "2323", 4: "3131"}, "One clear first. The rest is close."), ({1: "555"}, "The ranking as it stands")])
def test_the_title_says_how_it_stands(app, scores, said):
    assert f"<h1>{said}</h1>" in page(ranked(app, scores=scores))


def test_a_clear_first_is_said_to_be_ahead_of_all_others(app):
    text = page(ranked(app, scores=APART))
    assert bands(text) == ["Ahead of all others", *(f"Rank {n}, apart from the others" for n in (2, 3, 4))]
    assert "<h1>One clear first</h1>" in text


def test_a_row_shows_the_interval_of_its_rank_its_chance_and_whether_it_holds(app):
    text = page(ranked(app, scores=APART, rules={"top": [1, 2]}))
    assert cells(text, 2) == ["2", "Title 2 Desk team · LA27-002", "52.0", "", "4", "0.0", "2", "in all", "yes"]
    assert cells(text, 3)[-3:] == ["3", "in none", "yes"]
    assert '<span class="hid">52.0 to 52.0; ballots 52.0; 52.0; 52.0; 52.0</span>' in text


def test_the_cut_line_stands_between_those_who_go_on_and_the_rest(app):
    text = page(ranked(app, scores=APART, rules={"cut": 2}))
    cut = re.search(r'<tr class="cut">.*?</tr>', text)
    assert "Cut line: 2 go on." in cut[0] and "Rank 2 and rank 3 are 20.0 points apart." in cut[0]
    assert text.index(">Title 2<") < cut.start() < text.index(">Title 3<")


def test_a_tie_across_the_cut_line_is_reported(app):
    text = page(ranked(app, scores=TIED, rules={"cut": 2, "ties": []}))
    cut = re.search(r'<tr class="cut">.*?</tr>', text)
    assert "2 entries with equal scores stand across it." in cut[0]
    assert text.index(">Title 1<") < cut.start() < text.index(">Title 2<")
    assert "Equal scores stand across the cut line. The jury decides who goes on." in text
    assert cells(text, 2)[1].endswith("· shared place")


def test_first_and_second_within_the_margin_ask_for_a_deliberation(app):
    said = "First and second are 0 points apart, less than 2: the jury deliberates before it decides."
    assert said in page(ranked(app, scores=NEAR, rules={"margin": "2"}))


def test_first_and_second_beyond_the_margin_ask_for_nothing(app):
    assert "the jury deliberates before it decides" not in page(ranked(app, scores=APART, rules={"margin": "2"}))


def test_a_category_has_ranks_of_its_own(app):
    world = ranked(app, scores=APART, categories={1: "Cities", 2: "Schools", 3: "Schools", 4: "Cities"})
    text = page(world, "?category=Schools")
    assert (rows(text), cells(text, 3)[0]) == (["2", "3"], "2")
    assert rows(page(world)) == ["1", "2", "3", "4"]
    assert world.client.get(f"/stages/{world.stage}/ranking?category=Villages").status_code == 404


def test_agreement_and_shares_are_those_of_the_category_in_view(app):
    scores = {1: "543", 2: "432", 3: "135", 4: "351"}
    world = ranked(app, scores=scores, categories={1: "Cities", 2: "Cities", 3: "Schools", 4: "Schools"})
    assert "The jurors judged very much alike." not in page(world)
    assert "The jurors often differed." in page(world, "?category=Schools")
    assert "The shares" in page(world, "?category=Cities")


def test_a_special_award_has_its_own_ranking_and_criteria(app):
    world = ranked(app, scores=APART, award=[2, 3])
    text = page(world, "?award=First+Penguin")
    assert rows(text) == ["2", "3"]
    assert cells(text, 2)[2] == "40.0"
    columns = page(world, "?award=First+Penguin&look=criteria")
    assert ("Novelty 100%" in columns, "Impact" in re.search("<thead>.*?</thead>", columns)[0]) == (True, False)
    assert world.client.get(f"/stages/{world.stage}/ranking?award=Else").status_code == 404


@pytest.mark.parametrize(("sort", "order"), [("rank", "12345"), ("title", "12345"), ("criterion:Impact", "12345"), ("ballots", "12345"),
                                             ("spread", "51234"), ("raw_mean", "12345"), ("nonsense", "12345"), ("score", "12345")])
def test_the_table_is_sorted_by_what_the_address_asks_for_if_it_is_listed(app, sort, order):
    text = page(ranked(app), f"?sort={sort}")
    assert "".join(rows(text)) == order
    assert len(re.findall("aria-sort", text)) == (0 if sort in ("criterion:Impact", "raw_mean") else 1)


def test_sorted_otherwise_the_table_has_no_bands_and_no_line(app):
    text = page(ranked(app, rules={"cut": 2}), "?sort=title")
    assert (bands(text), 'class="cut"' in text, 'aria-sort="ascending"' in text) == ([], False, True)


def test_columns_per_criterion_come_on_demand(app):
    world = ranked(app)
    assert "Averages per criterion" not in page(world)
    text = page(world, "?look=criteria&sort=criterion:Novelty")
    assert cells(text, 1) == ["1", "Title 1", "4.67", "3.67", "85.3", "85.3"]
    assert 'aria-sort="descending"' in text


def test_what_the_rules_refuse_is_said_with_what_to_do_and_the_mean_is_shown(app):
    text = page(ranked(app, scores=TIED, rules={"method": "additive"}))
    assert "Correcting for severity needs at least three jurors" in text
    assert "Until then the preview shows the mean of the ballots." in text
    assert rows(text) == ["1", "2", "3", "4"]


def test_unconnected_groups_are_ranked_by_themselves(app):
    scores = {1: "543---", 2: "332---", 3: "221---", 4: "---543", 5: "---332", 6: "---121"}
    text = page(ranked(app, scores=scores, rules={"method": "additive", "unconnected": "within"}))
    assert [words for words in bands(text) if "by itself" in words] == ["Group 1, ranked by itself", "Group 2, ranked by itself"]
    assert "The jury judged in 2 groups without a common entry." in text


def test_an_entry_below_the_threshold_stands_without_a_place_and_says_why(app):
    text = page(ranked(app, scores=APART, rules={"threshold": "3"}))
    assert bands(text)[-1] == "Below the threshold, so without a place"
    assert cells(text, 4)[0] == "–" and "below the threshold The means of the criteria add up to 0; the threshold is 3." in cells(text, 4)[-1]


def test_an_entry_with_too_few_ballots_has_no_place_and_says_why(app):
    text = page(ranked(app, scores={1: "55", 2: "44", 3: "3-"}, rules={"min_ballots": 2}))
    assert bands(text)[-1] == "Without a place: too little to go by"
    assert "1 ballot counts and the rules ask for 2" in cells(text, 3)[-1]


def test_the_preview_says_how_many_ballots_are_in(app):
    assert "15 of 15 ballots are in." in page(ranked(app))


def test_a_result_of_the_first_version_is_shown_without_what_it_does_not_hold(app, monkeypatch):
    from award.domain import first_form
    from award.services import results
    world = ranked(app, state="locked")
    shown = results.shown
    monkeypatch.setattr(results, "shown", lambda stage: (first_form.first_form(shown(stage)[0]), None))
    text = page(world)
    assert (rows(text), bands(text), "Rank lies within" in text) == (["1", "2", "3", "4", "5"], [], False)
    assert "frozen by an earlier version" in text
    assert world.client.get(f"/stages/{world.stage}/ranking/LA27-001").status_code == 200
    assert world.client.get(f"/stages/{world.stage}/ranking?page=all").status_code == 200


@pytest.mark.parametrize(("rules", "said"), [
    ({}, "(92.00 + 92.00 + 72.00) ÷ 3 = 256.00 ÷ 3"),
    ({"method": "trimmed_mean", "trim": 1}, "(92.00 + 92.00 + 72.00) ÷ 3 = 256.00 ÷ 3"),
    ({"method": "median"}, "92.00 ÷ 1"),
    ({"method": "mean_rank"}, "÷ 3"),
    ({"method": "borda"}, "100 × (3.50 + 3.50 + 2.50) ÷ 12"), ({"method": "zscore"}, "÷ 3"), ({"method": "additive"}, "÷ 3"),
    ({"method": "median", "order": "criterion"}, "60.00 + 32.00")])
def test_the_sum_of_an_entry_is_written_out_under_every_method(app, rules, said):
    scores = {1: "55425", 2: "45434", 3: "44344"} if rules.get("trim") else None
    world = ranked(app, rules=rules, scores=scores)
    answer = world.client.get(f"/stages/{world.stage}/ranking/LA27-001")
    foot = re.search(r"<tfoot>.*?</tfoot>", answer.text, re.S)
    assert answer.status_code == 200
    assert said in foot[0], foot[0]


def test_an_entry_says_which_juror_moves_it_and_how_it_stands_elsewhere(app):
    world = ranked(app)
    text = world.client.get(f"/stages/{world.stage}/ranking/LA27-001").text
    assert "Its rank under other rules:" in text and f"/stages/{world.stage}/comparison" in text
    assert "Rank lies within" in text and "First in" in text


@pytest.mark.parametrize(("figure", "said"), [(0.9, "The jurors judged very much alike."), (0.33, "The jurors agreed in part"),
                                              (-0.1, "The jurors often differed. That is no error")])
def test_agreement_is_one_kind_sentence(figure, said):
    assert str(ranking_words.agreement({"agreement": {"alpha_interval": figure}})).startswith(said)


def test_a_formula_stands_for_every_method():
    from award.domain.aggregation import METHODS
    assert sorted(workings_words.FORMULAS) == sorted(METHODS)


def test_the_budget_is_given_down_the_ranking(app):
    text = page(ranked(app, scores=APART, costs={1: 60, 2: 30, 3: 20, 4: 5}, rules={"budget": "100"}))
    assert "2 entries are given what they ask, down the ranking; 10 of 100 is left." in text
    assert [cells(text, n)[-1] for n in (1, 2, 3, 4)] == ["60", "30", "no", "no"]


def test_a_stage_without_ballots_asked_does_not_say_that_all_are_in(app):
    world = ranked(app, scores={1: "---"}, state="draft")
    text = page(world)
    assert ("No entry has a place yet" in text, "All ballots are in" in text) == (True, False)
