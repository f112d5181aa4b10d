"""Published panels, as literal figures: what the statistics must reproduce, to the digits that others published or computed.

A row for each entry, a column for each juror, NaN where there is no score.
"""
import numpy as np

from award.domain import rules_file, score_sheet

NAN = float("nan")


class Panel:
    """Scores of one criterion "Overall" on one scale: `jurors` and `entries` by name, `y` float (entries, jurors)."""

    def __init__(self, jurors, table, *, scale, better="higher"):
        self.jurors, self.scale, self.better = jurors.split(), scale, better
        self.entries, self.y = list(table), np.array(list(table.values()), float)

    @property
    def rows(self):
        """(juror, entry, criterion, score) of each score there is."""
        return [(self.jurors[j], self.entries[e], "Overall", float(self.y[e, j])) for e, j in np.argwhere(~np.isnan(self.y)).tolist()]

    def rules(self, **rules):
        """The rules of the panel under the keys of RULES.toml."""
        return {"criterion": [{"name": "Overall", "share": 1, "scale": self.scale, "better": self.better}]} | rules

    def rulebook(self, **rules):
        """The Rulebook of the panel."""
        return rules_file.from_dict(self.rules(**rules))

    @property
    def sheet(self):
        """The score sheet of the panel."""
        return score_sheet.from_rows(self.rows)


# Shrout and Fleiss, Intraclass correlations (1979), table 2: six targets, four judges
TASTING = Panel("J1 J2 J3 J4", {
    "T1": [9, 2, 5, 8],
    "T2": [6, 1, 3, 2],
    "T3": [8, 4, 6, 8],
    "T4": [7, 1, 2, 6],
    "T5": [10, 5, 6, 9],
    "T6": [6, 2, 4, 7],
}, scale=[0, 10])

# Krippendorff, Computing Krippendorff's alpha-reliability (2011): four observers, twelve units, with gaps
UNITS = Panel("A B C D", {
    "U1": [1, 1, NAN, 1],
    "U2": [2, 2, 3, 2],
    "U3": [3, 3, 3, 3],
    "U4": [3, 3, 3, 3],
    "U5": [2, 2, 2, 2],
    "U6": [1, 2, 3, 4],
    "U7": [4, 4, 4, 4],
    "U8": [1, 1, 2, 1],
    "U9": [2, 2, 2, 2],
    "U10": [NAN, 5, 5, 5],
    "U11": [NAN, NAN, 1, 1],
    "U12": [NAN, 3, NAN, NAN],
}, scale=[1, 5])

# Zar, Biostatistical Analysis, on Kendall's W with ties: three lengths of twelve birds
BIRDS = Panel("wing tail bill", {
    "B1": [10.4, 7.4, 17],
    "B2": [10.8, 7.6, 17],
    "B3": [11.1, 7.9, 20],
    "B4": [10.2, 7.2, 14.5],
    "B5": [10.3, 7.4, 15.5],
    "B6": [10.2, 7.1, 13],
    "B7": [10.7, 7.4, 19.5],
    "B8": [10.5, 7.2, 16],
    "B9": [10.8, 7.8, 21],
    "B10": [11.2, 7.7, 20],
    "B11": [10.6, 7.8, 18],
    "B12": [11.4, 8.3, 22],
}, scale=[0, 25])

# A lenient and a severe juror turn the order of the means round; built so that the model fits it exactly
FLIP = Panel("A B C", {
    "E1": [NAN, 7.0, 8.0],
    "E2": [6.2, NAN, 8.2],
    "E3": [6.4, 7.4, NAN],
}, scale=[0, 10])

# The Judgment of Princeton (2012), red wines: nine tasters, ten wines
REDS = Panel("Meulder Schott Rayyis Cardebat Foy Murphy Gergaud Hodgson Colman", {
    "A2": [14, 19, 15, 15, 17.5, 13, 10, 13, 14],
    "B2": [16, 18, 19.5, 11, 19, 14, 17, 17, 11],
    "C2": [11, 8, 14, 12, 18, 17, 9, 13, 16],
    "D2": [16, 15, 12, 16, 18, 16, 14, 16, 12],
    "E2": [14, 15, 13, 14, 15, 15, 19, 12, 14],
    "F2": [15, 12, 16, 11, 16, 17, 12, 15, 13],
    "G2": [13, 15, 14.5, 14.5, 18, 14, 15, 10, 14],
    "H2": [11, 16, 15, 13, 18, 15.5, 10, 12, 12],
    "I2": [10, 7, 16, 10, 17, 13, 11, 8, 13],
    "J2": [15, 17, 16, 14.5, 17.5, 18, 18, 11, 11],
}, scale=[0, 20])
