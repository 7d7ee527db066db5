"""`app.py` at the command line, in a folder of the test's own.

Fixtures: `shell`, and `loaded`, where the sample workspace is in the database.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support import redaction
from tests.support.starting import Starter
from tests.support.tree import ROOT

STARTER = Starter()
SAMPLE = ROOT / "handlers" / "playground" / "sample.json"


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs `app.py` in a folder of the test's own."""

    folder: Path
    url: str

    def run(self, *arguments: str, **settings: str) -> Said:
        """What a command says, and how it ends; the modules are read already."""
        with TemporaryDirectory() as kept:
            out, err = Path(kept) / "out", Path(kept) / "err"
            code = STARTER.run(arguments, self.folder, self.settings(**settings), out, err)
            return _looked_at(Said(code, out.read_text("utf-8"), err.read_text("utf-8")))

    def start(self, *arguments: str, **settings: str) -> Said:
        """The same, as its users start it."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "app.py"), *arguments],
            cwd=self.folder,
            env=self.settings(**settings),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return _looked_at(Said(done.returncode, done.stdout, done.stderr))

    def settings(self, **more: str) -> dict[str, str]:
        """The environment that it runs in."""
        plain = {name: value for name, value in os.environ.items() if "SLACK" not in name}
        given = {"DATABASE_URL": self.url} | more
        redaction.note_all(given)
        return plain | given


def _looked_at(said: Said) -> Said:
    """No command shows a secret that it was started with."""
    redaction.look(said.out)
    redaction.look(said.err)
    return said


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path, f"sqlite:///{tmp_path}/charter.db")


@pytest.fixture(scope="session")
def sample_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace as `load` leaves it, to copy."""
    folder = tmp_path_factory.mktemp("sample")
    path = folder / "charter.db"
    assert Shell(folder, f"sqlite:///{path}").run("load", str(SAMPLE)).code == 0
    assert [one.name for one in folder.iterdir()] == [path.name], "all of it stands in one file"
    return path


@pytest.fixture
def loaded(shell: Shell, sample_database: Path) -> Shell:
    shutil.copyfile(sample_database, shell.folder / sample_database.name)
    return shell
