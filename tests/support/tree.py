"""The files of the project, as the tests about its architecture and documentation see them."""

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("app.py", "bot", "handlers", "storage")
LOCAL = frozenset({"var", "node_modules", "__pycache__"})
"""Folders that may lie about and belong to nobody; so may all whose names begin with a dot."""


def files(*starts: str, suffix: str) -> Iterator[Path]:
    """Files below some places of the project that end like this, relative to its root, sorted."""
    found: set[Path] = set()
    for start in starts:
        place = ROOT / start
        found.update([place] if place.is_file() else place.rglob(f"*{suffix}"))
    for path in sorted(found):
        relative = path.relative_to(ROOT)
        if relative.suffix == suffix and not any(_is_local(part) for part in relative.parts):
            yield relative


def _is_local(part: str) -> bool:
    return part in LOCAL or part.startswith(".")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a Python file, its path relative to the root."""
    return ast.parse((ROOT / path).read_bytes(), str(path))


@cache
def modules_imported(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module a file imports, wherever in it, with the line; `from a import b` is `a.b`."""
    return tuple(_imported(parsed(path)))


def _imported(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def distributions_imported(*starts: str) -> dict[str, str]:
    """The PyPI packages imported below some places → one file that does, names normalised."""
    owners = importlib.metadata.packages_distributions()
    used: dict[str, str] = {}
    for path in files(*starts, suffix=".py"):
        for module, _ in modules_imported(path):
            top = module.partition(".")[0]
            if top not in sys.stdlib_module_names and top in owners:
                used.setdefault(normalised(owners[top][0]), str(path))
    return used


def normalised(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
