"""What the rule tests read: modules with their syntax trees, templates with their text."""
import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
AWARD = ROOT / "award"
TEMPLATES = ROOT / "templates"
MODULES = sorted(AWARD.rglob("*.py"))
PAGES = sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")])


def name(path):
    return str(path.relative_to(ROOT))


def layer(path):
    """The folder or module right below award/ that a file belongs to."""
    return path.relative_to(AWARD).parts[0].removesuffix(".py")


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def functions(path):
    return [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports(path):
    """Dotted names of everything a module imports, wherever in the module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
