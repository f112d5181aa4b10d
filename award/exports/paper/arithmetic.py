"""How an entry's score came about, printed so that a reader can redo it with a pencil: the columns of the method, and the sum."""

from dataclasses import dataclass
from fractions import Fraction

from award.domain import workings
from award.exports import sheet
from award.exports.paper import method_words
from award.i18n import text, translate

FEW = 12  # figures that a sum writes out


@dataclass(frozen=True)
class Arithmetic:
    """Sentences, a table (heads, rows of cells; () where the sum says it all), and the lines of the sum, all as printed."""

    told: tuple
    heads: tuple
    rows: tuple
    sums: tuple


def of_entry(view):
    """The Arithmetic of an entry; None where it has no score."""
    if view.outcome["score"] is None:
        return None
    known, told = view.pages.prepared
    found = workings.workings_of(known, entry=view.key, earlier=told.carried.get(view.key))
    if found.own is None:
        return None
    make = by_criterion if found.columns else by_ballot
    told, heads, rows = make(view, found)
    said = [translate(one, view.pages.language) for one in (*told, *([earlier(view.pages, found)] if found.part is not None else []))]
    return Arithmetic(tuple(said), tuple(translate(head, view.pages.language) for head in heads), tuple(rows), tuple(sums(view.pages, found)))


def by_ballot(view, found):
    """(sentences, heads, rows) under order "ballot": a row for each ballot that counts, unless the sum itself holds them all."""
    pages, method = view.pages, view.pages.result["rulebook"]["method"]
    more = method_words.COLUMNS.get(method, ())
    told = [text("Each juror’s score is scaled to its criterion and multiplied by the criterion’s share. The sum is that juror’s ballot."),
            first(view, found.lines[0]), *filter(None, [method_words.EXPLAINED.get(method)])]
    if not more and len(found.lines) <= FEW:
        return told, (), ()
    rows = [(pages.short.get(line.juror, line.juror), figure(pages, line.total, 2 if whole(line.total) else 4),
             *(beside(pages, value(line), places) for _head, value, places in more)) for line in found.lines]
    return told, (text("Juror"), text("Ballot"), *(head for head, _value, _places in more)), rows


def first(view, line):
    """The first ballot written out, as an example of how each came about."""
    points = [part.points for part in line.parts if part.points is not None]
    *parts, total = written(view.pages, [*points, line.total])
    return text("For %(juror)s: %(sum)s = %(ballot)s.", juror=view.pages.short.get(line.juror, line.juror), sum=" + ".join(parts), ballot=total)


def by_criterion(view, found):
    """(sentences, heads, rows) under order "criterion": a row for each criterion, with the scores that make its value."""
    pages, rules = view.pages, view.pages.result["rulebook"]
    out, rows = rules["method"] == "trimmed_mean", []
    at = {name: i for i, name in enumerate(c["name"] for c in rules["criterion"])}
    points = written(pages, [column.points for column in found.columns])
    for column, gives in zip(found.columns, points, strict=True):
        scores = [(pages.short.get(line.juror, line.juror), part.score, part.kept) for line in found.lines
                  if (part := line.parts[at[column.criterion]]).score is not None]
        named = "; ".join(f"{juror} {figure(pages, score)}" for juror, score, kept in scores if kept is not out)
        rows.append((pages.criterion(column.criterion), *([] if rules["method"] == "mean" else [named]), figure(pages, column.value),
                     figure(pages, 100 * column.share), gives))
    marked = [] if rules["method"] == "mean" else [text("Left out") if out else text("Counts")]
    told = [text("The jurors’ scores on a criterion become its value; the value, scaled and multiplied by the share, gives its points.")]
    return told, (text("Criterion"), *marked, text("Value"), text("Share"), text("Points")), rows


def sums(pages, found):
    """The lines of the sum: over the ballots or criteria, with the stage before, and in the units of the result."""
    yield f"{total(pages, found)} = {figure(pages, found.own, 2)}"
    if found.part is not None and found.total is not None:
        rest, own, part, carried = (figure(pages, value) for value in (1 - found.part, found.own, found.part, found.carried))
        yield f"{rest} × {own} + {part} × {carried} = {figure(pages, found.total, 2)}"
    if pages.result.get("units") == "scale":
        yield translate(text("%(score)s of 100 is %(value)s on the scale from %(low)s to %(high)s.", score=figure(pages, found.total, 2),
                             value=figure(pages, sheet.in_units(found.total, pages.result), 2),
                             low=pages.natural(pages.ends[0]), high=pages.natural(pages.ends[1])), pages.language)


def total(pages, found):
    """The sum written out: "(77 + 95) ÷ 2 = 172 ÷ 2"; of many figures only what they add up to."""
    if found.columns:
        return " + ".join(written(pages, [column.points for column in found.columns]))
    borda = pages.result["rulebook"]["method"] == "borda"
    values = [line.adds / 100 if borda else line.adds for line in found.lines if line.kept]
    *parts, whole_ = written(pages, [*values, found.sum / 100 if borda else found.sum])
    lead = "100 × " if borda else ""
    opened = f"{lead}({' + '.join(parts)}) ÷ {found.divisor} = " if 1 < len(parts) <= FEW else ""
    return f"{opened}{lead}{whole_} ÷ {found.divisor}"


def earlier(pages, found):
    """How much the stage before counts, a Text."""
    return text("The score of the stage before counts for %(share)s, the score of this stage for the rest.",
                share=pages.percent(found.part, 0 if whole(found.part) else 2))


def written(pages, values):
    """The values with two decimals where these are exact, otherwise all with four."""
    places = 2 if all(map(whole, values)) else 4
    return [figure(pages, value, places) for value in values]


def whole(value):
    """Whether two decimals say the value exactly."""
    return Fraction(value) * 100 % 1 == 0


def beside(pages, value, places):
    """A cell beside the ballot: words, whole and half figures with the decimals they need, the others with all."""
    if places is None:
        return translate(value, pages.language)
    return figure(pages, value, None if places == 1 else places)


def figure(pages, value, places=None):
    """A Fraction or number as printed; without `places` with the decimals it needs, at most four."""
    plain = value if isinstance(value, Fraction) else float(value)
    if places is None:
        places = next((n for n in range(4) if Fraction(plain) * 10**n % 1 == 0), 4)
    return pages.number(plain, places)
