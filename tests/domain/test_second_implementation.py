"""Ten thousand random rounds, ranked by award.domain and by a second implementation in fractions and loops: all equal."""
from random import Random

import pytest

from award.domain import facts, lines, outcome, result, rules_file, score_sheet, special_awards
from award.domain.ranking import rank
from tests.domain import reference
from tests.domain.rounds import a_whole_round

PARTS, OF_EACH = 5, 2000


def compare(ranking, rules, given):
    """Holds a Ranking against the reference; given: (rows, excluded, facts). Gives what the reference found."""
    expected, out, categories = reference.ranking(rules, *given)
    assert {(one["juror"], one["entry"]) for one in ranking.counted.exclusions} == out
    assert {one.entry for one in ranking.standings} == set(expected)
    for one in ranking.standings:
        figure = expected[one.entry]
        assert one.status == figure["status"]
        assert (one.rank, one.place.tied, one.place.broken_by) == (
            figure.get("rank"), figure.get("tied", False), figure.get("tie_broken_by"))
        unscored = one.status == "not_rankable"
        assert (one.score, one.own_score) == (None, None) if unscored else (figure["score"], figure["own_score"])
        assert (one.raw_mean, one.ballots) == (figure["raw_mean"], figure["ballots"])
        assert one.criteria == {name: None if x is None else float(x) for name, x in figure["criteria"].items()}
        assert bool(one.reasons) == (one.status != "ranked")
    return expected, categories


def hold(rules, rows, known, excluded):
    """Holds one round against the reference: main ranking, lines, categories and special awards."""
    rulebook, sheet, read = rules_file.from_dict(rules), score_sheet.from_rows(rows), facts.read(known)
    passed = [{"juror": juror, "entry": entry, "cause": "voided"} for juror, entry in sorted(excluded)]
    main = special_awards.main(rulebook)
    ranking = rank(main, special_awards.sheet(sheet, main), exclusions=passed, facts=read)
    found, categories = compare(ranking, reference.main(rules), (rows, excluded, known))
    assert lines.lines(main, ranking.standings, read.costs) == reference.lines(rules, found, known)
    assert {name: {entry: (place.rank, place.tied, place.broken_by) for entry, place in one.items()}
            for name, one in outcome.by_category(main, ranking, read).items()} == {
        name: {entry: (place["rank"], place["tied"], place["tie_broken_by"]) for entry, place in one.items()}
        for name, one in categories.items()}
    for award, table in zip(rulebook.special, rules.get("special", []), strict=True):
        narrowed = special_awards.of(rulebook, award)
        own = [row for row in rows if row[1] in table.get("entries", [row[1]])]
        ranking = rank(narrowed, special_awards.sheet(sheet, narrowed, award), exclusions=passed)
        compare(ranking, reference.special(rules, table), (own, excluded, ()))
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_a_second_implementation_finds_the_same_in_two_thousand_random_rounds(part):
    used = set()
    for seed in range(part * OF_EACH, (part + 1) * OF_EACH):
        rules, rows, known, excluded = a_whole_round(Random(seed))
        try:
            found = hold(rules, rows, known, excluded)
        except AssertionError as fault:
            fault.add_note(f"round {seed}: {rules}, {rows}, {known}, {excluded}")
            raise
        used |= {rules["method"], rules["order"], rules["missing"], *(key for key in rules if rules[key] not in (None, [], ()))}
        used |= {one["status"] for one in found.values()} | {one.get("tie_broken_by") for one in found.values()}
        used |= {("tied", one.get("tied")) for one in found.values()} | {("voided", bool(excluded))}
    assert {"mean", "trimmed_mean", "median", "mean_rank", "borda", "criterion", "renormalise", "threshold", "cut", "margin", "budget",
            "carried", "special", "not_applicable", "ranked", "below_threshold", "not_rankable", "firsts", "criterion:C1",
            ("tied", True), ("voided", True)} <= used


def test_a_result_holds_the_same_ranking_lines_and_special_awards():
    for seed in range(40):
        rules, rows, known, excluded = a_whole_round(Random(-seed - 1))
        passed = [{"juror": juror, "entry": entry, "cause": "voided"} for juror, entry in sorted(excluded)]
        document = result.compute(rules_file.from_dict(rules), score_sheet.from_rows(rows), exclusions=passed, facts=known)
        found, _out, categories = reference.ranking(reference.main(rules), rows, excluded, known)
        assert {one["entry"]: (one["status"], one["rank"], one["score"]) for one in document["entries"]} == {
            name: (one["status"], one.get("rank"), None if one["status"] == "not_rankable" else float(100 * one["score"]))
            for name, one in found.items()}
        assert document["lines"] == reference.lines(rules, found, known)
        assert {name: {one["entry"]: one["rank"] for one in own} for name, own in (document["categories"] or {}).items()} == {
            name: {entry: place["rank"] for entry, place in own.items()} for name, own in categories.items()}
        assert [one["name"] for one in document["special_awards"]] == [one["name"] for one in rules.get("special", [])]
