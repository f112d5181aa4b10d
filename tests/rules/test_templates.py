"""Rule 5: each template belongs to a view or is included; nothing inline that the Content-Security-Policy would stop."""
import re

import pytest

from tests.rules.sources import MODULES, PAGES, ROOT, TEMPLATES, name

CODE = "\n".join(m.read_text("utf-8") for m in MODULES)
MARKUP = "\n".join(p.read_text("utf-8") for p in PAGES)
ON_SCREEN = [p for p in PAGES if p.suffix == ".html" and "print" not in p.parts]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_belongs_to_a_view_or_is_included(path):
    key = path.relative_to(TEMPLATES).as_posix()
    folder = key.rsplit("/", 1)[0] if "/" in key else ""
    computed = {"fields": "fields/", "print/report": "report/"}.get(folder)
    assert key in CODE or key in MARKUP or f'"{key.removeprefix("print/")}"' in CODE or (computed and (computed in CODE or computed in MARKUP))


@pytest.mark.parametrize("path", ON_SCREEN, ids=name)
@pytest.mark.parametrize("forbidden", [r"<style\b", r"\sstyle=", r"\son[a-z]+=\"", r"javascript:", r"<script(?![^>]*\bsrc=)",
                                       r"(src|href)=\"(https?:)?//"])
def test_nothing_is_inline_or_from_elsewhere(path, forbidden):
    assert re.findall(forbidden, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", ON_SCREEN, ids=name)
def test_text_stands_in_the_catalogue(path):
    """What is left between the tags once expressions, statements and charts are taken out holds no word."""
    left = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|<svg\b.*?</svg>|<!--.*?-->|&[a-z]+;", " ",
                  path.read_text("utf-8"), flags=re.S)
    words = re.findall(r"[A-Za-zÀ-ÿ]{2,}", " ".join(re.findall(r">([^<>]*)<", left)))
    assert [w for w in words if w not in ("Award", "CSV", "XLSX", "JSON", "PDF", "SHA")] == []


def test_the_stylesheet_loads_nothing_from_elsewhere():
    for sheet in (ROOT / "static").rglob("*.css"):
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", sheet.read_text("utf-8")) == []
