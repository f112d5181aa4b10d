"""Which readers see what: a composed document reduced to what its variant shows. What is hidden is not in it at all.

full: everything, for the organiser, the jury and an auditor. public: what the jury decided and why, every score under the code of
its juror, and the jurors by name in a list of their own. team: the same with one entry in full, that of the team that gets it.
"""

from dataclasses import replace

from award.domain.report import DISTINCTIONS, Conflict, Juror, Jury, Said

SHOWN = (*DISTINCTIONS, "goes_on")


def reduced(report):
    """The report as the variant and the jurors of its choice show it. Source: issue 4, point 1.

    Outside the full variant jurors always stand under their codes, whatever was chosen: a name beside a score is for the jury and the
    organiser. Figures and attached data are the same under every choice: they name entries by number and jurors by code.
    """
    if report.choice.variant == "full":
        return coded(report) if report.choice.jurors == "codes" else report
    own = report.choice.entry if report.choice.variant == "team" else None
    found = replace(coded(report), entries=tuple(entry if entry.key == own else _public(entry, report.choice) for entry in report.entries))
    jury = replace(found.jury, comments=tuple(c for c in report.jury.comments if c.entry == own),
                   conflicts=tuple(Conflict("", "", "") for _one in report.jury.conflicts))
    return replace(found, jury=jury, choice=replace(report.choice, jurors="codes"), events=())


def coded(report):
    """The report with its jurors under their codes; the people stand by name in `members`, in order of name, without their codes."""
    jury = report.jury
    members = jury.members or tuple(sorted((Juror("", j.name, j.organisation, j.chair) for j in jury.jurors if j.name),
                                           key=lambda j: (j.name.casefold(), j.organisation)))
    jurors = tuple(Juror(j.key, declared_at=j.declared_at) for j in sorted(jury.jurors, key=lambda j: j.key))
    return replace(report, jury=Jury(jurors, jury.comments, jury.conflicts, members))


def has_page(entry, choice):
    """Whether an entry has pages of its own under the choice: all, those with a distinction or that go on, or the team's."""
    if choice.variant == "full":
        return True
    if choice.variant == "team":
        return entry.key == choice.entry
    return bool(entry.decision) and entry.decision.outcome in SHOWN


def _public(entry, choice):
    """The entry as everyone may see it: without points to improve; one without pages of its own as title, team and decision."""
    if has_page(entry, choice):
        return replace(entry, said=replace(entry.said, improvements=""))
    return replace(entry, summary="", said=Said(), answers=(), decision=_told(entry.decision))


def _told(decision):
    """The decision; its reason only where it departs from the ranking or honours the entry, as on the public page."""
    if decision is None or decision.departs or decision.outcome in SHOWN:
        return decision
    return replace(decision, reason="")
