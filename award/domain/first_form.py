"""Results as the first version wrote them: without what stands beside a rank, which a warning names. They can still be verified."""

NEW = ("facts", "facts_sha256", "categories", "category_figures", "special_awards", "lines", "agreement_note_codes", "articulation_jurors",
       "comparison_notes", "weights_basis")
OF_ENTRY = ("rank_interval", "p_top", "stable_without_any_juror")
OF_ENTRY_NEW = ("score_interval", "moved_by", "band", "to_cut", "first_under_shares", "group", "own_score", "carried")
OF_JUROR = ("severity", "severity_se", "correlation", "spread_ratio")
OF_CRITERION = ("effective_share", "winner_stable_from", "winner_stable_to")
WHOLE = ("agreement", "model", "components", "comparison")
EMPTY = (*OF_ENTRY, *OF_JUROR, *WHOLE, *OF_CRITERION)
WARNINGS = ("uneven_panels", "unequal_sizes", "few_jurors", "no_such_entry", "left_out")


def is_first_form(document):
    """Whether a result says itself that its version did not compute these figures."""
    codes = document.get("warning_codes")
    return isinstance(codes, list) and {"code": "not_computed", "fields": list(EMPTY)} in codes


def first_form(found):
    """A result as the first version would have written it."""
    kept = [i for i, code in enumerate(found["warning_codes"]) if code["code"] in WARNINGS]
    return {key: value for key, value in found.items() if key not in NEW} | {
        "entries": [{key: None if key in OF_ENTRY else value for key, value in one.items() if key not in OF_ENTRY_NEW}
                    for one in found["entries"]],
        "jurors": [{"juror": one["juror"], "ballots": one["ballots"], **dict.fromkeys(OF_JUROR)} for one in found["jurors"]],
        "agreement": dict.fromkeys(found["agreement"]),
        "agreement_notes": dict.fromkeys(found["agreement"], "not computed in this version"),
        "model": None, "components": None, "comparison": None,
        "weights": {name: {"share": one["share"], **dict.fromkeys(OF_CRITERION)} for name, one in found["weights"].items()},
        "warnings": [*(found["warnings"][i] for i in kept), "Not computed in this version: " + ", ".join(EMPTY) + "."],
        "warning_codes": [*(found["warning_codes"][i] for i in kept), {"code": "not_computed", "fields": list(EMPTY)}],
    }
