"""The house as it was drawn: what lies where, and habits that only a machine keeps up."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import PRODUCT, ROOT, files, modules_imported, parsed

HOUSE = {"bot", "handlers", "storage", "tests", "app.py", "requirements.txt", "README.md"}
DEVELOPMENT = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Containerfile",
    "LICENSE",
    "Makefile",
    "compose.yaml",
    "docs",
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements-neptune.txt",
}
LOCAL = {
    ".DS_Store",
    ".env",
    ".git",
    ".hypothesis",
    ".idea",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    ".vscode",
    "__pycache__",
    "var",
}

LINES = 400
LONG_FILES = {
    "storage/migrations/versions/*.py": "the whole schema of a release, written by alembic",
}
"""Data tables that may be longer, by pattern, each with its reason."""

EDGES = ("app.py", "handlers/playground/")
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("func", "now"),
    ("func", "current_timestamp"),
}
"""How the wall clock is read, the database's among them: it would be a second one."""

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec|mypy:)", re.IGNORECASE)
WITH_REASON = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(\s*,\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\]|pragma: no cover)"
    r"[\s#:–-]+[^\W\d_]{2,}.*",
    re.IGNORECASE,
)
LEFTOVER = re.compile(r"\b(TO(?:DO)|FIX(?:ME)|XX(?:X)|HA(?:CK)|NotImplemented(?:Error))\b")

CODE = [
    *files(*PRODUCT, "tests", suffix=".py"),
    *(path for suffix in (".js", ".css", ".html") for path in files(*PRODUCT, suffix=suffix)),
]
PYTHON = [path for path in CODE if path.suffix == ".py"]


def test_the_top_level_is_the_house() -> None:
    present = {path.name for path in ROOT.iterdir()}
    assert present - HOUSE - DEVELOPMENT - LOCAL == set(), "what is this, and where does it belong?"
    assert present >= HOUSE | DEVELOPMENT


def test_no_file_grows_beyond_a_few_pages() -> None:
    long = {
        str(path): lines
        for path in CODE
        if (lines := len((ROOT / path).read_text(encoding="utf-8").splitlines())) > LINES
        and not any(path.match(pattern) for pattern in LONG_FILES)
    }
    assert long == {}, f"over {LINES} lines: make it a package of the same name"


@pytest.mark.parametrize("pattern", LONG_FILES)
def test_the_list_of_long_files_is_no_longer_than_needed(pattern: str) -> None:
    matching = [path for path in CODE if path.match(pattern)]
    assert any(len((ROOT / path).read_bytes().splitlines()) > LINES for path in matching)


def test_every_package_says_what_it_is_for() -> None:
    packages = {path.parent for path in files(*PRODUCT, suffix=".py")} - {Path()}
    missing = [
        str(package) for package in packages if not (ROOT / package / "__init__.py").exists()
    ]
    assert sorted(missing) == [], "no __init__.py"
    silent = [
        str(path) for path in PYTHON if path.name == "__init__.py" and not _docstring(path).strip()
    ]
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path) for path in PYTHON if not _docstring(path).strip()] == []


def _docstring(path: Path) -> str:
    return ast.get_docstring(parsed(path)) or ""


def test_tests_use_real_things() -> None:
    mocks = [
        f"{path}:{line}"
        for path in PYTHON
        for module, line in modules_imported(path)
        if module.startswith(("unittest.mock", "mock.", "pytest_mock"))
    ]
    assert mocks == []


def test_only_the_edges_read_the_clock() -> None:
    readings = [
        f"{path}:{line}"
        for path in files(*PRODUCT, suffix=".py")
        if not str(path).startswith(EDGES)
        for line in _clock_readings(parsed(path))
    ]
    assert readings == [], "take `now` as an argument"


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("datetime.now(UTC)", True),
        ("datetime.datetime.now(UTC)", True),
        ("field(default_factory=datetime.utcnow)", True),
        ("date.today()", True),
        ("time.time()", True),
        ("from time import time", True),
        ("Column(server_default=func.now())", True),
        ("time.monotonic()", False),
        ("from time import monotonic", False),
        ("now.date()", False),
        ("charter.now()", False),
    ],
)
def test_what_counts_as_reading_the_clock(code: str, reads: bool) -> None:
    assert bool(list(_clock_readings(ast.parse(code)))) is reads


def _clock_readings(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=value, attr=attr) if (_last_name(value), attr) in CLOCKS:
                yield node.lineno
            case ast.ImportFrom(module="time", names=names):
                if {name.name for name in names} & {"time", "time_ns"}:
                    yield node.lineno
            case _:
                pass


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_a_silenced_check_tells_why() -> None:
    unexplained = [
        f"{path}:{line} {comment}"
        for path in PYTHON
        if SILENCED.search((ROOT / path).read_text(encoding="utf-8"))
        for line, comment in _comments(path)
        if SILENCED.search(comment) and not WITH_REASON.search(comment)
    ]
    assert unexplained == [], "write `# noqa: RULE - reason` or `# type: ignore[rule] # reason`"


@pytest.mark.parametrize(
    ("comment", "explained"),
    [
        ("# noqa: E741 - the letter's own name", True),
        ("# type: ignore[attr-defined] # sqlite3's own attribute", True),
        ("# noqa: E741, N806 – as in the formula", True),
        ("# noqa", False),
        ("# noqa: E741", False),
        ("# noqa: because I say so", False),
        ("# type: ignore", False),
        ("# type: ignore[attr-defined]", False),
        ("# type: ignore # no rule named", False),
    ],
)
def test_what_counts_as_a_reason(comment: str, explained: bool) -> None:
    assert SILENCED.search(comment)
    assert bool(WITH_REASON.search(comment)) is explained


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    source = io.BytesIO((ROOT / path).read_bytes())
    for token in tokenize.tokenize(source.readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_nothing_was_left_for_later() -> None:
    leftovers = [
        f"{path}:{number} {line.strip()}"
        for path in [*CODE, *files(".", suffix=".md")]
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if LEFTOVER.search(line)
    ]
    assert leftovers == []
