"""What of a ranking is shown: all entries, a category or a special award, in which order, which page. All of it stands in the address."""
from dataclasses import dataclass

from flask import abort, request, url_for

from award.domain.rulebook import BY_CRITERION

PAGE = 50
ALL = "all"
CRITERIA = "criteria"
FIRST = {"rank": False, "title": False, "score": True, "raw_mean": True, "spread": True, "ballots": True}
"""What a ranking can be sorted by, and whether the highest stands first."""
WITHOUT = dict.fromkeys(("tie_broken_by", "to_cut", "group"))
NO_PLACE = {**WITHOUT, "rank": None, "tied": False, "band": None, "rank_interval": None, "p_top": None, "stable_without_any_juror": None}


@dataclass(frozen=True)
class View:
    """`lines` are all of the field by rank, `rows` those of this page in the order asked; `page` is None where all stand on one.

    `kind` is "" for the main ranking, "category" or "award", `name` which one; `look` "" or "criteria"; `down`: highest first.
    """

    stage_id: int
    kind: str
    name: str
    look: str
    sort: str
    down: bool
    lines: list
    rows: list
    page: int | None
    last: int

    @property
    def state(self):
        """What the address says beside the stage, without what goes without saying."""
        said = {self.kind: self.name, "look": self.look, "sort": "" if self.sort == "rank" else self.sort,
                "page": ALL if self.page is None else ""}
        return {key: value for key, value in said.items() if key and value}

    def at(self, **changes):
        """The address of the same view with other arguments; those given as "" are left out."""
        wanted = {key: value for key, value in {**self.state, **changes}.items() if value}
        return url_for("rankings.show", stage_id=self.stage_id, **wanted)

    @property
    def ranked(self):
        return [line for line in self.lines if line["rank"]]


def of_request(shown, stage, titles):
    """The View that the address asks for. Aborts with 404 for a category or special award that the result does not have."""
    kind, name = next(((kind, request.args[kind]) for kind in ("category", "award") if request.args.get(kind)), ("", ""))
    lines = sorted(FIELDS[kind](shown, name), key=lambda line: 0 if line["rank"] else PLACELESS.get(line["status"], 1))
    wanted = request.args.get("sort", "rank")
    sort = wanted if wanted in (*FIRST, *(BY_CRITERION + one["name"] for one in shown["rulebook"]["criterion"])) else "rank"
    page, last = page_asked(len(lines))
    down = highest_first(sort, shown)
    ordered = lines if sort == "rank" else sorted(lines, key=order(sort, down, titles))
    rows = ordered if page is None else ordered[(page - 1) * PAGE:page * PAGE]
    look = CRITERIA if request.args.get("look") == CRITERIA else ""
    return View(stage.id, kind, name, look, sort, down, lines, rows, page, last)


def of_category(shown, name):
    """The lines of a category: with the rank in it, what stands beside it there, and last those without one."""
    own = (shown.get("categories") or {}).get(name)
    if own is None:
        abort(404)
    known = {line["entry"]: line for line in shown["entries"]}
    placed = {one["entry"]: known[one["entry"]] | WITHOUT | one for one in own}
    members = {fact["entry"] for fact in shown.get("facts", ()) if fact.get("category") == name}
    return [*placed.values(), *(line | NO_PLACE for entry, line in known.items() if entry in members and entry not in placed)]


def of_award(shown, name):
    """The lines of a special award."""
    return next((award["entries"] for award in shown.get("special_awards") or () if award["name"] == name), None) or abort(404)


FIELDS = {"": lambda shown, name: shown["entries"], "category": of_category, "award": of_award}
PLACELESS = {"ranked": 1, "below_threshold": 2, "not_rankable": 3}
"""In which order those without a place stand, after all others."""


def highest_first(sort, shown):
    """Whether the highest figure stands first: the better one, or the wider spread."""
    if sort in FIRST:
        return FIRST[sort]
    return next(one.get("better", "higher") == "higher" for one in shown["rulebook"]["criterion"] if BY_CRITERION + one["name"] == sort)


def order(sort, down, titles):
    """The key by which lines are sorted; those without the figure stand last, equal ones by rank."""
    def key(line):
        if sort == "title":
            return False, titles.get(line["entry"], (line["entry"],))[0].casefold()
        value = line["criteria"].get(sort.removeprefix(BY_CRITERION)) if sort.startswith(BY_CRITERION) else line[sort]
        return (True, 0) if value is None else (False, -value if down else value)
    return key


def page_asked(rows):
    """(page number, last page): (None, n) when all rows are asked for on one page; a page that is not there gives the nearest."""
    last = max(1, -(-rows // PAGE))
    asked = request.args.get("page", "1")
    if asked == ALL:
        return None, last
    return min(max(1, int(asked)), last) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1, last
