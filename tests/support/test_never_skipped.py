"""In CI a test that needs a browser, PostgreSQL or a server fails the run where it is skipped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

SKIPS = """
import pytest

{mark}
def test_skipped():
    pytest.skip("no Chromium here")
"""
SKIPS_AS_A_WHOLE = """
import pytest

pytest.skip("no Chromium here", allow_module_level=True)
"""
MARKS = "[pytest]\nmarkers =\n    postgres\n    browser\n    server\n    office\n"

CASES = [
    pytest.param("browser/test_page.py", SKIPS.format(mark=""), "browser", id="folder"),
    pytest.param("browser/test_page.py", SKIPS_AS_A_WHOLE, "browser", id="whole module"),
    pytest.param(
        "test_rows.py", SKIPS.format(mark="@pytest.mark.postgres"), "postgres", id="postgres"
    ),
    pytest.param("test_runs.py", SKIPS.format(mark="@pytest.mark.server"), "server", id="server"),
    pytest.param("test_pages.py", SKIPS.format(mark="@pytest.mark.office"), "office", id="office"),
    pytest.param(
        "test_page.py", SKIPS.format(mark="@pytest.mark.browser"), "browser", id="browser mark"
    ),
]


def _run(folder: Path, file: str, text: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text(MARKS, encoding="utf-8")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.never_skipped", "."],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CI": ci},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("file", "text", "kind"), CASES)
def test_a_skip_fails_in_ci_and_says_which(tmp_path: Path, file: str, text: str, kind: str) -> None:
    run = _run(tmp_path, file, text, "true")
    assert run.returncode != 0
    assert f"CI may not skip a {kind} test: {file}" in run.stdout
    assert "no Chromium here" in run.stdout


@pytest.mark.parametrize(("file", "text", "kind"), CASES[:1])
def test_a_skip_is_only_a_skip_elsewhere(tmp_path: Path, file: str, text: str, kind: str) -> None:
    run = _run(tmp_path, file, text, "")
    assert run.returncode == 0, kind
    assert "1 skipped" in run.stdout


def test_other_skips_stay_skips_in_ci(tmp_path: Path) -> None:
    run = _run(tmp_path, "test_other.py", SKIPS.format(mark=""), "true")
    assert run.returncode == 0
    assert "1 skipped" in run.stdout
