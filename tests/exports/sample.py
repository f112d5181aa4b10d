"""Reports to test with: a round with all that can happen, and the extremes. All names are invented."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from award.domain import result, rules_file, score_sheet
from award.domain.report import (
    Anchor,
    Award,
    Comment,
    Conflict,
    Criterion,
    Decision,
    Earlier,
    Entry,
    Heading,
    Juror,
    Jury,
    Process,
    Proof,
    Report,
    Said,
    Step,
    Team,
    from_result,
)

CRITERIA = (
    ("Novelty", 20, "Is it new for this public, here?"),
    ("Impact for the public", 30, "What changed for people, and for how many?"),
    ("Results", 20, "Does it work, and is that shown?"),
    ("Working together", 15, "Who shaped it, apart from the team?"),
    ("Transferability", 15, "Can another service take it over?"),
)
ANCHORS = (
    Anchor(5, "Measured against a comparison, and published"),
    Anchor(3, "Plausible, shown with examples"),
    Anchor(0, "Not shown"),
)
TITLES = (
    "One Letter Less",
    "The Quiet Siren",
    "Shared Ground",
    "Birth, Once",
    "Return-to-Work Table",
    "Ask Before You Build",
    "The Chatbot We Switched Off",
    "Dike Watch",
)
TEAMS = (
    "Federal Pensions Desk",
    "Civil Protection Centre",
    "Meuse Water Agency",
    "Union of Civil Registries",
    "Federal Work Agency",
    "City of Lindebeek",
    "Federal Tax Line",
    "Coast and Dike Service",
)
JURORS = (
    "Hannelore Wouters",
    "Mehmet Aydın",
    "Zoë Čermák",
    "Claire Delvaux",
    "Søren Holm",
    "Amina Idrissi",
    "Bart Nijs",
    "Liesbeth Quintens",
    "Jean-Marc Thiry",
)
SUMMARY = (
    "Every month the desk sent 190,000 letters that a third of the readers did not understand. The team sat down "
    "with 140 "
    "pensioners, read 61 standard letters aloud, and asked one question: what do you do now?\n\nLetters that led "
    "to no action "
    "were abolished. The others were rewritten until nine of ten readers could say what was asked of them."
)
REASON = (
    "The jury was looking for an innovation that people notice, and found one they notice by its absence. The team "
    "took the "
    "oldest instrument of government, the letter, and asked those who receive it whether it should exist."
)
REMARKS = (
    "It alone could show what would have happened without it.",
    "I went home and read my own letters aloud.",
    "Sober, cheap, repeatable. I wish there were more to say against it.",
)
LESSONS = (
    "Decide when to stop before you start\nThe limit was set when nobody yet loved the product.\n\n"
    "Count what hurts, daily\nUse was counted every hour, errors every month.\n\nTell those you told wrong."
)
RECOMMENDATIONS = (
    "Pay for stopping, too\nReserve a tenth of each innovation budget for ending well.\n\n"
    "Invite the small\nTowns below 20,000 sent three of 29 entries. Offer an hour’s help with entering.\n\nKeep the rules."
)
FROZEN = datetime(2026, 6, 18, 14, 0, tzinfo=UTC)


def rules(**more):
    """The rulebook of the sample; `more` overrides a rule."""
    criteria = [
        {"name": name, "share": share, "scale": [0, 5], "step": 0.5, "threshold": 2 if name == "Results" else None}
        for name, share, _ in CRITERIA
    ]
    return rules_file.from_dict(
        {
            "title": "Sample",
            "min_ballots": 3,
            "ties": ["criterion:Impact for the public", "firsts"],
            "criterion": criteria,
            **more,
        }
    )


def key(i):
    return f"FIA26-{i:03}"


def rows(entries, jurors, seed=26):
    """Scores (juror, entry, criterion, score): the first entries are the best; everything else is chance."""
    chance, found = random.Random(seed), []
    for e in range(entries):
        for j in range(jurors):
            for name, _, _ in CRITERIA:
                level = (
                    4.6
                    - 3 * e / max(1, entries)
                    + chance.uniform(-1, 0.9)
                    - (1.6 if name == "Results" and e == 6 else 0)
                )
                found.append((f"J{j + 1:02}", key(e + 1), name, min(5, max(0, round(2 * level) / 2))))
    return found


def compute(given, *, book=None, exclusions=(), units="score", entries=()):
    sheet = score_sheet.from_rows(
        given, entries=entries, criteria=[name for name, _, _ in CRITERIA] if not given else ()
    )
    return result.compute(book or rules(), sheet, exclusions=exclusions, seed=7, units=units)


def full(size=8):
    """Eight entries, nine jurors: a winner, a commendation out of order, a conflict, a voided ballot, one below the threshold."""
    given = [r for r in rows(8, 9)[: 45 * size] if (r[0], r[1]) not in {("J03", key(1)), ("J05", key(6))}]
    given = [r for r in given if (r[0], r[1], r[2]) != ("J07", key(5), "Novelty")]
    found = compute(
        given,
        exclusions=[
            {"juror": "J09", "entry": key(2), "cause": "voided"},
            {"juror": "J03", "entry": key(1), "cause": "recusal"},
        ],
    )
    decisions = {
        1: Decision("winner", REASON),
        3: Decision("commended", "The jury values its method above its score.", departs=True),
        2: Decision("goes_on", "Follows the ranking."),
        7: Decision("stops", "Below the threshold."),
    }
    entries = tuple(
        Entry(
            key(i),
            TITLES[i - 1],
            Team(TEAMS[i - 1], (TEAMS[i - 1], "Reading Lab")),
            SUMMARY if i < 4 else "",
            decisions.get(i),
        )
        for i in range(1, size + 1)
    )
    jurors = tuple(
        Juror(f"J{i:02}", name, "University of Valmont" if i % 2 else "City of Lindebeek", chair=i == 1)
        for i, name in enumerate(JURORS, 1)
    )
    comments = tuple(
        Comment(f"J{1 + (i * 5 + k) % 9:02}", key(i), name, REMARKS[(i + k) % 3])
        for i in range(1, size + 1)
        for k, name in enumerate(("Novelty", "Results", ""))
    )
    proof = Proof("final", FROZEN, "Europe/Brussels", "3b5d6a4b" * 8, "https://award.example.eu/rounds/fia-2026")
    process = Process(
        "Jury scoring",
        tuple(Criterion(n, n, q, ANCHORS) for n, _, q in CRITERIA),
        datetime(2026, 5, 1, 7, 0, tzinfo=UTC),
        14,
        8,
    )
    conflicts = (Conflict("J03", key(1), "organisation"), *([Conflict("J05", key(6))] if size > 5 else []))
    return Report(
        Heading("Public Innovation Award", "2026", "Office for Public Innovation", proof),
        process,
        Jury(jurors, comments, conflicts),
        entries,
        found,
    )


def many(entries, jurors, **options):
    """A round of any size, with nothing said around it."""
    found = compute(rows(entries, jurors), **options)
    known = tuple(Entry(key(i + 1), f"{TITLES[i % 8]} {i + 1}", Team(TEAMS[i % 8])) for i in range(entries))
    report = full()
    return replace(
        report,
        result=found,
        entries=known,
        jury=Jury(tuple(Juror(f"J{j + 1:02}", f"Juror {j + 1}") for j in range(jurors))),
        process=replace(report.process, received=None, eligible=None),
    )


def with_text(words, entries=1):
    """A small round in which every text that people write is the given one."""
    report = many(entries, 3)
    return replace(
        report,
        heading=replace(report.heading, programme=words, round=words, organiser=words),
        process=replace(
            report.process,
            stage=words,
            criteria=tuple(Criterion(n, words, words, (Anchor(5, words),)) for n, _, _ in CRITERIA),
        ),
        jury=Jury(
            tuple(Juror(f"J{j:02}", words, words, chair=j == 1) for j in (1, 2, 3)),
            (Comment("J01", key(1), "Novelty", words), Comment("J02", key(1), "", words)),
            (Conflict("J03", key(1), words),),
        ),
        entries=tuple(
            Entry(e.key, words, Team(words, (words,)), words, Decision("winner", words, departs=True))
            for e in report.entries
        ),
    )


def nothing():
    """A round in which nobody entered."""
    return replace(full(), result=compute([]), entries=(), jury=Jury())


def alone(**more):
    """A result about which nothing else is known, as on the command line."""
    return from_result(
        compute(rows(3, 3)), title="Award 2026", comments=[("J01", key(1), "Novelty", "New here.")], **more
    )


def extreme(remarks=1667):
    """Titles of 300 characters, a comment of 10,000 words, names from right to left, emoji and control characters."""
    report = full(3)
    first, second, third = report.entries
    entries = (
        replace(first, title=("A title that goes on " * 20)[:291] + " lastword", summary="A\u202eB \x00 control"),
        replace(
            second,
            title="\u0645\u0628\u0627\u062f\u0631\u0629 \u062c\u062f\u064a\u062f\u0629",
            team=Team("\u05e9\u05d9\u05e8\u05d5\u05ea", ("\u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ae \u03bf\u03bc\u03ac\u03b4\u03b1",)),
        ),
        replace(third, title="\U0001f680 Rocket \u6f22\u5b57", decision=None),
    )
    said = Comment("J02", key(1), "Novelty", "This is one word after another. " * remarks + "Endofcomment.")
    return replace(report, entries=entries, jury=replace(report.jury, comments=(said,)))


def with_everything(size=8):
    """The full sample with the words of the jury, a special award with lessons, recommendations, steps, an earlier result, categories."""
    report = full(size)
    special = [{"name": "First Penguin", "criterion": [{"name": "Novelty", "share": 60}, {"name": "Working together", "share": 40}]}]
    given = [r for r in rows(size, 9) if (r[0], r[1]) not in {("J03", key(1)), ("J05", key(6))}]
    facts = [{"entry": key(i), "category": "Cities" if i % 2 else "Services"} for i in range(1, size + 1)]
    found = result.compute(rules(special=special, cut=3, method="additive", min_ballots=1), score_sheet.from_rows(given), seed=7,
                           exclusions=[{"juror": "J03", "entry": key(1), "cause": "recusal"}], facts=facts, diagnostics=False)
    said = Said("What the jury read: {0}.", "Strength one of {0}\nStrength two of {0}", "Improve this in {0}\nAnd that in {0}", REASON)
    entries = tuple(
        replace(e, category="Cities and towns" if i % 2 else "Services", consented=True,
                said=replace(said, summary=said.summary.format(e.title), strengths=said.strengths.format(e.title),
                             improvements=said.improvements.format(e.title)))
        for i, e in enumerate(report.entries, 1))
    steps = (("Received in time", 14), ("Eligible", size), ("Going on after “Reading”", size), ("With a distinction", 2), ("Winners", 1))
    return replace(
        report,
        result=found,
        entries=entries,
        process=replace(report.process, funnel=tuple(Step(*step) for step in steps)),
        awards=(Award("First Penguin", "First Penguin", "For the courage to try and fail.", LESSONS),),
        recommendations=RECOMMENDATIONS,
        earlier=Earlier(1, "ab" * 32, datetime(2026, 6, 11, 9, 0, tzinfo=UTC), ((key(2), 3, 2), (key(3), 2, 3), (key(4), None, 4)),
                        "A scale was read upside down; the rulebook now says which end is better."),
    )


def hard(words=400):
    """What is hardest to set: words without end everywhere, long texts of the jury, an entry and a category without a ballot."""
    report = with_everything(4)
    endless, long = "Donaudampfschifffahrts" * 13, "one word after another " * words
    given = [r for r in rows(4, 9) if r[1] != key(3)]
    facts = [{"entry": key(i), "category": "Empty" if i == 3 else "Full"} for i in range(1, 5)]
    found = result.compute(rules(special=[{"name": endless, "criterion": [{"name": "Novelty", "share": 1}]}], min_ballots=1),
                           score_sheet.from_rows(given, entries=[key(3)]), seed=7, facts=facts, diagnostics=False)
    said = Said(endless + " " + long + "Endofsummary", f"{endless}\n{long}Endofstrengths", endless, long + "\n\n" + endless + " Endofmotivation")
    entries = tuple(replace(e, title=f"{endless} {e.key}", category=endless, said=said if i == 0 else Said(endless, endless, endless, endless),
                            team=Team(endless, (endless,)), decision=Decision("commended", endless, departs=True) if i < 2 else None)
                    for i, e in enumerate(report.entries))
    return replace(
        report,
        result=found,
        entries=entries,
        jury=Jury(tuple(replace(j, name=endless, organisation=endless) for j in report.jury.jurors),
                  (Comment("J01", key(1), "Novelty", endless),), ()),
        process=replace(report.process, funnel=(Step(endless, 4), Step(endless, 0)),
                        criteria=tuple(Criterion(n, endless, endless, (Anchor(5, endless),)) for n, _, _ in CRITERIA)),
        awards=(Award(endless, endless, endless, f"{endless}\n{endless}"),),
        recommendations=f"{endless}\n{long}\n\n{endless}",
        earlier=replace(report.earlier, why=endless, moved=((key(3), 1, None),)),
    )
