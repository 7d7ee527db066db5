"""What the operator does at the command line with people's data, and with the record as a whole.

Gives exit codes as `app.py` does: 0 done, 1 not all of it, 2 refused or invalid.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.people import Actor, Surface
from bot.settings import Settings
from bot.sheets import BadWorkbook, Value, read
from handlers import files
from handlers.files import NotWritten
from handlers.service import Charter, services
from handlers.service.facts import FactsCache
from handlers.service.links import Imports

Clock = Callable[[], datetime]
DONE, INVALID = 0, 2
ZIP = b"PK\x03\x04"
"""How a workbook begins."""


def _opened(
    options: argparse.Namespace, settings: Settings, database: Any, clock: Clock
) -> tuple[Charter, Actor]:
    charter = services(database, clock, settings.admins())
    workspace = charter.workspaces.only(options.workspace)
    return charter, Actor(workspace, None, Surface.CLI, is_admin=True)


def export(options: argparse.Namespace, settings: Settings, database: Any, clock: Clock) -> int:
    """All that is kept of a person, as JSON."""
    charter, operator = _opened(options, settings, database, clock)
    print(charter.personal.export(operator, options.who))
    return DONE


def erase(options: argparse.Namespace, settings: Settings, database: Any, clock: Clock) -> int:
    """Take a person's name out of everything; without `--yes`, say whose that would be."""
    charter, operator = _opened(options, settings, database, clock)
    if not options.yes:
        person = charter.personal.named(operator, options.who)
        words = f"This would erase {person.name} ({person.key}) for good. Say --yes to do it."
        return _told(words, INVALID)
    done = charter.personal.erase(operator, options.who, options.because)
    print(
        f"{done.name}: {done.lines} lines of the record and {done.texts} texts now say so, "
        f"{done.standups} standups are empty"
    )
    for name in done.shared:
        print(f"“{name}” is somebody else's name too: it stays in free text.", file=sys.stderr)
    return DONE


def identities(options: argparse.Namespace, settings: Settings, database: Any, clock: Clock) -> int:
    """Print everybody's names elsewhere, or load them from a table."""
    charter, operator = _opened(options, settings, database, clock)
    if options.file is None:
        print(charter.identities.table(operator), end="")
        return DONE
    try:
        source = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
        table = _sheet(source) if source.startswith(ZIP) else source.decode("utf-8-sig")
    except OSError as error:
        return _told(f"{options.file} cannot be read: {error.strerror or error}.", INVALID)
    except UnicodeDecodeError:
        return _told(f"{options.file} cannot be read: it is not UTF-8.", INVALID)
    except BadWorkbook as error:
        return _told(f"{options.file} cannot be read: {error}.", INVALID)
    done = charter.identities.load(operator, table, only_look=options.dry_run)
    for one in done:
        for line in one.lines:
            print(f"{line.label}: {line.before or '–'} → {line.after or '–'}")
    would = " would be made" if options.dry_run else ""
    print(f"{len(done)} change{'' if len(done) == 1 else 's'}{would}")
    return DONE


def _sheet(workbook: bytes) -> list[list[Value]]:
    """The first sheet in which something stands."""
    return next((rows for rows in read(workbook).values() if any(map(any, rows))), [])


def audit_export(
    options: argparse.Namespace, settings: Settings, database: Any, clock: Clock
) -> int:
    """The whole record as a file: all of it, or on any fault nothing."""
    out = Path(options.out)
    kind = out.suffix.casefold()
    if kind not in {".csv", ".xlsx"}:
        return _told(f"{out} will not do: name a file that ends in .csv or .xlsx.", INVALID)
    charter, operator = _opened(options, settings, database, clock)
    try:
        place = files.place(options.out, "charter-record.csv")
        made = (charter.auditing.csv if kind == ".csv" else charter.auditing.xlsx)(operator)
        with files.written(place) as file:
            file.write(made)
    except ValueError:
        return _told("The record has more lines than a workbook takes: name a .csv file.", INVALID)
    except NotWritten as error:
        return _told(str(error), INVALID)
    print(f"{out}: {len(made):,} bytes")
    return DONE


def _told(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


def neptune(options: argparse.Namespace, settings: Settings, database: Any, clock: Clock) -> int:
    """Import what was exported of Neptune, whose hosted service is gone."""
    from handlers import archives

    _charter, operator = _opened(options, settings, database, clock)
    imports = Imports(database, clock, FactsCache())
    return archives.neptune(options.folder, options.project, operator, imports)


DEEDS: Mapping[str, Callable[[argparse.Namespace, Settings, Any, Clock], int]] = {
    "audit export": audit_export,
    "person export": export,
    "person erase": erase,
    "person identities": identities,
    "neptune import": neptune,
}
"""By the words of the command."""
