"""How one entry's score came about, as figures in the reader's language: what each ballot adds under a method, the sum, the formula."""
from fractions import Fraction

from award.i18n import text
from award.web import formats
from award.web.frame import page_language

FEW = 12
BALLOT = ("u = (score − low) ÷ (high − low)", "b = 100 × (w1 × u1 + w2 × u2 + …) ÷ (w1 + w2 + …)")
FORMULAS = {
    "mean": "(b1 + b2 + … + bn) ÷ n",
    "trimmed_mean": "(b(t+1) + … + b(n−t)) ÷ (n − 2t)",
    "median": "b((n+1) ÷ 2), (b(n÷2) + b(n÷2+1)) ÷ 2",
    "additive": "b(i, j) = m + q(i) + s(j) + e(i, j): m + q(i)",
    "mean_rank": "100 × ((n1 − r1) ÷ (n1 − 1) + (n2 − r2) ÷ (n2 − 1) + …) ÷ k",
    "borda": "100 × ((n1 − r1) + (n2 − r2) + …) ÷ ((n1 − 1) + (n2 − 1) + …)",
    "zscore": "z = (b − m) ÷ s: 50 + 10 × (z1 + z2 + … + zk) ÷ k",
}
CORRECTED = text("From each ballot the severity of its juror is taken: how much the juror scores all entries higher or lower than the others. "
                 "The score is the mean of what is left.")
LETTERS = text("u is a score put on 0 to 1, w the share of its criterion, b a ballot, n the number of ballots.")
MORE_LETTERS = {
    "trimmed_mean": text("Ballots stand from low to high; t is how many are left out at each end."),
    "median": text("Ballots stand from low to high; the second form is for an even number."),
    "additive": text("m is common to all, q belongs to the entry, s to the juror, e is what is left; they are fitted to all ballots at once."),
    "mean_rank": text("n is here the number of ballots of one juror, r the place among them, k the number of jurors of the entry."),
    "borda": text("n is here the number of ballots of one juror, r the place among them."),
    "zscore": text("m and s are mean and standard deviation of one juror’s ballots, k the number of jurors of the entry."),
}
"""What the letters of the formulas stand for, under all methods and under one."""
EXPLAINED = {
    "trimmed_mean": text("The ballots that are left out do not count in the sum."),
    "median": text("Only the ballot in the middle counts, or the middle two."),
    "additive": CORRECTED,
    "mean_rank": text("The ballots of each juror are put in order, the best first; equal ones share the middle of their places. "
                      "First gives 100, last 0. The score is the mean of these."),
    "borda": text("The ballots of each juror are put in order, the best first; equal ones share the middle of their places. "
                  "The score is the part of all comparisons with the juror’s other entries that this entry wins."),
    "zscore": text("z is how far a ballot lies from the mean of its juror’s ballots, in spreads of that juror. It gives 50 + 10 × z. "
                   "The score is the mean of these."),
}
"""What a method does with the ballots, beyond their mean."""
OF_JUROR = (text("Ballots of the juror"), lambda line: line.ballots, 0), (text("Place among them"), lambda line: line.place, 1)
EXTRA = {
    "additive": ((text("Severity"), lambda line: line.effect, 4), (text("Corrected"), lambda line: line.adds, 4)),
    "mean_rank": (*OF_JUROR, (text("Gives"), lambda line: line.adds, 4)),
    "borda": (*OF_JUROR, (text("Won"), lambda line: line.adds / 100, 1), (text("Of"), lambda line: line.weight, 0)),
    "zscore": ((text("Mean of the juror"), lambda line: line.mean, 4), (text("Spread of the juror"), lambda line: line.sd, 4),
               (text("z"), lambda line: line.z, 4), (text("Gives"), lambda line: line.adds, 4)),
}
"""Beside the ballot, what the method makes of it: (title, reader of a Line, decimals)."""


def extra(rulebook):
    """The columns beside the ballot under the method and order of a result."""
    return EXTRA.get(rulebook["method"], ()) if rulebook["order"] == "ballot" else ()


def explained(rulebook):
    """What the method does with the ballots, a Text; None where it is their plain mean, or works criterion by criterion."""
    return EXPLAINED.get(rulebook["method"]) if rulebook["order"] == "ballot" else None


def formula(rulebook):
    """The lines of the formula, in signs that every language reads alike."""
    if rulebook["order"] == "criterion":
        value = FORMULAS[rulebook["method"]].replace("b", "x")
        return f"v = {value}", BALLOT[0].replace("score", "v"), BALLOT[1].removeprefix("b = ")
    return (*BALLOT, FORMULAS[rulebook["method"]])


def letters(rulebook):
    """What the letters of the formula stand for, as a list of sentences."""
    if rulebook["order"] == "criterion":
        return [text("x is a score on a criterion, n how many there are, v its value, u the value put on 0 to 1, w the share.")]
    return [LETTERS, *filter(None, [MORE_LETTERS.get(rulebook["method"])])]


def left_out(found):
    """Whether some ballot or score does not count in the sum."""
    return any(not line.kept or any(not part.kept for part in line.parts) for line in found.lines)


def sum_of(found, rulebook):
    """The sum as it is written out: "(77 + 95) ÷ 2 = 172 ÷ 2"; None where there is no score."""
    if found.own is None:
        return None
    if found.columns:
        values = [column.points for column in found.columns]
        return " + ".join(written(values))
    kept = [line for line in found.lines if line.kept]
    share, divisor = rulebook["method"] == "borda", str(found.divisor)
    values = [line.adds / 100 if share else line.adds for line in kept]
    whole = found.sum / 100 if share else found.sum
    *parts, total = written([*values, whole])
    opened = f"({' + '.join(parts)}) ÷ {divisor} = " if 1 < len(parts) <= FEW else ""
    return f"{'100 × ' if share else ''}{opened}{'100 × ' if share and opened else ''}{total} ÷ {divisor}"


def carried_sum(found):
    """The two stages put together, written out: "0.7 × 80 + 0.3 × 60"; None where only this stage counts."""
    if found.part is None or found.total is None:
        return None
    rest, own, part, earlier = (figure(value, 4) for value in (1 - found.part, found.own, found.part, found.carried))
    return f"{rest} × {own} + {part} × {earlier}"


def written(values):
    """The values with two decimals where these are exact, otherwise with four."""
    two = all(Fraction(value) * 100 % 1 == 0 for value in values)
    return [formats.number(value, language=page_language(), decimals=2 if two else 4) for value in values]


def beside(value, decimals):
    """A figure of a column beside the ballot: whole and half ones as they are, the others with all their decimals."""
    return formats.number(value, language=page_language(), decimals=None if decimals < 2 else decimals)


def figure(value, decimals):
    """A figure with at most so many decimals, without zeros at the end."""
    found = formats.exact(value)
    return formats.number(None if found is None else round(found, decimals), language=page_language(),
                          decimals=None if decimals <= 3 else max(0, -round(found, decimals).normalize().as_tuple().exponent))
