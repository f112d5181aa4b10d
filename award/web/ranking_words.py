"""A ranking in plain sentences: how it stands, what the jury should know, what its bands and lines mean. Each gives a lazy text."""
from itertools import groupby

from award.domain import certainty_words, pairwise, reasons
from award.domain.aggregation import METHODS
from award.i18n import ntext, said, text
from award.web import frame

LABELS = {key: method.label for key, method in METHODS.items()} | pairwise.LABELS
MEASURES = {
    "alpha_interval": text("Krippendorff’s alpha"),
    "icc_2_1": text("Intraclass correlation of one juror"),
    "icc_2_k": text("Intraclass correlation of the mean, absolute"),
    "icc_3_k": text("Intraclass correlation of the mean, consistent"),
    "kendall_w": text("Kendall’s W"),
    "kendall_w_p": text("Kendall’s W: chance of so much agreement by accident"),
}
ALL_IN = (text("All ballots are in. Lock the stage, then freeze the result."), text("All ballots are in. Freeze the result when the jury is ready."))
EARLIER = text("This result was frozen by an earlier version, which did not compute how certain a ranking is.")


def title(shown, view, preview):
    """How the ranking stands, as the title of its page."""
    ranked = view.ranked
    firsts = [line for line in ranked if line["rank"] == 1 and line.get("group") in (None, 1)]
    if not ranked:
        return text("No entry has a place yet")
    if len(firsts) > 1:
        return text("The first place is shared")
    if preview and preview.counted < preview.asked:
        return text("The ranking as it stands")
    top = [line for line in ranked if line.get("band") == 1 and line.get("group") in (None, 1)]
    if not top or len(ranked) == 1:
        return text("The ranking") if not preview else text("The ranking as it stands")
    if len(top) == 1:
        return text("One clear first. The rest is close.") if _close(ranked) else text("One clear first")
    return text("No entry is clearly ahead") if len(top) == len(ranked) else text("The top is close")


def _close(ranked):
    """Whether all after the first stand in bands of several."""
    bands = [line["band"] for line in ranked[1:]]
    return len(bands) > 1 and all(bands.count(band) > 1 for band in bands)


def lead(shown, view, preview, *, name, state):
    """The sentences under the title, as a list; `name` is what the first entry is called, `state` that of the stage."""
    if preview and preview.counted < preview.asked:
        return [ntext("The ranking is provisional: %(num)s of %(total)s ballots is still missing.",
                      "The ranking is provisional: %(num)s of %(total)s ballots are still missing.", preview.asked - preview.counted,
                      total=preview.asked)]
    ranked, cut = view.ranked, _cut(shown, view)
    opening = [ALL_IN[state == "locked"]] if preview and preview.asked else []
    if not ranked:
        return opening
    if cut:
        return [*opening, *_at_the_cut(cut, ranked)]
    return [*opening, text("“%(title)s” leads with %(score)s of 100.", title=name, score=said("score", ranked[0]["score"]))]


def _cut(shown, view):
    """The cut of the lines where it falls in this view and leaves somebody below."""
    cut = (shown.get("lines") or {}).get("cut")
    return cut if cut and not view.kind and below(cut, view.ranked) else None


def below(cut, ranked):
    """The first entry that does not stand above the line for sure; None where all go on."""
    above = set(cut["in"])
    return next((line["entry"] for line in ranked if line["entry"] not in above and line.get("group") in (None, 1)), None)


def _at_the_cut(cut, ranked):
    yield ntext("%(num)s entry goes on.", "%(num)s entries go on.", cut["places"])
    if cut["tied"]:
        yield ntext("%(num)s entry with an equal score stands across the line, so the jury decides there and says why.",
                    "%(num)s entries with equal scores stand across the line, so the jury decides there and says why.", len(cut["tied"]))
        return
    bands = {line["entry"]: line.get("band") for line in ranked}
    band = bands[below(cut, ranked)]
    if band is not None and cut["in"] and bands[cut["in"][-1]] == band:
        size = sum(line.get("band") == band and line.get("group") in (None, 1) for line in ranked)
        yield ntext("The line falls beside %(num)s entry that these ballots cannot tell apart, so the jury decides there and says why.",
                    "The line falls among %(num)s entries that these ballots cannot tell apart, so the jury decides there and says why.", size)


def cut_row(shown, view):
    """(the entry under the line, its sentence); (None, None) where no line is drawn in this view."""
    cut = _cut(shown, view)
    if not cut or view.sort != "rank":
        return None, None
    goes = ntext("Cut line: %(num)s goes on.", "Cut line: %(num)s go on.", cut["places"])
    first = below(cut, view.ranked)
    if cut["tied"]:
        return first, [goes, ntext("%(num)s entry with an equal score stands across it.",
                                   "%(num)s entries with equal scores stand across it.", len(cut["tied"]))]
    places = {line["entry"]: line for line in view.ranked}
    last, under = places[cut["in"][-1]], places[first]
    return first, [goes, text("Rank %(last)s and rank %(first)s are %(points)s points apart.", last=last["rank"], first=under["rank"],
                              points=said("score", last["score"] - under["score"]))]


