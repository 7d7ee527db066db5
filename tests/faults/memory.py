"""A limit on the memory of processes, as a container has one: control groups (Linux; for root)."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
MB = 1024 * 1024
GOES_WITHIN = 5.0


@dataclass(frozen=True, slots=True)
class Group:
    """Processes that share a limit. `begin` stands before a command that is to be in it."""

    folder: Path
    limit: str
    usage: str

    @property
    def begin(self) -> tuple[str, ...]:
        joined = 'echo $$ > "$0" && exec "$@"'
        return "sh", "-c", joined, str(self.folder / "cgroup.procs")

    @contextmanager
    def limited(self, megabytes: int) -> Iterator[None]:
        """They may take so much more than they have by now, and the kernel kills one of them where
        they take more.
        """
        file = self.folder / self.limit
        before = file.read_text()
        taken = int((self.folder / self.usage).read_text())
        file.write_text(str(taken + megabytes * MB))
        try:
            yield
        finally:
            file.write_text(before if before.strip() == "max" else "-1")


@contextmanager
def group(name: str) -> Iterator[Group]:
    """A new one, without a limit. Processes that are left in it in the end are let out."""
    folders = {
        GROUPS / "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        GROUPS: ("memory.max", "memory.current"),
    }
    top, files = next((top, files) for top, files in folders.items() if top.is_dir())
    folder = top / f"charter-{name}-{os.getpid()}"
    folder.mkdir()
    try:
        yield Group(folder, *files)
    finally:
        _left(folder, top)


def _left(folder: Path, top: Path) -> None:
    ends = time.monotonic() + GOES_WITHIN
    while time.monotonic() < ends:
        for pid in (folder / "cgroup.procs").read_text().split():
            with suppress(OSError):
                (top / "cgroup.procs").write_text(pid)
        with suppress(OSError):
            folder.rmdir()
            return
        time.sleep(0.1)
