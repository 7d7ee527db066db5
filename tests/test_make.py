"""The two commands a newcomer types: they set everything up once, and say what is missing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

NOTHING_TO_INSTALL = "# A real environment, for which nothing has to be fetched.\n"
TOO_OLD = """#!/bin/sh
# A Python that says it is 3.9: what make hands over as code runs with that version.
exec "{python}" -c 'import sys; sys.version_info = (3, 9, 2); exec(sys.argv[2])' "$@"
"""
NEW_ENOUGH = """#!/bin/sh
exec "{python}" "$@"
"""


def _cloned(place: Path) -> Path:
    folder = place / "a clone"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").write_text(NOTHING_TO_INSTALL, encoding="utf-8")
    (folder / "requirements-dev.txt").write_text("-r requirements.txt\n", encoding="utf-8")
    (folder / "requirements-neptune.txt").write_text(NOTHING_TO_INSTALL, encoding="utf-8")
    return folder


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A place with a blank in its name, where nothing was set up yet."""
    return _cloned(tmp_path)


@pytest.fixture(scope="module")
def first_time(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same after `make setup`, and what that said."""
    folder = _cloned(tmp_path_factory.mktemp("first"))
    run = _make(folder, f"PYTHON={sys.executable}", "setup")
    assert run.returncode == 0, run.stderr
    return folder, run.stdout


@pytest.fixture
def ready(first_time: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(first_time[0], tmp_path / "a clone", symlinks=True))


def _make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # What an outer make was told (its flags, its variables) must not reach the inner one.
    outer = {
        "ARGS",
        "PYTHON",
        "VENV",
        "WORKERS",
        "MAKEFLAGS",
        "MAKELEVEL",
        "MFLAGS",
        "MAKEOVERRIDES",
    }
    inherited = {name: value for name, value in os.environ.items() if name not in outer}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_help_is_the_default_and_lists_every_target(clone: Path) -> None:
    run = _make(clone)
    listed = re.findall(r"^make ([a-z-]+) +\S.*$", run.stdout, re.MULTILINE)
    makefile = (clone / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert run.returncode == 0
    assert phony is not None
    assert sorted(listed) == sorted(phony[1].split())
    assert {"setup", "run", "test", "check", "bench", "help"} <= set(listed)


def test_setting_up_makes_an_environment(first_time: tuple[Path, str]) -> None:
    folder, said = first_time
    first, second, *_ = said.splitlines()
    assert first.startswith("Making .venv")
    assert second.startswith("Installing what Charter runs on")
    assert (folder / ".venv/bin/python").exists()


def test_the_second_time_installs_nothing(ready: Path) -> None:
    run = _make(ready, "setup")
    assert run.returncode == 0
    assert "Making" not in run.stdout
    assert "Installing" not in run.stdout


def test_changed_requirements_are_installed(ready: Path) -> None:
    newer = (ready / ".venv/.installed").stat().st_mtime + 10
    os.utime(ready / "requirements.txt", (newer, newer))
    run = _make(ready, "setup")
    assert run.returncode == 0
    assert "Installing what Charter runs on" in run.stdout


def test_a_python_that_went_away_makes_the_environment_anew(ready: Path) -> None:
    python = ready / ".venv/bin/python"
    python.unlink()
    python.symlink_to("no-such-python")
    run = _make(ready, f"PYTHON={sys.executable}", "setup")
    assert run.returncode == 0, run.stderr
    assert python.exists()
    assert "Installing what Charter runs on" in run.stdout


def test_run_starts_charter(ready: Path) -> None:
    (ready / "app.py").write_text("import sys; print('started by', sys.prefix)", encoding="utf-8")
    run = _make(ready, "run")
    assert run.returncode == 0, run.stderr
    assert f"started by {ready / '.venv'}" in run.stdout


def test_what_cannot_be_installed_is_tried_again_next_time(ready: Path) -> None:
    newer = (ready / ".venv/.installed").stat().st_mtime + 10
    (ready / "requirements.txt").write_text("./not-here\n", encoding="utf-8")
    os.utime(ready / "requirements.txt", (newer, newer))
    for _ in range(2):
        run = _make(ready, "setup")
        assert run.returncode != 0
        assert "Installing failed; pip says why above." in run.stderr


@pytest.mark.slow
def test_a_server_that_cannot_be_installed_is_said(ready: Path) -> None:
    wanted = ready / "tests/sources/servers"
    wanted.mkdir(parents=True)
    (wanted / "requirements.txt").write_text("./not-here\n", encoding="utf-8")
    (wanted / "package.json").write_text("{}", encoding="utf-8")
    run = _make(ready, "setup-servers")
    assert run.returncode != 0
    assert "MLflow or wandb could not be installed; pip says why above." in run.stderr
    assert not (ready / ".venv/servers/.installed").exists()


def test_without_python_it_says_what_to_install(clone: Path) -> None:
    run = _make(clone, "PYTHON=no-such-python", "setup")
    assert run.returncode != 0
    assert "Charter needs Python 3.11 or newer: install python3 and python3-venv" in run.stderr
    assert not (clone / ".venv").exists()


def test_a_python_that_is_too_old_is_not_taken(clone: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text(TOO_OLD.format(python=sys.executable), encoding="utf-8")
    old.chmod(0o755)
    run = _make(clone, f"PYTHON={old}", "setup")
    assert run.returncode != 0
    assert "Charter needs Python 3.11 or newer" in run.stderr


def test_the_first_python_that_is_new_enough_is_taken(clone: Path, tmp_path: Path) -> None:
    scripts = {"python3": TOO_OLD, "python3.13": NEW_ENOUGH}
    for name, text in scripts.items():
        (tmp_path / name).write_text(text.format(python=sys.executable), encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    run = _make(clone, "setup", PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert run.returncode == 0, run.stderr
    assert (clone / ".venv/bin/python").exists()


def test_without_venv_it_says_what_to_install(clone: Path, tmp_path: Path) -> None:
    missing = tmp_path / "as Debian without python3-venv"
    missing.mkdir()
    (missing / "ensurepip.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    run = _make(clone, f"PYTHON={sys.executable}", "setup", PYTHONPATH=str(missing))
    assert run.returncode != 0
    assert f"Charter needs venv and pip for {sys.executable}: install python3-venv" in run.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(("asked", "is_wanted"), [((), True), (("WITHOUT=servers",), False)])
def test_servers_are_left_out_where_somebody_says_so(
    asked: tuple[str, ...], is_wanted: bool
) -> None:
    command = ["make", "--dry-run", "--always-make", "test", *asked]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert ("npm" in said) is is_wanted