def notices(shown, view, preview):
    """What the jury should know before it reads on, the gravest first: a list of sentences."""
    lines = shown.get("lines") or {}
    if preview and preview.refused:
        yield preview.refused
        yield text("Until then the preview shows the mean of the ballots.")
    margin = lines.get("margin")
    if margin and margin["deliberate"] and not view.kind:
        yield text("First and second are %(difference)s points apart, less than %(margin)s: the jury deliberates before it decides.",
                   difference=said("number", margin["difference"], ), margin=said("number", margin["margin"]))
    cut = _cut(shown, view)
    if cut and cut["tied"]:
        yield text("Equal scores stand across the cut line. The jury decides who goes on.")
    if any(line.get("group") for line in shown["entries"]):
        yield ntext("The jury judged in %(num)s group without a common entry. Ranks compare entries within a group only.",
                    "The jury judged in %(num)s groups without a common entry. Ranks compare entries within a group only.",
                    len(shown["components"]))


def cautions(shown):
    """What a reader should beware of, from the result itself."""
    told = ("cut_tied",)
    return [EARLIER if code["code"] == "not_computed" else reasons.warning(code) for code in shown.get("warning_codes", ())
            if code["code"] not in told]


def parts(view):
    """The rows of a page in groups: [(headings, rows)]. Only in the order of ranks are there bands."""
    if view.sort != "rank":
        return [([], view.rows)]
    sizes = {key: list(lines) for key, lines in groupby(view.lines, key=_part)}
    found, before = [], None
    for key, rows in groupby(view.rows, key=_part):
        group = key[1] if key[0] == "ranked" else None
        headings = [text("Group %(number)s, ranked by itself", number=group)] if group and group != before else []
        found.append(([*headings, *_heading(key, sizes[key], view)], list(rows)))
        before = group
    return found


def _part(line):
    if line["rank"] is None:
        return (line["status"] if line["status"] != "ranked" else "elsewhere", None, None)
    return ("ranked", line.get("group"), line.get("band"))


PLACELESS = {
    "below_threshold": text("Below the threshold, so without a place"),
    "not_rankable": text("Without a place: too little to go by"),
    "elsewhere": text("Ranked in another group of the jury"),
}


def _heading(key, lines, view):
    kind, group, band = key
    if kind != "ranked":
        return [PLACELESS[kind]]
    return [] if band is None or len(view.ranked) == 1 else [certainty_words.band(band if not group else None, [line["rank"] for line in lines])]


def measure_note(shown, key):
    """Why a figure of agreement is missing, a Text; None where it is there or nobody said why."""
    code = (shown.get("agreement_note_codes") or {}).get(key)
    return reasons.note(code) if code else None


def leaders(lines, titles):
    """[(title, part of all shares there could be under which it is first)], the highest first, those of 1% or more."""
    parts = [(titles.get(line["entry"], (line["entry"],))[0], line["first_under_shares"]) for line in lines
             if (line.get("first_under_shares") or 0) >= 0.01]
    return sorted(parts, key=lambda part: -part[1])[:5]


def ranks_under_other_rules(shown, entry):
    """[(rule, rank of an entry)] under the other rules that say something about it."""
    return [(LABELS.get(rule, rule), ranks[entry]) for rule, ranks in (shown.get("comparison") or {}).items()
            if ranks and ranks.get(entry) is not None and rule != shown["rulebook"]["method"]]


def places(interval):
    """A rank interval in figures: "2–5", or "3" where it is one place; "" where it is not known."""
    if not interval:
        return ""
    low, high = interval
    return f"{low}" if low == high else f"{low}–{high}"


def top_of(shown, ranked):
    """The k whose chance stands in the table: the cut where it leaves somebody out, otherwise the largest that does."""
    known = sorted({int(k) for line in ranked for k in line.get("p_top") or {}})
    cut = ((shown.get("lines") or {}).get("cut") or {}).get("places")
    known = [k for k in known if k < len(ranked)]
    return cut if cut in known else max(known, default=None)


def chance(line, k):
    """The chance of an entry to be among the first k in words: in all redrawn juries, in none, or per cent; None where it is not known."""
    value = (line.get("p_top") or {}).get(str(k))
    return {0: text("in none"), 1: text("in all"), None: None}.get(value, said("chance", value))


agreement = certainty_words.agreement
FILTERS = {"places": places, "say": frame.say}
