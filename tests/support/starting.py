"""Starts `app.py` as a fork of a process that has read all of its modules already.

Each command is a process of its own, with its own arguments, folder, environment and output, and
ends as any other does; reading the modules, which takes longer than most commands do, is paid once.
What only a fresh start shows (how long it takes, what it reads) is tested with one.

The process takes a JSON object a line (`arguments`, `folder`, `settings`, and the files `out` and
`err`), and says a line with the exit code; -9 where a command took longer than `LONGEST`.
"""

import atexit
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import IO, Any

from tests.support.tree import ROOT

LONGEST = 60.0  # seconds


class Starter:
    """The process that forks; made when it is first needed, and gone with the one that asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        settings: Mapping[str, str],
        out: Path,
        err: Path,
    ) -> int:
        """The exit code of a command; what it says goes into the two files."""
        wanted = {
            "arguments": list(arguments),
            "folder": str(folder),
            "settings": dict(settings),
            "out": str(out),
            "err": str(err),
        }
        with self._lock:
            reading, writing = self._pipes()
            print(json.dumps(wanted), file=writing, flush=True)
            return int(reading.readline())

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.starting"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            atexit.register(self._process.communicate)
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        return self._process.stdout, self._process.stdin


def _fork(wanted: Mapping[str, Any]) -> int | None:
    """The exit code of the child; None in the child itself, which is to run the command."""
    child = os.fork()
    if child == 0:
        _become(wanted)
        return None
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become(wanted: Mapping[str, Any]) -> None:
    """Take on the command's folder, environment and output."""
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["settings"])
    for path, flags, number in (
        (os.devnull, os.O_RDONLY, 0),
        (wanted["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 1),
        (wanted["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 2),
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.argv = [str(ROOT / "app.py"), *wanted["arguments"]]


def _read_modules() -> None:
    for package in ("bot", "storage", "handlers"):
        where = [str(ROOT / package)]
        for module in pkgutil.walk_packages(where, f"{package}."):
            if ".migrations." not in module.name:  # alembic runs these itself
                importlib.import_module(module.name)


def main() -> int:
    import app

    _read_modules()
    # Read as bytes and unbuffered: what a child inherits holds nothing of the lines to come.
    with os.fdopen(os.dup(0), "rb", buffering=0) as lines:
        for line in iter(lines.readline, b""):
            code = _fork(json.loads(line))
            if code is None:
                return app.main()
            with suppress(BrokenPipeError):
                print(code, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
