"""A report is set in pieces: whatever is set where, and whatever is kept, the file is the same; nothing is left behind."""

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import tinyhtml5

from award.exports import child, pdf
from award.exports.paper import chunks, kept
from award.exports.paper.composition import compose
from award.exports.paper.reading import as_xml
from tests.exports import sample
from tests.exports.documents import bound_here, text_of, typeset_here

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Joined</title>{more}</head><body><section class="part">{body}</section></body></html>'
TABLE = ('<table><caption>{0}</caption><thead><tr><th>{0}</th><th>n</th></tr></thead>'
         '<tbody><tr><th scope="row">r</th><td>1</td></tr></tbody></table>')


def fragment(body, more=""):
    return PAGE.format(body=body, more=more)


@pytest.fixture(scope="module")
def joined():
    return bound_here([
        fragment('<h1 data-mark="One">One</h1><p><a href="#two">To two</a> and <a href="#nowhere">to nowhere</a></p>' + TABLE.format("Alpha")),
        fragment('<h1 id="two" data-mark="Two">Two</h1><h2>Under two</h2>' + TABLE.format("Beta")),
        fragment('<h2 id="three">Also under two</h2><p>Gamma <a href="#two">back</a></p>')])


@pytest.fixture(scope="module")
def book(joined):
    with pikepdf.open(io.BytesIO(joined)) as found:
        yield found


@pytest.fixture(scope="module")
def report():
    return sample.many(6, 3)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def made(report, shelf):
    """The file, set by two workers and kept."""
    return pdf.write(report, language="en", kept=shelf)


def page_of(book, destination):
    return [page.obj.objgen for page in book.pages].index(destination[0].objgen)


def elements(book, kind):
    """The tags of a kind, in the order of reading."""
    def below(element):
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.extend([element] if str(element.S) == kind else [])
            for one in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
                below(one)
    found = []
    for top in book.Root.StructTreeRoot.K:
        below(top)
    return found


def test_a_link_leads_to_a_part_that_was_set_apart_and_a_link_to_nowhere_is_none(book):
    names = book.Root.Names.Dests.Names
    places = {str(names[i]): page_of(book, names[i + 1]) for i in range(0, len(names), 2)}
    assert places == {"three": 2, "two": 1}
    assert [[str(link.Dest) for link in page.get("/Annots", [])] for page in book.pages] == [["two"], [], ["two"]]


def test_bookmarks_have_their_levels_across_parts(book):
    with book.open_outline() as outline:
        marks = [(one.title, [below.title for below in one.children]) for one in outline.root]
    assert marks == [("One", []), ("Two", ["Under two", "Also under two"])]


def test_the_tags_follow_the_parts_and_each_page_leads_to_its_own(book):
    assert len(book.Root.StructTreeRoot.K) == 1
    assert [page_of(book, [element.Pg]) for kind in ("/H1", "/H2") for element in elements(book, kind)] == [0, 1, 1, 2]
    numbers = book.Root.StructTreeRoot.ParentTree.Nums
    tree = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
    assert list(tree) == list(range(len(tree)))
    for page in book.pages:
        assert {one.Pg.objgen for one in tree[int(page.StructParents)]} == {page.obj.objgen}
        assert [str(tree[int(link.StructParent)].S) for link in page.get("/Annots", [])] == ["/Link"] * len(page.get("/Annots", []))


def test_header_cells_keep_names_of_their_own_and_their_scope(book):
    cells = elements(book, "/TH")
    assert len({str(cell.ID) for cell in cells}) == len(cells) == 6
    assert [str(cell.A.Scope) for cell in cells] == ["/Column", "/Column", "/Row"] * 2
    headers = [[str(name) for name in cell.A.Headers] for cell in elements(book, "/TD")]
    assert headers == [[str(cells[2].ID), str(cells[1].ID)], [str(cells[5].ID), str(cells[4].ID)]]


def test_the_text_stands_in_the_order_of_the_parts(joined):
    words = text_of(joined)
    assert sorted(("One", "Alpha", "Two", "Beta", "Gamma"), key=words.index) == ["One", "Alpha", "Two", "Beta", "Gamma"]


