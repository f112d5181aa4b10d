"""Sixteen hostile texts in every field that people write, in every kind of document: nobody is called, no file is read, all is printed as text."""

import urllib.request
from dataclasses import fields, is_dataclass, replace
from itertools import count

import pytest

from award.domain.report import Answer, Event
from award.exports import pdf
from award.exports.paper.documents import DOCUMENTS
from tests.exports import sample
from tests.exports.documents import attached, listener, text_of

SNIPPETS = (
    '<img src="{at}/1">', '<script src="{at}/2"></script>', '<link rel=stylesheet href="{at}/3">', "<style>@import url({at}/4)</style>",
    '<iframe src="{at}/5"></iframe>', '<object data="{at}/6"></object>', '<embed src="{at}/7">', '<svg><image href="{at}/8"/></svg>',
    '<div style="background:url({at}/9)">x</div>', '<link rel=attachment href="file://{file}">', '<img src="file://{file}">',
    '<a rel=attachment href="{at}/12">x</a>', '<base href="{at}/13/"><meta http-equiv=refresh content="0;url={at}/14">',
    '<svg><use href="{at}/15#x"/></svg>', '{{{{ 7*7 }}}}{{% include "print/_part.html" %}} %(x)s \\ url({at}/16)',
    "]]> <!-- --> </title></svg></section>",
)
"""What tries to reach the network or the disk from the markup, the style or the template."""
KEYS = {"key", "juror", "entry", "criterion", "kind", "outcome", "status", "zone", "history", "url", "sha256", "variant", "jurors", "sections"}
"""Fields that hold keys, codes and checksums: no person writes them."""


def everywhere(value, words):
    """The document with other words in every text that people write: `words()` gives the next."""
    if isinstance(value, str):
        return words()
    if isinstance(value, tuple):
        return tuple(everywhere(one, words) for one in value)
    if not is_dataclass(value):
        return value
    return replace(value, **{f.name: everywhere(getattr(value, f.name), words) for f in fields(value)
                             if f.name not in {"result", "choice", "moved"} and not (f.name in KEYS and isinstance(getattr(value, f.name), str))})


def hostile(snippets, first):
    """The sample with everything; the snippets stand in its texts in turn, beginning with the one at `first`."""
    report = sample.with_everything(2)
    report = replace(report, events=(Event(report.heading.proof.frozen_at, "told"),),
                     entries=tuple(replace(e, answers=(Answer(e.title, e.title),)) for e in report.entries))
    turn = count(first)
    made = everywhere(report, lambda: snippets[next(turn) % len(snippets)])
    return replace(made, heading=replace(made.heading, proof=report.heading.proof))


def hold(kind, first, marker):
    """Typeset the hostile document of a kind: nobody is called, the marker of a file beside is not in it, the texts are."""
    marker.write_text("MARKER-8f6200")
    with listener() as (at, asked):
        urllib.request.urlopen(f"{at}/heard").close()
        report = hostile([one.format(at=at, file=marker) for one in SNIPPETS], first)
        one = report.entries[0].key if DOCUMENTS[kind].subject == "entry" else ""
        document = pdf.write(report.chosen(kind=kind, entry=one), language="en")
    assert asked == ["/heard"]
    assert b"MARKER-8f6200" not in document
    assert set(attached(document)) == ({"ranking.csv", "result.json"} if DOCUMENTS[kind].attached else set())
    assert "<" in text_of(document)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_text_in_any_field_of_any_document_calls_anybody_or_reads_a_file(kind, tmp_path):
    hold(kind, 0, tmp_path / "marker.txt")


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1, len(SNIPPETS)))
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_hostile_text_in_each_field_of_each_document(kind, first, tmp_path):
    hold(kind, first, tmp_path / "marker.txt")
