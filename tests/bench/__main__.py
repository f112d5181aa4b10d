"""Measure a round of 1,000 entries: ./run bench [--database URL] [--entries N] [--json FILE]."""
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
from tests.bench import crowd, fill, pages

AIMS = (("ranking_all", "statements", 6), ("score_form", "statements", 6), ("save_ballot", "statements", 8))


def main(arguments):
    """Fill, measure, print. Gives 0 when every aim is met, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--database", help="address of an empty database, postgresql://…; default: a temporary SQLite file")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--json", help="where the figures go as JSON too; they are printed in any case")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="award-bench-") as folder:
        figures = measure(options, Path(folder))
    found = json.dumps(figures, indent=1)
    if options.json:
        Path(options.json).write_text(found + "\n")
    print(table(figures), "", found, sep="\n")
    return 0 if all(aim["met"] for aim in figures["aims"].values()) else 1


def measure(options, folder):
    """All figures, as a dict that goes into JSON."""
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
    figures = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "database": url.split(":")[0],
               "entries": options.entries, "costs": {name: cost.as_dict() for name, cost in costs.items()}, "together": together}
    return figures | {"aims": aims(figures)}


def aims(figures):
    """{aim: what was measured, what is allowed, whether it is met}"""
    costs = figures["costs"]
    plain, upsert, ranking, save = (costs[n] for n in ("plain_page", "bare_upsert", "ranking_all", "save_ballot"))
    found = {f"{name} {what}": (costs[name][what], most) for name, what, most in AIMS}
    found["ranking_all cpu"] = ranking["cpu"], max(44, 4 * plain["cpu"])
    found["save_ballot wall"] = save["wall"], 3 * upsert["wall"]
    found["lost or refused"] = figures["together"]["lost"] + figures["together"]["errors"], 0
    return {name: {"measured": round(value, 2), "most": round(most, 2), "met": value <= most} for name, (value, most) in found.items()}


def machine():
    """The kind of machine, without its name."""
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version(), "system": platform.machine()}


def table(figures):
    """The figures for people."""
    lines = [f"{'':28}{'wall ms':>10}{'cpu ms':>10}{'statements':>12}{'bytes':>12}"]
    lines += [f"{name.replace('_', ' '):28}{c['wall']:>10.1f}{c['cpu']:>10.1f}{c['statements']:>12.0f}{c['size']:>12.0f}"
              for name, c in figures["costs"].items()]
    lines += ["", " · ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures["together"].items()), ""]
    lines += [f"{'met   ' if aim['met'] else 'MISSED'} {name.replace('_', ' ')}: {aim['measured']:g} (at most {aim['most']:g})"
              for name, aim in figures["aims"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
