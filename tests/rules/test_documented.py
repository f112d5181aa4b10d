"""Rules 7 and 9: what can be chosen is documented; the domain says what its functions take, give and refuse."""
import ast

import pytest

from award.domain.aggregation import METHODS
from award.domain.fields import TYPES
from award.exports import FORMATS
from tests.rules.sources import MODULES, ROOT, functions, layer, name

METHODS_PAGE = (ROOT / "docs" / "methods.md").read_text("utf-8")
EXPORTS_PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")
FIELDS_PAGE = (ROOT / "docs" / "fields.md").read_text("utf-8")


@pytest.mark.parametrize(("key", "page"), [*((k, METHODS_PAGE) for k in METHODS), *((k, EXPORTS_PAGE) for k in FORMATS),
                                       *((k, FIELDS_PAGE) for k in TYPES)], ids=lambda v: v if len(v) < 40 else "")
def test_a_choice_is_documented(key, page):
    assert f"`{key}`" in page


def public(path):
    outer = [n for n in tree_body(path) if isinstance(n, ast.FunctionDef)]
    return [f for f in outer if not f.name.startswith("_")]


def tree_body(path):
    return ast.parse(path.read_text("utf-8")).body


@pytest.mark.parametrize("path", [m for m in MODULES if layer(m) == "domain"], ids=name)
def test_a_public_function_of_the_domain_says_what_it_gives(path):
    assert [f.name for f in public(path) if len((ast.get_docstring(f) or "").split()) < 4] == []


@pytest.mark.parametrize("path", [m for m in MODULES if layer(m) == "domain"], ids=name)
def test_a_function_that_refuses_says_so(path):
    def raises(f):
        return any(isinstance(n, ast.Raise) and n.exc is not None for n in ast.walk(f))
    silent = [f.name for f in functions(path) if not f.name.startswith("_") and raises(f)
              and not any(w in (ast.get_docstring(f) or "").lower() for w in ("raise", "refuse", "error"))]
    assert silent == []


@pytest.mark.parametrize("key", sorted(METHODS))
def test_a_method_names_its_formula_and_source(key):
    words = METHODS[key].__doc__ if callable(METHODS[key]) else METHODS[key].function.__doc__
    assert "Source" in words
    assert "(entries, jurors" in words


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for(path):
    assert path.stat().st_size == 0 or ast.get_docstring(ast.parse(path.read_text("utf-8")))
