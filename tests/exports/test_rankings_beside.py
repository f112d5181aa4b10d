"""The lines of a ranking, its categories and its special awards on paper: there where the result has them, and never off the page."""

import re
import subprocess
from dataclasses import replace

import pytest

from award.domain import result, rules_file, score_sheet
from award.domain.report import Entry, Team, from_result
from award.exports.paper import charts, composition, fields_page, lines_page
from award.exports.paper.documents.jury_report import SECTIONS
from award.exports.paper.ranking_page import LEAST, PAGE, RANK, award_page, category_page, ranking_page
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES, translate
from tests.exports.documents import bound_here

CRITERIA = [{"name": "Impact", "share": 60, "scale": [0, 10]}, {"name": "Reach", "share": 40, "scale": [0, 10]},
            {"name": "Nerve", "share": 0, "scale": [0, 10]}]
PENGUIN = {"name": "First Penguin", "entries": ["A", "C", "D"], "criterion": [{"name": "Nerve", "share": 3}, {"name": "Reach", "share": 1}]}
SCORES = {"A": 9, "B": 8, "C": 6, "D": 4}


def judged(scores=None, *, facts=(), language="en", **rules):
    scores = scores or SCORES
    rows = [(f"J{j}", entry, criterion, max(0, min(10, high - 1 + (j + i) % 3))) for j in (1, 2, 3) for entry, high in scores.items()
            for i, criterion in enumerate(("Impact", "Reach", "Nerve"))]
    found = result.compute(rules_file.from_dict({"criterion": CRITERIA, "special": [PENGUIN], **rules}), score_sheet.from_rows(rows), seed=1,
                           facts=facts, diagnostics=False)
    return Pages(from_result(found, title="Award 2026"), language)


def part(pages, key):
    """The fragment of the part with this key; None where there is none."""
    titles = {s.key: translate(s.title, pages.language) for s in SECTIONS}
    found = [one for one in composition.compose(pages.report, pages.language) if re.search(rf"</span>{titles[key]}</h1>", one)]
    return found[0] if found else None


