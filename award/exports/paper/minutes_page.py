"""What minutes show beside the ranking: who belongs to the jury, what happened when, what was decided and why."""

from dataclasses import dataclass

from award.domain.report import DISTINCTIONS
from award.exports import figures
from award.exports.paper.fields_page import awards
from award.exports.paper.register_page import APART
from award.exports.words import OUTCOMES
from award.i18n import translate


@dataclass(frozen=True)
class Act:
    """An act with its day, given where it differs from that of the act before, its time, its words and its reason."""

    day: str
    time: str
    words: str
    reason: str


@dataclass(frozen=True)
class MinutesPages:
    """The minutes of a stage."""

    pages: object

    @property
    def people(self):
        """The members of the jury as persons, the chair first: they are present and sign, also where codes stand for them."""
        named = self.pages.report.jury.members or tuple(self.pages.jurors.values())
        return sorted(named, key=lambda juror: not juror.chair)

    def acts(self):
        """The acts in order of time, as Acts."""
        found, before = [], ""
        for event in sorted(self.pages.report.events, key=lambda one: one.at):
            day = self.pages.date(event.at)
            words, _, reason = event.words.partition("\n")
            found.append(Act("" if day == before else day, self.clock(event.at), words, reason))
            before = day
        return found

    def clock(self, moment):
        return figures.clock(moment, self.pages.language, self.pages.proof.zone)

    @property
    def zone(self):
        return figures.zone_name(self.pages.proof.zone, self.pages.language)

    def reasoned(self):
        """The entries whose decision the minutes explain: those that depart from the ranking, then the distinctions, then the others
        with a reason or a motivation; in each in order of the ranking."""
        order = [self.pages.entries[key] for key in self.pages.outcomes]
        decided = [e for e in order if e.decision and (e.decision.reason or e.said.motivation or e.decision.outcome in DISTINCTIONS)]
        return sorted(decided, key=lambda e: (not e.decision.departs, e.decision.outcome not in DISTINCTIONS))

    def first_in(self, award):
        """The entries that stand first in the ranking of a special award, as keys."""
        return [line["entry"] for line in award["entries"] if line["rank"] == 1]

    def awards(self):
        """[(name of a special award as readers know it, keys of the entries that stand first in its ranking)]."""
        called = {one.key: one.name for one in self.pages.report.awards if one.name}
        return [(called.get(award["name"], award["name"]), self.first_in(award)) for award in awards(self.pages)]

    def labels(self, keys):
        return ", ".join(self.pages.label(key) for key in keys)

    def uncounted(self):
        """[(juror, entry, cause)] of the ballots that do not count for another reason than a conflict of interest."""
        return [one for one in self.pages.uncounted if one[2] not in APART]

    @property
    def decided(self):
        """How many entries have a decision."""
        return self.pages.outcome_counts.total()

    def counts(self):
        """[(outcome in words, number of entries)], the best first."""
        counted = self.pages.outcome_counts
        return [(translate(words, self.pages.language), counted[code]) for code, words in OUTCOMES.items() if counted[code]]
