"""What the templates print of a report: names beside keys, figures written out, rows in order."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property

from award.domain import facts, reasons, result, variants, workings
from award.domain.canonical import sha256
from award.domain.report import DISTINCTIONS, Award, Criterion, Entry, Report
from award.domain.rulebook import BY_CRITERION
from award.exports import figures, sheet
from award.exports.figures import UNDATED
from award.exports.paper.ballots import Ballots
from award.exports.paper.people import People
from award.exports.paper.written import Figures
from award.exports.words import OUTCOMES
from award.i18n import translate
@dataclass(frozen=True)
class Pages(Figures, People, Ballots):
    """A report seen in one language."""

    report: Report
    language: str

    @property
    def result(self):
        return self.report.result

    @property
    def heading(self):
        return self.report.heading

    @property
    def choice(self):
        return self.report.choice

    @property
    def proof(self):
        return self.report.heading.proof

    @property
    def names(self):
        """Programme and round, without a programme that the name of the round repeats."""
        programme, title = self.heading.programme, self.heading.round
        return [name for name in ("" if title.casefold().startswith(programme.casefold()) else programme, title) if name]

    @cached_property
    def hash(self):
        return sha256(self.result)

    @cached_property
    def places(self):
        """Decimals of scores: one, or as many as the rulebook rounds to."""
        return max([1, *(c["decimals"] for c in self.criteria if c.get("decimals") is not None)])

    @property
    def ends(self):
        """The ends of the scale on which scores are shown: (0, 100), or the scale of the criteria."""
        return (sheet.scale_of_all(self.result) or (0, 100)) if self.result.get("units") == "scale" else (0, 100)

    @property
    def plain(self):
        """Whether the score is the mean of the ballots and nothing else."""
        rules = self.result["rulebook"]
        return (rules["method"], rules["order"], rules.get("carried")) == ("mean", "ballot", None)

    @cached_property
    def inputs(self):
        """(rulebook, sheet, exclusions, facts) of the domain, from which the result was computed."""
        return *result.inputs(self.result), facts.read(self.result.get("facts", ()))

    @cached_property
    def prepared(self):
        """(what the workings of all entries share, the facts about entries)."""
        rulebook, given, exclusions, known = self.inputs
        return workings.prepared(rulebook, given, exclusions=exclusions), known

    @cached_property
    def criteria(self):
        """The criteria of the rulebook with the report's words: shown, description, anchors, part (share of 1)."""
        told = {c.key: c for c in self.report.process.criteria}
        whole = sum(c["share"] for c in sheet.criteria(self.result))
        return [
            {
                **c,
                "shown": told.get(c["name"], Criterion(c["name"])).name or c["name"],
                "part": c["share"] / whole,
                "description": told.get(c["name"], Criterion(c["name"])).description,
                "anchors": told.get(c["name"], Criterion(c["name"])).anchors,
            }
            for c in sheet.criteria(self.result)
        ]

    @property
    def shared(self):
        """The criteria with a share of the main ranking: those that only special awards use are left out."""
        return [c for c in self.criteria if c["part"] > 0]

    def criterion(self, key):
        """What a criterion is called here."""
        return next((c["shown"] for c in self.criteria if c["name"] == key), key)

    @cached_property
    def rules(self):
        """The rulebook with the names of criteria and entries that readers know."""
        rules = self.result["rulebook"]
        ties = [
            BY_CRITERION + self.criterion(t.removeprefix(BY_CRITERION)) if t.startswith(BY_CRITERION) else t
            for t in rules["ties"]
        ]
        cases = [
            {**case, "criterion": self.criterion(case["criterion"]), "entry": self.label(case["entry"])}
            for case in rules.get("not_applicable") or ()
        ]
        awards = [
            {**award, "key": award["name"], "name": self.award(award["name"]).name or award["name"],
             "criterion": [{**part, "name": self.criterion(part["name"])} for part in award["criterion"]]}
            for award in rules.get("special") or ()
        ]
        return {
            **rules,
            "special": awards,
            "ties": ties,
            "not_applicable": cases,
            "criterion": [{**c, "name": c["shown"]} for c in self.criteria],
        }

    @cached_property
    def entries(self):
        """{key: Entry} in order of key, for all entries of the result."""
        told = {e.key: e for e in self.report.entries}
        return {key: told.get(key) or Entry(key) for key in sorted(e["entry"] for e in self.result["entries"])}

    @cached_property
    def outcomes(self):
        """{key: what the result says of the entry}."""
        return {e["entry"]: e for e in self.result["entries"]}

    @cached_property
    def paged(self):
        """Keys of the entries that have pages of their own in this document."""
        wanted = not self.choice.sections or "entries" in self.choice.sections
        return {key for key in self.entries if wanted and variants.has_page(self.entries[key], self.choice)}

    def award(self, key):
        """What is told of a special award of the result."""
        return next((award for award in self.report.awards if award.key == key), Award(key))

    def category(self, key):
        """What a category of the result is called here."""
        members = (fact["entry"] for fact in self.result.get("facts") or () if fact.get("category") == key)
        return next((told for entry in members if entry in self.entries and (told := self.entries[entry].category)), key)

    def title(self, key):
        """The title of an entry, its key where it has none."""
        return (self.entries[key].title if key in self.entries else "") or key

    def label(self, key):
        """Key and title, once each."""
        return key if self.title(key) == key else f"{key}\u2002{self.title(key)}"

    def anchor(self, key):
        """The name of the place in the document where the entry stands."""
        return f"e{self.numbers[key]}"

    @cached_property
    def numbers(self):
        """{key of an entry: its place in the order of the keys, from 1}."""
        return {key: i for i, key in enumerate(self.entries, 1)}

    def kind(self, key):
        """The shape that stands for an entry in charts: distinction, entry, outside (not ranked)."""
        decision = self.entries[key].decision
        if decision and decision.outcome in DISTINCTIONS:
            return "distinction"
        return "entry" if self.outcomes[key]["status"] == "ranked" else "outside"

    def place(self, key):
        """The rank of an entry with = where it is shared; a dash where it has none."""
        return self.rank(self.outcomes[key])

    @staticmethod
    def rank(outcome):
        """The rank on a line of the main or another ranking, written as `place` writes it."""
        return f"{outcome['rank']}{'=' if outcome['tied'] else ''}" if outcome["rank"] is not None else "–"

    @property
    def sharing(self):
        """Keys of the entries that share their place."""
        return {key for key, outcome in self.outcomes.items() if outcome["tied"]}

    def honour(self, key):
        """The name of the entry's distinction, "" where it has none."""
        decision = self.entries[key].decision
        return (
            translate(OUTCOMES[decision.outcome], self.language)
            if decision and decision.outcome in DISTINCTIONS
            else ""
        )

    def by_status(self, status):
        return [e for e in self.result["entries"] if e["status"] == status]

    @cached_property
    def honours(self):
        """Entries with a distinction: winners first, then in the order of the ranking."""
        order = list(self.outcomes)
        found = [e for e in self.entries.values() if e.decision and e.decision.outcome in DISTINCTIONS]
        return sorted(found, key=lambda e: (DISTINCTIONS.index(e.decision.outcome), order.index(e.key)))

    @cached_property
    def outcome_counts(self):
        return Counter(e.decision.outcome for e in self.entries.values() if e.decision)

    @cached_property
    def stamp(self):
        """The time that the file states as its own: that of the result."""
        return (self.proof.frozen_at or UNDATED).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def step(self, broken_by):
        """A step of the tie chain with the criterion as readers know it."""
        return (
            BY_CRITERION + self.criterion(broken_by.removeprefix(BY_CRITERION))
            if broken_by.startswith(BY_CRITERION)
            else broken_by
        )

    def why(self, reason, entry):
        """Why an entry has no place, as a Text, with names and figures as readers know them."""
        shown = {
            key: self.number(value, min(2, figures.decimals(value))) if isinstance(value, float) else value
            for key, value in reason.items()
        }
        if "criterion" in reason:
            shown["criterion"] = self.criterion(reason["criterion"])
        return reasons.reason({**shown, "entry": self.title(entry)})

    @cached_property
    def unplaced(self):
        """[(entry or "" where the sentence names it, why it has no place)] of all entries that have none."""
        return self.reasons_of(self.result["entries"])

    def reasons_of(self, lines):
        """The same for the lines of any ranking."""
        told = [(e["entry"], self.why(r, e["entry"])) for e in lines if e["status"] != "ranked" for r in e["reasons"]]
        return [("" if "entry)s" in why.one else key, why) for key, why in told]

    @property
    def warnings(self):
        """What a reader should beware of, as Texts; what this version does not compute stands in the result alone."""
        return [reasons.warning(code) for code in self.result["warning_codes"] if code["code"] != "not_computed"]
