"""A workspace in a real database, to load documents into."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from bot.document import LoadReport, plain, read, write
from bot.people import Actor, Surface
from bot.project import Letter, PersonHolder, Project
from storage import dumping, ledger, loading, people, projects
from storage.database import Database
from storage.tables import AuditRow, ProjectRow, Workspace
from tests.support.clock import T0

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace to load documents into."""

    database: Database
    workspace: int

    @property
    def operator(self) -> Actor:
        return Actor(self.workspace, None, Surface.LOAD, is_admin=True)

    def load(self, raw: Raw, now: datetime = T0) -> LoadReport:
        document = read(json.dumps(raw))
        with self.database.begin() as session, ledger.opened(session, self.operator, now) as book:
            return loading.load(book, document)

    def dump(self, at: datetime = T0) -> Raw:
        with self.database.read() as session:
            return plain(read(write(dumping.dump(session, self.workspace, at))))

    def project(self, key: str, at: datetime = T0) -> Project:
        with self.database.read() as session:
            found = session.exec(
                select(ProjectRow.id).where(
                    ProjectRow.key == key, ProjectRow.workspace_id == self.workspace
                )
            ).one()
            project = projects.one(session, found or 0, at)
        assert project is not None
        return project

    def people(self) -> dict[str, int]:
        with self.database.read() as session:
            everyone = people.everyone(session, self.workspace)
        return {person.key: person.id for person in everyone.values()}

    def accountable(self, project: str, item: str, at: datetime = T0) -> list[str]:
        keys = {number: key for key, number in self.people().items()}
        found = self.project(project, at).item(item)
        assert found is not None
        return [
            keys[held.holder.person] if isinstance(held.holder, PersonHolder) else "vacant"
            for held in found.assignments
            if held.letter is Letter.A
        ]

    def lines(self) -> int:
        with self.database.read() as session:
            return session.exec(
                select(func.count())
                .select_from(AuditRow)
                .where(col(AuditRow.workspace_id) == self.workspace)
            ).one()


def new_desk(database: Database) -> Desk:
    with database.begin() as session:
        row = Workspace(created_at=T0)
        session.add(row)
        session.flush()
        assert row.id is not None
        return Desk(database, row.id)


@contextmanager
def open_desk(url: str) -> Iterator[Desk]:
    """An empty workspace in the database of this URL, closed at the end."""
    with closing(Database(url)) as database:
        yield new_desk(database)
