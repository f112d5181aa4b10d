"""The score of an entry worked out on paper: under every method the printed figures lead to the printed score."""

import re

import pytest

from award.domain import result, score_sheet
from award.domain.aggregation import METHODS
from award.domain.report import from_result
from award.exports.paper import arithmetic, method_words
from award.exports.paper.composition import compose
from award.exports.paper.entry_pages import EntryPages
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES
from tests.exports import sample

WAYS = [(key, order) for key, method in METHODS.items() for order in ("ballot", "criterion") if order in method.orders]


def judged(*, jurors=5, units="score", facts=(), **rules):
    book = sample.rules(ties=["firsts"], **rules)
    found = result.compute(book, score_sheet.from_rows(sample.rows(5, jurors)), seed=7, units=units, facts=facts, diagnostics=False)
    return Pages(from_result(found, title="Award 2026"), "en")


def by_hand(pages, entry=1):
    return arithmetic.of_entry(EntryPages(pages, sample.key(entry)))


def reckoned(written):
    """What a reader reckons from a printed sum: only figures, brackets and the four signs."""
    assert re.fullmatch(r"[\d.,()+×÷− ]+", written)
    plain = written.translate(str.maketrans({"×": "*", "÷": "/", "−": "-", ",": ""}))
    return eval(plain, {"__builtins__": {}})  # noqa: S307 - figures and signs alone, by the line above


@pytest.mark.parametrize("entry", [1, 3, 5])
@pytest.mark.parametrize(("method", "order"), WAYS)
def test_each_step_of_the_printed_sum_gives_the_score(method, order, entry):
    pages = judged(method=method, order=order, trim=1)
    (line,) = by_hand(pages, entry).sums
    score = pages.outcomes[sample.key(entry)]["score"]
    assert [reckoned(step) for step in line.split(" = ")] == pytest.approx([score] * len(line.split(" = ")), abs=0.0051)


@pytest.mark.parametrize(("method", "order"), WAYS)
def test_the_columns_of_the_method_stand_beside_each_ballot_that_counts(method, order):
    found = by_hand(judged(method=method, order=order, trim=1))
    assert {len(row) for row in found.rows} <= {len(found.heads)}
    assert len(found.rows) == (0 if (method, order) == ("mean", "ballot") else 5)


@pytest.mark.parametrize("method", ["additive", "mean_rank", "borda", "zscore"])
def test_the_last_column_holds_what_the_sum_adds(method):
    found = by_hand(judged(method=method), 2)
    at = found.heads.index("Won") if method == "borda" else -1
    added = re.search(r"\((.*?)\)", found.sums[0])[1].split(" + ")
    assert [reckoned(row[at]) for row in found.rows] == pytest.approx([reckoned(part) for part in added], abs=1e-9)


def test_a_ballot_less_the_severity_of_its_juror_is_the_corrected_one():
    rows = by_hand(judged(method="additive"), 2).rows
    corrected = [reckoned(f"{ballot} − ({severity})") for _juror, ballot, severity, _corrected in rows]
    assert corrected == pytest.approx([reckoned(row[3]) for row in rows], abs=2e-4)


def test_which_ballots_a_trimmed_mean_leaves_out_is_printed():
    rows = by_hand(judged(method="trimmed_mean", trim=1)).rows
    ballots = {float(ballot): counts for _juror, ballot, counts in rows}
    assert [value for value, counts in ballots.items() if counts == "left out"] == [min(ballots), max(ballots)]


def test_which_scores_a_trimmed_mean_per_criterion_leaves_out_is_printed():
    found = by_hand(judged(method="trimmed_mean", order="criterion", trim=1))
    assert found.heads == ("Criterion", "Left out", "Value", "Share", "Points")
    assert [len(row[1].split("; ")) for row in found.rows] == [2] * 5


def test_the_stage_before_is_added_in():
    facts = [{"entry": sample.key(n), "carried": f"{n}/8"} for n in range(1, 6)]
    pages = judged(carried=30, facts=facts)
    own, both = by_hand(pages).sums
    outcome = pages.outcomes[sample.key(1)]
    left, right = both.split(" = ")
    assert (reckoned(left), reckoned(right)) == pytest.approx((outcome["score"],) * 2, abs=0.0051)
    assert left == f"0.7 × {own.rsplit(' = ')[-1].removesuffix('0')} + 0.3 × 12.5"
    assert EntryPages(pages, sample.key(1)).grids()[0].rows[-1][2] == "final"


def test_a_score_in_scale_units_is_put_on_the_scale():
    pages = judged(units="scale")
    last = by_hand(pages).sums[-1]
    assert last == f"91.50 of 100 is {pages.outcomes[sample.key(1)]['score']:.2f} on the scale from 0 to 5."


def test_many_ballots_stand_in_a_table_and_the_sum_says_what_they_add_up_to():
    found = by_hand(judged(jurors=14))
    assert (found.heads, len(found.rows)) == (("Juror", "Ballot"), 14)
    assert sum(float(ballot) for _juror, ballot in found.rows) == pytest.approx(reckoned(found.sums[0].split(" ÷ ")[0]))


def test_the_first_ballot_is_written_out_from_its_scores():
    told = by_hand(judged()).told[1]
    juror, written, ballot = re.fullmatch(r"For (\S+): (.*) = (.*)\.", told).groups()
    assert (juror, reckoned(written)) == ("J01", float(ballot))


def test_an_entry_without_a_score_has_no_arithmetic():
    book = sample.rules(min_ballots=3)
    found = sample.compute([row for row in sample.rows(3, 4) if row[1] != sample.key(2) or row[0] == "J01"], book=book)
    pages = Pages(from_result(found, title="x"), "en")
    assert (pages.outcomes[sample.key(2)]["score"], by_hand(pages, 2)) == (None, None)


@pytest.mark.parametrize(("method", "order"), WAYS)
def test_the_formula_of_the_method_stands_with_its_letters(method, order):
    rules = {"method": method, "order": order}
    lines, known = method_words.formula(rules), method_words.FORMULAS[method]
    assert (lines[-1] == known) if order == "ballot" else (lines[0] == "v = " + known.replace("b", "x"))
    assert method_words.letters(rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_entry_prints_its_sum(language):
    report = judged(method="borda").report
    pages = Pages(report, language)
    (sum_,) = by_hand(pages).sums
    page = next(part for part in compose(report, language) if f'id="{pages.anchor(sample.key(1))}"' in part)
    assert f'<p class="sum">{sum_}</p>' in page
