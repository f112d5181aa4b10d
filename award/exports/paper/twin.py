"""A report as fragments of a web page: the parts and templates of the document on paper, in the frame of the site.

The cover and the table of contents are left to the page around them, and each entry has a page of its own.
"""

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count

from markupsafe import Markup

from award.exports.paper.composition import typesetter
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.glyphs import Glyphs
from award.exports.paper.views import Pages
from award.i18n import translate

BASE = "print/fragment.html"
COVER, CONTENTS, ENTRY = "report/cover.html", "report/contents.html", "report/entry.html"
WIDE = 300  # points: a chart from this width may scroll sideways by itself
HEADING = re.compile(r"<(/?)h([1-5])\b")
DATA = re.compile(r' data-[a-z]+="[^"]*"')
CLASSES = re.compile(r' class="([^"]*)"')
PART = re.compile(r'<section\b[^>]* id="([^"]+)"')
INNER = re.compile(r'href="#([^"]+)"')
TABLE = re.compile(r"<table\b([^>]*)>(\s*)<caption>")
DRAWN = re.compile(r'<svg\b[^>]*?width="([\d.]+)pt" height="([\d.]+)pt"[^>]*?(viewBox="[^"]*")[^>]*>(<title>(.*?)</title>)', re.DOTALL)
ROSETTE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


class OnScreen(Glyphs):
    """Browsers have more glyphs than the bundled fonts: nothing is replaced."""

    def printable(self, words):
        return words


@dataclass(frozen=True)
class Section:
    """A part of the report: its number, its title and what it is about in the language of the page, its HTML."""

    number: int
    title: str
    about: str
    html: str

    @property
    def anchor(self):
        return f"s{self.number}"


@dataclass(frozen=True)
class Twin:
    """The whole report but for its entries: what the cover says and draws, and the sections. `entries`: {number: title} of those with a page."""

    names: tuple
    organiser: str
    counts: tuple
    code: str
    status: str
    art: str
    sections: tuple
    entries: dict


def twin(report, language, *, files=(), place):
    """The Twin of a report. `place(number)` gives the address of an entry's page, `place("")` that of the report."""
    setting = _set(report, language, files)
    pages, found, art = setting.pages, [], ""
    for part in setting.parts:
        if part.template == COVER:
            drawn = ROSETTE.search(setting.rendered(part))
            art = Markup(figure(drawn[0], framed=False)) if drawn else ""  # noqa: S704 - escaped where it was rendered
        elif part.template not in (CONTENTS, ENTRY):
            section = part.context["section"]
            html = on_screen(setting.rendered(part), deeper=1, to=_links(pages, place, ""))
            found.append(Section(part.context["number"], translate(section.title, language), translate(section.about, language), html))
    return Twin(names=tuple(pages.names), organiser=pages.heading.organiser, counts=(len(pages.entries), len(pages.jurors)), code=pages.hash,
                status=pages.proof.status, art=art, sections=tuple(found), entries={key: pages.title(key) for key in _paged(setting)})


def entry(report, language, key, *, files=(), place):
    """The page of one entry as HTML with its title as h1, or None where the report has none for it."""
    setting = _set(report, language, files)
    part = next((one for one in setting.parts if one.template == ENTRY and one.context["entry"].key == key), None)
    return part and on_screen(setting.rendered(part), deeper=0, to=_links(setting.pages, place, key))


@dataclass(frozen=True)
class Setting:
    """What the parts of a report are rendered with."""

    pages: Pages
    parts: tuple
    environment: object
    context: dict

    def rendered(self, part):
        return self.environment.get_template(f"print/{part.template}").render(self.context, **part.context)


def _set(report, language, files):
    pages, document = Pages(report, language), DOCUMENTS[report.choice.kind]
    context = {"pages": pages, "document": document, "glyphs": OnScreen(), "base": BASE,
               "files": [(name, told, sha256(content).hexdigest()) for name, told, content in files]}
    return Setting(pages, tuple(document.parts(pages)), _environment(language), context)


@cache
def _environment(language):
    """The templates of a language, compiled once."""
    return typesetter(language, OnScreen())


def _paged(setting):
    return [part.context["entry"].key for part in setting.parts if part.template == ENTRY]


def _links(pages, place, here):
    """Where a link to a place in the document on paper leads on the screen: to the page of an entry, or to a section."""
    entries = {pages.anchor(key): key for key in pages.entries}

    def target(anchor):
        if anchor in entries and entries[anchor] != here:
            return place(entries[anchor])
        return f"{place('')}#{anchor}" if here and anchor not in entries else f"#{anchor}"
    return target


def on_screen(html, *, deeper, to):
    """A printed fragment as part of a page: headings `deeper` levels down, links by `to(anchor)`, names of classes of its own, wide tables
    and charts in boxes that scroll by themselves. Texts are escaped in it, so tags are ours."""
    html = HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + deeper}", DATA.sub("", html))
    html = CLASSES.sub(lambda m: ' class="' + " ".join(f"p-{name}" for name in m[1].split()) + '"', html)
    html = INNER.sub(lambda m: f'href="{to(m[1])}"', html)
    named, part = count(1), PART.search(html)
    html = TABLE.sub(lambda m: _box(f'{part[1]}-t{next(named)}', m), html).replace("</table>", "</table></div>")
    return Markup(ROSETTE.sub(lambda m: figure(m[0]), html).strip())  # noqa: S704 - escaped where it was rendered


def _box(name, found):
    """A table in a box that scrolls sideways by itself and is called what its caption says."""
    return (f'<div class="p-scroll" role="group" tabindex="0" aria-labelledby="{name}"><table{found[1]}>{found[2]}<caption id="{name}">')


def figure(svg, *, framed=True):
    """A chart that takes the width there is; a wide one stands in a box that scrolls sideways on a phone."""
    drawn = DRAWN.match(svg)
    if not drawn:
        return svg
    svg = f'<svg class="p-chart" role="img" {drawn[3]}>{drawn[4]}{svg[drawn.end():]}'
    if not framed or float(drawn[1]) < WIDE:
        return svg
    return f'<div class="p-scroll p-drawn" role="group" tabindex="0" aria-label="{drawn[5].replace(chr(34), "&quot;")}">{svg}</div>'
