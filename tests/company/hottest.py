"""Which statements a day asks most often, and how a database finds their rows:
`python -m tests.company.hottest` prints a table of them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event

from handlers import observe
from storage import migrate
from storage.database import Database
from tests.company.day import company
from tests.company.plan import Plan
from tests.support.postgres import running

MORNING = Plan(people=40, hours=11, questions=40, edits=20, deliveries=20, pulls=4)
MOST, TOLD = 40, 10
"""Statements that are looked at, and those that the table tells of."""
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE)\s+(\w+)")
SCANNED = re.compile(r"Seq Scan on (\w+)|\bSCAN (?!CONSTANT)(\w+)")
FOUND = re.compile(
    r"(?:USING (?:COVERING )?|using |on )"
    r"(INDEX \w+|INTEGER PRIMARY KEY|(?:ix|pk|uq)_\w+|\w+_(?:key|pkey))"
)


@dataclass(slots=True)
class Heard:
    """Statements, how often each was run, and values that one of them was run with."""

    counts: Counter[str] = field(default_factory=Counter)
    values: dict[str, Any] = field(default_factory=dict)

    def note(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.startswith(VERBS):
            return
        many = values if isinstance(values, list) else [values]
        self.counts[statement] += len(many)
        self.values[statement] = many[0]


@dataclass(frozen=True, slots=True)
class Plotted:
    """A statement, how often it was run, and the way to its rows, step by step."""

    statement: str
    count: int
    steps: tuple[str, ...]

    @property
    def scanned(self) -> set[str]:
        """The tables of which every row is looked at."""
        found = (match for step in self.steps for match in SCANNED.finditer(step))
        return {match[1] or match[2] for match in found}

    @property
    def words(self) -> str:
        """What it does to which table."""
        verb, table = self.statement.split(maxsplit=1)[0], TABLE.search(self.statement)
        return f"{verb} {table[1] if table else ''}"

    @property
    def indexes(self) -> str:
        found = (match[1] for step in self.steps for match in FOUND.finditer(step))
        return ", ".join(dict.fromkeys(found)) or "none is needed"


@contextmanager
def noted() -> Iterator[Heard]:
    """What all databases are asked meanwhile."""
    heard = Heard()
    event.listen(Engine, "before_cursor_execute", heard.note)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", heard.note)


def of_a_morning(url: str) -> list[Plotted]:
    """The statements that a company's morning runs most often, each with its way."""
    migrate.upgrade(url)
    with noted() as heard, company(MORNING, url) as day:
        heard.counts.clear()  # what prepares it
        day.run()
    with closing(Database(url)) as database, database.engine.connect() as connection:
        if not database.is_sqlite:  # there are few rows here, of which none would need an index
            connection.exec_driver_sql("SET enable_seqscan = off")
        return [
            Plotted(statement, count, _way(connection, statement, heard.values[statement]))
            for statement, count in heard.counts.most_common(MOST)
        ]


def _way(connection: Connection, statement: str, values: Any) -> tuple[str, ...]:
    is_sqlite = connection.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    return tuple(str(row[-1]).strip() for row in rows)


def main() -> None:
    observe.configure("ERROR")
    with TemporaryDirectory() as folder, running() as server:
        for url in (f"sqlite:///{Path(folder) / 'charter.db'}", server.create("hottest")):
            print(f"\n{url.partition(':')[0]}\n")
            for one in of_a_morning(url)[:TOLD]:
                scanned = f"; ALL OF {', '.join(sorted(one.scanned))}" if one.scanned else ""
                print(f"| {one.count:,} | {one.words} | {one.indexes}{scanned} |")


if __name__ == "__main__":
    main()
