"""What the calculation of a result costs, without pages or database: each kind in a process of its own, on one thread."""
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

from award.domain import evidence, ranking, result, rules_file, score_sheet, severity

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
LARGE, TENTH, JURY = (1000, 50), (100, 50), (48, 12)  # entries, jurors
AIMS = {"certainty": 1500, "fit": 50, "result": 150}  # milliseconds of processor time; other kinds have no aim of their own
OF_TOTALS = ("certainty", "study", "fit")
MEMORY = 250  # megabytes at most, of the process that finds the certainty
GROWTH = 12  # at most so many times the cost for ten times the entries
KINDS = {
    "certainty of 1,000 × 50, 5 ballots, mean": ("certainty", LARGE, 5, "mean"),
    "certainty of 1,000 × 50, all ballots, mean": ("certainty", LARGE, 50, "mean"),
    "certainty of 1,000 × 50, 5 ballots, additive": ("certainty", LARGE, 5, "additive"),
    "certainty of 1,000 × 50, all ballots, additive": ("certainty", LARGE, 50, "additive"),
    "certainty of 1,000 × 50, 5 ballots, median": ("study", LARGE, 5, "median"),
    "certainty of 1,000 × 50, all ballots, median": ("study", LARGE, 50, "median"),
    "additive fit of 1,000 × 50, 5 ballots": ("fit", LARGE, 5, "additive"),
    "additive fit of 1,000 × 50, all ballots": ("fit", LARGE, 50, "additive"),
    "everything for 48 × 12, all ballots, mean": ("result", JURY, 12, "mean"),
    "everything for 48 × 12, 5 ballots, mean": ("result", JURY, 5, "mean"),
    "everything for 48 × 12, 5 ballots, additive": ("result", JURY, 5, "additive"),
    "everything for 100 × 50, 5 ballots, mean": ("larger", TENTH, 5, "mean"),
    "everything for 1,000 × 50, 5 ballots, mean": ("larger", LARGE, 5, "mean"),
    "everything for 100 × 50, 5 ballots, additive": ("larger", TENTH, 5, "additive"),
    "everything for 1,000 × 50, 5 ballots, additive": ("larger", LARGE, 5, "additive"),
}


def costs():
    """{kind: {"cpu": milliseconds, "peak": megabytes, "yardstick", "times"}}, each measured in a child process.

    The yardstick sorts 1,000 rows of 1,000 numbers, in milliseconds; `times` is how many of it the kind takes, which depends less on
    the machine, and on what else it does, than the milliseconds do.
    """
    return {name: measured(name) for name in KINDS}


def measured(name):
    """The figures of one kind, from a child process."""
    child = subprocess.run([sys.executable, "-m", __spec__.name, name], env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True)
    return json.loads(child.stdout)


def aims(found):
    """{what: (measured, allowed)} of the costs."""
    wanted = {f"cpu of {name}": (found[name]["cpu"], AIMS[kind]) for name, (kind, *_rest) in KINDS.items() if kind in AIMS}
    wanted |= {f"megabytes of {name}": (found[name]["peak"], MEMORY) for name, (kind, *_rest) in KINDS.items() if kind == "certainty"}
    for method in ("mean", "additive"):
        large, small = (found[f"everything for {size} × 50, 5 ballots, {method}"]["cpu"] for size in ("1,000", "100"))
        wanted[f"times the cost for ten times the entries, {method}"] = (large / small, GROWTH)
    return wanted


def once(kind, size, panel, method):
    """Do one kind of calculation, after its inputs are made; gives a function to time."""
    criteria = 1 if kind in OF_TOTALS else 5
    sheet = scores(size, panel, criteria)
    rulebook = rules_file.from_dict({"method": method, "criterion": [
        {"name": name, "share": 10 + place, "scale": [0, 10]} for place, name in enumerate(sheet.criteria)]})
    if kind not in OF_TOTALS:
        return lambda: result.compute(rulebook, sheet)
    ranked = ranking.rank(rulebook, sheet)
    if kind == "fit":
        return lambda: severity.fit(ranked.counted.totals.floats)
    at = {entry: e for e, entry in enumerate(sheet.entries)}
    field = evidence.Field([at[one.entry] for one in ranked.standings], [one.rank for one in ranked.standings], rulebook.top)
    return lambda: evidence.study(rulebook, ranked.counted, [field])


def scores(size, panel, criteria):
    """A score sheet of (entries, jurors), each entry scored by `panel` jurors drawn from a seed, in steps of 0.1 from 0 to 10."""
    (entries, jurors), chance = size, np.random.Generator(np.random.PCG64(7))
    who = chance.permuted(np.tile(np.arange(jurors), (entries, 1)), axis=1)[:, :panel]
    good, severe = chance.normal(0, 1, entries), chance.normal(0, 0.5, jurors)
    e, j, c = np.repeat(np.arange(entries), panel * criteria), np.repeat(who.ravel(), criteria), np.tile(np.arange(criteria), entries * panel)
    values = np.clip(np.rint(10 * (6 + good[e] + severe[j] + chance.normal(0, 1, len(e)))), 0, 100).astype(np.int64)
    names = [tuple(f"{letter}{n:04}" for n in range(many)) for letter, many in (("E", entries), ("J", jurors), ("C", criteria))]
    return score_sheet.from_places(names, (e, j, c), values * 100_000, missing=np.zeros(len(e), bool))


def main(name):
    """Measure one kind here, in turn with the yardstick, and print its figures as JSON: medians of several, after one that is not counted."""
    act, numbers = once(*KINDS[name]), np.random.PCG64(1).random_raw(1_000_000).reshape(1000, 1000)
    taken = [(spent(act), spent(lambda: np.sort(numbers, axis=1))) for _ in range(4)][1:]
    cpu, yardstick = (median(column) for column in zip(*taken, strict=True))
    print(json.dumps({"cpu": round(cpu, 1), "peak": round(peak(), 1), "yardstick": round(yardstick, 2), "times": round(cpu / yardstick, 1)}))


def spent(act):
    """The milliseconds of processor time that an act takes."""
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def peak():
    """The most memory that this process ever held, in megabytes; what its parent held does not count."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024


if __name__ == "__main__":
    main(sys.argv[1])
