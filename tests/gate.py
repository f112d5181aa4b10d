"""The promise on coverage, checked after a full run: python -m tests.gate"""
import json
import sys
import tempfile
from pathlib import Path

from coverage import Coverage

WHOLE = ("award/domain/", "award/permissions.py")
LEAST = 95


def figures():
    """Covered and all lines and branches, per file."""
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        coverage.json_report(outfile=f"{folder}/coverage.json")
        return json.loads(Path(folder, "coverage.json").read_text())


def faults(measured):
    """What falls short of the promise, in words; [] when it is kept."""
    short = [f"{path}: {counted['summary']['percent_covered']:.1f} % covered, must be 100 %"
             for path, counted in measured["files"].items()
             if path.startswith(WHOLE) and counted["summary"]["percent_covered"] < 100]
    totals = measured["totals"]
    branches = 100 * totals["covered_branches"] / totals["num_branches"]
    return [*short, *([f"{branches:.1f} % of branches covered, must be {LEAST} %"] if branches < LEAST else [])]


if __name__ == "__main__":
    found = faults(figures())
    print(*found or ["Coverage: the core and the permissions are whole, and 95 % of all branches or more."], sep="\n")
    sys.exit(bool(found))
