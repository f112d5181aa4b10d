"""The magazine: which entries it tells of, in which order, on which pages. Every part has a fixed number of pages, so that the
contents can name them while each part is typeset by itself."""
import math
from dataclasses import dataclass
from functools import cached_property

from award.domain.report import DISTINCTIONS
from award.exports.paper import emblems, plates
from award.exports.paper.article import FULL, Article, article, blocks, column
from award.exports.paper.fitting import Set, cropped, first_sentence, fit, height, ladder, sentences, told
from award.i18n import LANGUAGES, ntext, text, translate

WIDE = 471
COVER = ladder("display-400", (74, 76), (60, 63), (48, 52), (38, 42), (30, 34), (22, 26))
TITLE = ladder("display-400", (60, 62), (50, 53), (42, 46), (34, 38), (27, 31.5), (21, 25), (17, 21))
LEAD = ladder("lead-400", (16, 22.5), (13.5, 19.25), (11.5, 16))
PULL = ladder("display-400i", (26, 33), (22, 28.5), (18, 24), (15, 20))
JURY = ladder("serif-400", (11, 16.5), (10, 14.5))
ENDS, NOTE = 76, 18
LONG = 200  # letters of a sentence that is too long to be set large
ARTS = ((250, "o1", 520), (340, "o2", 400), (430, "o3", 280))  # the height used above, the class and the size of the ornament
FRONT, LATER = 610, 680  # what the contents can fill on their first page and on later ones
STORY = {False: ladder("display-400", (18, 24.5))[0], True: ladder("display-400", (13, 17.5))[0]}
ABOUT = ladder("serif-400", (10.5, 15))[0]


@dataclass(frozen=True)
class Story:
    """One entry: what stands on its quiet page, its article, the jury's words, and the first of its pages."""

    entry: object
    page: int
    honours: tuple
    title: Set
    lead: Set | None
    art: tuple
    article: Article
    pull: Set | None
    jury: Set | None

    @property
    def count(self):
        """How many pages it has: two, or four where the article is long."""
        return 2 if len(self.article.pages) < 2 else 4

    @property
    def sheets(self):
        """[(page number, blocks, height of their columns, whether it is the last)] of the pages after the quiet one."""
        found = [*self.article.pages, *[()] * 3][: self.count - 1]
        return [(self.page + i, page, column(page, self.article.style), i == self.count - 1) for i, page in enumerate(found, 1)]

    @property
    def language(self):
        return self.entry.language if self.entry.language in LANGUAGES else None


@dataclass(frozen=True)
class Magazine:
    """What the pages of a magazine show."""

    pages: object

    @cached_property
    def keys(self):
        """Keys of the entries whose teams consent: winners, commended, firsts of special awards, then by number."""
        consenting = [key for key, entry in self.pages.entries.items() if entry.consented]
        honoured = [key for key in plates.honoured(self.pages) if key in consenting]
        return honoured + [key for key in consenting if key not in honoured]

    @cached_property
    def listed(self):
        """[[line of the contents, …] of each of its pages]: with a sentence each where two pages hold them, otherwise in brief."""
        full = packed([self._line(key, brief=False) for key in self.keys])
        return full if len(full) <= 2 else packed([self._line(key, brief=True) for key in self.keys])

    @property
    def brief(self):
        return self.listed[0][0]["brief"]

    @property
    def opens(self):
        """Whether a page about the cover stands before the contents: where the contents have an odd number of pages."""
        return len(self.listed) % 2 == 1

    @cached_property
    def stories(self):
        """The stories in order; each begins on a left-hand page."""
        found, page = [], 2 + self.opens + len(self.listed)
        for key in self.keys:
            found.append(story(self.pages, key, page))
            page += found[-1].count
        return found

    @cached_property
    def first_pages(self):
        """{key of an entry: the number of its first page}."""
        return {one.entry.key: one.page for one in self.stories}

    @property
    def closing(self):
        """The number of the last page."""
        return self.stories[-1].page + self.stories[-1].count

    @property
    def name(self):
        """The title on the cover and, where there is one, the line below it."""
        return fit(self.names[0], WIDE, 300, COVER), [fit(name, WIDE, 90, COVER[3:]) for name in self.names[1:]]

    @property
    def names(self):
        """Programme and round."""
        return plates.names(self.pages) or [self.pages.heading.programme]

    def _line(self, key, *, brief):
        """One line of the contents with the height that it takes."""
        entry, style = self.pages.entries[key], STORY[brief]
        room = 417 if brief else 390
        title = cropped(self.pages.title(key), room, 2 * style.leading, style)
        sentence = first_sentence(entry.summary or entry.said.summary)
        about = cropped(sentence, 350, 2 * ABOUT.leading, ABOUT) if sentence and not brief else None
        tall = title.height + (about.height if about else 0) + (25 if brief else 36)
        return {"key": key, "brief": brief, "title": title, "about": about, "tall": tall, "honours": plates.distinctions(self.pages, key)}


