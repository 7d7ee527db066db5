"""Files that commands write: all of one, or on any fault nothing.

A link is followed: what it leads to is replaced, and the link stays as it is.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

BY_UMASK, OWN = 0o666, 0o600
"""Who may read a file: as the system's user wants it, or its owner alone."""
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
OF_THE_SYSTEM = (Path("/proc"), Path("/sys"))
DEVICES = Path("/dev")
MOST_LINKS = 40
"""As many as Linux follows."""


class NotWritten(Exception):
    """A file that cannot be written; `str()` says why, in a sentence."""


def place(named: str, such: str) -> Path:
    """Where a file of this name is to be written, behind all links. Writes nothing.

    Raises `NotWritten` for what is no file: a folder, a pipe, a device, or one that a program has
    open (`/dev/stdout`). What is written takes the place of what was there, which would take such a
    thing from everybody. `such` is a name that would do.
    """
    at = Path(named)
    try:
        for _ in range(MOST_LINKS):
            at = Path(os.path.realpath(at.parent)) / at.name
            if _is_of_the_system(at) or not at.is_symlink():
                break
            at = at.parent / at.readlink()
        is_free = not _is_of_the_system(at) and (at.is_file() or not os.path.lexists(at))
    except OSError as error:
        raise _failed(at, error) from error
    if not is_free:
        what = named if at == Path(os.path.abspath(named)) else f"{named} leads to {at}, which"
        raise NotWritten(f"{what} is no file: name one, as in {such}.")
    return at


def _is_of_the_system(path: Path) -> bool:
    return path.parent == DEVICES or any(one in path.parents for one in OF_THE_SYSTEM)


@contextmanager
def written(place: Path, mode: int = BY_UMASK) -> Iterator[BinaryIO]:
    """A new file, which takes its place once it is whole and on the disk.

    Raises `NotWritten` where that fails; what was there is there still.
    """
    unfinished = place.with_name(f".{place.name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(unfinished, NEW, mode), "wb") as file:
            yield file
        _kept(unfinished)
        unfinished.replace(place)
    except OSError as error:
        raise _failed(place, error) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _kept(path: Path) -> None:
    """Wait until the disk has it."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _failed(place: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{place} cannot be written: {error.strerror or error}.")
