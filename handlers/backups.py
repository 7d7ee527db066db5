"""`app.py backup FILE` and `app.py restore FILE`: files around what is kept of everything.

A name that ends in .gz is compressed. The file holds all that everybody wrote, private projects
included: it is written for its owner's eyes alone.
"""

import argparse
import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from bot.settings import Settings
from handlers import files
from handlers.files import NotWritten
from handlers.service import backups
from handlers.service.backups import BadBackup
from handlers.service.records import Records

Clock = Callable[[], datetime]
DONE, FAILED, INVALID = 0, 1, 2


def backup(options: argparse.Namespace, records: Records, clock: Clock) -> int:
    """Write everything to a file: all of it, or on any fault nothing."""
    named = Path(options.file)
    rows = -2  # what heads the rows, and what ends them
    try:
        place = files.place(options.file, "charter-backup.jsonl.gz")
        with _writing(place, is_packed=named.suffix == ".gz") as file:
            for line in backups.written(records.database, clock()):
                file.write(f"{line}\n")
                rows += 1
    except NotWritten as error:
        return _told(str(error), INVALID)
    print(f"{named}: {rows:,} rows, {place.stat().st_size:,} bytes")
    return DONE


def restore(options: argparse.Namespace, settings: Settings) -> int:
    """Bring a backup into an empty database, and say whether its record's hash chain stands."""
    file = Path(options.file)
    try:
        found = backups.looked_at(_lines(file))
        done = backups.restore(settings.database_url, found, _lines(file))
    except BadBackup as error:
        return _told(f"{file}: {error}", INVALID)
    except (UnicodeDecodeError, gzip.BadGzipFile):
        return _told(f"{file}: This is no backup of Charter.", INVALID)
    except (EOFError, zlib.error):
        return _told(f"{file}: The backup is cut off. Take one that is whole.", INVALID)
    except OSError as error:
        return _told(f"{file} cannot be read: {error.strerror or error}.", INVALID)
    print(
        f"{file}: {found.rows:,} rows of {found.at:%Y-%m-%d %H:%M} UTC are restored; "
        f"{done.lines:,} lines of the record, {len(done.faults)} faults"
    )
    return FAILED if done.faults else DONE


@contextmanager
def _writing(place: Path, *, is_packed: bool) -> Iterator[TextIO]:
    """A new file that its owner alone may read. The same rows give the same bytes."""
    with (
        files.written(place, files.OWN) as raw,
        TextIOWrapper(_packing(raw) if is_packed else raw, encoding="utf-8") as text,
    ):
        yield text


def _packing(raw: BinaryIO) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0)


def _lines(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
