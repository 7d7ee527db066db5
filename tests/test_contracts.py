"""The contracts about imports bite: a tree that breaks every one of them is caught at every one."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.tree import ROOT

SETTINGS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads(SETTINGS)["tool"]["importlinter"]["contracts"]
}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"

ALLOWED = {
    "bot/project.py": "import re",
    "bot/sheets.py": "import openpyxl",
    "bot/sources/web.py": "import httpx",
    "bot/sources/github.py": "import bot.sources.web",
    "storage/ledger.py": "import sqlmodel\nimport bot.project",
    "handlers/slack/client.py": "import httpx",
    "handlers/metrics.py": "import prometheus_client",
    "handlers/service/projects.py": "import storage.ledger",
    "handlers/home.py": "import slack_bolt\nimport handlers.service.projects",
    "handlers/views/home.py": "import bot.project",
}
BREAKING = [
    ("layers", "bot/project.py", "import storage.ledger"),
    ("layers", "storage/ledger.py", "import handlers.slack"),
    ("app", "handlers/home.py", "import app"),
    ("app", "bot/project.py", "from tests.support import clock"),
    ("bot-pure", "bot/project.py", "import slack_sdk.web"),
    ("bot-pure", "bot/project.py", "def late():\n    import sqlmodel"),
    ("bot-pure", "bot/sources/github.py", "import socket"),
    ("httpx", "bot/project.py", "import httpx"),
    ("httpx", "bot/sources/github.py", "import httpx"),
    ("httpx", "handlers/home.py", "import httpx"),
    ("openpyxl", "handlers/service/projects.py", "from openpyxl import Workbook"),
    ("prometheus", "handlers/home.py", "import prometheus_client"),
    ("storage", "handlers/home.py", "import storage.ledger"),
    ("storage", "handlers/views/home.py", "from storage import ledger"),
    ("views", "handlers/views/home.py", "import slack_bolt"),
    ("views", "handlers/views/home.py", "import handlers.service.projects"),
    ("acyclic", "bot/sources/github.py", "import bot.project\nimport bot.sources.mlflow"),
]


def _broken(folder: Path, changes: dict[str, str]) -> set[str]:
    """The ids of the contracts that a small house breaks."""
    (folder / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    house = {"bot/sources/mlflow.py": "", **ALLOWED, **changes}
    for name, text in house.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        for package in path.relative_to(folder).parents:
            if package != Path():
                (folder / package / "__init__.py").touch()
    run = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", run.stdout, re.MULTILINE))
    assert set(verdicts) == set(CONTRACTS.values()), run.stdout + run.stderr
    assert run.returncode == ("BROKEN" in verdicts.values())
    return {id for id, name in CONTRACTS.items() if verdicts[name] == "BROKEN"}


def test_a_house_in_order_keeps_all_contracts(tmp_path: Path) -> None:
    assert _broken(tmp_path, {}) == set()


@pytest.mark.parametrize(("contract", "file", "line"), BREAKING)
def test_a_contract_catches_what_breaks_it(
    tmp_path: Path, contract: str, file: str, line: str
) -> None:
    changes = {file: f"{ALLOWED[file]}\n{line}"}
    if contract == "acyclic":
        changes["bot/sources/mlflow.py"] = "import bot.sources.github"
    assert contract in _broken(tmp_path, changes)


def test_every_contract_is_shown_to_bite() -> None:
    assert {contract for contract, _, _ in BREAKING} == set(CONTRACTS)
