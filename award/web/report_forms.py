"""The form that asks for documents: one for each kind, with the questions that the kind leaves open."""
from collections import OrderedDict
from dataclasses import dataclass

from wtforms import HiddenField

from award.db import kept
from award.domain.report import Choice
from award.exports.paper.documents import DOCUMENTS
from award.exports.paper.views import Pages
from award.i18n import LANGUAGES, NAMES, text
from award.services import compositions, report_digests, report_readers
from award.web import inputs
from award.web.forms import Form, Needed
from award.web.frame import page_language

EVERY = "every"
MEMORY = 32
VARIANTS = {
    "full": (text("Full"), text("for the organiser, the jury and an auditor: everything, comments and names included")),
    "public": (text("Public"),
               text("for everyone: decisions and reasons, jurors under a code; it stands on the page of the round once that is published")),
    "team": (text("For a team"),
             text("the public one, with everything about their own entry; the team finds it with its entry once the round is published")),
}
JURORS = {"names": (text("Names"), text("in the full variant; the others always have codes")),
          "codes": (text("Codes"), text("such as J01; the people are listed by name apart"))}
AUDIENCE = {**dict.fromkeys(report_readers.PUBLIC_KINDS, text("Everyone finds it on the page of the round once that is published.")),
            **dict.fromkeys(report_readers.OWN_KINDS, text("The team finds it with its entry once the round is published."))}
UNKNOWN = text("Choose one of the documents in the list.")


class PlainForm(Form):
    """What every request holds; alone it is the form of a kind that nobody knows, or of none."""

    kind = HiddenField()


@dataclass(frozen=True)
class Offer:
    """What can be asked of a kind of document: keys of the sections that have something to show, (number, title) of the entries that it fits."""

    sections: tuple
    entries: tuple


def offered(frozen):
    """{kind: Offer} of the documents that can be composed; kept as long as nothing changes."""
    memory, around = kept("documents on offer", OrderedDict), report_digests.surroundings(frozen)
    if around not in memory:
        report = compositions.compose(frozen, language=page_language(), status=report_digests.status(frozen))
        memory[around] = {key: _offer(document, report) for key, document in DOCUMENTS.items() if document.applies(report)}
        while len(memory) > MEMORY:
            memory.popitem(last=False)
    return memory[around]


def _offer(document, report):
    pages = Pages(report, page_language())
    entries = sorted((entry.key, entry.title) for entry in report.entries if document.applies(report.chosen(entry=entry.key)))
    return Offer(tuple(section.key for section in document.sections if section.applies(pages)), tuple(entries) if has_entries(document) else ())


def of_kind(kind, frozen):
    """The form of a kind of document, everything chosen that most want. PlainForm for a kind that cannot be composed."""
    on_offer = offered(frozen)
    if kind not in on_offer:
        return PlainForm(kind=kind)
    document, offer = DOCUMENTS[kind], on_offer[kind]
    form = type("ReportForm", (PlainForm,), _fields(document, offer))
    return form(kind=kind, variant=document.variants[0], jurors="names", sections=list(offer.sections), languages=[page_language()], entry=EVERY)


def _fields(document, offer):
    found = {}
    if len(document.variants) > 1:
        found["variant"] = inputs.one_of(text("Who may read it"), [(key, *VARIANTS[key]) for key in document.variants])
    found["languages"] = inputs.some_of(text("Languages"), [(code, NAMES[code]) for code in LANGUAGES], description=text("One file in each."),
                                        needed=Needed(text("Choose at least one language.")))
    if has_entries(document):
        about = text("Which entry") if document.subject == "entry" else text("Which team")
        more = text("For teams only: one file for each entry.") if document.subject == "stage" else ""
        named = [(number, f"{number} {title}") for number, title in offer.entries]
        found["entry"] = inputs.one_of(about, [(EVERY, text("All, one file for each")), *named], listed=True, description=more)
    if document.names:
        found["jurors"] = inputs.one_of(text("How jurors are named"), [(key, *words) for key, words in JURORS.items()])
    if document.sections:
        shown = [(s.key, s.title, s.about) for s in document.sections if s.key in offer.sections]
        found["sections"] = inputs.some_of(text("Parts"), shown, description=text("Without any tick, all of them."))
    return found


def has_entries(document):
    """Whether a kind is made for one entry each, always or in the variant for teams."""
    return document.subject == "entry" or "team" in document.variants


def wanted(form, frozen):
    """[(Choice, language)] that a valid form asks for: one for each entry and language."""
    document, offer = DOCUMENTS[form.kind.data], offered(frozen)[form.kind.data]
    variant = form.variant.data if "variant" in form else document.variants[0]
    one_each = document.subject == "entry" or variant == "team"
    numbers = [""] if not one_each else [number for number, _title in offer.entries] if form.entry.data == EVERY else [form.entry.data]
    every, ticked = offer.sections, form.sections.data if "sections" in form else []
    sections = () if set(ticked) in (set(), set(every)) else tuple(key for key in every if key in ticked)
    jurors = form.jurors.data if "jurors" in form else "names"
    return [(Choice(document.key, variant, jurors, sections, number), language)
            for number in numbers for language in LANGUAGES if language in form.languages.data]
