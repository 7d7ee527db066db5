"""Child processes: started with a clean environment, watched through /proc, ended one by one."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from tests.support.tree import ROOT

TICK = os.sysconf("SC_CLK_TCK")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH")
PATIENCE = 120.0
"""Seconds that a child may take to say its first word, or to end."""


def inherited() -> dict[str, str]:
    """What a child takes over from this environment: no settings, no tokens."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


class Child:
    """A running `python ARGUMENTS`; its log is a file, its words come line by line."""

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str], log: Path) -> None:
        self.log = log
        self.began = time.monotonic()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**inherited(), "PYTHONUNBUFFERED": "1", **settings},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def line(self, seconds: float = PATIENCE) -> str:
        """Its next line. Raises `RuntimeError` with its log if it ends or takes too long."""
        found: list[bytes] = []
        assert self._process.stdout is not None
        reader = Thread(target=lambda out=self._process.stdout: found.append(out.readline()))
        reader.daemon = True
        reader.start()
        reader.join(seconds)
        if not found or not found[0]:
            words = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
            raise RuntimeError(f"{self._process.args!r} said nothing:\n{words}")
        return found[0].decode().rstrip("\n")

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def cpu(self) -> float:
        """Seconds of CPU so far, of all its threads; in steps of a hundredth."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self) -> float:
        """Resident megabytes now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def end(self) -> None:
        """Ask it to stop, wait, and where it does not, kill it."""
        self._process.terminate()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


@contextmanager
def started(arguments: Sequence[str], settings: Mapping[str, str], log: Path) -> Iterator[Child]:
    """A child for as long as the block lasts."""
    child = Child(arguments, settings, log)
    try:
        yield child
    finally:
        child.end()
