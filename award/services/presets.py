"""Rounds to start from: each a file in award/presets, named by its key, with its texts in every language."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "presets"


@cache
def all_():
    """Every preset under its key, in order of name: title, explanation, purpose, field, stage, criterion,
    and category, a list of names, where it has categories."""
    return {
        path.stem: tomllib.loads(path.read_text("utf-8"), parse_float=Decimal) for path in sorted(FOLDER.glob("*.toml"))
    }


def texts(words, languages):
    """Of a text per language, the languages asked for."""
    return {code: words[code] for code in languages if words.get(code)}