def packed(lines):
    """The lines of the contents by page: on as few as hold them, and about as many on each."""
    most = len(_filled(lines))
    share = math.ceil(len(lines) / most)
    even = [lines[i : i + share] for i in range(0, len(lines), share)]
    fits = all(sum(line["tall"] for line in page) <= (LATER if i else FRONT) for i, page in enumerate(even))
    return even if fits else _filled(lines)


def _filled(lines):
    found, left = [[]], FRONT
    for line in lines:
        if line["tall"] > left:
            found.append([])
            left = LATER
        found[-1].append(line)
        left -= line["tall"]
    return found


def story(pages, key, page):
    """The story of an entry that begins on a page."""
    entry, honours = pages.entries[key], tuple(plates.distinctions(pages, key))
    title = fit(pages.title(key), WIDE, 250, TITLE)
    used = 14 * (1 + len(honours)) + 28 + title.height
    lead = told(entry.summary, 372, FULL - used - 30, LEAD) if entry.summary.strip() else None
    art = ornament(pages, key, used + (21 + lead.height if lead else 0))
    pull, jury = voices(pages, entry)
    last = FULL - ENDS - NOTE - sum(one.height + 50 for one in (pull, jury) if one)
    return Story(entry, page, honours, title, lead, art, article(blocks(entry.answers), last, closed=bool(pull or jury)), pull, jury)


def ornament(pages, key, used):
    """(class, chart) of the largest ornament that fits below what stands on the page; () where none fits."""
    found = next(((name, size) for most, name, size in ARTS if used <= most), None)
    chart = found and emblems.of_ballots(pages, key, size=found[1])
    return (found[0], chart) if chart else ()


def voices(pages, entry):
    """(a sentence to draw readers in, all of the jury's words): the words alone, set large, where they are short; None of none."""
    reason = entry.decision.reason if entry.decision and entry.decision.outcome in DISTINCTIONS else ""
    said = " ".join((entry.said.motivation or reason or entry.said.summary).split())
    if not said:
        return None, None
    if height(said, WIDE, PULL[1]) <= 4 * PULL[1].leading:
        return plates.quote(pages, said, WIDE, 150, PULL), None
    parts = sentences(said)
    drawn = next((one for one in parts if 30 <= len(one) <= 150), None) or min(parts, key=lambda one: abs(len(one) - 90))
    return plates.quote(pages, drawn, WIDE, 110, PULL) if len(drawn) <= LONG else None, told(said, WIDE, 190, JURY)


def facts(pages, entry):
    """[(what, how it stands)] of an entry: nothing that repeats a score."""
    readers = pages.outcomes[entry.key]["ballots"]
    told_of = [(text("Entry"), entry.key), (text("Category"), entry.category)]
    if readers:
        told_of.append((text("Read by"), translate(ntext("%(num)s juror", "%(num)s jurors", readers), pages.language)))
    told_of += [(text("The jury says"), name) for name in plates.distinctions(pages, entry.key)[:1]]
    return [(translate(name, pages.language), cropped(value, 110, 34, ladder("lead-400", (12.5, 17))[0]).words) for name, value in told_of if value]


def criteria(pages):
    """The criteria that count, in the words of the report, from the heaviest on."""
    return "; ".join(one["shown"] for one in sorted(pages.shared, key=lambda one: -one["part"])) + "."
