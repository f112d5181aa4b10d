"""Rules 1 and 2: imports point down, the core is pure; transactions, the environment and the clock have one home each."""
import re
import sys

import pytest

from tests.rules.sources import MODULES, imports, layer, name

LAYERS = {"errors": 0, "i18n": 0, "domain": 1, "permissions": 2, "db": 3, "models": 4, "services": 5, "exports": 6,
          "web": 7, "cli": 7, "jobs": 7, "commands": 7}
PURE = {"domain", "errors", "permissions", "i18n"}
KNOWN_TO_THE_CORE = {"award", "numpy", "scipy"} | set(sys.stdlib_module_names)
NO_WEB = {"flask", "flask_login", "flask_wtf", "wtforms", "flask_babel", "weasyprint"}


def own(dotted):
    """The layer of ours that a dotted name belongs to; None when it is not one."""
    parts = dotted.split(".")
    return parts[1] if parts[0] == "award" and len(parts) > 1 and parts[1] in LAYERS else None


@pytest.mark.parametrize("path", [m for m in MODULES if layer(m) in LAYERS], ids=name)
def test_imports_point_down(path):
    upwards = [i for i in imports(path) if own(i) and LAYERS[own(i)] > LAYERS[layer(path)]]
    assert upwards == []


@pytest.mark.parametrize("path", [m for m in MODULES if layer(m) in PURE], ids=name)
def test_the_core_knows_only_the_standard_library_and_numbers(path):
    assert [i for i in imports(path) if i.split(".")[0] not in KNOWN_TO_THE_CORE] == []


@pytest.mark.parametrize("path", [m for m in MODULES if layer(m) == "services"], ids=name)
def test_use_cases_know_no_web(path):
    assert [i for i in imports(path) if i.split(".")[0] in NO_WEB] == []


@pytest.mark.parametrize(("pattern", "home"), [
    (r"\.(commit|rollback)\(", {"db"}),
    (r"os\.environ|getenv", set()),
    (r"datetime\.now\(|utcnow\(|date\.today\(|\btime\.time\(", {"web", "cli", "jobs", "commands"}),
], ids=["transactions end in db", "no module reads the environment", "the clock is read at the edge"])
def test_one_home(pattern, home):
    elsewhere = [name(m) for m in MODULES if re.search(pattern, m.read_text("utf-8")) and layer(m) not in home]
    assert elsewhere == []
