"""A further source is one module and its line in `MAKERS`: seen in a copy of Charter that has one
more, and differs in nothing else.
"""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.support.tree import ROOT

LONGEST = 300
"""Seconds that the program may take."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    tree = tmp_path_factory.mktemp("one-more")
    for package in ("bot", "handlers", "storage"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tree / package, ignore=ignored)
    inside = tree / "bot" / "sources"
    shutil.copy(ROOT / "tests" / "sources" / "tally.py", inside)
    registry = inside / "__init__.py"
    said = registry.read_text()
    more = said.replace("import github, ", "import github, tally, ").replace(
        "    notion.MAKER,\n", "    notion.MAKER,\n    tally.MAKER,\n"
    )
    assert len(more.splitlines()) == len(said.splitlines()) + 1, "a line, and a word of an import"
    registry.write_text(more)
    run = subprocess.run(
        [sys.executable, "-m", "tests.sources.one_more", str(tree)],
        cwd=tree,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_its_needs_and_settings_are_told_by_the_doctor(told: dict[str, Any]) -> None:
    assert told["not_set_up"] == ["Tally: not set up (TALLY_URL lets Charter read runs of Tally)"]
    [well] = told["set_up"]
    assert well.startswith("Tally at http://127.0.0.1:")
    assert well.endswith(": version 1.0")
    [refused] = told["refused"]
    assert refused.endswith("refuses the credentials")
    assert told["bad_setting"] == ["TALLY_TOKEN"]
    assert told["hosts"] == ["tally.acme.example"]


def test_its_runs_are_recognised_fetched_followed_and_shown(told: dict[str, Any]) -> None:
    card = told["card"]
    assert "quiet-owl-ab12" in card
    assert "Finished · by Bea Sample" in card
    assert "accuracy 0.77" in card.lower()
    assert "Linked to Atlas" in card
    assert len(told["followed"]) == 1
    assert "quiet-owl-cd34" in told["followed"][0]


def test_people_have_names_there(told: dict[str, Any]) -> None:
    assert told["kinds"] == ["github", "mlflow", "wandb", "neptune", "tally", "email"]
    assert told["names"] == [["tally", "bea-t"]]
    assert "Tally" in told["form"]
    assert told["also"] == "tally"
    assert (told["table"], told["wrong"]) == ([{"tally": ["bea-t"]}], 0)
    assert "tally" in told["unknown"]
