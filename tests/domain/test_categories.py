"""What a result says of each category: the same as a result of its entries alone would, where a rule looks at one entry at a time."""
from award.domain import result, rules_file, score_sheet

CRITERIA = [{"name": "Impact", "share": 70, "scale": [0, 10]}, {"name": "Reach", "share": 30, "scale": [0, 10]}]
HEIGHTS = {"A": (9, 2), "B": (4, 9), "C": (6, 6), "D": (8, 1), "E": (3, 5)}
FACTS = [{"entry": entry, "category": "Cities" if entry in "ACE" else "Towns"} for entry in HEIGHTS]


def rows(entries=HEIGHTS):
    return [(f"J{j}", entry, criterion, min(10, HEIGHTS[entry][i] + (j * (i + 1) + ord(entry)) % 2))
            for j in range(4) for entry in entries for i, criterion in enumerate(("Impact", "Reach"))]


def document(entries=HEIGHTS, facts=(), **rules):
    return result.compute(rules_file.from_dict({"criterion": CRITERIA, **rules}), score_sheet.from_rows(rows(entries)), facts=facts, seed=3)


def test_agreement_shares_and_rules_of_a_category_are_those_of_its_entries():
    found, alone = document(facts=FACTS)["category_figures"]["Cities"], document(entries="ACE")
    assert {key: found[key] for key in ("agreement", "agreement_note_codes", "weights")} == {
        key: alone[key] for key in ("agreement", "agreement_note_codes", "weights")}
    own = ("mean", "median", "bradley_terry", "schulze", "kemeny")
    assert {rule: found["comparison"][rule] for rule in own} == {rule: alone["comparison"][rule] for rule in own}


def test_ranks_and_intervals_of_a_category_are_those_of_its_entries():
    found, alone = document(facts=FACTS)["categories"]["Cities"], document(entries="ACE")["entries"]
    keys = ("entry", "rank", "tied", "rank_interval", "p_top", "stable_without_any_juror", "band", "first_under_shares")
    assert [{key: one[key] for key in keys} for one in found] == [{key: one[key] for key in keys} for one in alone]


def test_without_categories_there_is_nothing_to_say():
    found = document()
    assert (found["categories"], found["category_figures"]) == (None, None)


def test_a_category_whose_entries_have_no_place_stands_empty():
    found = document(facts=FACTS, threshold=20)
    assert found["categories"] == {"Cities": [], "Towns": []}
    assert found["category_figures"]["Towns"]["weights"]["Impact"]["winner_stable_from"] is None
