"""Rule 6: every language is complete and keeps the placeholders."""
import re
import subprocess
import sys
from gettext import GNUTranslations

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from award.i18n import CATALOGUES, LANGUAGES, SOURCE
from tests.rules.sources import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "text": None, "ntext": (1, 2)}
TRANSLATED = [code for code in LANGUAGES if code != SOURCE]


def sources():
    """Every text of code and templates: a string, or a pair where it counts."""
    found = set()
    for folder, method, kinds in (("award", "python", ("py",)), ("templates", "jinja2", ("py", "html", "txt"))):
        for _file, _line, message, _comments, _context in extract_from_dir(
                str(ROOT / folder), method_map=[(f"**.{kind}", method) for kind in kinds],
                options_map={"**": {"trimmed": "true"}}, keywords=KEYWORDS):
            found.add(message)
    return found


@pytest.fixture(scope="module")
def texts():
    return sources()


@pytest.fixture(scope="module", params=TRANSLATED)
def catalogue(request):
    with (CATALOGUES / request.param / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=request.param)


def test_a_fresh_clone_compiles_every_text(catalogue, tmp_path):
    """The compiler leaves a catalogue out that is marked fuzzy, and says so on its error output only."""
    words = CATALOGUES / str(catalogue.locale) / "LC_MESSAGES" / "messages.po"
    compiler = [sys.executable, "-m", "babel.messages.frontend", "compile", "-i", words, "-o", tmp_path / "messages.mo"]
    said = subprocess.run(compiler, capture_output=True, text=True, check=True).stderr
    assert [line for line in said.splitlines() if "error" in line or "fuzzy" in line] == []
    with (tmp_path / "messages.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    single = [m for m in catalogue if m.id and isinstance(m.id, str)]
    assert [m.id for m in single if compiled.gettext(m.id) != m.string] == []


def test_every_text_is_translated(texts, catalogue):
    known = {m.id: m.string for m in catalogue if m.id}
    missing = [t for t in texts if not known.get(t) or (isinstance(t, tuple) and not all(known[t]))]
    assert missing == []


def test_nothing_is_kept_that_no_page_uses(texts, catalogue):
    assert [m.id for m in catalogue if m.id and m.id not in texts] == []


def test_placeholders_are_the_same(catalogue):
    def names(string):
        return set(PLACEHOLDER.findall(string))
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set().union(*map(names, source))
        wrong += [s for s in strings if not names(s) <= allowed or (len(source) == 1 and names(s) != allowed)]
    assert wrong == []


def test_typography_follows_the_language(catalogue):
    """French keeps a space that does not break before : ; ! ? and inside guillemets; nobody uses signs the fonts lack."""
    strings = [s for m in catalogue if m.id for s in (m.string if isinstance(m.string, tuple) else (m.string,))]
    lacking = [s for s in strings if re.search("[\u202f→←✓≤≥]", s)]
    assert lacking == []
    if catalogue.locale.language == "fr":
        assert [s for s in strings if re.search(r"(?<=\w) [:;!?%»](?![/\w(])|« ", s)] == []
