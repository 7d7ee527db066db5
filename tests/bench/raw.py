"""The rows of one audited change, by the driver alone: what a write must cost."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from sqlalchemy import make_url

Write = Callable[[int], None]

NAMED = re.compile(r":(\w+)")
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)

LOCK = "SELECT revision, head FROM workspaces WHERE id = :workspace"
VERSION = "SELECT version FROM {table} WHERE id = :{key}"
CHANGE = (
    "UPDATE due_dates SET until = :now WHERE item_id = :item AND until IS NULL",
    "INSERT INTO due_dates (project_id, item_id, due, since, recorded_at, source)"
    " VALUES (:project, :item, '2026-12-24', :now, :now, 'cli')",
)
LINE = (
    "INSERT INTO audit (workspace_id, seq, at, surface, action, project_id, item_id, version,"
    " digest, before_hash, hash) VALUES (:workspace, :seq, :now, 'cli', 'DueMoved', :project,"
    " :item, :version, :digest, :before, :digest) RETURNING id"
)
WORDS = (
    "INSERT INTO audit_texts (audit_id, salt, summary, change)"
    " VALUES (:line, '0123456789abcdef', 'due 2026-12-24', '{}')"
)
MOVED = (
    "UPDATE projects SET version = version + 1, revision = :seq WHERE id = :project",
    "UPDATE items SET version = version + 1 WHERE id = :item",
    "UPDATE workspaces SET revision = :seq, head = :digest WHERE id = :workspace",
)


@contextmanager
def writing(url: str) -> Iterator[Write]:
    """A function that writes one change of an item (by id) in one transaction."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with _sqlite(str(parsed.database)) as write:
            yield write
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:

        def run(statement: str, values: dict[str, Any]) -> Any:
            return connection.execute(NAMED.sub(r"%(\1)s", statement), values)

        def write(item: int) -> None:
            with connection.transaction():
                _change(run, item, " FOR UPDATE")

        yield write


@contextmanager
def _sqlite(path: str) -> Iterator[Write]:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")

    def run(statement: str, values: dict[str, Any]) -> Any:
        told = {name: str(value) if name == "now" else value for name, value in values.items()}
        return connection.execute(statement, told)

    def write(item: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        _change(run, item, "")
        connection.execute("COMMIT")

    yield write
    connection.close()


def _change(run: Callable[[str, dict[str, Any]], Any], item: int, lock: str) -> None:
    values: dict[str, Any] = {"workspace": 1, "item": item, "now": NOW}
    revision, head = run(LOCK + lock, values).fetchone()
    project = run("SELECT project_id FROM items WHERE id = :item", values).fetchone()[0]
    values |= {"project": project, "seq": revision + 1, "before": head, "digest": f"{revision:064}"}
    for statement in CHANGE:
        run(statement, values)
    run(VERSION.format(table="projects", key="project"), values).fetchone()
    values["version"] = run(VERSION.format(table="items", key="item"), values).fetchone()[0] + 1
    values["line"] = run(LINE, values).fetchone()[0]
    for statement in (WORDS, *MOVED):
        run(statement, values)
