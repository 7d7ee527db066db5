"""What a table holds, spelled the same on SQLite and on PostgreSQL, so that two can be compared.

Moments are ISO 8601 in UTC, objects have their keys in order, contents of files are Base64; rows
come by their key, texts in it by their bytes and not by the rules of somebody's language.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, RowMapping, Table, collate, func, select
from sqlmodel import SQLModel

AT_ONCE = 500
"""Rows that are read or written in one go."""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a table holds, and the SHA-256 of all of them."""

    rows: int
    digest: str


class Reckoning:
    """Sums a table up while its rows go by."""

    def __init__(self) -> None:
        self._rows = 0
        self._digest = hashlib.sha256()

    def add(self, rows: Sequence[RowMapping]) -> None:
        self._rows += len(rows)
        for row in rows:
            self._digest.update(_line(row).encode())

    def content(self) -> Content:
        return Content(self._rows, self._digest.hexdigest())


def tables() -> list[Table]:
    """All of Charter's tables; what a row refers to stands in one that comes before."""
    return SQLModel.metadata.sorted_tables


def counted(connection: Connection) -> int:
    """The rows of all tables together."""
    return sum(
        connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables()
    )


def batches(connection: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """Its rows by their key, some at a time; however many there are, in constant memory."""
    asked = select(table).order_by(*(_by_bytes(connection, key) for key in table.primary_key))
    found = connection.execute(asked, execution_options={"yield_per": AT_ONCE})
    yield from found.mappings().partitions(AT_ONCE)


def content(connection: Connection, table: Table) -> Content:
    reckoning = Reckoning()
    for rows in batches(connection, table):
        reckoning.add(rows)
    return reckoning.content()


def plain(value: Any) -> Any:
    """A value of a column as JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def _by_bytes(connection: Connection, key: Column[Any]) -> Any:
    """SQLite compares texts by their bytes; PostgreSQL does where it is told so."""
    if isinstance(key.type, Integer) or connection.dialect.name == "sqlite":
        return key
    return collate(key, "C")


def _line(row: RowMapping) -> str:
    values = {name: plain(value) for name, value in row.items()}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