def plain(fragment):
    """The words of a fragment, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", fragment).split())


def test_a_special_award_has_its_name_shares_and_ranking():
    words = plain(part(judged(), "special_awards"))
    assert "Special award “First Penguin”, for named entries: a ranking of its own by Nerve 75%, Reach 25%." in words
    assert "It is ranked from the same ballots as the main ranking, with these shares of the criteria." in words
    rows = [row for _heading, found in award_page(judged(), judged().result["special_awards"][0]).groups for row in found]
    pages = judged()
    expected = [(str(line["rank"]), line["entry"], pages.score(line["score"])) for line in pages.result["special_awards"][0]["entries"]]
    assert [(row.rank, row.key, row.cells[0]) for row in rows] == expected


def test_without_special_awards_there_is_no_such_part():
    pages = judged(special=[])
    assert part(pages, "special_awards") is None


def test_a_special_award_ranked_by_the_mean_says_why():
    pages = judged()
    pages.result["special_awards"][0] |= {"note_code": "by_mean"}
    assert str(fields_page.told(pages, pages.result["special_awards"][0])[-1]).startswith("Ranked by the mean")


def test_the_bar_of_shares_leaves_out_what_only_special_awards_use_and_the_table_keeps_it():
    pages = judged()
    rects = [mark for mark in composition.shares(pages).marks if mark[0] == "rect"]
    assert len(rects) == 2
    words = plain(part(pages, "process"))
    assert "2 criteria and their shares" in words
    assert "Nerve 0%" in words


def test_categories_are_ranked_among_themselves():
    pages = judged(facts=[{"entry": e, "category": c} for e, c in (("A", "City"), ("B", "Town"), ("C", "Town"), ("D", "City"))])
    assert fields_page.categories(pages) == ["City", "Town"]
    rows = [row for _heading, found in category_page(pages, "Town").groups for row in found]
    assert [(row.rank, row.key, row.cells[0]) for row in rows] == [("1", e, pages.score(pages.outcomes[e]["score"])) for e in ("B",)] + [
        ("2", "C", pages.score(pages.outcomes["C"]["score"]))]
    assert "By category City. Ranked among themselves" in plain(part(pages, "ranking"))
    assert "By category" not in plain(part(judged(), "ranking"))


def rows_of(pages):
    return [row for _heading, found in ranking_page(pages).groups for row in found]


def test_the_cut_line_stands_over_the_first_that_does_not_go_on():
    pages = judged(cut=2)
    assert [(row.key, bool(row.above)) for row in rows_of(pages)] == [("A", False), ("B", False), ("C", True), ("D", False)]
    fragment = part(pages, "ranking")
    difference = pages.score(pages.outcomes["B"]["score"] - pages.outcomes["C"]["score"])
    assert f"Cut line: 2 go on. Rank 2 and rank 3 are {difference} points apart." in plain(fragment)
    assert fragment.index('class="cut"') > fragment.index(">B</a>")
    assert fragment.index('class="cut"') < fragment.index(">C</a>")


@pytest.mark.parametrize("places", [4, 9])
def test_where_all_go_on_no_line_is_drawn(places):
    assert [row.key for row in rows_of(judged(cut=places)) if row.above] == []


def test_equal_scores_across_the_cut_line_are_named():
    words = plain(part(judged({"A": 9, "B": 6, "C": 6, "D": 4}, cut=2), "ranking"))
    assert "Cut line: 2 go on. 2 entries with equal scores stand across it." in words
    assert "Equal scores stand across the cut line: B, C. The jury decides who goes on." in words


@pytest.mark.parametrize(("margin", "said"), [(99, "less than 99: the jury deliberates before it decides."),
                                              (0.5, "below 0.5 the jury would have to deliberate first.")])
def test_what_the_margin_asks_is_said(margin, said):
    pages = judged(margin=margin)
    (sentence,) = map(str, lines_page.said(pages))
    assert sentence.endswith(said)
    assert f"First and second are {pages.natural(round(pages.result['lines']['margin']['difference'], 4))} points apart" in sentence


def test_the_budget_says_what_is_given_and_what_is_not():
    costs = {"A": 50, "B": 30, "C": 40, "D": 5}
    pages = judged(budget=90, facts=[{"entry": e, "cost": cost} for e, cost in costs.items()])
    told, rows = lines_page.budget(pages)
    assert str(told) == "2 entries are given what they ask, down the ranking; 10 of 90 is left."
    assert [(one.key, one.cost, one.left) for one in rows] == [("A", "50", "40"), ("B", "30", "10"), ("C", "40", ""), ("D", "5", "")]
    assert "C 40 – 4 D 5 –" in plain(part(pages, "ranking"))


def test_an_entry_below_the_overall_threshold_stands_with_its_figures():
    pages = judged(threshold=12)
    last = rows_of(pages)[-1]
    assert (last.key, last.rank, last.cells[0]) == ("D", "–", pages.score(pages.outcomes["D"]["score"]))
    assert "The means of the criteria add up to 8; the threshold is 12." in plain(part(pages, "ranking"))


def test_the_score_of_this_stage_and_of_the_one_before_stand_beside_the_score():
    facts = [{"entry": e, "carried": c} for e, c in zip("ABCD", ("4/5", "1/2", "3/5", "1/4"), strict=True)]
    pages = judged(carried=40, facts=facts, top=[1, 2, 3], cut=2)
    heads = [column.head for column in ranking_page(pages).columns]
    assert heads[:3] == ["Score", "Score of this stage", "Score of the stage before"]
    first = rows_of(pages)[0]
    assert first.cells[1:3] == (pages.score(pages.outcomes["A"]["own_score"]), "80.0")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_leave_room_for_the_entry(language):
    facts = [{"entry": e, "carried": "1/2", "category": "City"} for e in "ABCD"]
    pages = judged(carried=40, facts=facts, top=[1, 2, 3], cut=2, language=language, method="additive", special=[PENGUIN | {"entries": list("ABCD")}])
    for page in (ranking_page(pages), category_page(pages, "City"), award_page(pages, pages.result["special_awards"][0])):
        assert sum(column.width for column in page.columns) <= PAGE - RANK - LEAST
        assert len(page.columns) > 2


def test_nothing_leaves_the_page_with_sixty_entries_long_titles_and_names_from_right_to_left(tmp_path):
    scores = {f"E{n:02}": 1 + n % 9 for n in range(60)}
    facts = [{"entry": e, "category": f"Category {n % 2} " + "with a long name " * 6, "cost": 1e6 + n} for n, e in enumerate(scores)]
    pages = judged(scores, language="de", cut=10, margin=3, budget=5_000_000, facts=[{**f, "category": f["category"].strip()} for f in facts],
                   special=[{**PENGUIN, "name": ("A special award " * 15).strip(), "entries": list(scores)}])
    titles = ("פרויקט השקיפות 2026", "A title that goes on " * 14, "Donaudampfschifffahrtsgesellschaft" * 6)
    entries = tuple(Entry(e, titles[n % 3].strip(), Team("مبادرة جديدة")) for n, e in enumerate(scores))
    pages = Pages(replace(pages.report, entries=entries), "de")
    document = tmp_path / "parts.pdf"
    parts = [part(pages, key).replace(' href="#', ' title="') for key in ("ranking", "special_awards")]  # the pages they lead to are not bound
    document.write_bytes(bound_here(parts))
    seen = subprocess.run(["pdftotext", "-bbox", str(document), "-"], capture_output=True, check=True).stdout.decode()  # noqa: S607
    ends = [(float(a), float(b)) for a, b in re.findall(r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"', seen)]
    assert len(ends) > 1000
    assert (min(a for a, _ in ends) >= 61, max(b for _, b in ends) <= 595 - 61) == (True, True)


def test_a_share_of_nothing_has_no_sliver():
    assert len([m for m in charts.share_bar([("A", 1.0, "100%")], "x").marks if m[0] == "rect"]) == 1


def test_groups_that_share_no_juror_have_headings():
    rows = [(f"{group}{j}", f"{group}{n}", "C", 1 + (n * j) % 5 + n) for group in "XY" for j in (1, 2, 3) for n in (1, 2, 3)]
    rules = {"method": "additive", "unconnected": "within", "criterion": [{"name": "C", "share": 1, "scale": [0, 10]}]}
    found = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), seed=1)
    headings = [str(heading) for heading, _rows in ranking_page(Pages(from_result(found, title="x"), "en")).groups]
    assert {heading.split(",")[0] for heading in headings} == {"Group 1", "Group 2"}
