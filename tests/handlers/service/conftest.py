"""A workspace with four people and the use cases around it, with a clock that the test moves."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from bot.orders import NewProject
from bot.outcome import Done, Place
from bot.people import Actor, Person, Profile, Surface
from bot.sources.base import Source
from handlers.service import Charter, services
from storage import projects
from storage.database import Database
from storage.projects import Snapshot
from tests.support.clock import T0, Errands
from tests.support.databases import settled

HERE = Place("C0ATLAS", "proj-atlas")
ELSEWHERE = Place("C0OTHER", "random")


@dataclass(slots=True)
class Team:
    """`ana` is a Slack admin, `dan` is deactivated, `bot` is a bot. `now` is the clock."""

    database: Database
    now: datetime = T0
    sources: tuple[Source, ...] = ()
    team_id: str = "T1"
    errands: Errands = field(default_factory=Errands)
    charter: Charter = field(init=False)
    workspace: int = field(init=False)

    def __post_init__(self) -> None:
        self.charter = self.replica()
        self.workspace = self.charter.workspaces.connect(self.team_id, None, "Sample")
        for name in ("Ana Sample", "Bea Sample", "Cy Sample", "Dan Sample", "Build Bot"):
            first = name.split()[0]
            profile = Profile(
                f"U{first.upper()}",
                name,
                first,
                "Europe/Berlin",
                deleted=first == "Dan",
                is_bot=first == "Build",
                is_admin=first == "Ana",
            )
            self.charter.people.learned(self.workspace, profile)
        self.charter.people.channel_learned(self.workspace, "C0ATLAS", "proj-atlas", False, False)

    def replica(self) -> Charter:
        """Another process on the same database, with caches of its own."""
        return services(self.database, lambda: self.now, sources=self.sources)

    def person(self, first: str) -> Person:
        found = self.charter.people.known(self.workspace, f"U{first.upper()}")
        assert found is not None
        return found

    def actor(self, first: str) -> Actor:
        return self.charter.people.actor(self.workspace, self.person(first), Surface.COMMAND)

    def see_to_what_is_due(self) -> None:
        """At a stop of a clock that goes on for hours or days."""
        errands = self.errands.have_their_turn(self.now)
        self.charter.timers.run_due(self.workspace, errands=errands)

    def next_due(self) -> datetime | None:
        """When such a clock stops next by what comes by itself."""
        return self.charter.timers.next_due(self.workspace, errands=False)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def atlas(self, *, private: bool = False) -> Done:
        """A project of Ana's, bound to `HERE`."""
        new = NewProject("Atlas", private=private)
        return self.charter.projects.create(self.actor("ana"), new, HERE)


@pytest.fixture(scope="session")
def team_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that knows the team already, so that nobody has to be met anew."""
    path = tmp_path_factory.mktemp("team") / "charter.db"
    shutil.copyfile(sqlite_template, path)
    with closing(Database(f"sqlite:///{path}")) as database:
        Team(database)
    settled(path)
    return path


@pytest.fixture
def team(request: pytest.FixtureRequest, database_url: str) -> Iterator[Team]:
    database = Database(database_url)
    if database.is_sqlite:
        template: Path = request.getfixturevalue("team_template")
        shutil.copyfile(template, make_url(database_url).database or "")
    try:
        yield Team(database)
    finally:
        database.close()


@pytest.fixture
def read_whole(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The projects that are read whole, by id."""
    found: list[int] = []
    real = projects.read

    def read(session: Any, keys: Sequence[int], at: datetime) -> dict[int, Snapshot]:
        found.extend(keys)
        return real(session, keys, at)

    monkeypatch.setattr(projects, "read", read)
    return found
