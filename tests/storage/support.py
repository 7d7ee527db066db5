"""A small workspace in a real database, to write to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.changes import Change, NewItem, ProjectCreated, RolesChanged, Seat
from bot.errors import Unavailable
from bot.people import Actor, Person, Surface
from bot.project import Holder, Item, Letter, Mode, PersonHolder, Project
from storage import ledger, people, projects
from storage.database import Database
from storage.tables import PersonRow, Workspace
from tests.support.clock import T0

T = TypeVar("T")

NAMES = ("Ana Sample", "Bea Sample", "Cy Sample")


@dataclass(frozen=True, slots=True)
class World:
    """One workspace with three people and a project of two stages."""

    database: Database
    workspace: int
    ana: int
    bea: int
    cy: int
    project_id: int

    def actor(self, person: int | None = None) -> Actor:
        return Actor(self.workspace, self.people()[person] if person else None, Surface.COMMAND)

    def people(self) -> dict[int, Person]:
        with self.database.read() as session:
            return people.everyone(session, self.workspace)

    def project(self, at: datetime = T0 + timedelta(days=1)) -> Project:
        with self.database.read() as session:
            found = projects.one(session, self.project_id, at)
        assert found is not None
        return found

    def item(self, at: datetime = T0 + timedelta(days=1), key: str = "data_pipeline") -> Item:
        found = self.project(at).item(key)
        assert found is not None
        return found

    def apply(self, change: Change, now: datetime = T0, by: int | None = None) -> int:
        with (
            self.database.begin() as session,
            ledger.opened(session, self.actor(by), now) as book,
        ):
            return book.apply(change, people.everyone(session, self.workspace))

    def accountable(self, holder: Holder, now: datetime = T0) -> RolesChanged:
        """The change that makes `holder` the only Accountable of the data pipeline."""
        item = self.item(now)
        present = tuple(held for held in item.assignments if held.letter is Letter.A)
        return RolesChanged(self.project_id, item.id, present, (Seat(Letter.A, holder),), now)

    def holder_at(self, at: datetime) -> Holder | None:
        held = [one.holder for one in self.item(at).assignments if one.letter is Letter.A]
        assert len(held) <= 1
        return held[0] if held else None


def insisting(deed: Callable[[], T]) -> T:
    """Do it, however often the turn to write does not come: between processes it is by luck."""
    for _ in range(30):
        try:
            return deed()
        except Unavailable:
            continue
    return deed()


@contextmanager
def open_world(url: str) -> Iterator[World]:
    """A world in the database of this URL, closed at the end."""
    database = Database(url)
    try:
        yield _make(database)
    finally:
        database.close()


def _make(database: Database) -> World:
    with database.begin() as session:
        workspace = Workspace(name="Sample", created_at=T0)
        session.add(workspace)
        session.flush()
        assert workspace.id is not None
        operator = Actor(workspace.id, None, Surface.CLI, is_admin=True)
        with ledger.opened(session, operator, T0) as book:
            rows = [
                {
                    "workspace_id": workspace.id,
                    "key": name.split()[0].lower(),
                    "name": name,
                    "first_name": name.split()[0],
                }
                for name in NAMES
            ]
            ana, bea, cy = book.insert("PersonAdded", PersonRow, rows)
        created = ProjectCreated(
            key="atlas",
            name="Atlas",
            mode=Mode.TEAM,
            lead=ana,
            private=False,
            members=frozenset(),
            channel=None,
            items=(
                NewItem("data_pipeline", "Data pipeline", (Seat(Letter.R, PersonHolder(bea)),)),
                NewItem("rollout", "Roll-out", ()),
            ),
        )
        everyone = people.everyone(session, workspace.id)
        with ledger.opened(session, operator, T0) as book:
            book.apply(created, everyone)
        workspace_id = workspace.id
    return World(database, workspace_id, ana, bea, cy, _only_project(database))


def _only_project(database: Database) -> int:
    from storage.tables import ProjectRow

    with database.read() as session:
        row = session.get(ProjectRow, 1)
        assert row is not None
        assert row.id is not None
        return row.id
