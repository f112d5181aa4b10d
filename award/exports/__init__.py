"""Every format of a report: a frozen report in, bytes out. One file per format; it is found by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True)
class Format:
    """`write(report, *, language)` gives the bytes; `extension` has no dot."""

    key: str
    extension: str
    mimetype: str
    write: Callable


def discover(path, package, name="FORMAT"):
    """What the modules of a package call by that name, by key."""
    found = (getattr(import_module(f"{package}.{module.name}"), name, None) for module in iter_modules(path))
    return {known.key: known for known in found if known}


def __getattr__(name):
    """FORMATS, {key: Format}, is found when it is first asked for: the process that typesets needs none of them."""
    if name != "FORMATS":
        raise AttributeError(name)
    globals()[name] = discover(__path__, __name__)
    return globals()[name]
