"""What stands beside a rank, as columns: how certain it is, the lines, the earlier stage. Each reads an entry of the result."""

from award.i18n import text

YES_NO = {True: text("yes"), False: text("no")}


def columns(result):
    """[(field, title, kind, reader of an entry of the result)] of all that may stand beside a rank."""
    category = {fact["entry"]: fact.get("category") for fact in result.get("facts") or ()}
    cost = {fact["entry"]: fact.get("cost") for fact in result.get("facts") or ()}
    given = {one["entry"]: one for one in ((result.get("lines") or {}).get("budget") or {}).get("given", ())}
    return [
        *of_lines(result["entries"]),
        ("group", text("Group of the jury"), "whole", _get("group")),
        ("to_cut", text("Points to the cut line"), "figure", _get("to_cut")),
        ("own_score", text("Score of this stage"), "figure", _get("own_score")),
        ("carried", text("Score of the stage before"), "figure", _get("carried")),
        ("cost", text("Asks"), "figure", lambda entry: cost.get(entry["entry"])),
        ("given", text("Given"), "figure", lambda entry: given.get(entry["entry"], {}).get("cost")),
        ("left", text("Left of the budget"), "figure", lambda entry: given.get(entry["entry"], {}).get("left")),
        ("category", text("Category"), "text", lambda entry: category.get(entry["entry"])),
        ("category_rank", text("Rank in the category"), "whole", _category_rank(result)),
    ]


def of_lines(lines):
    """The part of `columns` that any ranking has: how certain a place is. `lines`: entries of a ranking of the result."""
    tops = sorted({k for line in lines for k in line.get("p_top") or {}}, key=int)
    return [
        ("rank_from", text("Rank, from"), "whole", _end("rank_interval", 0)),
        ("rank_to", text("Rank, to"), "whole", _end("rank_interval", 1)),
        ("score_from", text("Score, from"), "figure", _end("score_interval", 0)),
        ("score_to", text("Score, to"), "figure", _end("score_interval", 1)),
        *[(f"p_top_{k}", chance_of(k), "figure", _chance(k)) for k in tops],
        ("stable_without_any_juror", text("Holds without any one juror"), "text", _get("stable_without_any_juror")),
        ("moved_by", text("Jurors without whom it crosses a line"), "long", lambda line: ", ".join(line.get("moved_by") or ()) or None),
        ("band", text("Group without a clear difference"), "whole", _get("band")),
        ("first_under_shares", text("First under other shares"), "figure", _get("first_under_shares")),
    ]


def chance_of(k):
    """The head of the chance to be among the first k; `k` is a key of the result, a text."""
    return text("Chance of first place") if k == "1" else text("Chance of top %(k)s", k=k)


def _category_rank(result):
    ranks = {line["entry"]: line["rank"] for lines in (result.get("categories") or {}).values() for line in lines}
    return lambda entry: ranks.get(entry["entry"])


def _get(field):
    return lambda entry: entry.get(field)


def _end(field, which):
    return lambda entry: (entry.get(field) or (None, None))[which]


def _chance(k):
    return lambda entry: (entry.get("p_top") or {}).get(k)

