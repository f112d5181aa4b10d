"""Rule 8: what a reader can take in at once."""
import ast

import pytest

from tests.rules.sources import MODULES, PAGES, functions, name

BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_has_at_most_300_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_has_at_most_150_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 150


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_has_at_most_40_lines(path):
    assert {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno - f.lineno >= 40} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_takes_at_most_5_arguments(path):
    def count(f):
        return len([a for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs) if a.arg not in ("self", "cls")])
    assert {f.name: count(f) for f in functions(path) if count(f) > 5} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_function_branches_at_most_8_times(path):
    def count(f):
        inner = {id(n) for g in ast.walk(f) if isinstance(g, ast.FunctionDef) and g is not f for n in ast.walk(g)}
        return sum(isinstance(n, BRANCHES) for n in ast.walk(f) if id(n) not in inner)
    assert {f.name: count(f) for f in functions(path) if count(f) > 8} == {}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_say_what_a_thing_is(path):
    vague = {"utils", "common", "helpers", "helper", "manager", "handler", "util"}
    assert vague.isdisjoint(path.stem.split("_"))
