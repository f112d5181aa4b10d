"""What a jury report costs to typeset: against one plain WeasyPrint document, with two workers, at any size, and when one entry changes.

Processor time is that of all processes that were started; it is compared within one run. `python -m tests.bench.reports FRAGMENTS OUT`
is the yardstick: the same cells and paragraphs in one document, set by WeasyPrint as it comes.
"""
import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pikepdf

from award.domain.report import Comment, Decision, Said
from award.domain.report_codec import to_dict
from award.exports import child, pdf
from tests.exports import sample

SMALL, LARGE, DRAFT = 50, 300, 200
JURORS = 5
LINE = "We asked the people who use it, changed one thing at a time, and measured before and after. "
SAID = Said(LINE * 3, LINE * 2 + "\n" + LINE, LINE + "\n" + LINE * 2, LINE * 4)
WORDS = "The jury wants the method to be written down, so that others can use it without the people who made it. "
BODY = re.compile(r".*?<body[^>]*>(.*)</body>.*", re.DOTALL)


@dataclass(frozen=True)
class Typeset:
    """Seconds of processor and clock, the most MB that one process held so far in this measurement, pages, bytes."""

    cpu: float
    wall: float
    peak: float
    pages: int
    size: int

    def as_dict(self):
        """The figures as they go into the JSON."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


def costs(entries):
    """{what: Typeset}; `entries` is the size of the largest report, the others are smaller in proportion."""
    part = min(1, entries / LARGE)
    small, large, draft = (max(2, round(size * part)) for size in (SMALL, LARGE, DRAFT))
    found = {f"report of {large}, two workers": of(judged(large))}
    report = judged(small)
    found |= {f"report of {small}, one worker": of(report, workers=1), f"report of {small}, two workers": of(report),
              f"one plain document of {small}": plain(report)}
    with tempfile.TemporaryDirectory(prefix="award-bench-") as folder:
        report = judged(draft)
        found[f"draft of {draft}, all new"] = of(report, kept=Path(folder))
        found[f"draft of {draft}, one entry changed"] = of(changed(report), kept=Path(folder))
    return found


def judged(entries):
    """A report as a jury leaves it: each entry with its summary, the jury's words, comments and a decision."""
    report = sample.many(entries, JURORS)
    known = tuple(replace(entry, summary=LINE * 3, said=SAID, decision=Decision("commended", LINE)) for entry in report.entries)
    about = [(at, entry, name) for at, entry in enumerate(known) for name in ("Novelty", "Results", "")]
    comments = tuple(Comment(f"J{1 + at % JURORS:02}", entry.key, name, LINE) for at, entry, name in about)
    return replace(report, entries=known, jury=replace(report.jury, comments=comments))


def of(report, workers=2, kept=None):
    """The Typeset of a report made as the application makes it."""
    return measured(lambda: pdf.made(report, "en", pdf.Render(kept=kept, limits=replace(pdf.Limits(), workers=workers))))


def plain(report):
    """The Typeset of the same words in one document, composed and set in one process."""
    with tempfile.TemporaryDirectory(prefix="award-bench-") as folder:
        request, target = Path(folder, "request.json"), Path(folder, "plain.pdf")
        request.write_text(json.dumps({"report": to_dict(report), "language": "en", "attachments": pdf.attachments(report, "en")}))
        command = [sys.executable, "-m", "tests.bench.reports", str(request), str(target)]

        def set_type():
            subprocess.run(command, check=True, cwd=child.ROOT, env=child.QUIET)  # noqa: S603 - our own command
            return target.read_bytes()
        return measured(set_type)


def changed(report):
    """The report with another motivation of one entry in its middle."""
    at = len(report.entries) // 2
    entry = replace(report.entries[at], said=Said(motivation=WORDS))
    return replace(report, entries=(*report.entries[:at], entry, *report.entries[at + 1:]))


def measured(act):
    """The Typeset of an act that gives a PDF and does its work in other processes."""
    before, start = spent(), time.perf_counter()
    document = act()
    wall, cpu = time.perf_counter() - start, spent() - before
    with pikepdf.open(io.BytesIO(document)) as found:
        pages = len(found.pages)
    return Typeset(cpu, wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, pages, len(document))


def spent():
    """Processor seconds of the processes that were started here and have ended."""
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def aims(found):
    """{aim: (measured, allowed)} of the figures of `costs`, in their order."""
    large, one, two, bare, whole, again = found.values()
    return {
        "report processor time against one plain document": (one.cpu / bare.cpu, 0.8),
        "report two workers against one, wall": (two.wall / one.wall, 0.6),
        "report processor time a page, large against small": (large.cpu / large.pages / (one.cpu / one.pages), 1.15),
        "report MB a process, large": (large.peak, 350),
        "report one entry changed against all new": (again.cpu / whole.cpu, 0.05),
        "report kB a page": (large.size / large.pages / 1000, 12),
    }


def set_plainly(request, target):
    """Write the PDF of a request as one document: no fragments, no tuning."""
    from award.exports.paper.binding import BASE, STYLES, NamedAssets
    from award.exports.paper.rendering import composed
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    fragments, _, _ = composed(json.loads(Path(request).read_text()))
    head = fragments[0].partition("<body")[0]
    whole = head + "<body>" + "".join(BODY.fullmatch(one)[1] for one in fragments) + "</body></html>"
    fetcher, fonts = NamedAssets(), FontConfiguration()
    styles = CSS(string=STYLES.read_text("utf-8"), base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    HTML(string=whole, base_url=BASE, url_fetcher=fetcher).write_pdf(target, stylesheets=[styles], font_config=fonts, pdf_variant="pdf/a-3a")


if __name__ == "__main__":
    set_plainly(*sys.argv[1:])
