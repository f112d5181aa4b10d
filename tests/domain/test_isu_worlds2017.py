"""Real scores: the rules reproduce every official figure of a world championship."""

from award.domain import result, rules_file, score_sheet
from tests.domain import isu_worlds2017 as isu


def test_all_panel_scores_and_all_totals_are_the_official_ones():
    document = result.compute(rules_file.from_dict(isu.RULES), score_sheet.from_rows(isu.ROWS))
    panel = {(one["entry"], name): value for one in document["entries"] for name, value in one["criteria"].items()}
    assert (len(isu.ROWS), len(panel), len(document["entries"])) == (1080, 120, 24)
    assert panel == isu.OFFICIAL_PANEL_SCORES
    assert {one["entry"]: one["score"] for one in document["entries"]} == isu.OFFICIAL_TOTALS


def test_with_factors_as_shares_the_total_is_the_score_in_scale_units_times_their_sum():
    document = result.compute(rules_file.from_dict(isu.RULES), score_sheet.from_rows(isu.ROWS), units="scale")
    factors = isu.FACTOR * len(isu.COMPONENTS)
    assert {one["entry"]: round(one["score"] * factors, 2) for one in document["entries"]} == isu.OFFICIAL_TOTALS


def test_the_ranking_is_that_of_the_official_totals():
    document = result.compute(rules_file.from_dict(isu.RULES), score_sheet.from_rows(isu.ROWS))
    totals = isu.OFFICIAL_TOTALS
    assert {one["entry"]: one["rank"] for one in document["entries"]} == {
        skater: 1 + sum(other > total for other in totals.values()) for skater, total in totals.items()
    }
    assert document["entries"][0]["entry"] == "Yuzuru HANYU"
