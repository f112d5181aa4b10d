"""The lines of a ranking as they are printed: who goes on, whether the jury must deliberate, what the budget gives."""

from dataclasses import dataclass

from award.i18n import ntext, text


@dataclass(frozen=True)
class Given:
    """What an entry asks and what is left of the budget after it, as printed; `left` is "" where it is given nothing."""

    key: str
    rank: str
    cost: str
    left: str


def lines(pages):
    """{"cut", "margin", "budget"} of the result; {} where it has no such thing."""
    return pages.result.get("lines") or {}


def cut(pages):
    """(the first entry under the cut line, the sentences of the line); (None, ()) where nobody stands under it."""
    line, ranked = lines(pages).get("cut"), [e for e in pages.by_status("ranked") if e.get("group") in (None, 1)]
    under = line and next((one for one in ranked if one["entry"] not in line["in"]), None)
    if not under:
        return None, ()
    goes = ntext("Cut line: %(num)s goes on.", "Cut line: %(num)s go on.", line["places"])
    if line["tied"]:
        return under["entry"], (goes, ntext("%(num)s entry with an equal score stands across it.",
                                            "%(num)s entries with equal scores stand across it.", len(line["tied"])))
    last = next(one for one in ranked if one["entry"] == line["in"][-1])
    return under["entry"], (goes, text("Rank %(last)s and rank %(first)s are %(points)s points apart.", last=last["rank"], first=under["rank"],
                                       points=pages.score(abs(last["score"] - under["score"]))))


def said(pages):
    """The sentences below the ranking: who stands across the cut line, and what the margin asks of the jury."""
    line = lines(pages).get("cut")
    if line and line["tied"]:
        yield text("Equal scores stand across the cut line: %(entries)s. The jury decides who goes on.",
                   entries=", ".join(pages.label(key) for key in line["tied"]))
    line = lines(pages).get("margin")
    if line and line["difference"] is not None:
        figures = {"difference": pages.natural(round(line["difference"], 4)), "margin": pages.natural(line["margin"])}
        yield (text("First and second are %(difference)s points apart, less than %(margin)s: the jury deliberates before it decides.", **figures)
               if line["deliberate"] else
               text("First and second are %(difference)s points apart; below %(margin)s the jury would have to deliberate first.", **figures))


def budget(pages):
    """(the sentence, [Given] down the ranking); None without a budget."""
    line = lines(pages).get("budget")
    if not line:
        return None
    told = ntext("%(num)s entry is given what it asks, down the ranking; %(left)s of %(budget)s is left.",
                 "%(num)s entries are given what they ask, down the ranking; %(left)s of %(budget)s is left.", len(line["given"]),
                 left=pages.natural(line["left"]), budget=pages.natural(line["budget"]))
    asked = {fact["entry"]: fact["cost"] for fact in pages.result["facts"] if fact.get("cost") is not None}
    left = {one["entry"]: pages.natural(one["left"]) for one in line["given"]}
    return told, [Given(key, pages.place(key), pages.natural(asked[key]), left.get(key, "")) for key in (*left, *line["not_given"])]
