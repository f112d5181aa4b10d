"""Free skating components of the men, ISU World Figure Skating Championships 2017: real scores and official results.

Nine judges scored 24 skaters on five components from 0.25 to 10 by 0.25. Data: BuzzFeed News, "figure-skating-scores",
CC BY 4.0. One line for each skater and component: nine scores in quarter points, then the official panel score.
"""

COMPONENTS = ("Skating Skills", "Transitions", "Performance", "Composition", "Interpretation of the Music")
JUDGES = tuple(f"J{i}" for i in range(1, 10))
FACTOR = 2  # of every component in the free skating of men

# skater | official total of the components | for each component: nine scores in quarter points = official panel score
SHEET = """
Alexander MAJOROV | 68.5
  28 27 30 26 28 28 29 30 29 = 7.11
  26 26 29 25 27 27 28 29 25 = 6.71
  26 26 29 25 26 28 28 28 25 = 6.68
  27 27 30 26 29 27 28 29 24 = 6.89
  26 27 29 27 27 28 28 30 26 = 6.86
Alexei BYCHENKO | 76.42
  28 30 31 34 29 32 33 32 27 = 7.68
  26 30 31 32 29 29 31 31 27 = 7.43
  30 30 32 33 26 31 32 32 29 = 7.71
  30 31 33 33 29 30 32 32 28 = 7.75
  29 30 33 34 27 30 32 33 26 = 7.64
Boyang JIN | 86.0
  32 36 34 33 32 36 36 37 37 = 8.71
  28 35 32 32 31 33 35 36 38 = 8.36
  33 37 33 34 33 35 36 35 39 = 8.68
  32 37 34 34 33 33 35 36 37 = 8.64
  27 35 33 34 32 34 36 37 38 = 8.61
Brendan KERRY | 73.0
  27 30 30 29 30 31 30 30 26 = 7.36
  27 29 29 28 28 31 28 29 25 = 7.07
  28 29 30 29 30 32 28 31 26 = 7.32
  30 30 31 28 29 31 29 30 25 = 7.39
  30 30 30 28 29 32 29 30 27 = 7.36
Chafik BESSEGHIER | 69.64
  24 30 29 27 29 29 31 26 28 = 7.07
  24 29 28 24 27 28 30 26 25 = 6.68
  26 29 28 25 29 28 30 28 28 = 7.0
  27 30 30 28 28 29 31 27 25 = 7.11
  27 29 28 27 29 28 31 27 27 = 6.96
Denis TEN | 80.34
  32 33 33 34 34 32 31 35 32 = 8.21
  27 32 33 32 33 30 29 34 32 = 7.89
  28 32 32 32 30 30 29 33 34 = 7.79
  32 34 34 33 33 31 30 34 33 = 8.21
  28 34 34 33 31 30 30 35 34 = 8.07
Deniss VASILJEVS | 78.86
  31 32 33 32 32 31 31 32 30 = 7.89
  32 30 31 30 29 30 31 32 30 = 7.64
  31 31 31 31 31 33 31 33 31 = 7.82
  34 32 34 31 31 32 31 33 32 = 8.04
  31 31 33 32 30 34 31 34 33 = 8.04
Jason BROWN | 89.2
  36 33 35 35 35 35 36 37 38 = 8.89
  36 33 34 34 34 35 35 36 36 = 8.71
  38 34 35 34 37 36 36 38 38 = 9.07
  38 34 35 34 35 35 35 37 37 = 8.86
  39 34 35 34 36 36 36 38 40 = 9.07
Javier FERNANDEZ | 94.52
  38 38 37 37 36 39 39 38 37 = 9.43
  39 38 37 37 36 38 38 38 36 = 9.36
  38 37 36 38 36 39 38 38 37 = 9.36
  39 38 37 39 37 39 39 39 37 = 9.57
  39 38 37 39 37 39 38 40 37 = 9.54
Jorik HENDRICKX | 71.08
  28 28 29 30 30 29 28 29 30 = 7.25
  26 28 28 29 28 29 26 27 28 = 6.93
  24 27 26 28 28 30 28 27 29 = 6.89
  28 29 30 30 29 30 28 29 29 = 7.29
  26 29 27 30 29 30 27 29 30 = 7.18
Julian Zhi Jie YEE | 70.0
  28 26 27 25 28 29 28 26 26 = 6.75
  29 27 26 24 29 28 28 25 27 = 6.79
  31 27 28 27 30 30 29 25 31 = 7.21
  31 28 27 26 30 30 28 27 28 = 7.07
  32 28 28 26 30 31 29 27 28 = 7.18
Keiji TANAKA | 72.78
  32 30 29 30 29 30 31 30 29 = 7.46
  29 28 28 28 26 28 30 28 28 = 7.04
  30 29 27 28 28 30 30 29 27 = 7.18
  31 30 29 30 28 29 31 30 26 = 7.39
  29 29 28 30 29 30 30 31 27 = 7.32
Kevin REYNOLDS | 78.34
  31 31 31 30 31 30 32 31 31 = 7.71
  30 31 31 29 32 31 30 31 30 = 7.64
  32 33 32 32 33 32 31 32 32 = 8.04
  32 33 31 31 34 31 32 31 31 = 7.89
  30 32 32 31 33 32 31 32 31 = 7.89
Maxim KOVTUN | 78.86
  32 33 33 33 32 31 34 32 31 = 8.07
  29 32 31 31 30 29 33 32 28 = 7.64
  30 32 32 32 30 31 32 33 31 = 7.86
  30 33 32 32 32 30 33 33 30 = 7.93
  31 32 32 33 31 31 32 34 31 = 7.93
Michael Christian MARTINEZ | 62.44
  24 25 25 25 27 27 27 23 26 = 6.39
  23 24 23 24 28 24 25 23 21 = 5.93
  26 24 24 24 27 27 26 24 24 = 6.25
  27 25 25 24 27 27 27 23 23 = 6.36
  24 26 24 25 26 28 26 25 22 = 6.29
Michal BREZINA | 77.0
  31 32 32 32 32 32 31 34 29 = 7.93
  30 31 30 30 31 30 29 32 26 = 7.54
  30 31 30 31 29 32 29 34 29 = 7.57
  31 32 31 32 32 31 30 33 29 = 7.82
  30 31 30 31 30 32 30 34 28 = 7.64
Mikhail KOLYADA | 82.7
  32 33 36 35 34 35 33 34 33 = 8.46
  29 32 34 33 32 32 32 33 32 = 8.07
  30 32 35 33 33 33 32 34 33 = 8.21
  31 33 35 34 34 33 33 34 31 = 8.29
  30 33 36 34 33 33 32 35 33 = 8.32
Misha GE | 79.8
  30 32 31 32 30 31 34 32 30 = 7.79
  28 32 30 30 29 31 33 32 29 = 7.61
  32 33 33 33 30 33 34 33 31 = 8.14
  32 34 32 31 31 33 33 32 28 = 8.0
  35 34 33 32 30 35 34 34 32 = 8.36
Moris KVITELASHVILI | 72.0
  29 29 30 27 29 28 31 29 28 = 7.21
  26 28 28 26 29 26 28 28 29 = 6.89
  28 29 29 27 30 28 30 31 30 = 7.29
  30 29 29 28 32 27 29 30 29 = 7.29
  28 28 30 28 31 28 30 31 30 = 7.32
Nathan CHEN | 84.78
  32 34 35 34 31 34 37 35 35 = 8.54
  32 33 33 33 32 34 35 35 35 = 8.39
  29 34 34 33 31 32 35 34 37 = 8.32
  34 35 35 34 33 33 36 37 35 = 8.64
  32 34 34 34 32 33 36 37 35 = 8.5
Patrick CHAN | 94.92
  38 38 38 39 38 38 39 38 39 = 9.57
  39 37 37 39 38 37 38 37 39 = 9.46
  37 37 37 37 36 39 38 38 38 = 9.36
  39 38 38 38 39 38 38 37 39 = 9.57
  37 38 37 38 38 39 39 37 39 = 9.5
Paul FENTZ | 70.08
  31 31 29 28 28 28 30 27 26 = 7.18
  31 30 29 26 26 25 29 25 23 = 6.79
  31 30 28 26 27 28 30 26 25 = 6.96
  31 31 30 27 28 27 29 26 23 = 7.07
  29 30 29 27 27 29 30 26 25 = 7.04
Shoma UNO | 94.42
  35 36 39 39 37 39 37 40 38 = 9.46
  35 35 37 37 37 38 37 38 37 = 9.21
  36 35 39 38 39 39 37 39 39 = 9.54
  38 36 40 39 39 38 37 39 37 = 9.54
  35 35 39 39 38 39 37 40 38 = 9.46
Yuzuru HANYU | 97.08
  37 39 39 40 38 39 39 39 38 = 9.68
  36 38 38 38 37 39 38 38 38 = 9.46
  40 40 39 40 37 40 39 40 38 = 9.86
  40 40 39 39 38 39 39 39 38 = 9.75
  36 39 40 40 37 40 40 39 39 = 9.79
"""


def skaters():
    """(skater, official total, [(component, scores in quarter points, official panel score)]) for each skater."""
    lines = SHEET.strip().split("\n")
    for start in range(0, len(lines), 6):
        skater, total = lines[start].split(" | ")
        parts = [line.split(" = ") for line in lines[start + 1 : start + 6]]
        yield (
            skater,
            total,
            [
                (name, [int(q) for q in quarters.split()], official)
                for name, (quarters, official) in zip(COMPONENTS, parts, strict=True)
            ],
        )


ROWS = [
    (judge, skater, name, quarter / 4)
    for skater, _, parts in skaters()
    for name, quarters, _ in parts
    for judge, quarter in zip(JUDGES, quarters, strict=True)
]
OFFICIAL_PANEL_SCORES = {
    (skater, name): float(official) for skater, _, parts in skaters() for name, _, official in parts
}
OFFICIAL_TOTALS = {skater: float(total) for skater, total, _ in skaters()}
RULES = {
    "title": "Worlds 2017, men, free skating",
    "method": "trimmed_mean",
    "order": "criterion",
    "trim": 1,
    "criterion": [
        {"name": name, "share": FACTOR, "scale": [0, 10], "step": 0.25, "decimals": 2} for name in COMPONENTS
    ],
}
