"""Exports that come back edited: a workspace, its export as rows to edit, and what it comes to."""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import select

from bot.exports import Form, ids
from bot.imports.exported import code_in
from bot.imports.settling import Settled, Side
from bot.orders import Assign, Clear
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.project import Letter, Project
from bot.sheets import Book, Cell, Column, Look, Sheet, Uncomputed, Value, opened, write
from handlers.service import Charter, services
from handlers.service.exports import Subject
from handlers.service.importing import Asked, Imported
from storage import projects
from storage.database import Database
from storage.tables import ExportRow, ProjectRow, columns
from tests.support.clock import T0

Rows = list[list[Value]]
HERE = Place()
ALL = Subject("Portfolio")


@dataclass
class Desk:
    """A workspace on SQLite, with a clock that the test moves."""

    database: Database
    document: Mapping[str, Any]
    now: datetime = T0
    charter: Charter = field(init=False)
    workspace: int = field(init=False)

    def __post_init__(self) -> None:
        self.charter = services(self.database, lambda: self.now)
        self.charter.documents.load(None, json.dumps(self.document), self.now)
        self.workspace = self.charter.workspaces.only(None)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    @property
    def operator(self) -> Actor:
        return Actor(self.workspace, None, Surface.CLI, is_admin=True)

    def actor(self, key: str) -> Actor:
        """Somebody by their key; empty is the operator."""
        if not key:
            return self.operator
        person = self.charter.people.keyed(self.workspace, key)
        assert person is not None
        return self.charter.people.actor(self.workspace, person, Surface.COMMAND)

    def export(self, by: str = "", subject: Subject = ALL) -> bytes:
        return self.charter.exports.made(self.actor(by), subject, HERE).content

    def listed(self, by: str = "") -> "File":
        """The export's letters alone, without the time that a whole workbook takes."""
        made = self.charter.exports.made(
            self.actor(by), ALL, HERE, form=Form.CSV, sheet="RACI"
        ).content
        rows = csv.reader(StringIO(made.decode("utf-8-sig")))
        letters: Rows = [[value or None for value in row] for row in rows]
        with self.database.read() as session:
            code = session.exec(
                select(ExportRow.code).order_by(columns(ExportRow).id.desc())
            ).first()
        return File(code or "", {"RACI": letters})

    def take(
        self,
        content: bytes,
        by: str = "",
        *,
        partial: bool = False,
        rest: Side | None = None,
        **said: Any,
    ) -> Imported:
        """Take a file; `rest` settles all conflicts, `said` is whatever else is said of it."""
        asked = Asked(partial=partial, settled=Settled(rest=rest), **said)
        return self.charter.importing.take(self.actor(by), content, "back", asked)

    def preview(self, content: bytes, by: str = "") -> Imported:
        return self.charter.importing.preview(self.actor(by), content, "back", Asked())

    def projects(self) -> tuple[Project, ...]:
        with self.database.read() as session:
            keys = session.exec(select(ProjectRow.id)).all()
            read = projects.read(session, [key for key in keys if key is not None], self.now)
            return tuple(snapshot.project for snapshot in read.values())

    def assign(self, item: str, letter: str, holder: str, project: str = "atlas") -> None:
        """Give a letter here, unasked."""
        order = Assign(item, (Letter(letter),), holder, project, hand_over=True)
        self.charter.raci.assign(self.operator, order, HERE)

    def clear(
        self, item: str, letter: str, holder: str | None = None, project: str = "atlas"
    ) -> None:
        order = Clear(item, (Letter(letter),), holder, project)
        self.charter.raci.clear(self.operator, order, HERE)

    def letters(self) -> Counter[str]:
        """Every letter that is held now, by its id: how many of that kind there are."""
        with self.database.read() as session:
            facts = self.charter.importing._cache.current(session, self.workspace)
        return Counter(
            ids.of_seat(project, item, one.letter, one.holder, facts.people)
            for project in self.projects()
            for item in project.items
            for one in item.assignments
        )

    def accountable(self, project: str, item: str) -> list[str]:
        start = f"{project}/{item}/{Letter.A}/"
        return [key.removeprefix(start) for key in self.letters() if key.startswith(start)]


@contextmanager
def kept(template: Path, document: Mapping[str, Any]) -> Iterator[Desk]:
    """A workspace of its own, as the document tells it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "charter.db"
        shutil.copyfile(template, path)
        with closing(Database(f"sqlite:///{path}")) as database:
            yield Desk(database, document)


@dataclass
class File:
    """An export as rows, to be edited and written again. A sheet begins with its heads."""

    code: str
    sheets: dict[str, Rows]

    @property
    def letters(self) -> Rows:
        """The rows of letters, without their head: changed in place."""
        return self.sheets["RACI"]

    def find(self, id_: str) -> list[Value]:
        """The first row of an id, of the list."""
        return next(row for row in self.letters if row[-1] == id_)

    def at(self, sheet: str, id_: str) -> tuple[list[Value], Sequence[Value]]:
        """A row of a sheet by its id, and the sheet's head."""
        rows = self.sheets[sheet]
        head = next(row for row in rows if row[-1] == "ID")
        return next(row for row in rows if row[-1] == id_), head

    def bytes(self) -> bytes:
        width = max(len(row) for rows in self.sheets.values() for row in rows)
        made = [
            Sheet(
                name,
                [Column("", 10)] * width,
                [[_cell(value) for value in row] for row in rows],
                keys=0,
                headed=False,
            )
            for name, rows in self.sheets.items()
        ]
        return write(Book("Portfolio", made, T0, code=self.code))


def _cell(value: Value) -> Value | Cell:
    return Cell(value, Look.DAY) if isinstance(value, date) else value


TABLES = ("Matrix", "RACI", "Risks & decisions", "Milestones", "Stages")


def file_of(content: bytes, names: Sequence[str] = TABLES) -> File:
    """The sheets of an export that are of what people set."""
    found = opened(content, "back")
    sheets: dict[str, Rows] = {}
    for grid in found.grids:
        if grid.name in names:
            width = grid.width
            sheets[grid.name] = [
                [None if isinstance(value, Uncomputed) else value for value in row]
                + [None] * (width - len(row))
                for _, row in sorted(grid.rows.items())
            ]
    return File(code_in(found), sheets)
