"""Every document that can be composed from a result: one module each with a `DOCUMENT`; it is found by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field

from award.exports import discover
from award.i18n import Text


@dataclass(frozen=True)
class Section:
    """A numbered part that the organiser can choose; it is left out where `applies` says that there is nothing to show."""

    key: str
    title: Text
    about: Text
    applies: Callable = lambda pages: True


@dataclass(frozen=True)
class Part:
    """A fragment that is typeset by itself: a template below templates/print, and what it needs beside `pages`."""

    template: str
    context: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A kind of document. `parts(pages)` gives its Parts in order; `pages.choice` says what was chosen.

    `subject`: "stage" for one file about the whole, "entry" for one file an entry. `attached`: whether ranking.csv and
    result.json travel inside. `variants`: those of award.domain.report.VARIANTS that it can have, the first by default.
    `names`: whether the organiser can choose between names and codes of jurors. `applies(report)`: whether there is
    something to compose.
    """

    key: str
    title: Text
    about: Text
    parts: Callable
    subject: str = "stage"
    attached: bool = False
    variants: tuple = ("full",)
    names: bool = False
    sections: tuple = ()
    applies: Callable = lambda report: True
    order: int = 100


DOCUMENTS = dict(sorted(discover(__path__, __name__, "DOCUMENT").items(), key=lambda item: item[1].order))
