"""Special awards: the same ballots, ranked by other shares. And the main ranking, without what only special awards ask."""
from dataclasses import replace

from award.domain import score_sheet
from award.domain.rulebook import BY_CRITERION


def main(rulebook):
    """The rulebook of the main ranking: without criteria of share 0 that only special awards use."""
    asked = {name for award in rulebook.special for name, share in award.shares.items() if share > 0}
    own = [c for c in rulebook.criteria if c.share > 0 or c.name not in asked or BY_CRITERION + c.name in rulebook.ties]
    return narrowed(rulebook, own)


def of(rulebook, award):
    """The rulebook of one Special: its shares, no thresholds or lines; ties by its own criteria."""
    own = [replace(c, share=award.shares[c.name], threshold=None) for c in rulebook.criteria if award.shares.get(c.name, 0) > 0]
    bare = replace(rulebook, threshold=None, cut=None, margin=None, budget=None, carried=None)
    return narrowed(bare, own)


def narrowed(rulebook, criteria):
    """The rulebook with these criteria alone."""
    names = {criterion.name for criterion in criteria}
    ties = tuple(step for step in rulebook.ties if not step.startswith(BY_CRITERION) or step.removeprefix(BY_CRITERION) in names)
    cases = tuple(case for case in rulebook.not_applicable if case.criterion in names)
    return replace(rulebook, criteria=tuple(criteria), ties=ties, not_applicable=cases, special=())


def sheet(whole, rulebook, award=None):
    """The part of a score sheet that a narrowed rulebook, and its Special, look at."""
    entries = None if award is None or award.entries is None else [e for e in award.entries if e in whole.entries]
    return score_sheet.only(whole, entries=entries, criteria=rulebook.names)
