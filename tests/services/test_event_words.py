"""Every act of the history has its words, and every word its act."""

import ast
from pathlib import Path

from award.services import event_words
from tests.rules.sources import MODULES, layer, tree

RECORDERS = {"add": 1, "touched": 1}


def acts():
    """The acts that services record, where they are written as plain text."""
    for module in MODULES:
        if layer(module) != "services":
            continue
        for node in ast.walk(tree(module)):
            name = getattr(getattr(node, "func", None), "attr", None)
            if isinstance(node, ast.Call) and name in RECORDERS and len(node.args) > 1:
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, Path(module).name


def test_every_act_that_a_service_records_is_called_something():
    assert {act: module for act, module in acts() if act not in event_words.EVENT_WORDS} == {}


def test_no_words_are_left_for_an_act_that_is_gone():
    assert set(event_words.EVENT_WORDS) - {act for act, _module in acts()} == set()


def test_an_act_without_words_is_shown_rather_than_left_out():
    assert event_words.words("penguin_jumped") == "penguin_jumped"
