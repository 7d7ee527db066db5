"""Everything that a database holds, as lines of JSON, and back into an empty one.

The first line says what it is and of which schema, each further one is a row, and the last tells
how many there were, with the SHA-256 of all lines before it: what was cut off or touched is not
restored. Moments are ISO 8601 in UTC, contents of files Base64. Tables come so that what a row
refers to stands before it.

Left out is what can be had anew and may hold what only a credential may read: what other servers
answered.
"""

import hashlib
import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, groupby
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    select,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError
from sqlmodel import Session

from storage import audit, contents, migrate, numbers
from storage.contents import AT_ONCE, plain
from storage.database import Database, plainly
from storage.migrate import Schema
from storage.tables import EtagRow, Workspace, table_of

FORMAT = 1
KIND = "charter-backup"
LEFT_OUT = frozenset({EtagRow.__tablename__})

NEWER = "The backup was made by a newer Charter than this one: update Charter first."


class BadBackup(Exception):
    """It cannot be restored, or not there; `str()` says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `revision` names the schema that its rows are of."""

    revision: str
    at: datetime
    rows: int
    tables: Mapping[str, int]


def lines(session: Session, now: datetime) -> Iterator[str]:
    """The whole database as it is at one moment, line by line, without their ends.

    The session must give one consistent view, as `Database.read` does.
    """
    digest, counts = hashlib.sha256(), Counter[str]()

    def told(what: Mapping[str, Any]) -> str:
        line = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
        digest.update(line.encode())
        return line

    revision = migrate.revisions()[-1]
    yield told({"kind": KIND, "format": FORMAT, "revision": revision, "at": plain(now)})
    connection = plainly(session)
    for table in contents.tables():
        if table.name in LEFT_OUT:
            continue
        for row in chain.from_iterable(contents.batches(connection, table)):
            counts[table.name] += 1
            yield told({"table": table.name, "row": {name: plain(row[name]) for name in row}})
    end = {"end": {"rows": counts.total(), "tables": dict(counts), "sha256": digest.hexdigest()}}
    yield json.dumps(end, separators=(",", ":"))


def looked_at(told: Iterable[str]) -> Backup:
    """What a backup holds, after all of it was read. Raises `BadBackup`."""
    digest = hashlib.sha256()
    head: Mapping[str, Any] | None = None
    end: Mapping[str, Any] | None = None
    rows = 0
    for line in told:
        if end is not None:
            raise BadBackup("Something follows the end of the backup: it is not as it was written.")
        found = _object(line)
        if head is None:
            head = _head(found)
        elif "end" in found:
            end = found["end"]
            continue
        else:
            rows += 1
        digest.update(line.encode())
    if head is None:
        raise BadBackup("This is no backup of Charter: it is empty.")
    if end is None:
        raise BadBackup("The backup is cut off: its end is missing. Take one that is whole.")
    if (end.get("rows"), end.get("sha256")) != (rows, digest.hexdigest()):
        raise BadBackup("The backup is not as it was written: its check sum is another one.")
    return Backup(head["revision"], datetime.fromisoformat(head["at"]), rows, end["tables"])


def restore(url: str, backup: Backup, told: Iterable[str]) -> audit.Verified:
    """Bring the rows of a backup that was looked at into an empty database, all or none, and the
    schema to the newest; gives what the record's hash chain says then. Raises `BadBackup`.

    What was waiting to be posted is looked for in its channel first: it may have been posted since
    the backup was made.
    """
    if backup.revision not in migrate.revisions():
        raise BadBackup(
            "The backup was made by a newer Charter than this one: update Charter first."
        )
    database = Database(url)
    try:
        _make_room(database, url, backup)
        with database.begin() as session:
            connection = session.connection()
            known = MetaData()
            known.reflect(connection)
            _fill(connection, known, told)
            numbers.go_on(connection, known.sorted_tables)
            _look_first(connection, known, backup.at)
        migrate.upgrade(url)
        with database.read() as session:
            return audit.verify(session)
    except (DataError, IntegrityError) as error:
        raise BadBackup("The rows of the backup do not fit together.") from error
    finally:
        database.close()


def _make_room(database: Database, url: str, backup: Backup) -> None:
    """The tables of the backup's schema, with nothing in them."""
    if migrate.schema(database) is Schema.NONE:
        migrate.upgrade(url, backup.revision)
        return
    if migrate.revision(database) != backup.revision:
        raise BadBackup(
            "The database has tables of another version than the backup: name one that is new, as "
            "in --database sqlite:///restored.db."
        )
    with database.read() as session:
        if session.connection().execute(select(table_of(Workspace).c.id).limit(1)).first():
            raise BadBackup(
                "The database is not empty: name one that is new, nothing is overwritten."
            )


def _fill(connection: Connection, known: MetaData, told: Iterable[str]) -> None:
    rows = (found for found in map(_object, told) if "row" in found)
    for name, some in groupby(rows, key=lambda found: str(found["table"])):
        table = known.tables.get(name)
        if table is None:
            raise BadBackup(f"The backup has a table {name!r}, which this version never had.")
        batch: list[dict[str, Any]] = []
        for found in some:
            batch.append(_typed(table, found["row"]))
            if len(batch) == AT_ONCE:
                connection.execute(table.insert(), batch)
                batch = []
        if batch:
            connection.execute(table.insert(), batch)


def _look_first(connection: Connection, known: MetaData, at: datetime) -> None:
    """Let what waits to be posted be looked for before it is: perhaps it stands there already."""
    outbox = known.tables.get("outbox")
    if outbox is None or "begun_at" not in outbox.columns:
        return
    waiting = outbox.c.due_at.is_not(None), outbox.c.begun_at.is_(None)
    begun = _as(outbox.c.begun_at.type, at.isoformat())
    connection.execute(update(outbox).where(*waiting).values(begun_at=begun))


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    unknown = [name for name in row if name not in table.columns]
    if unknown:
        raise BadBackup(f"The backup has a column {unknown[0]!r} that {table.name!r} never had.")
    return {name: _as(table.columns[name].type, value) for name, value in row.items()}


def _as(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment if kind.timezone else moment.replace(tzinfo=None)
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _object(line: str) -> Mapping[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        raise BadBackup("This is no backup of Charter, or one that was cut off.") from None
    if not isinstance(found, dict):
        raise BadBackup("This is no backup of Charter.")
    return found


def _head(found: Mapping[str, Any]) -> Mapping[str, Any]:
    if found.get("kind") != KIND:
        raise BadBackup("This is no backup of Charter.")
    if found.get("format") != FORMAT:
        raise BadBackup(
            "The backup was made by a newer Charter than this one: update Charter first."
        )
    return found
