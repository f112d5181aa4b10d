"""The rulebook: everything that determines a stage's result. A value; frozen when the stage opens."""
from dataclasses import dataclass
from fractions import Fraction

from award.domain.canonical import sha256
from award.domain.criteria import Criterion
from award.domain.numbers import number

FIRSTS = "firsts"
BY_CRITERION = "criterion:"


@dataclass(frozen=True)
class NotApplicable:
    """A criterion that no juror scores for one entry; the other shares are then renormalised for that entry."""

    entry: str
    criterion: str
    reason: str = ""


@dataclass(frozen=True)
class Special:
    """A special award: ranked by its own shares {criterion name: Fraction}, among the named entries, or all where `entries` is None."""

    name: str
    shares: dict
    entries: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Rulebook:
    """The rules of one stage, as in RULES.toml; build it with `rules_file.from_dict`, which checks it.

    `ties` is a chain of "criterion:<name>" and "firsts"; `lam` is "reml" or a Fraction; `top` the k of "in the top k". None where
    there is no such rule: `threshold` is the lowest sum of the criteria's means in scale units; `cut` how many go on; `margin` in
    points of 0..100, below which first and second ask for deliberation; `budget` is given down the ranking; `carried`, a Fraction
    of 100, is the share of an earlier stage's score. `unconnected` is "refuse" or "within": groups that share no juror are ranked
    each by itself.
    """

    criteria: tuple[Criterion, ...]
    title: str = ""
    method: str = "mean"
    order: str = "ballot"
    trim: int = 1
    lam: Fraction | str = "reml"
    missing: str = "strict"
    min_ballots: int = 1
    ties: tuple[str, ...] = ()
    top: tuple[int, ...] = (1, 3)
    not_applicable: tuple[NotApplicable, ...] = ()
    threshold: Fraction | None = None
    cut: int | None = None
    margin: Fraction | None = None
    budget: Fraction | None = None
    carried: Fraction | None = None
    unconnected: str = "refuse"
    special: tuple[Special, ...] = ()

    @property
    def names(self):
        """The names of the criteria, in the rulebook's order."""
        return tuple(criterion.name for criterion in self.criteria)

    @property
    def sha256(self):
        """The checksum of the rulebook: SHA-256 of the canonical JSON of `to_dict`."""
        return sha256(to_dict(self))

    def criterion(self, name):
        """The criterion of that name; raises KeyError when there is none."""
        return {criterion.name: criterion for criterion in self.criteria}[name]


def to_dict(rulebook):
    """The rulebook as JSON-able values under the keys of RULES.toml; its JSON numbers are exact to six decimals.

    Rules that a round may do without have a key only where they are set, so that a rulebook keeps its checksum when new ones come.
    """
    return optional(rulebook) | {
        "title": rulebook.title,
        "method": rulebook.method,
        "order": rulebook.order,
        "trim": rulebook.trim,
        "lambda": rulebook.lam if isinstance(rulebook.lam, str) else number(rulebook.lam),
        "missing": rulebook.missing,
        "min_ballots": rulebook.min_ballots,
        "ties": list(rulebook.ties),
        "top": list(rulebook.top),
        "criterion": [criterion_dict(criterion) for criterion in rulebook.criteria],
        "not_applicable": [vars(case) | {} for case in rulebook.not_applicable],
    }


def optional(rulebook):
    """The rules that are set among those that a rulebook may do without, as JSON-able values."""
    found = {name: number(value) for name in ("threshold", "margin", "budget", "carried") if (value := getattr(rulebook, name)) is not None}
    if rulebook.cut is not None:
        found["cut"] = rulebook.cut
    if rulebook.unconnected != "refuse":
        found["unconnected"] = rulebook.unconnected
    if rulebook.special:
        found["special"] = [special_dict(award) for award in rulebook.special]
    return found


def special_dict(award):
    """One special award as JSON-able values under the keys of RULES.toml."""
    shares = [{"name": name, "share": number(share)} for name, share in award.shares.items()]
    return {"name": award.name, "criterion": shares} | ({} if award.entries is None else {"entries": list(award.entries)})


def criterion_dict(criterion):
    """One criterion as JSON-able values under the keys of RULES.toml; None where it has no such rule."""
    return {
        "name": criterion.name,
        "share": number(criterion.share),
        "scale": [number(criterion.low), number(criterion.high)],
        "step": None if criterion.step is None else number(criterion.step),
        "threshold": None if criterion.threshold is None else number(criterion.threshold),
        "better": criterion.better,
        "decimals": criterion.decimals,
    }


def one_scale(rulebook):
    """The scale that all criteria share, as (low, high, better), or None when they differ."""
    scales = {(criterion.low, criterion.high, criterion.better) for criterion in rulebook.criteria}
    return scales.pop() if len(scales) == 1 else None


def applicable(rulebook, entry):
    """The criteria that apply to an entry (by name), as a tuple of Criterion in the rulebook's order."""
    left_out = {case.criterion for case in rulebook.not_applicable if case.entry == entry}
    return tuple(criterion for criterion in rulebook.criteria if criterion.name not in left_out)