def test_each_typeface_is_embedded_once(made):
    with pikepdf.open(io.BytesIO(made)) as found:
        names = [str(one.FontName) for one in found.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"]
        assert len(names) == len(set(names)) > 4
        assert found.check_pdf_syntax() == []


def test_a_magazine_opens_as_a_book():
    with pikepdf.open(io.BytesIO(bound_here([fragment("<h1>x</h1>", '<meta name="keywords" content="magazine">')]))) as found:
        assert found.Root.PageLayout == "/TwoPageRight"
        assert bool(found.Root.ViewerPreferences.DisplayDocTitle)


def test_the_file_is_the_same_whoever_sets_it_and_whatever_is_kept(report, shelf, made):
    heard = []
    again = pdf.write(report, language="en", kept=shelf, told=lambda *count: heard.append(count))
    parts = len(list(shelf.iterdir()))
    assert heard == [(parts, parts)]
    assert again == made == typeset_here(report)
    assert pdf.made(report, "en", pdf.Render(limits=replace(pdf.Limits(), workers=1))) == made


def test_a_kept_part_that_is_damaged_is_set_anew(report, shelf, made):
    pieces = sorted(shelf.iterdir())
    pieces[0].write_bytes(pieces[0].read_bytes()[:-1] + b"x")
    pieces[1].write_bytes(b"")
    heard = []
    assert pdf.write(report, language="en", kept=shelf, told=lambda *count: heard.append(count)) == made
    assert heard[0] == (len(pieces) - 2, len(pieces))
    assert all(kept.intact(shelf, piece.name) for piece in pieces)


def test_no_more_is_kept_than_fits_and_what_a_power_cut_left_goes(tmp_path):
    for age, name in enumerate("abc"):
        (tmp_path / (name * 64)).write_bytes(bytes(10))
        os.utime(tmp_path / (name * 64), (1000 - age, 1000 - age))
    for began, name in enumerate((child.WORK + "old", child.WORK + "new")):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1000 + began * kept.DAY, 1000 + began * kept.DAY))
    kept.tidy(tmp_path, 1001 + kept.DAY, most=25)
    assert sorted(path.name for path in tmp_path.iterdir()) == [child.WORK + "new", "a" * 64, "b" * 64]


def test_small_fragments_share_a_chunk_and_a_large_one_has_its_own():
    wanted = {str(n): ("x" * size, set()) for n, size in enumerate((1000, 1000, 500_000, 1000))}
    assert [[name for name, *_ in chunk] for chunk in chunks.chunked(wanted, 2)] == [["0", "1"], ["2"], ["3"]]


def test_a_render_that_is_stopped_leaves_neither_process_nor_file(tmp_path):
    heard = []
    with pytest.raises(pdf.Stopped):
        pdf.write(sample.many(8, 5), language="en", kept=tmp_path, told=lambda *count: heard.append(count), stopped=lambda: len(heard) > 1)
    assert gone(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not kept.PATTERN.fullmatch(path.name)] == []


def test_a_killed_application_takes_its_render_along(tmp_path):
    program = ("import sys; from pathlib import Path; from award.exports import pdf; from tests.exports import sample\n"
               "pdf.write(sample.many(8, 5), language='en', kept=Path(sys.argv[1]), told=lambda *count: print(count, flush=True))")
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=child.ROOT, stdout=subprocess.PIPE) as killed:
        assert killed.stdout.readline().startswith(b"(0, ")
        killed.stdout.readline()
        assert not gone(tmp_path, within=0)
        killed.send_signal(signal.SIGKILL)
    assert gone(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not kept.PATTERN.fullmatch(path.name)] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_part_reads_the_same_as_xml_and_as_html(language):
    parts = compose(sample.full(2), language)
    assert [flat(as_xml(part)) for part in parts] == [flat(tinyhtml5.parse(part, namespace_html_elements=False)) for part in parts]


@pytest.mark.parametrize("odd", ["<p>a<ul><li>b</li></ul></p>", "<table><tr><td>x</td></tr></table>", "<p>a<br>", "<svg></svg>", "<p>&nbsp;</p>"])
def test_what_html_and_xml_may_read_differently_is_read_as_html(odd):
    assert as_xml(fragment(odd)) is None


def flat(element):
    """An element as plain values, without what says nothing: comments, white space, the declaration of a namespace."""
    words = " ".join((element.text or "").split()), " ".join((element.tail or "").split())
    said = {name: value for name, value in element.attrib.items() if "xmlns" not in name}
    return element.tag, said, words, [flat(one) for one in element if isinstance(one.tag, str)]


def gone(folder, within=20):
    """Whether no process works in the folder, now or within so many seconds."""
    end = time.monotonic() + within
    while found := [path for path in Path("/proc").glob("[0-9]*/cmdline") if str(folder) in said(path)]:
        if time.monotonic() >= end:
            return False
        time.sleep(0.1)
    return not found


def said(path):
    with contextlib.suppress(OSError):
        return path.read_bytes().decode("utf-8", "replace")
    return ""
