"""Reads a fragment: as XML where it is that too, which takes a fiftieth of the time, otherwise with WeasyPrint's parser of HTML.

The two give the same elements as long as nothing is left to the parser: every element is closed, tables have their parts, no
paragraph holds what would end it. Our templates write so, and whatever people write is escaped.
"""

import re
from xml.etree import ElementTree

import cssselect2
from weasyprint import HTML

VOID = re.compile(r"<(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)\b([^<>]*?)\s*/?>")
ENDING = frozenset(("address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
                    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"))
PARTS = {"table": frozenset(("caption", "colgroup", "thead", "tbody", "tfoot")), "colgroup": frozenset(("col",)), "thead": frozenset(("tr",)),
         "tbody": frozenset(("tr",)), "tfoot": frozenset(("tr",)), "tr": frozenset(("th", "td"))}
HEAD = frozenset(("meta", "title", "link", "style"))


class Fragment(HTML):
    """WeasyPrint's HTML of a fragment."""

    def __init__(self, words, *, base_url, url_fetcher):
        root = as_xml(words)
        if root is None:
            super().__init__(string=words, base_url=base_url, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = base_url, url_fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


def as_xml(words):
    """The root element of a fragment; None where a parser of HTML might see another tree in it."""
    start = words.find("<html")
    if start < 0 or words[:start].strip().lower() != "<!doctype html>":
        return None
    try:
        root = ElementTree.fromstring(VOID.sub(r"<\1\2/>", words[start:]))  # noqa: S314 - no declarations can precede it
    except (ElementTree.ParseError, UnicodeError):
        return None
    whole = [part.tag for part in root] == ["head", "body"] and HEAD.issuperset(part.tag for part in root[0])
    return root if whole and all(map(plain, root[1].iter())) else None


def plain(element):
    """Whether nothing in an element would be moved, closed or added by a parser of HTML."""
    tag = element.tag
    if tag in ("p", "a", "h1", "h2", "h3"):
        return not any(one.tag in ENDING or one.tag == tag for one in element.iter() if one is not element)
    if tag in PARTS:
        return not (element.text or "").strip() and all(one.tag in PARTS[tag] and not (one.tail or "").strip() for one in element)
    if tag == "li":
        return not any(one.tag == "li" for one in element)
    return tag not in ("svg", "math", "base", "pre", "textarea", "select", "option", "button", "image", "form", "template", "noscript", "iframe")
