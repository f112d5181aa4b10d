"""Measure a round of 1,000 entries, and the calculation of a result: ./run bench [--only pages|calculation|report] [--json FILE] …"""
import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from award import create_app
from award.db import transaction
from config import Settings
from tests import databases
from tests.bench import calculation, crowd, fill, pages, reports

AIMS = (("ranking_all", "statements", 6), ("score_form", "statements", 6), ("save_ballot", "statements", 8))


def main(arguments):
    """Fill, measure, print. Gives 0 when every aim is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--database", help="address of an empty database, postgresql://…; default: a temporary SQLite file")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--json", help="where the figures go as JSON too; they are printed in any case")
    parser.add_argument("--only", choices=tuple(PARTS), help="one part of the figures; default: all")
    options = parser.parse_args(arguments)
    figures = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "aims": {}}
    for part, measure in PARTS.items():
        if options.only in (None, part):
            found = measure(options)
            figures |= {**found, "aims": figures["aims"] | found["aims"]}
    found = json.dumps(figures, indent=1)
    if options.json:
        Path(options.json).write_text(found + "\n")
    print(*table(figures), "", found, sep="\n")
    return 0 if all(aim["met"] for aim in figures["aims"].values()) else 1


def measure_pages(options):
    """The figures of pages, saves and exports, as a dict that goes into JSON."""
    with tempfile.TemporaryDirectory(prefix="award-bench-") as folder:
        return filled(options, Path(folder))


def filled(options, folder):
    """The figures of pages in a round that is written into a fresh database."""
    url = (options.database or f"sqlite:///{folder / 'award.db'}").replace("postgresql://", "postgresql+psycopg://")
    databases.migrate(url)
    app = create_app(Settings(secret_key="a key for measuring only, of sufficient length", database_url=url, data_dir=folder,
                              base_url="http://localhost", testing=True, trusted_hosts=("localhost",)))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), transaction():
        large = fill.fill(entries=options.entries, ballots=5, jurors=20)
    with app.app_context(), transaction():
        small = fill.fill(entries=50, ballots=5, jurors=10)
    costs, drafts = pages.costs(app, large, small)
    together = crowd.crowd(app, drafts)
    figures = {"database": url.split(":")[0], "entries": options.entries, "costs": {name: cost.as_dict() for name, cost in costs.items()},
               "together": together}
    return figures | {"aims": held(page_aims(figures))}


def measure_calculation(_options):
    """The figures of the calculation alone, as a dict that goes into JSON."""
    found = calculation.costs()
    return {"calculation": found, "aims": held(calculation.aims(found))}


def measure_report(options):
    """The figures of typesetting reports, as a dict that goes into JSON."""
    found = reports.costs(options.entries)
    return {"reports": {name: one.as_dict() for name, one in found.items()}, "aims": held(reports.aims(found))}


def page_aims(figures):
    """{aim: (measured, allowed)} of pages and saves."""
    costs = figures["costs"]
    plain, upsert, ranking, save = (costs[n] for n in ("plain_page", "bare_upsert", "ranking_all", "save_ballot"))
    found = {f"{name} {what}": (costs[name][what], most) for name, what, most in AIMS}
    found["ranking_all cpu"] = ranking["cpu"], max(44, 4 * plain["cpu"])
    found["save_ballot wall"] = save["wall"], 3 * upsert["wall"]
    found["lost or refused"] = figures["together"]["lost"] + figures["together"]["errors"], 0
    return found


def held(found):
    """{aim: what was measured, what is allowed, their ratio, whether it is met} of {aim: (measured, allowed)}."""
    return {name: {"measured": round(value, 2), "most": round(most, 2), "ratio": round(value / most, 2) if most else None, "met": value <= most}
            for name, (value, most) in found.items()}


def machine():
    """The kind of machine, without its name."""
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version(), "system": platform.machine()}


def table(figures):
    """The lines of the figures for people."""
    if "costs" in figures:
        yield f"{'':28}{'wall ms':>10}{'cpu ms':>10}{'statements':>12}{'bytes':>12}"
        for name, c in figures["costs"].items():
            yield f"{name.replace('_', ' '):28}{c['wall']:>10.1f}{c['cpu']:>10.1f}{c['statements']:>12.0f}{c['size']:>12.0f}"
        yield ""
        yield " · ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures["together"].items())
        yield ""
    if "calculation" in figures:
        yield f"{'':52}{'cpu ms':>10}{'peak MB':>10}{'yardsticks':>12}"
        for name, c in figures["calculation"].items():
            yield f"{name:52}{c['cpu']:>10.1f}{c['peak']:>10.1f}{c['times']:>12.1f}"
        yield ""
    if "reports" in figures:
        yield f"{'':44}{'cpu s':>10}{'wall s':>10}{'peak MB':>10}{'pages':>8}{'kB':>8}"
        for name, c in figures["reports"].items():
            yield f"{name:44}{c['cpu']:>10.1f}{c['wall']:>10.1f}{c['peak']:>10.0f}{c['pages']:>8}{c['size'] / 1000:>8.0f}"
        yield ""
    for name, aim in figures["aims"].items():
        part = "" if aim["ratio"] is None else f", {aim['ratio']:.2f} of it"
        yield f"{'met   ' if aim['met'] else 'MISSED'} {name.replace('_', ' ')}: {aim['measured']:g} (at most {aim['most']:g}{part})"


PARTS = {"pages": measure_pages, "calculation": measure_calculation, "report": measure_report}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
