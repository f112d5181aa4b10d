"""The tables of docs/simulation.md, and what shows that they were made by this code."""
import json
import re
from dataclasses import asdict, replace
from pathlib import Path
from statistics import fmean

from award.domain.canonical import sha256
from award.domain.aggregation import METHODS
from tests.simulation.juries import DESIGNS
from tests.simulation.rounds import cells

PAGE = Path(__file__).parents[2] / "docs" / "simulation.md"
BEGIN, END = "<!-- ./run simulate writes from here -->\n", "<!-- to here -->"
PROBE = 3
SHORT = ("winner", "all_three", "hangs")
TABLES = {"winner": "The best entry is ranked first", "all_three": "The best three entries are the first three",
          "of_three": "Of the best three, the part among the first three", "hangs": "Leaving out some one juror changes the first place"}
NAMES = dict(zip(DESIGNS, ("complete", "overlapping", "by theme", "in three parts, three entries scored by all", "in three parts"), strict=True))


def write(plan):
    """Put the tables of a Plan into the page, and leave its words alone."""
    tables = made(plan, cells(plan))
    before, _old, after = parts(PAGE.read_text("utf-8"))
    PAGE.write_text(before + BEGIN + tables + END + after, "utf-8")


def parts(page):
    """(what stands before the tables, the tables, what stands after)"""
    before, rest = page.split(BEGIN)
    return (before, *rest.split(END))


def made(plan, found):
    """The tables as Markdown, after the lines that say what they come from."""
    lines = [f"Seed {plan.seed}, {plan.rounds:,} rounds for each line of a table.", f"Parameters: `{parameters(plan)}`",
             f"First {PROBE} rounds of each line: `{probe(plan)}`", "", "### In short", "Per cent, the mean of all lines of a jury below.", "",
             *summary(found), ""]
    for figure, title in TABLES.items():
        lines += [f"### {title}", "Per cent of the rounds." if figure != "of_three" else "Per cent, the mean of the rounds.", "",
                  *table(found, figure), ""]
    return "\n".join(lines)


def parameters(plan):
    """The Plan as JSON."""
    return json.dumps(asdict(plan), sort_keys=True)


def probe(plan):
    """The checksum of what a few rounds of each line give."""
    found = cells(replace(plan, rounds=PROBE))
    return sha256([[*map(str, key), {m: f and {name: round(value, 6) for name, value in f.items()} for m, f in line.items()}]
                   for key, line in found.items()])


def table(found, figure):
    """The lines of one table: kinds of rounds down, methods across."""
    yield "| jury | entries | severity | " + " | ".join(f"`{method}`" for method in METHODS) + " |"
    yield "|---|---:|---:|" + "---:|" * len(METHODS)
    for (design, entries, severity), line in found.items():
        shown = [f"{100 * f[figure]:.1f}" if f else "refused" for f in (line[method] for method in METHODS)]
        yield f"| {NAMES[design]} | {entries} | {severity} | " + " | ".join(shown) + " |"


def summary(found):
    """The lines of the table of means over the kinds of rounds of each design."""
    yield "| jury | | " + " | ".join(f"`{method}`" for method in METHODS) + " |"
    yield "|---|---|" + "---:|" * len(METHODS)
    for design, figure in ((d, f) for d in DESIGNS for f in SHORT):
        lines = [line for key, line in found.items() if key[0] == design]
        shown = [f"{100 * fmean(line[method][figure] for line in lines) + 1e-9:.1f}" if lines[0][method] else "refused" for method in METHODS]
        yield f"| {NAMES[design]} | {TABLES[figure].lower()} | " + " | ".join(shown) + " |"


def read(page):
    """{figure: {(design, entries, severity): {method: per cent as float, or None where it refuses}}} of the tables in a page."""
    kinds = {name: design for design, name in NAMES.items()}
    found = {}
    for figure, title in TABLES.items():
        rows = [line.strip("| \n").split(" | ") for line in page.split(f"### {title}\n")[1].split("###")[0].splitlines() if line[:1] == "|"]
        methods = [re.sub("`", "", name) for name in rows[0][3:]]
        found[figure] = {(kinds[r[0]], int(r[1]), float(r[2])): {m: None if v == "refused" else float(v)
                                                                 for m, v in zip(methods, r[3:], strict=True)} for r in rows[2:]}
    return found
