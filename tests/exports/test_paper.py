"""What is printed is whole and stands where it belongs: names, heads, labels, marks and the folio."""

import re
from dataclasses import replace

import pytest
from fontTools.ttLib import TTFont

from award.domain import result, rules_file, score_sheet
from award.domain.report import Conflict, Entry, Heading, from_result
from award.exports.paper import charts, entry_charts
from award.exports.paper.composition import compose, ending
from award.exports.paper.entry_pages import EntryPages
from award.exports.paper.glyphs import BOLD, FALLBACKS, FONTS, Glyphs, width
from award.exports.paper.ranking_page import COLUMNS, ranking_page
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES
from tests.exports import sample
from tests.exports.documents import text_of, typeset_here

MARKUP, HEBREW, LONG = '<b>HTML & "quotes"</b>', "פרויקט השקיפות 2026", ("Names of entries may be long " * 11)[:300]
JURORS = [f"J{j:02}" for j in range(1, 21)]


def sheet_of(entries, criteria, jurors=JURORS[:3], **more):
    """A report of a bare score sheet; criteria are (name, share, scale, step), all scores the middle of the scale and above."""
    rules = rules_file.from_dict({"criterion": [dict(zip(("name", "share", "scale", "step"), c, strict=True)) for c in criteria]})
    rows = [
        (juror, entry, name, low + (high - low) * (6 + i % 3) // 10)
        for i, entry in enumerate(entries) for juror in jurors for name, _, (low, high), _ in criteria
    ]
    return from_result(result.compute(rules, score_sheet.from_rows(rows), seed=1, **more), title="Award 2026")


@pytest.fixture(scope="module")
def odd():
    """Twenty jurors; entries whose names are markup, written from right to left, or 300 characters long; four ballots voided."""
    voided = [{"juror": j, "entry": e, "cause": "voided"} for e in (MARKUP, LONG) for j in ("J09", "J04")]
    criteria = (("Impact", 60, [0, 5], 0.25), ("Cost", 40, [0, 100], 1))
    return sheet_of((MARKUP, HEBREW, LONG), criteria, JURORS, exclusions=voided)


@pytest.fixture(scope="module")
def printed(odd):
    return text_of(typeset_here(odd)).split("\f")


def labels(chart):
    """[(left, right, words)] of the labels of a chart, at the width of the semibold face where they have it."""
    found = []
    for tag, at, words in chart.marks:
        if tag == "text" and words:
            wide = width(words, at["font-size"]) * (BOLD if at.get("font-weight") else 1)
            left = float(at["x"]) - wide * {"middle": 0.5, "end": 1}.get(at.get("text-anchor"), 0)
            found.append((left, left + wide, words))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_in_the_heads_of_the_ranking_is_broken(language):
    rules = sample.rules(method="trimmed_mean", trim=1)
    columns = ranking_page(Pages(from_result(sample.compute(sample.rows(3, 6), book=rules), title="x"), language)).columns
    assert len(columns) > 3
    assert [c.head for c in columns for word in c.head.split() if width(word, 8) * BOLD + 4 > c.width] == []
    assert all(f".ranking col.f{wide} {{ width: {wide}pt; }}" in (FONTS.parent / "print.css").read_text("utf-8") for wide in COLUMNS)


def test_markup_in_a_name_is_printed_as_it_was_written(printed):
    assert [page for page in printed if re.search("&(lt|amp|gt|#34)", page)] == []
    assert f"Entry {MARKUP} · 1 of" in "".join(printed)


def test_the_folio_counts_after_a_name_from_right_to_left(printed):
    folios = [page.rstrip().splitlines()[-1] for page in printed if "Place" in page and "השקיפות" in page]
    assert [folio[-6:] for folio in folios if "Entry" in folio] == ["1 of 2"]


@pytest.mark.parametrize("score", [0, 3, 50, 97, 100])
def test_the_label_of_the_entry_stays_on_the_page_with_its_score(score):
    chart = charts.strip([0, score, 100], (score, "entry", LONG, "76.3"), (0, 100, [(0, "0"), (100, "100")]), "x")
    left, right, words = max(labels(chart), key=lambda one: len(one[2]))
    assert (left >= 0, right <= 471, words.endswith("76.3"), words.startswith("Names of")) == (True,) * 4


def test_a_name_from_right_to_left_leaves_the_score_in_a_chart():
    chart = charts.strip([0, 50], (50, "entry", HEBREW, "50.0"), (0, 100, []), "x")
    assert [words for _, _, words in labels(chart)] == ["50.0"]
    assert charts.words((0, 0), HEBREW)[2] == ""


def test_no_paragraph_begins_or_ends_with_a_space():
    for report in (sample.full(), sample.alone(), sample.nothing()):
        assert [found for part in compose(report, "en") for found in re.findall(r"<p[^>]*>\s.{40}|.{40}\s</p>", part, re.DOTALL)] == []


def test_the_table_of_twenty_jurors_begins_on_the_page_of_the_title(printed):
    for name in (MARKUP, "Names of entries"):
        page = next(p for p in printed if "ballots counted" in p and name in p and "ranking" not in p)
        assert ("From the ballots" in page, "J18" in page) == (True, True)


def test_the_key_stands_whole_below_the_last_row_of_its_table(printed):
    pages = [page for page in printed if "In parentheses" in page]
    assert len(pages) == 2
    assert [("All entries" in page, "J04, J09, not counted: the ballot was voided." in page) for page in pages] == [(True, True)] * 2


def test_ballots_that_do_not_count_follow_by_juror_and_then_by_entry(odd):
    assert [(j, e) for j, e, _ in Pages(odd, "en").uncounted] == [(j, e) for j in ("J04", "J09") for e in (MARKUP, LONG)]
    swapped = replace(odd, jury=replace(odd.jury, conflicts=tuple(Conflict(j, e) for j in ("J09", "J04") for e in (LONG, MARKUP))))
    assert list(Pages(swapped, "en").conflicts) == [(j, e) for j in ("J04", "J09") for e in (MARKUP, LONG)]


def test_the_author_of_a_comment_stands_beside_its_last_word():
    comments = [part for part in compose(sample.full(), "en") if "<cite>" in part]
    assert comments
    quoted = [re.search(r'<span class="nb">(\S+) <cite>', one) for part in comments for one in part.split("<blockquote>")[1:]]
    assert {one[1] for one in quoted} == {"it.", "aloud."}
    assert ending("See\nhttps://example.org/" + "long" * 20)[1] == ""


@pytest.mark.parametrize("shares", [(40, 35, 15, 10), (20,) * 5, (90, 4, 3, 3), (100,)])
def test_each_part_of_the_bar_of_shares_has_a_name_that_covers_no_other(shares):
    names = ["Novelty and the courage to try what nobody tried", "Impact", "Cost (lower is better)", "Scalability", "Transferability"]
    chart = charts.share_bar([(n, s / 100, f"{s}%") for n, s in zip(names, shares, strict=False)], "x")
    below = [(left, right, float(at["y"])) for (left, right, _), at in zip(labels(chart), [m[1] for m in chart.marks if m[0] == "text"], strict=True)
             if float(at["y"]) > 20]
    assert len(below) >= min(3, len(shares))
    assert len(below) == len(shares) or min(shares) < 10
    for line in {y for _, _, y in below}:
        ends = [edge for left, right, y in below if y == line for edge in (left, right)]
        assert ends == sorted(ends)
        assert (ends[0] >= 0, ends[-1] <= 471.01) == (True, True)
    assert max(y for _, _, y in below) < chart.height


@pytest.mark.parametrize(
    ("written", "shown", "replaced"),
    [
        ("19\u2002X", "19 X", 0),
        ("a\u2003b\u3000c", "a b c", 0),
        ("李\u2002小龍", "□ □", 2),
        ("\ufb01rst", "first", 0),
        ("\uff1cb\uff1e \uff06", "□b□ □", 3),
    ],
)
def test_spaces_and_plain_forms_stand_for_characters_that_the_fonts_lack(written, shown, replaced):
    glyphs = Glyphs()
    assert (glyphs.printable(written), glyphs.replaced) == (shown, replaced)


@pytest.mark.parametrize("name", FALLBACKS)
def test_the_typefaces_of_other_scripts_have_the_space_between_words(name):
    with TTFont(FONTS / f"{name}.ttf") as font:
        assert {0x20, 0xA0} <= set(font.getBestCmap())


def test_scores_have_the_decimals_of_their_own_criterion(odd):
    view = EntryPages(Pages(odd, "en"), HEBREW)
    assert view.grids()[0].rows[0][1] == ("3.00", "70", "64.0")


def test_the_reason_without_a_place_names_the_entry_once(odd):
    without = {"status": "not_rankable", "reasons": [{"code": "no_ballot"}]}
    few = {**odd.result, "entries": [{**e, **without} for e in odd.result["entries"]]}
    assert {name for name, _ in Pages(replace(odd, result=few), "en").unplaced} == {""}
    below = Pages(sample.full(), "en").unplaced
    assert [(name, str(why)[:21]) for name, why in below] == [("FIA26-007", "The mean on “Results”")]


def test_a_shared_place_has_its_sign_everywhere():
    pages = Pages(sheet_of(("A", "B", "C", "D"), (("Impact", 1, [0, 10], 1),)), "en")
    assert [pages.place(key) for key in pages.outcomes] == ["1", "2", "3=", "3="]
    assert pages.sharing == {"A", "D"}


def test_a_line_that_does_not_start_at_the_end_of_the_scale_says_so(odd):
    assert entry_charts.span(62, 97) == (60, 100)
    pages = Pages(odd, "en")
    scores = [outcome["score"] for outcome in pages.outcomes.values()]
    low = entry_charts.span(min(scores), max(scores))[0]
    assert entry_charts.strip(EntryPages(pages, HEBREW))[1].startswith(f"The line starts at {low:g}") == (low > 0)
    assert low > 0


@pytest.mark.parametrize(
    ("programme", "title", "names"),
    [
        ("Federal Award", "Federal Award 2025", ["Federal Award 2025"]),
        ("Federal Award", "Spring 2025", ["Federal Award", "Spring 2025"]),
        ("Federal Award", "", ["Federal Award"]),
    ],
)
def test_the_running_head_says_no_name_twice(programme, title, names):
    assert Pages(replace(sample.nothing(), heading=Heading(programme, title)), "en").names == names


def test_the_cover_says_the_name_of_a_lone_programme_once():
    report = replace(sample.alone(), entries=(Entry(sample.key(1)),))
    assert re.findall(">(?:Award 2026)<[^>]*>", compose(report, "en")[0]) == [">Award 2026</h1>"]
