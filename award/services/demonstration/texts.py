"""The texts of the demonstration, read from content/: organisations, people, entries, comments, reasons."""
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("nl", "fr", "de")


@cache
def read(name):
    """The texts in content/<name>.toml, as a dict."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def entries(content):
    """The entries of a round, each with its language, mixed as they might come in: {title, team, body, …, language}."""
    by_language = [[{**entry, "language": language} for entry in read(f"{content}_{language}")["entry"]]
                   for language in LANGUAGES if (FOLDER / f"{content}_{language}.toml").exists()]
    placed = [((n + 0.5) / len(group), entry) for group in by_language for n, entry in enumerate(group)]
    return [entry for _place, entry in sorted(placed, key=lambda pair: pair[0])]


def body(key):
    """An invented organisation: {nl, fr, de, en, domain}."""
    return read("bodies")[key]
