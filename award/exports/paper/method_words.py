"""What a method does with the ballots of an entry, as columns, sentences and a formula that a reader can redo by hand."""

from award.i18n import text

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
LETTERS = text("u is a score put on 0 to 1, w the share of its criterion, b a ballot, n the number of ballots.")
OF_CRITERION = text("x is a score on a criterion, n how many there are, v its value, u the value put on 0 to 1, w the share.")
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
    "additive": text("From each ballot the severity of its juror is taken: how much the juror scores all entries higher or lower than the others. "
                     "The score is the mean of what is left."),
    "mean_rank": text("The ballots of each juror are put in order, the best first; equal ones share the middle of their places. "
                      "First gives 100, last 0. The score is the mean of these."),
    "borda": text("The ballots of each juror are put in order, the best first; equal ones share the middle of their places. "
                  "The score is the part of all comparisons with the juror’s other entries that this entry wins."),
    "zscore": text("z is how far a ballot lies from the mean of its juror’s ballots, in spreads of that juror. It gives 50 + 10 × z. "
                   "The score is the mean of these."),
}
"""What a method does with the ballots, beyond their mean."""
OF_JUROR = (text("Ballots of the juror"), lambda line: line.ballots, 1), (text("Place among them"), lambda line: line.place, 1)
COUNTS = (text("Counts"), lambda line: text("yes") if line.kept else text("left out"), None)
COLUMNS = {
    "trimmed_mean": (COUNTS,),
    "median": (COUNTS,),
    "additive": ((text("Severity"), lambda line: line.effect, 4), (text("Corrected"), lambda line: line.adds, 4)),
    "mean_rank": (*OF_JUROR, (text("Gives"), lambda line: line.adds, 4)),
    "borda": (*OF_JUROR, (text("Won"), lambda line: line.adds / 100, 1), (text("Of"), lambda line: line.weight, 1)),
    "zscore": ((text("Mean of the juror"), lambda line: line.mean, 4), (text("Spread of the juror"), lambda line: line.sd, 4),
               (text("z"), lambda line: line.z, 4), (text("Gives"), lambda line: line.adds, 4)),
}
"""Beside the ballot, what the method makes of it: (title, reader of a Line, decimals; None for words)."""


def formula(rules):
    """The lines of the formula under a rulebook, in signs that every language reads alike."""
    if rules["order"] == "criterion":
        value = FORMULAS[rules["method"]].replace("b", "x")
        return f"v = {value}", BALLOT[0].replace("score", "v"), BALLOT[1].removeprefix("b = ")
    return (*BALLOT, FORMULAS[rules["method"]])


def letters(rules):
    """What the letters of the formula stand for, as a list of Texts."""
    if rules["order"] == "criterion":
        return [OF_CRITERION]
    return [LETTERS, *filter(None, [MORE_LETTERS.get(rules["method"])])]
